#include "survey/server.h"

#include "base/array.h"
#include "base/wipe.h"
#include "source/online.h"

uint32_t ff_servers_hands(const ff_survey *ask)
{
    uint32_t jobs = ask->jobs ? ask->jobs : FF_SURVEY_JOBS_DEFAULT;
    return jobs < FF_SURVEY_JOBS_MAX ? jobs : FF_SURVEY_JOBS_MAX;
}

static ff_live_options options_of(const ff_servers *servers, ff_cache *cache, bool offline)
{
    const ff_online *online = servers->ask->online;
    return (ff_live_options){.cache = cache,
                             .max_wait = online->max_wait,
                             .offline = offline,
                             .parallel = ff_servers_hands(servers->ask),
                             .gently = true,
                             .trace = online->trace,
                             .stopped = servers->ask->hurried,
                             .impatient = online->stopped, /* those in hand are finished, but not after an hour */
                             .self = online->self};
}

/* Everything that asking it needs. */
static ff_status open_server(ff_servers *servers, ff_server *server, ff_slice name, ff_error *error)
{
    const ff_online *online = servers->ask->online;
    ff_status status = ff_online_find_host(&server->host, name, online, error);
    if (status != FF_OK)
        return status;
    memcpy(server->name, server->host.name, sizeof server->name);
    server->cache = ff_online_open_cache(online, servers->notes);
    ff_live_options live = options_of(servers, server->cache, online->offline);
    return ff_shared_open(&server->live, &server->host, &live, error);
}

static ff_server *add_server(ff_servers *servers)
{
    ff_server *made = ff_arena_alloc(servers->arena, sizeof *made);
    ff_server **at = made ? FF_ARRAY_PUSH(servers->arena, servers) : NULL;
    if (at)
        *at = made;
    return at ? made : NULL;
}

ff_status ff_servers_find(ff_servers *servers, ff_slice name, ff_server **server, ff_error *error)
{
    char usual[FF_HOST_NAME_BYTES];
    ff_status status = name.len ? FF_OK : ff_online_usual_host(usual, servers->ask->online, error);
    if (status != FF_OK)
        return status;
    if (!name.len)
        name = ff_slice_of(usual);
    for (size_t i = 0; i < servers->count; i++)
        if (ff_slice_eq_nocase(ff_slice_of(servers->items[i]->name), name)) {
            *server = servers->items[i];
            return FF_OK;
        }
    *server = add_server(servers);
    if (!*server)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    status = open_server(servers, *server, name, error);
    if (status != FF_OK) {
        ff_cache_close((*server)->cache);
        ff_wipe(*server, sizeof **server);
        servers->count--;
    }
    return status;
}

ff_exchange *ff_server_kept(const ff_servers *servers, ff_server *server)
{
    if (servers->ask->online->offline)
        return server->live;
    if (server->kept_tried)
        return server->kept;
    server->kept_tried = true;
    if (!server->cache)
        return NULL;
    ff_live_options options = options_of(servers, server->cache, true);
    if (ff_shared_open(&server->kept, &server->host, &options, NULL) != FF_OK)
        server->kept = NULL;
    return server->kept;
}

ff_shared_tally ff_servers_count(const ff_servers *servers)
{
    ff_shared_tally sum = {.remaining = -1};
    for (size_t i = 0; i < servers->count; i++) {
        ff_shared_tally one = ff_shared_count(servers->items[i]->live);
        sum.bytes += one.bytes;
        sum.requests += one.requests;
        if (one.remaining >= 0 && (sum.remaining < 0 || one.remaining < sum.remaining))
            sum.remaining = one.remaining;
        if (one.wait > sum.wait)
            sum.wait = one.wait;
    }
    return sum;
}

void ff_servers_close(ff_servers *servers)
{
    for (size_t i = 0; i < servers->count; i++) {
        ff_server *server = servers->items[i];
        ff_exchange_close(server->live);
        ff_exchange_close(server->kept);
        ff_cache_close(server->cache);
        ff_wipe(server, sizeof *server);
    }
    servers->count = 0;
}
