#include "cli/catalog.h"
#include "workshop/show.h"

static ff_status explain_missing(const ff_catalog *catalog, const char *id, ff_error *error)
{
    size_t count;
    const ff_disabled *disabled = ff_catalog_disabled(catalog, &count);
    bool known = ff_catalog_has(catalog, ff_slice_of(id));
    for (size_t i = 0; i < count && known; i++)
        if (ff_slice_glob(disabled[i].glob, ff_slice_of(id)))
            return ff_error_set(error, FF_NOT_FOUND, "%s is switched off by '%.*s' in %s", id, FF_ARG(disabled[i].glob),
                                disabled[i].at.file);
    return ff_error_set(error, FF_NOT_FOUND, "no rule has the id '%s'; firstfault catalog list GLOB names the rules",
                        id);
}

ff_status ff_catalog_task_show(ff_catalog_task *task, ff_error *error)
{
    const char *id = task->options->words[0];
    const ff_rule *rule = ff_catalog_find(task->catalog, ff_slice_of(id));
    if (!rule)
        return explain_missing(task->catalog, id, error);
    ff_show_rule(rule, &task->out);
    return FF_OK;
}
