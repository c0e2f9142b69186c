/* The subcommands of `firstfault catalog`: one file each, a row each in catalog.c, which loads the catalog, writes what
 * they made and says what went wrong.
 */
#ifndef FF_CLI_CATALOG_H
#define FF_CLI_CATALOG_H

#include "base/buf.h"
#include "catalog/catalog.h"
#include "cli/command.h"
#include "cli/options.h"

typedef struct ff_catalog_task {
    const ff_options *options; /* `words`: the subcommand's own arguments */
    const ff_catalog *catalog;
    ff_buf out;     /* what is to be written */
    ff_exit result; /* once it is written, or instead; FF_EXIT_DONE at first */
} ff_catalog_task;

/* Each fills `out`. FF_OK; any other status with one line for the user in `error`, and then nothing is written and the
 * exit status is `result`. If that is still FF_EXIT_DONE, it is FF_EXIT_PARTIAL where the argument could not be read,
 * else FF_EXIT_USAGE. */
ff_status ff_catalog_task_list(ff_catalog_task *task, ff_error *error);
ff_status ff_catalog_task_show(ff_catalog_task *task, ff_error *error);
ff_status ff_catalog_task_lint(ff_catalog_task *task, ff_error *error);
ff_status ff_catalog_task_test(ff_catalog_task *task, ff_error *error);
ff_status ff_catalog_task_explain(ff_catalog_task *task, ff_error *error);
ff_status ff_catalog_task_import(ff_catalog_task *task, ff_error *error);
ff_status ff_catalog_task_export(ff_catalog_task *task, ff_error *error);
ff_status ff_catalog_task_draft(ff_catalog_task *task, ff_error *error);

#endif
