#include "base/limits.h"
#include "cli/catalog.h"
#include "cli/load.h"
#include "cli/message.h"
#include "workshop/draft.h"

ff_exit ff_catalog_command_draft(const ff_options *options)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    ff_exit result = FF_EXIT_USAGE;
    size_t rules = 0;
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_load_catalog(&catalog, options, &error);
    if (status == FF_OK) {
        status = ff_draft_run(catalog, options->words[0], &out, &rules, &error);
        result = error.line ? FF_EXIT_USAGE : FF_EXIT_PARTIAL;
    }
    if (status != FF_OK) {
        ff_message("%s", error.text);
    } else if (rules == 0) {
        ff_message("%s: no failure in it that no rule knows; nothing to draft", options->words[0]);
        result = FF_EXIT_FOUND;
    } else {
        result = ff_catalog_write(options, ff_buf_slice(&out));
    }
    ff_buf_release(&out);
    ff_catalog_free(catalog);
    return result;
}
