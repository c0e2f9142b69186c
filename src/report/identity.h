/* What identifies a run, and the run that it is compared with: as known by GitHub's API.
 *
 *     ff_identity_say(&voice, run);          CI · push on main · 0a1b2c3 · 2025-12-01 05:13 UTC · attempt 1 of 1
 *     ff_identity_say_green(&voice, run);    4700 of 2025-12-01 05:13 UTC, commit ffeeddc; what changed since:
 * https://…
 */
#ifndef FF_REPORT_IDENTITY_H
#define FF_REPORT_IDENTITY_H

#include "report/voice.h"
#include "source/run.h"

/* Only what is known. False, with nothing said, for a run whose facts are not from the API. */
bool ff_identity_say(const ff_voice *voice, const ff_run *run);

/* `push` or `pull_request from`, and the branch. False, with nothing said, if neither is known. */
bool ff_identity_say_event(const ff_voice *voice, const ff_run *run);

/* The last run that passed, with the address that compares the commits where all its parts have the right form; only if
 * run->last_green.id. */
void ff_identity_say_green(const ff_voice *voice, const ff_run *run);

#endif
