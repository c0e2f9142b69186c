#include "workflow/workflow.h"

#include "base/limits.h"
#include "base/yaml.h"
#include "workflow/workflow_fields.h"
#include "workflow/workflow_names.h"
#include "workflow/workflow_steps.h"

/* What reads one file. */
typedef struct reader {
    const char *file; /* its name in errors */
    bool lenient;
    ff_arena nodes; /* the tree, many times as large as the file, and of use only here */
    ff_arena *arena;
    ff_error *error;
    ff_status later; /* of an error that did not end the reading */
    ff_workflow_lines lines;
    size_t steps; /* of all jobs so far */
} reader;

/* What is no workflow, in a file that is YAML. */
static ff_status complain(reader *r, ff_status status, const ff_yaml_node *at, const char *what)
{
    status = ff_error_at(r->error, status, r->file, at->line, at->column, "%s", what);
    if (r->lenient && r->later == FF_OK)
        r->later = status;
    return r->lenient ? FF_OK : status;
}

static ff_status no_memory(reader *r)
{
    return ff_error_set(r->error, FF_NOMEM, "%s: out of memory", r->file);
}

/* `strategy` and `matrix` may themselves be expressions. */
static void read_strategy(ff_workflow_job *job, const ff_yaml_node *node)
{
    const ff_yaml_node *strategy = ff_yaml_get(node, "strategy");
    const bool is_map = strategy && strategy->type == FF_YAML_MAP;
    job->matrix = strategy && (!is_map || ff_yaml_get(strategy, "matrix"));
    job->fail_fast =
        strategy && !is_map ? FF_FLAG_DEPENDS : ff_workflow_flag_of(strategy, "fail-fast", FF_FLAG_ON, NULL);
}

static bool read_needs(ff_workflow_job *job, const ff_yaml_node *node, ff_arena *arena)
{
    const ff_yaml_node *needs = ff_yaml_get(node, "needs");
    const ff_yaml_node *item = needs && needs->type == FF_YAML_LIST ? needs->child : needs;
    const size_t count = item == needs ? needs != NULL : ff_workflow_count_children(needs);
    if (!count)
        return true;
    job->needs.items = ff_arena_array(arena, count, sizeof *job->needs.items);
    if (!job->needs.items)
        return false;
    job->needs.cap = count;
    for (size_t i = 0; i < count; i++, item = item->next)
        if (item->type == FF_YAML_SCALAR && ff_slice_trim(item->text).len)
            job->needs.items[job->needs.count++] = (ff_workflow_text){ff_slice_trim(item->text), item->line};
    return true;
}

static void read_defaults(const ff_yaml_node *node, ff_workflow_text *shell, ff_workflow_text *directory)
{
    const ff_yaml_node *run = ff_yaml_get(ff_yaml_get(node, "defaults"), "run");
    *shell = ff_workflow_text_of(run, "shell");
    *directory = ff_workflow_text_of(run, "working-directory");
}

static ff_status read_steps(reader *r, ff_workflow_job *job, const ff_yaml_node *node)
{
    const ff_yaml_node *steps = ff_yaml_get(node, "steps");
    size_t count = steps && steps->type == FF_YAML_LIST ? ff_workflow_count_children(steps) : 0;
    ff_status status = FF_OK;
    if (count > FF_LIMIT_WORKFLOW_STEPS - r->steps) {
        status = complain(r, FF_LIMIT, steps, "more steps than are allowed in one file");
        count = FF_LIMIT_WORKFLOW_STEPS - r->steps;
    }
    if (!count || status != FF_OK)
        return status;
    job->steps.items = ff_arena_array(r->arena, count, sizeof *job->steps.items);
    if (!job->steps.items)
        return no_memory(r);
    job->steps.cap = count;
    r->steps += count;
    for (const ff_yaml_node *item = steps->child; job->steps.count < count; item = item->next)
        if (!ff_workflow_read_step(&job->steps.items[job->steps.count++], item, &r->lines, r->arena))
            return no_memory(r);
    return FF_OK;
}

static bool read_members(ff_workflow_job *job, const ff_yaml_node *node, ff_arena *arena)
{
    const ff_yaml_node *secrets = ff_yaml_get(node, "secrets");
    job->reusable = ff_yaml_get(node, "uses") != NULL;
    job->limit = ff_workflow_minutes_of(node);
    job->name = ff_workflow_text_of(node, "name");
    job->condition = ff_workflow_text_of(node, "if");
    job->uses = ff_workflow_text_of(node, "uses");
    job->environment = ff_workflow_text_named(ff_yaml_get(node, "environment"));
    job->continues = ff_workflow_flag_of(node, "continue-on-error", FF_FLAG_OFF, &job->continues_line);
    job->inherits =
        secrets && secrets->type == FF_YAML_SCALAR && ff_slice_eq(ff_slice_trim(secrets->text), FF_LIT("inherit"));
    read_strategy(job, node);
    read_defaults(node, &job->shell, &job->working_directory);
    return ff_workflow_text_joined(ff_yaml_get(node, "runs-on"), arena, &job->runs_on) &&
           ff_workflow_pairs_of(node, "env", arena, &job->env) &&
           ff_workflow_pairs_of(node, "secrets", arena, &job->secrets) &&
           ff_workflow_pairs_of(node, "services", arena, &job->services) && read_needs(job, node, arena);
}

static ff_status read_job(reader *r, ff_workflow *workflow, const ff_yaml_node *node)
{
    ff_workflow_job *job = &workflow->jobs.items[workflow->jobs.count++];
    job->key = node->key->text;
    job->first_line = node->key->line;
    /* An alias stands elsewhere: there is no more of it here than its key. */
    job->last_line = node->last_line > job->first_line ? node->last_line : job->first_line;
    if (!read_members(job, node, r->arena) || !ff_workflow_name_job(job, r->arena))
        return no_memory(r);
    return read_steps(r, job, node);
}

static ff_status make_room_for_jobs(reader *r, ff_workflow *workflow, size_t count)
{
    workflow->jobs.items = ff_arena_array(r->arena, count, sizeof *workflow->jobs.items);
    if (!workflow->jobs.items)
        return no_memory(r);
    workflow->jobs.cap = count;
    return FF_OK;
}

static ff_status read_jobs(reader *r, ff_workflow *workflow, const ff_yaml_node *root)
{
    const ff_yaml_node *jobs = ff_yaml_get(root, "jobs");
    if (!jobs || jobs->type != FF_YAML_MAP)
        return complain(r, FF_INVALID, jobs ? jobs : root, "no map of jobs");
    size_t count = ff_workflow_count_children(jobs);
    ff_status status = FF_OK;
    if (count > FF_LIMIT_WORKFLOW_JOBS) {
        status = complain(r, FF_LIMIT, jobs, "more jobs than are allowed in one file");
        count = FF_LIMIT_WORKFLOW_JOBS;
    }
    if (status == FF_OK)
        status = make_room_for_jobs(r, workflow, count);
    for (const ff_yaml_node *job = jobs->child; job && count && status == FF_OK; job = job->next, count--)
        status =
            job->type == FF_YAML_MAP ? read_job(r, workflow, job) : complain(r, FF_INVALID, job, "a job must be a map");
    return status;
}

static ff_status read_workflow(reader *r, ff_workflow *workflow, const ff_yaml_node *root)
{
    workflow->name = ff_workflow_text_of(root, "name");
    read_defaults(root, &workflow->shell, &workflow->working_directory);
    if (!ff_workflow_pairs_of(root, "env", r->arena, &workflow->env))
        return no_memory(r);
    return read_jobs(r, workflow, root);
}

static ff_status read_action(reader *r, ff_workflow *workflow, const ff_yaml_node *root)
{
    const ff_yaml_node *runs = ff_yaml_get(root, "runs");
    workflow->name = ff_workflow_text_of(root, "name");
    if (!runs || runs->type != FF_YAML_MAP)
        return complain(r, FF_INVALID, runs ? runs : root, "no map that says how the action runs");
    if (!ff_slice_eq(ff_workflow_text_of(runs, "using").text, FF_LIT("composite")))
        return FF_OK;
    ff_status status = make_room_for_jobs(r, workflow, 1);
    if (status != FF_OK)
        return status;
    ff_workflow_job *job = &workflow->jobs.items[workflow->jobs.count++];
    job->first_line = runs->key->line;
    job->last_line = runs->last_line;
    job->fail_fast = FF_FLAG_ON;
    job->limit.known = true;
    return read_steps(r, job, runs);
}

typedef ff_status (*read_fn)(reader *r, ff_workflow *workflow, const ff_yaml_node *root);

static ff_status read_file(reader *r, ff_slice text, read_fn read, ff_workflow *workflow)
{
    const ff_yaml_node *root = NULL;
    const ff_yaml_reading reading = {.file = r->file, .nodes = &r->nodes, .texts = r->arena, .lenient = r->lenient};
    *workflow = (ff_workflow){0};
    ff_arena_init(&r->nodes, 0);
    /* libyaml counts it as a column, and then the first key of a block stands deeper than the others. */
    (void)ff_slice_take_prefix(&text, FF_LIT("\xEF\xBB\xBF"));
    ff_status status = ff_yaml_read(&reading, text, &root, r->error);
    if (status != FF_NOMEM && root) {
        r->later = status;
        if (!ff_workflow_lines_find(&r->lines, text, &r->nodes))
            status = no_memory(r);
        else
            status = read(r, workflow, root);
        status = status == FF_OK ? r->later : status;
    }
    ff_arena_release(&r->nodes);
    if (status != FF_OK && (!r->lenient || status == FF_NOMEM))
        *workflow = (ff_workflow){0};
    return status;
}

ff_status ff_workflow_read(ff_slice text, ff_arena *arena, ff_workflow *workflow, ff_error *error)
{
    reader r = {.file = "workflow file", .arena = arena, .error = error};
    return read_file(&r, text, read_workflow, workflow);
}

ff_status ff_workflow_read_part(ff_slice text, ff_arena *arena, ff_workflow *workflow, ff_error *error)
{
    reader r = {.file = "workflow file", .lenient = true, .arena = arena, .error = error};
    return read_file(&r, text, read_workflow, workflow);
}

ff_status ff_workflow_read_action(ff_slice text, ff_arena *arena, ff_workflow *workflow, ff_error *error)
{
    reader r = {.file = "action file", .lenient = true, .arena = arena, .error = error};
    return read_file(&r, text, read_action, workflow);
}
