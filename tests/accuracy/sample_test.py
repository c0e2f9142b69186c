#!/usr/bin/env python3
"""accuracy.py over a small folder of labelled logs must print what holds there, and must notice what is wrong.

    sample_test.py PROGRAM WORK_FOLDER
"""
import json
import os
import pathlib
import re
import subprocess
import sys

import lines
import names

HERE = pathlib.Path(__file__).resolve().parent

# set, label and figure, in the order in which a set's rows are printed; the sample has deliberate misses.
FIGURES = [
    ("pytorch", "first diagnosis in the expected lines", "1 of 3"),
    ("pytorch", "first diagnosis within 3 lines of them", "2 of 3"),
    ("pytorch", "failing step holds the expected lines", "not available"),
    ("logdx", "first diagnosis in the expected lines", "1 of 1"),
    ("logdx", "failing step holds the expected lines", "1 of 1"),
    ("logdx", "failing step holds them and the first diagnosis", "1 of 1"),
    ("logdx", "failing step begins at the log's nearest header", "1 of 1"),
    ("logdx", "first diagnosis has a rule", "1 of 1"),
    ("cidiff", "first diagnosis in the expected lines", "1 of 1"),
    ("bugswarm", "first diagnosis in the expected lines", "not available"),
    ("bugswarm", "anything is diagnosed", "1 of 1"),
    ("bugswarm", "test names in the log itself, exact", "2 of 4"),
    ("bugswarm", "test names in the log itself, exact or respelled", "3 of 4"),
    ("bugswarm", "test names in JSON report, exact", "2 of 4"),
    ("bugswarm", "test names in JSON report, exact or respelled", "3 of 4"),
    ("bugswarm", "all names of a case in JSON report, exact or respelled", "1 of 2"),
    ("bugswarm", "test names in Markdown report, exact or respelled", "3 of 4"),
    ("bugswarm", "passing logs with a diagnosis above `possible`", "0 of 1"),
    ("passing", "passing logs with a diagnosis above `possible`", "0 of 1"),
    ("passing", "passing logs with any diagnosis", "0 of 1"),
]

# name as in an index, text of a report, 2 exact, 1 another spelling, 0 not there
SPELLINGS = [
    ("testA(org.x.FooTest)", "Failed: testA(org.x.FooTest)", 2),
    ("testA(org.x.FooTest)", "FooTest.testA:31 expected 1", 1),
    ("testA(org.x.FooTest)", "org.x.FooTest > testA FAILED", 1),
    ("testA(org.x.FooTest)", "FooTest.testAll:31 expected 1", 0),
    ("testA(org.x.FooTest)", "BarTest.testA:31 expected 1", 0),
    ("org.x.FooTest.testA[0: class org.y.Bar]", "org.x.FooTest > testA[0: class org.y.Bar] FAILED", 1),
    ("org.x.FooTest.testA[0: class org.y.Bar]", "org.x.FooTest > testA[1: class org.y.Bar] FAILED", 0),
    ("tests.test_api::TestAuth::test_login", "tests/test_api.py::TestAuth::test_login", 1),
    ("tests.test_api::TestAuth::test_login", "___ TestAuth.test_login ___", 1),
    ("tests.test_api::TestAuth::test_login", "___ TestAuth.test_login_fail ___", 0),
    ("(grids.tests.test_plane)", "ERROR collecting grids/tests/test_plane.py", 1),
    ("Slack API \"before all\" hook:", "1) Slack API\n     \"before all\" hook:", 1),
    ("Slack API \"before all\" hook:", "1) Slack API\n     \"after all\" hook:", 0),
    ("shop › prices › adds up", "● shop › prices › adds up", 2),
]

# A log in the counting of CiDiff; line of firstfault, line of the set
COUNTED = (b"one\r\ntwo a\rtwo b\r\x1b[0K\nthree\r\r\n\nfour",
           [(1, 1), (2, 3), (3, 5), (4, 7), (5, 8), (6, None), (None, None)])

# Answers like firstfault: the same likely diagnosis of every log's first line, with status 3.
STAND_IN = """#!{python}
import json, sys
evidence = [{{"line": 1, "primary": True, "text": ["x"]}}]
diagnosis = {{"rule": "x.y", "verdict": "likely", "role": "cause", "title": "x", "captures": {{}}, "evidence": evidence}}
print(json.dumps({{"tool": {{"version": "0"}}, "jobs": [], "failures": [], "diagnoses": [diagnosis]}}))
sys.exit({status})
"""


class Check:
    def __init__(self):
        self.faults = []

    def that(self, holds, text):
        if not holds:
            self.faults.append(text)


def run(program, *more):
    command = [sys.executable, HERE / "accuracy.py", "--program", program, "--logs", HERE / "sample", *more]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout.decode("utf-8")


def sections(out):
    """The rows of each set, blanks made one."""
    found, name = {}, None
    for line in out.splitlines():
        start = re.match(r"(\w+): \d+ cases", line)
        name = start[1] if start else name
        found.setdefault(name, []).append(" ".join(line.split()))
    return found


def check_figures(check, program, results):
    status, out = run(program, "--json", results, "--rules", "--misses")
    check.that(status == 0, f"status {status}:\n{out}")
    found = sections(out)
    for name, label, figure in FIGURES:
        rows = [row for row in found.get(name, []) if row.startswith(f"{label} {figure}")]
        check.that(rows, f"{name}: no row '{label} {figure}' in:\n" + "\n".join(found.get(name, ["nothing"])))
    for text in ("elsewhere", "expected 1-1:", "name not found (nor in the log) in json and markdown: test_nowhere"):
        check.that(text in out, f"not among the misses: {text}")
    cases = json.loads(pathlib.Path(results).read_text("utf-8"))["cases"]
    check.that(len(cases) == 9 and not any("error" in case for case in cases), f"cases: {cases}")


def stand_in(folder, name, status):
    path = folder / name
    path.write_text(STAND_IN.format(python=sys.executable, status=status), "utf-8")
    path.chmod(0o755)
    return path


def with_sample_rules(program, folder):
    """The program, as it is with the rules of the sample alone: the built-in ones may change."""
    path = folder / "firstfault-sample"
    rules = HERE / "sample" / "rules.yaml"
    path.write_text(f'#!/bin/sh\nexec "{os.path.abspath(program)}" "$@" --patterns "{rules}"\n', "utf-8")
    path.chmod(0o755)
    return path


def check_faults(check, program, work, results):
    """A program that says the same of every log; one that fails; and what is said about the difference."""
    status, out = run(stand_in(work, "alarming", 3), "--baseline", results)
    check.that(status == 1, f"false alarms, but status {status}")
    for text in ("FALSE ALARM cidiff/carriage/pass: likely x.y line 1", "LOSS pytorch inside: first-exact",
                 "gain pytorch elsewhere: first-exact", "LOSS passing cidiff/carriage/pass: no false alarm"):
        there = any(text in " ".join(line.split()) for line in out.splitlines())
        check.that(there, f"not said of a worse program: {text}\n{out}")
    status, out = run(stand_in(work, "failing", 2), "--set", "logdx")
    check.that(status == 1 and "ERROR tool-missing: Trouble: status 2" in out, f"a failing program: {status}\n{out}")
    status, out = run(program, "--case", "no such case")
    check.that(status == 2, f"no case at all: {status}\n{out}")
    status, out = run(program, "--table", "--set", "cidiff")
    check.that("| first diagnosis in the expected lines | 1 of 1 |" in out, f"the table:\n{out}")
    status, out = run(program, "--baseline", results)
    check.that("changed cases:\n  none" in out, f"compared with itself:\n{out}")


def check_parts(check):
    for name, text, level in SPELLINGS:
        found = names.Finder(text, names.Finder(name)).found(name)
        check.that(found == level, f"{name!r} in {text!r}: {found}, not {level}")
    for in_log, level in (("FAIL: x", 1), ("a/b/test_y.py::x FAILED", 0)):
        found = names.Finder("FAIL: x", names.Finder(in_log)).found("a.b.test_y::x")
        check.that(found == level, f"a bare name, where the log prints {in_log!r}: {found}, not {level}")
    said = names.report_text({"diagnoses": [{"title": "a", "captures": {"test": ["b", "c"], "total": "9"},
                                             "evidence": [{"text": ["d", "e"]}, {"text": ["f"]}]}]})
    check.that(said.split() == ["a", "b", "c", "9", "d", "e", "f"], f"what a report says: {said!r}")
    log = lines.Log(COUNTED[0], java=True)
    for row, line in COUNTED[1]:
        check.that(log.counted(row) == line, f"line {row} is {log.counted(row)} for the set, not {line}")
        check.that(line is None or log.row_of(line) == row, f"line {line} of the set is not row {row}")
    far = [lines.distance(line, [[3, 5], [9, 9]]) for line in (1, 3, 4, 5, 7, 12, None)]
    check.that(far == [2, 0, 0, 0, 2, 3, None], f"distances: {far}")


def main(program, work):
    check, work = Check(), pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    results = str(work / "results.json")
    program = with_sample_rules(program, work)
    check_parts(check)
    check_figures(check, program, results)
    check_faults(check, program, work, results)
    print("\n".join(check.faults) or "as expected")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
