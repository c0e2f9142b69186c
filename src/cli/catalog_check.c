/* catalog lint and catalog test: both go through the rules and print complaints. With paths only about the rules there.
 */
#include "cli/catalog.h"
#include "cli/load.h"
#include "workshop/lint.h"
#include "workshop/trial.h"

static const char *layer_of(const ff_catalog_task *task)
{
    return task->options->word_count ? FF_OWN_LAYER : NULL;
}

ff_status ff_catalog_task_lint(ff_catalog_task *task, ff_error *error)
{
    size_t complaints = 0;
    ff_status status = ff_lint_run(task->catalog, layer_of(task), &task->out, &complaints, error);
    ff_buf_printf(&task->out, "%zu complaint%s\n", complaints, complaints == 1 ? "" : "s");
    if (status == FF_OK && complaints)
        task->result = FF_EXIT_FOUND;
    return status;
}

ff_status ff_catalog_task_test(ff_catalog_task *task, ff_error *error)
{
    ff_trial_tally tally = {0};
    ff_status status = ff_trial_run(task->catalog, layer_of(task), &task->out, &tally, error);
    ff_buf_printf(&task->out, "%zu rule%s, %zu examples: %zu complaint%s\n", tally.rules, tally.rules == 1 ? "" : "s",
                  tally.examples, tally.complaints, tally.complaints == 1 ? "" : "s");
    if (status == FF_OK && tally.complaints)
        task->result = FF_EXIT_FOUND;
    return status;
}
