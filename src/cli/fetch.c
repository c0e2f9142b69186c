/* firstfault fetch: keeps what a triage of a run asks, so that it can be repeated without a network. */
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/message.h"
#include "cli/online.h"
#include "cli/options.h"

#include <firstfault/firstfault.h>
#include <stdio.h>

static void print_usage(void)
{
    printf("Usage: firstfault fetch [OPTION]... TARGET -o DIR|ZIP\n\n"
           "Triages a run of GitHub and keeps the answers in a folder or, if the name ends in .zip,\n"
           "in a ZIP: facts of run and jobs, the logs, and the files of the repository that the\n"
           "rules ask for. The result is a TARGET for 'firstfault triage', which then gives the same\n"
           "report without a network.\n"
           "TARGET is the URL of a run or job, or a run's id with -R OWNER/REPO.\n\n");
    ff_options_print_help(FF_FOR_FETCH);
    printf("\nExit status: 0 kept, 2 usage error, 3 something is missing or nothing was kept,\n"
           "4 not authorised, 130 interrupted.\n");
}

static bool is_stopped(void *self)
{
    (void)self;
    return ff_interrupt_came();
}

static ff_status keep(const ff_options *options, const ff_catalog *catalog, ff_analysis *analysis, ff_error *error)
{
    ff_online online = ff_online_of(options);
    online.stopped = is_stopped;
    ff_analysis_options asked = {
        .repository = ff_online_repository(options, options->words[0]), .online = &online, .keep = options->output};
    ff_interrupt_defer();
    ff_status status = ff_analysis_triage(analysis, catalog, options->words[0], &asked, error);
    ff_online_end_progress();
    return status;
}

static ff_exit fetch(const ff_options *options)
{
    ff_error error = {0};
    ff_catalog *catalog = NULL;
    ff_analysis *analysis = NULL;
    ff_exit result = FF_EXIT_DONE;
    ff_status status = ff_load_catalog(&catalog, options, &error);
    if (status != FF_OK) {
        ff_message("%s", error.text[0] ? error.text : ff_status_name(status));
        ff_catalog_free(catalog);
        return FF_EXIT_USAGE;
    }
    status = ff_analysis_new(&analysis);
    if (status == FF_OK)
        status = keep(options, catalog, analysis, &error);
    if (status != FF_OK && ff_interrupt_came()) {
        result = FF_EXIT_INTERRUPTED;
    } else if (status != FF_OK) {
        ff_message("%s", error.text[0] ? error.text : ff_status_name(status));
        result = error.line ? FF_EXIT_USAGE : ff_online_exit(&error);
    } else if (ff_analysis_is_partial(analysis)) {
        ff_message("%s: kept, but not everything: %s", options->output, ff_analysis_missing(analysis));
        result = FF_EXIT_PARTIAL;
    }
    ff_analysis_free(analysis);
    ff_catalog_free(catalog);
    return result;
}

ff_exit ff_command_fetch(int argc, char **argv)
{
    static const ff_option_command command = {FF_FOR_FETCH, print_usage};
    ff_options options;
    ff_exit result;
    if (!ff_options_ready(&options, &command, argc, argv, &result))
        return result;
    if (options.word_count != 1 || !options.output) {
        ff_message("fetch needs one TARGET and -o DIR|ZIP: firstfault fetch RUN-URL -o run.zip");
        return FF_EXIT_USAGE;
    }
    if (!ff_target_is_online(options.words[0])) {
        ff_message("'%s' names no run on GitHub; give its URL, or its id with -R OWNER/REPO", options.words[0]);
        return FF_EXIT_USAGE;
    }
    return ff_online_is_complete(&options, options.words[0]) ? fetch(&options) : FF_EXIT_USAGE;
}
