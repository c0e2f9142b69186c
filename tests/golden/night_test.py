#!/usr/bin/env python3
"""A night of thirteen example runs, served as GitHub would, must give the pages of night/, byte by byte but for the version,
the catalog's digest and the hour at which the page was made.

    night_test.py PROGRAM SOURCE_FOLDER WORK_FOLDER

Three evenings before it are scanned first, so that some of what fails is known, one failure is back and one is fixed. The pages
are those of the night's first scan; a second one, which finds everything known, must load no log.
FIRSTFAULT_BLESS=1 writes what the program says instead; read the difference before you keep it.
"""
import datetime
import difflib
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import cases_test

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "api"))
from example import Example
from night import DAY, Night, hours, stamp
from server import Hub, TOKEN

FORMATS = {"expected.json": "json", "expected.md": "markdown", "expected.html": "html"}
SECONDS = 240
MASKS = [(re.compile(r" --db '?[^'`<]*\.db'?"), " --db FILE"),
         (re.compile(r'("made_at": *")[^"]*'), r"\1TIME"),
         (re.compile(r'on <time datetime="[^"]*">[^<]*</time> UTC, catalog <code>[0-9a-f]+'), "on TIME UTC, catalog <code>DIGEST")]


def tell(night, example):
    """The runs of the night and of the evenings before it."""
    def run(repository, at, name, *more, workflow=None, **facts):
        logs = example(name)
        end = {} if more else {"conclusion": logs.conclusion}
        path = logs.run_facts["workflow_path"]
        flow = workflow or flows.setdefault((repository.name, path), repository.workflow(TITLES.get(name, "CI"), path.split("/")[-1]))
        facts.setdefault("sha", logs.run_facts["sha"])
        return repository.run(at, logs, *more, workflow=flow, **end, **facts)

    flows = {}
    meats, orders, portal, ledger = (night.repository(name) for name in (
        "Meats-Central/ProjectMeats", "acme-dairy/orders", "acme-dairy/portal", "acme-dairy/ledger"))
    storefront, herd, scaled, hull = (night.repository(f"acme-dairy/{name}") for name in ("storefront", "herd", "scaled", "hull"))
    # The evenings before.
    run(herd, hours(-50), "rspec-database-down", sha="1" * 40)
    run(ledger, hours(-20), "pytest-fixture-chain", sha="2" * 40)
    run(portal, hours(-19), "tenant-hard-fail")
    herd.run(hours(-18), workflow=flows["acme-dairy/herd", ".github/workflows/test.yml"], sha="3" * 40)
    # The night.
    run(meats, hours(5), "flagship", title="Deploy to production")
    run(meats, hours(6), "super-tenant-missing", title="Deploy to production")
    run(meats, hours(8), "flagship-container-log", title="Print the container's log when the check fails")
    run(orders, hours(1), "two-faults", title="Rebates by quarter", branch="rebates", event="pull_request")
    run(orders, hours(9), "two-faults", title="Rebates by quarter", sha="4" * 40)
    run(orders, hours(22), "job-timeout", title="Nightly integration", event="schedule")
    run(storefront, hours(7), "jest-snapshot-matrix", title="Greet by name", branch="greeting", event="pull_request")
    run(storefront, hours(7.5), "jest-snapshot-matrix", None, title="Greet by first name", sha="6" * 40)
    run(ledger, hours(2), "pytest-fixture-chain", title="Sales abroad")
    run(ledger, hours(3), "docker-build-502", title="Release 4.2")
    ledger.run(hours(4), workflow=flows["acme-dairy/ledger", ".github/workflows/release.yml"], title="Release 4.2",
               sha=example("docker-build-502").run_facts["sha"])
    run(portal, hours(10), "npm-peer-conflict", title="Bump calendar", branch="renovate/calendar", event="pull_request")
    run(portal, hours(11), "npm-peer-conflict", title="New booking form", branch="booking", event="pull_request", sha="5" * 40)
    run(portal, hours(12), "missing-secret", title="Image from a fork", branch="fork/image", event="pull_request")
    portal.run(hours(13), conclusion="startup_failure", title="Tidy the workflows", branch="tidy",
               workflow=portal.workflow("Image again", "image-2.yml"))
    portal.run(hours(14), workflow=flows["acme-dairy/portal", ".github/workflows/deploy.yml"])
    run(herd, hours(15), "rspec-database-down", title="Calves")
    run(scaled, hours(16), "gcc-werror", title="gcc 14")
    run(hull, hours(17), "unknown-tool", title="Thicker planks")
    for i in range(20):
        orders.run(hours(1) + i * hours(1), workflow=flows["acme-dairy/orders", ".github/workflows/ci.yml"])


TITLES = {"flagship": "Production deployment", "super-tenant-missing": "Production deployment", "job-timeout": "Integration",
          "flagship-container-log": "Production deployment", "docker-build-502": "Release", "tenant-hard-fail": "Deploy",
          "npm-peer-conflict": "Web", "missing-secret": "Image", "rspec-database-down": "Tests", "pytest-fixture-chain": "Tests",
          "gcc-werror": "Build", "unknown-tool": "Checks"}


class Golden:
    def __init__(self, program, source, work):
        self.program, self.source, self.work = program, pathlib.Path(source), pathlib.Path(work)
        self.folder = self.source / "tests" / "golden" / "night"
        self.faults, self.bless = [], os.environ.get("FIRSTFAULT_BLESS") == "1"

    def environment(self, hub):
        kept = {key: value for key, value in os.environ.items() if key.startswith(("ASAN_", "UBSAN_", "LSAN_", "TSAN_"))}
        return {**kept, "PATH": os.environ["PATH"], "HOME": str(self.work), "LC_ALL": "C.UTF-8", "NO_PROXY": "*",
                "GITHUB_API_URL": hub.api, "GH_TOKEN": TOKEN}

    def scan(self, hub, window, form, database):
        names = [word for repository in hub.world.repositories.values() for word in ("-R", repository.name)]
        done = subprocess.run([self.program, "scan", *names, "--since", window[0], "--until", window[1], "--format", form,
                               "--db", str(self.work / database)], env=self.environment(hub), cwd=self.work,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS, check=False)
        if done.returncode or done.stderr:
            self.faults.append(f"{window[0]}, {form}: status {done.returncode}, {done.stderr.decode('utf-8', 'replace')}")
        return done.stdout.decode("utf-8")

    def expect(self, file, out):
        if self.bless:
            file.write_text(out, "utf-8")
        elif out != file.read_text("utf-8"):
            self.faults.append("".join(difflib.unified_diff(file.read_text("utf-8").splitlines(True), out.splitlines(True),
                                                            file.name, "now")))

    def compare(self, hub, windows):
        for window in windows[:-1]:
            self.scan(hub, window, "json", "before.db")
        for name, form in FORMATS.items():
            shutil.copyfile(self.work / "before.db", self.work / f"{form}.db")
            self.expect(self.folder / name, masked(self.scan(hub, windows[-1], form, f"{form}.db")))
        before = len(hub.requests)
        again = json.loads(self.scan(hub, windows[-1], "json", "json.db"))
        if [request["path"] for request in hub.requests[before:] if "/runs/" in request["path"] or "/jobs/" in request["path"]]:
            self.faults.append("the second scan loaded logs")
        if again["runs"]["known"] != again["runs"]["failed"]:
            self.faults.append(f"the second scan: {again['runs']}")


def masked(text):
    text = cases_test.masked(text)
    for pattern, substitute in MASKS:
        text = pattern.sub(substitute, text)
    return text


def main(program, source, work):
    shutil.rmtree(work, ignore_errors=True)
    pathlib.Path(work).mkdir(parents=True)
    made = Night()
    tell(made, functools.lru_cache(maxsize=None)(Example))
    begin = made.begin
    edges = [stamp(begin + datetime.timedelta(seconds=at)) for at in (-3 * DAY, -2 * DAY, -DAY, 0, DAY)]
    it = Golden(program, source, work)
    with Hub(world=made) as hub:
        it.compare(hub, list(zip(edges, edges[1:])))
    it.faults += made.complaints
    sys.stdout.write("".join(f"{fault}\n" for fault in it.faults))
    return 1 if it.faults else 0


if __name__ == "__main__":
    sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve()), *sys.argv[2:4]))
