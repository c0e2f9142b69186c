#include "fetch/github.h"

#include "base/limits.h"
#include "base/object_id.h"
#include "fetch/host.h"
#include "fetch/moment.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { PATH_BYTES = 2048 };

/* Reads one answer into the facts that the caller wants. */
typedef ff_status parse_fn(void *facts, ff_slice json, ff_arena *arena, ff_error *error);

/* A list of pages being read. */
typedef struct listing {
    const ff_github *github;
    const char *what;
    struct {
        ff_slice *items;
        size_t count, cap;
    } seen; /* pages asked for; they live in the arena */
    ff_slice next;
} listing;

static ff_status no_memory(ff_error *error)
{
    return ff_error_set(error, FF_NOMEM, "out of memory");
}

/* A path below the repository; the empty slice without memory. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static ff_slice
path_of(const ff_github *github, const char *format, ...)
{
    char rest[PATH_BYTES];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(rest, sizeof rest, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof rest)
        return (ff_slice){0};
    return ff_arena_printf(github->arena, "/repos/%.*s/%.*s/%s", FF_ARG(github->owner), FF_ARG(github->name), rest);
}

/* The path of a run or of one of its attempts, and what is asked of it. */
static ff_slice run_path(const ff_github *github, uint64_t run, uint32_t attempt, const char *rest)
{
    if (attempt)
        return path_of(github, "actions/runs/%" PRIu64 "/attempts/%" PRIu32 "%s", run, attempt, rest);
    return path_of(github, "actions/runs/%" PRIu64 "%s", run, rest);
}

/* Reads the body of a call that succeeded; one that cannot be read shall not be kept. */
static ff_status read_answer(const ff_github *github, const ff_call *call, parse_fn *parse, void *facts,
                             ff_error *error)
{
    ff_buf whole;
    ff_slice json;
    ff_error problem = {0};
    ff_buf_init(&whole, FF_LIMIT_ANSWER_BYTES);
    ff_status status = ff_body_slice(&call->body, &whole, &json, &problem);
    if (status == FF_OK)
        status = parse(facts, json, github->arena, &problem);
    ff_buf_release(&whole);
    if (status == FF_INVALID || status == FF_LIMIT)
        ff_exchange_forget(github->exchange, call->path);
    if (status != FF_OK)
        (void)ff_error_set(error, status, "GitHub's answer for %s %s", call->what, problem.text);
    return status;
}

static ff_status ask_and_read(const ff_github *github, ff_call *call, parse_fn *parse, void *facts, ff_error *error)
{
    ff_exchange_get(github->exchange, call);
    if (github->outcome)
        *github->outcome = (ff_github_outcome){call->status, call->http, call->unsent};
    if (call->status != FF_OK)
        return ff_error_set(error, call->status, "%s", call->error.text);
    return read_answer(github, call, parse, facts, error);
}

/* Asks and reads; what makes no sense is asked for once more, as a connection that broke would be. */
static ff_status ask(const ff_github *github, ff_call *call, parse_fn *parse, void *facts, ff_error *error)
{
    const ff_call question = *call;
    ff_error ignored = {0};
    if (!call->path.len)
        return no_memory(error);
    ff_status status = ask_and_read(github, call, parse, facts, &ignored);
    if (status != FF_INVALID || call->status != FF_OK)
        return status == FF_OK ? FF_OK : ff_error_set(error, status, "%s", ignored.text);
    ff_call_release(call);
    *call = question;
    return ask_and_read(github, call, parse, facts, error);
}

/* The same for an answer of one page. */
static ff_status ask_once(const ff_github *github, ff_call call, parse_fn *parse, void *facts, ff_error *error)
{
    ff_status status = ask(github, &call, parse, facts, error);
    ff_call_release(&call);
    return status;
}

static ff_status parse_run(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_run_parse(facts, json, arena, error);
}

static ff_status parse_runs(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_runs_parse(facts, json, arena, error);
}

static ff_status parse_job(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_job_parse(facts, json, arena, error);
}

static ff_status parse_jobs(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_jobs_parse(facts, json, arena, error);
}

static ff_status parse_annotations(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_annotations_parse(facts, json, arena, error);
}

static ff_status parse_content(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_content_parse(facts, json, arena, error);
}

static ff_status parse_nodes(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_nodes_parse(facts, json, arena, error);
}

static ff_status parse_comparison(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_comparison_parse(facts, json, arena, error);
}

ff_status ff_github_run(const ff_github *github, uint64_t run, uint32_t attempt, ff_api_run *facts, ff_error *error)
{
    ff_call call = {.path = run_path(github, run, attempt, ""), .what = "the run"};
    return ask_once(github, call, parse_run, facts, error);
}

ff_status ff_github_job(const ff_github *github, uint64_t job, ff_api_job *facts, ff_error *error)
{
    ff_call call = {.path = path_of(github, "actions/jobs/%" PRIu64, job), .what = "the job"};
    return ask_once(github, call, parse_job, facts, error);
}

static bool was_seen(const listing *pages, ff_slice page)
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

/* Asks the next page. FF_END: the listing cannot go on, and `ended` says why. */
static ff_status ask_page(listing *pages, parse_fn *parse, void *facts, ff_slice *ended, ff_error *error)
{
    ff_arena *arena = pages->github->arena;
    ff_error problem = {0};
    ff_call call = {.path = pages->next, .what = pages->what};
    ff_slice *seen = FF_ARRAY_PUSH(arena, &pages->seen);
    if (!seen)
        return no_memory(error);
    *seen = pages->next;
    ff_status status = ask(pages->github, &call, parse, facts, &problem);
    if (status != FF_OK && status != FF_NOMEM && pages->seen.count > 1) {
        *ended = ff_arena_printf(arena, "page %zu: %s", pages->seen.count, problem.text);
        status = FF_END;
    } else if (status != FF_OK) {
        (void)ff_error_set(error, status, "%s", problem.text);
    } else if (call.next_circles) {
        *ended = FF_LIT("the list of pages goes round in circles");
        status = FF_END;
    } else if (call.next_refused) {
        ff_slice host = host_of(call.next);
        *ended = ff_arena_printf(arena, "the next page is on another host%s%.*s", host.len ? ", " : "", FF_ARG(host));
        status = FF_END;
    } else {
        pages->next = ff_arena_dup(arena, call.next);
        if (call.next.len && !pages->next.len)
            status = no_memory(error);
    }
    ff_call_release(&call);
    return status == FF_END && !ended->len ? no_memory(error) : status;
}

/* FF_END with `ended` when the next page must not be asked. */
static ff_status check_page(const listing *pages, ff_slice *ended)
{
    if (was_seen(pages, pages->next))
        *ended = FF_LIT("the list of pages goes round in circles");
    else if (pages->seen.count >= FF_LIMIT_PAGES)
        *ended = ff_arena_printf(pages->github->arena, "it has more than the %u pages that are read", FF_LIMIT_PAGES);
    else
        return FF_OK;
    return FF_END;
}

/* Reads page after page. FF_OK: all of them; FF_END: `ended` says why no more came; else the first page's failure. */
static ff_status ask_pages(listing *pages, parse_fn *parse, void *facts, ff_slice *ended, ff_error *error)
{
    ff_status status = FF_OK;
    do {
        status = ask_page(pages, parse, facts, ended, error);
        if (status == FF_OK && pages->next.len)
            status = check_page(pages, ended);
    } while (status == FF_OK && pages->next.len);
    return status;
}

/* A total that is smaller than what came tells of pages that shifted, not of anything lost. */
ff_status ff_github_jobs(const ff_github *github, uint64_t run, uint32_t attempt, ff_api_jobs *jobs, ff_slice *ended,
                         ff_error *error)
{
    listing pages = {.github = github, .what = "the jobs of the run"};
    pages.next = run_path(github, run, attempt, attempt ? "/jobs?per_page=100" : "/jobs?filter=latest&per_page=100");
    *jobs = (ff_api_jobs){0};
    *ended = (ff_slice){0};
    ff_status status = ask_pages(&pages, parse_jobs, jobs, ended, error);
    for (size_t i = 0; status == FF_OK && i < jobs->count; i++)
        if (jobs->items[i].id == 0)
            *ended = FF_LIT("it holds a job without an id");
    if (status == FF_OK && jobs->count < jobs->total) {
        *ended = ff_arena_printf(github->arena, "only %zu of %" PRIu64 " came", jobs->count, jobs->total);
        if (!ended->len)
            return no_memory(error);
    }
    return status == FF_END ? FF_OK : status;
}

/* Appends `text` as a part of a path or a value of a query: everything but unreserved characters (RFC 3986, 2.3) in
 * percent form. */
static void add_quoted(ff_buf *out, ff_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                     (byte && strchr("-._~", byte));
        if (plain)
            ff_buf_add_byte(out, byte);
        else
            ff_buf_printf(out, "%%%02X", (unsigned)(unsigned char)byte);
    }
}

/* `branch=…&created=<…`, of what is known. */
static ff_status write_query(ff_buf *query, const ff_api_run *than)
{
    char before[FF_MOMENT_BYTES];
    ff_buf_add(query, FF_LIT("branch="));
    add_quoted(query, than->head_branch);
    if (than->created_at != FF_NO_TIME) {
        ff_moment_write(than->created_at, before);
        ff_buf_add(query, FF_LIT("&created="));
        add_quoted(query, FF_LIT("<"));
        add_quoted(query, ff_slice_of(before));
    }
    return ff_buf_status(query);
}

ff_status ff_github_last_green(const ff_github *github, const ff_api_run *than, ff_api_run *facts, ff_error *error)
{
    ff_buf query;
    ff_api_runs runs = {0};
    ff_buf_init(&query, PATH_BYTES / 2);
    *facts = (ff_api_run){0};
    ff_status status = write_query(&query, than);
    if (status == FF_OK) {
        ff_slice path = path_of(github, "actions/workflows/%" PRIu64 "/runs?%.*s&status=success&per_page=1",
                                than->workflow_id, FF_ARG(ff_buf_slice(&query)));
        ff_call call = {.path = path, .what = "the last run that passed"};
        status = ask_once(github, call, parse_runs, &runs, error);
    } else {
        (void)ff_error_set(error, status, status == FF_LIMIT ? "the name of the branch is too long" : "out of memory");
    }
    ff_buf_release(&query);
    if (status == FF_OK && runs.count)
        *facts = runs.items[0];
    return status;
}

ff_status ff_github_annotations(const ff_github *github, uint64_t job, ff_api_annotations *annotations, ff_error *error)
{
    ff_call call = {.path =
                        path_of(github, "check-runs/%" PRIu64 "/annotations?per_page=%u", job, FF_LIMIT_ANNOTATIONS),
                    .what = "the annotations"};
    return ask_once(github, call, parse_annotations, annotations, error);
}

/* `a%20b/c`. False if a part is empty or would lead elsewhere: whoever reads a URL resolves `..` in it. */
static bool write_path(ff_buf *out, ff_slice path)
{
    ff_slice part;
    if (!path.len || ff_slice_ends(path, FF_LIT("/")))
        return false;
    while (ff_slice_take_until(&path, '/', &part)) {
        if (!part.len || ff_slice_eq(part, FF_LIT(".")) || ff_slice_eq(part, FF_LIT("..")))
            return false;
        if (out->len)
            ff_buf_add_byte(out, '/');
        add_quoted(out, part);
    }
    return true;
}

ff_status ff_github_file(const ff_github *github, ff_slice path, ff_slice commit, ff_slice *bytes, ff_error *error)
{
    ff_buf quoted;
    *bytes = (ff_slice){0};
    ff_buf_init(&quoted, PATH_BYTES / 2);
    ff_status status = ff_object_id_is(commit) && write_path(&quoted, path) ? ff_buf_status(&quoted) : FF_MISUSE;
    if (status == FF_OK) {
        ff_call call = {
            .path = path_of(github, "contents/%.*s?ref=%.*s", FF_ARG(ff_buf_slice(&quoted)), FF_ARG(commit)),
            .lasting = true,
            .what = "the file",
        };
        status = ask_once(github, call, parse_content, bytes, error);
    } else {
        (void)ff_error_set(error, status,
                           status == FF_MISUSE  ? "its path or commit cannot be asked for"
                           : status == FF_LIMIT ? "its path is too long"
                                                : "out of memory");
    }
    ff_buf_release(&quoted);
    return status;
}

static ff_status not_in_full(ff_error *error)
{
    return ff_error_set(error, FF_MISUSE, "its commit cannot be asked for");
}

/* The id of a commit stands for that of its tree. */
ff_status ff_github_nodes(const ff_github *github, ff_slice id, bool deep, ff_api_nodes *nodes, ff_error *error)
{
    if (!ff_object_id_is(id))
        return not_in_full(error);
    ff_call call = {.path = path_of(github, "git/trees/%.*s%s", FF_ARG(id), deep ? "?recursive=1" : ""),
                    .lasting = true,
                    .what = "the list of files"};
    return ask_once(github, call, parse_nodes, nodes, error);
}

ff_status ff_github_blob(const ff_github *github, ff_slice id, ff_slice *bytes, ff_error *error)
{
    *bytes = (ff_slice){0};
    if (!ff_object_id_is(id))
        return not_in_full(error);
    ff_call call = {.path = path_of(github, "git/blobs/%.*s", FF_ARG(id)), .lasting = true, .what = "the file"};
    return ask_once(github, call, parse_content, bytes, error);
}

/* Pages are of commits, which nobody wants; all files stand on the first one. */
ff_status ff_github_compare(const ff_github *github, ff_slice base, ff_slice commit, ff_api_comparison *comparison,
                            ff_error *error)
{
    if (!ff_object_id_is(base) || !ff_object_id_is(commit))
        return not_in_full(error);
    ff_call call = {.path = path_of(github, "compare/%.*s...%.*s?per_page=1", FF_ARG(base), FF_ARG(commit)),
                    .lasting = true,
                    .what = "the changes"};
    return ask_once(github, call, parse_comparison, comparison, error);
}

ff_call ff_github_archive_call(const ff_github *github, uint64_t run, uint32_t attempt, bool finished)
{
    return (ff_call){.path = run_path(github, run, attempt, "/logs"),
                     .kind = FF_CALL_FILE,
                     .lasting = finished,
                     .what = "the log archive"};
}

ff_call ff_github_job_log_call(const ff_github *github, uint64_t job)
{
    return (ff_call){.path = path_of(github, "actions/jobs/%" PRIu64 "/logs", job),
                     .kind = FF_CALL_FILE,
                     .lasting = true,
                     .what = "the log of a job"};
}
