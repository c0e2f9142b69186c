#include "archive/view.h"

#include "archive/wire.h"
#include "base/limits.h"

#include <stdio.h>
#include <string.h>

enum {
    ZIP64_VERSION = 45,
    ZIP64_EXTRA = 24,   /* size, packed, offset */
    FLAG_BEHIND = 0x08, /* sizes stand behind the data: harmless, and true for GitHub's archives */
    RECORD_ROOM = FF_WIRE_RECORD_BYTES + 10 + 4 + ZIP64_EXTRA,
    ENDS_ROOM = FF_WIRE_END64_BYTES + FF_WIRE_LOCATOR_BYTES + FF_WIRE_END_BYTES,
};

/* One field of a record: `value` in `bytes` little-endian bytes. */
typedef struct field {
    uint64_t value;
    size_t bytes;
} field;

static void put_fields(ff_buf *out, const field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ff_wire_put(out, fields[i].value, fields[i].bytes);
}

/* All numbers go into the 64-bit extra field, so that there is one form of record whatever its size. */
static void add_record(ff_buf *out, const ff_zip_record *record, uint32_t number)
{
    char name[16];
    int name_len = snprintf(name, sizeof name, "%u", number);
    const field fields[] = {
        {FF_WIRE_RECORD_MAGIC, 4},
        {ZIP64_VERSION, 2},
        {ZIP64_VERSION, 2},
        {record->flags & FLAG_BEHIND, 2},
        {record->method, 2},
        {0, 4}, /* time, date */
        {record->crc, 4},
        {UINT32_MAX, 4},
        {UINT32_MAX, 4},
        {(uint64_t)name_len, 2},
        {4 + ZIP64_EXTRA, 2},
        {0, 2}, /* comment */
        {0, 2}, /* disk */
        {0, 2}, /* attributes */
        {0, 4},
        {UINT32_MAX, 4},
    };
    const field extra[] = {{1, 2}, {ZIP64_EXTRA, 2}, {record->size, 8}, {record->packed, 8}, {record->at, 8}};
    put_fields(out, fields, sizeof fields / sizeof *fields);
    ff_buf_add(out, (ff_slice){name, (size_t)name_len});
    put_fields(out, extra, sizeof extra / sizeof *extra);
}

static void add_ends(ff_buf *out, uint64_t directory_at, uint32_t count)
{
    uint64_t directory_size = out->len;
    const field fields[] = {
        {FF_WIRE_END64_MAGIC, 4},
        {FF_WIRE_END64_BYTES - 12, 8}, /* its own size, without signature and this field */
        {ZIP64_VERSION, 2},
        {ZIP64_VERSION, 2},
        {0, 4}, /* disks */
        {0, 4},
        {count, 8},
        {count, 8},
        {directory_size, 8},
        {directory_at, 8},
        {FF_WIRE_LOCATOR_MAGIC, 4},
        {0, 4},
        {directory_at + directory_size, 8},
        {1, 4},
        {FF_WIRE_END_MAGIC, 4},
        {0, 2},
        {0, 2},
        {UINT16_MAX, 2},
        {UINT16_MAX, 2},
        {UINT32_MAX, 4},
        {UINT32_MAX, 4},
        {FF_WIRE_COMMENT_MAX, 2},
    };
    put_fields(out, fields, sizeof fields / sizeof *fields);
}

ff_status ff_view_make(ff_view *view, const ff_blob *blob, const ff_preflight *preflight, ff_error *error)
{
    *view = (ff_view){.blob = blob, .base = preflight->base, .body_size = preflight->body_size};
    ff_buf_init(&view->tail, (size_t)FF_LIMIT_ARCHIVE_ENTRIES * RECORD_ROOM + ENDS_ROOM);
    uint32_t count = 0;
    for (uint32_t i = 0; i < preflight->count; i++)
        if (preflight->records[i].problem == FF_ZIP_FINE)
            add_record(&view->tail, &preflight->records[i], count++);
    add_ends(&view->tail, view->body_size, count);
    view->size = view->body_size + view->tail.len + FF_WIRE_COMMENT_MAX;
    if (ff_buf_status(&view->tail) != FF_OK)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    return FF_OK;
}

ff_status ff_view_read(const ff_view *view, uint64_t at, char *into, size_t len, size_t *got, ff_error *error)
{
    *got = 0;
    if (at >= view->size)
        return FF_OK;
    if (at < view->body_size) {
        uint64_t there = view->body_size - at;
        size_t part = len < there ? len : (size_t)there;
        ff_status status = ff_blob_read(view->blob, view->base + at, into, part, error);
        *got = status == FF_OK ? part : 0;
        return status;
    }
    uint64_t there = view->size - at;
    size_t part = len < there ? len : (size_t)there;
    ff_slice made = ff_slice_cut(ff_slice_from(ff_buf_slice(&view->tail), (size_t)(at - view->body_size)), part);
    memset(into, 0, part);
    if (made.len)
        memcpy(into, made.ptr, made.len);
    *got = part;
    return FF_OK;
}

void ff_view_release(ff_view *view)
{
    ff_buf_release(&view->tail);
    *view = (ff_view){0};
}
