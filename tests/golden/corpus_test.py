#!/usr/bin/env python3
"""Triage of one corpus run must say what its expected.json says: from the archive, from the same on standard input, from
the unpacked folder, and from the text of the failing job alone.

    corpus_test.py PROGRAM SOURCE_FOLDER WORK_FOLDER RUN

docs/corpus.md describes expected.json; only the fields that it gives are compared.
"""
import fnmatch
import json
import pathlib
import re
import shutil
import sys
import zipfile

import program

VERDICTS = ["refuted", "undecided", "possible", "likely", "confirmed"]


def rule_fits(rule, globs):
    return any(glob is None if rule is None else glob and fnmatch.fnmatchcase(rule, glob) for glob in globs)


def one_of(value, allowed):
    return value in allowed if isinstance(allowed, list) else value == allowed


class Form:
    """How places read in one form of the run: an archive's entries, or the whole text of a job."""

    def __init__(self, name, target, text_of_job=None, steps_known=True, stdin=None):
        self.name, self.target, self.text, self.steps_known = name, target, text_of_job, steps_known
        self.stdin = stdin

    def place_fits(self, want, got):
        file, line = want.get("file"), want.get("line")
        if self.text:
            file, line = self.target, want.get("job_line")
        if "job_line" in want and want["job_line"] is not None and "job_line" in got:
            if got["job_line"] != want["job_line"]:
                return False
        if line is not None and not one_of(got.get("line"), line):
            return False
        return file is None or str(got.get("file", "")).endswith(file)

    def step_fits(self, want, got):
        loose = self.text or not self.steps_known
        number, name = got.get("step"), got.get("step_name")
        if "step" in want and number != want["step"] and not (loose and number is None):
            return False
        if "step_name" in want and name != want["step_name"]:
            return bool(loose and name and name.startswith("Run "))
        return "job" not in want or got.get("job") == want["job"]


def primary(diagnosis):
    return next((item for item in diagnosis.get("evidence", []) if item.get("primary")), {})


def diagnosis_fits(form, want, got):
    if "rules" in want and not rule_fits(got.get("rule"), want["rules"]):
        return False
    rank = VERDICTS.index(got["verdict"])
    if rank < VERDICTS.index(want.get("verdict_at_least", "refuted")):
        return False
    if rank > VERDICTS.index(want.get("verdict_at_most", "confirmed")):
        return False
    if any(got.get(key) != want[key] for key in ("role", "count", "tolerated") if key in want):
        return False
    return form.step_fits(want, got) and form.place_fits(want, primary(got))


def shown(diagnosis):
    place = primary(diagnosis)
    return (f"{diagnosis.get('rule')} [{diagnosis.get('verdict')}, {diagnosis.get('role')}, "
            f"count {diagnosis.get('count')}, tolerated {diagnosis.get('tolerated')}] "
            f"{diagnosis.get('job')} / {diagnosis.get('step')} {diagnosis.get('step_name')} at "
            f"{place.get('file')}:{place.get('line')} (job line {place.get('job_line')}): {diagnosis.get('title')}")


class Check:
    def __init__(self, expected):
        self.expected, self.faults = expected, []

    def say(self, form, text):
        self.faults.append(f"{form.name}: {text}")

    def any_fits(self, form, want, among, what):
        if not any(diagnosis_fits(form, want, got) for got in among):
            self.say(form, f"no {what} fits {json.dumps(want, ensure_ascii=False)}; there are\n    "
                     + "\n    ".join(shown(got) for got in among))

    def run_facts(self, form, report):
        want = self.expected
        if report["schema"] != "firstfault.report/1":
            self.say(form, f"schema is {report['schema']}")
        if report["partial"] != want.get("partial", False):
            self.say(form, f"partial is {report['partial']}: {report['notes']}")
        if not form.text and "conclusion" in want and not one_of(report["run"]["conclusion"], want["conclusion"]):
            self.say(form, f"run.conclusion is {report['run']['conclusion']}")
        found = {job["name"]: job["conclusion"] for job in report["jobs"]}
        for name, conclusion in ({} if form.text else want.get("jobs", {})).items():
            if not one_of(found.get(name, "absent"), conclusion):
                self.say(form, f"job {name!r} is {found.get(name, 'absent')}, not {conclusion}; jobs: {list(found)}")

    def failures(self, form, report, wanted):
        got = list(report["failures"])
        for want in wanted:
            fits = [item for item in got if form.step_fits(want, item) and form.place_fits(want, item)
                    and one_of(item["conclusion"], want["conclusion"])
                    and (form.text or item["follow_on"] == want["follow_on"])]
            if not fits:
                self.say(form, f"no failure fits {json.dumps(want, ensure_ascii=False)}; there are {json.dumps(got)}")
            else:
                got.remove(fits[0])
        for item in got:
            self.say(form, f"a failure too many: {json.dumps(item)}")
        origins = [item["follow_on"] for item in report["failures"]]
        if origins != sorted(origins):
            self.say(form, "a follow-on stands before an origin")
        if not form.text and [item["job"] for item in report["failures"] if not item["follow_on"]] != \
                [item["job"] for item in wanted if not item["follow_on"]]:
            self.say(form, "origins are not in time order")

    def first_fault(self, form, report, want):
        best = report["diagnoses"][0] if report["diagnoses"] else None
        if want.get("first"):
            if best is None or not any(diagnosis_fits(form, item, best) for item in want["first"]):
                wanted = "\n    ".join(json.dumps(item, ensure_ascii=False) for item in want["first"])
                self.say(form, f"the first diagnosis is\n    {shown(best) if best else None}\n"
                               f"  wanted one of\n    {wanted}")
        for glob in want.get("never_first", []):
            if best and best.get("rule") and fnmatch.fnmatchcase(best["rule"], glob):
                self.say(form, f"{best['rule']} must not stand first")
        for got in report["diagnoses"]:
            rank = VERDICTS.index(got["verdict"])
            if rank > VERDICTS.index(want.get("verdict_at_most", "confirmed")):
                self.say(form, f"verdict too high: {shown(got)}")
            if got["role"] == "cause" and rank > VERDICTS.index(want.get("cause_at_most", "confirmed")):
                self.say(form, f"verdict of a cause too high: {shown(got)}")

    def consistency(self, form, report):
        """What holds for every report, whatever the run."""
        ranks = [got["rank"] for got in report["diagnoses"]]
        if ranks != list(range(1, len(ranks) + 1)):
            self.say(form, f"ranks are {ranks}")
        for got in report["diagnoses"] + report["refuted"]:
            if sum(bool(item.get("primary")) for item in got["evidence"]) != 1:
                self.say(form, f"not exactly one primary evidence: {shown(got)}")
            if (got["verdict"] == "refuted") != (got in report["refuted"]):
                self.say(form, f"verdict and list differ: {shown(got)}")
            if not re.fullmatch(r"[0-9a-f]{64}", got["fingerprint"] or ""):
                self.say(form, f"fingerprint: {got['fingerprint']}")

    def report(self, form, report):
        want = {**self.expected, **(self.expected.get("text", {}) if form.text else {})}
        self.run_facts(form, report)
        self.failures(form, report, [item for item in want["failures"] if not form.text or item["job"] == form.text])
        self.first_fault(form, report, want)
        for item in [] if form.text else want.get("also", []):
            self.any_fits(form, item, report["diagnoses"], "diagnosis")
        for item in [] if form.text else want.get("tolerated", []):
            self.any_fits(form, {**item, "tolerated": True}, report["diagnoses"] + report["refuted"],
                          "tolerated diagnosis")
        for item in [] if form.text else want.get("silent", []):
            for got in report["diagnoses"] + report["refuted"]:
                if form.step_fits(item, got):
                    self.say(form, f"nothing should be said of this step: {shown(got)}")
        texts = [line["text"] for line in report["excerpt"]]
        for line in want.get("excerpt", []):
            if line not in texts:
                self.say(form, f"not in the excerpt: {line!r}")
        self.consistency(form, report)


def forms_of(folder, work, name, expected):
    archive = folder / f"{name}.zip"
    known = expected.get("steps_known", True)
    shutil.rmtree(work, ignore_errors=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(work / name)
    yield Form("archive", str(archive), steps_known=known)
    yield Form("standard input", "-", steps_known=known, stdin=archive.read_bytes())
    yield Form("folder", str(work / name), steps_known=known)
    job = expected.get("failing_job")
    for path in sorted((work / name).glob("*.txt")) if job else []:
        if re.search(rf"Z Complete job name: {re.escape(job)}\r?$", path.read_text("utf-8"), re.M):
            yield Form("text", str(path), text_of_job=job)


def main(path, source, work, name):
    folder = pathlib.Path(source) / "corpus" / name
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    run, check, seen = program.Program(path, source), Check(expected), []
    for form in forms_of(folder, pathlib.Path(work), name, expected):
        seen.append(form.name)
        result = run("triage", form.target, "--format", "json", stdin=form.stdin)
        if result.status != expected.get("status", 0) or result.err:
            check.say(form, f"status {result.status}, stderr {result.err.decode('utf-8', 'replace')!r}")
        if result.out:
            check.report(form, json.loads(result.out.decode("utf-8")))
        else:
            check.say(form, "no report")
    if seen != ["archive", "standard input", "folder"] + (["text"] if expected.get("failing_job") else []):
        check.faults.append(f"only these forms were found: {seen}")
    for fault in check.faults:
        print(f"{name}: {fault}")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
