#!/usr/bin/env python3
"""A golden case: reports must be what its folder says, byte by byte, but for the version and the catalog's digest.

    cases_test.py PROGRAM SOURCE_FOLDER CASE_FOLDER WORK_FOLDER

A case holds `input.path` (a path from the source folder) or `input` (given as it is), optionally `args` (one argument a
line), `checkout` (the name of a repository of the corpus) and `expected.status` (0 by default), and any of `expected.md`,
`expected.txt`, `expected.json`; for drafts of pull requests `pr.md`, `pr.fix.md` and `pr.diagnose.md`, the last two with
`--kind`, and `pr….status` and `pr….err` beside them (0 and nothing by default).
FIRSTFAULT_BLESS=1 writes what the program says instead; read the difference before you keep it.
"""
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys

import program

FORMATS = {".md": "markdown", ".txt": "text", ".json": "json"}
MASKS = [
    (re.compile(r'("version": *")[^"]*'), r"\1VERSION"),
    (re.compile(r'("catalog_rules": *)\d+'), r"\g<1>0"),
    (re.compile(r'("catalog_digest": *")[0-9a-f]{64}'), r"\1DIGEST"),
    (re.compile(r"firstfault \d+\.\d+\.\d+\S*?(?=[,\s<])"), "firstfault VERSION"),
    (re.compile(r"sha256:[0-9a-f]{4,64}…?"), "sha256:DIGEST"),
    (re.compile(r"\b\d+ rules\b"), "N rules"),
]


def masked(text):
    for pattern, substitute in MASKS:
        text = pattern.sub(substitute, text)
    return text


def lay_out(source, case, work):
    """The repository that the case names, in the work folder."""
    named = case / "checkout"
    if not named.is_file():
        return None
    shutil.rmtree(work, ignore_errors=True)
    pathlib.Path(work).mkdir(parents=True)
    place = str(pathlib.Path(work).resolve() / "repository")
    subprocess.run([sys.executable, pathlib.Path(source) / "scripts" / "corpus", "--repository",
                    named.read_text("utf-8").strip(), place], check=True)
    return place


class Case:
    def __init__(self, run, folder, target, place):
        self.run, self.folder, self.target, self.place = run, folder, target, place
        self.faults, self.bless = 0, os.environ.get("FIRSTFAULT_BLESS") == "1"

    def masked(self, text):
        return masked(text.replace(self.place, "REPOSITORY") if self.place else text)

    def expect(self, file, out):
        if self.bless:
            file.write_text(out, "utf-8")
        elif out != file.read_text("utf-8"):
            self.faults += 1
            sys.stdout.writelines(difflib.unified_diff(file.read_text("utf-8").splitlines(True), out.splitlines(True),
                                                       str(file.name), "now"))

    def compare(self, file, status, err, *arguments):
        more = ["--checkout", self.place] if self.place else []
        result = self.run(*arguments, self.target, *more)
        said = self.masked(result.err.decode("utf-8"))
        if result.status != status or said != err:
            print(f"{self.folder.name}: {file.name}: status {result.status}, wanted {status}; stderr {said!r}, wanted {err!r}")
            self.faults += 1
            return
        self.expect(file, self.masked(result.out.decode("utf-8")))

    def drafts(self):
        """Each draft with the status and the words on standard error that stand beside it."""
        for file in sorted(self.folder.glob("pr*.md")):
            kind = file.name[len("pr."):-len(".md")]
            status, err = file.with_suffix(".status"), file.with_suffix(".err")
            self.compare(file, int(status.read_text("utf-8")) if status.is_file() else 0,
                         err.read_text("utf-8") if err.is_file() else "", "pr", *(["--kind", kind] if kind else []))


def main(path, source, case, work):
    run, folder = program.Program(path, source), pathlib.Path(case)
    given = folder / "input.path"
    target = given.read_text("utf-8").strip() if given.is_file() else os.path.relpath(folder / "input", source)
    more = (folder / "args").read_text("utf-8").split("\n") if (folder / "args").is_file() else []
    status_file = folder / "expected.status"
    status = int(status_file.read_text("utf-8")) if status_file.is_file() else 0
    it = Case(run, folder, target, lay_out(source, folder, work))
    wanted = [file for file in sorted(folder.glob("expected.*")) if file.suffix in FORMATS]
    if not wanted and not list(folder.glob("pr*.md")):
        print(f"{folder.name}: no expected.md, .txt or .json")
        return 1
    for file in wanted:
        it.compare(file, status, "", "triage", "--format", FORMATS[file.suffix], *filter(None, more))
    it.drafts()
    return 1 if it.faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
