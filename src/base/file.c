#include "base/file.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* `errno` stays what it was. */
static void close_quietly(int fd)
{
    int reason = errno;
    (void)close(fd);
    errno = reason;
}

int ff_file_open_below(int root, ff_slice path)
{
    int fd = fcntl(root, F_DUPFD_CLOEXEC, 0);
    for (ff_slice part; fd >= 0 && ff_slice_take_until(&path, '/', &part);) {
        char name[FF_LIMIT_NAME_BYTES + 1];
        if (part.len >= sizeof name) {
            (void)close(fd);
            errno = ENAMETOOLONG;
            return -1;
        }
        memcpy(name, part.ptr, part.len);
        name[part.len] = '\0';
        int kind = path.len ? O_DIRECTORY : O_NONBLOCK;
        int next = openat(fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | kind);
        close_quietly(fd);
        fd = next;
    }
    return fd;
}

static ff_status read_all(int fd, ff_buf *bytes)
{
    char piece[16 * 1024];
    for (;;) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return FF_IO;
        if (got == 0 || ff_buf_status(bytes) != FF_OK)
            return ff_buf_status(bytes);
        ff_buf_add(bytes, (ff_slice){piece, (size_t)got});
    }
}

ff_status ff_file_read(int fd, ff_buf *bytes)
{
    struct stat facts;
    ff_status status = fstat(fd, &facts) != 0                              ? FF_IO
                       : !S_ISREG(facts.st_mode)                           ? FF_UNSUPPORTED
                       : (uint64_t)facts.st_size > bytes->max - bytes->len ? FF_LIMIT
                                                                           : read_all(fd, bytes);
    close_quietly(fd);
    return status;
}
