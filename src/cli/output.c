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

/* The file being written; read by the signal handler, so it is set before the file exists and cleared after it is gone.
 */
static char unfinished[4096];

void ff_output_abandon(void)
{
    if (unfinished[0])
        (void)unlink(unfinished);
}

bool ff_output_is_for_actions(void)
{
    const char *actions = getenv("GITHUB_ACTIONS");
    return actions && *actions;
}

/* A device or FIFO is written to as it is: replacing it by a file would destroy it. */
static bool is_special(const char *path, struct stat *facts)
{
    return lstat(path, facts) == 0 && !S_ISREG(facts->st_mode) && !S_ISLNK(facts->st_mode) && !S_ISDIR(facts->st_mode);
}

/* A file that is replaced keeps its mode; a new one is for its owner only, for a report may quote a secret. */
static mode_t mode_for(bool exists, const struct stat *facts)
{
    return exists && S_ISREG(facts->st_mode) ? facts->st_mode & 0777 : S_IRUSR | S_IWUSR;
}

static ff_status refuse(const ff_output *output, ff_error *error)
{
    if (!output->path)
        return ff_error_set(error, FF_IO, "standard output: %s", strerror(errno));
    return ff_error_set(error, FF_IO, "%s: cannot be written: %s", output->path, strerror(errno));
}

/* A file beside the one that it will replace. */
static ff_status begin_file(ff_output *output, ff_error *error)
{
    struct stat facts = {0};
    bool exists = lstat(output->path, &facts) == 0;
    int length = snprintf(unfinished, sizeof unfinished, "%s.XXXXXX", output->path);
    if (length <= 0 || (size_t)length >= sizeof unfinished) {
        unfinished[0] = '\0';
        return ff_error_set(error, FF_IO, "%s: the name is too long", output->path);
    }
    output->fd = mkstemp(unfinished);
    if (output->fd < 0) {
        unfinished[0] = '\0';
        return refuse(output, error);
    }
    output->replaces = true;
    return fchmod(output->fd, mode_for(exists, &facts)) == 0 ? FF_OK : refuse(output, error);
}

ff_status ff_output_begin(ff_output *output, const char *path, ff_error *error)
{
    struct stat facts = {0};
    *output = (ff_output){.path = path, .fd = path ? -1 : STDOUT_FILENO};
    if (!path)
        return FF_OK;
    if (!is_special(path, &facts))
        return begin_file(output, error);
    output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return output->fd < 0 ? refuse(output, error) : FF_OK;
}

ff_status ff_output_add(ff_output *output, ff_slice text, ff_error *error)
{
    return ff_write_all(output->fd, text) == FF_OK ? FF_OK : refuse(output, error);
}

/* Every failure is told with the reason that stands in errno then. */
ff_status ff_output_end(ff_output *output, ff_status status, ff_error *error)
{
    if (status == FF_OK && output->replaces && fsync(output->fd) != 0 && errno != EINVAL)
        status = refuse(output, error);
    if (output->path && output->fd >= 0 && close(output->fd) != 0 && status == FF_OK)
        status = refuse(output, error);
    if (status == FF_OK && output->replaces && rename(unfinished, output->path) != 0)
        status = refuse(output, error);
    if (status != FF_OK && output->replaces)
        ff_output_abandon();
    if (output->replaces)
        unfinished[0] = '\0';
    *output = (ff_output){.fd = -1};
    return status;
}

ff_status ff_output_write(const char *path, ff_slice text, ff_error *error)
{
    ff_output output;
    ff_status status = ff_output_begin(&output, path, error);
    if (status == FF_OK)
        status = ff_output_add(&output, text, error);
    return ff_output_end(&output, status, error);
}
