/* All repositories of one organisation, added to those of the survey. */
#include "base/address.h"
#include "fetch/runs.h"
#include "survey/tour.h"

/* How many of them are to be scanned. */
static size_t add_repositories(ff_tour *tour, ff_server *server, const ff_api_repositories *found)
{
    size_t wanted = 0;
    ff_status status = FF_OK;
    ff_error error = {0};
    for (size_t i = 0; i < found->count && status == FF_OK; i++) {
        const ff_api_repository *one = &found->items[i];
        if (one->archived || one->disabled || !ff_address_is_repository(one->full_name))
            continue;
        ff_slice words = ff_arena_printf(tour->arena, "%s/%.*s", server->name, FF_ARG(one->full_name));
        status = ff_sites_add(&tour->sites, &tour->servers, words, &error);
        wanted++;
    }
    if (status != FF_OK)
        ff_tour_fail(tour, status, &error);
    return wanted;
}

/* Why it could not be listed, without the words that the note about it says already. */
static ff_slice reason_of(const ff_error *error)
{
    ff_slice why = ff_slice_of(error->text);
    (void)ff_slice_take_prefix(&why, FF_LIT("the repositories of the organisation: "));
    return why;
}

static void list_organization(ff_tour *tour, ff_server *server, ff_slice name)
{
    ff_arena arena;
    ff_api_repositories found = {0};
    ff_slice ended = {0};
    ff_error error = {0};
    ff_arena_init(&arena, 0);
    ff_github github = {.exchange = server->live, .owner = name, .arena = &arena};
    ff_status status = ff_github_repositories(&github, &found, &ended, &error);
    ff_slice why = ff_tour_keep(&arena, status == FF_OK ? ended : reason_of(&error));
    ff_slice label = ff_site_label_on(server, name, &arena);
    ff_crew_lock(tour->crew);
    if (status == FF_OK && add_repositories(tour, server, &found) == 0 && !why.len)
        ff_notes_add(&tour->result->notes, false, "organization-empty",
                     "Nothing of %.*s was scanned: the token sees no repository of it that is not archived.",
                     FF_ARG(label));
    if (why.len)
        ff_notes_add(&tour->result->notes, true, "organization-unreadable",
                     "The repositories of %.*s could not be listed%s: %.*s.", FF_ARG(label),
                     status == FF_OK ? " to the end" : "", FF_ARG(why));
    if (status != FF_OK && tour->organization_error.status == FF_OK)
        (void)ff_error_set(&tour->organization_error, status, "%.*s: %.*s", FF_ARG(label), FF_ARG(why));
    ff_crew_unlock(tour->crew);
    ff_arena_release(&arena);
}

bool ff_tour_list_organization(void *self)
{
    ff_tour *tour = self;
    ff_server *server = NULL;
    ff_slice name = {0};
    ff_error error = {0};
    ff_crew_lock(tour->crew);
    bool any = tour->next < tour->ask->organization_count && tour->status == FF_OK && !ff_tour_is_stopped(tour);
    ff_status status = FF_OK;
    if (any)
        status = ff_sites_organization(&tour->servers, ff_slice_of(tour->ask->organizations[tour->next++]), &server,
                                       &name, &error);
    if (status != FF_OK)
        ff_tour_fail(tour, status, &error);
    ff_crew_unlock(tour->crew);
    if (!any || status != FF_OK)
        return false;
    list_organization(tour, server, name);
    return true;
}
