#!/usr/bin/env python3
"""Triage of a corpus run with a repository at hand must say what `checked.REPOSITORY.json` beside it says, and each diff
must be one that `git apply` takes.

    checked_test.py PROGRAM SOURCE_FOLDER WORK_FOLDER RUN REPOSITORY

The file holds `first`, `also`, `tolerated`, `refuted` and `absent` (lists as in expected.json; a row may also have
`captures`, `checks`: rows of `probe`, `result`, `at`, `says` (pieces of the text) and `places` (some of them),
`tolerated_by`: `construct` and `at`, and `next`: commands), and `fixes`: rows of `rules`, `paths` (of all diffs), `removes` and `adds` (lines of the
diffs, without blanks at their ends). `unread` is how the reason begins why the repository says nothing: then every
question about it is unknown for this reason, and nothing is edited. `at` and `construct` are compared by their beginnings.
"""
import json
import pathlib
import shutil
import subprocess
import sys

import corpus_test
import program


# These ask the script that the log echoes; all others ask the repository.
SCRIPT_PROBES = {"command-guarded", "command-called", "command-succeeded"}


def begins(want, got):
    """True if each text of `got` begins as `want` says; an empty one where none is there."""
    return all(str((got or {}).get(key) or "").startswith(value) for key, value in want.items())


def check_fits(want, got):
    said = all(piece in got["text"] for piece in want.get("says", []))
    places = all(place in got["places"] for place in want.get("places", []))
    return said and places and begins({key: want[key] for key in ("probe", "result", "at") if key in want}, got)


def row_fits(form, want, got):
    if not corpus_test.diagnosis_fits(form, want, got):
        return False
    if any(got["captures"].get(name) != value for name, value in want.get("captures", {}).items()):
        return False
    for check in want.get("checks", []):
        if not any(check_fits(check, item) for item in got["checks"]):
            return False
    if not begins(want.get("tolerated_by", {}), got["tolerated_by"]):
        return False
    return all(command in [item["command"] for item in got["next_evidence"]] for command in want.get("next", []))


class Checked:
    def __init__(self, form, report, want):
        self.form, self.report, self.want, self.faults = form, report, want, []

    def there(self, kind, among):
        for row in self.want.get(kind, []):
            if not any(row_fits(self.form, row, got) for got in among):
                shown = "\n    ".join(f"{corpus_test.shown(got)}\n      checks {json.dumps(got['checks'])}" for got in among)
                self.faults.append(f"{kind}: nothing fits {json.dumps(row, ensure_ascii=False)}; there are\n    {shown}")

    def fixes(self):
        everything = self.report["diagnoses"] + self.report["refuted"]
        for row in self.want.get("fixes", []):
            found = [fix for got in everything if corpus_test.rule_fits(got["rule"], row["rules"]) for fix in got["fixes"]
                     if fix["diff"]]
            if sorted({fix["path"] for fix in found}) != sorted(row["paths"]):
                self.faults.append(f"fixes of {row['rules']} change {sorted({fix['path'] for fix in found})}, not {row['paths']}")
            lines = [line for fix in found for line in fix["diff"].split("\n")]
            for sign, kind in (("-", "removes"), ("+", "adds")):
                there = [line[1:].strip() for line in lines if line.startswith(sign)]
                for line in row.get(kind, []):
                    if line not in there:
                        self.faults.append(f"fixes of {row['rules']}: no line {sign} {line!r}; there are {there}")

    def nothing_read(self, reason):
        said = self.report["repository"]
        if said["read_from"] or not (said["why_not"] or "").startswith(reason):
            self.faults.append(f"the repository should not be read, for this reason: {reason}; it says {said}")
        for got in self.report["diagnoses"] + self.report["refuted"]:
            for check in got["checks"]:
                if check["probe"] not in SCRIPT_PROBES and (check["result"], check["text"]) != ("unknown", said["why_not"]):
                    self.faults.append(f"{got['rule']}: a repository that was not read answers {check}")
            if any(fix["diff"] for fix in got["fixes"]):
                self.faults.append(f"{got['rule']}: a repository that was not read is edited")

    def look(self):
        diagnoses, refuted = self.report["diagnoses"], self.report["refuted"]
        self.there("also", diagnoses)
        self.there("refuted", refuted)
        self.there("tolerated", [got for got in diagnoses + refuted if got["tolerated"]])
        for row in self.want.get("absent", []):
            for got in diagnoses + refuted:
                if row_fits(self.form, row, got):
                    self.faults.append(f"must not be there: {corpus_test.shown(got)}")
        best = diagnoses[0] if diagnoses else None
        if self.want.get("first") and not (best and any(row_fits(self.form, row, best) for row in self.want["first"])):
            self.faults.append(f"first is {corpus_test.shown(best) if best else None}, wanted {self.want['first']}")
        self.fixes()
        if self.want.get("unread"):
            self.nothing_read(self.want["unread"])
        general = corpus_test.Check({})
        general.consistency(self.form, self.report)
        self.faults += general.faults


def apply_each(report, folder):
    """Each diff alone, by git itself."""
    faults = []
    if not shutil.which("git"):
        return faults
    # A repository of its own: inside the source tree git would take paths for those of the tree, and skip them.
    subprocess.run(["git", "init", "--quiet", "."], cwd=folder, check=True)
    for got in report["diagnoses"] + report["refuted"]:
        for fix in got["fixes"]:
            if not fix["diff"]:
                continue
            done = subprocess.run(["git", "apply", "--check", "-"], cwd=folder, input=fix["diff"].encode("utf-8"),
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            if done.returncode:
                faults.append(f"git apply refuses the diff of {got['rule']} for {fix['path']}: {done.stdout.decode()}")
    return faults


def main(path, source, work, name, repository):
    root, work = pathlib.Path(source), pathlib.Path(work).resolve()
    want = json.loads((root / "corpus" / name / f"checked.{repository}.json").read_text("utf-8"))
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    subprocess.run([sys.executable, root / "scripts" / "corpus", "--repository", repository, work / repository], check=True)
    run = program.Program(path, source)
    form = corpus_test.Form("archive", f"corpus/{name}/{name}.zip")
    result = run("triage", form.target, "--checkout", str(work / repository), "--format", "json")
    faults = []
    if result.status or result.err:
        faults.append(f"status {result.status}, stderr {result.err!r}")
    if result.out:
        report = json.loads(result.out.decode("utf-8"))
        checked = Checked(form, report, want)
        checked.look()
        faults += checked.faults + apply_each(report, work / repository)
        if not any(got["checks"] for got in report["diagnoses"] + report["refuted"]):
            faults.append("no check was made")
    for fault in faults:
        print(f"{name} with {repository}: {fault}")
    return 1 if faults or not result.out else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:6]))
