/* firstfault pr: the title and the body of a pull request, drafted from evidence. */
#include "base/buf.h"
#include "base/limits.h"
#include "cli/analyse.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"

#include <stdio.h>

static const char FIX[] = "fix", DIAGNOSE[] = "diagnose";

typedef struct ff_draft {
    ff_buf title, body;
} ff_draft;

static ff_status take_title(void *self, ff_slice piece)
{
    return ff_analyse_append(&((ff_draft *)self)->title, piece);
}

static ff_status take_body(void *self, ff_slice piece)
{
    return ff_analyse_append(&((ff_draft *)self)->body, piece);
}

static ff_status draft(ff_draft *draft, const ff_analysis *analysis, const ff_options *options, const char *kind,
                       ff_error *error)
{
    ff_report_options report_options = ff_analyse_report_options(options, false);
    ff_proposal_sink sink = {.title = take_title, .body = take_body, .self = draft};
    return ff_report_propose(analysis, kind, &report_options, &sink, error);
}

/* The title goes to a file of its own, else it stands above the body as in a commit message. */
static ff_status write_draft(const ff_draft *draft, const ff_options *options, ff_error *error)
{
    ff_buf whole;
    ff_buf_init(&whole, FF_LIMIT_REPORT_BYTES);
    ff_buf_add(&whole, ff_buf_slice(&draft->title));
    ff_buf_add_byte(&whole, '\n');
    ff_status status = FF_OK;
    if (options->title_file) {
        status = ff_output_write(options->title_file, ff_buf_slice(&whole), error);
        ff_buf_reset(&whole);
    } else
        ff_buf_add_byte(&whole, '\n');
    ff_buf_add(&whole, ff_buf_slice(&draft->body));
    if (status == FF_OK && ff_buf_status(&whole) != FF_OK)
        status = ff_error_set(error, ff_buf_status(&whole), "the draft could not be put together");
    if (status == FF_OK)
        status = ff_output_write(options->output, ff_buf_slice(&whole), error);
    ff_buf_release(&whole);
    return status;
}

/* Without a kind the fix, or, where that would be a guess, what makes the next failure explain itself. FF_UNSUPPORTED
 * in that case too: no fix was drafted. */
static ff_status draft_any(ff_draft *made, const ff_analysis *analysis, const ff_options *options, ff_error *error)
{
    ff_error reason = {0}, other = {0};
    ff_status status = draft(made, analysis, options, options->kind ? options->kind : FIX, &reason);
    if (status != FF_UNSUPPORTED || options->kind)
        return status == FF_OK ? FF_OK : ff_error_set(error, status, "nothing was drafted: %s", reason.text);
    status = draft(made, analysis, options, DIAGNOSE, &other);
    if (status != FF_OK)
        return ff_error_set(error, status, "nothing was drafted: %s", other.text);
    ff_message("no fix was drafted: %s; this is the change that gathers evidence (--kind diagnose)", reason.text);
    return FF_UNSUPPORTED;
}

static ff_exit propose(const ff_analysis *analysis, const ff_options *options, ff_exit result)
{
    ff_error error = {0};
    ff_draft made = {0};
    ff_buf_init(&made.title, FF_LIMIT_LINE_BYTES);
    ff_buf_init(&made.body, FF_LIMIT_REPORT_BYTES);
    ff_status status = draft_any(&made, analysis, options, &error);
    bool drafted = made.title.len > 0 && (status == FF_OK || status == FF_UNSUPPORTED);
    if (status != FF_OK)
        result = FF_EXIT_PARTIAL;
    if (drafted && write_draft(&made, options, &error) != FF_OK)
        result = FF_EXIT_PARTIAL;
    if (error.text[0])
        ff_message("%s", error.text);
    ff_buf_release(&made.title);
    ff_buf_release(&made.body);
    return result;
}

static void print_usage(void)
{
    printf("Usage: firstfault pr [OPTION]... TARGET\n\n"
           "Drafts a pull request from what a triage of TARGET finds: a title in the form of a\n"
           "conventional commit, and a body in Markdown with evidence, changes as diffs, and a\n"
           "validation plan. Nothing is sent anywhere. With --title-file the body alone is written:\n\n"
           "  firstfault pr RUN-URL --checkout . --title-file title.txt -o body.md\n"
           "  gh pr create --title \"$(cat title.txt)\" --body-file body.md\n\n");
    ff_options_print_help(FF_FOR_PR);
    printf("\nExit status: 0 drafted, 2 usage or catalog error, 3 no cause is at least likely, so no\n"
           "fix was drafted, or not everything could be read; 4 not authorised, 130 interrupted.\n");
}

ff_exit ff_command_pr(int argc, char **argv)
{
    static const ff_option_command command = {FF_FOR_PR, print_usage};
    ff_options options;
    ff_analysed analysed = {0};
    ff_exit result;
    if (!ff_options_ready(&options, &command, argc, argv, &result))
        return result;
    if (!ff_analyse_is_ready(&options, "pr"))
        return FF_EXIT_USAGE;
    result = ff_analyse(&analysed, &options);
    if (analysed.readable)
        result = propose(analysed.analysis, &options, result);
    ff_analysed_release(&analysed);
    return result;
}
