#include "source/kind.h"

#include "source/hosted.h"
#include "source/kept.h"

/* The answers of an earlier fetch in place of the network. */
static ff_status open_kept(ff_source *source, ff_error *error)
{
    ff_target target;
    ff_status status = ff_kept_open(&source->kept, &source->shelf, &target, &source->arena, error);
    if (status != FF_OK)
        return status;
    ff_hosted_ask ask = {.exchange = source->kept, .target = &target};
    return ff_hosted_open(&source->hosted, source->run, &source->arena, &ask, error);
}

ff_status ff_source_open_shelf(ff_source *source, ff_error *error)
{
    if (ff_kept_index(&source->shelf) != SIZE_MAX)
        return open_kept(source, error);
    return ff_source_plan_make(&source->plan, &source->shelf, source->run, &source->arena, error);
}

static ff_stream describe(const ff_source *source, const ff_source_item *item)
{
    ff_run *run = source->run;
    ff_slice name = item->form == FF_STREAM_STEP ? ff_run_step(run, item->job, item->step)->file
                                                 : ff_run_keep_name(run, source->shelf.items[item->entry].name);
    return (ff_stream){.form = item->form, .name = name, .job = item->job, .step = item->step};
}

ff_status ff_source_next_planned(ff_source *source, ff_stream *stream, ff_error *error)
{
    const ff_shelf *shelf = &source->shelf;
    while (source->next < source->plan.count) {
        const ff_source_item *item = &source->plan.items[source->next++];
        *stream = describe(source, item);
        if (!stream->name.ptr)
            return ff_error_set(error, FF_NOMEM, "out of memory");
        ff_reader reader;
        ff_error reason = {0};
        ff_status status = shelf->open(shelf->self, item->entry, &reader, &reason);
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
