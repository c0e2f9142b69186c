/* Which actions the runner downloaded for a job, and in which round.
 *
 * `Getting action download info` opens a round, `Download action repository 'actions/cache@v4' (SHA:…)` names an
 * action. The first round of a job's set-up fetches what its own steps use; later rounds fetch what composite actions
 * use inside. So an action that only a later round names belongs to a composite.
 *
 *     ff_downloads_line(&downloads, text, in_setup, notes);
 *     if (ff_downloads_use(&downloads, FF_LIT("actions/cache@v4")) == FF_USED_INSIDE) ...
 */
#ifndef FF_LOG_DOWNLOAD_H
#define FF_LOG_DOWNLOAD_H

#include "base/limits.h"
#include "base/notes.h"
#include "base/slice.h"

typedef enum ff_action_use { FF_USED_UNKNOWN, FF_USED_BY_JOB, FF_USED_INSIDE } ff_action_use;

typedef struct ff_downloads {
    uint32_t round;
    uint32_t count;
    uint64_t names[FF_LIMIT_ACTIONS]; /* hashes of `owner/repository@ref` */
    bool inside[FF_LIMIT_ACTIONS];
} ff_downloads;

/* Looks at one line of the runner; `in_setup`: it stands before the first step. Past FF_LIMIT_ACTIONS the note
 * `actions-limit` is added and nothing more is kept. */
void ff_downloads_line(ff_downloads *downloads, ff_slice text, bool in_setup, ff_notes *notes);

/* Who uses `action`, written as in a step's title: `owner/repository/path@ref`. */
ff_action_use ff_downloads_use(const ff_downloads *downloads, ff_slice action);

#endif
