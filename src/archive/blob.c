#include "archive/blob.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

ff_blob ff_blob_of_bytes(ff_slice bytes)
{
    return (ff_blob){.fd = -1, .bytes = bytes, .size = bytes.len};
}

ff_status ff_blob_of_file(ff_blob *blob, int fd, ff_error *error)
{
    struct stat facts;
    if (fstat(fd, &facts) != 0)
        return ff_error_set(error, FF_IO, "cannot be read: %s", strerror(errno));
    *blob = (ff_blob){.fd = fd, .size = facts.st_size > 0 ? (uint64_t)facts.st_size : 0};
    return FF_OK;
}

ff_status ff_blob_read(const ff_blob *blob, uint64_t at, char *into, size_t len, ff_error *error)
{
    if (at > blob->size || len > blob->size - at)
        return ff_error_set(error, FF_INVALID, "the file ends too early");
    if (blob->fd < 0) {
        if (len)
            memcpy(into, blob->bytes.ptr + at, len);
        return FF_OK;
    }
    while (len) {
        ssize_t got = pread(blob->fd, into, len, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ff_error_set(error, FF_IO, "cannot be read: %s", strerror(errno));
        if (got == 0)
            return ff_error_set(error, FF_INVALID, "the file became shorter while it was read");
        into += got;
        at += (uint64_t)got;
        len -= (size_t)got;
    }
    return FF_OK;
}
