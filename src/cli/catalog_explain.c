#include "base/limits.h"
#include "cli/catalog.h"
#include "cli/load.h"
#include "cli/message.h"
#include "workshop/explain.h"

ff_exit ff_catalog_command_explain(const ff_options *options)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    ff_exit result = FF_EXIT_USAGE;
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_load_catalog(&catalog, options, &error);
    if (status == FF_OK) {
        status = ff_explain_run(catalog, options->words[0], &out, &error);
        /* An error with a line is a pattern of the catalog that does not compile. */
        result = error.line ? FF_EXIT_USAGE : FF_EXIT_PARTIAL;
    }
    if (status == FF_OK)
        result = ff_catalog_write(options, ff_buf_slice(&out));
    else
        ff_message("%s", error.text);
    ff_buf_release(&out);
    ff_catalog_free(catalog);
    return result;
}
