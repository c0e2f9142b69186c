#include "source/online.h"

#include "base/wipe.h"

#include <stdlib.h>
#include <unistd.h>

bool ff_target_is_online(const char *target)
{
    ff_target read;
    ff_slice text = ff_slice_of(target);
    if (ff_slice_starts(text, FF_LIT("https://")) || ff_slice_starts(text, FF_LIT("http://")))
        return true;
    return ff_target_read(&read, text, (ff_slice){0}) && access(target, F_OK) != 0;
}

static ff_status read_target(ff_target *target, const char *text, const char *repository, ff_run *run, ff_error *error)
{
    if (!ff_target_read(target, ff_arena_dup(run->arena, ff_slice_of(text)), ff_slice_of(repository)))
        return ff_error_set(error, FF_INVALID,
                            "%s names no run; give the address of a run or job, …/actions/runs/ID, or a run's id",
                            text);
    if (target->owner.len == 0)
        return ff_error_set(error, FF_INVALID,
                            "run %s of which repository? Give -R OWNER/REPO, or set GH_REPO, or give the run's URL",
                            text);
    return FF_OK;
}

static ff_status find_host(ff_host *host, ff_target *target, const ff_online *online, ff_arena *arena, ff_error *error)
{
    ff_host_options options = {.ask = online->ask_token, .self = online->self};
    char name[FF_HOST_NAME_BYTES];
    ff_status status = FF_OK;
    if (target->host.len == 0) {
        status = ff_host_default(name, &options, error);
        target->host = status == FF_OK ? ff_arena_dup(arena, ff_slice_of(name)) : target->host;
    }
    if (online->offline)
        options.ask = NULL; /* nothing is sent, so nobody need be asked */
    return status == FF_OK ? ff_host_find(host, target->host, &options, error) : status;
}

static void open_cache(ff_line_to_server *line, const ff_online *online, ff_run *run)
{
    ff_error reason = {0};
    ff_status status = online->no_cache ? FF_OK : ff_cache_open(&line->cache, NULL, &reason);
    if (status != FF_OK && status != FF_NOT_FOUND)
        ff_notes_add(&run->notes, false, "no-cache", "No cache was used: %s.", reason.text);
}

ff_status ff_line_to_server_open(ff_line_to_server *line, const char *target, const char *repository,
                                 const ff_online *online, ff_run *run, ff_error *error)
{
    ff_host host = {0};
    ff_status status = read_target(&line->target, target, repository, run, error);
    if (status == FF_OK)
        status = find_host(&host, &line->target, online, run->arena, error);
    if (status != FF_OK)
        return status;
    if (online->attempt)
        line->target.attempt = online->attempt;
    open_cache(line, online, run);
    ff_live_options options = {.cache = line->cache,
                               .max_wait = online->max_wait,
                               .offline = online->offline,
                               .progress = online->progress,
                               .trace = online->trace,
                               .self = online->self};
    status = ff_live_open(&line->exchange, &host, &options, error);
    ff_wipe(&host, sizeof host); /* the exchange has its own copy of the token */
    return status;
}

void ff_line_to_server_close(ff_line_to_server *line)
{
    ff_exchange_close(line->exchange);
    ff_cache_close(line->cache);
    *line = (ff_line_to_server){0};
}
