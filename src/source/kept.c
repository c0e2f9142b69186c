#include "source/kept.h"

#include "base/limits.h"
#include "fetch/record.h"

#include <stdlib.h>

struct kept {
    ff_exchange exchange; /* first */
    const ff_shelf *shelf;
    ff_record list;
    uint64_t left; /* of FF_LIMIT_KEPT_BYTES */
};

static const ff_slice INDEX = FF_TEXT(FF_RECORD_INDEX), SCHEMA = FF_TEXT(FF_RECORD_SCHEMA);

static size_t find_entry(const ff_shelf *shelf, ff_slice name)
{
    for (size_t i = 0; i < shelf->count; i++)
        if (ff_slice_eq(shelf->items[i].name, name))
            return i;
    return SIZE_MAX;
}

size_t ff_kept_index(const ff_shelf *shelf)
{
    return find_entry(shelf, INDEX);
}

static ff_status read_entry(const ff_shelf *shelf, size_t entry, ff_body *body, ff_error *error)
{
    char piece[16 * 1024];
    ff_reader reader;
    const ff_trouble *trouble = &shelf->items[entry].trouble;
    if (trouble->code)
        return ff_error_set(error, FF_INVALID, "the entry is %s", trouble->text);
    ff_status status = shelf->open(shelf->self, entry, &reader, error);
    while (status == FF_OK) {
        size_t got = 0;
        status = reader.read(reader.self, piece, sizeof piece, &got, error);
        if (status == FF_OK)
            status = ff_body_add(body, (ff_slice){piece, got}, error);
    }
    return status == FF_END ? FF_OK : status;
}

/* The last one: what was asked for again had made no sense before. */
static const ff_recorded *find_answer(const struct kept *kept, ff_slice path)
{
    for (size_t i = kept->list.count; i > 0; i--)
        if (ff_slice_eq(kept->list.items[i - 1].path, path))
            return &kept->list.items[i - 1];
    return NULL;
}

static bool is_failure(int32_t status)
{
    return status <= FF_NOMEM && status >= FF_MISUSE;
}

static ff_status answer(struct kept *kept, ff_call *call)
{
    const ff_recorded *found = find_answer(kept, call->path);
    call->unsent = !found || found->unsent;
    if (!found)
        return ff_error_set(&call->error, FF_IO, "the kept run does not have it");
    call->http = found->http;
    call->next_refused = found->refused;
    call->next_circles = found->circles;
    if (is_failure(found->status))
        return ff_error_set(&call->error, (ff_status)found->status, "%.*s", FF_ARG(found->text));
    if (!ff_call_own(&call->next, found->next))
        return ff_error_set(&call->error, FF_NOMEM, "out of memory");
    size_t entry = find_entry(kept->shelf, found->file);
    if (entry == SIZE_MAX)
        return ff_error_set(&call->error, FF_IO, "its file is missing from the kept run");
    ff_status status = read_entry(kept->shelf, entry, &call->body, &call->error);
    if (call->body.size > kept->left) {
        ff_body_reset(&call->body);
        return ff_error_set(&call->error, FF_LIMIT, "the kept run holds more than %llu bytes",
                            (unsigned long long)FF_LIMIT_KEPT_BYTES);
    }
    kept->left -= call->body.size;
    if (status != FF_OK)
        ff_body_reset(&call->body);
    return status;
}

static void get(ff_exchange *exchange, ff_call *calls, size_t count)
{
    struct kept *kept = (struct kept *)exchange;
    for (size_t i = 0; i < count; i++) {
        uint64_t most = ff_call_most(calls[i].kind);
        ff_body_init(&calls[i].body, most < kept->left ? most : kept->left + 1);
        calls[i].status = answer(kept, &calls[i]);
    }
}

static void forget(ff_exchange *exchange, ff_slice path)
{
    (void)exchange;
    (void)path; /* what was kept stays */
}

static void close_kept(ff_exchange *exchange)
{
    free(exchange);
}

static const ff_exchange_kind KEPT = {.get = get, .forget = forget, .close = close_kept};

static ff_status read_index(struct kept *kept, ff_target *target, ff_arena *arena, ff_error *error)
{
    ff_body body;
    ff_buf whole;
    ff_slice text = {0};
    ff_body_init(&body, FF_LIMIT_ANSWER_BYTES);
    ff_buf_init(&whole, FF_LIMIT_ANSWER_BYTES);
    ff_error reason = {0};
    ff_status status = read_entry(kept->shelf, ff_kept_index(kept->shelf), &body, &reason);
    if (status == FF_OK)
        status = ff_body_slice(&body, &whole, &text, &reason);
    if (status == FF_OK)
        status = ff_record_parse(&kept->list, text, arena, &reason);
    if (status == FF_OK && !ff_slice_eq(kept->list.schema, SCHEMA))
        status = ff_error_set(&reason, FF_INVALID, "is not of the schema %s", SCHEMA.ptr);
    if (status == FF_OK && (!ff_target_read(target, kept->list.target, (ff_slice){0}) || target->owner.len == 0))
        status = ff_error_set(&reason, FF_INVALID, "names no run");
    ff_buf_release(&whole);
    ff_body_release(&body);
    return status == FF_OK ? FF_OK : ff_error_set(error, status, "its %s %s", INDEX.ptr, reason.text);
}

ff_status ff_kept_open(ff_exchange **exchange, const ff_shelf *shelf, ff_target *target, ff_arena *arena,
                       ff_error *error)
{
    struct kept *kept = calloc(1, sizeof *kept);
    if (!kept)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    *kept = (struct kept){.exchange.kind = &KEPT, .shelf = shelf, .left = FF_LIMIT_KEPT_BYTES};
    ff_status status = read_index(kept, target, arena, error);
    if (status != FF_OK) {
        free(kept);
        return status;
    }
    *exchange = &kept->exchange;
    return FF_OK;
}
