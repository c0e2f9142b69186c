/* catalog explain and catalog draft: both triage a target. */
#include "cli/catalog.h"
#include "workshop/draft.h"
#include "workshop/explain.h"

/* An error with a line is a pattern of the catalog that does not compile; others are the target's. */
static ff_status blame(ff_catalog_task *task, ff_status status, const ff_error *error)
{
    if (status != FF_OK && !error->line)
        task->result = FF_EXIT_PARTIAL;
    return status;
}

ff_status ff_catalog_task_explain(ff_catalog_task *task, ff_error *error)
{
    return blame(task, ff_explain_run(task->catalog, task->options->words[0], &task->out, error), error);
}

ff_status ff_catalog_task_draft(ff_catalog_task *task, ff_error *error)
{
    const char *target = task->options->words[0];
    size_t rules = 0;
    ff_status status = blame(task, ff_draft_run(task->catalog, target, &task->out, &rules, error), error);
    if (status != FF_OK || rules)
        return status;
    task->result = FF_EXIT_FOUND;
    return ff_error_set(error, FF_NOT_FOUND, "%s: no failure in it that no rule knows; nothing to draft", target);
}
