#include "cli/options.h"

#include "base/limits.h"
#include "base/slice.h"
#include "chronicle/chronicle.h"
#include "cli/message.h"
#include "cli/setting.h"
#include "digest/digest.h"
#include "survey/survey.h"

#include <firstfault/online.h>
#include <firstfault/report.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    FOR_RUNS = FF_FOR_TRIAGE | FF_FOR_CATALOG | FF_FOR_FETCH | FF_FOR_PR, /* that are about one run */
    FOR_ALL = FOR_RUNS | FF_FOR_SCAN,
};

#define AT(member) .at = offsetof(ff_options, member)
#define FILE_NAME .takes = "the name of a file"

static const ff_option_row OPTIONS[] = {
    {"--repo", "-R", "REPO", "the repository of the run: OWNER/REPO or HOST/OWNER/REPO", ff_setting_repository,
     FOR_RUNS, AT(repository)},
    {"--repo", "-R", "REPO", "a repository, OWNER/REPO or HOST/OWNER/REPO; may be repeated", ff_setting_repositories,
     FF_FOR_SCAN | FF_FOR_HISTORY, AT(repositories), .takes = "OWNER/REPO"},
    {"--org", NULL, "ORG", "all repositories of ORG or HOST/ORG that the token sees; may be repeated",
     ff_setting_further, FF_FOR_SCAN, AT(organizations), .takes = "the name of an organisation"},
    {"--repos", NULL, "FILE", "further repositories, one a line", ff_setting_text, FF_FOR_SCAN, AT(repositories_file),
     FILE_NAME},
    {"--since", NULL, "TIME", "runs created since then: 90m, 24h, 7d, 2w or a date; 24h if not given", ff_setting_text,
     FF_FOR_SCAN, AT(since), .takes = "a time such as 24h or 2026-11-27"},
    {"--since", NULL, "TIME", "only runs created since then: 90m, 24h, 7d, 2w or a date", ff_setting_text,
     FF_FOR_HISTORY, AT(since), .takes = "a time such as 24h or 2026-11-27"},
    {"--until", NULL, "TIME", "runs created before then; now if not given", ff_setting_text, FF_FOR_SCAN, AT(until),
     .takes = "a time such as 24h or 2026-11-27"},
    {"--branch", NULL, "BRANCH", "only runs of this branch", ff_setting_text, FF_FOR_SCAN, AT(branch),
     .takes = "the name of a branch"},
    {"--workflow", NULL, "WORKFLOW", "only runs of this workflow: its name, file name or id", ff_setting_text,
     FF_FOR_SCAN, AT(workflow), .takes = "the name of a workflow"},
    {"--event", NULL, "EVENT", "only runs that this event began, such as push", ff_setting_text, FF_FOR_SCAN, AT(event),
     .takes = "the name of an event"},
    {"--include-cancelled", NULL, NULL, "count runs that were cancelled as failed", ff_setting_flag, FF_FOR_SCAN,
     AT(include_cancelled)},
    {"--limit", NULL, "N", "read N new runs at most, the newest first", ff_setting_number, FF_FOR_SCAN, AT(limit),
     .most = FF_SCAN_LIMIT_MAX},
    {"--jobs", NULL, "N", "read N runs at once; 4 if not given", ff_setting_number, FF_FOR_SCAN, AT(jobs),
     .most = FF_SURVEY_JOBS_MAX},
    {"--db", NULL, "FILE", "the database of what earlier scans saw", ff_setting_text, FF_FOR_SCAN | FF_FOR_HISTORY,
     AT(database), FILE_NAME},
    {"--keep", NULL, "TIME", "forget runs older than this, such as 90d", ff_setting_text, FF_FOR_SCAN, AT(keep),
     .takes = "a time such as 90d"},
    {"--attempt", NULL, "N", "the attempt of the run; the latest if not given", ff_setting_number, FOR_RUNS,
     AT(attempt), .most = FF_ATTEMPT_MAX},
    {"--patterns", NULL, "PATH", "a further catalog file or folder; may be repeated", ff_setting_patterns, FOR_ALL,
     AT(patterns)},
    {"--checkout", NULL, "DIR", "the repository at the run's commit; nothing in it is executed", ff_setting_text,
     FF_FOR_TRIAGE | FF_FOR_PR, AT(checkout), .takes = "the name of a folder"},
    {"--format", NULL, "FORMAT", "markdown, text or json; text on a terminal, else markdown", ff_setting_choice,
     FF_FOR_TRIAGE | FF_FOR_CATALOG, AT(format), .name_of = ff_report_format_name},
    {"--format", NULL, "FORMAT", "markdown, html or json; markdown if not given", ff_setting_choice, FF_FOR_SCAN,
     AT(format), .name_of = ff_digest_format_name},
    {"--format", NULL, "FORMAT", "markdown, text or json; text on a terminal, else markdown", ff_setting_choice,
     FF_FOR_HISTORY, AT(format), .name_of = ff_chronicle_format_name},
    {"--output", "-o", "FILE", "write the result to FILE, not to standard output", ff_setting_text,
     FF_FOR_TRIAGE | FF_FOR_CATALOG | FF_FOR_PR | FF_FOR_SCAN | FF_FOR_HISTORY, AT(output), FILE_NAME},
    {"--also", NULL, "FORMAT=FILE", "write the page in FORMAT to FILE as well; may be repeated", ff_setting_also,
     FF_FOR_SCAN, AT(also)},
    {"--output", "-o", "DIR|ZIP", "where to keep the run: a new folder, or a new .zip", ff_setting_text, FF_FOR_FETCH,
     AT(output), FILE_NAME},
    {"--kind", NULL, "KIND", "fix or diagnose; fix where a cause is at least likely", ff_setting_choice, FF_FOR_PR,
     AT(kind), .name_of = ff_setting_kind_name},
    {"--title-file", NULL, "FILE", "write the title to FILE; else it stands above the body", ff_setting_text, FF_FOR_PR,
     AT(title_file), FILE_NAME},
    {"--excerpt-lines", NULL, "N", "lines in the JSON excerpt, 50 if not given", ff_setting_number, FF_FOR_TRIAGE,
     AT(excerpt_lines), .most = FF_LIMIT_EXCERPT_LINES},
    {"--fail-on", NULL, "VERDICT",
     "exit with 1 at this verdict or a stronger one (undecided, possible, likely, confirmed)", ff_setting_choice,
     FF_FOR_TRIAGE, AT(fail_on), .name_of = ff_setting_verdict_name},
    {"--threads", NULL, "N", "use N threads at most", ff_setting_number, FF_FOR_TRIAGE | FF_FOR_PR, AT(threads),
     .most = FF_LIMIT_THREADS},
    {"--max-wait", NULL, "SECONDS", "wait no longer for GitHub's rate limits, all together; 60 if not given",
     ff_setting_max_wait, FOR_ALL, AT(max_wait)},
    {"--offline", NULL, NULL, "ask nobody: read a run of GitHub from the cache alone", ff_setting_flag, FOR_RUNS,
     AT(offline)},
    {"--offline", NULL, NULL, "ask nobody: read from the cache alone", ff_setting_flag, FF_FOR_SCAN, AT(offline)},
    {"--no-cache", NULL, NULL, "neither read nor write the cache of GitHub's answers", ff_setting_flag, FOR_ALL,
     AT(no_cache)},
    {"--verbose", "-v", NULL, "show each request on standard error, without secrets", ff_setting_flag, FOR_ALL,
     AT(verbose)},
    {"--help", "-h", NULL, "show this help", ff_setting_flag, FOR_ALL | FF_FOR_HISTORY, AT(help)},
};

enum { OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS };

static size_t find_option(ff_slice name, ff_option_users user)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        bool named = ff_slice_eq(name, ff_slice_of(OPTIONS[i].name)) ||
                     (OPTIONS[i].letter && ff_slice_eq(name, ff_slice_of(OPTIONS[i].letter)));
        if (named && OPTIONS[i].users & user)
            return i;
    }
    return OPTION_COUNT;
}

/* Handles the option at argv[*at], advancing over its value. */
static ff_status parse_option(ff_options *options, ff_option_users user, char **argv, int *at, ff_error *error)
{
    ff_slice name = ff_slice_of(argv[*at]);
    size_t equals = ff_slice_starts(name, FF_LIT("--")) ? ff_slice_find_byte(name, '=') : SIZE_MAX;
    const char *value = equals == SIZE_MAX ? NULL : argv[*at] + equals + 1;
    size_t option = find_option(ff_slice_cut(name, equals), user);
    if (option == OPTION_COUNT)
        return ff_error_set(error, FF_INVALID, "unknown option '%s'; --help lists them", argv[*at]);
    if (!OPTIONS[option].argument && value)
        return ff_error_set(error, FF_INVALID, "%s takes no value", OPTIONS[option].name);
    if (OPTIONS[option].argument && !value && !argv[++*at])
        return ff_error_set(error, FF_INVALID, "%s needs a value: %s", OPTIONS[option].name, OPTIONS[option].argument);
    return OPTIONS[option].set(options, &OPTIONS[option], value || !OPTIONS[option].argument ? value : argv[*at],
                               error);
}

/* Parses everything behind the command's name. FF_OK, or FF_INVALID with one line for the user. */
static ff_status parse(ff_options *options, ff_option_users user, int argc, char **argv, ff_error *error)
{
    bool only_words = false;
    const char *max_wait = getenv("FIRSTFAULT_MAX_WAIT");
    *options = (ff_options){.max_wait = FF_MAX_WAIT_DEFAULT};
    if (max_wait && *max_wait && ff_setting_max_wait(options, NULL, max_wait, NULL) != FF_OK)
        options->bad_max_wait = max_wait; /* of interest only where somebody is asked */
    for (int i = 1; i < argc; i++) {
        bool is_option = !only_words && argv[i][0] == '-' && argv[i][1] != '\0';
        if (is_option && strcmp(argv[i], "--") == 0) {
            only_words = true;
        } else if (is_option) {
            ff_status status = parse_option(options, user, argv, &i, error);
            if (status != FF_OK)
                return status;
        } else if (options->word_count == FF_WORDS_MAX) {
            return ff_error_set(error, FF_INVALID, "more than %d arguments: '%s'", FF_WORDS_MAX, argv[i]);
        } else {
            options->words[options->word_count++] = argv[i];
        }
    }
    return FF_OK;
}

bool ff_options_ready(ff_options *options, const ff_option_command *command, int argc, char **argv, ff_exit *result)
{
    ff_error error = {0};
    if (parse(options, command->user, argc, argv, &error) != FF_OK) {
        ff_message("%s", error.text);
        *result = FF_EXIT_USAGE;
        return false;
    }
    if (!options->help)
        return true;
    command->print_usage();
    *result = FF_EXIT_DONE;
    return false;
}

ff_status ff_options_words_are_patterns(ff_options *options, ff_error *error)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < options->word_count && status == FF_OK; i++)
        status = ff_setting_patterns(options, NULL, options->words[i], error);
    options->own_patterns = options->word_count;
    return status;
}

void ff_options_print_help(ff_option_users user)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        char name[64];
        if (!(OPTIONS[i].users & user))
            continue;
        (void)snprintf(name, sizeof name, "%s%s%s %s", OPTIONS[i].letter ? OPTIONS[i].letter : "  ",
                       OPTIONS[i].letter ? ", " : "  ", OPTIONS[i].name,
                       OPTIONS[i].argument ? OPTIONS[i].argument : "");
        printf("  %-28s %s\n", name, OPTIONS[i].help);
    }
}
