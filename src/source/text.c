/* The text of one log: a file, memory, or a stream. */
#include "base/keep.h"
#include "base/limits.h"
#include "source/kind.h"
#include "source/sniff.h"

#include <stdlib.h>

enum { PATH_BYTES = 4096 }; /* of the target, as it is shown */

typedef struct text {
    ff_input *input; /* borrowed */
    uint64_t at;     /* bytes handed out; of a stream only those of the head */
} text;

static bool accepts(const ff_input *input)
{
    return input->form != FF_INPUT_FOLDER;
}

static ff_status read_text(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    text *from = self;
    bool stream = from->input->form == FF_INPUT_STREAM;
    uint64_t left = (stream ? from->input->head.len : from->input->blob.size) - from->at;
    if (cap > FF_LIMIT_READ_BYTES)
        cap = FF_LIMIT_READ_BYTES;
    *got = 0;
    if (left == 0)
        return stream ? ff_input_read(from->input, into, cap, got, error) : FF_END;
    size_t len = left < cap ? (size_t)left : cap;
    ff_status status = FF_OK;
    if (stream)
        memcpy(into, from->input->head.ptr + from->at, len);
    else
        status = ff_blob_read(&from->input->blob, from->at, into, len, error);
    if (status != FF_OK)
        return status;
    from->at += len;
    *got = len;
    return FF_OK;
}

static bool is_blank(ff_slice head)
{
    (void)ff_slice_take_prefix(&head, FF_LIT("\xEF\xBB\xBF"));
    return ff_slice_trim(head).len == 0;
}

static ff_status open_text(ff_source *source, ff_error *error)
{
    ff_slice head = source->input.head;
    if (head.len < FF_LIMIT_READ_BYTES && is_blank(head))
        return ff_error_set(error, FF_INVALID, "it is empty");
    const char *reason = source->run->any_text ? ff_sniff_format(head) : ff_sniff_not_a_log(head);
    if (reason)
        return ff_error_set(error, FF_INVALID, "not a log but %s", reason);
    text *self = calloc(1, sizeof *self);
    if (!self)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    self->input = &source->input;
    source->self = self;
    source->run->single_log = true;
    return FF_OK;
}

static ff_status next_text(ff_source *source, ff_stream *stream, ff_error *error)
{
    if (source->next++ > 0)
        return FF_END;
    ff_slice name =
        ff_text_keep(source->run->arena, ff_slice_of(source->input.name), PATH_BYTES, &source->run->redactions);
    if (!name.ptr)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    *stream = (ff_stream){.form = FF_STREAM_TEXT, .name = name, .job = FF_NO_INDEX, .step = FF_NO_INDEX};
    stream->reader = ff_gauge_start(&source->gauge, name, (ff_reader){read_text, source->self});
    return FF_OK;
}

static void close_text(ff_source *source)
{
    free(source->self);
}

const ff_source_kind ff_source_text = {
    .accepts = accepts,
    .open = open_text,
    .next = next_text,
    .close = close_text,
};
