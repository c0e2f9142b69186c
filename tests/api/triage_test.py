#!/usr/bin/env python3
"""`firstfault triage` against a small GitHub of our own: exit status, the line on standard error, the report, the requests.

    triage_test.py PROGRAM [unittest arguments]
"""
import collections
import json
import os
import subprocess
import sys
import tempfile
import unittest

from server import Hub, REPOSITORY, RUN, TOKEN

PROGRAM = None
SECONDS = 100
Row = collections.namedtuple("Row", "scenario status words report")

# `report`: False where nothing could be read, else the codes of partial notes.
ROWS = [
    Row("clean", 0, "", []),
    Row("expired-once", 0, "", []),
    Row("store-503", 0, "", []),
    Row("renamed", 0, "", []),
    Row("same-host", 0, "", []),
    Row("title-case", 0, "", []),
    Row("5xx", 0, "", []),
    Row("primary", 0, "", []),
    Row("direct", 0, "", []),
    Row("bad-token", 4, "GitHub refused the token from GH_TOKEN (401)", False),
    Row("sso", 4, "single sign-on", False),
    Row("not-found", 3, "not found, or this token cannot see it", False),
    Row("version-410", 3, "a newer firstfault is needed", False),
    Row("portal", 3, "a web page came instead of GitHub's API", False),
    Row("secondary", 3, "rate limit", False),
    Row("primary-far", 3, "rate limit", None),
    Row("5xx-forever", 3, "GitHub answered 502", False),
    Row("no-permission", 3, "actions=read", None),
    Row("logs-expired", 3, "expired", None),
    Row("circle", 3, "in circles", None),
    Row("to-file", 3, "not https", None),
    Row("page-elsewhere", 3, "another host", None),
    Row("page-circle", 3, "in circles", None),
]


class Triage(unittest.TestCase):
    def triage(self, hub, folder, *options):
        environment = {"PATH": os.defpath, "HOME": folder, "XDG_CACHE_HOME": os.path.join(folder, "cache"),
                       "GITHUB_API_URL": hub.api, "GH_TOKEN": TOKEN, "NO_PROXY": "*"}
        for name in ("TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        done = subprocess.run([PROGRAM, "triage", str(RUN), "-R", REPOSITORY, "--format", "json", *options], env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=SECONDS, check=False)
        for secret in (TOKEN, "sig=", "sso-secret"):
            self.assertNotIn(secret, done.stdout + done.stderr)
        for request in hub.requests:
            if request["side"] == "store" or request["path"].startswith("/_store"):
                self.assertNotIn("authorization", request["headers"])
        return done

    def test_every_scenario_ends_as_it_should(self):
        for row in ROWS:
            with self.subTest(row.scenario), Hub(row.scenario) as hub, tempfile.TemporaryDirectory() as folder:
                done = self.triage(hub, folder, "--max-wait", "5")
                self.assertEqual(done.returncode, row.status, done.stderr)
                self.assertIn(row.words, done.stderr)
                if row.report is False:
                    self.assertEqual(done.stdout, "")
                    self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                    continue
                report = json.loads(done.stdout)
                self.assertEqual(report["partial"], row.status == 3)
                self.assertEqual(report["run"]["id"], RUN)
                if row.report is not None:
                    self.assertEqual(report["diagnoses"][0]["job"], "test (3.11)")
                    self.assertEqual(report["failures"][0]["step"], 2)
                    self.assertEqual([note["text"] for note in report["notes"] if note["code"] in row.report], [])

    def test_the_log_itself_is_in_the_report(self):
        with Hub() as hub, tempfile.TemporaryDirectory() as folder:
            report = json.loads(self.triage(hub, folder).stdout)
            rules = [diagnosis["rule"] for diagnosis in report["diagnoses"]]
            self.assertIn("python.module-missing", rules)

    def test_a_second_triage_sends_only_questions_that_cost_nothing(self):
        with Hub() as hub, tempfile.TemporaryDirectory() as folder:
            first = self.triage(hub, folder)
            seen = len(hub.requests)
            second = self.triage(hub, folder)
            self.assertEqual(first.stdout, second.stdout)
            self.assertEqual({request["status"] for request in hub.requests[seen:]} - {304}, set())
            sent = len(hub.requests)
            third = self.triage(hub, folder, "--offline")
            self.assertEqual(first.stdout, third.stdout)
            self.assertEqual(len(hub.requests), sent)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
