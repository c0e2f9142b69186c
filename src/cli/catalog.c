#include "cli/catalog.h"

#include "cli/message.h"
#include "cli/output.h"

#include <stdio.h>

static const struct {
    const char *name, *usage, *summary;
    size_t least, most; /* arguments */
    ff_exit (*run)(const ff_options *options);
} SUBCOMMANDS[] = {
    {"list", " [GLOB]...", "families with counts and origin; the rules that a glob fits", 0, FF_WORDS_MAX,
     ff_catalog_command_list},
    {"show", " ID", "one rule, whole, with the literals of its patterns", 1, 1, ff_catalog_command_show},
    {"lint", " [PATH]...", "look for what is wrong or slow in rules", 0, FF_PATTERN_PATHS_MAX, ff_catalog_command_lint},
    {"test", " [PATH]...", "run every example against every rule", 0, FF_PATTERN_PATHS_MAX, ff_catalog_command_test},
    {"explain", " FILE|-", "which rule hit which line of a text, and why", 1, 1, ff_catalog_command_explain},
    {"draft", " TARGET", "a rule to begin with, for failures that no rule knows", 1, 1, ff_catalog_command_draft},
};

enum { SUBCOMMAND_COUNT = sizeof SUBCOMMANDS / sizeof *SUBCOMMANDS };

ff_exit ff_catalog_write(const ff_options *options, ff_slice text)
{
    ff_error error = {0};
    if (ff_output_write(options->output, text, &error) == FF_OK)
        return FF_EXIT_DONE;
    ff_message("%s", error.text);
    return FF_EXIT_PARTIAL;
}

static void print_usage(void)
{
    printf("Usage: firstfault catalog SUBCOMMAND [OPTION]... [ARGUMENT]...\n\n"
           "Shows, checks and grows the catalog of rules.\n\n");
    for (size_t i = 0; i < SUBCOMMAND_COUNT; i++)
        printf("  catalog %s%s\n      %s\n", SUBCOMMANDS[i].name, SUBCOMMANDS[i].usage, SUBCOMMANDS[i].summary);
    printf("\n");
    ff_options_print_help(FF_FOR_CATALOG);
    printf("\nExit status: 0 fine, 1 something to complain about, 2 usage or catalog error,\n"
           "3 something could not be read or written, 130 interrupted.\n");
}

static ff_exit run(ff_options *options)
{
    const char *name = options->words[0];
    for (size_t i = 0; i < SUBCOMMAND_COUNT; i++) {
        if (strcmp(name, SUBCOMMANDS[i].name) != 0)
            continue;
        options->word_count--;
        memmove(options->words, options->words + 1, options->word_count * sizeof *options->words);
        if (options->word_count >= SUBCOMMANDS[i].least && options->word_count <= SUBCOMMANDS[i].most)
            return SUBCOMMANDS[i].run(options);
        ff_message("usage: firstfault catalog %s%s", SUBCOMMANDS[i].name, SUBCOMMANDS[i].usage);
        return FF_EXIT_USAGE;
    }
    ff_message("unknown subcommand '%s'; firstfault catalog --help lists them", name);
    return FF_EXIT_USAGE;
}

ff_exit ff_command_catalog(int argc, char **argv)
{
    ff_options options;
    ff_error error = {0};
    if (ff_options_parse(&options, FF_FOR_CATALOG, argc, argv, &error) != FF_OK) {
        ff_message("%s", error.text);
        return FF_EXIT_USAGE;
    }
    if (options.help) {
        print_usage();
        return FF_EXIT_DONE;
    }
    if (options.word_count == 0) {
        ff_message("catalog needs a subcommand; firstfault catalog --help lists them");
        return FF_EXIT_USAGE;
    }
    return run(&options);
}
