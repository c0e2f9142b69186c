/* firstfault: the program. Finds the command in a table and runs it. */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/online.h"
#include "cli/output.h"

#include <firstfault/firstfault.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const ff_command COMMANDS[] = {
    {"triage", "[OPTION]... TARGET", "say which fault came first in one failed run", ff_command_triage},
    {"pr", "[OPTION]... TARGET", "draft the pull request that repairs it", ff_command_pr},
    {"fetch", "[OPTION]... TARGET -o DIR|ZIP", "keep a run of GitHub, to triage it again offline", ff_command_fetch},
    {"scan", "-R OWNER/REPO [OPTION]...", "say what failed in many runs, what is new and what is one and the same",
     ff_command_scan},
    {"catalog", "SUBCOMMAND [OPTION]...", "show, check and grow the catalog of rules", ff_command_catalog},
};

enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

static void on_signal(int number)
{
    (void)number;
    ff_output_abandon();
    ff_online_end_progress();
    _exit(FF_EXIT_INTERRUPTED);
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    /* A reader that went away is an error of write(), not the end of the program. */
    (void)signal(SIGPIPE, SIG_IGN);
}

static void print_usage(void)
{
    printf("firstfault %s: which fault came first in a failed GitHub Actions run\n\n", ff_version());
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  firstfault %s %s\n      %s\n", COMMANDS[i].name, COMMANDS[i].usage, COMMANDS[i].summary);
    printf("\n  firstfault COMMAND --help\n  firstfault --version\n");
}

int main(int argc, char **argv)
{
    catch_signals();
    if (argc < 2) {
        ff_message("needs a command; try: firstfault triage run.zip, or firstfault --help");
        return FF_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("firstfault %s\n", ff_version());
        return FF_EXIT_DONE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_usage();
        return FF_EXIT_DONE;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(argv[1], COMMANDS[i].name) == 0)
            return (int)COMMANDS[i].run(argc - 1, argv + 1);
    if (access(argv[1], R_OK) == 0 || strcmp(argv[1], "-") == 0)
        ff_message("'%s' is no command; did you mean: firstfault triage %s", argv[1], argv[1]);
    else
        ff_message("unknown command '%s'; firstfault --help lists them", argv[1]);
    return FF_EXIT_USAGE;
}
