#include "cli/catalog.h"

#include "base/limits.h"
#include "cli/load.h"
#include "cli/message.h"
#include "cli/online.h"
#include "cli/output.h"

#include <stdio.h>

static const struct {
    const char *name, *usage, *summary;
    size_t least, most; /* arguments */
    bool paths;         /* the arguments are catalogs, a layer of their own above all others */
    bool formats;       /* --format means something */
    bool reads;         /* the argument is a log or a file, which may be at fault itself */
    ff_status (*run)(ff_catalog_task *task, ff_error *error);
} SUBCOMMANDS[] = {
    {"list", " [GLOB]...", "families with counts and origin; the rules that a glob fits", 0, FF_WORDS_MAX, false, true,
     false, ff_catalog_task_list},
    {"show", " ID", "one rule, whole, with the literals of its patterns", 1, 1, false, false, false,
     ff_catalog_task_show},
    {"lint", " [PATH]...", "look for what is wrong or slow in rules", 0, FF_PATTERN_PATHS_MAX, true, false, false,
     ff_catalog_task_lint},
    {"test", " [PATH]...", "run every example against every rule", 0, FF_PATTERN_PATHS_MAX, true, false, false,
     ff_catalog_task_test},
    {"explain", " FILE|-", "which rule hit which line of a text, and why", 1, 1, false, false, true,
     ff_catalog_task_explain},
    {"import", " FILE|-", "rules from GitHub's problem matchers", 1, 1, false, false, true, ff_catalog_task_import},
    {"export", " ID|GLOB...", "problem matchers from rules, as far as they can say it", 1, FF_WORDS_MAX, false, false,
     false, ff_catalog_task_export},
    {"draft", " TARGET", "a rule to begin with, for failures that no rule knows", 1, 1, false, false, true,
     ff_catalog_task_draft},
};

enum { SUBCOMMAND_COUNT = sizeof SUBCOMMANDS / sizeof *SUBCOMMANDS };

static void print_usage(void)
{
    printf("Usage: firstfault catalog SUBCOMMAND [OPTION]... [ARGUMENT]...\n\n"
           "Shows, checks and grows the catalog of rules.\n\n");
    for (size_t i = 0; i < SUBCOMMAND_COUNT; i++)
        printf("  catalog %s%s\n      %s\n", SUBCOMMANDS[i].name, SUBCOMMANDS[i].usage, SUBCOMMANDS[i].summary);
    printf("\n");
    ff_options_print_help(FF_FOR_CATALOG);
    printf("\nExit status: 0 fine, 1 something to complain about, 2 usage or catalog error,\n"
           "3 something could not be read or written, 4 not authorised, 130 interrupted.\n");
}

/* Loads the catalog and does the task, which is filled in for it. */
static ff_status perform(ff_catalog_task *task, size_t subcommand, ff_error *error)
{
    ff_options layers = *task->options;
    ff_catalog *catalog = NULL;
    if (task->options->format && !SUBCOMMANDS[subcommand].formats)
        return ff_error_set(error, FF_INVALID, "catalog %s has one format only", SUBCOMMANDS[subcommand].name);
    ff_status status = SUBCOMMANDS[subcommand].paths ? ff_options_words_are_patterns(&layers, error) : FF_OK;
    if (status == FF_OK)
        status = ff_load_catalog(&catalog, &layers, error);
    task->catalog = catalog;
    if (status == FF_OK) {
        status = SUBCOMMANDS[subcommand].run(task, error);
        /* An error with a line is what a catalog or matcher says; without one the argument could not be read. */
        if (status != FF_OK && task->result == FF_EXIT_DONE && SUBCOMMANDS[subcommand].reads && !error->line)
            task->result = ff_online_exit(error);
    }
    ff_catalog_free(catalog);
    return status == FF_OK ? ff_buf_status(&task->out) : status;
}

static ff_exit run(const ff_options *options, size_t subcommand)
{
    ff_error error = {0};
    ff_catalog_task task = {.options = options, .result = FF_EXIT_DONE};
    ff_buf_init(&task.out, FF_LIMIT_REPORT_BYTES);
    ff_status status = perform(&task, subcommand, &error);
    if (status != FF_OK && task.result == FF_EXIT_DONE)
        task.result = FF_EXIT_USAGE;
    if (status == FF_OK) {
        status = ff_output_write(options->output, ff_buf_slice(&task.out), &error);
        if (status != FF_OK)
            task.result = FF_EXIT_PARTIAL;
    }
    if (status != FF_OK)
        ff_message("%s", error.text[0] ? error.text : ff_status_name(status));
    ff_buf_release(&task.out);
    return task.result;
}

static size_t find_subcommand(const char *name)
{
    size_t i = 0;
    while (i < SUBCOMMAND_COUNT && strcmp(name, SUBCOMMANDS[i].name) != 0)
        i++;
    return i;
}

/* The first word is the subcommand, the others are its own. */
static ff_exit choose(ff_options *options)
{
    size_t i = find_subcommand(options->words[0]);
    if (i == SUBCOMMAND_COUNT) {
        ff_message("unknown subcommand '%s'; firstfault catalog --help lists them", options->words[0]);
        return FF_EXIT_USAGE;
    }
    options->word_count--;
    memmove(options->words, options->words + 1, options->word_count * sizeof *options->words);
    if (options->word_count < SUBCOMMANDS[i].least || options->word_count > SUBCOMMANDS[i].most) {
        ff_message("usage: firstfault catalog %s%s", SUBCOMMANDS[i].name, SUBCOMMANDS[i].usage);
        return FF_EXIT_USAGE;
    }
    return run(options, i);
}

ff_exit ff_command_catalog(int argc, char **argv)
{
    static const ff_option_command command = {FF_FOR_CATALOG, print_usage};
    ff_options options;
    ff_exit result;
    if (!ff_options_ready(&options, &command, argc, argv, &result))
        return result;
    if (options.word_count == 0) {
        ff_message("catalog needs a subcommand; firstfault catalog --help lists them");
        return FF_EXIT_USAGE;
    }
    return choose(&options);
}
