#include "base/limits.h"
#include "catalog/catalog.h"
#include "cli/catalog.h"
#include "cli/load.h"
#include "cli/message.h"
#include "workshop/show.h"

ff_exit ff_catalog_command_show(const ff_options *options)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    ff_exit result = FF_EXIT_USAGE;
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_load_catalog(&catalog, options, &error);
    const ff_rule *rule = status == FF_OK ? ff_catalog_find(catalog, ff_slice_of(options->words[0])) : NULL;
    if (rule) {
        ff_show_rule(rule, &out);
        result = ff_catalog_write(options, ff_buf_slice(&out));
    } else if (status == FF_OK) {
        ff_message("no rule has the id '%s'; firstfault catalog list GLOB names the rules", options->words[0]);
    } else {
        ff_message("%s", error.text);
    }
    ff_buf_release(&out);
    ff_catalog_free(catalog);
    return result;
}
