#include "cli/analyse.h"

#include "base/buf.h"
#include "cli/load.h"
#include "cli/message.h"
#include "cli/online.h"
#include "cli/output.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

bool ff_analyse_is_ready(const ff_options *options, const char *command)
{
    if (options->word_count == 0) {
        ff_message("%s needs a TARGET: a run's URL, a log archive, a folder, a text log, or - for standard input",
                   command);
        return false;
    }
    if (options->word_count > 1) {
        ff_message("one TARGET only: '%s' is one too many", options->words[1]);
        return false;
    }
    return !ff_target_is_online(options->words[0]) || ff_online_is_complete(options, options->words[0]);
}

ff_exit ff_analyse(ff_analysed *analysed, const ff_options *options)
{
    ff_error error = {0};
    ff_status status = ff_load_catalog(&analysed->catalog, options, &error);
    if (status != FF_OK) {
        ff_message("%s", error.text[0] ? error.text : ff_status_name(status));
        return FF_EXIT_USAGE;
    }
    bool asks = ff_target_is_online(options->words[0]);
    ff_online online = ff_online_of(options);
    ff_analysis_options analysis_options = {.excerpt_lines = options->excerpt_lines,
                                            .repository = asks ? ff_online_repository(options, options->words[0])
                                                               : options->repository,
                                            .online = &online,
                                            .checkout = options->checkout,
                                            .now = (int64_t)time(NULL)};
    status = ff_analysis_new(&analysed->analysis);
    if (status == FF_OK)
        status =
            ff_analysis_triage(analysed->analysis, analysed->catalog, options->words[0], &analysis_options, &error);
    ff_online_end_progress();
    if (status != FF_OK) {
        ff_message("%s", error.text[0] ? error.text : ff_status_name(status));
        /* An error with a line is a pattern of the catalog that does not compile. */
        return error.line ? FF_EXIT_USAGE : ff_online_exit(&error);
    }
    analysed->readable = true;
    /* On a terminal the report itself says it at its top. */
    if (ff_analysis_missing(analysed->analysis) && (options->output || !isatty(STDOUT_FILENO)))
        ff_message("%s", ff_analysis_missing(analysed->analysis));
    return ff_analysis_is_partial(analysed->analysis) ? FF_EXIT_PARTIAL : FF_EXIT_DONE;
}

void ff_analysed_release(ff_analysed *analysed)
{
    ff_analysis_free(analysed->analysis);
    ff_catalog_free(analysed->catalog);
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

ff_report_options ff_analyse_report_options(const ff_options *options, bool terminal)
{
    struct winsize size = {0};
    const char *term = getenv("TERM");
    ff_report_options report = {.inside_actions = ff_output_is_for_actions(),
                                .patterns = options->patterns,
                                .pattern_count = options->pattern_count,
                                .checkout = options->checkout};
    report.color = terminal && !is_set("NO_COLOR") && !(term && strcmp(term, "dumb") == 0);
    if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        report.columns = size.ws_col;
    return report;
}

ff_status ff_analyse_append(void *buf, ff_slice piece)
{
    ff_buf_add(buf, piece);
    return ff_buf_status(buf);
}
