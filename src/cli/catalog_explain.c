/* catalog explain and catalog draft: both triage a target. */
#include "cli/catalog.h"
#include "cli/online.h"
#include "workshop/draft.h"
#include "workshop/explain.h"

ff_status ff_catalog_task_explain(ff_catalog_task *task, ff_error *error)
{
    return ff_explain_run(task->catalog, task->options->words[0], &task->out, error);
}

ff_status ff_catalog_task_draft(ff_catalog_task *task, ff_error *error)
{
    const char *target = task->options->words[0];
    size_t rules = 0;
    ff_online online = ff_online_of(task->options);
    ff_analysis_options options = {.repository = ff_online_repository(task->options, target), .online = &online};
    ff_draft draft = {.catalog = task->catalog, .target = target, .options = &options};
    ff_status status = ff_draft_run(&draft, &task->out, &rules, error);
    ff_online_end_progress();
    if (status != FF_OK || rules)
        return status;
    task->result = FF_EXIT_FOUND;
    return ff_error_set(error, FF_NOT_FOUND, "%s: no failure in it that no rule knows; nothing to draft", target);
}
