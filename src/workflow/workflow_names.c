#include "workflow/workflow_names.h"

#include "base/limits.h"

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

/* The length of an expression behind its `${{`, its end included; SIZE_MAX if it does not end. Braces in its strings
 * count for nothing, as in the runner's own reader. */
static size_t expression_length(ff_slice text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        quoted = text.ptr[i] == '\'' ? !quoted : quoted;
        if (!quoted && text.ptr[i] == '}' && i > 0 && text.ptr[i - 1] == '}')
            return i + 1;
    }
    return SIZE_MAX;
}

bool ff_workflow_take_fixed(ff_slice *shape, ff_slice *fixed)
{
    static const ff_slice start = FF_TEXT("${{");
    size_t from = ff_slice_find(*shape, start);
    ff_slice behind = from == SIZE_MAX ? (ff_slice){0} : ff_slice_from(*shape, from + start.len);
    size_t length = expression_length(behind);
    if (length == SIZE_MAX) {
        *fixed = *shape;
        *shape = (ff_slice){0};
        return false;
    }
    *fixed = ff_slice_cut(*shape, from);
    *shape = ff_slice_from(behind, length);
    return true;
}

/* The fixed parts stand there in order, the first at the start, the last at the end. */
bool ff_workflow_could_be(ff_slice shape, ff_slice name)
{
    ff_slice fixed;
    bool open = ff_workflow_take_fixed(&shape, &fixed);
    if (!open)
        return ff_slice_eq(fixed, name);
    if (!ff_slice_take_prefix(&name, fixed))
        return false;
    while (ff_workflow_take_fixed(&shape, &fixed)) {
        size_t at = ff_slice_find(name, fixed);
        if (at == SIZE_MAX)
            return false;
        name = ff_slice_from(name, at + fixed.len);
    }
    return ff_slice_ends(name, fixed);
}

static bool one_could_be(const ff_slice *shapes, size_t count, ff_slice name)
{
    for (size_t i = 0; i < count; i++)
        if (ff_workflow_could_be(shapes[i], name))
            return true;
    return false;
}

bool ff_workflow_job_could_be(const ff_workflow_job *job, ff_slice name)
{
    return one_could_be(job->shapes, job->shape_count, name);
}

bool ff_workflow_leg_could_be(const ff_workflow_job *job, ff_slice name)
{
    return one_could_be(job->shapes, job->reusable ? job->shape_count / 2 : job->shape_count, name);
}

/* GitHub's names are kept at this length, so what is longer cannot be compared. */
static ff_slice comparable(ff_slice label)
{
    return label.len && label.len < FF_LIMIT_NAME_BYTES ? label : FF_LIT(ANYTHING);
}

bool ff_workflow_name_job(ff_workflow_job *job, ff_arena *arena)
{
    ff_slice label = comparable(job->name.text.len ? job->name.text : job->key);
    for (size_t i = 0; i < FF_WORKFLOW_SHAPES; i++) {
        if ((TAILS[i].of_matrix && !job->matrix) || (TAILS[i].of_reusable && !job->reusable))
            continue;
        ff_slice shape = ff_arena_printf(arena, "%.*s%s", FF_ARG(label), TAILS[i].tail);
        if (!shape.len)
            return false;
        job->shapes[job->shape_count++] = shape;
    }
    return true;
}

/* Without a name the runner calls a step `Run …`: the first line of its script, or the action. */
bool ff_workflow_name_step(ff_workflow_step *step, ff_arena *arena)
{
    ff_slice rest = ff_slice_trim(step->run.text.len ? step->run.text : step->uses.text), line = {0};
    step->label = comparable(step->name.text);
    if (step->name.text.len || !rest.len)
        return true;
    (void)ff_slice_take_until(&rest, '\n', &line);
    line = ff_slice_trim(line);
    if (line.len < FF_LIMIT_NAME_BYTES)
        step->label = comparable(ff_arena_printf(arena, "Run %.*s", FF_ARG(line)));
    return !arena->failed;
}
