#!/usr/bin/env python3
"""Example runs of the corpus, served as GitHub serves runs without step files: the same lines belong to the same steps.

    flat_test.py FIRSTFAULT CORPUS

The step files of an archive say what is right; API facts are made of their names and times, and the archive that is served
has only the files of whole jobs.
"""
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

from server import Hub, REPOSITORY, RUN, TOKEN

PROGRAM = CORPUS = None
STAMP = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z ")
BOM = b"\xef\xbb\xbf"


def triage(target, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS") if name in os.environ}
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run([PROGRAM, "triage", target, "-R", REPOSITORY, "--format", "json", "--no-cache"],
                              env=kept | {"HOME": home} | environment, capture_output=True, timeout=120, check=False)
    return json.loads(done.stdout)


class Served:
    """A world (see world.py) made of an archive and what firstfault says of it from disk."""

    def __init__(self, path, report):
        self.jobs, self.lines = [], {}
        with zipfile.ZipFile(path) as archive:
            for job in report["jobs"]:
                steps = [step for step in job["steps"] if step["file"] and "/" in step["file"]]
                if steps:
                    self.add(job, steps, archive)

    def add(self, job, steps, archive):
        number, text, facts, line = RUN + 1 + len(self.jobs), b"", [], 1
        for step in steps:
            part = archive.read(step["file"])
            stamps = STAMP.findall(part)
            text += part.removeprefix(BOM) if text else part
            self.lines[job["name"], step["number"]] = line
            line += part.count(b"\n")
            facts.append({"name": step["name"], "number": step["number"], "status": "completed",
                          "conclusion": "success" if step["tolerated"] else step["conclusion"],
                          "started_at": stamps[0].decode() + "Z" if stamps else None,
                          "completed_at": stamps[-1].decode() + "Z" if stamps else None})
        self.jobs.append({"folder": steps[0]["file"].split("/")[0], "text": text, "facts": {
            "id": number, "name": job["name"], "status": "completed", "conclusion": job["conclusion"], "run_attempt": 1,
            "runner_name": "runner 1", "steps": facts}})

    def gone(self, path):
        return None

    def logs(self, path):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for ordinal, job in enumerate(self.jobs):
                made.writestr(f"{ordinal}_{job['folder']}.txt", job["text"])
        return out.getvalue()

    def facts(self, api, path, query):
        if path.endswith(f"/runs/{RUN}/jobs"):
            return {"total_count": len(self.jobs), "jobs": [job["facts"] for job in self.jobs]}, {}
        if path.endswith(f"/runs/{RUN}"):
            return {"id": RUN, "run_attempt": 1, "status": "completed", "conclusion": None, "name": "CI"}, {}
        return None


class Flat(unittest.TestCase):
    def compare(self, path):
        disk = triage(str(path))
        world = Served(path, disk)
        if not world.jobs:
            return 0
        with Hub(world=world) as hub:
            online = triage(str(RUN), GITHUB_API_URL=hub.api, GH_TOKEN=TOKEN, NO_PROXY="*")
        served = {job["facts"]["name"] for job in world.jobs}
        failed = [[(failure["job"], failure["step"]) for failure in report["failures"] if failure["job"] in served]
                  for report in (disk, online)]
        self.assertEqual(*failed)
        for job in online["jobs"]:
            for step in job["steps"]:
                # What ends a step and what begins the next one may stand in the same second, without a mark between them.
                self.assertAlmostEqual(step["first_line"] or 0, world.lines[job["name"], step["number"]], delta=1,
                                       msg=f"{job['name']}, step {step['number']}")
        return len(world.lines)

    def test_steps_of_whole_jobs_are_those_of_the_step_files(self):
        steps = 0
        for path in sorted(pathlib.Path(CORPUS).rglob("*.zip")):
            with self.subTest(path.stem):
                steps += self.compare(path)
        self.assertGreater(steps, 300)


if __name__ == "__main__":
    PROGRAM, CORPUS = (str(pathlib.Path(argument).resolve()) for argument in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1])
