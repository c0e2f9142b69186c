/* The subcommands of `firstfault catalog`: one file each, a row each in catalog.c. */
#ifndef FF_CLI_CATALOG_H
#define FF_CLI_CATALOG_H

#include "base/slice.h"
#include "cli/command.h"
#include "cli/options.h"

/* Each gets the options with the subcommand's own arguments in `words`, does its work, says on standard error what went
 * wrong. */
ff_exit ff_catalog_command_list(const ff_options *options);
ff_exit ff_catalog_command_show(const ff_options *options);
ff_exit ff_catalog_command_lint(const ff_options *options);
ff_exit ff_catalog_command_draft(const ff_options *options);
ff_exit ff_catalog_command_explain(const ff_options *options);
ff_exit ff_catalog_command_test(const ff_options *options);

/* Writes a finished text to where the options say. FF_EXIT_DONE, or FF_EXIT_PARTIAL with a line on standard error. */
ff_exit ff_catalog_write(const ff_options *options, ff_slice text);

#endif
