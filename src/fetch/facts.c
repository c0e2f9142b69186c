#include "fetch/facts.h"

#include "base/keep.h"
#include "base/limits.h"
#include "fetch/distinct.h"
#include "fetch/form.h"

/* What the API gives on a page at most. */
enum { PAGE_ITEMS = 100 };

static const ff_form_member run_members[] = {
    {"id", offsetof(ff_api_run, id), FF_FORM_ID},
    {"workflow_id", offsetof(ff_api_run, workflow_id), FF_FORM_ID},
    {"run_attempt", offsetof(ff_api_run, attempt), FF_FORM_COUNT32},
    {"name", offsetof(ff_api_run, name), FF_FORM_NAME},
    {"path", offsetof(ff_api_run, path), FF_FORM_NAME},
    {"event", offsetof(ff_api_run, event), FF_FORM_NAME},
    {"head_sha", offsetof(ff_api_run, head_sha), FF_FORM_NAME},
    {"head_branch", offsetof(ff_api_run, head_branch), FF_FORM_NAME},
    {"status", offsetof(ff_api_run, status), FF_FORM_NAME},
    {"conclusion", offsetof(ff_api_run, conclusion), FF_FORM_NAME},
    {"display_title", offsetof(ff_api_run, title), FF_FORM_NAME},
    {"html_url", offsetof(ff_api_run, page), FF_FORM_NAME},
    {"created_at", offsetof(ff_api_run, created_at), FF_FORM_TIME},
    {"run_started_at", offsetof(ff_api_run, started_at), FF_FORM_TIME},
    {"updated_at", offsetof(ff_api_run, updated_at), FF_FORM_TIME},
};

static const ff_form_member run_repository_members[] = {
    {"full_name", offsetof(ff_api_run, repository), FF_FORM_NAME},
};

static const ff_form_member repository_members[] = {
    {"id", offsetof(ff_api_repository, id), FF_FORM_ID},
    {"full_name", offsetof(ff_api_repository, full_name), FF_FORM_NAME},
    {"archived", offsetof(ff_api_repository, archived), FF_FORM_FLAG},
    {"disabled", offsetof(ff_api_repository, disabled), FF_FORM_FLAG},
};

static const ff_form_member job_members[] = {
    {"id", offsetof(ff_api_job, id), FF_FORM_ID},
    {"run_id", offsetof(ff_api_job, run), FF_FORM_ID},
    {"run_attempt", offsetof(ff_api_job, attempt), FF_FORM_COUNT32},
    {"name", offsetof(ff_api_job, name), FF_FORM_NAME},
    {"status", offsetof(ff_api_job, status), FF_FORM_NAME},
    {"conclusion", offsetof(ff_api_job, conclusion), FF_FORM_NAME},
    {"runner_name", offsetof(ff_api_job, runner), FF_FORM_NAME},
    {"started_at", offsetof(ff_api_job, started_at), FF_FORM_TIME},
    {"completed_at", offsetof(ff_api_job, completed_at), FF_FORM_TIME},
};

static const ff_form_member step_members[] = {
    {"name", offsetof(ff_api_step, name), FF_FORM_NAME},
    {"status", offsetof(ff_api_step, status), FF_FORM_NAME},
    {"conclusion", offsetof(ff_api_step, conclusion), FF_FORM_NAME},
    {"number", offsetof(ff_api_step, number), FF_FORM_NUMBER},
    {"started_at", offsetof(ff_api_step, started_at), FF_FORM_TIME},
    {"completed_at", offsetof(ff_api_step, completed_at), FF_FORM_TIME},
};

static const ff_form_member annotation_members[] = {
    {"path", offsetof(ff_api_annotation, path), FF_FORM_NAME},
    {"annotation_level", offsetof(ff_api_annotation, level), FF_FORM_NAME},
    {"title", offsetof(ff_api_annotation, title), FF_FORM_NAME},
    {"message", offsetof(ff_api_annotation, message), FF_FORM_MESSAGE},
    {"start_line", offsetof(ff_api_annotation, line), FF_FORM_ID},
    {"end_line", offsetof(ff_api_annotation, end_line), FF_FORM_ID},
};

static const ff_form run_form = FF_FORM(run_members), run_repository_form = FF_FORM(run_repository_members),
                     repository_form = FF_FORM(repository_members), job_form = FF_FORM(job_members),
                     step_form = FF_FORM(step_members), annotation_form = FF_FORM(annotation_members);

static bool read_run(void *facts, const ff_value *object, ff_arena *arena)
{
    ff_api_run *run = facts;
    *run = (ff_api_run){0};
    return ff_form_read(run, &run_form, object, arena) &&
           ff_form_read(run, &run_repository_form, ff_value_member(object, "repository"), arena);
}

static bool read_steps(ff_api_job *job, const ff_value *steps, ff_arena *arena)
{
    size_t count = ff_value_count(steps); /* 0 for what is no list */
    if (count > FF_LIMIT_STEPS)
        count = FF_LIMIT_STEPS + 1; /* one that is too many, so that the run can tell */
    if (count == 0)
        return true;
    job->steps = ff_arena_array(arena, count, sizeof *job->steps);
    if (!job->steps)
        return false;
    for (size_t i = 0; i < count; i++) {
        const ff_value *step = ff_value_item(steps, i);
        if (ff_value_is_object(step) && !ff_form_read(&job->steps[job->step_count++], &step_form, step, arena))
            return false;
    }
    return true;
}

static bool read_job(void *facts, const ff_value *object, ff_arena *arena)
{
    ff_api_job *job = facts;
    *job = (ff_api_job){0};
    return ff_form_read(job, &job_form, object, arena) && read_steps(job, ff_value_member(object, "steps"), arena);
}

static bool add_run(void *list, const ff_value *item, ff_arena *arena)
{
    ff_api_runs *runs = list;
    ff_api_run *run = FF_ARRAY_PUSH(arena, runs);
    return run && read_run(run, item, arena);
}

static bool add_repository(void *list, const ff_value *item, ff_arena *arena)
{
    ff_api_repositories *repositories = list;
    ff_api_repository *repository = FF_ARRAY_PUSH(arena, repositories);
    if (repository)
        *repository = (ff_api_repository){0};
    return repository && ff_form_read(repository, &repository_form, item, arena);
}

static bool add_job(void *list, const ff_value *item, ff_arena *arena)
{
    ff_api_jobs *jobs = list;
    ff_api_job *job = FF_ARRAY_PUSH(arena, jobs);
    return job && read_job(job, item, arena);
}

static bool add_annotation(void *list, const ff_value *item, ff_arena *arena)
{
    ff_api_annotations *annotations = list;
    ff_api_annotation *annotation = FF_ARRAY_PUSH(arena, annotations);
    if (annotation)
        *annotation = (ff_api_annotation){0};
    return annotation && ff_form_read(annotation, &annotation_form, item, arena);
}

static bool drop_repeated(void *items, size_t size, size_t *count, ff_arena *arena)
{
    ff_distinct list = {.items = items, .size = size, .count = *count};
    bool done = ff_distinct_keep(&list, arena);
    *count = list.count;
    return done;
}

/* The last answer that states a total counts: the list may have grown since the first page. */
static void read_total(uint64_t *total, const ff_value *root)
{
    uint64_t stated = (uint64_t)ff_value_integer(ff_value_member(root, "total_count"), 1, INT64_MAX);
    if (stated)
        *total = stated;
}

static bool finish_runs(void *list, const ff_value *root, ff_arena *arena)
{
    ff_api_runs *runs = list;
    read_total(&runs->total, root);
    return drop_repeated(runs->items, sizeof *runs->items, &runs->count, arena);
}

static bool finish_repositories(void *list, const ff_value *root, ff_arena *arena)
{
    ff_api_repositories *repositories = list;
    (void)root;
    return drop_repeated(repositories->items, sizeof *repositories->items, &repositories->count, arena);
}

static bool finish_jobs(void *list, const ff_value *root, ff_arena *arena)
{
    ff_api_jobs *jobs = list;
    read_total(&jobs->total, root);
    return drop_repeated(jobs->items, sizeof *jobs->items, &jobs->count, arena);
}

static const ff_form_object run_object = {"holds no run", sizeof(ff_api_run), read_run},
                            job_object = {"holds no job", sizeof(ff_api_job), read_job};

static const ff_form_list runs_list = {
    .member = "workflow_runs",
    .absent = "holds no list of runs",
    .size = sizeof(ff_api_runs),
    .count_at = offsetof(ff_api_runs, count),
    .max = FF_LIMIT_PAGES * PAGE_ITEMS,
    .add = add_run,
    .finish = finish_runs,
};

static const ff_form_list repositories_list = {
    .absent = "is no list of repositories",
    .size = sizeof(ff_api_repositories),
    .count_at = offsetof(ff_api_repositories, count),
    .max = FF_LIMIT_PAGES * PAGE_ITEMS,
    .add = add_repository,
    .finish = finish_repositories,
};

static const ff_form_list jobs_list = {
    .member = "jobs",
    .absent = "holds no list of jobs",
    .size = sizeof(ff_api_jobs),
    .count_at = offsetof(ff_api_jobs, count),
    .max = FF_LIMIT_JOBS,
    .add = add_job,
    .finish = finish_jobs,
};

static const ff_form_list annotations_list = {
    .absent = "is no list of annotations",
    .size = sizeof(ff_api_annotations),
    .count_at = offsetof(ff_api_annotations, count),
    .read = FF_LIMIT_ANNOTATIONS,
    .add = add_annotation,
};

ff_status ff_api_runs_parse(ff_api_runs *runs, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_form_parse_list(runs, &runs_list, json, arena, error);
}

ff_status ff_api_repositories_parse(ff_api_repositories *repositories, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_form_parse_list(repositories, &repositories_list, json, arena, error);
}

ff_status ff_api_jobs_parse(ff_api_jobs *jobs, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_form_parse_list(jobs, &jobs_list, json, arena, error);
}

ff_status ff_api_annotations_parse(ff_api_annotations *annotations, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_form_parse_list(annotations, &annotations_list, json, arena, error);
}

ff_status ff_api_run_parse(ff_api_run *run, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_form_parse_object(run, &run_object, json, arena, error);
}

ff_status ff_api_job_parse(ff_api_job *job, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_form_parse_object(job, &job_object, json, arena, error);
}

ff_slice ff_api_message(ff_slice json, ff_arena *arena)
{
    enum { SHOWN = 300 };
    ff_value *root;
    ff_slice line = {0}, message = {0};
    if (ff_value_open(&root, json, FF_LIMIT_JSON_VALUES, NULL) != FF_OK)
        return message;
    ff_slice rest = ff_slice_trim(ff_value_slice(ff_value_member(root, "message")));
    uint32_t masked = 0;
    if (ff_slice_take_until(&rest, '\n', &line))
        message = ff_text_keep(arena, ff_slice_trim(line), SHOWN, &masked);
    ff_value_close(root);
    return message;
}
