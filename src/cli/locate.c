#include "cli/locate.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* Joins two parts; a path that does not fit counts as absent. */
static bool join(char path[FF_PATH_BYTES], const char *front, const char *back)
{
    int length = snprintf(path, FF_PATH_BYTES, "%s%s", front, back);
    return length > 0 && length < FF_PATH_BYTES && is_folder(path);
}

static bool beside_program(char path[FF_PATH_BYTES])
{
    char program[FF_PATH_BYTES];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return false;
    program[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(program, '/');
        if (!slash)
            return false;
        *slash = '\0';
    }
    return join(path, program, "/share/firstfault/patterns");
}

ff_status ff_locate_patterns(char path[FF_PATH_BYTES])
{
    if (beside_program(path) || join(path, FF_SOURCE_PATTERNS, "") || join(path, FF_INSTALLED_PATTERNS, ""))
        return FF_OK;
    return FF_NOT_FOUND;
}

ff_status ff_locate_user_patterns(char path[FF_PATH_BYTES])
{
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    /* The XDG rules say to ignore a path that is not absolute. */
    if (config && config[0] == '/')
        return join(path, config, "/firstfault/patterns") ? FF_OK : FF_NOT_FOUND;
    if (home && home[0] == '/')
        return join(path, home, "/.config/firstfault/patterns") ? FF_OK : FF_NOT_FOUND;
    return FF_NOT_FOUND;
}
