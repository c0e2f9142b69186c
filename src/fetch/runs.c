#include "fetch/runs.h"

#include "base/limits.h"
#include "fetch/moment.h"
#include "fetch/pages.h"

#include <inttypes.h>

enum { PAGE_ITEMS = 100 };

/* A list of runs, and who wants to know how far it is. */
typedef struct hearing {
    ff_api_runs *runs;
    const ff_runs_query *query;
} hearing;

static ff_status parse_runs(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_runs_parse(facts, json, arena, error);
}

static ff_status parse_and_tell(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    const hearing *to = facts;
    ff_status status = ff_api_runs_parse(to->runs, json, arena, error);
    if (status == FF_OK && to->query->heard)
        to->query->heard(to->query->self, to->runs->count);
    return status;
}

static ff_status parse_repositories(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_repositories_parse(facts, json, arena, error);
}

/* `name=value&`; nothing for a value that is empty. */
static void add_filter(ff_buf *query, const char *name, ff_slice value)
{
    if (!value.len)
        return;
    ff_buf_printf(query, "%s=", name);
    ff_question_quote(query, value);
    ff_buf_add_byte(query, '&');
}

static void add_moment(ff_buf *query, int64_t time)
{
    char text[FF_MOMENT_BYTES];
    ff_moment_write(time, text);
    ff_question_quote(query, ff_slice_of(text));
}

/* Between two times, or on one side of one:
 * https://docs.github.com/en/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax */
static void add_times(ff_buf *query, const ff_runs_query *asked)
{
    bool from = asked->from != FF_NO_TIME, to = asked->to != FF_NO_TIME;
    if (!from && !to)
        return;
    ff_buf_add(query, FF_LIT("created="));
    if (!from || !to)
        ff_question_quote(query, from ? FF_LIT(">=") : FF_LIT("<="));
    if (from)
        add_moment(query, asked->from);
    if (from && to)
        ff_buf_add(query, FF_LIT(".."));
    if (to)
        add_moment(query, asked->to);
    ff_buf_add_byte(query, '&');
}

/* A part of a path that stays one: `..` would lead elsewhere. */
static bool is_workflow(ff_slice name)
{
    return !ff_slice_eq(name, FF_LIT(".")) && !ff_slice_eq(name, FF_LIT(".."));
}

static ff_status write_path(const ff_github *github, const ff_runs_query *asked, ff_slice *path, ff_error *error)
{
    ff_buf rest;
    ff_buf_init(&rest, FF_QUESTION_PATH_BYTES / 2);
    ff_status status = is_workflow(asked->workflow) ? FF_OK : FF_MISUSE;
    if (asked->workflow.len) {
        ff_buf_add(&rest, FF_LIT("workflows/"));
        ff_question_quote(&rest, asked->workflow);
        ff_buf_add_byte(&rest, '/');
    }
    ff_buf_add(&rest, FF_LIT("runs?"));
    add_filter(&rest, "branch", asked->branch);
    add_times(&rest, asked);
    add_filter(&rest, "event", asked->event);
    add_filter(&rest, "status", ff_slice_of(asked->status));
    if (status == FF_OK)
        status = ff_buf_status(&rest);
    if (status == FF_OK)
        *path =
            ff_question_path(github, "actions/%sper_page=%" PRIu32, rest.ptr, asked->most ? asked->most : PAGE_ITEMS);
    if (status == FF_OK && !path->len)
        status = FF_NOMEM;
    ff_buf_release(&rest);
    return status == FF_OK ? FF_OK
                           : ff_error_set(error, status, "the runs: %s",
                                          status == FF_MISUSE  ? "its workflow cannot be asked for"
                                          : status == FF_LIMIT ? "the name of the branch, event or workflow is too long"
                                                               : "out of memory");
}

static bool is_enough(const ff_runs_query *asked, const ff_api_runs *runs)
{
    return asked->first_page_only && (asked->most || runs->total > FF_RUNS_MOST);
}

/* Pages are cut by place, not by run: where one went away meanwhile, another slid over a cut and was not seen. */
static void check_runs(const ff_api_runs *runs, uint64_t first_total, ff_slice *ended)
{
    if (runs->total < first_total)
        *ended = FF_LIT("it became shorter while it was read");
    for (size_t i = 0; i < runs->count; i++)
        if (runs->items[i].id == 0)
            *ended = FF_LIT("it holds a run without an id");
}

ff_status ff_github_runs(const ff_github *github, const ff_runs_query *query, ff_api_runs *runs, ff_slice *ended,
                         ff_error *error)
{
    hearing to = {runs, query};
    ff_pages pages = {.github = github, .what = "the runs", .parse = parse_and_tell, .facts = &to, .ended = ended};
    *runs = (ff_api_runs){0};
    *ended = (ff_slice){0};
    ff_status status = write_path(github, query, &pages.next, error);
    if (status == FF_OK)
        status = ff_pages_ask(&pages, error);
    if ((status == FF_OK || status == FF_END) && is_enough(query, runs)) {
        *ended = (ff_slice){0}; /* why there is no second page does not matter */
        return FF_OK;
    }
    uint64_t first_total = runs->total;
    if (status == FF_OK && pages.next.len)
        status = ff_pages_ask_all(&pages, error);
    if (status == FF_OK)
        check_runs(runs, first_total, ended);
    /* Runs that were made since the first page stand above it, and are not missing. */
    uint64_t due = first_total < runs->total ? first_total : runs->total;
    return ff_pages_conclude(&pages, status, runs->count, due, error);
}

ff_status ff_github_repositories(const ff_github *github, ff_api_repositories *repositories, ff_slice *ended,
                                 ff_error *error)
{
    ff_pages pages = {.github = github,
                      .what = "the repositories of the organisation",
                      .parse = parse_repositories,
                      .facts = repositories,
                      .ended = ended};
    pages.next =
        ff_arena_printf(github->arena, "/orgs/%.*s/repos?type=all&per_page=%d", FF_ARG(github->owner), PAGE_ITEMS);
    *repositories = (ff_api_repositories){0};
    *ended = (ff_slice){0};
    ff_status status = ff_pages_ask_all(&pages, error);
    return ff_pages_conclude(&pages, status, repositories->count, 0, error);
}

/* `branch=…&created=<…&status=success&`, of what is known. */
static void add_green(ff_buf *query, const ff_api_run *than)
{
    ff_buf_add(query, FF_LIT("branch="));
    ff_question_quote(query, than->head_branch);
    if (than->created_at != FF_NO_TIME) {
        ff_buf_add(query, FF_LIT("&created="));
        ff_question_quote(query, FF_LIT("<"));
        add_moment(query, than->created_at);
    }
    ff_buf_add(query, FF_LIT("&status=success&"));
}

ff_status ff_github_last_green(const ff_github *github, const ff_api_run *than, ff_api_run *facts, ff_error *error)
{
    ff_buf query;
    ff_api_runs runs = {0};
    ff_buf_init(&query, FF_QUESTION_PATH_BYTES / 2);
    *facts = (ff_api_run){0};
    add_green(&query, than);
    ff_status status = ff_buf_status(&query);
    if (status == FF_OK) {
        ff_slice path = ff_question_path(github, "actions/workflows/%" PRIu64 "/runs?%.*sper_page=1", than->workflow_id,
                                         FF_ARG(ff_buf_slice(&query)));
        ff_call call = {.path = path, .what = "the last run that passed"};
        status = ff_question_ask_once(github, call, parse_runs, &runs, error);
    } else {
        (void)ff_error_set(error, status, status == FF_LIMIT ? "the name of the branch is too long" : "out of memory");
    }
    ff_buf_release(&query);
    if (status == FF_OK && runs.count)
        *facts = runs.items[0];
    return status;
}
