#!/usr/bin/env python3
"""Checks of the repository through the small GitHub: verdicts, what is asked for, and what is told when it cannot be had.

    repository_test.py FIRSTFAULT SOURCE [unittest arguments]        SOURCE: the root of the source tree, for its corpus
"""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

from case import Case
from repository import Archived, Entry, LINK, MODULE, Repository, identity
from server import Answer, Hub, REPOSITORY, RUN, always, instead, limited, message, once
from world import Job, World, failing

SOURCE = None
TREES, BLOBS, COMPARE = "/git/trees/", "/git/blobs/", "/compare/"
WORKFLOW = ".github/workflows/ci.yml"
QUIET = ["the bell rang twice"]
ASKING = ["the shop closed early"]

# Rules of our own, one with questions and one without: those of the built-in ones may change.
RULES = r"""
family: shop
disable: ['*']
rules:
  - id: shop.bell
    title: The bell rang
    role: cause
    match: ['the bell rang']
    examples:
      match: ['the bell rang twice', 'and the bell rang']
      no_match: ['the bell is silent', 'nobody rang']
  - id: shop.chain
    title: The chain broke
    role: cause
    match: ['the chain broke']
    verify:
      - {probe: file-matches, path: '**/settings.py', text: chain, found: suggests}
    examples:
      match: ['the chain broke', 'then the chain broke']
      no_match: ['the chain holds', 'it broke']
  - id: shop.closed
    title: The shop closed
    role: cause
    match: ['the (?<what>\w+) closed early']
    verify:
      - {probe: file-matches, path: notes.txt, text: '${what}', found: suggests, missing: weakens}
      - {probe: changed-since-green, path: 'notes*', found: suggests}
      - {probe: changed-since-green, path: '*.lock', found: suggests}
    examples:
      match: ['the shop closed early', 'the market closed early']
      no_match: ['the shop is open', 'closed early']
"""


def run_of(lines, repository, **more):
    return World([Job("test", "failure", [failing(lines)])], repository=repository, **more)


class Asking(Case):
    """What the reports of two ways to the same repository have in common, and what the server was asked for."""

    def ask(self, hub, *arguments, **more):
        """A triage that knows the rule above."""
        rules = self.place / "work" / "rules.yaml"
        rules.write_text(RULES, "utf-8")
        return self.triage(hub, "--patterns", str(rules), *arguments, **more)

    def checks(self, report):
        """Probe -> results."""
        found = {}
        for diagnosis in report["diagnoses"] + report["refuted"]:
            for check in diagnosis["checks"]:
                found.setdefault(check["probe"], []).append(check["result"])
        return found

    def kinds(self, hub):
        return [next((kind for kind in (TREES, BLOBS, COMPARE) if kind in request["path"]), "other")
                for request in hub.requests if request["side"] == "api"]

    def asked(self, hub, kind):
        return [request for request in hub.requests if kind in request["path"]]

    def results(self, report):
        return {check["result"] for found in report["diagnoses"] + report["refuted"] for check in found["checks"]}


class Flagship(Asking):
    """The deploy of the corpus, with the repository that belongs to it."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        subprocess.run([sys.executable, SOURCE / "scripts/corpus", "--repository", "meats", cls.folder.name], check=True,
                       stdout=subprocess.DEVNULL)
        cls.archive = SOURCE / "corpus/flagship/flagship.zip"
        cls.expected = json.loads((SOURCE / "corpus/flagship/expected.json").read_text("utf-8"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def world(self, change=lambda repository: None):
        """`change` may alter the repository before it is served."""
        repository = Repository.of_folder(self.folder.name)
        change(repository)
        failed = {(failure["job"], failure["step"]) for failure in self.expected["failures"]}
        return Archived(self.archive, self.expected["jobs"], failed, repository, ".github/workflows/13-prod-deployment.yml")

    def told(self, report):
        told = copy.deepcopy(report["diagnoses"] + report["refuted"])
        self.assertGreater(len(report["refuted"]), 4)
        return told

    def test_a_server_and_a_checkout_give_the_same_verdicts_checks_and_diffs(self):
        with Hub(world=self.world()) as hub:
            online = self.triage(hub)
            disk = self.run_program(hub, "triage", str(self.archive), "--checkout", self.folder.name, "--format", "json")
            self.assertEqual((online.status, disk.status, online.codes()), (0, 0, []), online.error)
            self.assertEqual(self.told(online.report), self.told(disk.report))
            self.assertEqual(online.report["repository"]["read_from"], "GitHub")
            diffs = [fix["diff"] for found in self.told(online.report) for fix in found["fixes"] if fix["diff"]]
            self.assertGreater(len(diffs), 2)

    def test_the_list_is_asked_for_once_and_so_is_every_file(self):
        for arguments in ((), ("--no-cache",)):
            with Hub(world=self.world()) as hub:
                self.assertEqual(self.triage(hub, *arguments).status, 0)
                blobs = [request["path"] for request in self.asked(hub, BLOBS)]
                self.assertEqual((len(self.asked(hub, TREES)), len(self.asked(hub, COMPARE))), (1, 0))
                self.assertEqual(len(blobs), len(set(blobs)))
                self.assertTrue(10 < len(blobs) < 30, blobs)

    def test_a_second_triage_and_one_offline_ask_for_no_file(self):
        with Hub(world=self.world()) as hub:
            first, before = self.triage(hub), len(hub.requests)
            second = self.triage(hub)
            self.assertEqual({request["status"] for request in hub.requests[before:]}, {304})
            self.assertNotIn(TREES, self.kinds(hub)[before:])
            before = len(hub.requests)
            third = self.triage(hub, "--offline", token=None)
            self.assertEqual((third.status, len(hub.requests)), (0, before))
            self.assertEqual((second.out, third.out), (first.out, first.out))

    def test_a_checkout_that_is_given_is_asked_and_the_server_is_not(self):
        with Hub(world=self.world()) as hub:
            outcome = self.triage(hub, "--checkout", self.folder.name)
            self.assertEqual((self.asked(hub, "/git/"), outcome.report["repository"]["read_from"]), ([], "the checkout"))

    def keep(self, hub, name, *arguments):
        """Keeps the run, and triages what was kept without the server."""
        kept = self.run_program(hub, "fetch", str(RUN), "-R", REPOSITORY, "-o", name, "--no-cache", *arguments)
        before = len(hub.requests)
        again = self.run_program(hub, "triage", name, "--format", "json", token=None)
        self.assertEqual(len(hub.requests), before)
        return kept, again

    def same(self, one, other):
        """Byte for byte, but for what was asked for."""
        self.assertEqual(one.out.replace(json.dumps(one.report["target"]), "?", 1),
                         other.out.replace(json.dumps(other.report["target"]), "?", 1))

    def test_a_kept_run_gives_the_same_report_byte_for_byte(self):
        for name in ("kept.zip", "kept"):
            with Hub(world=self.world()) as hub:
                online = self.triage(hub, "--no-cache")
                kept, again = self.keep(hub, name)
                self.assertEqual((kept.status, again.status), (0, 0), kept.error)
                self.same(online, again)

    def test_a_kept_run_tells_the_same_of_what_could_not_be_had(self):
        for name, rules in {
                "limit": [always("api", BLOBS, instead(429, message("Slow down."), headers={"Retry-After": "86000"}))],
                "list": [always("api", TREES, instead(404, message("Not Found")))],
                "file": [once("api", BLOBS, instead(404, message("Not Found")), (3, 11)),
                         once("api", BLOBS, instead(200, b"{", headers={"Content-Type": "application/json"}), (6, 7))]}.items():
            with self.subTest(name):
                with Hub(rules, self.world()) as hub:
                    _, again = self.keep(hub, name)
                with Hub(rules, self.world()) as hub:
                    online = self.triage(hub, "--no-cache")
                self.assertEqual((online.status, again.status), (0, 0))
                if name != "limit":  # which says until when
                    self.same(online, again)
                self.assertEqual(online.codes(), again.codes())
                self.assertNotEqual(online.codes(), [])

    def test_a_repository_that_cannot_be_seen_leaves_the_rest_as_it_was(self):
        for status, words in ((404, "not found, or this token cannot see it"), (403, "contents=read"), (410, "gone"),
                              (409, "409")):
            with Hub([always("api", TREES, instead(status, message("Git Repository is empty.")))], self.world()) as hub:
                outcome = self.triage(hub)
                self.assertEqual((outcome.status, outcome.codes(), outcome.error), (0, ["repository-unread"], ""))
                self.assertIn(words, outcome.report["notes"][0]["text"])
                self.assertEqual((self.asked(hub, BLOBS), len(self.asked(hub, TREES))), ([], 1))
                checks = [check for found in outcome.report["diagnoses"] for check in found["checks"]]
                self.assertEqual({check["result"] for check in checks if check["probe"] == "file-matches"}, {"unknown"})
                self.assertEqual(outcome.report["failures"][0]["job"], "deploy-backend")
                self.assertFalse(outcome.report["partial"])

    def test_a_limit_in_the_middle_leaves_what_is_known(self):
        for name, change in {"used up": limited(403, 3300), "asks to wait": instead(429, headers={"Retry-After": "3000"}),
                             "a refusal": instead(403, message("Resource not accessible by personal access token"))}.items():
            with self.subTest(name), Hub([once("api", BLOBS, change, range(6, 99))], self.world()) as hub:
                outcome = self.triage(hub, "--max-wait", "1")
                self.assertEqual((outcome.status, outcome.codes()), (0, ["repository-incomplete"]), outcome.error)
                self.assertRegex(outcome.report["notes"][0]["text"], "files of the repository were not read; the first one cannot"
                                 " be had: .*(rate limit|busy|refused)")
                self.assertEqual(len(self.asked(hub, BLOBS)), 6)
                self.assertTrue({"contradicts", "unknown"} <= self.results(outcome.report))

    def test_a_server_that_breaks_down_is_not_asked_for_every_file(self):
        with Hub([once("api", BLOBS, instead(502, b"<html>Unicorn</html>"), range(4, 99))], self.world()) as hub:
            outcome = self.triage(hub)
            self.assertEqual((outcome.status, outcome.codes()), (0, ["repository-incomplete"]), outcome.error)
            self.assertEqual(len(self.asked(hub, BLOBS)), 3 + 5)

    def test_a_list_that_is_cut_off_is_used_and_said_to_be(self):
        def cut(repository):
            repository.truncated = True
            repository.files = {path: entry for path, entry in repository.files.items() if path < "backend/apps/core/m"}
        with Hub(world=self.world(cut)) as hub:
            outcome = self.triage(hub)
            self.assertEqual((outcome.status, outcome.codes()), (0, ["repository-incomplete"]))
            self.assertIn("cut off", outcome.report["notes"][0]["text"])
            checks = {(check["probe"], check["subject"]): check["result"]
                      for found in outcome.report["diagnoses"] + outcome.report["refuted"] for check in found["checks"]}
            self.assertEqual(checks["command-guarded", "manage.py migrate_schemas"], "contradicts")
            # Nobody can say that it is missing.
            self.assertEqual(checks.get(("django-command", "ensure_public_tenant"), "unknown"), "unknown")


    def test_a_list_that_is_too_long_is_asked_for_folder_by_folder(self):
        def grow(repository):
            repository.long = ("", "backend")
        with Hub(world=self.world()) as hub:
            whole = self.triage(hub)
        with Hub(world=self.world(grow)) as hub:
            parts = self.triage(hub, "--no-cache")
            lists = [request["url"].split(TREES)[1] for request in self.asked(hub, TREES)]
            github = identity(b".github")
            commit = hub.world.repository.commit
            self.assertEqual(lists[:3], [f"{commit}?recursive=1", commit, f"{github}?recursive=1"])
            self.assertEqual(len(lists), len(set(lists)))
            self.assertEqual((parts.status, parts.codes()), (0, []))
            self.assertEqual(self.told(parts.report), self.told(whole.report))
        with Hub(world=self.world(grow)) as hub:
            kept, again = self.keep(hub, "kept")
            self.assertEqual((kept.status, again.status), (0, 0))
            self.same(parts, again)
            online, before = self.triage(hub), len(hub.requests)
            offline = self.triage(hub, "--offline")
            self.assertEqual((offline.out, len(hub.requests)), (online.out, before))


class Economy(Asking):
    """Nothing is asked for that nobody wants to know."""

    FILES = {WORKFLOW: b"on: push\njobs: {test: {steps: [{run: make test}]}}\n", "notes.txt": b"the shop is small\n"}

    def test_a_run_without_a_question_asks_nothing(self):
        passed = World([Job("test", "success", [failing(ASKING)])], conclusion="success", repository=Repository(self.FILES))
        for world in (run_of(QUIET, Repository(self.FILES)), passed):
            with Hub(world=world) as hub:
                outcome = self.ask(hub)
                self.assertEqual((outcome.status, set(self.kinds(hub))), (0, {"other"}))
                self.assertEqual((outcome.codes(), outcome.report["repository"]["why_not"]), ([], "no rule had a question"))

    def test_what_changed_is_asked_for_once(self):
        with Hub(world=run_of(ASKING, Repository(self.FILES, changed=["notes.txt"]))) as hub:
            outcome = self.ask(hub, "--no-cache")
            self.assertEqual(len(self.asked(hub, COMPARE)), 1)
            self.assertEqual(self.checks(outcome.report),
                             {"file-matches": ["supports"], "changed-since-green": ["supports", "unknown"]})

    def test_a_comparison_that_fails_fails_once(self):
        with Hub([always("api", COMPARE, instead(404, message("Not Found")))], run_of(ASKING, Repository(self.FILES))) as hub:
            outcome = self.ask(hub, "--no-cache")
            self.assertEqual((outcome.status, len(self.asked(hub, COMPARE)), outcome.codes()), (0, 1, []))
            self.assertIn("cannot be compared", json.dumps(outcome.report))

    def test_files_that_are_equal_are_one(self):
        files = {f".github/workflows/{i:02}.yml": self.FILES[WORKFLOW] for i in range(50)} | self.FILES
        with Hub(world=run_of(ASKING, Repository(files))) as hub:
            outcome = self.ask(hub, "--no-cache")
            self.assertEqual(outcome.codes(), [])
            self.assertEqual(len(self.asked(hub, BLOBS)), 2)

    def test_only_so_many_workflows_are_asked_for_and_the_run_s_own_is_one(self):
        files = {f".github/workflows/{i:02}.yml": b"on: push\njobs: {}\n# %d\n" % i for i in range(70)} | self.FILES
        files[WORKFLOW] += b"# own\n"
        with Hub(world=run_of(ASKING, Repository(files))) as hub:
            outcome = self.ask(hub)
            blobs = [request["path"].split("/")[-1] for request in self.asked(hub, BLOBS)]
            self.assertEqual(blobs[0], identity(files[WORKFLOW]))
            self.assertEqual(len(blobs), 40 + 1)
            self.assertIn(identity(files["notes.txt"]), blobs)
            self.assertEqual((outcome.status, outcome.codes()), (0, ["repository-incomplete"]))
            self.assertIn("31 files of the repository were not read; the first one was not asked for: 40 files below .github were",
                          outcome.report["notes"][0]["text"])

    def test_no_more_than_16_lists_are_asked_for(self):
        files = {f"d{i:02}/a": b"" for i in range(40)} | {f"d00/e{i:02}/a": b"" for i in range(40)} | self.FILES
        with Hub(world=run_of(ASKING, Repository(files, long=("", "d00")))) as hub:
            outcome = self.ask(hub)
            self.assertEqual((outcome.status, outcome.codes(), len(self.asked(hub, TREES))), (0, ["repository-incomplete"], 16))
            self.assertIn("it has more folders than are listed", outcome.report["notes"][0]["text"])
            self.assertEqual(self.checks(outcome.report)["file-matches"], ["supports"])

    def test_a_folder_that_cannot_be_listed_leaves_the_others(self):
        rules = [always("api", TREES + identity(b"d01"), instead(500))]
        files = {f"d{i:02}/a": b"" for i in range(4)} | self.FILES
        with Hub(rules, run_of(ASKING, Repository(files, long=("",)))) as hub:
            outcome = self.ask(hub)
            self.assertEqual((outcome.status, outcome.codes()), (0, ["repository-incomplete"]))
            self.assertIn("GitHub did not list all folders of it", outcome.report["notes"][0]["text"])
            self.assertEqual(self.checks(outcome.report)["file-matches"], ["supports"])

    def test_no_more_than_64_files_are_asked_for(self):
        files = {f"s/{i:03}/settings.py": b"shops = %d\n" % i for i in range(80)} | self.FILES
        with Hub(world=run_of(["the chain broke"], Repository(files))) as hub:
            outcome = self.ask(hub)
            self.assertEqual((outcome.status, outcome.codes()), (0, ["repository-incomplete"]))
            self.assertEqual(len(self.asked(hub, BLOBS)), 64)
            self.assertIn("was not asked for: 64 files were", outcome.report["notes"][0]["text"])
            self.assertEqual(self.checks(outcome.report), {"file-matches": ["unknown"]})


def listing(*nodes, **more):
    return {"tree": list(nodes), "truncated": False} | more


def nested(depth):
    return b'{"tree":' + b"[" * depth + b"]" * depth + b"}"


class Hostile(Asking):
    """Answers that nobody should give."""

    FILES = Economy.FILES

    def unread(self, body, words, **more):
        answer = body if isinstance(body, bytes) else json.dumps(body).encode()
        rules = [always("api", TREES, instead(200, answer, headers={"Content-Type": "application/json"}))]
        with Hub(rules, run_of(ASKING, Repository(self.FILES))) as hub:
            outcome = self.ask(hub, **more)
            self.assertEqual((outcome.status, outcome.codes()), (0, ["repository-unread"]), outcome.error)
            self.assertIn(words, outcome.report["notes"][0]["text"])
            self.assertLessEqual(len(self.asked(hub, TREES)), 2)
            return outcome

    def test_a_list_that_is_none(self):
        for body, words in ((b"", "is empty"), (b"[]", "holds no list of files"), (b"{", "ends in the middle"),
                            (b'{"tree": {}}', "holds no list of files"), (b'{"tree": [], "tree": []}', "names a member twice"),
                            (nested(70), "nests deeper"), (b'{"tree":[' + b"[]," * 300000 + b"0]}", "values allowed"),
                            (b'{"tree":["' + b"x" * (9 << 20) + b'"]}', "longer than the")):
            with self.subTest(words):
                self.unread(body, words)

    def serve(self, files, change=lambda nodes: None):
        """A triage of a repository whose list `change` may alter."""
        repository = Repository(self.FILES | files)
        nodes = repository.nodes("https://api.example")
        change(nodes["tree"])
        repository.listing = nodes
        with Hub(world=run_of(ASKING, repository)) as hub:
            return self.ask(hub), [request["url"] for request in hub.requests]

    def test_names_that_lead_elsewhere_are_left_out(self):
        for name in ("../notes.txt", "/etc/notes.txt", "a/../../notes.txt", ".git/notes.txt",
                     "a\0/notes.txt", "a//notes.txt", "x" * 2000 + "/notes.txt", 7, None, "", "a/",
                     "\ud800/notes.txt"):
            number = "ab" * 20
            def add(nodes, name=name):
                nodes.insert(0, {"path": name, "mode": "100644", "type": "blob", "sha": number, "size": 3})
            with self.subTest(name):
                outcome, urls = self.serve({}, add)
                self.assertEqual(outcome.status, 0, outcome.error)
                self.assertIn(outcome.codes(), (["repository-incomplete"], ["repository-unread"]))
                self.assertNotIn(number, " ".join(urls))

    def test_ids_that_lead_elsewhere_are_not_asked_for(self):
        for number in ("../../user", "main", "ab" * 32, "AB" * 19 + "/x", "?" * 40, "%2e" * 13 + "x", None, 7):
            def change(nodes, number=number):
                for node in nodes:
                    if node["path"] == "notes.txt":
                        node["sha"] = number
            with self.subTest(number):
                outcome, urls = self.serve({}, change)
                self.assertEqual((outcome.status, outcome.codes()), (0, ["repository-incomplete"]))
                self.assertNotIn("user", " ".join(urls))
                self.assertEqual(sum("/git/" in url for url in urls), 2)

    def test_links_modules_and_large_files_are_not_asked_for(self):
        for entry in (Entry(b"/etc/passwd", mode=LINK), Entry(b"x", mode=MODULE, kind="commit"),
                      Entry(b"the shop\n", size=3 << 20)):
            outcome, urls = self.serve({"notes.txt": entry})
            self.assertEqual((outcome.status, outcome.codes()), (0, []))
            self.assertEqual(sum(BLOBS in url for url in urls), 1)
            self.assertEqual(self.checks(outcome.report)["file-matches"], ["unknown"])

    def test_files_that_come_in_no_usable_form(self):
        for answer, words, tries in (({"encoding": "base64", "content": "%%%"}, "is not the Base64", 2),
                                     ({"encoding": "base64", "content": "QUJD="}, "is not the Base64", 2),
                                     ({"encoding": "none", "content": ""}, "encoding that is not read", 1),
                                     ({"encoding": "base64", "content": 7}, "holds no file", 2),
                                     ([7], "lists a folder", 1),
                                     ({"encoding": "base64", "content": "QUJD" * 1_500_000}, "larger than the", 1),
                                     ({"encoding": "base64", "content": "QUJD" * 3_000_000}, "longer than the", 1)):
            outcome, urls = self.serve({"notes.txt": Entry(b"x", answer=answer)})
            self.assertEqual((outcome.status, outcome.codes()), (0, ["repository-incomplete"]), words)
            self.assertIn(words, outcome.report["notes"][0]["text"])
            self.assertEqual(sum(BLOBS in url for url in urls), 1 + tries, words)

    def test_a_file_longer_than_its_list_says_is_no_trouble_of_the_server(self):
        outcome, _ = self.serve({"notes.txt": Entry(b"x" * (3 << 20), size=3)})
        self.assertEqual((outcome.status, outcome.codes()), (0, []))

    def test_a_list_of_36000_files_is_read(self):
        more = {f"pkg/{i // 100}/{i}": b"" for i in range(36000)}
        repository = Repository(self.FILES)
        repository.listing = Repository(self.FILES | more).nodes("")
        packed = json.dumps(repository.listing, separators=(",", ":")).encode()
        self.assertGreater(packed.count(b",") + packed.count(b"{"), 250000)
        rules = [always("api", TREES, instead(200, packed, headers={"Content-Type": "application/json"}))]
        with Hub(rules, run_of(ASKING, repository)) as hub:
            outcome = self.ask(hub)
            self.assertEqual((outcome.status, outcome.codes()), (0, []))


if __name__ == "__main__":
    Case.PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
    SOURCE = pathlib.Path(sys.argv[2]).resolve()
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
