#!/usr/bin/env python3
"""Hostile inputs end to end: status, one line of error at most, inert output, bounded memory and time.

    hostile_test.py --list [large]                          the names of the cases
    hostile_test.py PROGRAM RUNNER WORK_FOLDER KIND CASE    KIND: plain, or sanitized (memory and time are not judged)
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

import inputs

FORMATS = ["json", "markdown", "text"]
WALL_SECONDS = 300  # only what hangs is stopped; how long something takes is judged by its CPU time
# Line feed is the only control character that a report may hold.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
WORKFLOW_COMMAND = re.compile(r"^\s*::[a-z-]+.*::|##\[", re.M)

Case = collections.namedtuple("Case", "make statuses cpu_ms extra rss_mib", defaults=(None, 72))  # libcurl and what it loads are 6 of them
Outcome = collections.namedtuple("Outcome", "status out err rss_kib cpu_ms killed")


def finds_the_failure(report):
    return None if report and report["failures"] else "the failure behind it was not found"


def reaches(*codes):
    """A bound stops the reading or the telling, never the report."""
    def judge(text):
        report = json.loads(text)
        missing = set(codes) - {note["code"] for note in report["notes"] if note["partial"]}
        if missing:
            return f"no note {sorted(missing)}"
        return None if report["failures"] and report["diagnoses"] else "nothing was diagnosed"
    return judge


def tells(code):
    """A bound that loses nothing is told as well."""
    def judge(text):
        report = json.loads(text)
        return None if code in {note["code"] for note in report["notes"]} and report["diagnoses"] else f"no note {code}"
    return judge


def hides_the_secret(text):
    return "a secret was printed" if inputs.SECRET in text else None


def stays_inside(text):
    return "a link was followed" if inputs.OUTSIDE.decode() in text else None


def markdown_is_inert(text):
    """Rendered as GitHub does it, nothing of the log may become an element, a link or a mention outside of code."""
    renderer = shutil.which("cmark-gfm")
    if renderer:
        html = subprocess.run([renderer, "--unsafe", "-e", "autolink", "-e", "table"], input=text.encode(),
                              stdout=subprocess.PIPE, check=True).stdout.decode()
        plain = re.sub(r"<code[^>]*>.*?</code>", "", html, flags=re.S)
    else:
        plain = re.sub(r"^( *)(`{3,}|~{3,}).*?^ *\2[`~]* *$", "", text, flags=re.S | re.M)
        plain = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", plain)
    found = re.search(r"<img|<script|<b>|<a [^>]*evil|evil\.example|@octocat|<!--|!\[", plain)
    return f"this became live: {plain[max(0, found.start() - 60):found.end() + 60]!r}" if found else None


NOTHING, READ, EITHER = (3,), (0,), (0, 3)
CASES = {
    "empty-file": Case(inputs.empty_file, NOTHING, 500),
    "null-device": Case(inputs.null_device, NOTHING, 500),
    "picture": Case(inputs.picture, NOTHING, 500),
    "truncated-archive": Case(inputs.truncated_archive, NOTHING, 500),
    "damaged-entry": Case(inputs.damaged_entry, NOTHING, 500, {"json": finds_the_failure}),
    "overlapping-bomb": Case(inputs.overlapping_bomb, NOTHING, 500),
    "million-entries": Case(inputs.million_entries, NOTHING, 500),
    "many-entries": Case(inputs.many_entries, NOTHING, 500),
    "full-archive": Case(inputs.full_archive, NOTHING, 3000, {"json": reaches("facts-limit", "traces-limit")}, 128),
    "quotes-in-names": Case(inputs.quotes_in_names, NOTHING, 6000, {"json": reaches("traces-limit")}, 256),
    "failures-everywhere": Case(inputs.failures_everywhere, NOTHING, 20000,
                                {"json": reaches("traces-limit", "findings-limit", "diagnoses-limit")}, 128),
    "failures-beyond-the-bound": Case(inputs.failures_beyond, NOTHING, 6000, {"json": reaches("failures-limit")}, 128),
    "failures-in-one-job": Case(inputs.failures_in_one_job, EITHER, 4000, {"json": finds_the_failure}),
    "everything-matches": Case(inputs.everything_matches, READ, 12000, {"json": tells("findings-joined")}),
    "endless-line": Case(inputs.endless_line, EITHER, 10000, {"json": finds_the_failure}),
    "nul-bytes": Case(inputs.nul_bytes, EITHER, 1000, {"json": finds_the_failure}),
    "nul-flood": Case(inputs.nul_flood, EITHER, 1000),
    "invalid-utf8": Case(inputs.invalid_utf8, READ, 1000, {"json": finds_the_failure}),
    "lone-returns": Case(inputs.lone_returns, READ, 1000, {"json": finds_the_failure}),
    "terminal-escapes": Case(inputs.terminal_escapes, READ, 1000, {"json": finds_the_failure}),
    "workflow-commands": Case(inputs.workflow_commands, READ, 1000, {"json": finds_the_failure}),
    "hostile-names": Case(inputs.hostile_names, EITHER, 1000,
                          {"json": finds_the_failure, "markdown": markdown_is_inert}),
    "markdown-lines": Case(inputs.markdown_lines, READ, 1000, {"markdown": markdown_is_inert}),
    "markdown-names": Case(inputs.markdown_names, EITHER, 1000, {"markdown": markdown_is_inert}),
    "secrets": Case(inputs.secrets, READ, 1000, dict.fromkeys(FORMATS, hides_the_secret)),
    "secret-captures": Case(inputs.secret_captures, READ, 1000, dict.fromkeys(FORMATS, hides_the_secret)),
    "secret-names": Case(inputs.secret_names, EITHER, 1000, {"json": finds_the_failure}),
    "secret-target": Case(inputs.secret_target, READ, 1000, {"json": finds_the_failure}),
    "secret-missing": Case(inputs.secret_missing, NOTHING, 500),
    "linked-folder": Case(inputs.linked_folder, EITHER, 1000, {**dict.fromkeys(FORMATS, stays_inside)}),
    "special-files": Case(inputs.special_files, EITHER, 1000, {"json": finds_the_failure}),
    "folder-without-logs": Case(inputs.folder_without_logs, NOTHING, 500),
    "missing-file": Case(inputs.missing_file, NOTHING, 500),
    "unreadable-file": Case(inputs.unreadable_file, NOTHING, 500),
}
LARGE = {"large-archive": Case(inputs.large_archive, EITHER, 60000, {"json": finds_the_failure})}


def feed(pipe, pieces):
    try:
        for piece in pieces:
            pipe.write(piece)
        pipe.close()
    except BrokenPipeError:
        pass  # the program had seen enough


def measure(command, usage, stdin, env):
    """Runs it through the runner, with `stdin` (an iterator of bytes, or None) fed from a thread."""
    process = subprocess.Popen([command[0], str(usage), str(WALL_SECONDS), *command[1:]], env=env,
                               stdin=subprocess.PIPE if stdin else subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    if stdin:
        feeder = threading.Thread(target=feed, args=(process.stdin, stdin))
        feeder.start()
    said = threading.Thread(target=lambda: said.__setattr__("text", process.stderr.read()))
    said.start()
    out = process.stdout.read()
    said.join()
    if stdin:
        feeder.join()
    status = process.wait()
    rss, cpu, _, killed = map(int, usage.read_text().split())
    return Outcome(status, out, said.text, rss, cpu, killed)


def text_faults(raw, what, inside_actions):
    """What is wrong with a stream whatever it says."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"{what} is not UTF-8: {error}"]
    faults = [f"{what} holds a secret"] if inputs.SECRET[4:16] in text else []
    found = FORBIDDEN.search(text)
    if found:
        faults.append(f"{what} holds U+{ord(found[0]):04X}: {text[max(0, found.start() - 40):found.end() + 40]!r}")
    begun = [line for line in text.split("\n") if line.startswith("::")]
    faults += [f"{what} has a line that starts with `::`: {line!r}" for line in begun]
    if inside_actions and WORKFLOW_COMMAND.search(text):
        faults.append(f"{what} holds a workflow command: {WORKFLOW_COMMAND.search(text)[0]!r}")
    return faults


def outcome_faults(case, form, got, kind):
    faults = []
    if got.killed or got.status > 100:
        return [f"killed or crashed: status {got.status}, stderr {got.err[-2000:].decode('utf-8', 'replace')}"]
    if got.status not in case.statuses:
        faults.append(f"status {got.status}, wanted one of {case.statuses}; stderr {got.err!r}")
    if got.err.count(b"\n") > 1 or (got.err and not got.err.endswith(b"\n")):
        faults.append(f"more than one line on stderr: {got.err!r}")
    if not got.out and (got.status != 3 or not got.err):
        faults.append("neither a report nor a reason")
    if form == "json" and got.out:
        report = json.loads(got.out.decode("utf-8"))
        if report["partial"] != (got.status == 3):
            faults.append(f"partial is {report['partial']} with status {got.status}")
        if report["partial"] and not report["notes"]:
            faults.append("partial without a note")
    if kind == "plain" and got.rss_kib > case.rss_mib * 1024:
        faults.append(f"{got.rss_kib} KiB of memory")
    if kind == "plain" and got.cpu_ms > case.cpu_ms:
        faults.append(f"{got.cpu_ms} ms of CPU time, allowed are {case.cpu_ms}")
    return faults


def run_case(path, runner, work, kind, name):
    case, faults = {**CASES, **LARGE}[name], []
    folder = pathlib.Path(work) / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kept = {key: value for key, value in os.environ.items() if re.match(r"(ASAN|UBSAN|LSAN|TSAN)_", key)}
    base = {**kept, "PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}
    for form in FORMATS:
        for actions in ({}, {"GITHUB_ACTIONS": "true"}):
            target = case.make(str(folder))
            stdin = None if isinstance(target, str) else target
            command = [runner, path, "triage", target if stdin is None else "-", "--format", form]
            got = measure(command, folder / "usage", stdin, {**base, **actions})
            found = outcome_faults(case, form, got, kind)
            found += text_faults(got.out, "stdout", actions) + text_faults(got.err, "stderr", actions)
            extra = (case.extra or {}).get(form)
            if extra and not found:
                text = got.out.decode("utf-8")
                said = extra(json.loads(text) if extra is finds_the_failure and text else text)
                found += [said] if said else []
            faults += [f"{name}, {form}{', inside Actions' if actions else ''}: {fault}" for fault in found]
    shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(faults) or f"{name}: {got.rss_kib} KiB, {got.cpu_ms} ms")
    return 1 if faults else 0


def main(arguments):
    if arguments[:1] == ["--list"]:
        print(";".join(LARGE if "large" in arguments else CASES), end="")
        return 0
    return run_case(*arguments[:5])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
