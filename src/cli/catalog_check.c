/* catalog lint and catalog test: both go through the rules and print complaints. */
#include "base/limits.h"
#include "cli/catalog.h"
#include "cli/load.h"
#include "cli/message.h"
#include "workshop/lint.h"
#include "workshop/trial.h"

#include <stdio.h>

/* Appends complaints about the rules of `layer`, NULL for all, and counts them. */
typedef ff_status (*check_fn)(const ff_catalog *catalog, const char *layer, ff_buf *out, size_t *complaints,
                              ff_error *error);

static ff_exit check(const ff_options *options, check_fn run)
{
    ff_options chosen = *options;
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    size_t complaints = 0;
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_options_words_are_patterns(&chosen, &error);
    if (status == FF_OK)
        status = ff_load_catalog(&catalog, &chosen, &error);
    if (status == FF_OK)
        status = run(catalog, options->word_count ? "--patterns" : NULL, &out, &complaints, &error);
    ff_exit result = status == FF_OK ? ff_catalog_write(options, ff_buf_slice(&out)) : FF_EXIT_USAGE;
    if (status != FF_OK)
        ff_message("%s", error.text);
    if (result == FF_EXIT_DONE && complaints)
        result = FF_EXIT_FOUND;
    ff_buf_release(&out);
    ff_catalog_free(catalog);
    return result;
}

static ff_status trial(const ff_catalog *catalog, const char *layer, ff_buf *out, size_t *complaints, ff_error *error)
{
    ff_trial_tally tally = {0};
    ff_status status = ff_trial_run(catalog, layer, out, &tally, error);
    if (status == FF_OK)
        ff_buf_printf(out, "%zu rules, %zu examples: %zu complaints\n", tally.rules, tally.examples, tally.complaints);
    *complaints = tally.complaints;
    return status;
}

static ff_status lint(const ff_catalog *catalog, const char *layer, ff_buf *out, size_t *complaints, ff_error *error)
{
    ff_status status = ff_lint_run(catalog, layer, out, complaints, error);
    if (status == FF_OK)
        ff_buf_printf(out, "%zu complaints\n", *complaints);
    return status;
}

ff_exit ff_catalog_command_test(const ff_options *options)
{
    return check(options, trial);
}

ff_exit ff_catalog_command_lint(const ff_options *options)
{
    return check(options, lint);
}
