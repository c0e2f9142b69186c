#!/usr/bin/env python3
"""How often firstfault is right, over a folder of labelled logs; docs/accuracy.md says what the figures mean.

    accuracy.py [--logs FOLDER] [--program PATH] [--set NAME] [--case SUBSTRING] [--misses] [--rules]
                [--table] [--json FILE] [--baseline FILE]

Exit status: 0 measured, 1 something could not be measured or a passing log raised an alarm, 2 wrong usage.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import sys

import compare
import figures
import measure
import sets

HERE = pathlib.Path(__file__).resolve().parent
WORKERS = 2


def default_program():
    root = HERE.parent.parent
    built = [path for pattern in ("build/firstfault", "build-*/firstfault") for path in root.glob(pattern)]
    return max(built, key=lambda path: path.stat().st_mtime, default=None)


def default_logs():
    named = os.environ.get("FIRSTFAULT_LOGS")
    beside = HERE.parent.parent.parent / "shared" / "logs"
    return named or (beside if beside.is_dir() else None)


def arguments():
    parser = argparse.ArgumentParser(description="How often firstfault is right, over a folder of labelled logs.")
    parser.add_argument("--logs", default=default_logs(), help="the folder; FIRSTFAULT_LOGS names it too")
    parser.add_argument("--program", default=default_program(), help="the newest of the build folders by default")
    parser.add_argument("--set", choices=sets.SETS, help="only this set")
    parser.add_argument("--case", help="only cases with this in their name")
    parser.add_argument("--misses", action="store_true", help="show what was expected and what was said")
    parser.add_argument("--rules", action="store_true", help="count the rules of the first diagnoses")
    parser.add_argument("--table", action="store_true", help="only the figures, as a Markdown table")
    parser.add_argument("--json", help="write the results there")
    parser.add_argument("--baseline", help="say what changed since the results in this file")
    given = parser.parse_args()
    if not given.logs or not pathlib.Path(given.logs).is_dir():
        parser.error("no folder of labelled logs; give --logs")
    if not given.program or not pathlib.Path(given.program).is_file():
        parser.error("no program; build it or give --program")
    return given


def by_set(results):
    sorted_out = {}
    for case in results:
        sorted_out.setdefault(case["set"], []).append(case)
    return sorted_out


def measure_all(given):
    program = os.path.abspath(given.program)
    cases = list(sets.cases_of(given.logs, given.set, given.case))
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as workers:
        return list(workers.map(lambda case: measure.measure(case, program), cases))


def show(name, cases, given):
    print("\n".join(figures.table(name, cases)))
    print("\n".join(figures.verdicts(cases)), end="\n" if any(case.get("diagnoses") for case in cases) else "")
    if given.rules:
        print("  rules of the first diagnoses:", *figures.rules(cases), sep="\n")
    for case in cases:
        if "error" in case:
            print(f"  ERROR {case['case']}: {case['error']}")
        elif given.misses and figures.is_miss(case):
            print("\n".join(figures.miss(case)))


def write(path, results):
    tool = next((case["tool"] for case in results if "tool" in case), None)
    numbers = {name: {key: value for key, _, value in figures.figures(cases)}
               for name, cases in by_set(results).items()}
    document = {"schema": "firstfault.accuracy/1", "tool": tool, "figures": numbers, "cases": results}
    pathlib.Path(path).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")


def cases_in(path):
    try:
        return json.loads(pathlib.Path(path).read_text("utf-8"))["cases"]
    except (OSError, ValueError, KeyError) as fault:
        sys.exit(f"no results in {path}: {fault}")


def show_changes(earlier, results):
    measured = {(case["set"], case["case"]) for case in results}
    before = by_set(case for case in earlier if (case["set"], case["case"]) in measured)
    print("\n".join(compare.changes(before, by_set(results))))


def main():
    given = arguments()
    earlier = cases_in(given.baseline) if given.baseline else None
    results = measure_all(given)
    if not results:
        print("no case of that name; is this a folder of labelled logs?", file=sys.stderr)
        return 2
    if given.table:
        print("\n".join(figures.page(by_set(results))))
    for name, cases in () if given.table else by_set(results).items():
        show(name, cases, given)
    if earlier is not None:
        show_changes(earlier, results)
    if given.json:
        write(given.json, results)
    return 1 if any("error" in case or case.get("alarms") for case in results) else 0


if __name__ == "__main__":
    sys.exit(main())
