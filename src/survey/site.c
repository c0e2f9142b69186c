#include "survey/site.h"

#include "base/address.h"
#include "base/array.h"
#include "fetch/target.h"

enum { ORGANIZATION_BYTES = 100 };

/* Takes the host off, if one stands in front of so many parts. */
static ff_slice take_host(ff_slice *words, size_t parts)
{
    size_t slashes = 0;
    ff_slice host = {0};
    for (size_t i = 0; i < words->len; i++)
        slashes += words->ptr[i] == '/';
    if (slashes == parts)
        (void)ff_slice_take_until(words, '/', &host);
    return host;
}

static bool is_there(const ff_sites *sites, const ff_site *site)
{
    for (size_t i = 0; i < sites->count; i++) {
        const ff_site *other = &sites->items[i];
        if (other->server == site->server && ff_slice_eq_nocase(other->owner, site->owner) &&
            ff_slice_eq_nocase(other->name, site->name))
            return true;
    }
    return false;
}

ff_status ff_sites_add(ff_sites *sites, ff_servers *servers, ff_slice words, ff_error *error)
{
    ff_site site = {0};
    if (!ff_target_is_repository(words))
        return ff_error_set(error, FF_MISUSE, "%.*s is no repository: OWNER/REPO or HOST/OWNER/REPO", FF_ARG(words));
    ff_slice rest = ff_arena_dup(sites->arena, words);
    if (!rest.ptr)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    ff_slice host = take_host(&rest, 2);
    ff_status status = ff_servers_find(servers, host, &site.server, error);
    if (status != FF_OK)
        return status;
    site.called = rest;
    (void)ff_slice_take_until(&rest, '/', &site.owner);
    site.name = rest;
    if (is_there(sites, &site))
        return FF_OK;
    ff_site *added = FF_ARRAY_PUSH(sites->arena, sites);
    if (!added)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    *added = site;
    return FF_OK;
}

ff_slice ff_site_label_on(const ff_server *server, ff_slice name, ff_arena *arena)
{
    if (strcmp(server->name, "github.com") == 0)
        return name;
    ff_slice label = ff_arena_printf(arena, "%s/%.*s", server->name, FF_ARG(name));
    return label.len ? label : name;
}

ff_slice ff_site_label(const ff_site *site, ff_arena *arena)
{
    return ff_site_label_on(site->server, site->called, arena);
}

ff_status ff_sites_organization(ff_servers *servers, ff_slice words, ff_server **server, ff_slice *name,
                                ff_error *error)
{
    ff_slice rest = words, host = take_host(&rest, 1);
    bool hosted = rest.len != words.len;
    if (!ff_address_has_form(rest, ORGANIZATION_BYTES, "-_", "_") || (hosted && !ff_host_is_name(host)))
        return ff_error_set(error, FF_MISUSE, "%.*s is no organisation: ORG or HOST/ORG", FF_ARG(words));
    *name = rest;
    return ff_servers_find(servers, host, server, error);
}
