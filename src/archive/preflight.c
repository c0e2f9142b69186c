#include "archive/preflight.h"

#include "archive/endrecord.h"
#include "archive/wire.h"
#include "base/limits.h"

#include <stdlib.h>

enum {
    FLAG_ENCRYPTED = 0x0001,
    FLAG_STRONG = 0x0040,
    FLAG_MASKED = 0x2000, /* the directory itself is encrypted */
    EXTRA_ZIP64 = 0x0001,
};

typedef struct extent {
    uint64_t start, end;
    uint32_t record;
} extent;

/* The 64-bit numbers of a record stand in an extra field, in this order, each only where the 32-bit one is all ones. */
static bool read_zip64(ff_zip_record *record, ff_slice extra)
{
    uint64_t *const wide[] = {&record->size, &record->packed, &record->at};
    while (extra.len >= 4) {
        uint16_t id = ff_wire_get16(extra.ptr), len = ff_wire_get16(extra.ptr + 2);
        extra = ff_slice_from(extra, 4);
        if (len > extra.len)
            return false;
        if (id != EXTRA_ZIP64) {
            extra = ff_slice_from(extra, len);
            continue;
        }
        ff_slice field = ff_slice_cut(extra, len);
        for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
            if (*wide[i] != UINT32_MAX)
                continue;
            if (field.len < 8)
                return false;
            *wide[i] = ff_wire_get64(field.ptr);
            field = ff_slice_from(field, 8);
        }
        return true;
    }
    return false;
}

static ff_zip_problem problem_of(const ff_zip_record *record, uint64_t body_size)
{
    uint64_t head = FF_WIRE_LOCAL_BYTES + record->name.len;
    if (record->at > body_size || head > body_size - record->at || record->packed > body_size - record->at - head)
        return FF_ZIP_OUTSIDE;
    if (record->flags & (FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED))
        return FF_ZIP_ENCRYPTED;
    bool readable = record->method == FF_ZIP_STORED || record->method == FF_ZIP_DEFLATED;
    return readable ? FF_ZIP_FINE : FF_ZIP_METHOD;
}

/* Takes the record at the start of `rest`. False when there is none. */
static bool take_record(ff_slice *rest, uint64_t body_size, ff_zip_record *record)
{
    if (rest->len < FF_WIRE_RECORD_BYTES || ff_wire_get32(rest->ptr) != FF_WIRE_RECORD_MAGIC)
        return false;
    const char *head = rest->ptr;
    size_t name = ff_wire_get16(head + 28), extra = ff_wire_get16(head + 30), comment = ff_wire_get16(head + 32);
    if (name + extra + comment > rest->len - FF_WIRE_RECORD_BYTES)
        return false;
    *record = (ff_zip_record){
        .name = {head + FF_WIRE_RECORD_BYTES, name},
        .flags = ff_wire_get16(head + 8),
        .method = ff_wire_get16(head + 10),
        .crc = ff_wire_get32(head + 16),
        .packed = ff_wire_get32(head + 20),
        .size = ff_wire_get32(head + 24),
        .at = ff_wire_get32(head + 42),
    };
    bool wide = record->packed == UINT32_MAX || record->size == UINT32_MAX || record->at == UINT32_MAX;
    if (wide && !read_zip64(record, (ff_slice){head + FF_WIRE_RECORD_BYTES + name, extra}))
        record->problem = FF_ZIP_DAMAGED;
    else
        record->problem = problem_of(record, body_size);
    *rest = ff_slice_from(*rest, FF_WIRE_RECORD_BYTES + name + extra + comment);
    return true;
}

static ff_status read_directory(ff_preflight *preflight, const ff_blob *blob, const ff_end_record *end, ff_error *error)
{
    size_t size = (size_t)end->directory_size;
    size_t most = size / FF_WIRE_RECORD_BYTES < end->entries ? size / FF_WIRE_RECORD_BYTES : (size_t)end->entries;
    preflight->directory = malloc(size + 1);
    preflight->records = calloc(most + 1, sizeof *preflight->records);
    if (!preflight->directory || !preflight->records)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    ff_status status = ff_blob_read(blob, end->directory_at, preflight->directory, size, error);
    if (status != FF_OK)
        return status;
    ff_slice rest = {preflight->directory, size};
    while (preflight->count < most && take_record(&rest, preflight->body_size, &preflight->records[preflight->count]))
        preflight->count++;
    preflight->damaged = preflight->count < end->entries || rest.len > 0;
    return FF_OK;
}

static int extent_cmp(const void *left, const void *right)
{
    const extent *a = left, *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

/* Marks every entry that shares bytes with another: in order of their start, each is compared with the one that
 * reaches farthest so far. An extent leaves out the local extra field and the data descriptor, whose lengths only the
 * data part tells, so that honest neighbours never overlap. */
static void mark_overlaps(ff_preflight *preflight, extent *extents, size_t count)
{
    qsort(extents, count, sizeof *extents, extent_cmp);
    const extent *farthest = NULL;
    for (size_t i = 0; i < count; i++) {
        const extent *this = &extents[i];
        if (farthest && this->start < farthest->end) {
            preflight->records[this->record].problem = FF_ZIP_OVERLAP;
            preflight->records[farthest->record].problem = FF_ZIP_OVERLAP;
        }
        if (!farthest || this->end > farthest->end)
            farthest = this;
    }
}

static ff_status check_extents(ff_preflight *preflight, ff_error *error)
{
    extent *extents = calloc(preflight->count + (size_t)1, sizeof *extents);
    if (!extents)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    size_t count = 0, fine = 0, overlaps = 0;
    for (uint32_t i = 0; i < preflight->count; i++) {
        const ff_zip_record *record = &preflight->records[i];
        if (record->problem != FF_ZIP_DAMAGED && record->problem != FF_ZIP_OUTSIDE)
            extents[count++] = (extent){
                .start = record->at,
                .end = record->at + FF_WIRE_LOCAL_BYTES + record->name.len + record->packed,
                .record = i,
            };
    }
    mark_overlaps(preflight, extents, count);
    free(extents);
    for (uint32_t i = 0; i < preflight->count; i++) {
        fine += preflight->records[i].problem == FF_ZIP_FINE;
        overlaps += preflight->records[i].problem == FF_ZIP_OVERLAP;
    }
    if (overlaps && fine == 0)
        return ff_error_set(error, FF_INVALID,
                            "entries of the archive overlap, as in a decompression bomb; it was not read");
    return FF_OK;
}

ff_status ff_preflight_run(ff_preflight *preflight, const ff_blob *blob, ff_error *error)
{
    ff_end_record end = {0};
    ff_error detail = {0};
    ff_status status = ff_end_record_find(blob, &end, &detail);
    if ((status == FF_OK || status == FF_INVALID) && end.entries > FF_LIMIT_ARCHIVE_ENTRIES)
        return ff_error_set(error, FF_LIMIT, "the archive claims %llu entries, more than %u; it was not read",
                            (unsigned long long)end.entries, FF_LIMIT_ARCHIVE_ENTRIES);
    if (status != FF_OK)
        return ff_error_set(error, status == FF_NOT_FOUND ? FF_INVALID : status, "%s", detail.text);
    if (end.directory_size > FF_LIMIT_DIRECTORY_BYTES)
        return ff_error_set(error, FF_LIMIT,
                            "the archive's directory of %llu bytes is longer than %llu; it was not read",
                            (unsigned long long)end.directory_size, (unsigned long long)FF_LIMIT_DIRECTORY_BYTES);
    preflight->base = end.base;
    preflight->body_size = end.directory_at - end.base;
    status = read_directory(preflight, blob, &end, error);
    return status == FF_OK ? check_extents(preflight, error) : status;
}

void ff_preflight_release(ff_preflight *preflight)
{
    free(preflight->directory);
    free(preflight->records);
    *preflight = (ff_preflight){0};
}
