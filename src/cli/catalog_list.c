#include "cli/catalog.h"
#include "workshop/list.h"

ff_status ff_catalog_task_list(ff_catalog_task *task, ff_error *error)
{
    ff_list_choice choice = {.format = task->options->format ? task->options->format : "text",
                             .globs = task->options->words,
                             .glob_count = task->options->word_count};
    for (size_t i = 0; i < choice.glob_count; i++)
        if (!ff_list_fits(task->catalog, choice.globs[i]))
            return ff_error_set(error, FF_NOT_FOUND, "no rule or family fits '%s'", choice.globs[i]);
    ff_status status = ff_list_write(task->catalog, &choice, &task->out);
    if (status == FF_NOT_FOUND)
        return ff_error_set(error, status, "the catalog has no rules");
    return status;
}
