/* A run of GitHub over a table of answers, which remembers what it was asked.
 *
 *     outcome got;
 *     start(&got);
 *     say(&got.server, "runs/7", FF_LIT(FAILED));
 *     open_run(&got, 0, 0);                got.streams, got.notes, got.server.asked tell what came of it
 *     finish(&got);
 */
#ifndef FF_TEST_SOURCE_ANSWERED_H
#define FF_TEST_SOURCE_ANSWERED_H

#include "base/limits.h"
#include "source/hosted.h"

#include <stdio.h>

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

enum { ANSWERS_MAX = 16 };

/* What the server says to a path; no row: 404. */
typedef struct said {
    const char *path; /* behind `/repos/o/r/actions/` or, for others, `/repos/o/r/` */
    ff_slice body;
    ff_status status;
    uint32_t http;
} said;

typedef struct server {
    ff_exchange exchange; /* first */
    said answers[ANSWERS_MAX];
    size_t count;
    ff_buf asked; /* the paths, one a line */
    bool lasting; /* of the last call for an archive */
} server;

static inline ff_slice short_path(ff_slice path)
{
    (void)ff_slice_take_prefix(&path, FF_LIT("/repos/o/r/"));
    (void)ff_slice_take_prefix(&path, FF_LIT("actions/"));
    return ff_slice_cut(path, ff_slice_find_byte(path, '?'));
}

static inline void answer(server *fake, ff_call *call)
{
    ff_slice path = short_path(call->path);
    ff_buf_printf(&fake->asked, "%.*s\n", FF_ARG(path));
    if (call->kind == FF_CALL_FILE)
        fake->lasting = call->lasting;
    ff_body_init(&call->body, FF_LIMIT_DOWNLOAD_BYTES);
    call->http = 404;
    call->status = FF_NOT_FOUND;
    for (size_t i = 0; i < fake->count; i++)
        if (ff_slice_eq(path, ff_slice_of(fake->answers[i].path))) {
            call->status = fake->answers[i].status;
            call->http = fake->answers[i].http ? fake->answers[i].http : 200;
            assert_int_equal(ff_body_add(&call->body, fake->answers[i].body, NULL), FF_OK);
        }
    if (call->status != FF_OK)
        (void)ff_error_set(&call->error, call->status, "answered %u", call->http);
}

static inline void get(ff_exchange *exchange, ff_call *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        answer((server *)exchange, &calls[i]);
}

static inline void forget(ff_exchange *exchange, ff_slice path)
{
    (void)exchange;
    (void)path;
}

static inline void close_server(ff_exchange *exchange)
{
    ff_buf_release(&((server *)exchange)->asked);
}

static const ff_exchange_kind FAKE = {.get = get, .forget = forget, .close = close_server};

static inline void say(server *fake, const char *path, ff_slice body)
{
    assert_true(fake->count < ANSWERS_MAX);
    fake->answers[fake->count++] = (said){path, body, FF_OK, 200};
}

static inline void refuse(server *fake, const char *path, ff_status status, uint32_t http)
{
    fake->answers[fake->count++] = (said){path, {0}, status, http};
}

/* What came of opening and draining the source. */
typedef struct outcome {
    server server;
    ff_arena arena;
    ff_run run;
    ff_hosted *source;
    ff_status status;
    ff_error error;
    ff_buf streams; /* `form job/step name=text` */
    ff_buf notes;
} outcome;

static inline void drain(outcome *got)
{
    static const char forms[] = {[FF_STREAM_STEP] = 'S', [FF_STREAM_JOB] = 'J', [FF_STREAM_TEXT] = 'T'};
    char piece[4096];
    ff_stream stream;
    ff_status status = FF_OK;
    while (got->status == FF_OK && (status = ff_hosted_next(got->source, &stream, &got->error)) == FF_OK) {
        size_t count = 0;
        const ff_job *job = ff_run_job(&got->run, stream.job);
        ff_buf_printf(&got->streams, "%c %.*s", forms[stream.form], FF_ARG(job->name));
        if (stream.step != FF_NO_INDEX)
            ff_buf_printf(&got->streams, "/%lld", (long long)job->steps.items[stream.step].number);
        ff_buf_printf(&got->streams, " %.*s=", FF_ARG(stream.name));
        while (stream.reader.read(stream.reader.self, piece, sizeof piece, &count, NULL) == FF_OK)
            ff_buf_add(&got->streams, (ff_slice){piece, count});
    }
    for (size_t i = 0; i < got->run.notes.count; i++)
        ff_buf_printf(&got->notes, "%s%s ", got->run.notes.items[i].code, got->run.notes.items[i].partial ? "!" : "");
}

static inline void start(outcome *got)
{
    *got = (outcome){.server.exchange.kind = &FAKE};
    ff_arena_init(&got->arena, 0);
    ff_run_init(&got->run, &got->arena);
    ff_buf_init(&got->server.asked, 65536);
    ff_buf_init(&got->streams, 65536);
    ff_buf_init(&got->notes, 65536);
}

static inline void open_target(outcome *got, uint64_t run, uint32_t attempt, uint64_t job)
{
    ff_target target = {.host = FF_LIT("github.com"),
                        .owner = FF_LIT("o"),
                        .name = FF_LIT("r"),
                        .run = run,
                        .attempt = attempt,
                        .job = job};
    ff_hosted_ask ask = {.exchange = &got->server.exchange, .target = &target};
    got->status = ff_hosted_open(&got->source, &got->run, &got->arena, &ask, &got->error);
    drain(got);
}

static inline void open_run(outcome *got, uint32_t attempt, uint64_t job)
{
    open_target(got, 7, attempt, job);
}

static inline void finish(outcome *got)
{
    ff_hosted_close(got->source);
    ff_exchange_close(&got->server.exchange);
    ff_buf_release(&got->streams);
    ff_buf_release(&got->notes);
    ff_arena_release(&got->arena);
}

static inline const char *text_of(ff_buf *buf)
{
    return buf->ptr ? buf->ptr : "";
}

#define RUN(attempt, rest)                                                                                         \
    "{\"id\":7,\"name\":\"CI\",\"path\":\".github/workflows/ci.yml\",\"event\":\"push\",\"head_branch\":\"main\"," \
    "\"head_sha\":\"abc\",\"run_attempt\":" #attempt ",\"repository\":{\"full_name\":\"o/r\"}," rest "}"
#define FAILED RUN(1, "\"status\":\"completed\",\"conclusion\":\"failure\"")
#define STEP(number, name, conclusion) \
    "{\"number\":" #number ",\"name\":\"" name "\",\"status\":\"completed\",\"conclusion\":\"" conclusion "\"}"
#define JOB(id, name, conclusion, steps)                                                                            \
    "{\"id\":" #id ",\"run_attempt\":1,\"name\":\"" name "\",\"status\":\"completed\",\"conclusion\":\"" conclusion \
    "\",\"steps\":[" steps "]}"
#define STEPS STEP(1, "Set up job", "success") "," STEP(2, "Run tests", "failure") "," STEP(3, "Upload", "skipped")

#endif
