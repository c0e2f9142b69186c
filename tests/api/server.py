#!/usr/bin/env python3
"""A small GitHub of our own on the loopback: one repository, one failed run, logs behind signed URLs on a second port.

    server.py [--scenario NAME] [--record FILE] [--list]

prints its addresses as one JSON line and serves until it is terminated. Tests use it as a module:

    with Hub("expired-once") as hub:
        ... hub.api ... hub.requests ...

A scenario is a list of rules; the first one that fits a request, by side, path and how often it has fitted before, changes
the answer. Everything that was asked is in `requests`, with its headers.
"""
import argparse
import collections
import email.utils
import gzip
import hashlib
import http.server
import io
import json
import re
import secrets
import signal
import socket
import struct
import sys
import threading
import time
import urllib.parse
import zipfile

TOKEN = "test-token-7f3a"
REPOSITORY = "octo-org/octo-repo"
RUN = 30000000001
JOBS = [(RUN + 100, "build", "success"), (RUN + 101, "test (3.11)", "failure"), (RUN + 102, "lint", "skipped")]
BASE = f"/repos/{REPOSITORY}"
URL_SECONDS = 60


class Answer:
    """`cut`: the part of the body that is sent before the connection breaks; `reset`: it breaks before anything is."""

    def __init__(self, status=200, body=b"", headers=None, cut=None, reset=False, silent=0, delay=0):
        self.status, self.headers = status, dict(headers or {})
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        if not isinstance(body, bytes):
            self.headers.setdefault("Content-Type", "application/json; charset=utf-8")
        self.cut, self.reset, self.silent, self.delay = cut, reset, silent, delay


Rule = collections.namedtuple("Rule", "side path nth change")


def always(side, path, change):
    return Rule(side, path, None, change)


def once(side, path, change, nth=(1,)):
    return Rule(side, path, nth, change)


def instead(status, body=b"", **more):
    """Another answer."""
    return lambda hub, request, answer: Answer(status, body, **more)


def with_headers(**headers):
    """The same answer with other headers; None takes one away."""
    def change(hub, request, answer):
        for name, value in headers.items():
            name = name.replace("_", "-")
            answer.headers.pop(name, None)
            if value is not None:
                answer.headers[name] = value(hub, request) if callable(value) else value
        return answer
    return change


def broken(**faults):
    def change(hub, request, answer):
        for name, value in faults.items():
            setattr(answer, name, value)
        return answer
    return change


def message(text, page="https://docs.github.com/rest"):
    return {"message": text, "documentation_url": page}


def in_seconds(seconds):
    return lambda hub, request: str(int(time.time()) + seconds)


def limited(status, seconds):
    def change(hub, request, answer):
        headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) + seconds)}
        return Answer(status, message("API rate limit exceeded for user ID 1."), headers=headers)
    return change


def dated(hub, request, answer):
    date = email.utils.formatdate(time.time() + 2, usegmt=True)
    return Answer(429, message("Slow down."), headers={"Retry-After": date})


def renamed(hub, request, answer):
    if not request["path"].startswith(BASE):
        return answer
    return Answer(301, message("Moved Permanently"),
                  headers={"Location": hub.api + request["url"].replace(BASE, "/repositories/1", 1)})


def packed(size):
    body = gzip.compress(b'"' + b" " * size + b'"')
    return Answer(200, body, headers={"Content-Type": "application/json", "Content-Encoding": "gzip"})


def same_url(hub, request, answer):
    hub.first_url = getattr(hub, "first_url", answer.headers["Location"])
    answer.headers["Location"] = hub.first_url
    return answer


ANY, LOGS, JOBS_PATH = r"", r"/logs$", r"/jobs$"
HTML = {"Content-Type": "text/html"}
XML = {"Content-Type": "application/xml"}
EXPIRED = b"<?xml version='1.0'?><Error><Code>AuthenticationFailed</Code></Error>"
SECONDARY = message("You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
SSO = "required; url=https://%s/orgs/octo-org/sso?authorization_request=sso-secret"

SCENARIOS = {
    "clean": [],
    # Limits.
    "primary": [once("api", ANY, limited(403, 2))],
    "primary-far": [once("api", ANY, limited(403, 3300), range(2, 99))],
    "retry-after": [once("api", ANY, instead(429, SECONDARY, headers={"Retry-After": "1"}))],
    "retry-date": [once("api", ANY, dated)],
    "secondary": [once("api", ANY, instead(403, SECONDARY))],
    "secondary-again": [once("api", ANY, instead(403, SECONDARY), (1, 2))],
    "retry-zero": [always("api", ANY, instead(429, SECONDARY, headers={"Retry-After": "0"}))],
    # Authorisation.
    "bad-token": [always("api", ANY, instead(401, message("Bad credentials")))],
    "no-permission": [always("api", LOGS, instead(403, message("Resource not accessible by integration"), headers={
        "X-Accepted-GitHub-Permissions": "actions=read", "X-RateLimit-Remaining": "4000"}))],
    "sso": [always("api", ANY, instead(403, message("Protected by SAML"), headers={"X-GitHub-SSO": SSO % "github.com"}))],
    "sso-elsewhere": [always("api", ANY, instead(403, message("x"), headers={"X-GitHub-SSO": SSO % "evil.example"}))],
    "not-found": [always("api", ANY, instead(404, message("Not Found")))],
    "unprocessable": [always("api", ANY, instead(422, message("Validation Failed")))],
    "version-410": [always("api", ANY, instead(410, message("This API version is no longer supported.")))],
    "version-400": [always("api", ANY, instead(400, message('The requested API version "x" is not supported.')))],
    "logs-expired": [always("api", LOGS, instead(410, message("Server Error")))],
    # Server and network.
    "5xx": [once("api", ANY, instead(502, b"<html>Unicorn</html>", headers=HTML)),
            once("api", ANY, instead(503, message("busy"), headers={"Retry-After": "1"})),
            once("api", ANY, instead(500))],
    "5xx-forever": [always("api", ANY, instead(502, b"<html>Unicorn</html>", headers=HTML))],
    "busy-long": [always("api", ANY, instead(503, headers={"Retry-After": "4000"}))],
    "reset": [once("api", ANY, broken(reset=True), (1, 2))],
    "cut": [once("api", ANY, broken(cut=0.5), (1, 2))],
    "silent": [once("api", ANY, broken(silent=3))],
    "silent-forever": [always("api", ANY, broken(silent=8))],
    "slow": [always("api", ANY, broken(delay=0.7))],
    "close": [always("api", ANY, with_headers(Connection="close"))],
    # Answers that make no sense, or too much.
    "portal": [always("api", ANY, instead(200, b"<html>Log in</html>", headers=HTML))],
    "xml": [always("api", ANY, instead(200, b"<x/>", headers=XML))],
    "long": [always("api", ANY, instead(200, b" " * (8 * 1024 * 1024 + 1), headers={"Content-Type": "application/json"}))],
    "bomb": [always("api", ANY, lambda hub, request, answer: packed(64 * 1024 * 1024))],
    "packed": [always("api", ANY, lambda hub, request, answer: packed(1000))],
    "not-packed": [once("api", ANY, instead(200, b"x" * 100, headers={
        "Content-Type": "application/json", "Content-Encoding": "gzip"}))],
    "header-long": [always("api", ANY, with_headers(Link="<" + "x" * 20000 + '>; rel="next"'))],
    "unasked-304": [always("api", ANY, instead(304))],
    # Redirects.
    "same-host": [always("api", LOGS, with_headers(Location=lambda hub, request: "/_store" + hub.sign(request["path"])))],
    "circle": [always("store", ANY, lambda hub, request, answer: Answer(302, headers={"Location": request["url"]}))],
    "to-file": [always("api", LOGS, with_headers(Location="file:///etc/passwd"))],
    "to-http": [always("api", LOGS, with_headers(Location="http://192.0.2.1/x"))],
    "to-password": [always("api", LOGS, with_headers(Location="https://user:word@127.0.0.1:1/x"))],
    "no-location": [always("api", LOGS, with_headers(Location=None))],
    "store-hop": [once("store", ANY, lambda hub, request, answer: Answer(
        307, headers={"Location": hub.store + hub.sign(request["path"])}))],
    "renamed": [always("api", "^" + BASE, renamed)],
    "json-elsewhere": [always("api", ANY, lambda hub, request, answer: Answer(
        301, headers={"Location": hub.store + request["url"]}))],
    "json-circle": [always("api", ANY, lambda hub, request, answer: Answer(301, headers={"Location": request["url"]}))],
    "direct": [always("api", LOGS, lambda hub, request, answer: Answer(
        200, hub.logs(request["path"]), headers={"Content-Type": "application/octet-stream"}))],
    # Stores.
    "expired-once": [once("store", ANY, instead(403, EXPIRED, headers=XML))],
    "expired-forever": [always("store", ANY, instead(403, EXPIRED, headers=XML))],
    "expired-same-url": [always("store", ANY, instead(403, EXPIRED, headers=XML)), always("api", LOGS, same_url)],
    "store-404": [always("store", ANY, instead(404, EXPIRED, headers=XML))],
    "store-410": [always("store", ANY, instead(410))],
    "store-503": [once("store", ANY, instead(503, headers={"Retry-After": "1"}), (1, 2))],
    "store-reset": [once("store", ANY, broken(reset=True))],
    "store-cut": [once("store", ANY, broken(cut=0.5), (1, 2))],
    "store-page": [always("store", ANY, instead(200, b"<html>Log in</html>", headers=HTML))],
    # Pages.
    "page-circle": [always("api", JOBS_PATH, with_headers(
        Link=lambda hub, request: f'<{hub.api}{request["url"]}>; rel="next"'))],
    "page-elsewhere": [always("api", JOBS_PATH, with_headers(
        Link=lambda hub, request: f'<{hub.store}/steal?page=2>; rel="next"'))],
    "page-relative": [once("api", JOBS_PATH, with_headers(Link='<?per_page=1&page=3>; rel="next"'))],
    "title-case": [always("api", ANY, broken(title=True))],
    "big": [],
}


def step_log(lines):
    return "".join(f"2026-11-20T02:00:{i % 60:02d}.0000000Z {line}\n" for i, line in enumerate(lines))


JOB_STEPS = {
    "build": {"1_Set up job.txt": ["Current runner version: '2.330.0'"], "2_Run make.txt": ["##[group]Run make", "make",
              "##[endgroup]", "all done"]},
    "test (3.11)": {"1_Set up job.txt": ["Current runner version: '2.330.0'"], "2_Run pytest.txt": [
        "##[group]Run pytest", "\x1b[36;1mpytest\x1b[0m", "shell: /usr/bin/bash -e {0}", "##[endgroup]",
        "ImportError while importing test module '/srv/x/tests/test_a.py'.", "E   ModuleNotFoundError: No module named 'requests'",
        "=========================== 1 error in 0.12s ===========================",
        "##[error]Process completed with exit code 2."]},
}


def archive():
    """The same bytes whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        def add(name, text):
            made.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
        for ordinal, (job, steps) in enumerate(JOB_STEPS.items()):
            texts = {name: step_log(lines) for name, lines in steps.items()}
            add(f"{ordinal}_{job}.txt", "".join(texts.values()))
            for name, text in texts.items():
                add(f"{job}/{name}", text)
    return out.getvalue()


def run_facts(attempt=1):
    return {"id": RUN, "name": "CI", "path": ".github/workflows/ci.yml", "event": "push", "run_attempt": attempt,
            "workflow_id": 77, "head_sha": "0123456789abcdef0123456789abcdef01234567", "head_branch": "main",
            "status": "completed", "conclusion": "failure", "display_title": "A change", "created_at": "2026-11-20T02:00:00Z",
            "run_started_at": "2026-11-20T02:00:00Z", "updated_at": "2026-11-20T02:05:00Z",
            "html_url": f"https://github.com/{REPOSITORY}/actions/runs/{RUN}", "repository": {"full_name": REPOSITORY}}


def green_run():
    return {**run_facts(), "id": RUN - 1, "conclusion": "success", "head_sha": "f" * 40, "created_at": "2026-11-19T02:00:00Z"}


def job_facts(number, name, conclusion):
    steps = [{"name": file[2:-4], "number": int(file[0]), "status": "completed", "conclusion": "success",
              "started_at": "2026-11-20T02:00:00Z", "completed_at": "2026-11-20T02:01:00Z"}
             for file in JOB_STEPS.get(name, {})]
    if steps and conclusion == "failure":
        steps[-1]["conclusion"] = "failure"
    return {"id": number, "run_id": RUN, "run_attempt": 1, "name": name, "status": "completed", "conclusion": conclusion,
            "started_at": "2026-11-20T02:00:00Z", "completed_at": "2026-11-20T02:04:00Z", "steps": steps}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that breaks the connection is one of the tests


class Hub:
    """Both servers and what they saw."""

    def __init__(self, scenario="clean", world=None):
        """`scenario`: its name, or its rules; `world` has facts and logs of its own (world.py); without one there is the run
        above. `quota`: how many answers of the API are left until the limit, which ends in `reset` seconds; None: no limit."""
        self.world = world
        self.play(SCENARIOS[scenario] if isinstance(scenario, str) else scenario)
        self.big = scenario == "big"
        self.requests = []
        self.quota, self.reset = None, 3300
        self.signed = {}
        self.flying = self.peak = 0
        self.lock = threading.Lock()
        self.servers = [self._serve(side) for side in ("api", "store")]
        self.api, self.store = (f"http://127.0.0.1:{server.server_address[1]}" for server in self.servers)

    def play(self, rules):
        """Other rules from now on."""
        self.rules = list(rules)
        self.fitted = [0] * len(self.rules)

    def spend(self, answer):
        """As GitHub counts: an answer that nothing has changed is free."""
        with self.lock:
            if self.quota is None:
                return answer
            if answer.status != 304:
                self.quota -= 1
            if self.quota < 0:
                return limited(403, self.reset)(self, None, answer)
            answer.headers.update({"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": str(self.quota),
                                   "X-RateLimit-Reset": str(int(time.time()) + self.reset)})
            return answer

    def _serve(self, side):
        server = Server(("127.0.0.1", 0), type("Handler", (Handler,), {"hub": self, "side": side}))
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server

    def close(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.close()

    def sign(self, path):
        """A path of the store that is good for one object and a minute."""
        signature = secrets.token_hex(12)
        self.signed[signature] = (path, time.time())
        return f"{path}?se={int(time.time()) + URL_SECONDS}&sig={signature}%3D"

    def logs(self, path):
        if self.world:
            return self.world.logs(path)
        if self.big:
            return b"a line of sixteen\n" * 200000
        if path.endswith(f"/runs/{RUN}/logs"):
            return archive()
        number = int(re.search(r"/jobs/(\d+)/logs$", path).group(1))
        steps = JOB_STEPS[dict((job[0], job[1]) for job in JOBS)[number]]
        return "".join(step_log(lines) for lines in steps.values()).encode()

    def fault(self, side, path):
        with self.lock:
            for i, rule in enumerate(self.rules):
                if rule.side == side and re.search(rule.path, path):
                    self.fitted[i] += 1
                    if rule.nth is None or self.fitted[i] in rule.nth:
                        return rule.change
        return None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes: the second would wait for 40 ms

    def log_message(self, *what):
        pass

    def do_GET(self):
        hub = self.hub
        url = urllib.parse.urlsplit(self.path)
        request = {"side": self.side, "url": self.path, "path": url.path, "time": time.time(), "query": url.query,
                   "headers": {name.lower(): value for name, value in self.headers.items()}}
        with hub.lock:
            hub.requests.append(request)
            hub.flying += 1
            hub.peak = max(hub.peak, hub.flying)
        try:
            if self.side == "store" or url.path.startswith("/_store/"):
                answer = self.of_store(url, request)
            else:
                answer = hub.spend(self.of_api(url, request))
            change = hub.fault(self.side, url.path)
            self.send(change(hub, request, answer) if change else answer, request)
        finally:
            with hub.lock:
                hub.flying -= 1

    def of_store(self, url, request):
        if "authorization" in request["headers"]:
            return Answer(400, b"<Error>InvalidAuthenticationInfo</Error>", headers=XML)
        signature = urllib.parse.parse_qs(url.query).get("sig", [""])[0].rstrip("=")
        path, since = self.hub.signed.get(signature, ("", 0))
        if url.path.removeprefix("/_store") != path or time.time() - since > URL_SECONDS:
            return Answer(403, EXPIRED, headers=XML)
        return Answer(200, self.hub.logs(path), headers={"Content-Type": "application/octet-stream", "ETag": '"0xBLOB"'})

    def of_api(self, url, request):
        headers = request["headers"]
        path = re.sub(r"^/repositories/1(?=/)", BASE, url.path)
        if headers.get("authorization", f"Bearer {TOKEN}") != f"Bearer {TOKEN}":
            return Answer(401, message("Bad credentials"))
        if path.endswith("/logs"):
            gone = self.hub.world.gone(path) if self.hub.world else None
            return Answer(gone, message("Server Error")) if gone else \
                Answer(302, headers={"Location": self.hub.store + self.hub.sign(path)})
        facts = self.facts(path, urllib.parse.parse_qs(url.query))
        if isinstance(facts, Answer):
            return facts
        if not facts:
            return Answer(404, message("Not Found"))
        answer = Answer(200, facts[0], headers=facts[1])
        answer.headers["ETag"] = 'W/"%s"' % hashlib.sha256(answer.body).hexdigest()
        if headers.get("if-none-match") == answer.headers["ETag"]:
            return Answer(304, headers={"ETag": answer.headers["ETag"]})
        if "gzip" in headers.get("accept-encoding", ""):
            answer.body = gzip.compress(answer.body)
            answer.headers["Content-Encoding"] = "gzip"
        return answer

    def facts(self, path, query):
        if self.hub.world:
            return self.hub.world.facts(self.hub.api, path, query)
        if re.fullmatch(rf"{BASE}/actions/runs/{RUN}(/attempts/1)?", path):
            return run_facts(), {"X-RateLimit-Remaining": "4998"}
        if re.fullmatch(rf"{BASE}/actions/runs/{RUN}(/attempts/1)?/jobs", path):
            size, page = int(query.get("per_page", ["30"])[0]), int(query.get("page", ["1"])[0])
            part = JOBS[(page - 1) * size:page * size]
            more = {"Link": f'<{self.hub.api}{path}?per_page={size}&page={page + 1}>; rel="next"'} \
                if page * size < len(JOBS) else {}
            return {"total_count": len(JOBS), "jobs": [job_facts(*job) for job in part]}, more
        if path == f"{BASE}/actions/workflows/77/runs":
            return {"total_count": 1, "workflow_runs": [green_run()]}, {}
        if re.fullmatch(rf"{BASE}/check-runs/\d+/annotations", path):
            return [], {}
        found = re.fullmatch(rf"{BASE}/actions/jobs/(\d+)", path)
        facts = [job_facts(*job) for job in JOBS if found and job[0] == int(found.group(1))]
        return (facts[0], {}) if facts else None

    def send(self, answer, request):
        request["status"] = answer.status
        if answer.delay:
            time.sleep(answer.delay)
        if answer.silent:
            time.sleep(answer.silent)
            answer.reset = True
        if answer.reset:
            request["status"] = 0
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            self.rfile = self.wfile = io.BytesIO()
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name.upper() if getattr(answer, "title", False) else name, value)
        bare = answer.status == 304
        if not bare:
            self.send_header("Content-Length", str(len(answer.body)))
        try:
            self.end_headers()
            if not bare:
                self.wfile.write(answer.body if answer.cut is None else answer.body[:int(len(answer.body) * answer.cut)])
        except OSError:
            self.close_connection = True  # the client has gone: its right
        request["ended"] = time.time()
        if answer.cut is not None:
            self.close_connection = True


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--scenario", default="clean", choices=SCENARIOS)
    arguments.add_argument("--record")
    arguments.add_argument("--list", action="store_true")
    asked = arguments.parse_args()
    if asked.list:
        print("\n".join(SCENARIOS))
        return
    hub = Hub(asked.scenario)
    print(json.dumps({"api": hub.api, "store": hub.store, "token": TOKEN, "repository": REPOSITORY, "run": RUN}), flush=True)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    if asked.record:
        with open(asked.record, "w", encoding="utf-8") as record:
            record.writelines(json.dumps(request) + "\n" for request in hub.requests)


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    sys.exit(main())
