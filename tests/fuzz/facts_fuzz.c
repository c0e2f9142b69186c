/* Answers of the API as bytes: each reading of them is safe and bounded, what it keeps is UTF-8, and a page that fails
 * leaves the list alone. The same bytes are tried as a Link header, as what a user types and as a time. */
#include "fuzz.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "fetch/facts.h"
#include "fetch/host.h"
#include "fetch/link.h"
#include "fetch/moment.h"
#include "fetch/record.h"
#include "fetch/target.h"

static bool is_kept(ff_slice text, size_t max)
{
    return text.len <= max && ff_utf8_valid(text);
}

static void check_run(const ff_api_run *run)
{
    const ff_slice texts[] = {run->name,   run->path,       run->event, run->head_sha,  run->head_branch,
                              run->status, run->conclusion, run->title, run->repository};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        FF_PROMISE(is_kept(texts[i], FF_LIMIT_NAME_BYTES));
    FF_PROMISE(run->id <= INT64_MAX && run->workflow_id <= INT64_MAX);
}

static void check_job(const ff_api_job *job)
{
    FF_PROMISE(is_kept(job->name, FF_LIMIT_NAME_BYTES) && is_kept(job->conclusion, FF_LIMIT_NAME_BYTES));
    FF_PROMISE(job->step_count <= FF_LIMIT_STEPS + 1);
    for (size_t i = 0; i < job->step_count; i++)
        FF_PROMISE(is_kept(job->steps[i].name, FF_LIMIT_NAME_BYTES) && job->steps[i].number >= 0);
}

static void check_error(ff_status status, const ff_error *error)
{
    FF_PROMISE(status == FF_OK || (error->status == status && error->text[0]));
    FF_PROMISE(status == FF_OK || status == FF_INVALID || status == FF_LIMIT || status == FF_NOMEM);
    FF_PROMISE(ff_utf8_valid(ff_slice_of(error->text)));
}

/* The list has one job before; the arena is small enough to be used up now and then. */
static void try_jobs(ff_slice json)
{
    static const ff_slice first = FF_TEXT("{\"total_count\": 1, \"jobs\": [{\"id\": 1, \"name\": \"first\"}]}");
    ff_arena arena;
    ff_api_jobs jobs = {0};
    ff_error error = {0};
    ff_arena_init(&arena, 1 << 20);
    FF_PROMISE(ff_api_jobs_parse(&jobs, first, &arena, NULL) == FF_OK);
    ff_status status = ff_api_jobs_parse(&jobs, json, &arena, &error);
    check_error(status, &error);
    FF_PROMISE(status == FF_OK || (jobs.count == 1 && jobs.total == 1));
    FF_PROMISE(jobs.count >= 1 && jobs.items[0].id == 1 && ff_slice_eq(jobs.items[0].name, FF_LIT("first")));
    for (size_t i = 0; i < jobs.count; i++)
        check_job(&jobs.items[i]);
    ff_arena_release(&arena);
}

static void try_others(ff_slice json)
{
    ff_arena arena;
    ff_api_run run;
    ff_api_job job;
    ff_api_runs runs = {0};
    ff_api_annotations annotations = {0};
    ff_record kept = {0};
    ff_error errors[5] = {{0}};
    ff_arena_init(&arena, 0);
    ff_status status = ff_api_run_parse(&run, json, &arena, &errors[0]);
    check_error(status, &errors[0]);
    if (status == FF_OK)
        check_run(&run);
    status = ff_api_job_parse(&job, json, &arena, &errors[1]);
    check_error(status, &errors[1]);
    if (status == FF_OK)
        check_job(&job);
    check_error(ff_api_runs_parse(&runs, json, &arena, &errors[2]), &errors[2]);
    for (size_t i = 0; i < runs.count; i++)
        check_run(&runs.items[i]);
    check_error(ff_api_annotations_parse(&annotations, json, &arena, &errors[3]), &errors[3]);
    FF_PROMISE(annotations.count <= FF_LIMIT_ANNOTATIONS);
    for (size_t i = 0; i < annotations.count; i++)
        FF_PROMISE(is_kept(annotations.items[i].message, FF_LIMIT_MESSAGE_BYTES));
    check_error(ff_record_parse(&kept, json, &arena, &errors[4]), &errors[4]);
    ff_slice message = ff_api_message(json, &arena);
    FF_PROMISE(is_kept(message, 300) && ff_slice_find_byte(message, '\n') == SIZE_MAX);
    ff_arena_release(&arena);
}

static void try_content(ff_slice json)
{
    ff_arena arena;
    ff_slice bytes;
    ff_error error = {0};
    ff_arena_init(&arena, 0);
    ff_status status = ff_api_content_parse(&bytes, json, &arena, &error);
    if (status != FF_UNSUPPORTED)
        check_error(status, &error);
    FF_PROMISE(status == FF_OK ? bytes.len <= FF_LIMIT_YAML_BYTES : !bytes.len && error.text[0]);
    ff_arena_release(&arena);
}

static bool is_part(ff_slice part, ff_slice whole)
{
    return !part.len || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

static void try_link(ff_slice text)
{
    ff_slice next = ff_link_next(text);
    FF_PROMISE(is_part(next, text));
    for (size_t i = 0; i < next.len; i++)
        FF_PROMISE(next.ptr[i] > ' ' && next.ptr[i] < 0x7F);
}

static void try_target(ff_slice text)
{
    ff_target target;
    if (!ff_target_read(&target, text, text))
        return;
    FF_PROMISE(target.run || target.job);
    FF_PROMISE(is_part(target.host, text) && is_part(target.owner, text) && is_part(target.name, text));
    FF_PROMISE(!target.host.len || ff_host_is_name(target.host));
    FF_PROMISE(!target.owner.len == !target.name.len);
}

static void try_time(ff_slice text)
{
    int64_t time;
    if (ff_moment_read(text, &time))
        FF_PROMISE(text.len >= 20 && text.len <= 35);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ff_slice text = ff_fuzz_input(data, size);
    try_jobs(text);
    try_others(text);
    try_content(text);
    try_link(text);
    try_target(text);
    try_time(text);
    return 0;
}
