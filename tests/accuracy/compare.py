"""What changed since an earlier --json."""
import figures


def outcomes(case):
    """Every yes or no of a case, by name."""
    yes = dict(case.get("checks", {}))
    for name, found in case.get("names", {}).items():
        yes.update({f"{where} names {name[:80]}": found[where] > 0 for where in ("json", "markdown")})
    if "counts" in case:
        yes["right count"] = case["failed"] in case["counts"]
    if "alarms" in case:
        yes["no false alarm"] = not case["alarms"]
        yes["nothing said of a passing log"] = not case["diagnoses"]
    yes["measured"] = "error" not in case
    return yes


def figure_changes(old, new):
    for name in new:
        before = {key: value for key, _, value in figures.figures(old.get(name, []))}
        for key, label, value in figures.figures(new[name]):
            if key in before and before[key] != value:
                yield f"  {name} {label}: {figures.shown(before[key]).strip()} -> {figures.shown(value).strip()}"


def case_changes(old, new):
    before = {(case["set"], case["case"]): outcomes(case) for cases in old.values() for case in cases}
    for name, cases in new.items():
        for case in cases:
            was, now = before.get((name, case["case"])), outcomes(case)
            if was is None:
                yield f"  new   {name} {case['case']}"
                continue
            yield from (f"  {'gain' if now[key] else 'LOSS'}  {name} {case['case']}: {key}"
                        for key in now if key in was and was[key] != now[key])


def changes(old, new):
    yield "changed figures:"
    yield from list(figure_changes(old, new)) or ["  none"]
    yield "changed cases:"
    yield from sorted(case_changes(old, new)) or ["  none"]
