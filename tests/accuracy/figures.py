"""Figures over measured cases, and the text that shows them."""
import collections

LINES = [("first-exact", "first diagnosis in the expected lines"),
         ("first-near", "first diagnosis within 3 lines of them"),
         ("three-exact", "one of the first three in the expected lines"),
         ("three-near", "one of the first three within 3 lines of them")]
STEPS = [("step-holds", "failing step holds the expected lines"),
         ("step-first", "failing step holds them and the first diagnosis"),
         ("step-starts", "failing step begins at the log's nearest header")]
RULES = [("said", "anything is diagnosed"), ("rule", "first diagnosis has a rule")]
WHERE = [("log", "the log itself"), ("json", "JSON report"), ("markdown", "Markdown report")]
NO_STEPS = "not available: pieces of logs, or logs that do not tell their steps"
NO_LINES = "not available: the set names no lines"


def share(cases, check):
    known = [case["checks"][check] for case in cases if check in case["checks"]]
    return [sum(known), len(known)] if known else None


def share_of(values):
    values = list(values)
    return [sum(bool(value) for value in values), len(values)]


def once(cases):
    """Each log once: several cases can share one."""
    return list({case["log"]: case for case in cases}.values())


def name_figures(cases):
    named = [case["names"] for case in cases if case.get("names")]
    for where, label in WHERE if named else []:
        for level, how in ((2, "exact"), (1, "exact or respelled")):
            found = [[each[where] >= level for each in names.values()] for names in named]
            yield f"names-{where}-{level}", f"test names in {label}, {how}", share_of(sum(found, []))
            if where != "log":
                yield f"cases-{where}-{level}", f"all names of a case in {label}, {how}", share_of(map(all, found))


def count_figures(cases):
    counted = [case for case in cases if "counts" in case]
    if counted:
        stated = [case for case in counted if case["counts"]]
        right = share_of(case["failed"] in case["counts"] for case in stated)
        yield "counts-stated", "a count of failed tests is captured", [len(stated), len(counted)]
        yield "counts-right", "a captured count is the expected one", right


def alarm_figures(cases):
    passing = [case for case in once(cases) if "alarms" in case]
    if passing:
        yield "alarms", "passing logs with a diagnosis above `possible`", share_of(case["alarms"] for case in passing)
        yield "noise", "passing logs with any diagnosis", share_of(case["diagnoses"] for case in passing)


def table_figures(table, cases, missing):
    known = [(key, label, share(cases, key)) for key, label in table]
    return known if any(row[2] for row in known) else [(*table[0], missing)]


def figures(cases):
    """Rows of key, label and [n, of], or a text where there is no figure."""
    cases = [case for case in cases if "error" not in case]
    if not cases:
        return
    if any("said" in case["checks"] for case in cases):
        yield from table_figures(LINES, cases, NO_LINES)
        yield from table_figures(STEPS, cases, NO_STEPS)
        yield from table_figures(RULES, once(cases), None)
    yield from name_figures(cases)
    yield from count_figures(cases)
    yield from alarm_figures(cases)


def shown(value):
    if isinstance(value, str) or value is None:
        return value or "not available"
    return f"{value[0]:4d} of {value[1]:4d}  {100 * value[0] / value[1]:5.1f} %" if value[1] else "   0 of    0"


def table(name, cases):
    errors = sum("error" in case for case in cases)
    yield f"{name}: {len(cases)} cases" + (f", {errors} not measured" if errors else "")
    for _, label, value in figures(cases):
        yield f"  {label:58s} {shown(value)}"


def page(sets):
    """The same as a Markdown table with a column for each set."""
    rows, cells = dict(LINES + STEPS + RULES), {}
    for name, cases in sets.items():
        for key, label, value in figures(cases):
            rows[key] = label
            cells[key, name] = "{} of {}".format(*value) if isinstance(value, list) else "–"
    yield "| | " + " | ".join(f"{name} ({len(cases)})" for name, cases in sets.items()) + " |"
    yield "| --- |" + " --- |" * len(sets)
    for key, label in rows.items():
        row = [cells.get((key, name), "–") for name in sets]
        if any(cell != "–" for cell in row):
            yield f"| {label} | " + " | ".join(row) + " |"


def said(item):
    return f"{item['verdict']} {item['rule'] or 'no rule'} line {item['line']}: {item['title'][:140]}"


def verdicts(cases):
    """What stands in the reports of passing logs, by verdict and rule."""
    tally = collections.Counter((item["verdict"], item["role"], item["rule"] or "no rule")
                                for case in once(cases) for item in case.get("diagnoses", []))
    for (verdict, role, rule), count in tally.most_common():
        yield f"    {count:3d} {verdict:10s} {role:12s} {rule}"
    for case in once(cases):
        for item in case.get("alarms", []):
            yield f"  FALSE ALARM {case['case']}: {said(item)}"


def rules(cases):
    tally = collections.Counter(case["rule"] or "no rule" for case in once(cases) if case.get("first"))
    for rule, count in tally.most_common():
        yield f"    {count:3d} {rule}"


def miss(case):
    yield f"  {case['case']}"
    for first, last, *texts in case.get("expected", []):
        yield f"    expected {first}-{last}: " + " / ".join(text[:120] for text in texts)
    lost = [name for name, found in case.get("names", {}).items() if not found["json"] or not found["markdown"]]
    for name in lost[:5]:
        found = case["names"][name]
        yield f"    name not found {'' if found['log'] else '(nor in the log) '}in " + " and ".join(
            where for where in ("json", "markdown") if not found[where]) + f": {name[:140]}"
    if len(lost) > 5:
        yield f"    … and {len(lost) - 5} more names"
    for item in case["first"] or [{"verdict": "nothing", "rule": None, "line": None, "title": "no diagnosis"}]:
        yield f"    said {said(item)}"


def is_miss(case):
    if "error" in case:
        return False
    lost = any(not found["json"] or not found["markdown"] for found in case.get("names", {}).values())
    return case["checks"].get("first-exact") is False or case["checks"].get("step-holds") is False or lost
