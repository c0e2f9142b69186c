/* Options of a command line, from one table: the parser, the help text and the manual page follow it. */
#ifndef FF_CLI_OPTIONS_H
#define FF_CLI_OPTIONS_H

#include "base/error.h"

#include <stdbool.h>

enum { FF_PATTERN_PATHS_MAX = 16 };

typedef struct ff_options {
    const char *target;     /* NULL: none given */
    const char *format;     /* NULL: by what standard output is */
    const char *output;     /* NULL: standard output */
    const char *repository; /* NULL: what the log says */
    const char *fail_on;    /* NULL: never */
    const char *patterns[FF_PATTERN_PATHS_MAX];
    size_t pattern_count;
    uint32_t excerpt_lines; /* 0: the default */
    uint32_t threads;
    bool help;
} ff_options;

/* Parses everything behind the command's name. Strings borrow from argv. FF_OK, or FF_INVALID with one line for the
 * user. `-h` and `--help` set `help`. */
ff_status ff_options_parse(ff_options *options, int argc, char **argv, ff_error *error);

/* Prints the table to standard output. */
void ff_options_print_help(void);

#endif
