/* The names that GitHub gives to the entries of a log archive, and what they say.
 *
 * `<ordinal>_<job>.txt` is a whole job (older archives have negative and repeated ordinals),
 * `<job>/<number>_<step>.txt` one step,
 * `<job>/system.txt` the runner's facts about a job. The older service deletes `/` and `:` from names, the newer one
 * replaces more characters by `_`; names are cut at 90 UTF-16 units; a second job of the same name gets ` (1)`.
 */
#ifndef FF_SOURCE_NAMES_H
#define FF_SOURCE_NAMES_H

#include "base/arena.h"
#include "base/slice.h"

typedef enum ff_entry_kind {
    FF_ENTRY_OTHER, /* not part of a log archive */
    FF_ENTRY_JOB,
    FF_ENTRY_STEP,
    FF_ENTRY_SYSTEM,
} ff_entry_kind;

typedef struct ff_entry_name {
    ff_entry_kind kind;
    ff_slice job;   /* as spelled in the archive */
    ff_slice step;  /* as spelled in the archive; only for FF_ENTRY_STEP */
    int64_t number; /* ordinal of a job, number of a step */
} ff_entry_name;

/* Takes an entry's name apart; slices borrow from `name`. */
ff_entry_name ff_entry_name_parse(ff_slice name);

/* True if the name can be used as it is: not empty, at most FF_LIMIT_NAME_BYTES, relative, no `..`, no control byte. */
bool ff_entry_name_is_safe(ff_slice name);

/* True for what desktops leave in folders and archives (`.DS_Store`, `__MACOSX/…`, `Thumbs.db`), and for folders. */
bool ff_entry_name_is_clutter(ff_slice name);

/* A name as notes and error texts show it: safe, secrets masked, at most 160 bytes, NUL behind it; in the arena, or a
 * static string without memory. */
const char *ff_entry_name_shown(ff_arena *arena, ff_slice name);

/* True if `spelled`, from an archive, can be how some version of the service writes the job name `full`: either
 * style of replacement (each character that file names may not have is deleted or becomes `_`), cut at 90 UTF-16 units
 * (half a surrogate pair at the cut becomes U+FFFD), with or without a ` (N)` for a duplicate. Anchored: the whole
 * name. Bytes that are no UTF-8 fit themselves only. */
bool ff_entry_name_fits(ff_slice spelled, ff_slice full);

#endif
