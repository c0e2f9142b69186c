"""What tests of the program against the small GitHub are made of: a home of its own for each, and what came of a run."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from server import REPOSITORY, RUN, TOKEN

SECONDS = 90
KEPT = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS")


class Outcome:
    def __init__(self, done):
        self.status, self.error, self.out = done.returncode, done.stderr, done.stdout
        self.report = json.loads(done.stdout) if done.stdout.startswith("{\n") else None  # not: an object a line

    def codes(self):
        return [note["code"] for note in self.report["notes"]]

    def first(self):
        return self.report["failures"][0]


class Case(unittest.TestCase):
    """`PROGRAM`: set by the script that runs the tests."""
    PROGRAM = None

    def setUp(self):
        self.place = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.place)
        for name in ("home", "cache", "tmp", "work"):
            (self.place / name).mkdir()

    def environment(self, hub, token=TOKEN):
        made = {"PATH": os.defpath, "HOME": str(self.place / "home"), "XDG_CACHE_HOME": str(self.place / "cache"),
                "TMPDIR": str(self.place / "tmp"), "NO_PROXY": "*", "GITHUB_API_URL": hub.api}
        if token:
            made["GH_TOKEN"] = token
        return made | {name: os.environ[name] for name in KEPT if name in os.environ}

    def run_program(self, hub, *arguments, token=TOKEN, before=()):
        environment = self.environment(hub, token)
        if before:  # leaks cannot be looked for under a tracer
            environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        done = subprocess.run([*before, self.PROGRAM, *arguments], env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, cwd=self.place / "work", timeout=SECONDS, check=False, text=True)
        self.assertNotIn("Sanitizer", done.stderr)
        self.assertNotIn(TOKEN, done.stdout + done.stderr)
        self.assertNotIn("sig=", done.stdout + done.stderr)
        self.stores_see_no_token(hub)
        return Outcome(done)

    def stores_see_no_token(self, hub):
        for request in hub.requests:
            if request["side"] == "store" or request["path"].startswith("/_store"):
                self.assertEqual(set(request["headers"]), {"host", "user-agent"}, request)

    def triage(self, hub, *arguments, target=str(RUN), **more):
        return self.run_program(hub, "triage", target, "-R", REPOSITORY, "--format", "json", *arguments, **more)

    def paths(self, hub):
        return [request["path"].split("/actions/")[-1] for request in hub.requests if request["side"] == "api"]
