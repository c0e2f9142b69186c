#!/usr/bin/env python3
"""The program against the small GitHub: exit status, one line of reason, report, and what the server saw.

    triage_test.py FIRSTFAULT [unittest arguments]        FIRSTFAULT: the program
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import unittest

from case import Case, SECONDS
from server import Hub, REPOSITORY, RUN, TOKEN
from world import GREEN, Job, Step, World, archive, failing


class Faults(Case):
    """How each class of fault ends: exit status, words on stderr, notes of the report (None: there is no report)."""

    def ends(self, scenario, status, words="", notes=(), arguments=(), job="test (3.11)"):
        with Hub(scenario) as hub:
            outcome = self.triage(hub, *arguments)
            self.assertEqual(outcome.status, status, outcome.error)
            self.assertRegex(outcome.error, words or "^")
            self.assertLessEqual(outcome.error.count("\n"), 1)
            if notes is None:
                self.assertEqual(outcome.out, "")
                return outcome, hub
            self.assertEqual(outcome.report["partial"], status == 3)
            for code in notes:
                self.assertIn(code, outcome.codes())
            self.assertEqual((outcome.first()["job"], outcome.first()["step"]), (job, 2 if job else None))
            return outcome, hub

    def test_what_goes_away_by_itself_leaves_no_trace(self):
        for scenario in ("clean", "primary", "retry-after", "retry-date", "5xx", "reset", "cut", "slow", "close", "same-host",
                         "store-hop", "renamed", "direct", "expired-once", "store-503", "store-reset", "store-cut",
                         "title-case"):
            outcome, _ = self.ends(scenario, 0)
            self.assertEqual(outcome.error, "", scenario)
            self.assertEqual(outcome.report["diagnoses"][0]["rule"].split(".")[0], "python", scenario)

    def test_a_refused_token_ends_with_4_and_without_a_report(self):
        _, hub = self.ends("bad-token", 4, "refused the token from GH_TOKEN", None)
        self.assertEqual(len(hub.requests), 1)
        self.ends("sso", 4, "SSO|single sign-on", None)
        self.ends("not-found", 3, "not found, or this token cannot see it", None)
        self.ends("version-410", 3, "of its API: a newer firstfault", None)

    def test_a_missing_permission_leaves_the_facts(self):
        outcome, _ = self.ends("no-permission", 3, "actions=read", ["logs-refused"])
        self.assertEqual(outcome.first()["step_name"], "Run pytest")
        self.assertIsNone(outcome.first()["line"])

    def test_limits_are_waited_for_only_so_long(self):
        outcome, _ = self.ends("primary-far", 3, "rate limit.* until ", ["jobs-unreadable"], ["--max-wait", "1"], None)
        self.assertNotIn("logs-refused", outcome.codes())
        self.ends("secondary", 3, "rate limit", None, ["--max-wait", "1"])

    def test_what_never_goes_away_is_given_up(self):
        _, hub = self.ends("5xx-forever", 3, "502", None)
        self.assertLessEqual(len(hub.requests), 8)
        self.ends("portal", 3, "web page", None)

    def test_logs_come_from_the_jobs_where_the_archive_is_no_use(self):
        for scenario in ("to-file", "no-location"):
            self.ends(scenario, 3, "", ["archive-unreadable"])
        self.ends("logs-expired", 3, "expired", ["logs-expired"])

    def test_the_screen_says_what_was_amiss_with_the_archive(self):
        with Hub(world=World([Job("test", "failure", [failing(["boom"])])], packed=b"PK no archive")) as hub:
            outcome = self.run_program(hub, "triage", str(RUN), "-R", REPOSITORY, "--format", "text")
            self.assertEqual(outcome.status, 0, outcome.error)
            self.assertRegex(outcome.out, r"Reading +The log archive is no use")
            self.assertRegex(outcome.out, r"own logs?")

    def test_a_list_that_goes_in_circles_or_away_is_said(self):
        self.ends("page-circle", 3, "circles", ["jobs-incomplete"])
        self.ends("page-elsewhere", 3, "another host", ["jobs-incomplete"])

    def test_nobody_is_asked_without_a_repository_or_a_run(self):
        with Hub() as hub:
            outcome = self.run_program(hub, "triage", str(RUN))
            self.assertEqual((outcome.status, len(hub.requests)), (2, 0))
            self.assertIn("-R OWNER/REPO", outcome.error)
            outcome = self.run_program(hub, "triage", f"https://github.com/{REPOSITORY}/pull/7")
            self.assertEqual((outcome.status, len(hub.requests)), (2, 0))
            self.assertIn("names no run", outcome.error)


    def test_what_contradicts_itself_is_refused(self):
        address = f"https://github.com/{REPOSITORY}/actions/runs/{RUN}"
        with Hub(world=World([Job("a")], [Job("a")])) as hub:
            for target, options, status, words in (
                    (address, ("-R", "other/repo"), 2, "the address names octo-org/octo-repo, and -R names other/repo"),
                    (address + "/attempts/1", ("--attempt", "2"), 2, "names attempt 1, and --attempt names 2"),
                    (address, ("-R", "a b/c"), 2, "-R takes OWNER/REPO"),
                    (address, ("--offline", "--no-cache"), 2, "one of them only"),
                    (address, ("--attempt", "3"), 3, "has 2 attempts, not 3"),
                    (address + "/job/99", (), 3, "job 99 is not in attempt 2"),
                    ("kept.zip", ("--attempt", "1"), 2, "holds attempt 2 of the run, not 1"),
                    ("kept.zip", ("-R", "other/repo"), 2, "holds a run of octo-org/octo-repo"),
                    ("run.log", ("--attempt", "1"), 2, "--attempt is for runs of GitHub")):
                if not (self.place / "work" / "kept.zip").exists():
                    self.assertEqual(self.run_program(hub, "fetch", address, "-o", "kept.zip").status, 0)
                    (self.place / "work" / "run.log").write_text("##[error]Process completed with exit code 1.\n")
                outcome = self.run_program(hub, "triage", target, *options)
                self.assertEqual((outcome.status, outcome.out), (status, ""), (target, options, outcome.error))
                self.assertIn(words, outcome.error)

    def test_an_address_without_its_scheme_is_one(self):
        with Hub() as hub:
            outcome = self.run_program(hub, "triage", f"github.com/{REPOSITORY}/actions/runs/{RUN}", "--format", "json")
            self.assertEqual((outcome.status, outcome.first()["step"]), (0, 2))

    def test_settings_of_bad_form_are_no_faults_of_the_run(self):
        with Hub() as hub:
            self.assertEqual(self.triage(hub, token="a b").status, 2)
            done = subprocess.run([self.PROGRAM, "catalog", "list", "python.*"], capture_output=True, check=False,
                                  env=self.environment(hub) | {"FIRSTFAULT_MAX_WAIT": "soon"})
            self.assertEqual(done.returncode, 0)


BOOM = ["src/a.c:7:9: error: 'x' undeclared (first use in this function)"]


class Worlds(Case):
    """Runs of odd shapes: the right job and step."""

    def failed(self, world, *arguments, status=0, target=str(RUN)):
        with Hub(world=world) as hub:
            outcome = self.triage(hub, *arguments, target=target)
            self.assertEqual(outcome.status, status, outcome.error)
            return outcome, hub

    def test_a_run_of_250_jobs_over_three_pages(self):
        jobs = [Job(f"matrix ({i})", *(["failure", [failing(BOOM)]] if i % 50 == 7 else [])) for i in range(250)]
        outcome, hub = self.failed(World(jobs))
        self.assertEqual([failure["job"] for failure in outcome.report["failures"]],
                         [f"matrix ({i})" for i in (7, 57, 107, 157, 207)])
        self.assertEqual({failure["step"] for failure in outcome.report["failures"]}, {2})
        self.assertEqual(len(outcome.report["jobs"]), 250)
        self.assertLessEqual(len(hub.requests), 8)

    def test_names_that_the_archive_cannot_spell(self):
        names = ["tëst 🚀: a/b\\c \"q\" <x> |*?", "x" * 120, "-rf", "a:b", "é" * 89 + "🚀 tail"]
        for flat in (False, True):
            jobs = [Job(name, "failure", [failing(BOOM)]) for name in names]
            outcome, hub = self.failed(World(jobs, flat=flat))
            self.assertEqual({failure["job"] for failure in outcome.report["failures"]}, set(names))
            self.assertEqual(outcome.codes(), [], flat)
            self.assertNotIn("jobs/", " ".join(path for path in self.paths(hub) if path.startswith("jobs/")))

    def test_names_that_are_one_in_the_archive_come_from_their_own_logs(self):
        jobs = [Job("a:b", "failure", [failing(BOOM)]), Job("ab", "success"), Job("x" * 100 + "1", "failure", [failing(BOOM)]),
                Job("x" * 100 + "2")]
        for flat in (False, True):
            outcome, hub = self.failed(World(jobs, flat=flat))
            self.assertEqual({failure["job"] for failure in outcome.report["failures"]}, {"a:b", "x" * 100 + "1"})
            self.assertEqual(outcome.codes(), ["job-logs"])
            self.assertEqual(sum(path.startswith("jobs/") for path in self.paths(hub)), 4)

    def test_an_archive_without_step_files_gives_the_step_of_the_api(self):
        steps = [Step("Install", lines=["##[group]Run make deps", "\x1b[36;1mmake deps\x1b[0m", "shell: /usr/bin/bash -e {0}",
                                        "##[endgroup]", "ok"]), failing(BOOM, "Unit tests"), Step("Upload", "skipped"), Step("Done")]
        outcome, _ = self.failed(World([Job("build", "failure", steps)], flat=True))
        first, evidence = outcome.first(), outcome.report["diagnoses"][0]["evidence"][0]
        self.assertEqual((first["step"], first["step_name"], first["file"]), (3, "Unit tests", "0_build.txt"))
        self.assertEqual((evidence["step"], evidence["line"]), (3, 11))
        self.assertEqual([step["conclusion"] for step in outcome.report["jobs"][0]["steps"]],
                         ["success", "success", "failure", "skipped", "success"])

    def test_a_damaged_archive_is_replaced_by_the_jobs_own_logs(self):
        jobs = [Job("build"), Job("test", "failure", [failing(BOOM)]), Job("deploy", "skipped")]
        honest = archive(jobs)
        for packed in (honest[:len(honest) // 2], b"<!DOCTYPE html><title>Unicorn</title>", b"PK\x05\x06" + bytes(18), b""):
            outcome, hub = self.failed(World(jobs, packed=packed))
            self.assertIn("archive-unreadable", outcome.codes())
            self.assertEqual(sorted(path.split("/")[0] for path in self.paths(hub) if path.endswith("/logs")),
                             ["jobs", "jobs", "runs"])
            self.assertEqual((outcome.first()["job"], outcome.first()["step"]), ("test", 2))

    def test_one_damaged_entry_costs_one_log(self):
        jobs = [Job("build"), Job("test", "failure", [failing(BOOM)])]
        honest = archive(jobs, flat=True)
        at = honest.index(b"1_test.txt") + 40
        damaged = honest[:at] + bytes([honest[at] ^ 255]) + honest[at + 1:]
        outcome, hub = self.failed(World(jobs, packed=damaged))
        self.assertIn("archive-damaged", outcome.codes())
        self.assertEqual(sum(path.startswith("jobs/") for path in self.paths(hub)), 1)
        self.assertEqual(outcome.first()["job"], "test")

    def test_only_so_many_logs_are_asked_for_one_by_one(self):
        jobs = [Job(f"m ({i})", *(["failure", [failing(BOOM)]] if i == 39 else [])) for i in range(40)]
        outcome, hub = self.failed(World(jobs, archive_gone=404), status=3)
        self.assertEqual(sum(path.startswith("jobs/") for path in self.paths(hub)), 25)
        self.assertIn("job-logs-limit", outcome.codes())
        self.assertEqual(outcome.first()["job"], "m (39)")
        self.assertEqual(outcome.report["diagnoses"][0]["evidence"][0]["line"], 6)

    def test_a_job_that_passed_at_the_second_try_flickers(self):
        world = World([Job("test", "failure", [failing(BOOM)]), Job("lint")], [Job("test"), Job("lint")], conclusion="success")
        outcome, _ = self.failed(world, "--attempt", "1")
        self.assertEqual(outcome.report["run"]["attempt"], 1)
        self.assertIn("flicker", [seen["code"] for seen in outcome.report["observations"]])
        outcome, _ = self.failed(world)
        self.assertEqual((outcome.report["run"]["attempt"], outcome.report["failures"]), (2, []))

    def test_a_failure_on_one_leg_only(self):
        legs = [Job(f"test ({system}, {version})", *(["failure", [failing(BOOM)]] if system == "windows-latest" else []))
                for system in ("ubuntu-latest", "windows-latest") for version in ("3.11", "3.12")]
        outcome, _ = self.failed(World(legs))
        self.assertIn("windows-latest", " ".join(seen["text"] for seen in outcome.report["observations"]))
        outcome, _ = self.failed(World([Job("test (1)", "failure", [failing(BOOM)]), Job("test (2)"), Job("test (3)")]))
        self.assertIn("one-leg", [seen["code"] for seen in outcome.report["observations"]])

    def test_a_run_in_progress_is_partial(self):
        jobs = [Job("build", "failure", [failing(BOOM)]), Job("test", None, status="in_progress")]
        outcome, _ = self.failed(World(jobs, status="in_progress", conclusion=None, archive_gone=404), status=3)
        self.assertEqual((outcome.codes(), outcome.first()["job"]), (["run-unfinished"], "build"))
        self.assertIsNone(outcome.report["jobs"][1]["conclusion"])

    def test_expired_logs_leave_step_time_and_annotations(self):
        jobs = [Job("build", "failure", [failing(BOOM)])]
        notes = [{"path": ".github", "start_line": 1, "annotation_level": "failure", "message": "The runner has lost its way."}]
        outcome, _ = self.failed(World(jobs, gone=410, annotations=notes), status=3)
        first = outcome.first()
        self.assertEqual((first["job"], first["step"], first["step_name"]), ("build", 2, "Run tests"))
        self.assertEqual((first["file"], first["line"], first["job_line"]), (None, None, None))
        self.assertIn("The runner has lost its way.", json.dumps(outcome.report["diagnoses"]))
        self.assertEqual(outcome.report["diagnoses"][0]["evidence"][0]["kind"], "api")

    def test_what_github_states_about_an_end_is_told_and_not_judged(self):
        cut = Step("Run tests", "cancelled", ["ok 1", "##[error]The operation was canceled."])
        rows = (("Canceling since a higher priority waiting request for 'ci-main' exists", "nothing needs repair", 1),
                ("The run was canceled by @octocat.", "by .?@octocat", 1),
                ("The job was not started because your account is locked due to a billing issue.", "did not start", 0))
        for message, words, begun in rows:
            job = Job("test", "cancelled" if begun else "failure", [cut])
            job.steps = job.steps if begun else []
            note = {"path": ".github", "start_line": 1, "annotation_level": "failure", "message": message}
            world = World([job], conclusion=job.conclusion, annotations=[note], archive_gone=None if begun else 404)
            for form in ("text", "markdown"):
                with self.subTest(message, form=form), Hub(world=world) as hub:
                    outcome = self.run_program(hub, "triage", str(RUN), "-R", REPOSITORY, "--format", form)
                    told = re.sub(r"\s+", " ", outcome.out)
                    self.assertEqual(outcome.status, 0, outcome.error)
                    self.assertIn(f"GitHub states: {'`' if form == 'markdown' else chr(34)}{message}", told)
                    self.assertRegex(told, words)
                    self.assertNotRegex(told, "log-failed|undecided|printed says why|catalog draft")

    CUT = Step("Run tests", "cancelled", ["ok 1", "##[error]The operation was canceled."])

    def test_a_job_that_ended_at_the_limit_of_its_workflow_is_told_so(self):
        job = Job("test (3.11)", "cancelled", [self.CUT], seconds=601)
        workflow = "on: push\njobs:\n  test:\n    timeout-minutes: %s\n    strategy: {matrix: {python: [3.11]}}\n"
        for minutes, words in (("10", "“timeout-minutes: 10” for the job, which it had reached"),
                               ("30", "“timeout-minutes: 30” for the job: not that time limit"),
                               ("${{ inputs.minutes }}", "It would fit “timeout-minutes: 10” of the job")):
            world = World([job], conclusion="cancelled", workflow=workflow % minutes)
            with self.subTest(minutes), Hub(world=world) as hub:
                outcome = self.triage(hub, "--no-cache")
                self.assertEqual([path for path in self.paths(hub) if "/contents/" in path],
                                 [f"/repos/{REPOSITORY}/contents/.github/workflows/ci.yml"])
                self.assertIn(words, " ".join(seen["text"] for seen in outcome.report["observations"]))
                self.assertEqual((outcome.first()["conclusion"], outcome.codes()), ("cancelled", []))
                kept = self.run_program(hub, "fetch", str(RUN), "-R", REPOSITORY, "-o", "run.zip", "--no-cache")
                self.assertEqual(kept.status, 0, kept.error)
                before = len(hub.requests)
                again = self.run_program(hub, "triage", "run.zip", "--format", "json", token=None)
                self.assertEqual((again.report["observations"], len(hub.requests)), (outcome.report["observations"], before))
                (self.place / "work" / "run.zip").unlink()

    def test_a_workflow_that_cannot_be_read_leaves_a_note(self):
        outcome, _ = self.failed(World([Job("test", "cancelled", [self.CUT], seconds=601)], conclusion="cancelled"))
        self.assertEqual(outcome.codes(), ["facts-missing"])
        outcome, hub = self.failed(World([Job("test", "failure", [failing(BOOM)])]))
        self.assertEqual((outcome.codes(), [path for path in self.paths(hub) if "/contents/" in path]), ([], []))

    def test_a_run_that_never_started(self):
        outcome, _ = self.failed(World([], conclusion="startup_failure", archive_gone=404))
        self.assertEqual((outcome.first()["conclusion"], outcome.first()["job"]), ("startup_failure", None))

    def test_the_url_of_a_job_asks_for_that_log_alone(self):
        jobs = [Job("a", "failure", [failing(BOOM)]), Job("b", "failure", [failing(BOOM)])]
        outcome, hub = self.failed(World(jobs), target=f"https://github.com/{REPOSITORY}/actions/runs/{RUN}/job/{RUN + 1001}")
        self.assertEqual([failure["job"] for failure in outcome.report["failures"]], ["b"])
        self.assertEqual([path for path in self.paths(hub) if path.endswith("/logs")], [f"jobs/{RUN + 1001}/logs"])

    def test_a_job_without_a_conclusion_failed_where_a_step_of_it_did(self):
        outcome, _ = self.failed(World([Job("a"), Job("b", None, [failing(BOOM), Step("Done")])]))
        self.assertEqual((outcome.first()["job"], outcome.first()["step"]), ("b", 2))
        self.assertFalse(outcome.report["jobs"][1]["steps"][1]["tolerated"])

    def test_an_empty_list_of_jobs_reads_nothing_twice(self):
        world = World([])
        world.packed = archive([Job("build", "failure", [failing(BOOM)])])
        outcome, _ = self.failed(world)
        self.assertEqual([job["name"] for job in outcome.report["jobs"]], ["build"])
        self.assertNotIn("archive-strangers", outcome.codes())

    def test_jobs_that_are_spelled_alike_are_read_once_though_the_list_ended_early(self):
        world = World([Job("a:b", "failure", [failing(BOOM)]), Job("a/b", "failure", [failing(BOOM)])])
        honest = world.listing
        world.listing = lambda *arguments: (honest(*arguments)[0] | {"total_count": 3}, {})
        outcome, _ = self.failed(world, status=3)
        self.assertEqual(sorted(job["name"] for job in outcome.report["jobs"]), ["a/b", "a:b"])

    def test_a_job_in_progress_is_said_to_be(self):
        jobs = [Job("a", "failure", [failing(BOOM)]), Job("b", None, status="in_progress")]
        outcome, _ = self.failed(World(jobs, status="in_progress", conclusion=None), status=3,
                                 target=f"https://github.com/{REPOSITORY}/actions/runs/{RUN}/job/{RUN + 1001}")
        self.assertEqual(outcome.codes(), ["run-unfinished"])

    def test_of_a_part_of_another_attempt_nothing_is_said(self):
        world = World([Job("a"), Job("b", "failure", [failing(BOOM)])], [Job("a"), Job("b", "failure", [failing(BOOM)])])
        honest = world.listing
        world.listing = lambda api, path, query, attempt: (
            honest(api, path, query, attempt)[0] | ({"total_count": 9} if attempt == 1 else {}), {})
        outcome, _ = self.failed(world)
        self.assertEqual((outcome.report["run"]["attempts"], outcome.codes()), ([], ["facts-missing"]))

    def test_thousands_of_jobs_are_paired_in_time(self):
        jobs = [Job("x" * 60 + f" ({i})", *(["failure", [failing(BOOM)]] if i == 1499 else [])) for i in range(1500)]
        outcome, _ = self.failed(World(jobs, flat=True))
        self.assertEqual(outcome.first()["job"], jobs[1499].name)

    def test_the_last_green_run_is_named(self):
        outcome, _ = self.failed(World([Job("a", "failure", [failing(BOOM)])]))
        self.assertEqual(outcome.report["run"]["last_green"]["id"], GREEN)

    def test_a_step_that_was_allowed_to_fail_is_tolerated(self):
        steps = [Step("Try", "success", failing(BOOM).lines), failing(["src/b.c:1:1: error: unknown type name 'y'"], "Build")]
        outcome, _ = self.failed(World([Job("build", "failure", steps)]))
        self.assertEqual([failure["step"] for failure in outcome.report["failures"]], [3])
        self.assertEqual(outcome.report["diagnoses"][0]["step"], 3)
        self.assertTrue(outcome.report["jobs"][0]["steps"][1]["tolerated"])


FIELDS = '"name":"test","status":"completed","conclusion":"failure"'
STEP = '{"name":"Run tests","number":2,"status":"completed","conclusion":"failure"}'
HOSTILE = {
    "nothing": "", "half": '{"jobs":[{"id":1,', "list": "[]", "number": "7", "text": '"jobs"', "null": "null", "empty": "{}",
    "object": '{"jobs":{}}', "nulls": '{"jobs":[null,null]}', "numbers": '{"jobs":[1,2]}', "bare": '{"total_count":1,"jobs":[{}]}',
    "total": '{"total_count":99999999999,"jobs":[]}', "deep": "[" * 100000, "deep objects": '{"a":' * 100000,
    "wide": '{"jobs":[' + "[]," * 400000 + "[]]}", "long": '{"jobs":[{"name":"' + "x" * (8 << 20) + '"}]}',
    "twice": '{"jobs":[{"id":1,"id":2,' + FIELDS + "}]}", "bytes": b'{"jobs":[{"id":1,"name":"\xff\xfe"}]}',
    "steps null": '{"jobs":[{"id":1,' + FIELDS + ',"steps":null}]}', "steps object": '{"jobs":[{"id":1,' + FIELDS + ',"steps":{}}]}',
    "numbers as text": '{"jobs":[{"id":"1",' + FIELDS + ',"steps":[' + STEP.replace("2", '"2"') + "]}]}",
    "negative": '{"jobs":[{"id":-1,' + FIELDS + ',"steps":[' + STEP.replace("2", "-2") + "]}]}",
    "doubled steps": '{"jobs":[{"id":1,' + FIELDS + ',"steps":[' + STEP + "," + STEP + "]}]}",
    "huge id": '{"jobs":[{"id":9223372036854775807,' + FIELDS + ',"steps":[' + STEP + "]}]}",
    "beyond 64 bits": '{"jobs":[{"id":92233720368547758079,' + FIELDS + "}]}",
    "many steps": '{"jobs":[{"id":1,' + FIELDS + ',"steps":[' + ",".join([STEP] * 5000) + "]}]}",
    "names": json.dumps({"jobs": [{"id": 1, "name": "::error::\x1b[31m\u202e##[error]`|\n@x", "conclusion": "failure",
                                   "steps": [{"name": "\x1b]0;t\x07::warning::", "number": 2, "conclusion": "failure"}]}]}),
    "times": '{"jobs":[{"id":1,' + FIELDS + ',"started_at":"never","completed_at":17,"steps":[' + STEP + "]}]}",
}


class Raw(World):
    """A run whose list of jobs is these bytes."""

    def __init__(self, jobs):
        super().__init__([Job("test", "failure", [failing(BOOM)])])
        self.raw = jobs if isinstance(jobs, bytes) else jobs.encode()

    def job(self, number):
        return self.attempts[0][0]

    def listing(self, api, path, query, attempt):
        return self.raw, {"Content-Type": "application/json"}


class Hostile(Case):
    """Lists of jobs that make no sense, or too much: no crash, no endless memory, the failure still found in the archive."""

    def test_lists_of_jobs(self):
        for name, jobs in HOSTILE.items():
            with self.subTest(name), Hub(world=Raw(jobs)) as hub:
                outcome = self.triage(hub, "--no-cache")
                self.assertIn(outcome.status, (0, 3), outcome.error)
                self.assertEqual(outcome.report["partial"], outcome.status == 3)
                self.assertNotIn("x1b", outcome.out)
                self.assertLessEqual(outcome.error.count("\n"), 1)
                rules = [found["rule"] or "" for found in outcome.report["diagnoses"]]
                self.assertTrue(any(rule.startswith("gcc") for rule in rules), (rules, outcome.report["notes"]))
                self.assertLessEqual(len(hub.requests), 8)

    def test_names_are_inert_for_a_runner(self):
        with Hub(world=Raw(HOSTILE["names"])) as hub:
            for form in ("json", "markdown", "text"):
                done = subprocess.run([self.PROGRAM, "triage", str(RUN), "-R", REPOSITORY, "--format", form], check=False, text=True,
                                      env=self.environment(hub) | {"GITHUB_ACTIONS": "true"}, capture_output=True)
                for line in (done.stdout + done.stderr).split("\n"):
                    self.assertFalse(line.startswith("::"), line)
                    self.assertNotIn("##[", line)

    def test_an_answer_about_another_run_is_refused(self):
        for change in ({"id": RUN + 1}, {"id": None}):
            world = Raw(HOSTILE["empty"])
            honest = world.run
            world.run = lambda attempt, honest=honest, change=change: honest(attempt) | change
            with Hub(world=world) as hub:
                outcome = self.triage(hub)
                self.assertEqual((outcome.status, outcome.out), (3, ""))
                self.assertIn("is not about that run", outcome.error)


class Keeping(Case):
    """Cache, offline, and runs kept by `fetch`."""

    WORLD = World([Job("a/b", "failure", [failing(BOOM)]), Job("c"), Job("d", "skipped")])

    def same(self, one, other):
        for report in (one, other):
            report.pop("target")
        self.assertEqual(one, other)

    def test_a_second_triage_downloads_nothing(self):
        with Hub(world=self.WORLD) as hub:
            first, before = self.triage(hub), len(hub.requests)
            second = self.triage(hub)
            self.assertEqual({request["status"] for request in hub.requests[before:]}, {304})
            self.same(first.report, second.report)

    def test_offline_reads_the_cache_alone(self):
        with Hub(world=self.WORLD) as hub:
            outcome = self.triage(hub, "--offline")
            self.assertEqual((outcome.status, len(hub.requests)), (3, 0))
            self.assertIn("not in the cache", outcome.error)
            first, before = self.triage(hub), len(hub.requests)
            second = self.triage(hub, "--offline", token=None)
            self.assertEqual((second.status, len(hub.requests)), (0, before))
            self.same(first.report, second.report)

    def test_a_damaged_answer_of_the_cache_is_not_used(self):
        with Hub(world=self.WORLD) as hub:
            self.assertEqual(self.triage(hub).report["run"]["conclusion"], "failure")
            changed = 0
            for path in (self.place / "cache" / "firstfault").iterdir():
                honest = path.read_bytes()
                path.write_bytes(honest.replace(b'"conclusion": "failure"', b'"conclusion": "success"'))
                changed += path.read_bytes() != honest
            self.assertGreater(changed, 0)
            self.assertEqual(self.triage(hub).report["run"]["conclusion"], "failure")

    def test_offline_reads_all_that_the_cache_has(self):
        jobs = [Job(f"m ({i})", "failure", [failing(BOOM)]) for i in range(7)]
        world = World(jobs, archive_gone=404)
        with Hub(world=world) as hub:
            self.assertEqual(len(self.triage(hub).report["diagnoses"]), 7)
            logs = [path for path in (self.place / "cache" / "firstfault").iterdir() if b"/jobs/" in path.read_bytes()[:400]
                    and b"/logs" in path.read_bytes()[:400]]
            self.assertEqual(len(logs), 7)
            for path in logs:
                if any(b"/jobs/%d/logs" % world.number(1, i) in path.read_bytes()[:400] for i in range(5)):
                    path.unlink()
            outcome = self.triage(hub, "--offline")
            read = [job["name"] for job in outcome.report["jobs"] if any(step["file"] for step in job["steps"])]
            self.assertEqual((outcome.status, read), (3, ["m (5)", "m (6)"]))

    def test_a_list_that_ended_early_is_so_when_it_is_kept(self):
        for scenario in ("page-circle", "page-elsewhere"):
            with self.subTest(scenario), Hub(scenario) as hub:
                online = self.triage(hub)
                self.assertEqual(self.run_program(hub, "fetch", str(RUN), "-R", REPOSITORY, "-o", scenario).status, 3)
                again = self.run_program(hub, "triage", scenario, "--format", "json")
                self.assertEqual((online.status, again.status), (3, 3))
                self.same(online.report, again.report)

    def test_an_interrupted_fetch_leaves_nothing(self):
        for asked in ("/jobs", "/logs", "store"):
            self.interrupt(asked)

    def interrupt(self, asked):
        """Once something of this kind was asked for."""
        with self.subTest(asked), Hub("slow", self.WORLD) as hub:
            started = subprocess.Popen([self.PROGRAM, "fetch", str(RUN), "-R", REPOSITORY, "-o", "kept.zip", "--no-cache"],
                                       env=self.environment(hub), cwd=self.place / "work", stderr=subprocess.PIPE)
            while not any(request["path"].endswith(asked) or request["side"] == asked for request in hub.requests):
                time.sleep(0.01)
            started.send_signal(signal.SIGINT)
            self.assertEqual((started.wait(SECONDS), started.stderr.read()), (130, b""))
            started.stderr.close()
        self.assertEqual([path for path in self.place.rglob("*") if path.is_file()], [])

    def test_what_others_put_into_the_folder_stays(self):
        with Hub("slow", self.WORLD) as hub:
            kept = self.place / "work" / "kept"
            started = subprocess.Popen([self.PROGRAM, "fetch", str(RUN), "-R", REPOSITORY, "-o", "kept", "--no-cache"],
                                       env=self.environment(hub), cwd=self.place / "work", stderr=subprocess.PIPE)
            while not hub.requests:
                time.sleep(0.01)
            kept.mkdir()
            (kept / "firstfault.json").write_text("mine")
            self.assertEqual(started.wait(SECONDS), 3)
            started.stderr.close()
            self.assertEqual([path.name for path in kept.iterdir()], ["firstfault.json"])
            self.assertEqual((kept / "firstfault.json").read_text(), "mine")

    def test_a_fault_of_this_machine_costs_no_answer_of_the_cache(self):
        lines = [f"{i:x} " * 3 + "y" * (i % 7) for i in range(120000)]
        world = World([Job("a", "failure", [failing(lines + BOOM)])], flat=True)
        world.packed = archive(world.attempts[0], True)
        with Hub(world=world) as hub:
            self.assertEqual(self.triage(hub).status, 0)
            files = sorted((self.place / "cache" / "firstfault").iterdir())
            environment = self.environment(hub) | {"TMPDIR": "/nonexistent"}
            subprocess.run([self.PROGRAM, "triage", str(RUN), "-R", REPOSITORY, "--offline"], env=environment, check=False,
                           capture_output=True, timeout=SECONDS)
            self.assertEqual(sorted((self.place / "cache" / "firstfault").iterdir()), files)

    def test_without_a_cache_nothing_is_kept(self):
        with Hub(world=self.WORLD) as hub:
            self.assertEqual(self.triage(hub, "--no-cache").status, 0)
        self.assertEqual([path for path in self.place.rglob("*") if path.is_file()], [])

    def test_a_kept_run_gives_the_same_report(self):
        damaged = World([Job("a"), Job("b", "failure", [failing(BOOM)])], packed=b"no archive")
        running = World([Job("a", "failure", [failing(BOOM)]), Job("b", None, status="queued")], status="in_progress",
                        conclusion=None, archive_gone=404)
        twice = World([Job("a", "failure", [failing(BOOM)])], [Job("a", "failure", [failing(BOOM)])])
        expired = World([Job("a", "failure", [failing(BOOM)])], gone=410)
        for name, world in {"plain": self.WORLD, "damaged": damaged, "running": running, "twice": twice,
                            "expired": expired}.items():
            for kept in (f"{name}.zip", name):
                with self.subTest(kept), Hub(world=world) as hub:
                    shutil.rmtree(self.place / "cache")  # ports come back, and with them the addresses of other worlds
                    online = self.triage(hub)
                    outcome = self.run_program(hub, "fetch", str(RUN), "-R", REPOSITORY, "-o", kept, "--no-cache")
                    self.assertEqual(outcome.status, online.status, outcome.error)
                    before = len(hub.requests)
                    again = self.run_program(hub, "triage", kept, "--format", "json", token=None)
                    self.assertEqual((again.status, len(hub.requests)), (online.status, before))
                    self.same(online.report, again.report)

    def test_a_kept_run_is_not_written_over_what_is_there(self):
        full = self.place / "work" / "full"
        full.mkdir()
        (full / "mine.txt").write_text("mine")
        with Hub(world=self.WORLD) as hub:
            outcome = self.run_program(hub, "fetch", str(RUN), "-R", REPOSITORY, "-o", "full")
            self.assertEqual((outcome.status, len(hub.requests)), (2, 0))
            self.assertIn("not empty", outcome.error)
            for name, words in (("there.zip", "is there already"), ("-", "standard output"), ("no/where", "No such file")):
                (self.place / "work" / "there.zip").write_text("mine")
                outcome = self.run_program(hub, "fetch", str(RUN), "-R", REPOSITORY, "-o", name)
                self.assertEqual((outcome.status, len(hub.requests)), (2, 0))
                self.assertIn(words, outcome.error)
        self.assertEqual((self.place / "work" / "there.zip").read_text(), "mine")
        self.assertEqual([path.name for path in full.iterdir()], ["mine.txt"])

    def test_a_kept_run_that_was_tampered_with_is_refused_or_said(self):
        with Hub(world=self.WORLD) as hub:
            self.assertEqual(self.run_program(hub, "fetch", str(RUN), "-R", REPOSITORY, "-o", "kept").status, 0)
            index = self.place / "work" / "kept" / "firstfault.json"
            honest = json.loads(index.read_text())
            for change in ({"schema": "other/1"}, {"target": "nothing"}, {"answers": 7}, None):
                index.write_text("{" if change is None else json.dumps(honest | change))
                outcome = self.run_program(hub, "triage", "kept", "--format", "json")
                self.assertEqual((outcome.status, outcome.out), (3, ""), change)
                self.assertRegex(outcome.error, "kept: its firstfault.json ")
            for answer in honest["answers"]:
                answer["file"] = "../../../etc/passwd"
            index.write_text(json.dumps(honest))
            outcome = self.run_program(hub, "triage", "kept", "--format", "json")
            self.assertEqual(outcome.status, 3)
            self.assertNotIn("root:", outcome.out + outcome.error)


class Secrets(Case):
    """Where the token goes, and where the program writes."""

    def files(self):
        return {str(path.relative_to(self.place)) for path in self.place.rglob("*") if path.is_file()}

    def no_file_holds_the_token(self):
        for path in self.place.rglob("*"):
            if path.is_file():
                self.assertNotIn(TOKEN.encode(), path.read_bytes(), path)

    def test_the_token_is_in_no_file_output_or_foreign_request(self):
        world = World([Job("a", "failure", [failing(BOOM + [f"the log says {TOKEN[:6]}"])])], archive_gone=404)
        for arguments in (("-v",), ("-v", "--format", "markdown", "-o", "report.md"), ("-v", "--no-cache")):
            for scenario in ("clean", "store-hop", "same-host", "renamed", "expired-once"):
                with Hub(scenario, world) as hub:
                    self.assertIn(self.triage(hub, *arguments).status, (0, 3))
        self.no_file_holds_the_token()
        self.assertTrue(all(name.startswith(("cache/firstfault/", "work/report.md")) for name in self.files()), self.files())

    def test_it_writes_only_into_cache_temporary_folder_and_output(self):
        strace = shutil.which("strace")
        trace = self.place / "trace"
        probe = subprocess.run([strace or "false", "-o", "/dev/null", "true"], check=False, capture_output=True)
        if probe.returncode != 0:
            self.skipTest("strace cannot trace here")
        with Hub(world=Keeping.WORLD) as hub:
            before = (strace, "-f", "-qq", "-s", "4096", "-e", "trace=%file,execve", "-o", str(trace))
            outcome = self.run_program(hub, "fetch", str(RUN), "-R", REPOSITORY, "-o", "kept.zip", before=before)
            self.assertEqual(outcome.status, 0, outcome.error)
        own = tuple(str(self.place / name) for name in ("cache", "tmp"))
        for line in trace.read_text(errors="replace").splitlines():
            self.assertNotIn(TOKEN, line)  # in no path, and in no argument of what is started
            found = re.search(r'open(?:at)?\((?:AT_FDCWD, |\d+, )?"([^"]*)", [^)]*O_(?:WRONLY|RDWR|CREAT)', line)
            if found and found.group(1).startswith("/") and not found.group(1).startswith(("/dev/", "/proc/")):
                self.assertTrue(found.group(1).startswith(own), line)

    def test_gh_is_asked_last_and_told_nothing(self):
        tools = self.place / "tools"
        tools.mkdir()
        script = tools / "gh"
        script.write_text(f'#!/bin/sh\necho "$@" >>{self.place}/tmp/asked\nenv >>{self.place}/tmp/env\necho {TOKEN}\n')
        script.chmod(0o755)
        with Hub(world=Keeping.WORLD) as hub:
            environment = self.environment(hub, None) | {"PATH": f"{tools}:{os.defpath}"}
            done = subprocess.run([self.PROGRAM, "triage", str(RUN), "-R", REPOSITORY, "--format", "json"], env=environment,
                                  capture_output=True, text=True, timeout=SECONDS, check=False, cwd=self.place / "work")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual((self.place / "tmp" / "asked").read_text(), "auth token --hostname github.com\n")
            self.assertNotIn(TOKEN, (self.place / "tmp" / "env").read_text() + done.stdout + done.stderr)
            self.assertEqual(hub.requests[0]["headers"]["authorization"], f"Bearer {TOKEN}")

    def test_a_token_is_not_sent_to_another_host(self):
        with Hub(world=Keeping.WORLD) as hub:
            outcome = self.run_program(hub, "triage", f"https://ghe.example.invalid/{REPOSITORY}/actions/runs/{RUN}",
                                       "--no-cache")
            self.assertEqual((outcome.status, len(hub.requests)), (3, 0))


if __name__ == "__main__":
    Case.PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
