#include "source/online.h"

#include "base/wipe.h"

#include <stdio.h>
#include <unistd.h>

static bool is_url(ff_slice text)
{
    return ff_slice_eq_nocase(ff_slice_cut(text, 8), FF_LIT("https://")) ||
           ff_slice_eq_nocase(ff_slice_cut(text, 7), FF_LIT("http://"));
}

/* An address as people copy it: `github.com/OWNER/REPO/actions/runs/ID`. */
static bool is_bare_address(ff_slice text)
{
    char address[512];
    ff_target read;
    int len = snprintf(address, sizeof address, "https://%.*s", FF_ARG(text));
    return len > 0 && (size_t)len < sizeof address &&
           ff_target_read(&read, (ff_slice){address, (size_t)len}, (ff_slice){0}) &&
           ff_slice_find_byte(read.host, '.') != SIZE_MAX;
}

static bool is_number(ff_slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > 0;
}

bool ff_target_is_online(const char *target)
{
    ff_slice text = ff_slice_of(target);
    return is_url(text) || ((is_number(text) || is_bare_address(text)) && access(target, F_OK) != 0);
}

static bool is_same_repository(const ff_target *target, const char *repository)
{
    ff_target other;
    if (!repository || !ff_target_read(&other, FF_LIT("1"), ff_slice_of(repository)) || other.owner.len == 0)
        return true;
    return ff_slice_eq_nocase(other.owner, target->owner) && ff_slice_eq_nocase(other.name, target->name) &&
           (other.host.len == 0 || ff_slice_eq_nocase(other.host, target->host));
}

static ff_status read_target(ff_target *target, const ff_source_online *ask, ff_run *run, ff_error *error)
{
    ff_slice text = ff_slice_of(ask->target);
    const char *scheme = is_url(text) || is_number(text) ? "" : "https://";
    ff_slice whole = ff_arena_printf(run->arena, "%s%.*s", scheme, FF_ARG(text));
    if (!ff_target_read(target, whole, ff_slice_of(ask->repository)))
        return ff_error_set(error, FF_MISUSE,
                            "%s names no run; give the address of a run or job, …/actions/runs/ID, or a run's id",
                            ask->target);
    if (target->owner.len == 0 && ask->repository)
        return ff_error_set(error, FF_MISUSE, "%s is no repository: OWNER/REPO or HOST/OWNER/REPO", ask->repository);
    if (target->owner.len == 0)
        return ff_error_set(error, FF_MISUSE,
                            "run %s of which repository? Give -R OWNER/REPO, set GH_REPO, or give the run's URL",
                            ask->target);
    if (!is_same_repository(target, ask->repository))
        return ff_error_set(error, FF_MISUSE, "the address names %.*s/%.*s, and -R names %s", FF_ARG(target->owner),
                            FF_ARG(target->name), ask->repository);
    if (target->attempt && ask->online->attempt && target->attempt != ask->online->attempt)
        return ff_error_set(error, FF_MISUSE, "the address names attempt %u, and --attempt names %u", target->attempt,
                            ask->online->attempt);
    return FF_OK;
}

/* A variable of bad form is for the user to mend. */
static ff_status blame_variable(ff_status status, const ff_error *reason, ff_error *error)
{
    if (status == FF_OK)
        return FF_OK;
    return ff_error_set(error, status == FF_INVALID ? FF_MISUSE : status, "%s", reason->text);
}

ff_status ff_online_usual_host(char name[FF_HOST_NAME_BYTES], const ff_online *online, ff_error *error)
{
    const ff_host_options options = {.self = online->self};
    ff_error reason = {0};
    return blame_variable(ff_host_default(name, &options, &reason), &reason, error);
}

ff_status ff_online_find_host(ff_host *host, ff_slice name, const ff_online *online, ff_error *error)
{
    ff_host_options options = {.ask = online->ask_token, .self = online->self};
    ff_error reason = {0};
    if (online->offline)
        options.ask = NULL; /* nothing is sent, so nobody need be asked */
    return blame_variable(ff_host_find(host, name, &options, &reason), &reason, error);
}

ff_cache *ff_online_open_cache(const ff_online *online, ff_notes *notes)
{
    ff_cache *cache = NULL;
    ff_error reason = {0};
    ff_status status = online->no_cache ? FF_OK : ff_cache_open(&cache, NULL, &reason);
    if (status != FF_OK && status != FF_NOT_FOUND)
        ff_notes_add(notes, false, "no-cache", "No cache was used: %s.", reason.text);
    return cache;
}

static ff_status find_host(ff_host *host, ff_target *target, const ff_online *online, ff_arena *arena, ff_error *error)
{
    char name[FF_HOST_NAME_BYTES];
    ff_status status = FF_OK;
    if (target->host.len == 0) {
        status = ff_online_usual_host(name, online, error);
        target->host = status == FF_OK ? ff_arena_dup(arena, ff_slice_of(name)) : target->host;
    }
    return status == FF_OK ? ff_online_find_host(host, target->host, online, error) : status;
}

ff_status ff_server_line_open(ff_server_line *line, const ff_source_online *ask, ff_run *run, ff_error *error)
{
    const ff_online *online = ask->online;
    ff_host host = {0};
    ff_status status = read_target(&line->target, ask, run, error);
    if (status == FF_OK)
        status = find_host(&host, &line->target, online, run->arena, error);
    if (status != FF_OK)
        return status;
    if (online->attempt)
        line->target.attempt = online->attempt;
    line->cache = ff_online_open_cache(online, &run->notes);
    ff_live_options options = {.cache = line->cache,
                               .max_wait = online->max_wait,
                               .offline = online->offline,
                               .progress = online->progress,
                               .trace = online->trace,
                               .stopped = online->stopped,
                               .self = online->self};
    status = ff_live_open(&line->exchange, &host, &options, error);
    ff_wipe(&host, sizeof host); /* the exchange has its own copy of the token */
    return status;
}

void ff_server_line_close(ff_server_line *line)
{
    ff_exchange_close(line->exchange);
    ff_cache_close(line->cache);
    *line = (ff_server_line){0};
}
