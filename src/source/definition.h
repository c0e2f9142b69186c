/* Where a job is defined, as the runner states it: `owner/repository/.github/workflows/ci.yml@refs/heads/main`.
 *
 * The line `Job defined at: …` stands in `system.txt` and at the start of some raw logs. For a job of a called workflow
 * the lines `Reusable workflow chain:` follow, the run's own workflow first.
 */
#ifndef FF_SOURCE_DEFINITION_H
#define FF_SOURCE_DEFINITION_H

#include "source/run.h"

/* True for OWNER/REPOSITORY in the characters that GitHub allows. */
bool ff_definition_is_repository(ff_slice text);

/* Fills in repository, workflow path and branch of the run, each only where it is not known yet, from one definition.
 * Anything that is no definition, or one of another repository, changes nothing. A branch is taken from refs/heads/
 * only. */
void ff_definition_note(ff_run *run, ff_slice definition);

/* The same from a whole `system.txt`, which knows the chain of a called workflow. */
void ff_definition_note_system(ff_run *run, ff_slice text);

#endif
