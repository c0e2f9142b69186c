#!/usr/bin/env python3
"""Hostile nights through `firstfault scan`: status, inert pages of every format, bounded memory and time.

    night_test.py --list                                        the names of the cases
    night_test.py PROGRAM RUNNER WORK_FOLDER KIND CASE    KIND: plain, or sanitized (memory and time are not judged)
"""
import collections
import gzip
import html.parser
import json
import os
import pathlib
import re
import shutil
import sys

import hostile_test
import inputs

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "api"))
import night as nights
import server as servers
import world as worlds

# Form, and whether inside Actions. Where the night says nothing hostile, only the reading of it is tried.
ALL_PAGES = [(form, inside) for form in ("json", "markdown", "html") for inside in (False, True)]
SOME_PAGES = [("json", False), ("markdown", True)]
SPOKEN = ("hostile-names", "hostile-facts")
Case = collections.namedtuple("Case", "make statuses cpu_ms rss_mib judge", defaults=(3000, 96, None))
OPEN_TAGS = {"html", "head", "meta", "title", "style", "body", "header", "main", "nav", "footer", "section", "article", "aside", "h1",
             "h2", "h3", "h4", "h5", "p", "ul", "ol", "li", "dl", "dt", "dd", "div", "span", "a", "code", "pre", "em", "strong", "b", "i",
             "small", "time", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col", "details", "summary",
             "svg", "desc", "g", "rect", "line", "path", "circle", "polygon", "polyline", "text", "use", "defs", "symbol", "br", "hr",
             "abbr", "kbd", "samp", "figure", "figcaption", "del", "ins", "blockquote", "link", "sup", "sub", "mark", "wbr"}
NAMES = ["<img src=x onerror=alert(1)>", "</title><script>alert(1)</script>", "@octocat #1 ![x](https://evil.example/y.png)",
         "`x` | <b>bold</b> ||| [a](https://evil.example/)", "::error::made up", "a\n::warning::split\nb", "##[error]x ##[group]y",
         "\x1b[31mred\x1b[0m \x07\x08\x7f \x9b31m", "\u202eesrever\u202c \u2066x\u2069 \u200f", "```\n# heading\n```", "~~~~~~ <!-- ",
         "'\"><svg onload=alert(1)>", "&lt;script&gt; &#64;octocat &amp;", "javascript:alert(1)", "x" * 5000, "\U0001f9e8" * 300,
         "-->]]></style>", "%s%n%x", "\\x00\\u0000", "../../../../etc/passwd"]


def sound(night, name="acme/orders"):
    """A run that must be told whatever stands beside it."""
    repository = night.repository(name)
    repository.run(3600, nights.missing("requests"))
    return repository


def hostile_names(_folder):
    night = nights.Night()
    orders = sound(night)
    lines = [line.decode("utf-8", "replace") for line in inputs.MARKDOWN] + NAMES[:14]
    for i, name in enumerate(NAMES):
        logs = nights.Logs(worlds.Job(f"job {name}", "failure", [worlds.failing(
            [f"ModuleNotFoundError: No module named '{name[:60]}'", *lines[i % 7:], f"error: {name}"], f"step {name}")]))
        flow = orders.workflow(name, f"{i}.yml") if i % 2 else None
        orders.run(7200 + i, logs, title=name, branch=name, event="push" if i % 3 else name[:40], workflow=flow)
    return night, []


def hostile_facts(_folder):
    """Fields of other types, other repositories, times and numbers out of bounds."""
    night = nights.Night()
    orders = sound(night)
    orders.run(7200, nights.missing("yaml"))
    rows = [{"id": 0}, {"id": -5}, {"id": 2 ** 63 - 1}, {"id": "7"}, {"id": 1.5}, {"id": None}, {"run_attempt": 2 ** 32}, {"run_attempt": -1},
            {"run_attempt": 0}, {"created_at": "yesterday"}, {"created_at": "9999-12-31T23:59:60Z"}, {"created_at": None},
            {"created_at": "0000-00-00T00:00:00Z"}, {"conclusion": {"a": 1}}, {"conclusion": "gone_fishing"}, {"status": 7},
            {"workflow_id": 2 ** 62}, {"head_branch": None, "name": None, "path": None, "event": None}, {"repository": None},
            {"repository": {"full_name": "../../x"}}, {"repository": {"full_name": "evil/<script>"}}, {"repository": {"full_name": "a/b/c"}},
            {"head_sha": "<img>"}, {"display_title": ["x"]}, {"html_url": "javascript:alert(1)"}, {"path": "../../etc/passwd"}]

    def change(hub, request, answer):
        told = json.loads(answer.body) if answer.status == 200 else None
        if not told or not told["workflow_runs"]:
            return answer
        honest = told["workflow_runs"][0]
        told["workflow_runs"] += [{**honest, "id": 50000000000 + i, **row} for i, row in enumerate(rows)]
        told["workflow_runs"].append("no run at all")
        return servers.Answer(200, told, headers=answer.headers)

    return night, [servers.always("api", r"/actions/runs$", plain(change))]


def lying_total(_folder):
    """More runs than there are seconds, says every listing."""
    night = nights.Night()
    sound(night)

    def change(hub, request, answer):
        told = json.loads(answer.body)
        told["total_count"] = 2 ** 62
        return servers.Answer(200, told)

    return night, [servers.always("api", r"/actions/runs$", plain(change))]


def plain(change):
    """A change of the body of an answer, before anything packs it."""
    def unpacked(hub, request, answer):
        if answer.headers.get("Content-Encoding") == "gzip":
            answer.body = gzip.decompress(answer.body)
            del answer.headers["Content-Encoding"]
        return change(hub, request, answer)
    return unpacked


def listing(body, **more):
    """Another answer to the listing of one of two repositories."""
    night = nights.Night()
    sound(night)
    night.repository("evil/corp")
    return night, [servers.always("api", r"/evil/corp/actions/runs$", servers.instead(
        200, body, headers={"Content-Type": "application/json", **more}))]


def huge_page(_folder):
    return listing(b'{"total_count":1,"workflow_runs":[' + b",".join([b'{"id":1,"name":"' + b"x" * 1000 + b'"}'] * 20000) + b"]}")


def json_arrays(_folder):
    return listing(b'{"total_count":1,"workflow_runs":[' + b"[" * 1000000)


def json_values(_folder):
    return listing(b'{"total_count":1,"workflow_runs":[' + b"{}," * 2000000 + b"{}]}")


def json_keys(_folder):
    return listing(b'{"total_count":1,"total_count":2,"workflow_runs":[],"workflow_runs":[{}]}')


def gzip_bomb(_folder):
    return listing(gzip.compress(b'{"workflow_runs":"' + b" " * (200 << 20) + b'"}'), **{"Content-Encoding": "gzip"})


def no_json(_folder):
    return listing(b"\xff\xfe<html>Log in</html>")


def link_circle(_folder):
    night = nights.bulk(250)
    return night, [servers.always("api", r"/actions/runs$", servers.with_headers(
        Link=lambda hub, request: f'<{hub.api}{request["url"]}>; rel="next"'))]


def link_elsewhere(_folder):
    night = nights.bulk(250)
    return night, [servers.always("api", r"/actions/runs$", servers.with_headers(
        Link=lambda hub, request: f'<{hub.store}/steal?page=2>; rel="next"'))]


def link_without_end(_folder):
    """Each page leads to another one that says the same."""
    night = nights.bulk(50)
    count = iter(range(2, 10 ** 9))
    return night, [servers.always("api", r"/actions/runs$", servers.with_headers(
        Link=lambda hub, request: f'<{hub.api}{request["path"]}?per_page=100&page={next(count)}>; rel="next"'))]


def archive_bombs(folder):
    """Archives that bomb, lie or are none, beside honest ones."""
    night = nights.Night()
    orders = sound(night)
    for i, make in enumerate((inputs.overlapping_bomb, inputs.million_entries, inputs.many_entries, inputs.picture,
                              inputs.truncated_archive, inputs.hostile_names)):
        packed = pathlib.Path(make(folder)).read_bytes()
        orders.run(7200 + i, nights.Logs(*nights.missing("yaml").jobs, packed=packed))
    return night, []


def job_bombs(_folder):
    """A listing of jobs that is a bomb, for each of several runs."""
    night = nights.Night()
    orders = sound(night)
    for i in range(6):
        orders.run(7200 + i, nights.missing(f"m{i}"))
    bomb = b'{"total_count":1,"jobs":[' + b"{}," * 2000000 + b"{}]}"
    wanted = "|".join(str(run.number) for run in orders.runs[1:])
    return night, [servers.always("api", rf"/({wanted})/jobs$", servers.instead(
        200, bomb, headers={"Content-Type": "application/json"}))]


def tells_the_sound_run(text):
    groups = [group for group in json.loads(text)["groups"] if "requests" in group["title"]]
    return None if groups and groups[0]["count"] == 1 else "the sound run beside it is not told"


def tells_of_all(text):
    report = json.loads(text)
    told = {run["id"] for group in report["groups"] for run in group["runs"]} | {run["id"] for run in report["unexplained"]["runs"]}
    return None if len(told) == report["runs"]["failed"] >= len(NAMES) else f"{len(told)} of {report['runs']}"


WHOLE, BROKEN, EITHER = (0,), (3,), (0, 3)
CASES = {
    "hostile-names": Case(hostile_names, EITHER, 6000, judge=tells_of_all),
    "hostile-facts": Case(hostile_facts, EITHER, judge=tells_the_sound_run),
    "lying-total": Case(lying_total, BROKEN, 6000),
    "huge-page": Case(huge_page, BROKEN, judge=tells_the_sound_run),
    "json-arrays": Case(json_arrays, BROKEN, judge=tells_the_sound_run),
    "json-values": Case(json_values, BROKEN, judge=tells_the_sound_run),
    "json-keys": Case(json_keys, BROKEN, judge=tells_the_sound_run),
    "gzip-bomb": Case(gzip_bomb, BROKEN, judge=tells_the_sound_run),
    "no-json": Case(no_json, BROKEN, judge=tells_the_sound_run),
    "link-circle": Case(link_circle, BROKEN),
    "link-elsewhere": Case(link_elsewhere, BROKEN),
    "link-without-end": Case(link_without_end, BROKEN),
    "archive-bombs": Case(archive_bombs, EITHER, 6000, judge=tells_the_sound_run),
    "job-bombs": Case(job_bombs, EITHER, 20000, judge=tells_the_sound_run),
}


class Page(html.parser.HTMLParser):
    """Elements, attributes and addresses that a page of ours has no use for."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.scripts = [], 0

    def handle_starttag(self, tag, attributes):
        if tag not in OPEN_TAGS:
            self.faults.append(f"an element {tag}")
        for name, value in attributes:
            if name.startswith("on") or name in ("src", "srcdoc", "action", "formaction", "xlink:href", "background"):
                self.faults.append(f"an attribute {name}={value!r:.60}")
            if name == "href" and not re.match(r"#|https://github\.com/[\w./-]+(#[\w:-]+)?$|data:image/svg", value or ""):
                self.faults.append(f"an address {value!r:.90}")

    def handle_comment(self, data):
        self.faults.append(f"a comment {data!r:.60}")


def html_is_inert(text):
    page = Page()
    page.feed(text)
    return "; ".join(page.faults[:5]) or None


JUDGES = {"markdown": hostile_test.markdown_is_inert, "html": html_is_inert}


def run_form(case, form, actions, command, folder, base):
    night, rules = case.make(str(folder))
    with servers.Hub(rules, world=night) as hub:
        names = [word for repository in night.repositories.values() for word in ("-R", repository.name)]
        whole = [*command, "scan", *names, "--since", night.since, "--until", night.until, "--format", form, "--max-wait", "1",
                 "--db", str(folder / "history.db")]
        environment = {**base, **actions, "GITHUB_API_URL": hub.api, "GH_TOKEN": servers.TOKEN, "HOME": str(folder), "NO_PROXY": "*",
                       "TMPDIR": str(folder)}
        got = hostile_test.measure(whole, folder / "usage", None, environment)
        return got, [request for request in hub.requests if request["side"] == "api"]


def faults_of(case, form, actions, kind, got, requests):
    if got.killed or got.status > 100:
        return [f"killed or crashed: status {got.status}, stderr {got.err[-2000:].decode('utf-8', 'replace')}"]
    faults = hostile_test.text_faults(got.out, "stdout", actions) + hostile_test.text_faults(got.err, "stderr", actions)
    if got.status not in case.statuses:
        faults.append(f"status {got.status}, wanted one of {case.statuses}; stderr {got.err!r}")
    if not got.out:
        faults.append(f"no page; stderr {got.err!r}")
    if len(requests) > 1200:
        faults.append(f"{len(requests)} requests")
    if kind == "plain" and got.rss_kib > case.rss_mib * 1024:
        faults.append(f"{got.rss_kib} KiB of memory")
    if kind == "plain" and got.cpu_ms > case.cpu_ms:
        faults.append(f"{got.cpu_ms} ms of CPU time, allowed are {case.cpu_ms}")
    judge = case.judge if form == "json" else JUDGES[form]
    said = judge(got.out.decode("utf-8")) if judge and got.out and not faults else None
    return faults + ([said] if said else [])


def run_case(path, runner, work, kind, name):
    faults, place = [], pathlib.Path(work) / f"night-{name}"
    kept = {key: value for key, value in os.environ.items() if re.match(r"(ASAN|UBSAN|LSAN|TSAN)_", key)}
    base = {**kept, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    for form, inside in ALL_PAGES if name in SPOKEN else SOME_PAGES:
        folder, actions = place / form, {"GITHUB_ACTIONS": "true"} if inside else {}
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        got, requests = run_form(CASES[name], form, actions, [runner, path], folder, base)
        found = faults_of(CASES[name], form, actions, kind, got, requests)
        faults += [f"{name}, {form}{', inside Actions' if inside else ''}: {fault}" for fault in found]
    shutil.rmtree(place, ignore_errors=True)
    print("\n".join(faults) or f"{name}: {got.rss_kib} KiB, {got.cpu_ms} ms")
    return 1 if faults else 0


def main(arguments):
    if arguments[:1] == ["--list"]:
        print(";".join(CASES), end="")
        return 0
    return run_case(*arguments[:5])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
