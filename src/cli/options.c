#include "cli/options.h"

#include "base/limits.h"
#include "base/slice.h"
#include "cli/message.h"
#include "fetch/target.h"

#include <firstfault/online.h>
#include <firstfault/report.h>
#include <stdio.h>
#include <stdlib.h>

typedef ff_status (*ff_option_fn)(ff_options *options, const char *value, ff_error *error);

static ff_status set_repository(ff_options *options, const char *value, ff_error *error)
{
    if (!ff_target_is_repository(ff_slice_of(value)))
        return ff_error_set(error, FF_INVALID, "-R takes OWNER/REPO or HOST/OWNER/REPO, not '%s'", value);
    options->repository = value;
    return FF_OK;
}

static ff_status set_patterns(ff_options *options, const char *value, ff_error *error)
{
    if (options->pattern_count >= FF_PATTERN_PATHS_MAX)
        return ff_error_set(error, FF_INVALID, "--patterns may be given %d times at most", FF_PATTERN_PATHS_MAX);
    options->patterns[options->pattern_count++] = value;
    return FF_OK;
}

static ff_status set_checkout(ff_options *options, const char *value, ff_error *error)
{
    if (!*value)
        return ff_error_set(error, FF_INVALID, "--checkout takes the name of a folder");
    options->checkout = value;
    return FF_OK;
}

static ff_status set_format(ff_options *options, const char *value, ff_error *error)
{
    char names[128] = "";
    for (size_t i = 0; ff_report_format_name(i); i++) {
        if (strcmp(value, ff_report_format_name(i)) == 0) {
            options->format = value;
            return FF_OK;
        }
        size_t used = strlen(names);
        (void)snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "", ff_report_format_name(i));
    }
    return ff_error_set(error, FF_INVALID, "--format takes one of %s, not '%s'", names, value);
}

static ff_status set_output(ff_options *options, const char *value, ff_error *error)
{
    if (!*value)
        return ff_error_set(error, FF_INVALID, "-o takes the name of a file");
    options->output = value;
    return FF_OK;
}

static ff_status set_title_file(ff_options *options, const char *value, ff_error *error)
{
    if (!*value)
        return ff_error_set(error, FF_INVALID, "--title-file takes the name of a file");
    options->title_file = value;
    return FF_OK;
}

static ff_status set_kind(ff_options *options, const char *value, ff_error *error)
{
    if (strcmp(value, "fix") != 0 && strcmp(value, "diagnose") != 0)
        return ff_error_set(error, FF_INVALID, "--kind takes fix or diagnose, not '%s'", value);
    options->kind = value;
    return FF_OK;
}

static ff_status set_number(const char *option, const char *value, uint32_t most, uint32_t *into, ff_error *error)
{
    uint64_t number;
    if (!ff_slice_to_uint(ff_slice_of(value), &number) || number == 0 || number > most)
        return ff_error_set(error, FF_INVALID, "%s takes a number from 1 to %u, not '%s'", option, most, value);
    *into = (uint32_t)number;
    return FF_OK;
}

static ff_status set_excerpt_lines(ff_options *options, const char *value, ff_error *error)
{
    return set_number("--excerpt-lines", value, FF_LIMIT_EXCERPT_LINES, &options->excerpt_lines, error);
}

static ff_status set_threads(ff_options *options, const char *value, ff_error *error)
{
    return set_number("--threads", value, FF_LIMIT_THREADS, &options->threads, error);
}

static ff_status set_attempt(ff_options *options, const char *value, ff_error *error)
{
    return set_number("--attempt", value, FF_ATTEMPT_MAX, &options->attempt, error);
}

static ff_status set_max_wait(ff_options *options, const char *value, ff_error *error)
{
    uint64_t seconds;
    if (!ff_slice_to_uint(ff_slice_of(value), &seconds) || seconds > FF_LIMIT_WAIT_SECONDS)
        return ff_error_set(error, FF_INVALID, "--max-wait takes seconds from 0 to %u, not '%s'", FF_LIMIT_WAIT_SECONDS,
                            value);
    options->max_wait = (uint32_t)seconds;
    options->bad_max_wait = NULL;
    return FF_OK;
}

static ff_status set_offline(ff_options *options, const char *value, ff_error *error)
{
    (void)value;
    (void)error;
    options->offline = true;
    return FF_OK;
}

static ff_status set_no_cache(ff_options *options, const char *value, ff_error *error)
{
    (void)value;
    (void)error;
    options->no_cache = true;
    return FF_OK;
}

static ff_status set_verbose(ff_options *options, const char *value, ff_error *error)
{
    (void)value;
    (void)error;
    options->verbose = true;
    return FF_OK;
}

static ff_status set_fail_on(ff_options *options, const char *value, ff_error *error)
{
    static const char *const verdicts[] = {"confirmed", "likely", "possible", "undecided"};
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        if (strcmp(value, verdicts[i]) == 0) {
            options->fail_on = value;
            return FF_OK;
        }
    return ff_error_set(error, FF_INVALID, "--fail-on takes confirmed, likely, possible or undecided, not '%s'", value);
}

static ff_status set_help(ff_options *options, const char *value, ff_error *error)
{
    (void)value;
    (void)error;
    options->help = true;
    return FF_OK;
}

enum { FOR_ALL = FF_FOR_TRIAGE | FF_FOR_CATALOG | FF_FOR_FETCH | FF_FOR_PR };

static const struct {
    const char *name, *letter; /* letter may be NULL */
    const char *argument;      /* NULL: takes none */
    const char *help;
    ff_option_fn set;
    unsigned users;
} OPTIONS[] = {
    {"--repo", "-R", "REPO", "the repository of the run: OWNER/REPO or HOST/OWNER/REPO", set_repository, FOR_ALL},
    {"--attempt", NULL, "N", "the attempt of the run; the latest if not given", set_attempt, FOR_ALL},
    {"--patterns", NULL, "PATH", "a further catalog file or folder; may be repeated", set_patterns, FOR_ALL},
    {"--checkout", NULL, "DIR", "the repository at the run's commit; nothing in it is executed", set_checkout,
     FF_FOR_TRIAGE | FF_FOR_PR},
    {"--format", NULL, "FORMAT", "markdown, text or json; text on a terminal, else markdown", set_format,
     FF_FOR_TRIAGE | FF_FOR_CATALOG},
    {"--output", "-o", "FILE", "write the result to FILE, not to standard output", set_output,
     FF_FOR_TRIAGE | FF_FOR_CATALOG | FF_FOR_PR},
    {"--output", "-o", "DIR|ZIP", "where to keep the run: a new folder, or a new .zip", set_output, FF_FOR_FETCH},
    {"--kind", NULL, "KIND", "fix or diagnose; fix where a cause is at least likely", set_kind, FF_FOR_PR},
    {"--title-file", NULL, "FILE", "write the title to FILE; else it stands above the body", set_title_file, FF_FOR_PR},
    {"--excerpt-lines", NULL, "N", "lines in the JSON excerpt, 50 if not given", set_excerpt_lines, FF_FOR_TRIAGE},
    {"--fail-on", NULL, "VERDICT",
     "exit with 1 at this verdict or a stronger one (undecided, possible, likely, confirmed)", set_fail_on,
     FF_FOR_TRIAGE},
    {"--threads", NULL, "N", "use N threads at most", set_threads, FF_FOR_TRIAGE | FF_FOR_PR},
    {"--max-wait", NULL, "SECONDS", "wait no longer for GitHub's rate limits, all together; 60 if not given",
     set_max_wait, FOR_ALL},
    {"--offline", NULL, NULL, "ask nobody: read a run of GitHub from the cache alone", set_offline, FOR_ALL},
    {"--no-cache", NULL, NULL, "neither read nor write the cache of GitHub's answers", set_no_cache, FOR_ALL},
    {"--verbose", "-v", NULL, "show each request on standard error, without secrets", set_verbose, FOR_ALL},
    {"--help", "-h", NULL, "show this help", set_help, FOR_ALL},
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
    return OPTIONS[option].set(options, value || !OPTIONS[option].argument ? value : argv[*at], error);
}

/* Parses everything behind the command's name. FF_OK, or FF_INVALID with one line for the user. */
static ff_status parse(ff_options *options, ff_option_users user, int argc, char **argv, ff_error *error)
{
    bool only_words = false;
    const char *max_wait = getenv("FIRSTFAULT_MAX_WAIT");
    *options = (ff_options){.max_wait = FF_MAX_WAIT_DEFAULT};
    if (max_wait && *max_wait && set_max_wait(options, max_wait, NULL) != FF_OK)
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
        status = set_patterns(options, options->words[i], error);
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
