#include "cli/online.h"

#include "base/slice.h"
#include "cli/gh.h"
#include "cli/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* True while a line of progress stands on the terminal; there is one terminal and one command. */
static bool in_progress;

void ff_online_end_progress(void)
{
    if (in_progress)
        (void)fprintf(stderr, "\r\033[K");
    in_progress = false;
}

static void show_progress(void *self, const ff_fetch_progress *progress)
{
    (void)self;
    double megabytes = (double)progress->bytes / 1e6;
    (void)fprintf(stderr, "\r\033[K%s", progress->what ? progress->what : "GitHub");
    if (progress->wait)
        (void)fprintf(stderr, ": waiting %u s", progress->wait);
    else if (progress->expected)
        (void)fprintf(stderr, ": %.1f of %.1f MB", megabytes, (double)progress->expected / 1e6);
    else if (progress->bytes)
        (void)fprintf(stderr, ": %.1f MB", megabytes);
    if (progress->remaining >= 0)
        (void)fprintf(stderr, " (request %u, %lld left this hour)", progress->requests, (long long)progress->remaining);
    (void)fflush(stderr);
    in_progress = true;
}

static void show_request(void *self, ff_slice line)
{
    (void)self;
    ff_online_end_progress();
    ff_message("%.*s", FF_ARG(line));
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
    if (isatty(STDERR_FILENO))
        online.progress = show_progress;
    return online;
}

const char *ff_online_repository(const ff_options *options)
{
    static const char *const variables[] = {"GH_REPO", "GITHUB_REPOSITORY"};
    if (options->repository)
        return options->repository;
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value)
            return value;
    }
    return NULL;
}

bool ff_online_is_complete(const ff_options *options, const char *target)
{
    uint64_t id;
    if (!ff_slice_to_uint(ff_slice_of(target), &id) || ff_online_repository(options))
        return true;
    ff_message("run %s of which repository? Give -R OWNER/REPO, set GH_REPO, or give the run's URL", target);
    return false;
}

ff_exit ff_online_exit(const ff_error *error)
{
    return error->status == FF_DENIED ? FF_EXIT_DENIED : FF_EXIT_PARTIAL;
}
