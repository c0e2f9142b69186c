#include "fetch/stored.h"

#include "base/limits.h"
#include "base/sha256.h"
#include "base/write.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file: this line; the URL, the ETag, the URL of the next page and the number of bytes, each on a line; the body;
 * the digest of all that in hexadecimal. */
#define MAGIC "firstfault cached answer 1\n"

enum {
    PIECE_BYTES = 64 * 1024, /* of a body; a part of the format, because the digest is of pieces */
    AROUND_BYTES = 128,      /* first line, number, line ends and digest */
    HEAD_BYTES = 3 * FF_LIMIT_HEADER_BYTES + AROUND_BYTES,
};

/* The parts of a head. */
typedef struct head {
    ff_slice url, etag, next;
    uint64_t length; /* of the body */
    size_t size;     /* of the head itself */
} head;

static ssize_t read_some(int fd, char *into, size_t cap)
{
    ssize_t got;
    do
        got = read(fd, into, cap);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Fills `into` unless the file ends before. */
static size_t read_full(int fd, char *into, size_t cap)
{
    size_t have = 0;
    for (ssize_t got; have < cap && (got = read_some(fd, into + have, cap - have)) > 0;)
        have += (size_t)got;
    return have;
}

static bool take_head(ff_slice text, head *h)
{
    ff_slice rest = text, length;
    if (!ff_slice_take_prefix(&rest, FF_LIT(MAGIC)) || !ff_slice_take_until(&rest, '\n', &h->url) ||
        !ff_slice_take_until(&rest, '\n', &h->etag) || !ff_slice_take_until(&rest, '\n', &h->next))
        return false;
    size_t end = ff_slice_find_byte(rest, '\n');
    length = ff_slice_cut(rest, end);
    if (end == SIZE_MAX || !ff_slice_to_uint(length, &h->length) || h->length > FF_LIMIT_CACHE_ENTRY_BYTES)
        return false;
    h->size = text.len - rest.len + end + 1;
    return true;
}

static void digest_head(ff_sha256 *digest, const head *h)
{
    ff_sha256_field(digest, h->url);
    ff_sha256_field(digest, h->etag);
    ff_sha256_field(digest, h->next);
}

/* Reads the body behind the head into the entry. FF_NOT_FOUND if it is not what the digest at its end is of. */
static ff_status read_body(int fd, const head *h, ff_sha256 *digest, ff_cache_entry *entry)
{
    char piece[PIECE_BYTES], found[FF_SHA256_HEX + 1], stated[FF_SHA256_HEX];
    ff_status status = lseek(fd, (off_t)h->size, SEEK_SET) < 0 ? FF_NOT_FOUND : FF_OK;
    digest_head(digest, h);
    for (uint64_t left = h->length; left && status == FF_OK;) {
        size_t wanted = left < sizeof piece ? (size_t)left : sizeof piece;
        ff_slice part = {piece, read_full(fd, piece, wanted)};
        if (part.len != wanted)
            return FF_NOT_FOUND;
        ff_sha256_field(digest, part);
        status = ff_body_add(&entry->body, part, NULL);
        left -= wanted;
    }
    if (status == FF_OK && read_full(fd, stated, sizeof stated) != sizeof stated)
        status = FF_NOT_FOUND;
    if (status == FF_OK)
        status = ff_sha256_finish(digest, found);
    if (status == FF_OK && memcmp(found, stated, sizeof stated) != 0)
        status = FF_NOT_FOUND;
    return status;
}

static ff_status read_answer(int fd, ff_slice url, ff_slice text, ff_cache_entry *entry)
{
    head h;
    struct stat facts;
    if (!take_head(text, &h) || !ff_slice_eq(h.url, url) || fstat(fd, &facts) != 0 ||
        (uint64_t)facts.st_size != h.size + h.length + FF_SHA256_HEX)
        return FF_NOT_FOUND;
    ff_sha256 *digest = ff_sha256_new();
    if (!digest)
        return FF_NOMEM;
    ff_buf_add(&entry->etag, h.etag);
    ff_buf_add(&entry->next, h.next);
    ff_buf_inherit(&entry->etag, &entry->next);
    ff_status status = ff_buf_status(&entry->etag);
    if (status == FF_OK)
        status = read_body(fd, &h, digest, entry);
    ff_sha256_free(digest);
    bool ours = status == FF_OK || status == FF_NOMEM || status == FF_IO; /* else it is the file that is at fault */
    return ours ? status : FF_NOT_FOUND;
}

ff_status ff_stored_read(int fd, ff_slice url, ff_cache_entry *entry)
{
    char *text = malloc(HEAD_BYTES);
    if (!text)
        return FF_NOMEM;
    ff_status status = read_answer(fd, url, (ff_slice){text, read_full(fd, text, HEAD_BYTES)}, entry);
    free(text);
    return status;
}

static ff_status write_head(int fd, const head *h)
{
    ff_buf text;
    ff_buf_init(&text, HEAD_BYTES);
    ff_buf_printf(&text, MAGIC "%.*s\n%.*s\n%.*s\n%llu\n", FF_ARG(h->url), FF_ARG(h->etag), FF_ARG(h->next),
                  (unsigned long long)h->length);
    ff_status status = ff_buf_status(&text);
    if (status == FF_OK)
        status = ff_write_all(fd, ff_buf_slice(&text));
    ff_buf_release(&text);
    return status;
}

static ff_status write_body(int fd, const ff_body *body, ff_sha256 *digest)
{
    char piece[PIECE_BYTES];
    ff_status status = FF_OK;
    for (uint64_t at = 0; status == FF_OK && at < body->size;) {
        size_t have = 0, got = 1;
        while (status == FF_OK && have < sizeof piece && got) {
            status = ff_body_read(body, at + have, piece + have, sizeof piece - have, &got, NULL);
            have += status == FF_OK ? got : 0;
        }
        if (status == FF_OK && !have)
            status = FF_IO; /* shorter than it says */
        ff_sha256_field(digest, (ff_slice){piece, have});
        if (status == FF_OK)
            status = ff_write_all(fd, (ff_slice){piece, have});
        at += have;
    }
    return status;
}

ff_status ff_stored_write(int fd, const ff_stored *answer)
{
    char hex[FF_SHA256_HEX + 1];
    const head h = {.url = answer->url, .etag = answer->etag, .next = answer->next, .length = answer->body->size};
    ff_sha256 *digest = ff_sha256_new();
    if (!digest)
        return FF_NOMEM;
    digest_head(digest, &h);
    ff_status status = write_head(fd, &h);
    if (status == FF_OK)
        status = write_body(fd, answer->body, digest);
    if (status == FF_OK)
        status = ff_sha256_finish(digest, hex);
    if (status == FF_OK)
        status = ff_write_all(fd, (ff_slice){hex, FF_SHA256_HEX});
    if (status == FF_OK && fsync(fd) != 0 && errno != EINVAL)
        status = FF_IO;
    ff_sha256_free(digest);
    return status;
}

/* Lines of the head must stay lines. */
static bool is_line(ff_slice text)
{
    return text.len <= FF_LIMIT_HEADER_BYTES && ff_slice_find_byte(text, '\n') == SIZE_MAX &&
           ff_slice_find_byte(text, '\0') == SIZE_MAX;
}

bool ff_stored_fits(const ff_stored *answer)
{
    return answer->body->size <= FF_LIMIT_CACHE_ENTRY_BYTES && is_line(answer->url) && is_line(answer->etag) &&
           is_line(answer->next);
}

uint64_t ff_stored_size(const ff_stored *answer)
{
    return answer->body->size + answer->url.len + answer->etag.len + answer->next.len + AROUND_BYTES;
}
