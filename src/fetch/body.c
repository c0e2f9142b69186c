#include "fetch/body.h"

#include "base/limits.h"
#include "base/scratch.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void ff_body_init(ff_body *body, uint64_t max)
{
    *body = (ff_body){.fd = -1, .max = max};
    ff_buf_init(&body->memory, FF_LIMIT_MEMORY_BODY_BYTES);
}

/* A zeroed body was never initialised, and its `fd` is no descriptor of ours; a bound of 0 tells. */
static void close_file(ff_body *body)
{
    if (body->max && body->fd >= 0)
        (void)close(body->fd); /* it has no name: what it held is gone in any case */
    body->fd = -1;
}

void ff_body_release(ff_body *body)
{
    close_file(body);
    ff_buf_release(&body->memory);
    body->size = 0;
}

void ff_body_reset(ff_body *body)
{
    close_file(body);
    ff_buf_reset(&body->memory);
    body->size = 0;
}

static ff_status write_at(int fd, uint64_t at, ff_slice piece, ff_error *error)
{
    while (piece.len) {
        ssize_t count = pwrite(fd, piece.ptr, piece.len, (off_t)at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return ff_error_set(error, FF_IO, "cannot keep what was loaded in the folder for temporary files: %s",
                                strerror(errno));
        at += (uint64_t)count;
        piece = ff_slice_from(piece, (size_t)count);
    }
    return FF_OK;
}

static ff_status move_to_disk(ff_body *body, ff_error *error)
{
    int fd = ff_scratch_open();
    if (fd < 0)
        return ff_error_set(error, FF_IO, "cannot make a file in the folder for temporary files: %s", strerror(errno));
    ff_status status = write_at(fd, 0, ff_buf_slice(&body->memory), error);
    if (status != FF_OK) {
        (void)close(fd);
        return status;
    }
    body->fd = fd;
    ff_buf_release(&body->memory);
    return FF_OK;
}

ff_status ff_body_add(ff_body *body, ff_slice piece, ff_error *error)
{
    if (piece.len > body->max - body->size)
        return ff_error_set(error, FF_LIMIT, "longer than the %llu bytes that are taken",
                            (unsigned long long)body->max);
    ff_status status = FF_OK;
    if (body->fd < 0 && body->size + piece.len > FF_LIMIT_MEMORY_BODY_BYTES)
        status = move_to_disk(body, error);
    if (status == FF_OK && body->fd >= 0) {
        status = write_at(body->fd, body->size, piece, error);
    } else if (status == FF_OK) {
        ff_buf_add(&body->memory, piece);
        status = ff_buf_status(&body->memory);
        if (status != FF_OK)
            return ff_error_set(error, status, "out of memory");
    }
    if (status == FF_OK)
        body->size += piece.len;
    return status;
}

ff_status ff_body_read(const ff_body *body, uint64_t at, char *into, size_t cap, size_t *got, ff_error *error)
{
    *got = 0;
    if (at >= body->size)
        return FF_OK;
    size_t len = body->size - at < cap ? (size_t)(body->size - at) : cap;
    if (body->fd < 0) {
        memcpy(into, body->memory.ptr + at, len);
        *got = len;
        return FF_OK;
    }
    ssize_t count;
    do
        count = pread(body->fd, into, len, (off_t)at);
    while (count < 0 && errno == EINTR);
    if (count < 0 || (count == 0 && len > 0))
        return ff_error_set(error, FF_IO, "what was loaded cannot be read again: %s",
                            count < 0 ? strerror(errno) : "the file is shorter than it was");
    *got = (size_t)count;
    return FF_OK;
}

ff_status ff_body_slice(const ff_body *body, ff_buf *into, ff_slice *whole, ff_error *error)
{
    *whole = ff_buf_slice(&body->memory);
    if (body->fd < 0)
        return FF_OK;
    char piece[16 * 1024];
    size_t got = 0;
    uint64_t at = 0;
    ff_status status = FF_OK;
    ff_buf_reset(into);
    while (status == FF_OK && at < body->size) {
        status = ff_body_read(body, at, piece, sizeof piece, &got, error);
        at += got;
        ff_buf_add(into, (ff_slice){piece, got});
        if (status == FF_OK && ff_buf_status(into) != FF_OK)
            status = ff_error_set(error, ff_buf_status(into), "too long to be kept in memory");
    }
    *whole = ff_buf_slice(into);
    return status;
}
