/* Where a group's runs failed: the repositories if the page is about several, jobs with the legs of their matrices,
 * branches.
 *
 *     ff_location_say_short(&pen, digest, group, 2);     `test` (3 legs) on `main`, `release/1` and 2 more
 */
#ifndef FF_DIGEST_LOCATION_H
#define FF_DIGEST_LOCATION_H

#include "digest/digest.h"
#include "digest/pen.h"

/* True if anything is known of it. */
bool ff_location_is(const ff_digest *digest, const ff_group *group);

/* Legs by name, and whether it happens in pull requests. */
void ff_location_say(const ff_pen *pen, const ff_digest *digest, const ff_group *group);

/* `acme/app` › `CI`: a workflow, behind its repository if the page is about several. */
void ff_location_say_workflow(const ff_pen *pen, const ff_digest *digest, ff_slice repository, ff_slice workflow);

/* The same of a run, and ` on` its branch. */
void ff_location_say_run(const ff_pen *pen, const ff_digest *digest, const ff_digest_run *run);

/* In a few words: at most `most` of each kind by name. */
void ff_location_say_short(const ff_pen *pen, const ff_digest *digest, const ff_group *group, size_t most);

#endif
