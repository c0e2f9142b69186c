#include "cli/catalog.h"
#include "workshop/list.h"

ff_status ff_catalog_task_list(ff_catalog_task *task, ff_error *error)
{
    ff_list_choice choice = {.format = task->options->format ? task->options->format : "text",
                             .globs = task->options->words,
                             .glob_count = task->options->word_count};
    ff_status status = ff_list_check(task->catalog, &choice, error);
    if (status != FF_OK)
        return status;
    status = ff_list_write(task->catalog, &choice, &task->out);
    if (status == FF_NOT_FOUND)
        return ff_error_set(error, status, "the catalog has no rules");
    return status;
}
