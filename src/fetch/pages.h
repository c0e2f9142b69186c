/* A list that comes in pages, each of which says where the next one is.
 *
 *     ff_pages pages = {.github = github, .what = "the jobs of the run", .next = path, .parse = parse_jobs,
 *                       .facts = jobs, .ended = ended};
 *     status = ff_pages_ask_all(&pages, &error);
 *
 * A next page on another host, one that was read before, one that cannot be had, and the one after FF_LIMIT_PAGES end
 * the list: what came before stays.
 */
#ifndef FF_FETCH_PAGES_H
#define FF_FETCH_PAGES_H

#include "fetch/question.h"

/* Zero-initialise and set what is asked for. */
typedef struct ff_pages {
    const ff_github *github;
    const char *what;         /* as in ff_call */
    ff_question_parse *parse; /* appends what a page holds to `facts` */
    void *facts;
    ff_slice *ended; /* why no more pages are asked for, in one clause, in the arena; untouched otherwise */
    ff_slice next;   /* the page to be asked for; empty: there is none */
    struct {
        ff_slice *items;
        size_t count, cap;
    } seen; /* pages asked for; they live in the arena */
} ff_pages;

/* Asks the next page. FF_OK; FF_END: the list cannot go on, and `ended` says why; else the first page's failure. */
ff_status ff_pages_ask(ff_pages *pages, ff_error *error);

/* Asks page after page until there is none. The same. */
ff_status ff_pages_ask_all(ff_pages *pages, ff_error *error);

/* What is to be said of a list that was asked for with `status`, of which `count` came and that has `total` by its own
 * word. FF_OK for FF_END too; `ended` also says when fewer came. FF_NOMEM, or `status`. */
ff_status ff_pages_conclude(const ff_pages *pages, ff_status status, size_t count, uint64_t total, ff_error *error);

#endif
