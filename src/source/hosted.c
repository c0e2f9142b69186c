#include "source/hosted.h"

#include <stdlib.h>

static ff_slice keep(ff_hosted *source, ff_slice text)
{
    return ff_arena_dup(source->run->arena, text);
}

ff_status ff_hosted_open(ff_hosted **source, ff_run *run, ff_arena *arena, const ff_hosted_ask *ask, ff_error *error)
{
    ff_hosted *made = calloc(1, sizeof *made);
    *source = made;
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    made->exchange = ask->exchange;
    made->run = run;
    made->arena = arena;
    made->target = *ask->target;
    made->target.host = keep(made, ask->target->host);
    made->target.owner = keep(made, ask->target->owner);
    made->target.name = keep(made, ask->target->name);
    made->listed = ask->facts != NULL;
    if (ask->facts)
        made->facts = *ask->facts;
    made->api =
        (ff_github){.exchange = ask->exchange, .owner = made->target.owner, .name = made->target.name, .arena = arena};
    ff_gauge_init(&made->gauge, run);
    ff_run_init(&made->staged, run->arena);
    ff_status status = ff_hosted_read_facts(made, error);
    if (status != FF_OK)
        return status;
    status = ff_hosted_read_archive(made);
    if (status == FF_OK)
        status = ff_hosted_read_own_logs(made);
    if (status == FF_OK)
        status = ff_hosted_read_extras(made);
    return status == FF_OK ? FF_OK : ff_error_set(error, status, "out of memory");
}

/* A longer body than is read of one log stays longer. */
static ff_status trouble_of(const ff_call *call)
{
    if (call->status == FF_NOT_FOUND && call->http == 404)
        return FF_END;
    return call->status == FF_LIMIT && call->http == 200 ? FF_OK : call->status;
}

static bool was_never_begun(const ff_hosted *source, const ff_hosted_log *log)
{
    return log->call.status == FF_NOT_FOUND && ff_run_job(source->run, log->job)->conclusion == FF_CONCLUSION_CANCELLED;
}

/* Of two the one that tells more about what to do next. */
static ff_status graver(ff_status one, ff_status other)
{
    static const ff_status order[] = {FF_DENIED, FF_LIMIT, FF_UNSUPPORTED, FF_IO, FF_INVALID, FF_NOT_FOUND, FF_END};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (one == order[i] || other == order[i])
            return order[i];
    return one != FF_OK ? one : other; /* none of these is no reason to say that all is well */
}

ff_status ff_hosted_logs(const ff_hosted *source)
{
    ff_status worst = source->list;
    bool none_asked = source->own.count == 0 && source->items.count == 0;
    if (source->logs != FF_OK)
        return source->logs;
    for (size_t i = 0; i < source->own.count; i++)
        if (!was_never_begun(source, &source->own.items[i]))
            worst = graver(worst, trouble_of(&source->own.items[i].call));
    /* Without a log of any job the archive tells why, but a run whose jobs never began has none. */
    if (none_asked && !(source->jobs_whole && source->archive.status == FF_NOT_FOUND))
        worst = graver(worst, trouble_of(&source->archive));
    bool none = worst == FF_NOT_FOUND || worst == FF_END;
    return none && source->items.count ? FF_OK : worst;
}

static ff_status read_log(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    ff_hosted *source = self;
    ff_status status = ff_body_read(source->reading.body, source->reading.at, into, cap, got, error);
    source->reading.at += *got;
    return status == FF_OK && *got == 0 ? FF_END : status;
}

/* Opens the bytes of an item. */
static ff_status open_item(ff_hosted *source, const ff_hosted_item *item, ff_reader *reader, ff_error *error)
{
    if (item->log == FF_NO_INDEX)
        return source->shelf.open(source->shelf.self, item->item.entry, reader, error);
    source->reading.body = &source->own.items[item->log].call.body;
    source->reading.at = 0;
    *reader = (ff_reader){read_log, source};
    return FF_OK;
}

static ff_slice name_of(ff_hosted *source, const ff_hosted_item *item)
{
    const ff_job *job = ff_run_job(source->run, item->item.job);
    if (item->log != FF_NO_INDEX)
        return ff_hosted_log_name(source->run->arena, (uint64_t)job->id);
    if (item->item.form == FF_STREAM_STEP)
        return ff_run_step(source->run, item->item.job, item->item.step)->file;
    return ff_run_keep_name(source->run, source->shelf.items[item->item.entry].name);
}

ff_status ff_hosted_next(ff_hosted *source, ff_stream *stream, ff_error *error)
{
    while (source->next < source->items.count) {
        const ff_hosted_item *item = &source->items.items[source->next++];
        *stream = (ff_stream){.form = item->item.form, .job = item->item.job, .step = item->item.step};
        stream->name = name_of(source, item);
        if (!stream->name.ptr)
            return ff_error_set(error, FF_NOMEM, "out of memory");
        ff_reader reader;
        ff_error reason = {0};
        ff_status status = open_item(source, item, &reader, &reason);
        if (status == FF_NOMEM)
            return ff_error_set(error, FF_NOMEM, "out of memory");
        if (status == FF_OK) {
            stream->reader = ff_gauge_start(&source->gauge, stream->name, reader);
            return FF_OK;
        }
        ff_gauge_fail(&source->gauge, stream->name, status, &reason);
    }
    return FF_END;
}

void ff_hosted_close(ff_hosted *source)
{
    if (!source)
        return;
    for (size_t i = 0; i < source->own.count; i++)
        ff_call_release(&source->own.items[i].call);
    ff_zip_close(source->zip);
    ff_call_release(&source->archive);
    free(source);
}
