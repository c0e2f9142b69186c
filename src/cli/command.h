/* The commands of the program: a table of name, summary and function; one file a command. */
#ifndef FF_CLI_COMMAND_H
#define FF_CLI_COMMAND_H

/* Exit statuses, as docs/firstfault.1 promises them. */
typedef enum ff_exit {
    FF_EXIT_DONE = 0,
    FF_EXIT_FOUND = 1,   /* a diagnosis at or above --fail-on */
    FF_EXIT_USAGE = 2,   /* usage, configuration or catalog error */
    FF_EXIT_PARTIAL = 3, /* something, or everything, could not be read */
    FF_EXIT_DENIED = 4,  /* a token was refused or lacks a permission, and so nothing could be read */
    FF_EXIT_INTERRUPTED = 130,
} ff_exit;

typedef struct ff_command {
    const char *name;
    const char *usage;                     /* what stands behind the name */
    const char *summary;                   /* one line */
    ff_exit (*run)(int argc, char **argv); /* argv[0] is the command's name */
} ff_command;

/* The commands. Each parses its arguments, does its work, says on standard error what went wrong. */
ff_exit ff_command_triage(int argc, char **argv);
ff_exit ff_command_pr(int argc, char **argv);
ff_exit ff_command_fetch(int argc, char **argv);
ff_exit ff_command_scan(int argc, char **argv);
ff_exit ff_command_catalog(int argc, char **argv);

#endif
