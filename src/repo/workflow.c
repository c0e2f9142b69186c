#include "repo/workflow.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/yaml.h"

static const char FILE_NAME[] = "workflow file";

/* Of GitHub's own limits the longest is that of a run, 35 days: a larger number is a slip, and is not reasoned with. */
enum { MINUTES_MAX = 100000 };

/* An expression; what it gives is anything. */
#define ANYTHING "${{}}"

/* What GitHub puts behind the name of a job: a leg's values, and the job of the workflow that it calls. */
static const struct {
    const char *tail;
    bool of_matrix, of_reusable;
} TAILS[FF_WORKFLOW_SHAPES] = {
    {"", false, false},
    {" (" ANYTHING ")", true, false},
    {" / " ANYTHING, false, true},
    {" (" ANYTHING ") / " ANYTHING, true, true},
};

/* A member's text; empty for what is no scalar. */
static ff_slice text_of(const ff_yaml_node *map, const char *key)
{
    const ff_yaml_node *node = ff_yaml_get(map, key);
    return node && node->type == FF_YAML_SCALAR ? ff_slice_trim(node->text) : (ff_slice){0};
}

/* Only a plain whole number is certain: of `"10"`, `1e1` and `010` readers differ, `2.5` and `0` are no limit that
 * GitHub describes. */
static ff_minutes minutes_of(const ff_yaml_node *map)
{
    const ff_yaml_node *node = ff_yaml_get(map, "timeout-minutes");
    uint64_t minutes = 0;
    if (!node)
        return (ff_minutes){.known = true};
    if (node->type != FF_YAML_SCALAR || node->quoted || ff_slice_starts(node->text, FF_LIT("0")) ||
        !ff_slice_to_uint(node->text, &minutes) || minutes > MINUTES_MAX)
        return (ff_minutes){.known = false};
    return (ff_minutes){.known = true, .minutes = (uint32_t)minutes};
}

/* ---- names ---- */

/* Takes the text up to the next expression into `fixed`, and drops the expression. False, with the rest in `fixed`,
 * when none follows. */
static bool take_fixed(ff_slice *shape, ff_slice *fixed)
{
    size_t from = ff_slice_find(*shape, FF_LIT("${{"));
    ff_slice behind = ff_slice_from(*shape, from);
    size_t length = ff_slice_find(behind, FF_LIT("}}"));
    if (from == SIZE_MAX || length == SIZE_MAX) {
        *fixed = *shape;
        *shape = (ff_slice){0};
        return false;
    }
    *fixed = ff_slice_cut(*shape, from);
    *shape = ff_slice_from(behind, length + 2);
    return true;
}

/* True if `name` can be what becomes of a name with expressions: its fixed parts stand there in order, the first at the
 * start, the last at the end. */
static bool could_be(ff_slice shape, ff_slice name)
{
    ff_slice fixed;
    bool open = take_fixed(&shape, &fixed);
    if (!open)
        return ff_slice_eq(fixed, name);
    if (!ff_slice_take_prefix(&name, fixed))
        return false;
    while (take_fixed(&shape, &fixed)) {
        size_t at = ff_slice_find(name, fixed);
        if (at == SIZE_MAX)
            return false;
        name = ff_slice_from(name, at + fixed.len);
    }
    return ff_slice_ends(name, fixed);
}

/* GitHub's names are kept at this length, so what is longer cannot be compared. */
static ff_slice comparable(ff_slice label)
{
    return label.len && label.len < FF_LIMIT_NAME_BYTES ? label : FF_LIT(ANYTHING);
}

/* ---- reading ---- */

/* `strategy` may itself be an expression. */
static bool has_matrix(const ff_yaml_node *job)
{
    const ff_yaml_node *strategy = ff_yaml_get(job, "strategy");
    return strategy && (strategy->type != FF_YAML_MAP || ff_yaml_get(strategy, "matrix"));
}

static bool name_job(ff_workflow_job *job, const ff_yaml_node *node, ff_arena *arena)
{
    bool matrix = has_matrix(node);
    ff_slice name = text_of(node, "name");
    ff_slice label = comparable(name.len ? name : job->key);
    for (size_t i = 0; i < FF_WORKFLOW_SHAPES; i++) {
        if ((TAILS[i].of_matrix && !matrix) || (TAILS[i].of_reusable && !job->reusable))
            continue;
        ff_slice shape = ff_arena_printf(arena, "%.*s%s", FF_ARG(label), TAILS[i].tail);
        if (!shape.len)
            return false;
        job->shapes[job->shape_count++] = shape;
    }
    return true;
}

/* Without a name the runner calls a step `Run …`: the first line of its script, or the action. */
static bool name_step(ff_workflow_step *step, const ff_yaml_node *node, ff_arena *arena)
{
    ff_slice name = text_of(node, "name"), run = text_of(node, "run"), uses = text_of(node, "uses"), line = {0};
    step->label = comparable(name);
    if (name.len || !(run.len || uses.len))
        return true;
    ff_slice rest = run.len ? run : uses;
    (void)ff_slice_take_until(&rest, '\n', &line);
    step->label = comparable(ff_arena_printf(arena, "Run %.*s", FF_ARG(ff_slice_trim(line))));
    return !arena->failed;
}

static bool read_steps(ff_workflow_job *job, const ff_yaml_node *node, ff_arena *arena)
{
    const ff_yaml_node *steps = ff_yaml_get(node, "steps");
    if (!steps || steps->type != FF_YAML_LIST)
        return true;
    for (const ff_yaml_node *item = steps->child; item; item = item->next) {
        ff_workflow_step *step = FF_ARRAY_PUSH(arena, &job->steps);
        if (!step)
            return false;
        step->limit = minutes_of(item);
        if (!name_step(step, item, arena))
            return false;
    }
    return true;
}

static bool read_job(ff_workflow *workflow, const ff_yaml_node *node, ff_arena *arena)
{
    ff_workflow_job *job = FF_ARRAY_PUSH(arena, &workflow->jobs);
    if (!job)
        return false;
    job->key = node->key->text;
    job->reusable = ff_yaml_get(node, "uses") != NULL;
    job->limit = minutes_of(node);
    return name_job(job, node, arena) && read_steps(job, node, arena);
}

static ff_status read_jobs(ff_workflow *workflow, const ff_yaml_node *root, ff_arena *arena, ff_error *error)
{
    const ff_yaml_node *jobs = ff_yaml_get(root, "jobs");
    if (!jobs || jobs->type != FF_YAML_MAP)
        return ff_error_at(error, FF_INVALID, FILE_NAME, jobs ? jobs->line : root->line,
                           jobs ? jobs->column : root->column, "no map of jobs");
    for (const ff_yaml_node *job = jobs->child; job; job = job->next) {
        if (job->type != FF_YAML_MAP)
            return ff_error_at(error, FF_INVALID, FILE_NAME, job->line, job->column, "a job must be a map");
        if (!read_job(workflow, job, arena))
            return ff_error_set(error, FF_NOMEM, "%s: out of memory", FILE_NAME);
    }
    return FF_OK;
}

ff_status ff_workflow_read(ff_slice text, ff_arena *arena, ff_workflow *workflow, ff_error *error)
{
    const ff_yaml_node *root = NULL;
    *workflow = (ff_workflow){0};
    /* libyaml counts it as a column, and then the first key of a block stands deeper than the others. */
    (void)ff_slice_take_prefix(&text, FF_LIT("\xEF\xBB\xBF"));
    ff_status status = ff_yaml_parse(arena, FILE_NAME, text, &root, error);
    if (status == FF_OK)
        status = read_jobs(workflow, root, arena, error);
    if (status != FF_OK)
        *workflow = (ff_workflow){0};
    return status;
}

/* ---- limits ---- */

static bool job_could_be(const ff_workflow_job *job, ff_slice name)
{
    for (size_t i = 0; i < job->shape_count; i++)
        if (could_be(job->shapes[i], name))
            return true;
    return false;
}

/* The one job that can have this name, or NULL. */
static const ff_workflow_job *find_job(const ff_workflow *workflow, ff_slice name)
{
    const ff_workflow_job *found = NULL;
    for (size_t i = 0; i < workflow->jobs.count; i++) {
        if (!job_could_be(&workflow->jobs.items[i], name))
            continue;
        if (found)
            return NULL;
        found = &workflow->jobs.items[i];
    }
    return found;
}

/* Of steps with one name nobody can tell which it is, but they may agree. */
static ff_minutes limit_of_step(const ff_workflow_job *job, ff_slice name)
{
    ff_minutes limit = {.known = false};
    bool found = false;
    for (size_t i = 0; name.len && i < job->steps.count; i++) {
        const ff_workflow_step *step = &job->steps.items[i];
        if (!could_be(step->label, name))
            continue;
        if (!step->limit.known || (found && step->limit.minutes != limit.minutes))
            return (ff_minutes){.known = false};
        limit = step->limit;
        found = true;
    }
    return limit;
}

ff_time_limits ff_workflow_limits(const ff_workflow *workflow, ff_slice job, ff_slice step)
{
    const ff_workflow_job *found = job.len ? find_job(workflow, ff_slice_trim(job)) : NULL;
    if (!found || found->reusable)
        return (ff_time_limits){.job = {.known = false}};
    return (ff_time_limits){.job = found->limit, .step = limit_of_step(found, ff_slice_trim(step))};
}
