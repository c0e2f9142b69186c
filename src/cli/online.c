#include "cli/online.h"

#include "base/limits.h"
#include "base/slice.h"
#include "cli/gh.h"
#include "cli/message.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LINE_BYTES = 200, USUAL_COLUMNS = 80 };

/* True while a line of progress stands on the terminal; there is one terminal and one command. */
static volatile sig_atomic_t in_progress;

void ff_online_end_progress(void)
{
    static const char erase[] = "\r\033[K";
    if (in_progress)
        (void)!write(STDERR_FILENO, erase, sizeof erase - 1);
    in_progress = 0;
}

/* In kB until there are megabytes. */
static void show_bytes(const ff_fetch_progress *progress)
{
    double unit = progress->bytes > 1000000 || progress->expected > 1000000 ? 1e6 : 1e3;
    int places = unit > 1e3 ? 1 : 0;
    (void)fprintf(stderr, ": %.*f", places, (double)progress->bytes / unit);
    if (progress->expected)
        (void)fprintf(stderr, " of %.*f", places, (double)progress->expected / unit);
    (void)fprintf(stderr, " %s", unit > 1e3 ? "MB" : "kB");
}

static void show_progress(void *self, const ff_fetch_progress *progress)
{
    (void)self;
    (void)fprintf(stderr, "\r\033[Kasking for %s", progress->what ? progress->what : "an answer");
    if (progress->total > 1)
        (void)fprintf(stderr, ", %u of %u", progress->number, progress->total);
    if (progress->wait)
        (void)fprintf(stderr, ": next try in %u s", progress->wait);
    else if (progress->bytes)
        show_bytes(progress);
    if (progress->remaining >= 0)
        (void)fprintf(stderr, " (%lld request%s left this hour)", (long long)progress->remaining,
                      progress->remaining == 1 ? "" : "s");
    (void)fflush(stderr);
    in_progress = 1;
}

static void show_request(void *self, ff_slice line)
{
    (void)self;
    ff_online_end_progress();
    ff_message("%.*s", FF_ARG(line));
}

bool ff_online_is_watched(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && !(term && strcmp(term, "dumb") == 0);
}

/* The last column stays free: a terminal may go on to the next line behind it. */
static int columns(void)
{
    struct winsize size = {0};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL_COLUMNS - 1;
    return size.ws_col - 1;
}

void ff_online_show(const char *format, ...)
{
    char line[LINE_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(line, sizeof line, format, args);
    va_end(args);
    (void)fprintf(stderr, "\r\033[K%.*s", columns(), line); /* ASCII: a byte is a column */
    (void)fflush(stderr);
    in_progress = 1;
}

ff_online ff_online_of(const ff_options *options)
{
    ff_online online = {.attempt = options->attempt,
                        .max_wait = options->max_wait,
                        .offline = options->offline,
                        .no_cache = options->no_cache,
                        .ask_token = ff_gh_token};
    if (options->verbose)
        online.trace = show_request;
    if (ff_online_is_watched())
        online.progress = show_progress;
    return online;
}

const char *ff_online_repository(const ff_options *options, const char *target)
{
    static const char *const variables[] = {"GH_REPO", "GITHUB_REPOSITORY"};
    uint64_t id;
    /* An address names its own repository; the option may only say the same. */
    if (options->repository || !ff_slice_to_uint(ff_slice_of(target), &id))
        return options->repository;
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value)
            return value;
    }
    return NULL;
}

bool ff_online_is_sound(const ff_options *options)
{
    if (options->bad_max_wait) {
        ff_message("FIRSTFAULT_MAX_WAIT takes seconds from 0 to %u, not '%s'", FF_LIMIT_WAIT_SECONDS,
                   options->bad_max_wait);
        return false;
    }
    if (options->offline && options->no_cache) {
        ff_message("--offline reads the cache alone, and --no-cache does not read it: one of them only");
        return false;
    }
    return true;
}

bool ff_online_is_complete(const ff_options *options, const char *target)
{
    uint64_t id;
    if (!ff_online_is_sound(options))
        return false;
    if (!ff_slice_to_uint(ff_slice_of(target), &id) || ff_online_repository(options, target))
        return true;
    ff_message("run %s of which repository? Give -R OWNER/REPO, set GH_REPO, or give the run's URL", target);
    return false;
}

ff_exit ff_online_exit(const ff_error *error)
{
    if (error->status == FF_MISUSE)
        return FF_EXIT_USAGE;
    return error->status == FF_DENIED ? FF_EXIT_DENIED : FF_EXIT_PARTIAL;
}
