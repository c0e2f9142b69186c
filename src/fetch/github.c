#include "fetch/github.h"

#include "base/limits.h"
#include "base/object_id.h"
#include "fetch/pages.h"

#include <inttypes.h>

/* The path of a run or of one of its attempts, and what is asked of it. */
static ff_slice run_path(const ff_github *github, uint64_t run, uint32_t attempt, const char *rest)
{
    if (attempt)
        return ff_question_path(github, "actions/runs/%" PRIu64 "/attempts/%" PRIu32 "%s", run, attempt, rest);
    return ff_question_path(github, "actions/runs/%" PRIu64 "%s", run, rest);
}

static ff_status parse_run(void *facts, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_api_run_parse(facts, json, arena, error);
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
    return ff_question_ask_once(github, call, parse_run, facts, error);
}

ff_status ff_github_job(const ff_github *github, uint64_t job, ff_api_job *facts, ff_error *error)
{
    ff_call call = {.path = ff_question_path(github, "actions/jobs/%" PRIu64, job), .what = "the job"};
    return ff_question_ask_once(github, call, parse_job, facts, error);
}

ff_status ff_github_jobs(const ff_github *github, uint64_t run, uint32_t attempt, ff_api_jobs *jobs, ff_slice *ended,
                         ff_error *error)
{
    ff_pages pages = {
        .github = github, .what = "the jobs of the run", .parse = parse_jobs, .facts = jobs, .ended = ended};
    pages.next = run_path(github, run, attempt, attempt ? "/jobs?per_page=100" : "/jobs?filter=latest&per_page=100");
    *jobs = (ff_api_jobs){0};
    *ended = (ff_slice){0};
    ff_status status = ff_pages_ask_all(&pages, error);
    for (size_t i = 0; status == FF_OK && i < jobs->count; i++)
        if (jobs->items[i].id == 0)
            *ended = FF_LIT("it holds a job without an id");
    return ff_pages_conclude(&pages, status, jobs->count, jobs->total, error);
}

ff_status ff_github_annotations(const ff_github *github, uint64_t job, ff_api_annotations *annotations, ff_error *error)
{
    ff_call call = {
        .path = ff_question_path(github, "check-runs/%" PRIu64 "/annotations?per_page=%u", job, FF_LIMIT_ANNOTATIONS),
        .what = "the annotations"};
    return ff_question_ask_once(github, call, parse_annotations, annotations, error);
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
        ff_question_quote(out, part);
    }
    return true;
}

ff_status ff_github_file(const ff_github *github, ff_slice path, ff_slice commit, ff_slice *bytes, ff_error *error)
{
    ff_buf quoted;
    *bytes = (ff_slice){0};
    ff_buf_init(&quoted, FF_QUESTION_PATH_BYTES / 2);
    ff_status status = ff_object_id_is(commit) && write_path(&quoted, path) ? ff_buf_status(&quoted) : FF_MISUSE;
    if (status == FF_OK) {
        ff_call call = {
            .path = ff_question_path(github, "contents/%.*s?ref=%.*s", FF_ARG(ff_buf_slice(&quoted)), FF_ARG(commit)),
            .lasting = true,
            .what = "the file",
        };
        status = ff_question_ask_once(github, call, parse_content, bytes, error);
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
    ff_call call = {.path = ff_question_path(github, "git/trees/%.*s%s", FF_ARG(id), deep ? "?recursive=1" : ""),
                    .lasting = true,
                    .what = "the list of files"};
    return ff_question_ask_once(github, call, parse_nodes, nodes, error);
}

ff_status ff_github_blob(const ff_github *github, ff_slice id, ff_slice *bytes, ff_error *error)
{
    *bytes = (ff_slice){0};
    if (!ff_object_id_is(id))
        return not_in_full(error);
    ff_call call = {
        .path = ff_question_path(github, "git/blobs/%.*s", FF_ARG(id)), .lasting = true, .what = "the file"};
    return ff_question_ask_once(github, call, parse_content, bytes, error);
}

/* Pages are of commits, which nobody wants; all files stand on the first one. */
ff_status ff_github_compare(const ff_github *github, ff_slice base, ff_slice commit, ff_api_comparison *comparison,
                            ff_error *error)
{
    if (!ff_object_id_is(base) || !ff_object_id_is(commit))
        return not_in_full(error);
    ff_call call = {.path = ff_question_path(github, "compare/%.*s...%.*s?per_page=1", FF_ARG(base), FF_ARG(commit)),
                    .lasting = true,
                    .what = "the changes"};
    return ff_question_ask_once(github, call, parse_comparison, comparison, error);
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
    return (ff_call){.path = ff_question_path(github, "actions/jobs/%" PRIu64 "/logs", job),
                     .kind = FF_CALL_FILE,
                     .lasting = true,
                     .what = "the log of a job"};
}
