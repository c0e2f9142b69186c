#include "cli/catalog.h"
#include "workshop/show.h"

ff_status ff_catalog_task_show(ff_catalog_task *task, ff_error *error)
{
    const char *id = task->options->words[0];
    const ff_rule *rule = ff_catalog_find(task->catalog, ff_slice_of(id));
    if (!rule)
        return ff_error_set(error, FF_NOT_FOUND,
                            "no rule has the id '%s'; firstfault catalog list GLOB names the rules", id);
    ff_show_rule(rule, &task->out);
    return FF_OK;
}
