/* catalog import and catalog export: GitHub's problem matchers become rules, and rules become problem matchers. */
#include "base/limits.h"
#include "cli/catalog.h"
#include "cli/message.h"
#include "workshop/export.h"
#include "workshop/import.h"

static void tell(const ff_buf *remarks)
{
    ff_slice rest = ff_buf_slice(remarks), line;
    while (ff_slice_take_until(&rest, '\n', &line))
        ff_message("%.*s", FF_ARG(line));
}

ff_status ff_catalog_task_import(ff_catalog_task *task, ff_error *error)
{
    ff_buf remarks;
    ff_buf_init(&remarks, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_import_run(task->catalog, task->options->words[0], &task->out, &remarks, error);
    tell(&remarks);
    ff_buf_release(&remarks);
    return status;
}

ff_status ff_catalog_task_export(ff_catalog_task *task, ff_error *error)
{
    ff_buf remarks;
    ff_buf_init(&remarks, FF_LIMIT_REPORT_BYTES);
    ff_export export = {.catalog = task->catalog, .globs = task->options->words, .count = task->options->word_count};
    ff_status status = ff_export_run(&export, &task->out, &remarks, error);
    tell(&remarks);
    ff_buf_release(&remarks);
    if (status == FF_UNSUPPORTED)
        task->result = FF_EXIT_FOUND;
    return status;
}
