#include "base/limits.h"
#include "cli/catalog.h"
#include "cli/load.h"
#include "cli/message.h"
#include "workshop/trial.h"

#include <stdio.h>

ff_exit ff_catalog_command_test(const ff_options *options)
{
    ff_options chosen = *options;
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    ff_trial_tally tally = {0};
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_options_words_are_patterns(&chosen, &error);
    if (status == FF_OK)
        status = ff_load_catalog(&catalog, &chosen, &error);
    if (status == FF_OK)
        status = ff_trial_run(catalog, options->word_count ? "--patterns" : NULL, &out, &tally, &error);
    ff_exit result = status == FF_OK ? ff_catalog_write(options, ff_buf_slice(&out)) : FF_EXIT_USAGE;
    if (status != FF_OK)
        ff_message("%s", error.text);
    else
        (void)fprintf(stderr, "%zu rules, %zu examples: %zu complaints\n", tally.rules, tally.examples,
                      tally.complaints);
    if (result == FF_EXIT_DONE && tally.complaints)
        result = FF_EXIT_FOUND;
    ff_buf_release(&out);
    ff_catalog_free(catalog);
    return result;
}
