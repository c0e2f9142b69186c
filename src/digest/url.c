#include "digest/url.h"

#include "base/address.h"

ff_slice ff_url_run(ff_arena *arena, ff_slice host, ff_slice repository, uint64_t id, uint32_t attempt)
{
    if (id == 0 || !ff_address_is_host(host) || !ff_address_is_repository(repository))
        return (ff_slice){0};
    if (attempt == 0)
        return ff_arena_printf(arena, "https://%.*s/%.*s/actions/runs/%llu", FF_ARG(host), FF_ARG(repository),
                               (unsigned long long)id);
    return ff_arena_printf(arena, "https://%.*s/%.*s/actions/runs/%llu/attempts/%lu", FF_ARG(host), FF_ARG(repository),
                           (unsigned long long)id, (unsigned long)attempt);
}
