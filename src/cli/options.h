/* Options of a command line, from one table: the parser, the help text and the manual page follow it. */
#ifndef FF_CLI_OPTIONS_H
#define FF_CLI_OPTIONS_H

#include "base/error.h"
#include "cli/command.h"

#include <stdbool.h>

enum {
    FF_PATTERN_PATHS_MAX = 16,
    FF_LIST_MAX = 64,
    FF_WORDS_MAX = 64,
    FF_ATTEMPT_MAX = 10000,
    FF_SCAN_LIMIT_MAX = 1000000
};

/* Which commands take an option; bits. */
typedef enum ff_option_users {
    FF_FOR_TRIAGE = 1,
    FF_FOR_CATALOG = 2,
    FF_FOR_FETCH = 4,
    FF_FOR_PR = 8,
    FF_FOR_SCAN = 16,
    FF_FOR_HISTORY = 32,
} ff_option_users;

/* The values of an option that may be repeated. */
typedef struct ff_option_list {
    const char *items[FF_LIST_MAX];
    size_t count;
} ff_option_list;

typedef struct ff_options {
    const char *words[FF_WORDS_MAX]; /* what is no option: targets, names of subcommands */
    size_t word_count;
    const char *format;     /* NULL: by what standard output is */
    const char *output;     /* NULL: standard output */
    const char *repository; /* NULL: what the target or the log says */
    const char *checkout;   /* NULL: none */
    const char *kind;       /* NULL: the fix, or else the evidence */
    const char *title_file; /* NULL: above the body */
    const char *fail_on;    /* NULL: never */
    const char *patterns[FF_PATTERN_PATHS_MAX];
    size_t pattern_count;
    size_t own_patterns;    /* of these, so many last ones were arguments: a layer of their own */
    uint32_t excerpt_lines; /* 0: the default */
    uint32_t threads;
    uint32_t attempt;         /* 0: what the target says, else the latest */
    uint32_t max_wait;        /* seconds */
    const char *bad_max_wait; /* what FIRSTFAULT_MAX_WAIT holds instead of seconds; NULL: nothing of the kind */
    bool offline, no_cache, verbose;
    bool help;
    /* Of a scan; NULL and 0: not given. */
    ff_option_list repositories, organizations;
    ff_option_list also; /* FORMAT=FILE, checked */
    const char *repositories_file;
    const char *since, *until, *keep;
    const char *branch, *workflow, *event;
    const char *database;
    uint32_t limit, jobs;
    bool include_cancelled;
} ff_options;

/* What a command says of itself. */
typedef struct ff_option_command {
    ff_option_users user;
    void (*print_usage)(void); /* to standard output */
} ff_option_command;

/* Parses everything behind the command's name, argv[0]; strings borrow from argv. Says on standard error what is wrong,
 * and prints the help if that was asked for. True if the command is to go on; else `result` is its exit status. */
bool ff_options_ready(ff_options *options, const ff_option_command *command, int argc, char **argv, ff_exit *result);

/* Makes the words paths of catalogs, as if --patterns stood before each. FF_OK or FF_INVALID. */
ff_status ff_options_words_are_patterns(ff_options *options, ff_error *error);

/* Prints the options of a command to standard output. */
void ff_options_print_help(ff_option_users user);

#endif
