"""One case: the program is run over its log, and what it says is compared with what is expected."""
import json
import os
import subprocess

import lines
import names

NEAR = 3
FIRST = 3
SECONDS = 120
SANITIZERS = ("ASAN_", "UBSAN_", "LSAN_", "TSAN_")
QUIET = ("possible", "undecided", "refuted")


class Trouble(Exception):
    """The program did not answer as it must."""


def environment():
    """Nothing of the caller's configuration or GitHub variables reaches the program."""
    kept = {key: value for key, value in os.environ.items() if key.startswith(SANITIZERS)}
    return {**kept, "PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}


def run(program, log, form):
    try:
        done = subprocess.run([program, "triage", str(log), "--format", form], env=environment(), timeout=SECONDS,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Trouble(str(fault)) from fault
    out = done.stdout.decode("utf-8", "replace")
    if done.returncode not in (0, 3) or not out:
        raise Trouble(f"status {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()[:300]}")
    return out


def primary_line(diagnosis):
    return next((item["line"] for item in diagnosis["evidence"] if item["primary"]), None)


def brief(diagnosis, log):
    return {**{key: diagnosis[key] for key in ("rule", "verdict", "role", "title")},
            "line": log.counted(primary_line(diagnosis))}


def hits(case, firsts):
    """Is the line expected: of the first diagnosis, of any of the first three; to the line, and within three lines."""
    far = [lines.distance(diagnosis["line"], case.spans) for diagnosis in firsts]
    within = {"exact": 0, "near": NEAR}
    return {f"{which}-{how}": any(value is not None and value <= limit for value in some)
            for which, some in (("first", far[:1]), ("three", far)) for how, limit in within.items()}


def inside(step, line):
    return step["first_line"] <= line <= step["last_line"]


def step_around(report, job, line):
    steps = next((item["steps"] for item in report["jobs"] if item["name"] == job), [])
    return next((step for step in steps if step["first_line"] and inside(step, line)), None)


def steps(case, report, log):
    """The step that the report calls failed, against the expected lines and the log's own headers."""
    rows = [(log.row_of(first), log.row_of(last)) for first, last in case.spans]
    end = max(last for _, last in rows)
    failure = next((item for item in report["failures"] if not item["follow_on"] and item["line"]), None)
    step = step_around(report, failure["job"], failure["line"]) if failure else None
    if not step:
        return {"step-holds": False, "step-starts": False, "step-first": False}
    holds = inside(step, end)
    first = next((primary_line(diagnosis) for diagnosis in report["diagnoses"]), None)
    return {"step-holds": holds, "step-starts": holds and step["first_line"] == log.header_above(end),
            "step-first": holds and bool(first) and inside(step, first)}


def test_names(case, report, page, log):
    whole = names.Finder(log.plain())
    said = {"log": whole, "json": names.Finder(names.report_text(report), whole),
            "markdown": names.Finder(names.page_text(page), whole)}
    return {name: {where: finder.found(name) for where, finder in said.items()} for name in case.names}


def measured(case, program):
    data = case.path.read_bytes()
    log, report = lines.Log(data, case.java), json.loads(run(program, case.path, "json"))
    firsts = [brief(diagnosis, log) for diagnosis in report["diagnoses"][:FIRST]]
    got = {"first": firsts, "rule": firsts[0]["rule"] if firsts else None, "tool": report["tool"], "checks": {}}
    if case.spans:
        got["checks"].update(hits(case, firsts))
        got["expected"] = [[first, last, *log.texts(first, last)] for first, last in case.spans]
    if case.spans and case.steps:
        got["checks"].update(steps(case, report, log))
    if case.names:
        got["names"] = test_names(case, report, run(program, case.path, "markdown"), log)
    if case.failed:
        got["counts"] = names.captured_counts(report)
        got["failed"] = case.failed
    if case.passing:
        got["diagnoses"] = [brief(diagnosis, log) for diagnosis in report["diagnoses"]]
        got["alarms"] = [item for item in got["diagnoses"] if item["verdict"] not in QUIET]
    else:
        got["checks"].update({"said": bool(firsts), "rule": got["rule"] is not None})
    return got


def measure(case, program):
    """A plain dictionary; `error` is set, and nothing else, if the case could not be measured."""
    head = {"set": case.set, "case": case.name, "log": case.log}
    try:
        return {**head, **measured(case, program)}
    except (Trouble, OSError, ValueError, KeyError, TypeError) as fault:
        return {**head, "error": f"{type(fault).__name__}: {fault}"}
