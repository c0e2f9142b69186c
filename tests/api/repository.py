"""A repository for the small GitHub: the list of its files, their bytes, and what differs from another commit.

    repository = Repository({"manage.py": b"..."})
    with Hub(world=World([...], repository=repository)) as hub: ...
"""
import base64
import hashlib
import io
import pathlib
import re
import zipfile

from server import BASE, REPOSITORY, RUN

COMMIT = "0123456789abcdef0123456789abcdef01234567"
GREEN_COMMIT = "f" * 40
FILE, LINK, MODULE = "100644", "120000", "160000"
STAMP = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z ")


def identity(content):
    """As git names a file."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Entry:
    """What the list says of a file, and what comes when it is asked for; None: as it should be."""

    def __init__(self, content=b"", mode=FILE, kind="blob", size=None, answer=None):
        self.content, self.mode, self.kind, self.answer = content, mode, kind, answer
        self.size = len(content) if size is None else size


class Repository:
    """`files`: path -> bytes or Entry; `changed`: what differs from the last green run; `listing`: the answer to the question
    for the list of files, instead of an honest one; `long`: folders with so much below that it is no answer ("": the root)."""

    def __init__(self, files, commit=COMMIT, changed=(), truncated=False, listing=None, status="ahead", long=()):
        self.files = {path: entry if isinstance(entry, Entry) else Entry(entry) for path, entry in files.items()}
        self.commit, self.changed, self.truncated, self.listing, self.status = commit, changed, truncated, listing, status
        self.long = long

    @classmethod
    def of_folder(cls, folder, **more):
        root = pathlib.Path(folder)
        return cls({path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()},
                   **more)

    def nodes(self, api, below="", deep=True):
        """What is in a folder: folders first where they begin, as the service lists them."""
        told, listed = set(), []
        for whole, entry in sorted(self.files.items()):
            if not whole.startswith(below + "/" * bool(below)):
                continue
            path = whole[len(below) + bool(below):]
            parts = path.split("/")
            for depth in range(1, len(parts)):
                folder = "/".join(parts[:depth])
                if folder not in told:
                    told.add(folder)
                    number = identity((below + "/" * bool(below) + folder).encode())
                    listed.append({"path": folder, "mode": "040000", "type": "tree", "sha": number})
            number = identity(entry.content)
            node = {"path": path, "mode": entry.mode, "type": entry.kind, "sha": number}
            if entry.kind == "blob":
                node |= {"size": entry.size, "url": f"{api}{BASE}/git/blobs/{number}"}
            listed.append(node)
        listed = [node for node in listed if deep or "/" not in node["path"]]
        return {"sha": self.commit, "url": f"{api}{BASE}/git/trees/{self.commit}", "tree": listed, "truncated": self.truncated}

    def tree(self, api, number, deep):
        """The answer to the question for a folder; None if there is none of that id."""
        folders = {"/".join(path.split("/")[:depth]) for path in self.files for depth in range(path.count("/") + 1)}
        for folder in folders:
            if number == (identity(folder.encode()) if folder else self.commit):
                if deep and folder in self.long:
                    return b" " * (8 << 20) + b"1", {"Content-Type": "application/json"}
                return self.nodes(api, folder, deep), {}
        return None

    def blob(self, number):
        for entry in self.files.values():
            if entry.kind == "blob" and identity(entry.content) == number:
                return entry.answer or {"sha": number, "size": len(entry.content), "encoding": "base64",
                                        "content": base64.encodebytes(entry.content).decode()}
        return None

    def comparison(self):
        files = [{"filename": path, "status": "modified", "changes": 1} for path in self.changed]
        return {"status": self.status, "ahead_by": 1, "behind_by": 0, "total_commits": 1, "commits": [], "files": files}

    def facts(self, api, path, query):
        """The answer as a pair of a body and headers; None where there is none."""
        found = re.fullmatch(rf"{BASE}/git/trees/([0-9a-f]{{40}})", path)
        if found:
            deep = query == {"recursive": ["1"]}
            return (self.listing, {}) if self.listing is not None else self.tree(api, found.group(1), deep)
        if path == f"{BASE}/compare/{GREEN_COMMIT}...{self.commit}":
            return self.comparison(), {}
        found = re.fullmatch(rf"{BASE}/git/blobs/([0-9a-f]{{40}})", path)
        blob = self.blob(found.group(1)) if found else None
        return (blob, {}) if blob is not None else None


class Archived:
    """A world (see world.py) made of an example run of the corpus: its archive, and API facts of its names and times.
    `conclusions`: job -> conclusion; `failed`: job and number of each step that failed."""

    def __init__(self, path, conclusions, failed, repository=None, workflow_path=".github/workflows/ci.yml"):
        self.packed, self.repository, self.workflow_path = pathlib.Path(path).read_bytes(), repository, workflow_path
        self.jobs = []
        with zipfile.ZipFile(io.BytesIO(self.packed)) as archive:
            for name, conclusion in conclusions.items():
                self.jobs.append(self.job(name, conclusion, failed, archive))

    def job(self, name, conclusion, failed, archive):
        steps = []
        for entry in archive.namelist():
            found = re.fullmatch(re.escape(name) + r"/(\d+)_(.*)\.txt", entry)
            if found:
                number, stamps = int(found.group(1)), STAMP.findall(archive.read(entry))
                steps.append({"name": found.group(2), "number": number, "status": "completed",
                              "conclusion": "failure" if (name, number) in failed else "success",
                              "started_at": stamps[0].decode() + "Z", "completed_at": stamps[-1].decode() + "Z"})
        steps.sort(key=lambda step: step["number"])
        return {"id": RUN + 1 + len(self.jobs), "run_id": RUN, "run_attempt": 1, "name": name, "status": "completed",
                "conclusion": conclusion, "steps": steps, "runner_name": "runner 1" if steps else "",
                "started_at": steps[0]["started_at"] if steps else None,
                "completed_at": steps[-1]["completed_at"] if steps else None}

    def gone(self, path):
        return None

    def logs(self, path):
        return self.packed

    def facts(self, api, path, query):
        if path == f"{BASE}/actions/runs/{RUN}":
            return {"id": RUN, "name": "CI", "path": self.workflow_path, "event": "push", "run_attempt": 1, "workflow_id": 77,
                    "status": "completed", "conclusion": "failure", "head_branch": "main", "created_at": "2025-12-01T05:00:00Z",
                    "head_sha": self.repository.commit if self.repository else COMMIT,
                    "repository": {"full_name": REPOSITORY}}, {}
        if path == f"{BASE}/actions/runs/{RUN}/jobs":
            return {"total_count": len(self.jobs), "jobs": self.jobs}, {}
        if path == f"{BASE}/actions/workflows/77/runs":
            return {"total_count": 1, "workflow_runs": [{"id": RUN - 1, "head_sha": GREEN_COMMIT,
                                                         "created_at": "2025-11-30T05:00:00Z"}]}, {}
        return self.repository.facts(api, path, query) if self.repository else None
