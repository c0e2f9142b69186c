#include "archive/endrecord.h"

#include "archive/wire.h"

#include <stdlib.h>

enum { TAIL_MAX = FF_WIRE_LOCATOR_BYTES + FF_WIRE_END_BYTES + FF_WIRE_COMMENT_MAX };

/* How far a candidate can be believed; the highest wins, the last one in the file among equals. */
typedef enum rank { RANK_NONE, RANK_BARE, RANK_EMPTY, RANK_LOOSE, RANK_EXACT } rank;

typedef struct span {
    const ff_blob *blob;
    uint64_t at; /* of `bytes` in the blob */
    const char *bytes;
    size_t len;
} span;

static bool has_magic(const ff_blob *blob, uint64_t at, uint32_t magic)
{
    char bytes[4];
    return ff_blob_read(blob, at, bytes, sizeof bytes, NULL) == FF_OK && ff_wire_get32(bytes) == magic;
}

/* The 64-bit end record that the locator in front of `end_at` names. Its offset lacks the bytes before the archive
 * too, so the place directly before the locator is tried as well. */
static bool read_zip64(const ff_blob *blob, uint64_t end_at, char record[FF_WIRE_END64_BYTES], uint64_t *record_at)
{
    char locator[FF_WIRE_LOCATOR_BYTES];
    if (end_at < sizeof locator + FF_WIRE_END64_BYTES ||
        ff_blob_read(blob, end_at - sizeof locator, locator, sizeof locator, NULL) != FF_OK ||
        ff_wire_get32(locator) != FF_WIRE_LOCATOR_MAGIC)
        return false;
    *record_at = ff_wire_get64(locator + 8);
    if (!has_magic(blob, *record_at, FF_WIRE_END64_MAGIC))
        *record_at = end_at - sizeof locator - FF_WIRE_END64_BYTES;
    return ff_blob_read(blob, *record_at, record, FF_WIRE_END64_BYTES, NULL) == FF_OK &&
           ff_wire_get32(record) == FF_WIRE_END64_MAGIC;
}

/* Finds the directory of `end`, whose end is expected at `limit`, from its recorded offset. */
static bool settle(const ff_blob *blob, uint64_t recorded, uint64_t limit, ff_end_record *end)
{
    if (end->directory_size > limit || recorded > limit - end->directory_size)
        return false;
    uint64_t adjacent = limit - end->directory_size;
    if (end->entries == 0 || has_magic(blob, adjacent, FF_WIRE_RECORD_MAGIC)) {
        end->directory_at = adjacent;
        end->base = adjacent - recorded;
        return true;
    }
    /* Something stands between the directory and its end record, such as a signature. */
    end->directory_at = recorded;
    end->base = 0;
    return has_magic(blob, recorded, FF_WIRE_RECORD_MAGIC);
}

static rank judge(const span *tail, size_t at, ff_end_record *end)
{
    const char *record = tail->bytes + at;
    uint64_t limit = tail->at + at;
    uint64_t recorded = ff_wire_get32(record + 16);
    *end = (ff_end_record){.entries = ff_wire_get16(record + 10), .directory_size = ff_wire_get32(record + 12)};
    char wide[FF_WIRE_END64_BYTES];
    if ((end->entries == UINT16_MAX || end->directory_size == UINT32_MAX || recorded == UINT32_MAX) &&
        read_zip64(tail->blob, limit, wide, &limit)) {
        end->entries = ff_wire_get64(wide + 32);
        end->directory_size = ff_wire_get64(wide + 40);
        recorded = ff_wire_get64(wide + 48);
    }
    if (!settle(tail->blob, recorded, limit, end))
        return RANK_BARE;
    if (end->entries == 0)
        return RANK_EMPTY;
    return ff_wire_get16(record + 20) == tail->len - at - FF_WIRE_END_BYTES ? RANK_EXACT : RANK_LOOSE;
}

static rank search(const span *tail, ff_end_record *end)
{
    rank best = RANK_NONE;
    for (size_t at = tail->len - FF_WIRE_END_BYTES + 1; at-- > 0 && best < RANK_EXACT;) {
        if (tail->bytes[at] != 'P' || ff_wire_get32(tail->bytes + at) != FF_WIRE_END_MAGIC)
            continue;
        ff_end_record candidate;
        rank found = judge(tail, at, &candidate);
        if (found > best) {
            best = found;
            *end = candidate;
        }
    }
    return best;
}

ff_status ff_end_record_find(const ff_blob *blob, ff_end_record *end, ff_error *error)
{
    static const char cut_short[] = "the archive is cut short (no end record); download it again";
    if (blob->size < FF_WIRE_END_BYTES)
        return ff_error_set(error, FF_NOT_FOUND, cut_short);
    size_t len = blob->size < TAIL_MAX ? (size_t)blob->size : TAIL_MAX;
    char *bytes = malloc(len);
    if (!bytes)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    span tail = {.blob = blob, .at = blob->size - len, .bytes = bytes, .len = len};
    ff_status status = ff_blob_read(blob, tail.at, bytes, len, error);
    if (status == FF_OK) {
        rank found = search(&tail, end);
        if (found == RANK_NONE)
            status = ff_error_set(error, FF_NOT_FOUND, cut_short);
        else if (found == RANK_BARE)
            status = ff_error_set(error, FF_INVALID, "the archive's directory is damaged; download it again");
    }
    free(bytes);
    return status;
}
