#include "base/buf.h"
#include "base/limits.h"
#include "cli/command.h"
#include "cli/load.h"
#include "cli/message.h"
#include "cli/options.h"
#include "cli/output.h"

#include <firstfault/firstfault.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
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

/* The id behind `/runs/` of a URL, or the number that the target is. */
static bool find_run_id(ff_slice target, uint64_t *id)
{
    size_t at = ff_slice_find(target, FF_LIT("/actions/runs/"));
    if (at == SIZE_MAX)
        return ff_slice_to_uint(target, id);
    ff_slice rest = ff_slice_from(target, at + strlen("/actions/runs/"));
    return ff_slice_take_uint(&rest, id);
}

/* Says what can be done about a target that is no file but names a run on GitHub. */
static void explain_unreadable(const ff_options *options, const ff_error *error)
{
    uint64_t id;
    bool online = error->status == FF_NOT_FOUND && find_run_id(ff_slice_of(options->words[0]), &id);
    if (online)
        ff_message("%s: this version reads logs from disk; try: gh api repos/%s/actions/runs/%llu/logs > run.zip",
                   options->words[0], options->repository ? options->repository : "OWNER/REPO", (unsigned long long)id);
    else
        ff_message("%s", error->text);
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
    ff_analysis_options analysis_options = {.excerpt_lines = options->excerpt_lines, .repository = options->repository};
    status = ff_analysis_new(&analysis);
    if (status == FF_OK)
        status = ff_analysis_triage(analysis, catalog, options->words[0], &analysis_options, &error);
    if (status != FF_OK) {
        /* An error with a line is a pattern of the catalog that does not compile. */
        result = error.line ? FF_EXIT_USAGE : FF_EXIT_PARTIAL;
        explain_unreadable(options, &error);
        goto out;
    }
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
           "TARGET is a log archive (.zip), the folder of an unpacked one, a text log (raw, or\n"
           "what 'gh run view --log' prints), or - for standard input.\n\n");
    ff_options_print_help(FF_FOR_TRIAGE);
    printf("\nExit status: 0 analysed, 1 found by --fail-on, 2 usage or catalog error,\n"
           "3 not everything could be read, 130 interrupted.\n");
}

ff_exit ff_command_triage(int argc, char **argv)
{
    ff_options options;
    ff_error error = {0};
    if (ff_options_parse(&options, FF_FOR_TRIAGE, argc, argv, &error) != FF_OK) {
        ff_message("%s", error.text);
        return FF_EXIT_USAGE;
    }
    if (options.help) {
        print_usage();
        return FF_EXIT_DONE;
    }
    if (options.word_count == 0) {
        ff_message("triage needs a TARGET: a log archive, a folder, a text log, or - for standard input");
        return FF_EXIT_USAGE;
    }
    if (options.word_count > 1) {
        ff_message("one TARGET only: '%s' is one too many", options.words[1]);
        return FF_EXIT_USAGE;
    }
    return triage(&options);
}
