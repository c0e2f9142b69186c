"""The sets of labelled logs: each row of SETS reads one folder's index.json into cases."""
import dataclasses
import json
import pathlib
import re

TRAVIS_END = re.compile(rb"Your build exited with (\d+)")


@dataclasses.dataclass
class Case:
    set: str
    name: str
    root: pathlib.Path
    log: str                                               # path from the root
    spans: list = dataclasses.field(default_factory=list)  # [first, last] in the set's counting
    java: bool = False                                     # CR ends a line too
    steps: bool = False                                    # the log tells its steps: a GitHub Actions job log
    names: list = dataclasses.field(default_factory=list)  # failing tests
    failed: int = None                                     # how many tests failed
    passing: bool = False

    @property
    def path(self):
        return self.root / self.log


def index_of(root, name):
    file = root / name
    return json.loads(file.read_text("utf-8")) if file.is_file() else []


def pytorch(root):
    for item in index_of(root, "pytorch/index.json"):
        yield Case("pytorch", item["case"], root, f"pytorch/{item['log']}", [[item["line"]] * 2])


def logdx(root):
    for item in index_of(root, "logdx/index.json"):
        yield Case("logdx", item["case"], root, f"logdx/{item['log']}", item["evidence"], steps=True)


def cidiff(root):
    for item in index_of(root, "cidiff/index.json"):
        spans = item["error"] + (item.get("error2") or [])
        yield Case("cidiff", item["case"], root, f"cidiff/{item['case']}/fail.log", spans, java=True,
                   steps=item["ci"] == "gha")


def failing_names(item):
    names = item.get("failed_names_contains") or str(item.get("failed_names") or "").split("#")
    return list(dict.fromkeys(name for name in names if name and name != "NA"))


def build_passed(log):
    """What Travis itself said last; a build that never came to say it did not pass."""
    said = TRAVIS_END.findall(log.read_bytes()) if log.is_file() else []
    return said[-1:] == [b"0"]


def bugswarm(root):
    for item in index_of(root, "bugswarm/index.json"):
        count, log = item.get("num_failed"), f"bugswarm/{item['log']}"
        yield Case("bugswarm", f"{item['test']} {item['log']}", root, log, names=failing_names(item),
                   failed=count if isinstance(count, int) and count else None, passing=build_passed(root / log))


def passing(root):
    for path in index_of(root, "passing.json"):
        yield Case("passing", path.removesuffix(".log"), root, path, passing=True)


SETS = {"pytorch": pytorch, "logdx": logdx, "cidiff": cidiff, "bugswarm": bugswarm, "passing": passing}


def cases_of(root, only_set=None, only_case=None):
    for name, read in SETS.items():
        if only_set in (None, name):
            yield from (case for case in read(pathlib.Path(root)) if not only_case or only_case in case.name)
