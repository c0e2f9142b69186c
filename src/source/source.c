#include "source/source.h"

#include "source/hosted.h"
#include "source/kind.h"
#include "source/names.h"
#include "source/recorder.h"

#include <stdlib.h>

/* In the order in which they are asked; the last one takes what is left. */
static const ff_source_kind *const KINDS[] = {&ff_source_folder, &ff_source_archive, &ff_source_text};

static ff_source *new_source(ff_run *run)
{
    ff_source *source = calloc(1, sizeof *source);
    if (!source)
        return NULL;
    source->run = run;
    source->input.fd = -1;
    ff_arena_init(&source->arena, 0);
    ff_gauge_init(&source->gauge, run);
    return source;
}

/* Every text below names only what is wrong; the target is put before it here. */
static ff_status name_target(const ff_source *source, const char *target, const ff_error *detail, ff_error *error)
{
    ff_slice given = strcmp(target, "-") == 0 ? FF_LIT("standard input") : ff_slice_of(target);
    return ff_error_set(error, detail->status, "%s: %s", ff_entry_name_shown(source->run->arena, given), detail->text);
}

static ff_status open_kind(ff_source *source, ff_error *error)
{
    size_t row = 0;
    while (!KINDS[row]->accepts(&source->input))
        row++;
    source->kind = KINDS[row];
    return source->kind->open(source, error);
}

static ff_status finish_open(ff_source **source, ff_source *made, const char *target, ff_error *detail, ff_error *error)
{
    ff_status status = detail->status;
    if (status == FF_OK)
        status = open_kind(made, detail);
    if (status != FF_OK) {
        status = name_target(made, target, detail, error);
        ff_source_close(made);
        return status;
    }
    *source = made;
    return FF_OK;
}

ff_status ff_source_open(ff_source **source, const char *target, ff_run *run, ff_error *error)
{
    ff_source *made = new_source(run);
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    ff_error detail = {0};
    (void)ff_input_open(&made->input, target, &detail); /* `detail` has the status */
    return finish_open(source, made, target, &detail, error);
}

ff_status ff_source_open_bytes(ff_source **source, ff_slice bytes, const char *name, ff_run *run, ff_error *error)
{
    ff_source *made = new_source(run);
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    ff_error detail = {0};
    ff_input_of_bytes(&made->input, bytes, name);
    return finish_open(source, made, name, &detail, error);
}

/* The exchange that answers: the server's, or a recorder before it. */
static ff_status open_line(ff_source *source, const ff_source_online *ask, ff_exchange **exchange, ff_error *error)
{
    ff_status status = ask->keep ? ff_recorder_check(ask->keep, error) : FF_OK;
    if (status == FF_OK)
        status = ff_server_line_open(&source->line, ask, source->run, error);
    if (status == FF_OK && ask->keep)
        status = ff_recorder_open(&source->recorder, source->line.exchange, error);
    source->keep = ask->keep;
    *exchange = source->recorder ? source->recorder : source->line.exchange;
    return status;
}

static ff_status open_hosted(ff_source *source, const ff_hosted_ask *ask, ff_error *error)
{
    return ff_hosted_open(&source->hosted, source->run, &source->arena, ask, error);
}

ff_status ff_source_open_online(ff_source **source, const ff_source_online *ask, ff_run *run, ff_error *error)
{
    ff_source *made = new_source(run);
    ff_exchange *exchange = NULL;
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    ff_status status = open_line(made, ask, &exchange, error);
    ff_hosted_ask ask_hosted = {.exchange = exchange, .target = &made->line.target};
    if (status == FF_OK)
        status = open_hosted(made, &ask_hosted, error);
    if (status != FF_OK) {
        ff_source_close(made);
        return status;
    }
    if (ask->online->offline)
        run->asked = "the cache alone";
    *source = made;
    return FF_OK;
}

ff_status ff_source_open_listed(ff_source **source, const ff_source_listed *ask, ff_run *run, ff_error *error)
{
    ff_source *made = new_source(run);
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    ff_hosted_ask ask_hosted = {.exchange = ask->exchange, .target = ask->target, .facts = ask->facts};
    ff_status status = open_hosted(made, &ask_hosted, error);
    if (status != FF_OK) {
        ff_source_close(made);
        return status;
    }
    *source = made;
    return FF_OK;
}

ff_status ff_source_logs(const ff_source *source)
{
    return source->hosted ? ff_hosted_logs(source->hosted) : FF_OK;
}

const ff_github *ff_source_github(const ff_source *source)
{
    return source->hosted ? &source->hosted->api : NULL;
}

/* Which attempt is the latest may change until the answers are read again, and only the job may have been named. */
ff_status ff_source_keep(ff_source *source, ff_error *error)
{
    source->line.target.run = source->run->id;
    source->line.target.attempt = source->run->attempt;
    return ff_recorder_write(source->recorder, &source->line.target, source->keep, error);
}

ff_status ff_source_next(ff_source *source, ff_stream *stream, ff_error *error)
{
    if (source->hosted)
        return ff_hosted_next(source->hosted, stream, error);
    return source->kind->next(source, stream, error);
}

void ff_source_close(ff_source *source)
{
    if (!source)
        return;
    ff_hosted_close(source->hosted);
    ff_exchange_close(source->kept);
    ff_exchange_close(source->recorder);
    ff_server_line_close(&source->line);
    if (source->kind)
        source->kind->close(source);
    ff_input_close(&source->input);
    ff_arena_release(&source->arena);
    free(source);
}
