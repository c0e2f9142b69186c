#include "base/limits.h"
#include "cli/catalog.h"
#include "cli/load.h"
#include "cli/message.h"
#include "workshop/list.h"

ff_exit ff_catalog_command_list(const ff_options *options)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    ff_exit result = FF_EXIT_USAGE;
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_list_choice choice = {.format = options->format ? options->format : "text",
                             .globs = options->words,
                             .glob_count = options->word_count};
    ff_status status = ff_load_catalog(&catalog, options, &error);
    if (status == FF_OK) {
        status = ff_list_write(catalog, &choice, &out);
        if (status == FF_NOT_FOUND)
            (void)ff_error_set(&error, status, "%s%s", choice.glob_count ? "no rule or family fits " : "",
                               choice.glob_count ? choice.globs[0] : "the catalog has no rules");
        else if (status != FF_OK)
            (void)ff_error_set(&error, status, "the list: %s", ff_status_name(status));
    }
    if (status == FF_OK)
        result = ff_catalog_write(options, ff_buf_slice(&out));
    else
        ff_message("%s", error.text);
    ff_buf_release(&out);
    ff_catalog_free(catalog);
    return result;
}
