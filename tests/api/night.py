#!/usr/bin/env python3
"""Many runs for the small GitHub: repositories with their listings, workflows, attempts and archives.

    night = Night()
    orders = night.repository("acme/orders")
    orders.run(hours(2), missing("requests"))                     a run that failed
    orders.run(hours(3), missing("requests"), None)               the same, passed at its second attempt
    with Hub(world=night) as hub: ... --since night.since --until night.until ...

    night.py [--runs N]        serves N runs of the last day, as server.py does

Logs are made when somebody asks for them, so that thousands of runs cost next to nothing. What a listing may not be asked is
in `complaints`.
"""
import argparse
import datetime
import functools
import json
import re
import signal
import sys

import world
from server import Answer, Hub, TOKEN, message
from world import Job, failing

DAY = 86400
BEGIN = datetime.datetime(2026, 3, 2)
FIRST_RUN, FIRST_REPOSITORY = 40000000001, 5001
CAP, PAGE = 1000, 100
SEARCHES = {"branch", "created", "event", "head_sha", "status", "actor", "check_suite_id"}
LISTING = SEARCHES | {"per_page", "page", "exclude_pull_requests"}
JOB_DIGITS, ATTEMPT_DIGITS = 10000, 1000


def hours(number):
    return int(number * 3600)


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Logs:
    """What jobs one attempt had, and their logs. Runs may share one: its archive is packed once."""

    def __init__(self, *jobs, flat=False, packed=None):
        self.jobs, self.flat, self.packed = list(jobs), flat, packed

    def facts(self, index, number, attempt):
        return self.jobs[index].facts(number, attempt)

    @functools.cached_property
    def archive(self):
        return self.packed if self.packed is not None else world.archive(self.jobs, self.flat)

    def text(self, index):
        return self.jobs[index].text().encode()

    @property
    def failed(self):
        return any(job.conclusion == "failure" for job in self.jobs)


@functools.lru_cache(maxsize=None)
def missing(module, job="test"):
    """A failure with a fingerprint of its own for each module."""
    return Logs(Job("lint"), Job(job, "failure", [failing([
        f"ImportError while importing test module '/srv/x/tests/test_{module}.py'.",
        f"E   ModuleNotFoundError: No module named '{module}'", "1 error in 0.12s"])]))


@functools.lru_cache(maxsize=None)
def passing():
    return Logs(Job("lint"), Job("test"))


class Workflow:
    def __init__(self, number, name="CI", path=".github/workflows/ci.yml"):
        self.number, self.name, self.path = number, name, path

    def fits(self, asked):
        return asked in (str(self.number), self.path.split("/")[-1])


class Run:
    """`attempts`: conclusion and logs of each; a conclusion of None means that it still runs."""

    def __init__(self, repository, number, created, workflow, attempts, branch, event, sha, title):
        self.repository, self.number, self.created, self.workflow, self.attempts = repository, number, created, workflow, attempts
        self.branch, self.event, self.title = branch, event, title
        self.sha = sha or f"{number:040x}"
        self.path = f"{repository.base}/actions/runs/{number}"

    def again(self, logs=None, conclusion=None):
        """One more attempt."""
        self.attempts.append(attempt_of(logs, conclusion))

    @property
    def conclusion(self):
        return self.attempts[-1][0]

    def facts(self, attempt=None):
        attempt = attempt or len(self.attempts)
        conclusion = self.attempts[attempt - 1][0]
        begun = self.created + datetime.timedelta(seconds=900 * (attempt - 1))
        return {"id": self.number, "name": self.workflow.name, "path": self.workflow.path, "event": self.event,
                "workflow_id": self.workflow.number, "run_attempt": attempt, "run_number": self.number - FIRST_RUN + 1,
                "head_branch": self.branch, "head_sha": self.sha, "display_title": self.title,
                "status": "completed" if conclusion else "in_progress", "conclusion": conclusion,
                "created_at": stamp(self.created), "run_started_at": stamp(begun),
                "updated_at": stamp(begun + datetime.timedelta(seconds=700)), "pull_requests": [],
                "html_url": f"https://github.com/{self.repository.name}/actions/runs/{self.number}",
                "jobs_url": self.path + "/jobs", "logs_url": self.path + "/logs", "repository": self.repository.facts,
                "head_repository": self.repository.facts}

    def job_number(self, attempt, index):
        return self.number * JOB_DIGITS + attempt * ATTEMPT_DIGITS + index

    def jobs(self, attempt):
        logs = self.attempts[attempt - 1][1]
        return [self.job(attempt, index) for index in range(len(logs.jobs) if logs else 0)]

    def job(self, attempt, index):
        number = self.job_number(attempt, index)
        return {**self.attempts[attempt - 1][1].facts(index, number, attempt), "run_id": self.number,
                "head_sha": self.sha, "workflow_name": self.workflow.name}


def attempt_of(logs, conclusion=None):
    """`conclusion`: where it is not what the jobs tell."""
    if conclusion:
        return conclusion if conclusion != "in_progress" else None, logs
    return "failure" if logs and logs.failed else "success", logs or passing()


class Repository:
    def __init__(self, night, number, name):
        self.night, self.number, self.name, self.base = night, number, name, f"/repos/{name}"
        self.runs, self.archived, self.hidden = [], False, False
        self.ci = self.workflow()

    def workflow(self, name="CI", file="ci.yml"):
        self.night.workflows += 1
        return Workflow(self.night.workflows, name, f".github/workflows/{file}")

    @functools.cached_property
    def facts(self):
        """As bulky as the real ones: a listing repeats them with each run."""
        kinds = ("archive assignees blobs branches collaborators comments commits compare contents contributors deployments "
                 "downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels "
                 "languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags "
                 "teams trees").split()
        owner, name = self.name.split("/")
        return {"id": self.number, "full_name": self.name, "name": name, "private": False, "fork": False,
                "archived": self.archived, "disabled": False, "owner": {"login": owner, "id": 1, "type": "Organization"},
                **{f"{kind}_url": f"https://api.github.com/repos/{self.name}/{kind}{{/sha}}" for kind in kinds}}

    def run(self, at, *attempts, conclusion=None, workflow=None, branch="main", event="push", sha=None, title="A change",
            number=None):
        """A run created `at` seconds after the night began. `attempts`: the logs of each, None for one that passed;
        `conclusion`: of the newest attempt, where the jobs do not tell it, such as startup_failure or in_progress."""
        made = [attempt_of(logs) for logs in attempts or [None]]
        if conclusion:
            made[-1] = attempt_of(attempts[-1] if attempts else None, conclusion)
        self.night.numbers += 1
        run = Run(self, number or FIRST_RUN + self.night.numbers, self.night.begin + datetime.timedelta(seconds=at),
                  workflow or self.ci, made, branch, event, sha, title)
        self.runs.append(run)
        self.night.by_number[run.number] = run
        return run


def moment(text):
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(text, form)
        except ValueError:
            pass
    return None


def created_test(text):
    """GitHub's search syntax: A..B with * for an open end, >=A, <=A, >A, <A, or a day. None if it is none of these."""
    day = datetime.timedelta(days=1)
    if ".." in text:
        first, last = text.split("..", 1)
        low = datetime.datetime.min if first == "*" else moment(first)
        high = datetime.datetime.max if last == "*" else moment(last)
        if not low or not high:
            return None
        return lambda at: low <= at <= high
    found = re.fullmatch(r"(>=|<=|>|<)?(.*)", text)
    at = moment(found[2])
    if not at:
        return None
    tests = {">=": lambda when: when >= at, "<=": lambda when: when <= at, ">": lambda when: when > at,
             "<": lambda when: when < at, None: lambda when: at <= when < at + day}
    return tests[found[1]]


class Night:
    """`begin`: what the times of runs are counted from. `length`: seconds of the window."""

    def __init__(self, begin=BEGIN, length=DAY):
        self.begin, self.length = begin, length
        self.repositories, self.organisations, self.by_number, self.complaints = {}, {}, {}, []
        self.numbers = self.workflows = 0

    @property
    def since(self):
        return stamp(self.begin)

    @property
    def until(self):
        return stamp(self.begin + datetime.timedelta(seconds=self.length))

    def repository(self, name):
        made = Repository(self, FIRST_REPOSITORY + len(self.repositories), name)
        self.repositories[name.lower()] = made
        self.organisations.setdefault(name.split("/")[0].lower(), []).append(made)
        return made

    # What the server asks of a world.

    def gone(self, path):
        run = self.named(path)
        if not run:
            return 404
        attempt, _ = self.place(path, run)
        conclusion, logs = run.attempts[attempt - 1] if 1 <= attempt <= len(run.attempts) else (None, None)
        return None if logs and (conclusion or "/jobs/" in path) else 404

    def logs(self, path):
        run = self.named(path)
        attempt, index = self.place(path, run)
        logs = run.attempts[attempt - 1][1]
        return logs.archive if index is None else logs.text(index)

    def facts(self, api, path, query):
        found = re.fullmatch(r"/orgs/([^/]+)/repos", path)
        if found:
            return self.of_organisation(api, path, query, found[1])
        found = re.fullmatch(r"(?:/repos/([^/]+/[^/]+)|/repositories/(\d+))(/.*)?", path)
        repository = self.known(found[1], found[2]) if found else None
        if not repository or repository.hidden:
            return None
        rest = found[3] or ""
        asked = re.fullmatch(r"/actions(?:/workflows/([^/]+))?/runs", rest)
        if asked:
            return self.listing(api, query, repository, asked[1])
        return (repository.facts, {}) if not rest else self.of_run(api, path, query, rest)

    # How it answers.

    def known(self, name, number):
        if name:
            return self.repositories.get(name.lower())
        return next((made for made in self.repositories.values() if made.number == int(number)), None)

    def named(self, path):
        """The run that a path below /actions/runs or /actions/jobs is about."""
        found = re.search(r"/actions/(runs|jobs)/(\d+)", path)
        number = int(found[2]) if found else 0
        run = self.by_number.get(number if found and found[1] == "runs" else number // JOB_DIGITS)
        return None if not run or run.repository.hidden else run

    @staticmethod
    def place(path, run):
        """Attempt, and index of the job (None: of all)."""
        found = re.search(r"/jobs/(\d+)", path)
        if found:
            return int(found[1]) % JOB_DIGITS // ATTEMPT_DIGITS, int(found[1]) % ATTEMPT_DIGITS
        found = re.search(r"/attempts/(\d+)", path)
        return int(found[1]) if found else len(run.attempts), None

    def of_run(self, api, path, query, rest):
        if re.fullmatch(r"/check-runs/\d+/annotations", rest):
            return [], {}
        run = self.named(rest)
        if not run:
            return None
        attempt, index = self.place(rest, run)
        if not 1 <= attempt <= len(run.attempts):
            return None
        if index is not None:
            return run.job(attempt, index), {}
        if rest.endswith("/jobs"):
            return self.page(api, path, query, run.jobs(attempt), lambda job: job, "jobs")
        return run.facts(attempt), {}

    def of_organisation(self, api, path, query, name):
        owned = self.organisations.get(name.lower())
        if owned is None:
            return None
        made, headers = self.page(api, path, query, [one for one in owned if not one.hidden], lambda one: one.facts, "items")
        return made["items"], headers

    def listing(self, api, query, repository, workflow):
        strange = set(query) - LISTING
        fits = created_test(query["created"][0]) if "created" in query else lambda at: True
        if strange or not fits:
            self.complaints.append(f"a listing was asked for {query}")
            return Answer(422, message("Validation Failed"))
        runs = [run for run in repository.runs if fits(run.created) and (not workflow or run.workflow.fits(workflow))]
        for name, of in (("branch", lambda run: run.branch), ("event", lambda run: run.event), ("head_sha", lambda run: run.sha)):
            if name in query:
                runs = [run for run in runs if of(run) == query[name][0]]
        if "status" in query:
            wanted = query["status"][0]
            runs = [run for run in runs if wanted in (run.conclusion, "completed" if run.conclusion else "in_progress")]
        if workflow and not runs and not any(run.workflow.fits(workflow) for run in repository.runs):
            return None
        runs.sort(key=lambda run: (run.created, run.number), reverse=True)
        path = f"/repositories/{repository.number}/actions/{f'workflows/{workflow}/' if workflow else ''}runs"
        return self.page(api, path, query, runs, Run.facts, "workflow_runs", CAP if SEARCHES & set(query) else None)

    def page(self, api, path, query, items, of, name, cap=None):
        size, number = (int(query.get(key, [usual])[0]) for key, usual in (("per_page", "30"), ("page", "1")))
        if not 1 <= size <= PAGE or number < 1:
            self.complaints.append(f"page {number} of {size} items")
            size = PAGE
        end = min(len(items), cap or len(items))
        shown = items[(number - 1) * size:min(number * size, end)]
        again = "&".join(f"{key}={quoted(value[0])}" for key, value in query.items() if key != "page")
        links = [f'<{api}{path}?{again}&page={at}>; rel="{relation}"' for relation, at, wanted in (
            ("prev", number - 1, number > 1), ("next", number + 1, number * size < end),
            ("last", (end + size - 1) // size, number * size < end), ("first", 1, number > 1)) if wanted]
        return {"total_count": len(items), name: [of(item) for item in shown]}, {"Link": ", ".join(links)} if links else {}


def quoted(text):
    return "".join(c if c.isalnum() or c in "-._~" else "".join(f"%{byte:02X}" for byte in c.encode()) for c in text)


def bulk(count, begin=BEGIN, length=DAY, failing_share=5, causes=7, repositories=1):
    """`count` runs, evenly over the night; one of `failing_share` failed, for one of `causes` reasons."""
    night = Night(begin, length)
    made = [night.repository(f"acme/bulk-{i}" if i else "acme/bulk") for i in range(repositories)]
    for i in range(count):
        logs = missing(f"module_{i // failing_share % causes}") if i % failing_share == 0 else None
        made[i % repositories].run(i * length // count, logs, branch="main" if i % 3 else f"topic-{i % 11}",
                                   event="push" if i % 3 else "pull_request")
    return night


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=2000)
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0, tzinfo=None)
    night = bulk(arguments.parse_args().runs, now - datetime.timedelta(days=1))
    hub = Hub(world=night)
    print(json.dumps({"api": hub.api, "store": hub.store, "token": TOKEN, "repositories": list(night.repositories)}), flush=True)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    sys.exit(main())
