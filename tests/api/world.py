"""Runs of any shape for the small GitHub: jobs with steps, attempts, archives of every spelling.

    world = World([Job("test (3.11)", "failure", [Step("Run tests", "failure", ["boom"])])])
    with Hub(world=world) as hub: ...
"""
import base64
import datetime
import io
import re
import zipfile

from repository import COMMIT, GREEN_COMMIT
from server import BASE, RUN

START = datetime.datetime(2026, 11, 20, 2, 0, 0)
STEP_SECONDS, WORKFLOW, GREEN = 10, 77, RUN - 1


def stamp(seconds):
    return (START + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def line_stamp(seconds):
    return (START + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.%f0Z ")


class Step:
    def __init__(self, name, conclusion="success", lines=("done",)):
        self.name, self.conclusion, self.lines = name, conclusion, lines


class Job:
    """`seconds`: how long it ran; no whole number of minutes, as if no time limit had ended it."""

    def __init__(self, name, conclusion="success", steps=None, status="completed", seconds=607):
        self.name, self.conclusion, self.status, self.seconds = name, conclusion, status, seconds
        self.steps = [Step("Set up job", lines=["Current runner version: '2.330.0'"])] + (steps or [Step("Build")])
        if conclusion == "skipped":
            self.steps = []

    def texts(self):
        """Number, name and text of each step that left a log."""
        for number, step in enumerate(self.steps, 1):
            if step.conclusion != "skipped":
                at = number * STEP_SECONDS
                yield number, step.name, "".join(f"{line_stamp(at + i / 100)}{line}\n" for i, line in enumerate(step.lines))

    def text(self):
        return "".join(text for _, _, text in self.texts())

    def facts(self, number, attempt):
        steps = [{"name": step.name, "number": i, "status": "completed", "conclusion": step.conclusion,
                  "started_at": stamp(i * STEP_SECONDS), "completed_at": stamp((i + 1) * STEP_SECONDS - 1)}
                 for i, step in enumerate(self.steps, 1)]
        return {"id": number, "run_id": RUN, "run_attempt": attempt, "name": self.name, "status": self.status,
                "conclusion": self.conclusion, "started_at": stamp(0), "completed_at": stamp(self.seconds), "steps": steps,
                "runner_name": "runner 1" if steps else ""}


def failing(lines, name="Run tests"):
    """A `run:` step as the runner prints it."""
    return Step(name, "failure", ["##[group]Run make test", "\x1b[36;1mmake test\x1b[0m", "shell: /usr/bin/bash -e {0}",
                                  "##[endgroup]", *lines, "##[error]Process completed with exit code 2."])


def spelled(name):
    """As the service writes a job's name into the archive."""
    return re.sub(r'["*/:<>?\\|]', "", name).encode("utf-16-le")[:180].decode("utf-16-le", "replace")


def archive(jobs, flat=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        used = set()
        for ordinal, job in enumerate(jobs):
            name, again = spelled(job.name), 1
            while name in used:
                name, again = f"{spelled(job.name)} ({again})", again + 1
            used.add(name)
            if not job.steps:
                continue
            made.writestr(f"{ordinal}_{name}.txt", job.text())
            for number, step, text in [] if flat else job.texts():
                made.writestr(f"{name}/{number}_{spelled(step)}.txt", text)
    return out.getvalue()


class World:
    """`attempts`: the jobs of each attempt, the first one first. `archive`: bytes instead of an honest one; `gone`: the
    status of all logs; `workflow`: the text of its workflow file; `repository`: its files (repository.py)."""

    def __init__(self, *attempts, status="completed", conclusion="failure", flat=False, packed=None, gone=None,
                 archive_gone=None, annotations=(), workflow=None, repository=None):
        self.attempts, self.status, self.conclusion, self.flat, self.packed = attempts, status, conclusion, flat, packed
        self.all_gone, self.archive_gone, self.annotations = gone, archive_gone, list(annotations)
        self.workflow, self.repository = workflow, repository

    def number(self, attempt, index):
        return RUN + attempt * 1000 + index

    def job(self, number):
        return self.attempts[(number - RUN) // 1000 - 1][(number - RUN) % 1000]

    def gone(self, path):
        return self.all_gone or (self.archive_gone if "/runs/" in path else None)

    def logs(self, path):
        found = re.search(r"/jobs/(\d+)/logs$", path)
        if found:
            return self.job(int(found.group(1))).text().encode()
        found = re.search(r"/attempts/(\d+)/logs$", path)
        jobs = self.attempts[int(found.group(1)) - 1] if found else self.attempts[-1]
        return self.packed if self.packed is not None else archive(jobs, self.flat)

    def run(self, attempt):
        jobs = self.attempts[attempt - 1]
        failed = any(job.conclusion == "failure" for job in jobs)
        conclusion = self.conclusion if attempt == len(self.attempts) else "failure" if failed else "success"
        return {"id": RUN, "name": "CI", "path": ".github/workflows/ci.yml", "event": "push", "run_attempt": attempt,
                "workflow_id": WORKFLOW, "head_sha": COMMIT, "head_branch": "main",
                "status": self.status, "conclusion": conclusion, "created_at": stamp(0), "run_started_at": stamp(0),
                "updated_at": stamp(700)}

    def listing(self, api, path, query, attempt):
        size, page = int(query.get("per_page", ["30"])[0]), int(query.get("page", ["1"])[0])
        jobs = [job.facts(self.number(attempt, i), attempt) for i, job in enumerate(self.attempts[attempt - 1])]
        more = f'<{api}{path}?per_page={size}&page={page + 1}>; rel="next"'
        headers = {"Link": more} if page * size < len(jobs) else {}
        return {"total_count": len(jobs), "jobs": jobs[(page - 1) * size:page * size]}, headers

    def facts(self, api, path, query):
        found = re.fullmatch(rf"{BASE}/actions/runs/{RUN}(?:/attempts/(\d+))?(/jobs)?", path)
        if found:
            attempt = int(found.group(1) or len(self.attempts))
            if not 1 <= attempt <= len(self.attempts):
                return None
            return self.listing(api, path, query, attempt) if found.group(2) else (self.run(attempt), {})
        found = re.fullmatch(rf"{BASE}/actions/jobs/(\d+)", path)
        if found:
            number = int(found.group(1))
            return self.job(number).facts(number, (number - RUN) // 1000), {}
        if re.fullmatch(rf"{BASE}/check-runs/\d+/annotations", path):
            return self.annotations, {}
        if re.fullmatch(rf"{BASE}/actions/workflows/{WORKFLOW}/runs", path):
            return {"total_count": 1, "workflow_runs": [{"id": GREEN, "head_sha": GREEN_COMMIT, "created_at": stamp(-900)}]}, {}
        if path == f"{BASE}/contents/.github/workflows/ci.yml" and query == {"ref": [COMMIT]} and self.workflow is not None:
            content = base64.encodebytes(self.workflow.encode()).decode()
            return {"type": "file", "encoding": "base64", "size": len(self.workflow), "content": content}, {}
        return self.repository.facts(api, path, query) if self.repository else None
