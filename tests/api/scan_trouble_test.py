#!/usr/bin/env python3
"""`firstfault scan` in trouble: faults of the server, limits, a damaged history, kill -9 at any point, thousands of runs.

    scan_trouble_test.py FIRSTFAULT KIND [unittest arguments]     KIND: plain, or sanitized (memory is not judged)
"""
import fcntl
import json
import os
import pathlib
import pty
import random
import re
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import time
import unittest

from case import SECONDS
from night import Logs, Night, bulk, hours, missing
from scan_case import ScanCase
from server import Answer, Hub, SSO, TOKEN, always, broken, instead, message, once
from world import Job, failing

KIND = "plain"
KILLS = 10
MOST_MIB = 96
HISTORY = "home/.local/state/firstfault/history.db"
SECRET = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"


def logs_of(run, change):
    """A fault of the archive of one run."""
    return always("api", rf"/runs/{run.number}(/attempts/\d+)?/logs$", change)


class Faults(ScanCase):
    def setUp(self):
        super().setUp()
        self.night = Night()
        self.orders = self.night.repository("acme/orders")

    def broke(self, count, name="requests"):
        return [self.orders.run(hours(1) + 600 * i, missing(name)) for i in range(count)]

    def one_line(self, scan, *words):
        for word in words:
            self.assertIn(word, scan.error + scan.out)
        for line in scan.error.splitlines():
            self.assertTrue(line.startswith("firstfault"), scan.error)

    def test_an_unknown_repository_is_named_and_the_others_are_told(self):
        runs = self.broke(3)
        with Hub(world=self.night) as hub:
            scan = self.scan(hub, repositories=["acme/gone", "acme/orders"], status=3)
            self.everything_is_told(scan, runs)
            self.assertIn("repository-unreadable", scan.codes())
            self.one_line(scan, "acme/gone")

    def test_where_no_repository_can_be_read_there_is_a_reason_and_no_page(self):
        with Hub(world=self.night) as hub:
            scan = self.scan(hub, repositories=["acme/gone", "acme/lost"], status=3)
            self.assertRegex(scan.error, "acme/gone could not be listed: .*not found")
            self.assertIn("acme/lost could not be listed", scan.error)
            self.assertIn("none of these 2 repositories", scan.error)
            scan = self.scan(hub, repositories=["acme/gone"], status=3)
            self.assertRegex(scan.error, r"\A[^\n]*acme/gone: [^\n]*not found[^\n]*\n\Z")

    def test_of_very_many_repositories_that_cannot_be_listed_the_number_is_told(self):
        runs = self.broke(1)
        gone = [f"acme/gone-{i}" for i in range(30)]
        with Hub(world=self.night) as hub:
            scan = self.scan(hub, repositories=["acme/orders", *gone], status=3)
            self.everything_is_told(scan, runs)
            lines = scan.error.splitlines()
            self.assertEqual(len(lines), 20)
            self.assertIn("The runs of 11 more repositories could not be listed", lines[-1])
            self.assertEqual((scan.codes().count("repository-unreadable"), scan.report["notes_dropped"]), (20, 0))

    def test_an_organisation_without_a_repository_to_scan_is_named(self):
        self.broke(1)
        self.night.repository("solo/old").archived = True
        with Hub(world=self.night) as hub:
            scan = self.scan(hub, "--org", "solo", repositories=["acme/orders"])
            self.assertIn("organization-empty", scan.codes())
            scan = self.scan(hub, "--org", "nope", repositories=["acme/orders"], status=3)
            self.assertRegex(scan.error, "The repositories of nope could not be listed: not found")

    def test_runs_that_never_started_are_known_though_the_limit_is_used_up(self):
        runs = self.broke(4)
        runs.append(self.orders.run(hours(1) - 60, conclusion="startup_failure"))
        with Hub(world=self.night) as hub:
            hub.quota = 1 + 2
            scan = self.scan(hub, "--jobs", "1", "--max-wait", "0", status=3)
            self.assertEqual(scan.counts(), {"failed": 5, "analysed": 2, "known": 0, "expired": 0, "errors": 3})
            self.assertIn("3 runs were left to the next scan", scan.error)

    def test_progress_counts_pages_and_keeps_to_one_line(self):
        night = bulk(300)
        columns = 22

        def slow(hub, request, answer):
            time.sleep(0.5)
            return answer

        with Hub([always("api", r"/actions/runs$", slow)], world=night) as hub:
            terminal, end = pty.openpty()
            fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            made = subprocess.Popen([self.PROGRAM, "scan", *self.arguments(night), "--limit", "1", "-o", "page"], stderr=end,
                                    env={**self.environment(hub), "TERM": "xterm"}, cwd=self.place / "work")
            os.close(end)
            said = self.read_all(terminal)
            self.assertEqual(made.wait(SECONDS), 3, said)
        lines = said.split("firstfault:")[0].split("\r\x1b[K")
        self.assertLess(max(len(line) for line in lines), columns)
        self.assertIn("listing 100 runs, 0.", [line[:20] for line in lines])

    @staticmethod
    def read_all(terminal):
        said = b""
        try:
            while piece := os.read(terminal, 4096):
                said += piece
        except OSError:  # the other end is closed
            pass
        os.close(terminal)
        return said.decode()

    def test_a_page_is_not_dated_into_the_future(self):
        self.broke(1)
        with Hub(world=self.night) as hub:
            scan = self.scan(hub, window=(self.night.since, "2100-01-01"))
            self.assertLessEqual(scan.report["until"][:19], time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + 2)))
            done = self.run_program(hub, "scan", "-R", "acme/orders", "--until", "2d")
            self.assertEqual(done.status, 2)
            self.assertIn("24h", done.error)

    def test_words_that_name_no_repository_are_refused_before_anything_is_asked(self):
        with Hub(world=self.night) as hub:
            for word in ("orders", "a/b/c/d", "../x", "acme/orders?x=1", "https://evil.example/a/b"):
                self.assertEqual(self.scan(hub, repositories=[word], status=None).status, 2, word)
            for arguments in (("--since", "yesterday"), ("--jobs", "0"), ("--jobs", "100"), ("--limit", "-1"), ("--format", "text")):
                self.assertEqual(self.scan(hub, *arguments, status=None).status, 2, arguments)
            done = self.run_program(hub, "scan")
            self.assertEqual((done.status, done.out), (2, ""))
            self.assertEqual(hub.requests, [])

    def test_a_limit_ends_the_scan_and_the_next_one_goes_on(self):
        runs = self.broke(12)
        with Hub(world=self.night) as hub:
            hub.quota = 1 + 2 * 4
            scan = self.scan(hub, "--jobs", "2", "--max-wait", "1", status=3)
            first = scan.runs["analysed"]
            self.assertTrue(3 <= first <= 4, scan.runs)
            self.assertEqual(scan.counts(), {"failed": 12, "analysed": first, "known": 0, "expired": 0, "errors": 12 - first})
            self.assertEqual(len(scan.numbers("requests")), first)
            self.assertEqual(len(scan.unexplained()), 12 - first)
            self.one_line(scan, "until")
            self.assertLessEqual(len(scan.requests), 9 + 4 + 2)
            hub.quota = None
            scan = self.scan(hub)
            self.everything_is_told(scan, runs)
            self.assertEqual((scan.runs["known"], scan.runs["analysed"], len(scan.others())), (first, 12 - first, 3 * (12 - first)))
            self.assertEqual(scan.group("requests")["count"], 12)

    def test_a_limit_that_ends_soon_is_waited_for(self):
        self.broke(2)
        with Hub(world=self.night) as hub:
            hub.quota, hub.reset = 3, 2
            waited = once("api", r"", lambda hub, request, answer: (setattr(hub, "quota", None), answer)[1], range(4, 99))
            hub.play([waited])
            self.assertEqual(self.scan(hub, "--max-wait", "20").runs["analysed"], 2)

    def test_a_limit_while_listing_says_what_is_missing(self):
        night = bulk(400)
        with Hub(world=night) as hub:
            hub.quota = 2
            scan = self.scan(hub, "--max-wait", "0", status=3)
            self.one_line(scan, "until")
            hub.quota = None
            self.assertEqual(self.scan(hub).runs["failed"], 80)

    def test_expired_logs_are_noted_and_do_not_fail_the_scan(self):
        old, young = self.broke(2)
        with Hub([logs_of(old, instead(410, message("Server Error")))], world=self.night) as hub:
            scan = self.scan(hub)
            self.assertEqual(scan.counts(), {"failed": 2, "analysed": 1, "known": 0, "expired": 1, "errors": 0})
            self.assertEqual((scan.unexplained(), scan.numbers("requests")), ([old.number], [young.number]))
            self.assertIn("expired", scan.out)
            again = self.scan(hub)
            self.reads_no_logs(again)
            self.assertEqual(again.counts(), {"failed": 2, "analysed": 0, "known": 2, "expired": 0, "errors": 0})
            self.assertEqual(again.unexplained(), [old.number])

    def test_what_cannot_be_read_is_told_and_tried_again(self):
        good, bad = self.broke(2)
        trouble = {"portal": instead(200, b"<html>Log in</html>", headers={"Content-Type": "text/html"}),
                   "refused": instead(403, message("Resource not accessible by integration"))}
        for name, change in trouble.items():
            with self.subTest(name), Hub([always("api", rf"/runs/{bad.number}/", change)], world=self.night) as hub:
                database = ("--db", f"{name}.db")
                scan = self.scan(hub, *database, status=3)
                self.assertEqual(scan.counts(), {"failed": 2, "analysed": 1, "known": 0, "expired": 0, "errors": 1})
                self.assertEqual((scan.unexplained(), scan.numbers("requests")), ([bad.number], [good.number]))
                hub.play([])
                scan = self.scan(hub, *database)
                self.assertEqual(scan.counts(), {"failed": 2, "analysed": 1, "known": 1, "expired": 0, "errors": 0})
                self.assertEqual(scan.numbers("requests"), [good.number, bad.number])

    def test_one_broken_archive_is_replaced_by_the_logs_of_its_jobs(self):
        self.broke(1)
        self.orders.run(hours(3), Logs(*missing("yaml").jobs, packed=b"PK\x05\x06" + bytes(18)))
        with Hub(world=self.night) as hub:
            scan = self.scan(hub)
            self.assertEqual((scan.runs["analysed"], scan.group("yaml")["count"]), (2, 1))

    def test_logs_that_are_gone_from_the_archive_and_from_the_jobs_are_no_dead_end(self):
        bad, good = self.broke(2)
        with Hub([always("api", rf"/(runs|jobs)/{bad.number}\d*/.*logs$", instead(404, message("Not Found")))],
                 world=self.night) as hub:
            scan = self.scan(hub, status=None)
            self.assertIn(scan.status, (0, 3))
            self.everything_is_told(scan, [bad, good])

    def test_a_refused_token_ends_with_4(self):
        self.broke(2)
        for name, change in (("401", instead(401, message("Bad credentials"))),
                             ("sso", instead(403, message("Protected by SAML"), headers={"X-GitHub-SSO": SSO % "github.com"}))):
            with self.subTest(name), Hub([always("api", r"", change)], world=self.night) as hub:
                scan = self.scan(hub, status=4)
                self.assertRegex(scan.error, "token|single sign-on")
                self.assertLessEqual(len(hub.requests), 2)

    def test_one_repository_that_refuses_the_token_does_not_stop_the_others(self):
        runs = self.broke(2)
        closed = self.night.repository("closed/shop")
        closed.run(hours(1), missing("yaml"))
        refusal = instead(403, message("Protected by SAML"), headers={"X-GitHub-SSO": SSO % "github.com"})
        with Hub([always("api", r"closed/shop", refusal)], world=self.night) as hub:
            scan = self.scan(hub, status=3)
            self.everything_is_told(scan, runs)
            self.one_line(scan, "closed/shop")

    def test_a_renamed_repository_is_called_by_its_new_name(self):
        runs = self.broke(1)

        def moved(hub, request, answer):
            place = hub.api + request["url"].replace("/repos/acme/before", "/repositories/" + str(self.orders.number), 1)
            return Answer(301, message("Moved Permanently"), headers={"Location": place})

        with Hub([always("api", r"^/repos/acme/before", moved)], world=self.night) as hub:
            scan = self.scan(hub, repositories=["acme/before"])
            self.everything_is_told(scan, runs)
            self.assertEqual(scan.report["repositories"], ["acme/orders"])

    def test_a_listing_that_breaks_off_is_said(self):
        night = bulk(400)
        page = instead(404, message("Not Found"))
        with Hub([once("api", r"/actions/runs$", page, range(3, 99))], world=night) as hub:
            scan = self.scan(hub, status=3)
            self.assertGreaterEqual(scan.runs["listed"], 200)
            hub.play([])
            scan = self.scan(hub)
            self.assertEqual((scan.runs["listed"], scan.runs["failed"]), (400, 80))

    def test_a_damaged_history_is_left_as_it_is(self):
        self.broke(1)
        work = self.place / "work"
        with Hub(world=self.night) as hub:
            self.scan(hub, "--db", "good.db")
            good = (work / "good.db").read_bytes()
            damaged = bytearray(good)
            damaged[4096:len(good) - 4096] = bytes(len(good) - 8192)
            for name, content in (("text", b"this is no database at all\n" * 300), ("damaged", bytes(damaged)),
                                  ("short", good[:len(good) // 2 + 100]), ("other", self.other_database())):
                (work / f"{name}.db").write_bytes(content)
                before = len(hub.requests)
                scan = self.scan(hub, "--db", f"{name}.db", status=3)
                self.assertEqual((work / f"{name}.db").read_bytes(), content, name)
                self.assertIn("--db", scan.error)
                self.assertEqual(scan.error.count("\n"), 1)
                self.assertEqual(len(hub.requests), before, name)

    def other_database(self):
        path = self.place / "other.db"
        made = sqlite3.connect(path)
        made.execute("create table bookmarks (url text)")
        made.execute("insert into bookmarks values ('https://example.com')")
        made.commit()
        made.close()
        return path.read_bytes()

    def test_two_scans_at_once_tell_the_same_and_double_nothing(self):
        runs = self.broke(20)
        with Hub([always("api", r"/jobs$", broken(delay=0.05))], world=self.night) as hub:
            both = [self.start(hub), self.start(hub)]
            for process in both:
                status, out, error = self.finish(process)
                self.assertEqual(status, 0, error)
                told = json.loads(out)
                self.assertEqual({run["id"] for run in told["groups"][0]["runs"]}, {run.number for run in runs})
            shared = self.export(hub)
            self.scan(hub, "--db", "alone.db")
            self.assertEqual(shared, self.export(hub, "--db", "alone.db"))

    def test_a_run_that_another_program_forgets_meanwhile_does_not_end_the_scan(self):
        queued, stays, in_hand = runs = self.broke(3)
        gone = []

        def forget(hub, request, answer):
            made = sqlite3.connect(self.place / HISTORY)
            made.execute("pragma foreign_keys = on")
            for run in () if gone else (in_hand, queued):
                gone.append(made.execute("delete from run where id = ?", (run.number,)).rowcount)
            made.commit()
            made.close()
            return answer

        with Hub([logs_of(in_hand, forget)], world=self.night) as hub:
            scan = self.scan(hub, "--jobs", "1")
            self.assertEqual(gone, [1, 1])
            self.everything_is_told(scan, [stays])
            self.assertEqual(scan.counts(), {"failed": 1, "analysed": 1, "known": 0, "expired": 0, "errors": 0})
            self.everything_is_told(self.scan(hub), runs)

    def test_without_a_network_what_is_known_is_told(self):
        runs = self.broke(3)
        with Hub(world=self.night) as hub:
            self.scan(hub)
            before = len(hub.requests)
            scan = self.scan(hub, "--offline", status=None)
            self.assertEqual(len(hub.requests), before)
            self.everything_is_told(scan, runs)


class Interrupt(ScanCase):
    def test_what_is_done_is_kept_and_told(self):
        night = bulk(100, failing_share=2)
        with Hub([always("api", r"/jobs$", broken(delay=0.1))], world=night) as hub:
            process = self.start(hub, "--jobs", "2", "-o", "page.json")
            self.wait_for(process, hub, 16)
            process.send_signal(signal.SIGINT)
            status, _, error = self.finish(process)
            self.assertEqual(status, 130, error)
            page = json.loads((self.place / "work" / "page.json").read_text("utf-8"))
            done = page["runs"]["analysed"]
            self.assertTrue(1 <= done < 50, page["runs"])
            self.assertEqual(page["runs"]["failed"], sum(page["runs"][name] for name in ("analysed", "known", "expired", "errors")))
            before = len(hub.requests)
            hub.play([])
            scan = self.scan(hub)
            self.assertEqual((scan.runs["known"], scan.runs["analysed"], scan.runs["errors"]), (done, 50 - done, 0))
            self.assertEqual({group["state"] for group in scan.groups()}, {"new"})
            self.assertEqual(len(hub.requests) - before, len(scan.listings()) + 3 * (50 - done))

    def test_after_the_first_signal_no_limit_is_waited_for(self):
        night = bulk(20, failing_share=2)
        with Hub(world=night) as hub:
            hub.quota, hub.reset = 1 + 2 * 3, 1800
            process = self.start(hub, "--jobs", "2", "--max-wait", "3600", "-o", "page.json")
            self.wait_for(process, hub, 10)
            time.sleep(0.5)
            self.assertIsNone(process.poll(), "it does not wait")
            begun = time.time()
            process.send_signal(signal.SIGINT)
            status, _, error = self.finish(process)
            self.assertLess(time.time() - begun, 10)
            self.assertEqual(status, 130, error)
            page = json.loads((self.place / "work" / "page.json").read_text("utf-8"))
            done = page["runs"]["analysed"]
            self.assertEqual((page["runs"]["failed"], page["runs"]["errors"]), (10, 10 - done))
            self.assertTrue(2 <= done <= 3, page["runs"])
            self.assertNotIn("runs-unread", [note["code"] for note in page["notes"]])
            hub.quota = None
            scan = self.scan(hub)
            self.assertEqual((scan.runs["known"], scan.runs["analysed"], scan.runs["errors"]), (done, 10 - done, 0))

    def test_a_second_signal_ends_it_at_once(self):
        night = bulk(100, failing_share=2)
        with Hub([always("api", r"/jobs$", broken(delay=20))], world=night) as hub:
            process = self.start(hub)
            self.wait_for(process, hub, 2)
            begun = time.time()
            process.send_signal(signal.SIGINT)
            time.sleep(0.5)
            process.send_signal(signal.SIGINT)
            status, _, _ = self.finish(process)
            self.assertIn(status, (130, -signal.SIGINT))
            self.assertLess(time.time() - begun, 8)
            hub.play([])
            self.assertEqual(self.scan(hub).runs["analysed"], 50)

    def wait_for(self, process, hub, requests):
        begun = time.time()
        while len(hub.requests) < requests:
            self.assertIsNone(process.poll(), "it ended too early")
            self.assertLess(time.time() - begun, SECONDS)
            time.sleep(0.01)


class Kill(ScanCase):
    def test_ten_kills_and_a_scan_leave_what_one_clean_scan_leaves(self):
        night = self.night()
        chance = random.Random(20260302)
        with Hub([always("api", r"/jobs$", broken(delay=0.03))], world=night) as hub:  # so that it is killed in the middle
            clean = self.scan(hub, "--db", "clean.db", "--no-cache")
            share = len(clean.listings()) + 3 * len(clean.others()) // (2 * KILLS)
            for _ in range(KILLS):
                self.kill_after(hub, len(hub.requests) + chance.randrange(1, share), chance.random() * 0.01)
            last = self.scan(hub)
            self.assertTrue(last.runs["known"], last.runs)
            self.assertEqual(self.export(hub), self.export(hub, "--db", "clean.db"))
            for name in ("groups", "unexplained", "reruns", "workflows", "days"):
                self.assertEqual(last.report[name], clean.report[name])
            self.check_database()

    def test_a_kill_while_the_page_is_made_loses_nothing_either(self):
        night = bulk(40)
        chance = random.Random(7)
        with Hub(world=night) as hub:
            self.scan(hub)
            before = self.export(hub)
            for _ in range(KILLS // 2):
                process = self.start(hub)
                time.sleep(chance.random() * 0.5)
                process.kill()
                process.wait()
            self.scan(hub)
            self.assertEqual(self.export(hub), before)
            self.check_database()

    @staticmethod
    def night():
        night = bulk(240, failing_share=4, causes=9)
        orders = night.repository("acme/orders")
        for i in range(8):
            orders.run(hours(2) + i, missing(f"module_{i}"), None)
            orders.run(hours(3) + i, missing("first"), missing("again"))
            orders.run(hours(4) + i, conclusion="startup_failure")
        return night

    def kill_after(self, hub, requests, pause):
        """Kills a scan once the server has seen so many requests. Its page goes to a file: nobody reads the pipe."""
        process = self.start(hub, "--no-cache", "--jobs", "3", "-o", "killed.json")
        while len(hub.requests) < requests and process.poll() is None:
            time.sleep(0.002)
        time.sleep(pause)
        process.kill()
        self.assertEqual(process.wait(), -signal.SIGKILL, "it ended before it was killed")

    def check_database(self):
        path = self.place / HISTORY
        made = sqlite3.connect(path)
        self.assertEqual(made.execute("pragma integrity_check").fetchall(), [("ok",)])
        self.assertEqual(made.execute("pragma foreign_key_check").fetchall(), [])
        made.close()
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)


class Bounds(ScanCase):
    LONG = Logs(Job("test", "failure", [failing([f"compiled file {i} of many, as many a build tells" for i in range(20000)] + [
        "make: *** [all] Error 2"])]))

    def test_thousands_of_runs_take_bounded_memory(self):
        count = 2000 if KIND == "plain" else 200
        night = bulk(count, failing_share=1, causes=60)
        for i, run in enumerate(night.by_number.values()):
            if i % 20 == 0:
                run.attempts[0] = ("failure", self.LONG)
        with Hub(world=night) as hub:
            process = self.start(hub, "--jobs", "8", "-o", "page.json", "--no-cache")
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(process.returncode, 0)
            page = json.loads((self.place / "work" / "page.json").read_text("utf-8"))
            self.assertEqual((page["runs"]["failed"], page["runs"]["analysed"]), (count, count))
            self.assertEqual(len({run["id"] for group in page["groups"] for run in group["runs"]}), count)
            mebibytes = usage.ru_maxrss / 1024
            print(f"{count} runs: {mebibytes:.1f} MiB, {usage.ru_utime + usage.ru_stime:.1f} s of CPU", file=sys.stderr)
            if KIND == "plain":
                self.assertLess(mebibytes, MOST_MIB)

    def test_many_scans_at_once_share_the_connections(self):
        night = bulk(60, failing_share=1)
        with Hub([always("api", r"/jobs$", broken(delay=0.05))], world=night) as hub:
            self.scan(hub, "--jobs", "8")
            self.assertLessEqual(hub.peak, 8 + 2)  # an answer may be there before the server knows that it is
            self.assertGreater(hub.peak, 4)


class Secrets(ScanCase):
    def night(self):
        night = Night()
        orders = night.repository("acme/orders")
        leak = [f"error: token {SECRET} was refused", f"ModuleNotFoundError: No module named '{SECRET}'"]
        orders.run(hours(1), Logs(Job("test", "failure", [failing(leak)])), title=f"Rotate {SECRET}", branch=f"fix/{SECRET}")
        orders.run(hours(2), missing("requests"))
        return night

    def files(self):
        return [path for path in self.place.rglob("*") if path.is_file() and not path.is_symlink()]

    def test_no_token_reaches_a_file(self):
        with Hub(world=self.night()) as hub:
            for form in ("json", "markdown", "html"):
                self.scan(hub, "-o", f"page.{form}", form=form)
            self.scan(hub, form="markdown", status=0)
            self.assertEqual(self.run_program(hub, "history").status, 0)
            kept = self.files()
            self.assertTrue(any(path.name == "history.db" for path in kept))
            for path in kept:
                self.assertNotIn(TOKEN.encode(), path.read_bytes(), path)
                self.assertNotIn(b"sig=", path.read_bytes() if "cache" not in path.parts else b"", path)

    def test_secrets_of_logs_and_names_are_masked_everywhere_but_in_the_cache(self):
        with Hub(world=self.night()) as hub:
            for form in ("json", "markdown", "html"):
                self.assertNotIn(SECRET, self.scan(hub, "--no-cache", form=form).out)
            export = self.run_program(hub, "history", "export").out
            self.assertNotIn(SECRET, export)
            for path in self.files():
                self.assertNotIn(SECRET.encode(), path.read_bytes(), path)

    def test_nothing_is_written_elsewhere(self):
        with Hub(world=self.night()) as hub:
            self.scan(hub, "-o", "page.md", form="markdown")
            places = {str(path.relative_to(self.place)) for path in self.files()}
            strange = [name for name in places if not re.match(
                r"work/page\.md$|home/\.local/state/firstfault/history\.db(-wal|-shm)?$|cache/firstfault/", name)]
            self.assertEqual(strange, [])
            self.assertEqual(list((self.place / "tmp").iterdir()), [])
            self.assertEqual((self.place / "home/.local/state/firstfault").stat().st_mode & 0o777, 0o700)

    def test_only_the_api_sees_the_token(self):
        with Hub(world=self.night()) as hub:
            self.scan(hub)
            for request in hub.requests:
                self.assertNotIn(TOKEN, request["url"])


if __name__ == "__main__":
    ScanCase.PROGRAM, KIND = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2]
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
