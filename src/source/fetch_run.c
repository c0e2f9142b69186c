/* ff_fetch_run: asks what a triage asks, and writes the answers down. */
#include "source/hosted.h"
#include "source/online.h"
#include "source/recorder.h"

#include <firstfault/online.h>

/* What is missing from the run, for one line. */
static void tell_partial(const ff_notes *notes, ff_error *error)
{
    size_t first = 0;
    while (first < notes->count && !notes->items[first].partial)
        first++;
    if (first < notes->count)
        (void)ff_error_set(error, FF_OK, "%.*s", FF_ARG(notes->items[first].text));
}

static ff_status fetch(ff_server_line *line, ff_exchange *recorder, ff_run *run, const ff_online *online,
                       const char *output, ff_error *error)
{
    ff_arena arena;
    ff_hosted *source = NULL;
    ff_arena_init(&arena, 0);
    ff_status status = ff_hosted_open(&source, run, &arena, recorder, &line->target, error);
    if (status == FF_OK && online->stopped && online->stopped(online->self)) /* what is missing is only not asked for */
        status = ff_error_set(error, FF_IO, "interrupted");
    /* Which attempt is the latest may change until the answers are read again, and only the job may have been named. */
    if (status == FF_OK) {
        line->target.run = run->id;
        line->target.attempt = run->attempt;
        status = ff_recorder_write(recorder, &line->target, output, error);
    }
    ff_hosted_close(source);
    ff_arena_release(&arena);
    return status;
}

ff_status ff_fetch_run(const char *target, const char *repository, const ff_online *online, const char *output,
                       bool *partial, ff_error *error)
{
    ff_arena arena;
    ff_run run;
    ff_server_line line = {0};
    ff_exchange *recorder = NULL;
    const ff_source_online ask = {.target = target, .repository = repository, .online = online};
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    *partial = false;
    ff_status status = ff_recorder_check(output, error);
    if (status == FF_OK)
        status = ff_server_line_open(&line, &ask, &run, error);
    if (status == FF_OK)
        status = ff_recorder_open(&recorder, line.exchange, error);
    if (status == FF_OK)
        status = fetch(&line, recorder, &run, online, output, error);
    *partial = run.notes.partial;
    if (status == FF_OK && *partial)
        tell_partial(&run.notes, error);
    ff_exchange_close(recorder);
    ff_server_line_close(&line);
    ff_arena_release(&arena);
    return status;
}
