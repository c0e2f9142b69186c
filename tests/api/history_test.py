#!/usr/bin/env python3
"""`firstfault history` after scans of two nights: what it answers, asks nobody for it, and what it cannot answer.

    history_test.py FIRSTFAULT [unittest arguments]        FIRSTFAULT: the program
"""
import datetime
import json
import os
import pathlib
import re
import sqlite3
import sys
import unittest

import schema
from night import BEGIN, DAY, Night, hours, missing, stamp
from scan_case import ScanCase
from server import Hub


class History(ScanCase):
    """Two nights with three causes; the second night scanned after the first."""

    def setUp(self):
        super().setUp()
        self.night = Night()
        orders = self.night.repository("acme/orders")
        self.runs = [orders.run(hours(2), missing("alpha")), orders.run(hours(3), missing("alpha"), None),
                     orders.run(hours(4), missing("beta")), orders.run(hours(26), missing("alpha")),
                     orders.run(hours(27))]
        web = self.night.repository("acme/web")
        self.runs.append(web.run(hours(5), missing("gamma")))
        self.hub = Hub(world=self.night)
        self.hub.__enter__()
        self.addCleanup(self.hub.__exit__, None, None, None)
        for first in (0, 1):
            day = [stamp(BEGIN + datetime.timedelta(seconds=DAY * at)) for at in (first, first + 1)]
            self.scan(self.hub, window=day)
        self.asked = len(self.hub.requests)
        self.prints = {group["title"]: group["fingerprint"] for group in self.answer()["groups"]}

    def history(self, *arguments):
        done = self.run_program(self.hub, "history", *arguments)
        self.assertEqual(len(self.hub.requests), self.asked, "history asked somebody")
        return done

    def answer(self, *arguments):
        done = self.history("--format", "json", *arguments)
        self.assertEqual(done.status, 0, done.error)
        self.assertEqual((done.report["schema"], done.error), ("firstfault.history/1", ""))
        self.assertEqual(schema.faults(done.report, "history.schema.json"), [])
        return done.report

    def refused(self, status, words, *arguments):
        done = self.history(*arguments)
        self.assertEqual((done.status, done.out), (status, ""), done.error)
        self.assertRegex(done.error.splitlines()[-1], words)
        return done

    def print_of(self, module):
        return next(text for title, text in self.prints.items() if module in title)


class Answers(History):
    def test_all_groups_are_listed_newest_first(self):
        groups = self.answer()["groups"]
        self.assertEqual([group["runs"] for group in groups], [2, 1, 1])
        self.assertEqual([group["last_seen"] for group in groups], sorted((group["last_seen"] for group in groups), reverse=True))
        self.assertIn("alpha", groups[0]["title"])
        self.assertEqual(groups[0]["state"], "known")
        text = self.history("--format", "text").out.splitlines()
        self.assertEqual(len(text), 4)
        self.assertLessEqual(max(len(line) for line in text), 100)

    def test_lists_are_of_repositories_and_times(self):
        self.assertEqual([group["runs"] for group in self.answer("-R", "acme/web")["groups"]], [1])
        self.assertEqual(len(self.answer("-R", "github.com/ACME/orders", "-R", "acme/web")["groups"]), 3)
        since = stamp(BEGIN + datetime.timedelta(days=1))
        self.assertEqual([group["runs"] for group in self.answer("--since", since)["groups"]], [1])
        for arguments in (("--since", "1m"), ("-R", "nope/nope")):
            done = self.history("--format", "json", *arguments)
            self.assertEqual((done.status, done.report["groups"], done.error), (3, [], ""))

    def test_a_group_is_found_by_its_first_digits(self):
        text = self.print_of("alpha")
        for prefix in (text, text[:8], text[:4], text[:12].upper()):
            group = self.answer(prefix)
            self.assertEqual((group["kind"], group["fingerprint"]), ("group", text))
        self.assertEqual([run["id"] for run in group["members"]], [self.runs[3].number, self.runs[0].number])
        self.assertEqual([said["state"] for said in group["said"]], ["known", "new"])
        self.assertTrue(group["example"]["diagnosis"]["evidence"])
        self.assertEqual(group["example"]["diagnosis"]["report"]["fingerprint"], text)

    def test_a_run_is_told_by_id_and_by_address(self):
        number = self.runs[2].number
        for word in (str(number), f"https://github.com/acme/orders/actions/runs/{number}"):
            report = self.answer(word)
            self.assertEqual([(one["id"], one["attempt"], one["state"]) for one in report["attempts"]],
                             [(number, 1, "analysed")])
            self.assertEqual(len([one for one in report["attempts"][0]["diagnoses"] if one["origin"]]), 1)

    def test_every_format_goes_to_a_file_too(self):
        for form in ("text", "markdown", "json"):
            shown = self.history("--format", form, self.print_of("alpha")).out
            done = self.history("--format", form, self.print_of("alpha"), "-o", "page")
            path = self.place / "work" / "page"
            self.assertEqual((done.status, done.out, path.read_text("utf-8")), (0, "", shown))
            path.unlink()

    def test_an_export_goes_to_a_file_whole_or_not_at_all(self):
        lines = self.export(self.hub, scans=True)
        self.assertEqual([line["kind"] for line in lines], ["repository"] * 2 + ["run"] * 6 + ["scan"] * 2)
        self.history("export", "-o", "all.jsonl")
        path = self.place / "work" / "all.jsonl"
        self.assertEqual([json.loads(line) for line in path.read_text("utf-8").splitlines()], lines)
        self.assertEqual([child.name for child in path.parent.iterdir()], ["all.jsonl"])
        web = self.export(self.hub, "-R", "acme/web")
        self.assertEqual([line["kind"] for line in web], ["repository", "run"])


class Refusals(History):
    def test_what_is_not_known_is_said(self):
        self.refused(3, "no group is known", "0000")
        self.refused(3, "run 12 is not known", "12")
        self.refused(3, "is not known", f"https://github.com/acme/web/actions/runs/{self.runs[0].number}")
        self.refused(3, "no run of the group", self.print_of("alpha"), "-R", "acme/web")
        self.refused(3, "there is no history yet", "--db", "other.db")
        self.refused(3, "there is no history yet", "--db", "no/folder/other.db")
        self.refused(3, "of this repository, but of another", "-R", "acme/web", str(self.runs[0].number))
        self.refused(3, "of this repository; a scan of its day", "-R", "acme/web", "12")

    def test_words_that_make_no_sense_are_said(self):
        self.refused(2, "4 hexadecimal digits", "abc")
        self.refused(2, "one GROUP or RUN", "abcd", "abce")
        self.refused(2, "--since takes a time", "--since", "yesterday")
        self.refused(2, "names a job", "https://github.com/acme/orders/runs/5")
        self.refused(2, "-R takes", "-R", "acme")
        self.refused(2, "4 hexadecimal digits.*'word'", "word")

    def test_several_groups_that_begin_alike_are_listed(self):
        path = self.place / "home" / ".local" / "state" / "firstfault" / "history.db"
        made = sqlite3.connect(path)
        made.execute("update diagnosis set fingerprint = 'abcd' || substr(fingerprint, 5)")
        made.commit()
        made.close()
        done = self.refused(2, "3 groups begin with abcd", "abcd")
        self.assertEqual(len(re.findall(r"abcd[0-9a-f]{60} is one of them", done.error)), 3)

    def test_a_file_that_cannot_be_written_is_said(self):
        self.refused(3, "cannot be written", "export", "-o", "no/such/folder")
        if os.path.exists("/dev/full"):
            self.refused(3, "cannot be written", "export", "-o", "/dev/full")


if __name__ == "__main__":
    History.PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
