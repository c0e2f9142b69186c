#include "base/buf.h"
#include "base/limits.h"
#include "cli/command.h"
#include "cli/load.h"
#include "cli/message.h"
#include "cli/online.h"
#include "cli/options.h"
#include "cli/output.h"

#include <firstfault/firstfault.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* Verdicts from the strongest; the place in the list is what --fail-on compares. */
static const char *const VERDICTS[] = {"confirmed", "likely", "possible", "undecided"};

static size_t strength(const char *verdict)
{
    size_t at = 0;
    while (at < sizeof VERDICTS / sizeof *VERDICTS && (!verdict || strcmp(verdict, VERDICTS[at]) != 0))
        at++;
    return at;
}

static ff_status append(void *self, ff_slice piece)
{
    ff_buf_add(self, piece);
    return ff_buf_status(self);
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

static ff_report_options terminal_options(bool terminal)
{
    struct winsize size = {0};
    const char *term = getenv("TERM");
    ff_report_options options = {.inside_actions = is_set("GITHUB_ACTIONS")};
    options.color = terminal && !is_set("NO_COLOR") && !(term && strcmp(term, "dumb") == 0);
    if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        options.columns = size.ws_col;
    return options;
}

static ff_status write_report(const ff_analysis *analysis, const ff_options *options, ff_error *error)
{
    bool terminal = !options->output && isatty(STDOUT_FILENO);
    const char *format = options->format ? options->format : terminal ? "text" : "markdown";
    ff_report_options report_options = terminal_options(terminal);
    report_options.patterns = options->patterns;
    report_options.pattern_count = options->pattern_count;
    ff_buf text;
    ff_buf_init(&text, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_report_print(analysis, format, &report_options, append, &text, error);
    if (status == FF_OK)
        status = ff_output_write(options->output, ff_buf_slice(&text), error);
    ff_buf_release(&text);
    return status;
}

static ff_exit triage(const ff_options *options)
{
    ff_error error = {0};
    ff_catalog *catalog = NULL;
    ff_analysis *analysis = NULL;
    ff_exit result = FF_EXIT_USAGE;
    ff_status status = ff_load_catalog(&catalog, options, &error);
    if (status != FF_OK) {
        ff_message("%s", error.text[0] ? error.text : ff_status_name(status));
        goto out;
    }
    bool asks = ff_target_is_online(options->words[0]);
    ff_online online = ff_online_of(options);
    ff_analysis_options analysis_options = {.excerpt_lines = options->excerpt_lines,
                                            .repository = asks ? ff_online_repository(options, options->words[0])
                                                               : options->repository,
                                            .online = &online,
                                            .checkout = options->checkout,
                                            .now = (int64_t)time(NULL)};
    status = ff_analysis_new(&analysis);
    if (status == FF_OK)
        status = ff_analysis_triage(analysis, catalog, options->words[0], &analysis_options, &error);
    ff_online_end_progress();
    if (status != FF_OK) {
        /* An error with a line is a pattern of the catalog that does not compile. */
        result = error.line ? FF_EXIT_USAGE : ff_online_exit(&error);
        ff_message("%s", error.text);
        goto out;
    }
    /* On a terminal the report itself says it at its top. */
    if (ff_analysis_missing(analysis) && (options->output || !isatty(STDOUT_FILENO)))
        ff_message("%s", ff_analysis_missing(analysis));
    result = ff_analysis_is_partial(analysis) ? FF_EXIT_PARTIAL : FF_EXIT_DONE;
    if (result == FF_EXIT_DONE && options->fail_on &&
        strength(ff_analysis_verdict(analysis)) <= strength(options->fail_on))
        result = FF_EXIT_FOUND;
    if (write_report(analysis, options, &error) != FF_OK) {
        ff_message("%s", error.text);
        result = FF_EXIT_PARTIAL;
    }
out:
    ff_analysis_free(analysis);
    ff_catalog_free(catalog);
    return result;
}

static void print_usage(void)
{
    printf("Usage: firstfault triage [OPTION]... TARGET\n\n"
           "Reads the logs of a failed GitHub Actions run and says which fault came first.\n"
           "TARGET is the URL of a run or job on GitHub, a run's id (with -R OWNER/REPO), what\n"
           "'firstfault fetch' kept, a log archive (.zip), the folder of an unpacked one, a text\n"
           "log (raw, or what 'gh run view --log' prints), or - for standard input.\n\n");
    ff_options_print_help(FF_FOR_TRIAGE);
    printf("\nExit status: 0 analysed, 1 found by --fail-on, 2 usage or catalog error,\n"
           "3 not everything could be read, 4 not authorised, 130 interrupted.\n");
}

ff_exit ff_command_triage(int argc, char **argv)
{
    static const ff_option_command command = {FF_FOR_TRIAGE, print_usage};
    ff_options options;
    ff_exit result;
    if (!ff_options_ready(&options, &command, argc, argv, &result))
        return result;
    if (options.word_count == 0) {
        ff_message("triage needs a TARGET: a run's URL, a log archive, a folder, a text log, or - for standard input");
        return FF_EXIT_USAGE;
    }
    if (options.word_count > 1) {
        ff_message("one TARGET only: '%s' is one too many", options.words[1]);
        return FF_EXIT_USAGE;
    }
    if (ff_target_is_online(options.words[0]) && !ff_online_is_complete(&options, options.words[0]))
        return FF_EXIT_USAGE;
    return triage(&options);
}
