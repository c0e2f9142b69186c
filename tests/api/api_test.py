#!/usr/bin/env python3
"""The live exchange against a small GitHub of our own: what it answers, and what the server saw of it.

    api_test.py ASK [unittest arguments]        ASK: the program of ask.c
"""
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import unittest

from server import BASE, Hub, JOBS, RUN, TOKEN, archive

ASK = None
RUN_PATH = f"{BASE}/actions/runs/{RUN}"
FACTS, LOGS, JOB_LOG = f"json:{RUN_PATH}", f"file:{RUN_PATH}/logs", f"file:{BASE}/actions/jobs/{JOBS[1][0]}/logs"
PAGES = f"pages:{RUN_PATH}/jobs?per_page=1"
SECONDS = 60


class Outcome:
    def __init__(self, done):
        self.status = done.returncode
        self.answers = [json.loads(line) for line in done.stdout.splitlines()]
        self.first = self.answers[0] if self.answers else None
        self.trace = done.stderr.splitlines()


class Case(unittest.TestCase):
    def ask(self, hub, *arguments, token=TOKEN, api=None):
        environment = {"PATH": os.defpath, "GITHUB_API_URL": api or hub.api, "NO_PROXY": "*", "GH_TOKEN": token}
        for name in ("TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        done = subprocess.run([ASK, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, timeout=SECONDS, check=False)
        self.assertIn(done.returncode, (0, 77), done.stderr)
        for secret in (TOKEN, "sig=", "sso-secret", "user:word"):
            self.assertNotIn(secret, done.stdout + done.stderr)
        self.no_token_leaves(hub)
        return Outcome(done)

    def no_token_leaves(self, hub):
        for request in hub.requests:
            headers = request["headers"]
            self.assertTrue(headers["user-agent"].startswith("firstfault/"))
            for name in ("cookie", "referer"):
                self.assertNotIn(name, headers)
            if request["side"] == "store" or request["path"].startswith("/_store"):
                self.assertEqual(set(headers), {"host", "user-agent"}, request)
            else:
                self.assertEqual(headers["accept"], "application/vnd.github+json")
                self.assertEqual(headers["x-github-api-version"], "2022-11-28")

    def fails(self, scenario, argument, status, *texts, requests=None, options=("--short",)):
        """One call that fails with this status and these words, after so many requests."""
        with self.subTest(scenario), Hub(scenario) as hub:
            outcome = self.ask(hub, *options, argument)
            self.assertEqual(outcome.first["status"], status, outcome.first)
            for text in texts:
                self.assertIn(text, outcome.first["text"])
            self.assertEqual(outcome.first["size"], 0)
            if requests is not None:
                self.assertEqual(len(hub.requests), requests, outcome.trace)
            return outcome, hub

    def works(self, scenario, argument, requests=None, options=("--short",)):
        with self.subTest(scenario), Hub(scenario) as hub:
            outcome = self.ask(hub, *options, argument)
            self.assertEqual(outcome.first["status"], "ok", (outcome.first, outcome.trace))
            if requests is not None:
                self.assertEqual(len(hub.requests), requests, outcome.trace)
            return outcome, hub

    def gaps(self, hub):
        times = [request["time"] for request in hub.requests]
        return [after - before for before, after in zip(times, times[1:])]


class Clean(Case):
    def test_facts_and_logs_arrive_whole(self):
        with Hub() as hub, tempfile.TemporaryDirectory() as folder:
            outcome = self.ask(hub, "--save", folder, FACTS, LOGS, JOB_LOG)
            self.assertEqual([answer["http"] for answer in outcome.answers], [200, 200, 200])
            self.assertEqual(json.loads(pathlib.Path(folder, "0").read_bytes())["id"], RUN)
            self.assertEqual(pathlib.Path(folder, "1").read_bytes(), archive())
            self.assertIn(b"ModuleNotFoundError", pathlib.Path(folder, "2").read_bytes())
            self.assertEqual([request["side"] for request in hub.requests], ["api", "api", "store", "api", "store"])
            self.assertEqual(hub.requests[0]["headers"]["authorization"], f"Bearer {TOKEN}")
            self.assertEqual(hub.requests[0]["headers"]["accept-encoding"], "gzip")
            self.assertNotIn("accept-encoding", hub.requests[1]["headers"])

    def test_a_long_log_goes_through_the_disk(self):
        with Hub("big") as hub, tempfile.TemporaryDirectory() as folder:
            self.ask(hub, "--save", folder, LOGS)
            self.assertEqual(pathlib.Path(folder, "0").read_bytes(), b"a line of sixteen\n" * 200000)

    def test_without_a_token_none_is_sent(self):
        with Hub() as hub:
            self.assertEqual(self.ask(hub, FACTS, token="").first["status"], "ok")
            self.assertNotIn("authorization", hub.requests[0]["headers"])

    def test_requests_are_traced_without_secrets(self):
        with Hub() as hub:
            trace = self.ask(hub, LOGS).trace
            self.assertRegex(trace[0], rf"^GET {hub.api}{RUN_PATH}/logs 302, 0 bytes, \d+\.\d\d s$")
            self.assertRegex(trace[1], rf"^GET {hub.store}{RUN_PATH}/logs 200, [\d,]+ bytes, \d+\.\d\d s$")

    def test_several_calls_fly_at_once_but_not_all(self):
        with Hub("slow") as hub:
            outcome = self.ask(hub, "--together", *[FACTS] * 6)
            self.assertEqual([answer["status"] for answer in outcome.answers], ["ok"] * 6)
            self.assertEqual(hub.peak, 4)

    def test_plain_variations_work(self):
        for scenario in ("close", "slow", "packed", "title-case"):
            self.works(scenario, FACTS, 1)


class Limits(Case):
    def test_a_limit_is_waited_for_as_long_as_it_says(self):
        for scenario, seconds in (("primary", 1), ("retry-after", 1), ("retry-date", 1), ("secondary", 1)):
            _, hub = self.works(scenario, FACTS, 2)
            self.assertGreaterEqual(self.gaps(hub)[0], seconds - 0.05, scenario)

    def test_a_bare_limit_is_waited_for_longer_the_second_time(self):
        _, hub = self.works("secondary-again", FACTS, 3)
        first, second = self.gaps(hub)
        self.assertGreaterEqual(first, 1)
        self.assertGreaterEqual(second, 2)

    def test_a_bare_limit_takes_a_minute_which_is_more_than_allowed(self):
        self.fails("secondary", FACTS, "limit reached", "rate limit", "--max-wait 60 ", requests=1, options=("--max-wait", "59"))

    def test_a_far_limit_ends_at_once_and_all_other_calls_too(self):
        with Hub("primary-far") as hub:
            outcome = self.ask(hub, FACTS, FACTS, LOGS, PAGES)
            self.assertEqual([answer["status"] for answer in outcome.answers], ["ok"] + ["limit reached"] * 3)
            self.assertRegex(outcome.answers[1]["text"], r"^rate limit of GitHub's API: used up until \d\d:\d\d:\d\d UTC; "
                                                         r"--max-wait 330[01] would wait for it$")
            self.assertEqual(outcome.answers[1]["text"], outcome.answers[2]["text"])
            self.assertEqual(len(hub.requests), 2)

    def test_the_waits_of_all_calls_share_one_bound(self):
        with Hub("retry-after") as hub:
            outcome = self.ask(hub, "--max-wait", "1", "--together", FACTS, LOGS, FACTS)
            self.assertEqual([answer["status"] for answer in outcome.answers], ["ok"] * 3)
        self.fails("retry-after", FACTS, "limit reached", "rate limit", requests=1, options=("--max-wait", "0"))

    def test_a_limit_without_an_end_is_given_up(self):
        outcome, hub = self.fails("retry-zero", FACTS, "limit reached", "rate limit")
        self.assertEqual(len(hub.requests), 6, outcome.trace)

    def test_a_busy_server_that_asks_for_an_hour_is_not_waited_for(self):
        self.fails("busy-long", FACTS, "limit reached", "busy", "--max-wait 4000", requests=1)

    def test_without_a_token_the_text_tells_what_one_would_bring(self):
        with Hub("primary-far") as hub:
            outcome = self.ask(hub, FACTS, FACTS, token="")
            self.assertIn("set GH_TOKEN", outcome.answers[1]["text"])


class Refusals(Case):
    def test_what_is_refused_is_not_asked_again(self):
        for scenario, argument, status, text in (
                ("bad-token", FACTS, "not authorised", "GitHub refused the token from GH_TOKEN (401): it is wrong, expired or"),
                ("not-found", FACTS, "not found", "not found, or this token cannot see it"),
                ("not-found", LOGS, "not found", "not found, or this token cannot see it"),
                ("unprocessable", FACTS, "invalid input", "GitHub answered 422: Validation Failed"),
                ("logs-expired", LOGS, "not found", "expired (410)"),
                ("version-410", FACTS, "unsupported", "2022-11-28 of its API: a newer firstfault is needed"),
                ("version-400", FACTS, "unsupported", "a newer firstfault is needed"),
                ("no-permission", LOGS, "not authorised", "Resource not accessible by integration")):
            self.fails(scenario, argument, status, text, requests=1)

    def test_the_missing_permission_is_named(self):
        self.fails("no-permission", LOGS, "not authorised", "the token lacks the permission actions=read")

    def test_after_401_nothing_more_is_sent(self):
        with Hub("bad-token") as hub:
            outcome = self.ask(hub, FACTS, LOGS, PAGES)
            self.assertEqual([answer["http"] for answer in outcome.answers], [401] * 3)
            self.assertEqual(len(hub.requests), 1)

    def test_single_sign_on_is_told_with_an_address_of_the_server_only(self):
        outcome, _ = self.fails("sso", FACTS, "not authorised", "single sign-on", "https://github.com/orgs/octo-org/sso")
        self.assertNotIn("?", outcome.first["text"])
        outcome, _ = self.fails("sso-elsewhere", FACTS, "not authorised", "single sign-on", requests=1)
        self.assertNotIn("evil", outcome.first["text"])

    def test_without_a_token_the_text_asks_for_one(self):
        for scenario in ("bad-token", "not-found"):
            with Hub(scenario) as hub:
                self.assertIn("set GH_TOKEN or run 'gh auth login'", self.ask(hub, FACTS, token="").first["text"])


class Trouble(Case):
    def test_a_server_in_trouble_is_asked_again_with_growing_gaps(self):
        outcome, hub = self.works("5xx", FACTS, 4, options=())
        gaps = self.gaps(hub)
        self.assertGreaterEqual(gaps[1], 1, outcome.trace)
        for before, after in zip(gaps, gaps[1:]):
            self.assertGreaterEqual(after, before * 0.8)
        self.assertRegex(outcome.trace[0], r" 502, .*; again in 0\.\d s$")

    def test_trouble_without_an_end_is_given_up(self):
        _, hub = self.fails("5xx-forever", FACTS, "i/o error", "GitHub answered 502 to each of 5 tries", requests=5)
        for before, after in zip(self.gaps(hub), self.gaps(hub)[1:]):
            self.assertGreater(after, before * 0.8)

    def test_broken_connections_are_tried_again(self):
        self.works("reset", FACTS, 3)
        self.works("cut", FACTS, 3)
        self.works("not-packed", FACTS, 2)
        outcome, _ = self.works("silent", FACTS, 2)
        self.assertIn("failed: no byte came for 2 s", outcome.trace[0])

    def test_a_server_that_is_not_there_is_told(self):
        with Hub() as hub, socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            outcome = self.ask(hub, "--short", FACTS, api=f"http://127.0.0.1:{nobody.getsockname()[1]}")
            self.assertEqual(outcome.first["status"], "i/o error")
            self.assertIn("Connection refused (5 tries); check the network and the proxy", outcome.first["text"])
            self.assertEqual(outcome.first["http"], 0)
            self.assertEqual(len(outcome.trace), 5)

    def test_what_is_no_answer_of_the_api_is_told(self):
        for scenario in ("portal", "xml"):
            self.fails(scenario, FACTS, "invalid input", "a web page came instead of GitHub's API", requests=1)
        self.fails("portal", LOGS, "invalid input", "a proxy or a login page may stand in between", requests=1)
        self.fails("store-page", LOGS, "invalid input", "a web page came instead of the log", requests=2)
        self.fails("unasked-304", FACTS, "invalid input", "304", requests=1)

    def test_answers_are_bounded(self):
        for scenario in ("long", "bomb"):
            self.fails(scenario, FACTS, "limit reached", "longer than the 8388608 bytes", requests=1)
        self.fails("header-long", FACTS, "limit reached", "headers are too long", requests=1)


class Redirects(Case):
    def test_a_store_on_the_apis_own_host_gets_no_token_either(self):
        self.works("same-host", LOGS, 2)

    def test_redirects_that_lead_nowhere_are_refused(self):
        for scenario, text in (("to-file", "not https"), ("to-http", "not https"), ("no-location", "no Location"),
                               ("to-password", "no usable address")):
            self.fails(scenario, LOGS, "invalid input", text, requests=1)

    def test_a_circle_ends(self):
        self.fails("circle", LOGS, "invalid input", "in circles", requests=6)
        self.fails("json-circle", FACTS, "invalid input", "in circles", requests=6)

    def test_a_renamed_repository_is_followed_with_the_token(self):
        for argument, requests in ((FACTS, 2), (LOGS, 3), (PAGES, 2)):
            _, hub = self.works("renamed", argument)
            self.assertEqual(hub.requests[1]["headers"]["authorization"], f"Bearer {TOKEN}")
            self.assertEqual(hub.requests[0]["status"], 301)
            self.assertGreaterEqual(len(hub.requests), requests)

    def test_the_api_does_not_lead_elsewhere(self):
        _, hub = self.fails("json-elsewhere", FACTS, "invalid input", "redirected to another host", requests=1)
        self.assertEqual({request["side"] for request in hub.requests}, {"api"})

    def test_stores_may_redirect_and_the_api_may_answer_itself(self):
        self.works("store-hop", LOGS, 3)
        self.works("direct", LOGS, 1)


class Stores(Case):
    def test_an_expired_address_is_renewed_and_never_used_again(self):
        _, hub = self.works("expired-once", LOGS, 4)
        urls = [request["url"] for request in hub.requests if request["side"] == "store"]
        self.assertEqual(len(set(urls)), 2)

    def test_addresses_are_renewed_a_few_times_only(self):
        _, hub = self.fails("expired-forever", LOGS, "i/o error", "refused the addresses that GitHub gave", requests=6)
        urls = [request["url"] for request in hub.requests if request["side"] == "store"]
        self.assertEqual(len(set(urls)), 3)
        self.fails("store-404", LOGS, "not found", "(404)", requests=6)
        self.fails("store-410", LOGS, "not found", "expired (410)", requests=2)

    def test_the_same_address_again_is_not_tried(self):
        self.fails("expired-same-url", LOGS, "invalid input", "the same address again", requests=3)

    def test_trouble_of_the_store_is_tried_again(self):
        for scenario, requests in (("store-503", 4), ("store-reset", 3), ("store-cut", 4)):
            self.works(scenario, LOGS, requests)


class Pages(Case):
    def test_a_listing_is_followed_to_its_end(self):
        with Hub() as hub:
            outcome = self.ask(hub, PAGES)
            self.assertEqual(len(outcome.answers), 3)
            self.assertEqual([answer["next"] == "" for answer in outcome.answers], [False, False, True])

    def test_a_relative_link_is_resolved(self):
        with Hub("page-relative") as hub:
            self.assertEqual(len(self.ask(hub, PAGES).answers), 2)
            self.assertEqual(hub.requests[1]["query"], "per_page=1&page=3")

    def test_a_link_that_leads_elsewhere_or_to_itself_is_refused(self):
        for scenario, mark in (("page-circle", "next_circles"), ("page-elsewhere", "next_refused")):
            outcome, _ = self.works(scenario, PAGES, 1)
            self.assertTrue(outcome.first[mark])
            self.assertNotEqual(outcome.first["next"], "")

    def test_an_address_of_another_host_is_not_asked(self):
        with Hub() as hub:
            outcome = self.ask(hub, f"json:{hub.store}{RUN_PATH}")
            self.assertEqual(outcome.first["status"], "invalid input")
            self.assertEqual(hub.requests, [])


class Cache(Case):
    def cached(self, hub, folder, *arguments):
        outcome = self.ask(hub, "--cache", folder, *arguments)
        if outcome.status == 77:
            self.skipTest("this build has no cache")
        return outcome

    def test_an_unchanged_answer_is_not_sent_again(self):
        with Hub() as hub, tempfile.TemporaryDirectory() as folder:
            cache, kept = os.path.join(folder, "c"), os.path.join(folder, "kept")
            os.mkdir(kept)
            first = self.cached(hub, cache, PAGES)
            second = self.cached(hub, cache, "--save", kept, PAGES)
            self.assertEqual(first.answers, second.answers)
            self.assertEqual([request["status"] for request in hub.requests], [200] * 3 + [304] * 3)
            self.assertIn(" 304 (cached)", second.trace[0])
            self.assertEqual(json.loads(pathlib.Path(kept, "0").read_bytes())["total_count"], 3)

    def test_what_lasts_is_not_asked_again_until_it_is_forgotten(self):
        with Hub() as hub, tempfile.TemporaryDirectory() as folder:
            cache, lasting = os.path.join(folder, "c"), LOGS.replace("file:", "lasting:")
            self.cached(hub, cache, lasting)
            self.assertEqual(self.cached(hub, cache, lasting).first["status"], "ok")
            self.assertEqual(len(hub.requests), 2)
            self.cached(hub, cache, LOGS.replace("file:", "forget:"), lasting)
            self.assertEqual(len(hub.requests), 4)

    def test_offline_is_answered_from_the_cache_alone(self):
        with Hub() as hub, tempfile.TemporaryDirectory() as folder:
            cache = os.path.join(folder, "c")
            self.cached(hub, cache, FACTS)
            outcome = self.cached(hub, cache, "--offline", FACTS, LOGS)
            self.assertEqual([answer["status"] for answer in outcome.answers], ["ok", "i/o error"])
            self.assertIn("not in the cache; run once without --offline", outcome.answers[1]["text"])
            self.assertEqual(len(hub.requests), 1)

    def test_failures_are_not_kept(self):
        with Hub("not-found") as hub, tempfile.TemporaryDirectory() as folder:
            cache = os.path.join(folder, "c")
            self.cached(hub, cache, FACTS)
            self.cached(hub, cache, FACTS)
            self.assertEqual(len(hub.requests), 2)

    def test_without_a_cache_offline_finds_nothing(self):
        self.fails("clean", FACTS, "i/o error", "not in the cache", requests=0, options=("--offline",))


class Threads(Case):
    """Eight threads that ask one shared exchange at once."""
    MANY = 8

    def together(self, scenario, *arguments, options=("--short",)):
        with Hub(scenario) as hub:
            outcome = self.ask(hub, "--threads", str(self.MANY), *options, *arguments)
            self.assertEqual(len(outcome.answers), self.MANY * len(arguments))
            self.assertRegex(outcome.trace[-1], rf"^{len(hub.requests)} requests, ")
            return outcome, hub

    def statuses(self, outcome):
        return {answer["status"] for answer in outcome.answers}

    def test_all_get_what_one_would(self):
        with tempfile.TemporaryDirectory() as folder:
            outcome, hub = self.together("clean", FACTS, LOGS, JOB_LOG, options=("--save", folder))
            self.assertEqual(self.statuses(outcome), {"ok"})
            self.assertEqual(len(hub.requests), 5 * self.MANY)
            for i in range(self.MANY):
                self.assertEqual(json.loads(pathlib.Path(folder, str(3 * i)).read_bytes())["id"], RUN)
                self.assertEqual(pathlib.Path(folder, str(3 * i + 1)).read_bytes(), archive())
                self.assertIn(b"ModuleNotFoundError", pathlib.Path(folder, str(3 * i + 2)).read_bytes())
            self.assertRegex(outcome.trace[-1], r" [1-9]\d* bytes, 4998 remaining$")

    def test_long_logs_go_through_the_disk_side_by_side(self):
        with tempfile.TemporaryDirectory() as folder:
            self.together("big", LOGS, options=("--save", folder))
            for i in range(self.MANY):
                self.assertEqual(pathlib.Path(folder, str(i)).read_bytes(), b"a line of sixteen\n" * 200000)

    def test_as_many_fly_at_once(self):
        outcome, hub = self.together("slow", FACTS)
        self.assertEqual(self.statuses(outcome), {"ok"})
        self.assertGreater(hub.peak, 4)
        self.assertLessEqual(hub.peak, self.MANY)

    def test_all_wait_for_one_limit_together(self):
        for scenario in ("primary", "retry-after"):
            outcome, hub = self.together(scenario, FACTS, options=("--max-wait", "4"))
            self.assertEqual(self.statuses(outcome), {"ok"}, (scenario, outcome.trace))
            self.assertEqual(len(hub.requests), self.MANY + 1)

    def test_a_far_limit_ends_all_with_the_same_words(self):
        outcome, hub = self.together("primary-far", FACTS, LOGS, PAGES)
        failed = [answer for answer in outcome.answers if answer["status"] != "ok"]
        self.assertEqual(len(outcome.answers) - len(failed), 1)  # the first request was let through
        self.assertEqual({answer["status"] for answer in failed}, {"limit reached"})
        self.assertLessEqual(len(hub.requests), self.MANY + 1)
        for answer in failed:
            self.assertRegex(answer["text"], r"used up until \d\d:\d\d:\d\d UTC; --max-wait 330[01] would wait for it$")

    def test_a_refused_token_ends_all(self):
        outcome, hub = self.together("bad-token", FACTS, FACTS, LOGS)
        self.assertEqual({answer["http"] for answer in outcome.answers}, {401})
        self.assertLessEqual(len(hub.requests), self.MANY)

    def test_trouble_is_tried_again_for_each(self):
        for scenario, argument in (("5xx", FACTS), ("reset", FACTS), ("cut", FACTS), ("expired-once", LOGS), ("store-cut", LOGS),
                                   ("store-503", LOGS), ("renamed", LOGS)):
            outcome, _ = self.together(scenario, argument)
            self.assertEqual(self.statuses(outcome), {"ok"}, (scenario, outcome.answers, outcome.trace))

    def test_trouble_without_an_end_is_given_up_by_each(self):
        outcome, hub = self.together("5xx-forever", FACTS)
        self.assertEqual(self.statuses(outcome), {"i/o error"})
        self.assertEqual(len(hub.requests), 5 * self.MANY)

    def test_one_cache_serves_all(self):
        lasting = LOGS.replace("file:", "lasting:")
        with Hub() as hub, tempfile.TemporaryDirectory() as folder:
            def ask(*arguments):
                before = len(hub.requests)
                outcome = self.ask(hub, "--threads", str(self.MANY), "--cache", os.path.join(folder, "c"), *arguments)
                self.assertEqual(self.statuses(outcome), {"ok"})
                return len(hub.requests) - before
            ask(lasting, LOGS.replace("file:", "forget:"), lasting, FACTS)
            self.assertLessEqual(ask(lasting, lasting), 2 * self.MANY)
            self.assertEqual(ask(lasting), 0)
            self.assertEqual(ask("--offline", lasting, FACTS), 0)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    ASK = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
