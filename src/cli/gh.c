#include "cli/gh.h"

#include "fetch/host.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ; /* POSIX has no header for it */

enum { TIMEOUT_MILLISECONDS = 5000, PAUSE_MILLISECONDS = 10, PATH_BYTES = 4096 };

static int64_t now_milliseconds(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_secret(const char *variable)
{
    static const ff_slice secret[] = {FF_TEXT("GH_TOKEN="), FF_TEXT("GITHUB_TOKEN="), FF_TEXT("GH_ENTERPRISE_TOKEN="),
                                      FF_TEXT("GITHUB_ENTERPRISE_TOKEN=")};
    for (size_t i = 0; i < sizeof secret / sizeof *secret; i++)
        if (ff_slice_starts(ff_slice_of(variable), secret[i]))
            return true;
    return false;
}

/* The environment without tokens: one for another host must not become gh's answer for this one. Its strings are the
 * environment's own. NULL without memory. */
static char **clean_environment(void)
{
    size_t count = 0, kept = 0;
    while (environ && environ[count])
        count++;
    char **clean = calloc(count + 1, sizeof *clean);
    for (size_t i = 0; clean && i < count; i++)
        if (!is_secret(environ[i]))
            clean[kept++] = environ[i];
    return clean;
}

/* A pipe that only the child's standard output will be. */
static bool open_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    if (ends[0] > STDERR_FILENO && ends[1] > STDERR_FILENO && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 &&
        fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0)
        return true;
    (void)close(ends[0]);
    (void)close(ends[1]);
    return false;
}

static bool prepare(posix_spawn_file_actions_t *files, posix_spawnattr_t *attributes, int output)
{
    sigset_t usual;
    return posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
           posix_spawn_file_actions_adddup2(files, output, STDOUT_FILENO) == 0 &&
           posix_spawn_file_actions_addopen(files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
           sigemptyset(&usual) == 0 && sigaddset(&usual, SIGPIPE) == 0 &&
           posix_spawnattr_setsigdefault(attributes, &usual) == 0 &&
           posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF) == 0;
}

/* gh in the folders of PATH that are absolute: a repository that one stands in may hold a gh of its own. */
static bool find_program(char path[PATH_BYTES])
{
    ff_slice folders = ff_slice_of(getenv("PATH")), folder;
    while (ff_slice_take_until(&folders, ':', &folder)) {
        int len = snprintf(path, PATH_BYTES, "%.*s/gh", FF_ARG(folder));
        if (len > 0 && len < PATH_BYTES && path[0] == '/' && folder.len && access(path, X_OK) == 0)
            return true;
    }
    return false;
}

/* Starts gh without a shell; `host` cannot be an option, for no host begins with a hyphen. */
static bool start(pid_t *child, const char *host, int output)
{
    char name[FF_HOST_NAME_BYTES] = "", path[PATH_BYTES];
    char program[] = "gh", auth[] = "auth", token[] = "token", hostname[] = "--hostname";
    char *arguments[] = {program, auth, token, hostname, name, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    memcpy(name, host, strlen(host) + 1);
    if (posix_spawn_file_actions_init(&files) != 0)
        return false;
    if (posix_spawnattr_init(&attributes) != 0) {
        (void)posix_spawn_file_actions_destroy(&files);
        return false;
    }
    char **environment = clean_environment();
    bool started = environment && prepare(&files, &attributes, output) && find_program(path) &&
                   posix_spawn(child, path, &files, &attributes, arguments, environment) == 0;
    free(environment);
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&files);
    return started;
}

/* Reads until the child closes its output. False if it does not in time or says more than fits. */
static bool read_output(int fd, char *into, size_t cap, size_t *have, int64_t until)
{
    *have = 0;
    while (*have < cap) {
        int64_t left = until - now_milliseconds();
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        ssize_t got = ready > 0 ? read(fd, into + *have, cap - *have) : -1;
        if (got < 0 && ready > 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        *have += (size_t)got;
    }
    return false;
}

/* Waits for the child's end, which comes by force after `until`. True if it succeeded. */
static bool finish(pid_t child, int64_t until)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MILLISECONDS * 1000000L};
    int status = 0;
    for (;;) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child)
            return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        if (ended < 0 && errno != EINTR)
            return false;
        if (now_milliseconds() >= until)
            break;
        (void)nanosleep(&pause, NULL);
    }
    (void)kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return false;
}

static bool ask(const char *host, char *answer, size_t cap, size_t *len)
{
    pid_t child;
    int ends[2];
    if (!open_pipe(ends))
        return false;
    int64_t until = now_milliseconds() + TIMEOUT_MILLISECONDS;
    bool started = start(&child, host, ends[1]);
    (void)close(ends[1]);
    bool whole = started && read_output(ends[0], answer, cap, len, until);
    (void)close(ends[0]);
    /* Nothing more is wanted of a child that was not heard out. */
    return started && finish(child, whole ? until : 0) && whole;
}

ff_status ff_gh_token(void *self, const char *host, char *token, size_t size)
{
    (void)self;
    size_t len = 0;
    memset(token, 0, size);
    bool answered = ff_host_is_name(ff_slice_of(host)) && ask(host, token, size, &len);
    ff_slice line = ff_slice_trim((ff_slice){token, answered ? len : 0});
    if (!line.len || line.len >= size || ff_slice_find_byte(line, '\n') != SIZE_MAX) {
        memset(token, 0, size);
        return FF_NOT_FOUND;
    }
    memmove(token, line.ptr, line.len);
    memset(token + line.len, 0, size - line.len);
    return FF_OK;
}
