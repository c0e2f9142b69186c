#include "cli/output.h"

#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

/* The file being written; read by the signal handler, so it is set before the file exists and cleared after it is gone.
 */
static char unfinished[PATH_BYTES];

void ff_output_abandon(void)
{
    if (unfinished[0])
        (void)unlink(unfinished);
}

/* A device or FIFO is written to as it is: replacing it by a file would destroy it. */
static bool is_special(const char *path, struct stat *facts)
{
    return lstat(path, facts) == 0 && !S_ISREG(facts->st_mode) && !S_ISLNK(facts->st_mode) && !S_ISDIR(facts->st_mode);
}

static ff_status write_special(const char *path, ff_slice text, ff_error *error)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    ff_status status = fd < 0 ? FF_IO : ff_write_all(fd, text);
    if (fd >= 0 && close(fd) != 0)
        status = FF_IO;
    return status == FF_OK ? FF_OK : ff_error_set(error, FF_IO, "%s: cannot be written: %s", path, strerror(errno));
}

/* A file that is replaced keeps its mode; a new one is for its owner only, for a report may quote a secret. */
static mode_t mode_for(bool exists, const struct stat *facts)
{
    return exists && S_ISREG(facts->st_mode) ? facts->st_mode & 0777 : S_IRUSR | S_IWUSR;
}

static ff_status write_file(const char *path, ff_slice text, ff_error *error)
{
    struct stat facts = {0};
    if (is_special(path, &facts))
        return write_special(path, text, error);
    bool exists = lstat(path, &facts) == 0;
    int length = snprintf(unfinished, sizeof unfinished, "%s.XXXXXX", path);
    if (length <= 0 || (size_t)length >= sizeof unfinished) {
        unfinished[0] = '\0';
        return ff_error_set(error, FF_IO, "%s: the name is too long", path);
    }
    int fd = mkstemp(unfinished);
    if (fd < 0) {
        unfinished[0] = '\0';
        return ff_error_set(error, FF_IO, "%s: cannot be written: %s", path, strerror(errno));
    }
    ff_status status = fchmod(fd, mode_for(exists, &facts)) == 0 ? ff_write_all(fd, text) : FF_IO;
    if (status == FF_OK && fsync(fd) != 0 && errno != EINVAL)
        status = FF_IO;
    if (close(fd) != 0)
        status = FF_IO;
    if (status == FF_OK && rename(unfinished, path) != 0)
        status = FF_IO;
    if (status != FF_OK) {
        (void)ff_error_set(error, FF_IO, "%s: cannot be written: %s", path, strerror(errno));
        ff_output_abandon();
    }
    unfinished[0] = '\0';
    return status;
}

ff_status ff_output_write(const char *path, ff_slice text, ff_error *error)
{
    if (path)
        return write_file(path, text, error);
    if (ff_write_all(STDOUT_FILENO, text) != FF_OK)
        return ff_error_set(error, FF_IO, "standard output: %s", strerror(errno));
    return FF_OK;
}
