#!/usr/bin/env python3
"""All changes of a draft, taken from its Markdown, must be what `git apply` takes at once, and must leave the jobs and
steps of each file that they change as they were.

    drafts_test.py PROGRAM OUTLINE SOURCE_FOLDER WORK_FOLDER RUN REPOSITORY

Both kinds of draft are made of the run with the repository at hand. One that could not be drafted (status 3, with the
reason on standard error) has no changes.
"""
import pathlib
import re
import shutil
import subprocess
import sys

import program

SKIPPED = 77
# A fence stands at the beginning of a line, and ends with as many ticks.
FENCED = re.compile(r"^(`{3,})diff\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
CHANGED = re.compile(r"^\+\+\+ b/(.*)$", re.MULTILINE)


def git(folder, *arguments, given=b""):
    done = subprocess.run(["git", *arguments], cwd=folder, input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    return "" if done.returncode == 0 else f"git {' '.join(arguments)}: {done.stdout.decode('utf-8', 'replace')}"


class Draft:
    def __init__(self, outline, folder, kind):
        self.tool, self.folder, self.kind, self.faults = outline, folder, kind, []

    def outline(self, paths):
        done = subprocess.run([self.tool, *paths], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            self.faults.append(done.stdout.decode("utf-8", "replace"))
        return done.stdout

    def apply(self, text):
        diffs = [found[2] for found in FENCED.finditer(text)]
        paths = CHANGED.findall("".join(diffs))
        if len(paths) != text.count("\n+++ b/") or len(paths) != len(set(paths)):
            self.faults.append(f"diffs stand outside of fences, or a file is changed twice: {paths}")
        if not diffs:
            return
        before = {path: (self.folder / path).read_bytes() for path in paths}
        workflows = [path for path in paths if path.startswith(".github/workflows/")]
        outline = self.outline(workflows)
        self.faults += filter(None, [git(self.folder, "apply", "--whitespace=error-all", "-", given="".join(diffs).encode())])
        self.faults += [f"{path} is as it was" for path in paths if (self.folder / path).read_bytes() == before[path]]
        if self.outline(workflows) != outline or not outline:
            self.faults.append(f"other jobs or steps than before in {workflows}")


def main(path, outline, source, work, name, repository):
    if not shutil.which("git"):
        return SKIPPED
    source, work = pathlib.Path(source), pathlib.Path(work).resolve()
    run, faults = program.Program(path, source), []
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for kind in ("fix", "diagnose"):
        place = work / kind
        subprocess.run([sys.executable, source / "scripts" / "corpus", "--repository", repository, place], check=True)
        # A repository of its own: inside the source tree git would take paths for those of the tree, and skip them.
        faults += filter(None, [git(place, "init", "--quiet", ".")])
        result = run("pr", f"corpus/{name}/{name}.zip", "--checkout", str(place), "--kind", kind)
        draft = Draft(outline, place, kind)
        if (result.status, bool(result.out), result.err.count(b"\n")) not in ((0, True, 0), (3, False, 1)):
            draft.faults.append(f"status {result.status}, {len(result.out)} bytes, stderr {result.err!r}")
        draft.apply(result.out.decode("utf-8"))
        faults += [f"--kind {kind}: {fault}" for fault in draft.faults]
    for fault in faults:
        print(f"{name} with {repository}: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:7]))
