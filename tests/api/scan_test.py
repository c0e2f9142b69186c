#!/usr/bin/env python3
"""`firstfault scan` against nights of many runs: what it lists, how it groups, what it says of a night after another.

    scan_test.py FIRSTFAULT [unittest arguments]        FIRSTFAULT: the program
"""
import datetime
import json
import pathlib
import re
import shutil
import sys
import unittest

import schema
from example import Example
from night import BEGIN, CAP, DAY, Logs, Night, bulk, hours, missing, stamp
from scan_case import ScanCase
from server import Hub, once
from world import Job, failing

EACH = 3  # requests for a run that is read: its jobs, its archive, the download
MARGIN = 2


def two_causes(*modules, jobs=("test (3.11)", "test (3.12)")):
    """A run with a failure in each of several jobs."""
    return Logs(*(Job(name, "failure", missing(module).jobs[1].steps[1:]) for name, module in zip(jobs, modules)))


class Listing(ScanCase):
    def test_every_failed_run_is_told_once_and_asked_for_once(self):
        night = bulk(130)
        failed = [run for run in night.by_number.values() if run.conclusion == "failure"]
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.everything_is_told(scan, failed)
            self.assertEqual((scan.runs["listed"], scan.runs["analysed"]), (130, len(failed)))
            self.assertLessEqual(len(scan.listings()), 2 + MARGIN)
            self.assertEqual(len(scan.others()), EACH * len(failed))
            paths = [request["path"] for request in scan.others()]
            self.assertEqual(len(paths), len(set((request["side"], request["path"]) for request in scan.others())), paths)

    def test_a_second_scan_loads_nothing_and_asks_conditionally(self):
        night = bulk(130)
        with Hub(world=night) as hub:
            first = self.scan(hub)
            second = self.scan(hub)
            self.reads_no_logs(second)
            self.assertEqual({request["status"] for request in second.listings()}, {304})
            self.assertLessEqual(len(second.listings()), len(first.listings()))
            self.assertEqual(second.counts(), {"failed": 26, "analysed": 0, "known": 26, "expired": 0, "errors": 0})
            self.assertEqual(second.told(), first.told())
            self.assertEqual({group["state"] for group in second.groups()}, {"known"})

    def test_a_new_run_is_the_only_one_that_is_read(self):
        night = bulk(40)
        with Hub(world=night) as hub:
            self.scan(hub)
            late = night.repositories["acme/bulk"].run(hours(23.5), missing("late"))
            scan = self.scan(hub)
            self.assertEqual((scan.runs["listed"], scan.runs["analysed"], scan.runs["known"]), (41, 1, 8))
            self.assertEqual(len(scan.others()), EACH)
            self.assertEqual(scan.numbers("late"), [late.number])

    def test_a_window_above_the_cap_is_split(self):
        count = 2300
        night = bulk(count, failing_share=100)
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual((scan.runs["listed"], scan.runs["failed"]), (count, 23))
            self.assertEqual(scan.codes(), [])
            self.assertLessEqual(len(scan.listings()), 23 + 6)

    def test_a_crowded_hour_is_split_further(self):
        night = Night()
        crowd = night.repository("acme/crowd")
        for i in range(1500):
            crowd.run(hours(3) + i // 3, missing("rush") if i % 150 == 0 else None)
        for i in range(100):
            crowd.run(hours(5) + 300 * i)
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual((scan.runs["listed"], scan.runs["failed"], scan.codes()), (1600, 10, []))
            self.assertLessEqual(len(scan.listings()), 36)

    def test_more_runs_in_one_second_than_github_tells_are_said(self):
        night = Night()
        crowd = night.repository("acme/crowd")
        for _ in range(CAP + 50):
            crowd.run(hours(3))
        crowd.run(hours(4), missing("after"))
        with Hub(world=night) as hub:
            scan = self.scan(hub, status=3)
            self.assertIn("listing-capped", scan.codes())
            self.assertEqual((scan.runs["listed"], scan.group("after")["count"]), (CAP + 1, 1))

    def test_the_passed_runs_of_a_huge_window_are_counted_and_not_listed(self):
        night = bulk(20100, failing_share=670)
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual((scan.runs["failed"], scan.runs["analysed"]), (30, 30))
            self.assertIn("passed-counted", scan.codes())
            self.assertLessEqual(len(scan.listings()), 20)

    def test_runs_that_shift_between_pages_are_counted_once(self):
        night = bulk(250)
        orders = night.repositories["acme/bulk"]

        def arrive(hub, request, answer):
            for i in range(7):
                orders.run(hours(23.9) + i, missing("arrived"))
            return answer

        with Hub([once("api", r"/actions/runs$", arrive, (2,))], world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual(scan.runs["failed"], 50)
            self.assertEqual(scan.runs["listed"], 250)
            after = self.scan(hub)
            self.assertEqual((after.runs["listed"], after.runs["failed"], after.runs["known"]), (257, 57, 50))
            self.assertEqual(after.group("arrived")["count"], 7)

    def test_only_what_was_asked_for_is_told(self):
        night = Night()
        orders = night.repository("acme/orders")
        nightly = orders.workflow("Nightly build", "nightly.yml")
        rows = {"main": orders.run(hours(1), missing("main")), "topic": orders.run(hours(2), missing("topic"), branch="topic/a&b"),
                "pull": orders.run(hours(3), missing("pull"), event="pull_request", branch="topic/x"),
                "nightly": orders.run(hours(4), missing("nightly"), workflow=nightly, event="schedule")}
        for arguments, wanted in (((), rows), (("--branch", "topic/a&b"), ["topic"]), (("--event", "pull_request"), ["pull"]),
                                  (("--workflow", "nightly.yml"), ["nightly"]), (("--workflow", str(nightly.number)), ["nightly"]),
                                  (("--workflow", "Nightly build"), ["nightly"]),
                                  (("--workflow", ".github/workflows/nightly.yml"), ["nightly"]),
                                  (("--branch", "main", "--workflow", "CI"), ["main"])):
            with self.subTest(arguments), Hub(world=night) as hub:
                scan = self.scan(hub, *arguments, "--db", str(self.place / f"{len(arguments)}-{arguments[-1:]}.db".replace("/", "-")))
                self.everything_is_told(scan, [rows[name] for name in wanted])
                self.assertEqual({request["path"] for request in scan.others() if request["side"] == "api"},
                                 {path for name in wanted for path in
                                  (rows[name].path + rest for rest in ("/jobs", "/logs"))})

    def test_the_window_begins_with_since_and_ends_before_until(self):
        night = Night()
        orders = night.repository("acme/orders")
        inside = [orders.run(0, missing("first")), orders.run(DAY - 1, missing("last"))]
        orders.run(-1, missing("before"))
        orders.run(DAY, missing("after"))
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.everything_is_told(scan, inside)
            self.assertEqual((scan.report["since"], scan.report["until"]), (night.since, night.until))
            self.assertEqual(scan.report["repositories"], ["acme/orders"])

    def test_the_last_hours_are_the_window_if_nothing_else_is_said(self):
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None, microsecond=0)
        night = Night(now - datetime.timedelta(days=2), 2 * DAY)
        orders = night.repository("acme/orders")
        orders.run(hours(1), missing("older"))
        recent = orders.run(hours(30), missing("recent"))
        latest = orders.run(hours(47.9), missing("latest"))
        with Hub(world=night) as hub:
            for arguments, wanted in (((), [recent, latest]), (("--since", "90m"), [latest]), (("--since", "2d"), None)):
                done = self.run_program(hub, "scan", "-R", "acme/orders", "--format", "json", *arguments)
                self.assertEqual(done.status, 0, done.error)
                told = {run["id"] for group in done.report["groups"] for run in group["runs"]}
                self.assertEqual(told, {run.number for run in wanted or orders.runs}, arguments)

    def test_repositories_come_from_options_files_and_organisations(self):
        night = Night()
        made = [night.repository(name) for name in ("acme/a", "acme/b", "other/c", "acme/old")]
        made[3].archived = True
        runs = [repository.run(hours(1), missing(f"of_{i}")) for i, repository in enumerate(made)]
        listed = self.place / "work" / "list.txt"
        listed.write_text("# ours\nacme/a\n\n  other/c  # theirs\n")
        window = ("--since", night.since, "--until", night.until)
        for arguments, wanted in ((("--org", "acme"), [0, 1]), (("--repos", "list.txt"), [0, 2]),
                                  (("-R", "acme/b", "--repos", "list.txt"), [0, 1, 2]),
                                  (("-R", "ACME/A", "-R", "acme/a", "--org", "acme"), [0, 1])):
            with self.subTest(arguments), Hub(world=night) as hub:
                done = self.run_program(hub, "scan", *arguments, *window, "--format", "json", "--db", f"{len(wanted)}.db")
                self.assertEqual(done.status, 0, done.error)
                self.assertEqual({run["id"] for group in done.report["groups"] for run in group["runs"]},
                                 {runs[i].number for i in wanted})
                self.assertEqual(sorted(done.report["repositories"]), [made[i].name for i in wanted])

    def test_a_run_without_jobs_says_so(self):
        night = Night()
        orders = night.repository("acme/orders")
        orders.run(hours(1), conclusion="failure")
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual([run["why"] for run in scan.report["unexplained"]["runs"]], ["it failed before any job was started"])

    def test_runs_in_progress_are_read_when_they_have_failed(self):
        night = Night()
        orders = night.repository("acme/orders")
        open_run = orders.run(hours(1), missing("slow"), conclusion="in_progress")
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual((scan.runs["listed"], scan.runs["failed"], len(scan.others())), (1, 0, 0))
            open_run.attempts[-1] = ("failure", missing("slow"))
            self.everything_is_told(self.scan(hub), [open_run])

    def test_cancelled_runs_fail_only_on_request(self):
        night = Night()
        orders = night.repository("acme/orders")
        orders.run(hours(1), missing("cut"), conclusion="cancelled")
        late = orders.run(hours(2), missing("late"), conclusion="timed_out")
        with Hub(world=night) as hub:
            self.everything_is_told(self.scan(hub), [late])
            scan = self.scan(hub, "--include-cancelled")
            self.assertEqual((scan.runs["failed"], scan.runs["known"], scan.runs["analysed"]), (2, 1, 1))

    def test_a_limit_takes_the_newest_and_the_next_scan_goes_on(self):
        night = bulk(60)
        failed = sorted(run.number for run in night.by_number.values() if run.conclusion == "failure")
        with Hub(world=night) as hub:
            scan = self.scan(hub, "--limit", "5", status=None)
            self.assertEqual(scan.runs["analysed"], 5)
            self.assertEqual(sorted(run["id"] for group in scan.groups() for run in group["runs"]), failed[-5:])
            scan = self.scan(hub)
            self.assertEqual((scan.runs["analysed"], scan.runs["known"]), (7, 5))

    def test_a_rerun_that_failed_again_is_one_run(self):
        night = Night()
        orders = night.repository("acme/orders")
        run = orders.run(hours(1), missing("first"), missing("second"))
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual((scan.runs["failed"], scan.states()), (1, {scan.groups()[0]["title"]: "new"}))
            self.assertEqual(scan.group("second")["runs"][0]["attempt"], 2)
            run.again(missing("third"))
            scan = self.scan(hub)
            self.assertEqual((scan.runs["failed"], scan.runs["analysed"]), (1, 1))
            self.assertEqual((scan.group("third")["count"], scan.group("second")), (1, None))


class Groups(ScanCase):
    def night(self):
        night = Night()
        return night, night.repository("acme/orders"), night.repository("acme/billing")

    def test_one_cause_is_one_group_whatever_the_branch_job_and_repository(self):
        night, orders, billing = self.night()
        runs = [orders.run(hours(1), missing("requests")), orders.run(hours(2), missing("requests"), branch="topic"),
                orders.run(hours(3), missing("requests", job="unit")), billing.run(hours(4), missing("requests"))]
        orders.run(hours(5), missing("yaml"))
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual(len(scan.groups()), 2)
            group = scan.groups()[0]
            self.assertEqual(group["count"], 4)
            self.assertEqual(scan.numbers(group), [run.number for run in runs])
            self.assertEqual(group["branches"], ["main", "topic"])
            self.assertEqual({run["repository"] for run in group["runs"]}, {"acme/orders", "acme/billing"})
            self.assertEqual([run["id"] for run in group["runs"]], [run.number for run in reversed(runs)], "newest first")
            self.assertEqual((group["first_seen"], group["last_seen"]), (stamp(runs[0].created), stamp(runs[3].created)))
            self.assertEqual(group["rule"], "python.module-missing")
            self.assertEqual(group["verdict"], "likely")
            self.assertIn("requests", json.dumps(group["example"]["evidence"]))
            self.assertEqual(group["runs"][0]["url"], f"https://github.com/acme/billing/actions/runs/{runs[3].number}/attempts/1")

    def test_a_run_with_two_faults_stands_in_two_groups(self):
        night, orders, _ = self.night()
        both = orders.run(hours(1), two_causes("requests", "yaml"))
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual((scan.numbers("requests"), scan.numbers("yaml")), ([both.number], [both.number]))
            self.assertEqual((scan.runs["failed"], scan.unexplained()), (1, []))

    def test_the_legs_of_a_matrix_are_one_run_of_one_group(self):
        night, orders, _ = self.night()
        orders.run(hours(1), two_causes("requests", "requests"))
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual([group["count"] for group in scan.groups()], [1])
            self.assertIn("test", json.dumps(scan.groups()[0]["jobs"]))

    def test_what_has_no_diagnosis_stands_by_itself_with_a_reason(self):
        night, orders, _ = self.night()
        startup = orders.run(hours(1), conclusion="startup_failure")
        orders.run(hours(2), missing("requests"))
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual(scan.unexplained(), [startup.number])
            self.assertRegex(json.dumps(scan.report["unexplained"]["runs"]), "start")
            self.assertEqual((scan.runs["failed"], scan.runs["analysed"], len(scan.others())), (2, 2, EACH))
            self.assertEqual(self.scan(hub).runs["known"], 2)

    def test_a_failure_of_no_rule_is_a_group_too(self):
        night, orders, _ = self.night()
        strange = Logs(Job("build", "failure", [failing(["frobnicate: the gizmo is upside down"])]))
        runs = [orders.run(hours(i), strange) for i in (1, 2)]
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual([(group["count"], group["rule"]) for group in scan.groups()], [(2, None)])
            self.everything_is_told(scan, runs)

    def test_a_run_that_passed_at_its_second_attempt_flickers(self):
        night, orders, _ = self.night()
        run = orders.run(hours(1), missing("requests"))
        with Hub(world=night) as hub:
            self.assertFalse(self.scan(hub).group("requests")["flicker"])
            run.again()
            orders.run(hours(2), missing("requests"))
            scan = self.scan(hub)
            self.assertTrue(scan.group("requests")["flicker"])
            self.assertEqual((scan.runs["failed"], scan.runs["analysed"]), (1, 1))

    def test_another_run_of_the_same_commit_that_passed_is_a_flicker(self):
        night, orders, billing = self.night()
        rows = ((orders, "same", dict(sha="a" * 40), dict(sha="a" * 40), True),
                (orders, "other", dict(sha="b" * 40), dict(sha="c" * 40), False),
                (orders, "event", dict(sha="d" * 40), dict(sha="d" * 40, event="schedule"), False),
                (orders, "workflow", dict(sha="e" * 40), dict(sha="e" * 40, workflow=orders.workflow("B", "b.yml")), False))
        for repository, name, failed, passed, _ in rows:
            repository.run(hours(1), missing(name), **failed)
            repository.run(hours(2), **passed)
        orders.run(hours(1), missing("elsewhere"), sha="f" * 40)
        billing.run(hours(2), sha="f" * 40)
        orders.run(hours(3), sha="9" * 40)
        orders.run(hours(4), missing("earlier"), sha="9" * 40)
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            self.assertEqual({group["title"]: group["flicker"] for group in scan.groups() if group["flicker"]},
                             {scan.group("same")["title"]: True})

    def test_a_consequence_stands_under_its_cause(self):
        """In one run the health check fails because a module is missing; in another, whose log tells less, it only fails."""
        night, orders, _ = self.night()
        told, bare = Example("flagship-container-log"), Example("flagship")
        first = [orders.run(hours(i), told, branch="main") for i in (1, 2)]
        second = orders.run(hours(3), bare)
        with Hub(world=night) as hub:
            scan = self.scan(hub)
            cause = [group for group in scan.groups() if group["rule"] == "django.disallowed-host"][0]
            effect = [group for group in scan.groups() if group["rule"] == "health.http-status-loop"][0]
            self.assertEqual((scan.numbers(cause), scan.numbers(effect)), ([run.number for run in first], [second.number]))
            self.assertEqual((effect["under"], cause["under"]), (cause["fingerprint"], None))
            self.assertEqual(scan.groups().index(effect), scan.groups().index(cause) + 1)

    def test_a_cause_in_another_repository_explains_nothing_here(self):
        night, orders, billing = self.night()
        orders.run(hours(1), Example("flagship-container-log"))
        orders.run(hours(2), Example("refused-then-500"))
        billing.run(hours(3), Example("flagship"))
        with Hub(world=night) as hub:
            self.assertEqual([group["under"] for group in self.scan(hub).groups()], [None] * 3)

    def test_the_most_frequent_stands_first(self):
        night, orders, _ = self.night()
        for name, count in (("one", 1), ("five", 5), ("three", 3)):
            for i in range(count):
                orders.run(hours(1) + 60 * i, missing(name))
        with Hub(world=night) as hub:
            self.assertEqual([group["count"] for group in self.scan(hub).groups()], [5, 3, 1])


class States(ScanCase):
    """Nights one after the other, in one history."""

    def setUp(self):
        super().setUp()
        self.night = Night(length=6 * DAY)
        self.orders = self.night.repository("acme/orders")

    def broke(self, day, name, hour=1, **more):
        return self.orders.run(day * DAY + hours(hour), missing(name), **more)

    def succeed(self, day, hour=2, **more):
        return self.orders.run(day * DAY + hours(hour), None, **more)

    def states(self, hub, day, *arguments, **more):
        window = [stamp(BEGIN + datetime.timedelta(days=at)) for at in (day, day + 1)]
        scan = self.scan(hub, *arguments, window=window, **more)
        names = {"alpha", "beta", "gamma"}
        return {name: scan.group(name)["state"] for name in names if scan.group(name)}

    def test_new_then_known_then_fixed_then_back(self):
        self.broke(0, "alpha")
        self.broke(1, "alpha")
        self.succeed(2)
        self.succeed(3)
        self.broke(4, "alpha")
        self.broke(5, "alpha")
        with Hub(world=self.night) as hub:
            self.assertEqual([self.states(hub, day) for day in range(6)],
                             [{"alpha": "new"}, {"alpha": "known"}, {"alpha": "fixed"}, {}, {"alpha": "back"}, {"alpha": "known"}])

    def test_the_same_night_again_is_known(self):
        self.broke(0, "alpha")
        with Hub(world=self.night) as hub:
            self.assertEqual([self.states(hub, 0) for _ in range(3)], [{"alpha": "new"}, {"alpha": "known"}, {"alpha": "known"}])

    def test_nothing_is_fixed_before_it_passed(self):
        self.broke(0, "alpha")
        self.succeed(1, branch="topic")
        self.succeed(2, workflow=self.orders.workflow("Other", "other.yml"))
        self.broke(3, "beta")
        self.succeed(4)
        with Hub(world=self.night) as hub:
            self.assertEqual([self.states(hub, day) for day in range(5)],
                             [{"alpha": "new"}, {}, {}, {"beta": "new"}, {"alpha": "fixed", "beta": "fixed"}])

    def test_all_its_branches_must_have_passed(self):
        self.broke(0, "alpha")
        self.broke(0, "alpha", branch="release")
        self.succeed(1)
        self.succeed(2, branch="release")
        with Hub(world=self.night) as hub:
            self.assertEqual([self.states(hub, day) for day in range(3)], [{"alpha": "new"}, {}, {"alpha": "fixed"}])

    def test_a_group_with_runs_is_not_fixed_by_a_later_pass(self):
        self.broke(0, "alpha")
        self.broke(1, "alpha")
        self.succeed(1, hour=20)
        with Hub(world=self.night) as hub:
            self.assertEqual([self.states(hub, day) for day in range(2)], [{"alpha": "new"}, {"alpha": "known"}])
            self.assertEqual([self.states(hub, 2)], [{"alpha": "fixed"}])

    def test_a_scan_that_was_killed_makes_nothing_known(self):
        for i in range(12):
            self.broke(0, "alpha", hour=1 + i / 2)
        self.night.length = DAY
        with Hub(world=self.night) as hub:
            process = self.start(hub, "--jobs", "1")
            while len(hub.requests) < 20:
                self.assertIsNone(process.poll(), "it ended too early")
            process.kill()
            process.wait()
            self.assertEqual(self.states(hub, 0), {"alpha": "new"})

    def test_another_repository_has_news_of_its_own(self):
        billing = self.night.repository("acme/billing")
        self.broke(0, "alpha")
        billing.run(DAY + hours(1), missing("alpha"))
        with Hub(world=self.night) as hub:
            self.assertEqual(self.states(hub, 0, repositories=["acme/orders"]), {"alpha": "new"})
            self.assertEqual(self.states(hub, 1, repositories=["acme/billing"]), {"alpha": "new"})
            self.assertEqual(self.states(hub, 1, repositories=["acme/billing", "acme/orders"]), {"alpha": "known"})


class Formats(ScanCase):
    def night(self):
        night = bulk(60, causes=12)
        orders = night.repository("acme/orders")
        orders.run(hours(2), conclusion="startup_failure")
        orders.run(hours(3), Example("two-faults"))
        orders.run(hours(4), missing("again"), None)
        return night

    def test_json_is_what_its_schema_says(self):
        night, empty = self.night(), Night()
        empty.repository("acme/quiet").run(hours(1))
        for world in (night, empty):
            with Hub(world=world) as hub:
                for _ in range(2):
                    scan = self.scan(hub)
                    self.assertEqual(schema.faults(scan.report, "scan.schema.json"), [])

    def test_one_scan_writes_several_pages(self):
        with Hub(world=self.night()) as hub:
            scan = self.scan(hub, "--also", "html=night.html", "--also", "markdown=night.md")
            work = self.place / "work"
            for name, begin in (("night.html", "<!DOCTYPE html>"), ("night.md", "# Scan of")):
                page = (work / name).read_text()
                self.assertTrue(page.startswith(begin), page[:80])
                self.assertIn(scan.report["groups"][0]["fingerprint"][:12], page)
            scan = self.scan(hub, "--also", "html=none/night.html", "--also", "markdown=again.md", status=3)
            self.assertIn("none/night.html", scan.error)
            self.assertTrue((work / "again.md").exists())
            self.assertTrue(scan.report["groups"])

    def test_html_is_one_file_that_loads_nothing(self):
        with Hub(world=self.night()) as hub:
            page = self.scan(hub, form="html").out
            self.assertTrue(page.lower().startswith("<!doctype html>"))
            self.assertIn("Content-Security-Policy", page)
            self.assertRegex(page, r"default-src 'none'")
            for forbidden in (r"<script", r"<link\b", r"<iframe", r"<img", r"\bsrc=", r"@import", r"url\(", r"\son[a-z]+=", r"javascript:"):
                self.assertNotRegex(page, forbidden)
            for address in self.addresses(page):
                self.assertTrue(address.startswith(("https://github.com/acme/", "#")), address)
            self.assertIsNone(re.search("[\x00-\x08\x0b-\x1f]", page))

    @staticmethod
    def addresses(page):
        return re.findall(r'href="([^"]*)"', page)

    def test_markdown_fits_an_issue(self):
        night = bulk(200, failing_share=1, causes=200)
        with Hub(world=night) as hub:
            page = self.scan(hub, "--jobs", "8", form="markdown").out
            self.assertLessEqual(len(page.encode("utf-16-le")) // 2, 65536)
            self.assertGreater(len(page), 50000)
            self.assertEqual(page.count("```") % 2, 0)
            self.assertRegex(page, r"(?i)left out|not shown|more groups")

    def test_a_quiet_night_is_one_short_page(self):
        night = Night()
        night.repository("acme/quiet").run(hours(1))
        with Hub(world=night) as hub:
            for form in ("markdown", "html", "json"):
                self.assertTrue(self.scan(hub, form=form).out)
            self.assertLess(len(self.scan(hub, form="markdown").out), 1500)

    def test_the_page_goes_where_it_was_asked_to_go(self):
        with Hub(world=self.night()) as hub:
            scan = self.scan(hub, "-o", "page.json")
            self.assertEqual(scan.out, "")
            page = self.place / "work" / "page.json"
            self.assertEqual(json.loads(page.read_text("utf-8"))["schema"], "firstfault.scan/1")
            self.assertEqual([path.name for path in (self.place / "work").iterdir()], ["page.json"])


class Catalog(ScanCase):
    """Another catalog: what is known is judged again, from the answers that are kept."""

    RULE = """family: ours
rules:
  - id: ours.module
    title: 'Ours misses ${module}'
    role: cause
    severity: error
    match:
      - "ModuleNotFoundError: No module named '(?<module>[a-z_0-9]+)'"
    examples:
      match: ["E   ModuleNotFoundError: No module named 'requests'", "ModuleNotFoundError: No module named 'yaml'"]
      no_match: ["ModuleNotFound", "No module named x"]
"""

    def setUp(self):
        super().setUp()
        (self.place / "ours.yaml").write_text(self.RULE)
        self.night = Night()
        orders = self.night.repository("acme/orders")
        self.runs = [orders.run(hours(i), missing("requests" if i % 2 else "yaml")) for i in range(1, 7)]

    def digests(self, hub):
        return {line["digest"] for line in self.export(hub) if line["kind"] == "run" and line.get("digest")}

    def test_what_is_kept_is_judged_again_without_a_request(self):
        with Hub(world=self.night) as hub:
            self.scan(hub)
            scan = self.scan(hub, "--patterns", str(self.place / "ours.yaml"))
            self.reads_no_logs(scan)
            self.everything_is_told(scan, self.runs)
            self.assertEqual((scan.runs["known"], scan.runs["analysed"]), (6, 0))
            self.assertIn("ours.module", json.dumps(scan.report))
            self.reads_no_logs(self.scan(hub, "--patterns", str(self.place / "ours.yaml")))

    def test_what_is_not_kept_stays_as_it_was(self):
        with Hub(world=self.night) as hub:
            first = self.scan(hub)
            shutil.rmtree(self.place / "cache")
            (self.place / "cache").mkdir()
            scan = self.scan(hub, "--patterns", str(self.place / "ours.yaml"))
            self.reads_no_logs(scan)
            self.assertEqual(scan.told(), first.told())
            self.assertEqual([group["rule"] for group in scan.groups()], [group["rule"] for group in first.groups()])

    def test_a_broken_catalog_ends_before_anything_is_asked(self):
        (self.place / "ours.yaml").write_text("family: [")
        with Hub(world=self.night) as hub:
            done = self.run_program(hub, "scan", *self.arguments(self.night), "--patterns", str(self.place / "ours.yaml"))
            self.assertEqual((done.status, done.out, hub.requests), (2, "", []))


if __name__ == "__main__":
    ScanCase.PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
