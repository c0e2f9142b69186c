#include "fetch/pages.h"

#include "base/limits.h"
#include "fetch/host.h"

#include <inttypes.h>

static bool was_seen(const ff_pages *pages, ff_slice page)
{
    for (size_t i = 0; i < pages->seen.count; i++)
        if (ff_slice_eq(pages->seen.items[i], page))
            return true;
    return false;
}

/* The host in the URL of a page, if it can be told; untrusted, so only a name is one. */
static ff_slice host_of(ff_slice url)
{
    ff_slice host = {0};
    size_t at = ff_slice_find(url, FF_LIT("://"));
    url = ff_slice_from(url, at == SIZE_MAX ? url.len : at + 3);
    (void)ff_slice_take_until(&url, '/', &host);
    return ff_host_is_name(host) ? host : (ff_slice){0};
}

/* Asks the page that is next. */
static ff_status ask_page(ff_pages *pages, ff_error *error)
{
    ff_arena *arena = pages->github->arena;
    ff_error problem = {0};
    ff_call call = {.path = pages->next, .what = pages->what};
    ff_slice *seen = FF_ARRAY_PUSH(arena, &pages->seen);
    if (!seen)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    *seen = pages->next;
    ff_status status = ff_question_ask(pages->github, &call, pages->parse, pages->facts, &problem);
    if (status != FF_OK && status != FF_NOMEM && pages->seen.count > 1) {
        *pages->ended = ff_arena_printf(arena, "page %zu: %s", pages->seen.count, problem.text);
        status = FF_END;
    } else if (status != FF_OK) {
        (void)ff_error_set(error, status, "%s", problem.text);
    } else if (call.next_circles) {
        *pages->ended = FF_LIT("the list of pages goes round in circles");
        status = FF_END;
    } else if (call.next_refused) {
        ff_slice host = host_of(call.next);
        *pages->ended =
            ff_arena_printf(arena, "the next page is on another host%s%.*s", host.len ? ", " : "", FF_ARG(host));
        status = FF_END;
    } else {
        pages->next = ff_arena_dup(arena, call.next);
        if (call.next.len && !pages->next.len)
            status = ff_error_set(error, FF_NOMEM, "out of memory");
    }
    ff_call_release(&call);
    return status;
}

/* FF_END with `ended` when the next page must not be asked for. */
static ff_status check_page(const ff_pages *pages)
{
    if (was_seen(pages, pages->next))
        *pages->ended = FF_LIT("the list of pages goes round in circles");
    else if (pages->seen.count >= FF_LIMIT_PAGES)
        *pages->ended =
            ff_arena_printf(pages->github->arena, "it has more than the %u pages that are read", FF_LIMIT_PAGES);
    else
        return FF_OK;
    return FF_END;
}

ff_status ff_pages_ask(ff_pages *pages, ff_error *error)
{
    ff_status status = ask_page(pages, error);
    if (status == FF_OK && pages->next.len)
        status = check_page(pages);
    return status == FF_END && !pages->ended->len ? ff_error_set(error, FF_NOMEM, "out of memory") : status;
}

ff_status ff_pages_ask_all(ff_pages *pages, ff_error *error)
{
    ff_status status;
    do
        status = ff_pages_ask(pages, error);
    while (status == FF_OK && pages->next.len);
    return status;
}

/* A total that is smaller than what came tells of pages that shifted, not of anything lost. */
ff_status ff_pages_conclude(const ff_pages *pages, ff_status status, size_t count, uint64_t total, ff_error *error)
{
    if (status == FF_OK && count < total) {
        *pages->ended = ff_arena_printf(pages->github->arena, "only %zu of %" PRIu64 " came", count, total);
        if (!pages->ended->len)
            return ff_error_set(error, FF_NOMEM, "out of memory");
    }
    return status == FF_END ? FF_OK : status;
}
