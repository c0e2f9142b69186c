/* What run a user means: a run's or job's URL, or a run's id with a repository.
 *
 *     ff_target target;
 *     if (ff_target_read(&target, FF_LIT("https://github.com/o/r/actions/runs/1/job/2"), (ff_slice){0})) ...
 */
#ifndef FF_FETCH_TARGET_H
#define FF_FETCH_TARGET_H

#include "base/slice.h"

#include <stdint.h>

typedef struct ff_target {
    ff_slice host;        /* empty: none was named */
    ff_slice owner, name; /* of the repository; empty: none was named */
    uint64_t run;         /* 0: the URL names a job without its run */
    uint32_t attempt;     /* 0: the latest */
    uint64_t job;         /* 0: the whole run */
} ff_target;

/* Takes `text` apart; slices borrow from it or from `repository` (`OWNER/REPO` or `HOST/OWNER/REPO`, may be empty),
 * which counts only where the text names none. Understands https://HOST/OWNER/REPO/actions/runs/ID with /attempts/N,
 * /job/ID, whatever follows, query and fragment; the API's own URLs of runs and jobs, and
 * https://HOST/OWNER/REPO/runs/ID of a job's checks, which give a job without a run; and a bare id. False, with
 * `target` untouched, if the text names neither; a `repository` of bad form is left out. */
bool ff_target_read(ff_target *target, ff_slice text, ff_slice repository);

/* True for OWNER/REPO or HOST/OWNER/REPO in the characters that GitHub allows. */
bool ff_target_is_repository(ff_slice text);

#endif
