#!/usr/bin/env python3
"""The diffs of an edit, as the unit tests expect them, must be what git takes.

    edits_test.py SOURCE_FOLDER CASE_FOLDER WORK_FOLDER

A case holds `checkout` (the name of a repository of the corpus), `expected.diff` (the diffs of all files, one after the
other) and `gone` (texts, one a line, that the diff takes out of each file that it changes).
"""
import pathlib
import re
import shutil
import subprocess
import sys

SKIPPED = 77


def run(*command, folder):
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(f"{' '.join(command)}: {result.stdout}{result.stderr}")


def main():
    source, case, work = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    if not shutil.which("git"):
        sys.exit(SKIPPED)
    shutil.rmtree(work, ignore_errors=True)
    name = (case / "checkout").read_text().strip()
    run(sys.executable, str(source / "scripts/corpus"), "--repository", name, str(work), folder=source)
    diff = case / "expected.diff"
    changed = [work / path for path in re.findall(r"^\+\+\+ b/(.*)$", diff.read_text(), re.MULTILINE)]
    if not changed:
        sys.exit(f"{diff} changes nothing")
    # A repository of its own: inside the source tree git would take paths for those of the tree, and skip them.
    run("git", "init", "--quiet", ".", folder=work)
    run("git", "apply", "--check", "--whitespace=error-all", str(diff), folder=work)
    run("git", "apply", str(diff), folder=work)
    for path in changed:
        for text in (case / "gone").read_text().splitlines():
            if text in path.read_text():
                sys.exit(f"{path} still has {text}")


if __name__ == "__main__":
    main()
