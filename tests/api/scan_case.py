"""What tests of `firstfault scan` are made of: nights scanned with one database, and what the server saw of each scan."""
import json
import re
import subprocess
import tempfile

from case import Case, SECONDS
from server import TOKEN

STATES = {"new", "known", "back", "fixed"}
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LISTINGS = re.compile(r"/actions/(workflows/[^/]+/)?runs$|^/orgs/")


class Scan:
    """How one ended, what it said (as JSON), and the requests that it made."""

    def __init__(self, done, requests):
        self.status, self.error, self.out, self.requests = done.status, done.error, done.out, requests
        self.report = done.report

    @property
    def runs(self):
        return self.report["runs"]

    def counts(self):
        return {name: self.runs[name] for name in ("failed", "analysed", "known", "expired", "errors")}

    def groups(self):
        return self.report["groups"]

    def group(self, words):
        """The one group whose title has these words; None: there is none."""
        found = [group for group in self.groups() if re.search(rf"\b{re.escape(words)}\b", group["title"])]
        assert len(found) < 2, f"{len(found)} groups of {words}"
        return found[0] if found else None

    def states(self):
        return {group["title"]: group["state"] for group in self.groups()}

    def numbers(self, group):
        return sorted(run["id"] for run in (group["runs"] if isinstance(group, dict) else self.group(group)["runs"]))

    def told(self):
        """Every run that stands somewhere."""
        return {run["id"] for group in self.groups() for run in group["runs"]} | set(self.unexplained())

    def unexplained(self):
        return sorted(run["id"] for run in self.report["unexplained"]["runs"])

    def codes(self):
        return [note["code"] for note in self.report["notes"]]

    def listings(self):
        return [request for request in self.requests if request["side"] == "api" and LISTINGS.search(request["path"])]

    def others(self):
        """All requests but listings: jobs, archives, logs of jobs, downloads."""
        return [request for request in self.requests if request not in self.listings()]


class ScanCase(Case):
    def arguments(self, night, repositories=None, window=None):
        since, until = window or (night.since, night.until)
        named = repositories if repositories is not None else [made.name for made in night.repositories.values()]
        return [*(word for name in named for word in ("-R", name)), "--since", since, "--until", until]

    def scan(self, hub, *arguments, repositories=None, window=None, form="json", status=0, **more):
        """Scans the night of `hub` and looks at what must hold whatever it says. `status` None: any."""
        before = len(hub.requests)
        done = self.run_program(hub, "scan", *self.arguments(hub.world, repositories, window), "--format", form, *arguments,
                                **more)
        made = Scan(done, hub.requests[before:])
        if status is not None:
            self.assertEqual(made.status, status, made.error)
        self.assertEqual(hub.world.complaints, [])
        if made.report:
            self.holds_together(made)
        return made

    def holds_together(self, made):
        report, runs = made.report, made.report["runs"]
        self.assertEqual(report["schema"], "firstfault.scan/1")
        self.assertEqual(runs["failed"], sum(runs[name] for name in ("analysed", "known", "expired", "errors")), runs)
        self.assertLessEqual(runs["failed"], runs["listed"])
        prints = [group["fingerprint"] for group in report["groups"]]
        self.assertEqual(len(prints), len(set(prints)), "a group stands twice")
        for group in report["groups"]:
            self.assertIn(group["state"], STATES)
            self.assertEqual(group["count"], len(group["runs"]), group["title"])
            ids = [(run["repository"], run["id"]) for run in group["runs"]]
            self.assertEqual(len(ids), len(set(ids)), f"{group['title']}: a run stands twice")
            self.assertTrue(group["under"] is None or group["under"] in prints)
        self.assertIsNone(FORBIDDEN.search(made.out))

    def everything_is_told(self, made, runs):
        """Each of these failed runs stands in the page, and no other."""
        self.assertEqual(made.told(), {run.number for run in runs})
        self.assertEqual(made.runs["failed"], len(runs))

    def reads_no_logs(self, made):
        self.assertEqual([request["path"] for request in made.others()], [])

    def export(self, hub, *arguments, scans=False):
        """The lines of `history export`; of the scans only on request."""
        done = self.run_program(hub, "history", "export", *arguments)
        self.assertEqual(done.status, 0, done.error)
        lines = [json.loads(line) for line in done.out.splitlines()]
        return [line for line in lines if scans or line["kind"] != "scan"]

    def start(self, hub, *arguments):
        """A scan that runs while the test goes on; the caller ends it."""
        said = [tempfile.TemporaryFile("w+", encoding="utf-8") for _ in range(2)]
        made = subprocess.Popen([self.PROGRAM, "scan", *self.arguments(hub.world), "--format", "json", *arguments],
                                env=self.environment(hub, TOKEN), stdin=subprocess.DEVNULL, stdout=said[0], stderr=said[1],
                                cwd=self.place / "work")
        made.said = said
        self.addCleanup(self.end, made)
        return made

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.wait()
        for file in process.said:
            file.close()

    def finish(self, process):
        process.wait(SECONDS)
        for file in process.said:
            file.seek(0)
        out, error = (file.read() for file in process.said)
        self.assertNotIn("Sanitizer", error)
        self.assertNotIn(TOKEN, out + error)
        return process.returncode, out, error
