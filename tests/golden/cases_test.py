#!/usr/bin/env python3
"""A golden case: reports must be what its folder says, byte by byte, but for the version and the catalog's digest.

    cases_test.py PROGRAM SOURCE_FOLDER CASE_FOLDER

A case holds `input.path` (a path from the source folder) or `input` (given as it is), optionally `args` (one argument a
line) and `expected.status` (0 by default), and any of `expected.md`, `expected.txt`, `expected.json`.
FIRSTFAULT_BLESS=1 writes what the program says instead; read the difference before you keep it.
"""
import difflib
import os
import pathlib
import re
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


def main(path, source, case):
    run, folder = program.Program(path, source), pathlib.Path(case)
    given = folder / "input.path"
    target = given.read_text("utf-8").strip() if given.is_file() else os.path.relpath(folder / "input", source)
    more = (folder / "args").read_text("utf-8").split("\n") if (folder / "args").is_file() else []
    status_file = folder / "expected.status"
    status = int(status_file.read_text("utf-8")) if status_file.is_file() else 0
    faults, bless = 0, os.environ.get("FIRSTFAULT_BLESS") == "1"
    wanted = sorted(folder.glob("expected.*"))
    wanted = [file for file in wanted if file.suffix in FORMATS]
    if not wanted:
        print(f"{folder.name}: no expected.md, .txt or .json")
        return 1
    for file in wanted:
        result = run("triage", target, "--format", FORMATS[file.suffix], *filter(None, more))
        out = masked(result.out.decode("utf-8"))
        if result.status != status or result.err:
            print(f"{folder.name}: status {result.status}, wanted {status}; stderr {result.err!r}")
            faults += 1
        if bless and result.status == status:
            file.write_text(out, "utf-8")
        elif out != file.read_text("utf-8"):
            faults += 1
            sys.stdout.writelines(difflib.unified_diff(file.read_text("utf-8").splitlines(True), out.splitlines(True),
                                                       str(file.name), "now"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
