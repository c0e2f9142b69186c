/* What commands that ask GitHub share: options and environment put together, progress on a terminal, requests with -v.
 */
#ifndef FF_CLI_ONLINE_H
#define FF_CLI_ONLINE_H

#include "cli/command.h"
#include "cli/options.h"

#include <firstfault/online.h>

/* How to ask, by the options. */
ff_online ff_online_of(const ff_options *options);

/* True if somebody sits at a terminal to see progress; then a line of it, which replaces the one before. */
bool ff_online_is_watched(void);
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void ff_online_show(const char *format, ...);

/* Ends the line of progress, if one stands on the terminal; before anything else is written there. A signal handler may
 * call it. */
void ff_online_end_progress(void);

/* The repository of `target`: the option's; for a run's id else GH_REPO, else GITHUB_REPOSITORY; NULL: none. Borrowed.
 */
const char *ff_online_repository(const ff_options *options, const char *target);

/* True if the options about asking go together. Else says what is wrong. */
bool ff_online_is_sound(const ff_options *options);

/* True if they do and `target` names a run and a repository is known for it. Else says what is missing. */
bool ff_online_is_complete(const ff_options *options, const char *target);

/* The exit status of an error. */
ff_exit ff_online_exit(const ff_error *error);

#endif
