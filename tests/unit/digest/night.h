/* A night out of a real history: runs in a line each, scans that finish or are killed, and the digest as a few words.
 *
 *     night_see(night, (seen){.id = 1, .hour = 2, .of = "a"});            failed by cause a
 *     night_see(night, (seen){.id = 2, .hour = 3});                       passed
 *     assert_night(night, 0, 24, "new a 1");
 */
#ifndef TESTS_DIGEST_NIGHT_H
#define TESTS_DIGEST_NIGHT_H

#include "base/limits.h"
#include "digest/digest.h"
#include "unit/history/past.h"

/* One attempt of a run. What is left out is the same for all. */
typedef struct seen {
    uint64_t id;
    uint32_t attempt;           /* 0: 1 */
    int hour;                   /* since midnight; negative: the day before */
    const char *repository;     /* NULL: acme/app */
    const char *workflow;       /* NULL: CI */
    const char *event, *branch; /* NULL: push, main */
    const char *sha;            /* NULL: one of its own */
    const char *conclusion;     /* NULL: failure if anything says why, else success */
    const char *title;
    /* Its diagnoses, a letter each, which is the digit of the fingerprint, in order of rank. Behind it `!` confirmed,
     * `?` possible, `-` no origin, `<` caused by the one behind it. Two of one letter stand in two jobs. */
    const char *of;
    const char *json;       /* of its diagnoses */
    const char *jobs;       /* of the diagnoses, `;` between them; NULL: test */
    double confidence;      /* 0: 0.75 */
    size_t evidence;        /* 0: 1 */
    ff_history_state state; /* LISTED: analysed, if `of` */
    const char *why;
} seen;

typedef struct night {
    ff_history *history;
    ff_arena arena;
    ff_digest digest;
    ff_history_run repositories[3];
    size_t repository_count;
    ff_slice branch;
    bool cancelled;
    ff_digest_ask ask; /* its counts */
} night;

static inline void night_begin(night *n)
{
    *n = (night){.history = past_open("night.db")};
    n->repositories[n->repository_count++] =
        (ff_history_run){.host = FF_LIT("github.com"), .repository = FF_LIT("acme/app")};
    ff_arena_init(&n->arena, 0);
}

static inline void night_end(night *n)
{
    ff_history_close(n->history);
    ff_arena_release(&n->arena);
    (void)remove("night.db");
}

static inline void night_also(night *n, const char *repository)
{
    n->repositories[n->repository_count++] =
        (ff_history_run){.host = FF_LIT("github.com"), .repository = ff_slice_of(repository)};
}

static inline ff_history_run night_run(const seen *s, char sha[41])
{
    (void)snprintf(sha, 41, "%040llx", (unsigned long long)s->id);
    ff_slice workflow = past_word(s->workflow, "CI");
    return (ff_history_run){
        .host = FF_LIT("github.com"),
        .repository = past_word(s->repository, "acme/app"),
        .id = s->id,
        .attempt = s->attempt ? s->attempt : 1,
        .workflow_id = 1000 + workflow.len,
        .workflow = workflow,
        .workflow_path = FF_LIT(".github/workflows/ci.yml"),
        .event = past_word(s->event, "push"),
        .head_branch = past_word(s->branch, "main"),
        .head_sha = past_word(s->sha, sha),
        .title = past_word(s->title, "A change"),
        .conclusion = past_word(s->conclusion, s->of || s->state ? "failure" : "success"),
        .created_at = MIDNIGHT + s->hour * 3600 * SECONDS,
        .started_at = FF_NO_TIME,
        .updated_at = FF_NO_TIME,
    };
}

static inline ff_slice night_verdict(char mark)
{
    return mark == '!' ? FF_LIT("confirmed") : mark == '?' ? FF_LIT("possible") : FF_LIT("likely");
}

enum { NIGHT_DIAGNOSES = 8, NIGHT_EVIDENCE = 4 };

/* Only the marks behind a letter belong to it. */
static inline size_t night_diagnoses(const seen *s, ff_history_diagnosis *list, uint32_t *cause,
                                     const ff_history_evidence *evidence)
{
    ff_slice jobs = past_word(s->jobs, ""), job;
    size_t count = 0;
    for (const char *at = s->of ? s->of : ""; *at; count++) {
        char print[FF_SHA256_HEX + 1];
        memset(print, *at++, FF_SHA256_HEX);
        print[FF_SHA256_HEX] = '\0';
        ff_history_diagnosis *d = &list[count];
        *d = past_diagnosis((uint32_t)(count + 1), print, "test");
        d->json = past_word(s->json, "");
        d->confidence = s->confidence > 0 ? s->confidence : 0.75;
        d->evidence = evidence;
        d->evidence_count = s->evidence ? s->evidence : 1;
        d->title = past_word(s->title, "A title");
        if (ff_slice_take_until(&jobs, ';', &job))
            d->job = job;
        for (; *at && strchr("!?-<", *at); at++) {
            if (*at == '-')
                d->origin = false;
            else if (*at == '<') {
                cause[count] = (uint32_t)(count + 2);
                d->caused_by = &cause[count];
                d->caused_by_count = 1;
            } else
                d->verdict = night_verdict(*at);
        }
    }
    return count;
}

static inline void night_see(night *n, seen s)
{
    char sha[41];
    ff_error error = {0};
    ff_history_diagnosis diagnoses[NIGHT_DIAGNOSES];
    uint32_t cause[NIGHT_DIAGNOSES];
    const ff_history_evidence evidence[NIGHT_EVIDENCE] = {
        {.number = 1, .kind = FF_LIT("api"), .text = FF_LIT("step 4 failed")},
        {.number = 2,
         .kind = FF_LIT("log"),
         .file = FF_LIT("test/4_Run.txt"),
         .line = 7,
         .end_line = 8,
         .job_line = 70,
         .primary = true,
         .text = FF_LIT("first\nsecond")},
        {.number = 3, .kind = FF_LIT("repo"), .text = FF_LIT("ci.yml:3: run: x")},
        {.number = 4, .kind = FF_LIT("log"), .text = FF_LIT("third")},
    };
    const ff_history_run run = night_run(&s, sha);
    if (ff_history_list(n->history, &run, 1, &error) != FF_OK)
        fail_msg("%s", error.text);
    ff_history_result result = {.run = run, .digest = FF_LIT("d"), .state = s.of ? FF_HISTORY_ANALYSED : s.state};
    result.why = past_word(s.why, "");
    result.diagnoses = diagnoses;
    result.diagnosis_count = night_diagnoses(&s, diagnoses, cause, evidence);
    if (s.state && s.of)
        result.state = s.state;
    if (result.state != FF_HISTORY_LISTED)
        past_record(n->history, &result);
}

/* Makes the digest of some hours. The status. */
static inline ff_status night_try(night *n, int from, int to, ff_error *error)
{
    ff_digest_ask ask = n->ask;
    ask.window = (ff_history_window){
        .repositories = n->repositories,
        .repository_count = n->repository_count,
        .since = MIDNIGHT + from * 3600 * SECONDS,
        .until = MIDNIGHT + to * 3600 * SECONDS,
        .branch = n->branch,
        .cancelled = n->cancelled,
    };
    ask.now = ask.window.until;
    ask.catalog_digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    ff_arena_release(&n->arena);
    ff_digest_init(&n->digest, &n->arena);
    return ff_digest_build(&n->digest, n->history, &ask, error);
}

static inline const ff_digest *night_build(night *n, int from, int to)
{
    ff_error error = {0};
    if (night_try(n, from, to, &error) != FF_OK)
        fail_msg("%s", error.text);
    return &n->digest;
}

/* A scan of these hours that came to its end: what it says is written down. */
static inline void night_scan(night *n, int from, int to)
{
    ff_error error = {0};
    (void)night_build(n, from, to);
    ff_history_scan scan = {
        .started_at = n->digest.since,
        .ended_at = n->digest.until,
        .window = {.repositories = n->repositories, .repository_count = n->repository_count},
    };
    scan.window.since = n->digest.since;
    scan.window.until = n->digest.until;
    scan.said = n->digest.said;
    scan.said_count = n->digest.said_count;
    if (ff_history_finish(n->history, &scan, &error) != FF_OK)
        fail_msg("%s", error.text);
}

static inline void night_tell_group(const ff_digest *digest, const ff_group *group, ff_buf *out)
{
    ff_buf_printf(out, "%s%s %c %lu", out->len ? ", " : "", ff_group_state_name(group->state), group->fingerprint[0],
                  (unsigned long)group->count);
    if (group->flicker)
        ff_buf_add(out, FF_LIT(" flickers"));
    if (group->passing.id && group->state != FF_GROUP_FIXED)
        ff_buf_printf(out, " passing %llu", (unsigned long long)group->passing.id);
    if (group->under != FF_NO_GROUP)
        ff_buf_printf(out, " under %c", digest->groups[group->under].fingerprint[0]);
}

static inline void night_tell_runs(const char *what, const ff_digest_run *runs, size_t count, ff_buf *out)
{
    if (count)
        ff_buf_printf(out, "%s%s", out->len ? "; " : "", what);
    for (size_t i = 0; i < count; i++)
        ff_buf_printf(out, " %llu", (unsigned long long)runs[i].id);
}

/* The digest in words: the groups in order, what is not explained, what passed in the end. */
static inline void night_tell(const ff_digest *digest, ff_buf *out)
{
    for (size_t i = 0; i < digest->group_count; i++)
        night_tell_group(digest, &digest->groups[i], out);
    night_tell_runs("unexplained", digest->unexplained, digest->unexplained_count, out);
    night_tell_runs("reruns", digest->reruns, digest->rerun_count, out);
}

static inline void assert_told(const ff_digest *digest, const char *name, const char *expected)
{
    ff_buf told;
    ff_buf_init(&told, FF_LIMIT_REPORT_BYTES);
    night_tell(digest, &told);
    if (!ff_slice_eq(ff_buf_slice(&told), ff_slice_of(expected)))
        fail_msg("%s: \"%.*s\" instead of \"%s\"", name, FF_ARG(ff_buf_slice(&told)), expected);
    ff_buf_release(&told);
}

#endif
