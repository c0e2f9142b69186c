#include "source/input.h"

#include "base/limits.h"
#include "base/scratch.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static ff_status system_error(ff_error *error, const char *what)
{
    return ff_error_set(error, FF_IO, "%s: %s", what, strerror(errno));
}

ff_status ff_input_read(ff_input *input, char *into, size_t cap, size_t *got, ff_error *error)
{
    ssize_t count;
    do
        count = read(input->fd, into, cap);
    while (count < 0 && errno == EINTR);
    *got = count > 0 ? (size_t)count : 0;
    if (count < 0)
        return system_error(error, "cannot be read");
    return count == 0 ? FF_END : FF_OK;
}

static ff_status read_stream_head(ff_input *input, ff_error *error)
{
    ff_status status = FF_OK;
    size_t got = 0;
    input->head = (ff_slice){input->buffer, 0};
    while (status == FF_OK && input->head.len < FF_LIMIT_READ_BYTES) {
        status =
            ff_input_read(input, input->buffer + input->head.len, FF_LIMIT_READ_BYTES - input->head.len, &got, error);
        input->head.len += got;
    }
    return status == FF_END ? FF_OK : status;
}

static ff_status read_head(ff_input *input, ff_error *error)
{
    input->buffer = malloc(FF_LIMIT_READ_BYTES);
    if (!input->buffer)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    if (input->form == FF_INPUT_STREAM)
        return read_stream_head(input, error);
    size_t len = input->blob.size < FF_LIMIT_READ_BYTES ? (size_t)input->blob.size : FF_LIMIT_READ_BYTES;
    input->head = (ff_slice){input->buffer, len};
    return ff_blob_read(&input->blob, 0, input->buffer, len, error);
}

/* Standard input that is a file is read like one, unless somebody has read a part of it already. Files that the
 * system makes up while they are read (/proc) have no size: they are streams. */
static bool is_seekable(int fd, const struct stat *facts)
{
    return S_ISREG(facts->st_mode) && facts->st_size > 0 && lseek(fd, 0, SEEK_CUR) == 0;
}

static ff_status open_target(ff_input *input, ff_error *error)
{
    if (strcmp(input->name, "-") == 0)
        input->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    else
        input->fd = open(input->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input->fd >= 0)
        return FF_OK;
    if (errno == ENOENT || errno == ENOTDIR)
        return ff_error_set(error, FF_NOT_FOUND, "no such file or folder");
    return system_error(error, "cannot be opened");
}

ff_status ff_input_open(ff_input *input, const char *target, ff_error *error)
{
    *input = (ff_input){.form = FF_INPUT_STREAM, .name = target, .fd = -1};
    struct stat facts;
    ff_status status = open_target(input, error);
    if (status != FF_OK)
        return status;
    if (fstat(input->fd, &facts) != 0)
        return system_error(error, "cannot be read");
    if (S_ISDIR(facts.st_mode)) {
        input->form = FF_INPUT_FOLDER;
        return FF_OK;
    }
    if (is_seekable(input->fd, &facts)) {
        input->form = FF_INPUT_BLOB;
        status = ff_blob_of_file(&input->blob, input->fd, error);
    }
    return status == FF_OK ? read_head(input, error) : status;
}

void ff_input_of_bytes(ff_input *input, ff_slice bytes, const char *name)
{
    *input = (ff_input){.form = FF_INPUT_BLOB, .name = name, .fd = -1, .blob = ff_blob_of_bytes(bytes)};
    input->head = ff_slice_cut(bytes, FF_LIMIT_READ_BYTES);
}

static ff_status keep_copy(int fd, ff_slice bytes, ff_error *error)
{
    if (ff_write_all(fd, bytes) != FF_OK)
        return system_error(error, "cannot keep a copy in the folder for temporary files");
    return FF_OK;
}

static ff_status copy_stream(ff_input *input, int to, ff_error *error)
{
    char piece[16 * 1024];
    size_t got = 0;
    uint64_t total = input->head.len;
    ff_status status = keep_copy(to, input->head, error);
    while (status == FF_OK) {
        status = ff_input_read(input, piece, sizeof piece, &got, error);
        total += got;
        if (total > FF_LIMIT_SPOOL_BYTES)
            return ff_error_set(error, FF_LIMIT, "an archive of more than %llu bytes cannot be read from a stream",
                                (unsigned long long)FF_LIMIT_SPOOL_BYTES);
        if (status == FF_OK)
            status = keep_copy(to, (ff_slice){piece, got}, error);
    }
    return status == FF_END ? FF_OK : status;
}

ff_status ff_input_spool(ff_input *input, ff_error *error)
{
    int fd = ff_scratch_open();
    if (fd < 0)
        return system_error(error, "cannot keep a copy in the folder for temporary files");
    ff_status status = copy_stream(input, fd, error);
    if (status == FF_OK)
        status = ff_blob_of_file(&input->blob, fd, error);
    if (status != FF_OK) {
        (void)close(fd);
        return status;
    }
    (void)close(input->fd);
    input->fd = fd;
    input->form = FF_INPUT_BLOB;
    return FF_OK;
}

void ff_input_close(ff_input *input)
{
    if (input->fd >= 0)
        (void)close(input->fd);
    free(input->buffer);
    *input = (ff_input){.fd = -1};
}
