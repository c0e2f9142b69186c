/* firstfault triage: which fault came first. */
#include "base/buf.h"
#include "base/limits.h"
#include "cli/analyse.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"

#include <stdio.h>
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

static ff_status write_report(const ff_analysis *analysis, const ff_options *options, ff_error *error)
{
    bool terminal = !options->output && isatty(STDOUT_FILENO);
    const char *format = options->format ? options->format : terminal ? "text" : "markdown";
    ff_report_options report_options = ff_analyse_report_options(options, terminal);
    ff_buf text;
    ff_buf_init(&text, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_report_print(analysis, format, &report_options, ff_analyse_append, &text, error);
    if (status == FF_OK)
        status = ff_output_write(options->output, ff_buf_slice(&text), error);
    ff_buf_release(&text);
    return status;
}

static ff_exit triage(const ff_options *options)
{
    ff_error error = {0};
    ff_analysed analysed = {0};
    ff_exit result = ff_analyse(&analysed, options);
    if (result == FF_EXIT_DONE && options->fail_on &&
        strength(ff_analysis_verdict(analysed.analysis)) <= strength(options->fail_on))
        result = FF_EXIT_FOUND;
    if (analysed.readable && write_report(analysed.analysis, options, &error) != FF_OK) {
        ff_message("%s", error.text);
        result = FF_EXIT_PARTIAL;
    }
    ff_analysed_release(&analysed);
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
    return ff_analyse_is_ready(&options, "triage") ? triage(&options) : FF_EXIT_USAGE;
}
