#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void ff_folder_make(char *path)
{
    for (char *at = path + 1; *path && *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        (void)mkdir(path, S_IRWXU);
        *at = '/';
    }
    (void)mkdir(path, S_IRWXU);
}

static ff_status check(int folder, const char *path, ff_error *error)
{
    struct stat facts;
    if (fstat(folder, &facts) != 0)
        return ff_error_set(error, FF_IO, "%s: %s", path, strerror(errno));
    if (facts.st_uid != geteuid())
        return ff_error_set(error, FF_IO, "%s: belongs to somebody else", path);
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) && fchmod(folder, S_IRWXU) != 0)
        return ff_error_set(error, FF_IO, "%s: others can use it: %s", path, strerror(errno));
    return FF_OK;
}

ff_status ff_folder_open(int *folder, const char *path, ff_error *error)
{
    *folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (*folder < 0)
        return ff_error_set(error, FF_IO, "%s: %s", path,
                            errno == ELOOP || errno == ENOTDIR ? "is not a folder" : strerror(errno));
    ff_status status = check(*folder, path, error);
    if (status != FF_OK) {
        (void)close(*folder);
        *folder = -1;
    }
    return status;
}
