#!/usr/bin/env python3
"""Hostile repositories end to end: a run whose log is plain is held against one that is not.

    checkout_test.py --list                                    the names of the cases
    checkout_test.py PROGRAM RUNNER WORK_FOLDER KIND CASE      KIND: plain, or sanitized (memory and time are not judged)

The status and the report must stay sane, the output inert, memory and time bounded. Where strace can trace, it shows that
the program starts nothing, writes nothing, and opens nothing outside of the repository that only the repository names.
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import checkouts
import hostile_test
import inputs

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
RUN = "corpus/flagship/flagship.zip"
NOBODY = 65534
NO_FOLDER = "no-folder"
FORMS = [("triage", "--format", "json"), ("triage", "--format", "markdown"), ("triage", "--format", "text"),
         ("pr", "--kind", "diagnose"), ("pr", "--kind", "fix")]

Case = collections.namedtuple("Case", "make cpu_ms rss_mib judge nobody reads_outside", defaults=(None, False, False))


def checks_of(report, probe):
    found = [check for got in report["diagnoses"] + report["refuted"] for check in got["checks"] if check["probe"] == probe]
    return found or [{"result": "not asked", "text": "not asked"}]


def says(probe, result, *pieces):
    """One answer of the probe has this result and these pieces."""
    def judge(report):
        found = checks_of(report, probe)
        if any(check["result"] == result and all(piece in check["text"] for piece in pieces) for check in found):
            return None
        return f"no answer of {probe} is {result} with {pieces}; there are {found}"
    return judge


def nothing_read(report):
    return None if report["repository"]["read_from"] is None else "the repository should not be used"


def repairs(report):
    diffs = [fix["diff"] for got in report["diagnoses"] + report["refuted"] for fix in got["fixes"] if fix["diff"]]
    return None if len(diffs) >= 2 else f"only {len(diffs)} diffs"


MISSING = says("django-command", "supports", "commented out")
CASES = {
    "as-it-is": Case(checkouts.as_it_is, 1500, 80, MISSING),
    "links": Case(checkouts.links, 1500, 80, says("django-command", "unknown")),
    "empty": Case(checkouts.empty, 1500, 80, nothing_read),
    "linked-workflows": Case(checkouts.linked_workflows, 1500, 80, nothing_read),
    "special-files": Case(checkouts.special_files, 1500, 80, says("django-command", "unknown")),
    "sparse-settings": Case(checkouts.sparse_settings, 1500, 80, says("django-command", "unknown")),
    "many-files": Case(checkouts.many_files, 3000, 128, MISSING),
    "deep-folders": Case(checkouts.deep_folders, 1500, 80, says("django-command", "unknown")),
    "large-workflow": Case(checkouts.large_workflow, 8000, 200, MISSING),
    "many-steps": Case(checkouts.many_steps, 8000, 200, MISSING),
    "aliases": Case(checkouts.aliases, 1500, 80),
    "broken-yaml": Case(checkouts.broken_yaml, 1500, 80, MISSING),
    "odd-settings": Case(checkouts.odd_settings, 3000, 128, says("django-command", "unknown")),
    "git-garbage": Case(checkouts.git_garbage, 1500, 80, MISSING),
    "git-foreign": Case(checkouts.git_foreign, 1500, 80, nothing_read),
    "git-elsewhere": Case(checkouts.git_elsewhere, 1500, 80, MISSING, reads_outside=True),
    "git-stores": Case(checkouts.git_stores, 1500, 80, MISSING, reads_outside=True),
    "git-settings": Case(checkouts.git_settings, 1500, 80, MISSING),
    "unreadable-folders": Case(checkouts.unreadable_folders, 1500, 80, says("django-command", "unknown"), nobody=True),
    "hostile-names": Case(checkouts.hostile_names, 3000, 80, repairs),
    "hostile-lines": Case(checkouts.hostile_lines, 1500, 80, repairs),
}

# Folders that cannot be one: what stands for `--checkout`, and how it is made.
REFUSED = {
    "absent": ("repository/absent", None),
    "file": ("repository/Makefile", None),
    "pipe": ("repository/pipe", os.mkfifo),
    "circle": ("repository/circle", lambda path: os.symlink("circle", path)),
    "hostile name": ("repository/\x1b[31m\n::error::x\u202e" + inputs.SECRET, None),
    "long name": ("repository/" + "x" * 5000, None),
    "empty name": ("", None),
}


def lay_out(work, make):
    """The repository, changed, and the folder beside it."""
    root, outside = work / "repository", work / "outside"
    subprocess.run([sys.executable, SOURCE / "scripts" / "corpus", "--repository", "meats", root], check=True,
                   stdout=subprocess.DEVNULL)
    outside.mkdir()
    make(root, outside)
    return root, outside


def clear(work):
    """Also what nobody may enter, and what is nested too deeply for shutil."""
    if work.exists():
        subprocess.run(["chmod", "-R", "u+rwX", work], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", work], check=True)


def environment(more):
    kept = {key: value for key, value in os.environ.items() if re.match(r"(ASAN|UBSAN|LSAN|TSAN)_", key)}
    return {**kept, "PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", **more}


class Trial:
    def __init__(self, arguments, case):
        self.program, self.runner, self.work, self.kind = arguments
        self.case, self.faults, self.measured = case, [], "not measured"
        self.root, self.outside = lay_out(self.work, case.make)

    def command(self, form):
        verb, *options = form
        return [self.program, verb, str(SOURCE / RUN), "--checkout", str(self.root), *options]

    def report_faults(self, text):
        report = json.loads(text)
        faults = [] if report["diagnoses"] and report["diagnoses"][0]["rule"] == "health.http-status-loop" else [
            f"the first diagnosis is {report['diagnoses'][:1]}"]
        said = self.case.judge(report) if self.case.judge else None
        return faults + ([said] if said else [])

    def look(self, form, more):
        got = hostile_test.measure([self.runner, *self.command(form)], self.work / "usage", None, environment(more))
        judged = hostile_test.Case(None, (0,) if form[0] == "triage" else (0, 3), self.case.cpu_ms, None, self.case.rss_mib)
        found = hostile_test.outcome_faults(judged, form[-1], got, self.kind)
        found += hostile_test.text_faults(got.out, "stdout", more) + hostile_test.text_faults(got.err, "stderr", more)
        text = got.out.decode("utf-8", "replace")
        if checkouts.CANARY in text + got.err.decode("utf-8", "replace"):
            found.append("what lies outside was printed")
        if not found and form[-1] == "json":
            found += self.report_faults(text)
        if not found and form[-1] == "markdown":
            found += filter(None, [hostile_test.markdown_is_inert(text)])
        self.measured = f"{got.rss_kib} KiB, {got.cpu_ms} ms"
        self.faults += [f"{' '.join(form)}{', inside Actions' if more else ''}: {fault}" for fault in found]

    def trace(self):
        """What it opens, and that it starts nothing; sanitizers do not go with strace."""
        strace, place = shutil.which("strace"), self.work / "trace"
        able = strace and subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode == 0
        if self.kind != "plain" or not able:
            return
        for form in (FORMS[0], FORMS[3]):
            subprocess.run([strace, "-f", "-qq", "-y", "-s", "4096", "-e", "trace=%file,execve,fork,vfork", "-o", str(place),
                            *self.command(form)], env=environment({}), check=False, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=hostile_test.WALL_SECONDS)
            lines = place.read_text(errors="replace").splitlines()
            started = [line for line in lines if re.search(r"\b(execve|execveat|v?fork)\(", line)]
            if len(started) != 1:
                self.faults.append(f"{form[0]} started {started}")
            written = [line for line in lines if re.search(r"open(at)?\(.*O_(WRONLY|RDWR|CREAT)", line) and '"/dev/' not in line]
            if written:
                self.faults.append(f"{form[0]} wrote {written}")
            read = [line for line in lines if str(self.outside) in line]
            if read and not self.case.reads_outside:
                self.faults.append(f"{form[0]} read outside: {read[:5]}")

    def run(self):
        for form in FORMS:
            self.look(form, {})
        for form in FORMS[:2]:
            self.look(form, {"GITHUB_ACTIONS": "true"})
        self.trace()
        if (self.outside / "made").exists():
            self.faults.append("something of the repository was run")


def refuse(arguments):
    """A folder that is none is an error of the caller: status 2, one line, nothing read."""
    program, runner, work, kind = arguments
    lay_out(work, checkouts.as_it_is)
    faults = []
    for what, (path, make) in REFUSED.items():
        path = str(work / path) if path else path
        if make:
            make(path)
        for more in ({}, {"GITHUB_ACTIONS": "true"}):
            got = hostile_test.measure([runner, program, "triage", str(SOURCE / RUN), "--checkout", path], work / "usage", None,
                                       environment(more))
            found = hostile_test.text_faults(got.err, "stderr", more)
            if (got.status, got.out, got.err.count(b"\n")) != (2, b"", 1):
                found.append(f"status {got.status}, {len(got.out)} bytes, stderr {got.err!r}")
            if kind == "plain" and got.cpu_ms > 500:
                found.append(f"{got.cpu_ms} ms")
            faults += [f"{what}: {fault}" for fault in found]
    return faults


def become_nobody(work, program, runner):
    """Root may read everything. True if this process is not root, or is no longer."""
    if os.geteuid() != 0:
        return True
    for path in [work, *work.rglob("*")]:
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    return all(os.access(path, os.R_OK) for path in (program, runner, work, SOURCE / RUN))


def run_case(path, runner, work, kind, name):
    work = pathlib.Path(work).resolve() / f"checkout-{name}"
    clear(work)
    work.mkdir(parents=True)
    arguments = (os.path.abspath(path), os.path.abspath(runner), work, kind)
    if name == NO_FOLDER:
        faults, measured = refuse(arguments), "refused"
    else:
        trial = Trial(arguments, CASES[name])
        if trial.case.nobody:
            return as_nobody(trial)
        trial.run()
        faults, measured = trial.faults, trial.measured
    clear(work)
    print("\n".join(f"{name}: {fault}" for fault in faults) or f"{name}: {measured}")
    return 1 if faults else 0


def as_nobody(trial):
    """In a process of its own, so that this one can still clear up."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            if become_nobody(trial.work, trial.program, trial.runner):
                trial.run()
            print("\n".join(trial.faults) or trial.measured, flush=True)
            status = 1 if trial.faults else 0
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    clear(trial.work)
    return status


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print(";".join([*CASES, NO_FOLDER]), end="")
    else:
        sys.exit(run_case(*sys.argv[1:6]))
