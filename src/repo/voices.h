/* What the commands of a script print for certain, and which of it the step printed: the only witnesses of the course
 * that it took.
 *
 *     ff_voices voices;
 *     ff_voices_read(&voices, &script, printed, printed_count, &arena);
 *     text = ff_voices_witness(&voices, first_line, last_line, NULL);
 *
 * Read once, O(n log n) in commands and texts; a question costs one pass over what is said.
 */
#ifndef FF_REPO_VOICES_H
#define FF_REPO_VOICES_H

#include "base/error.h"
#include "shell/shell.h"

typedef struct ff_voice {
    ff_slice text;                  /* borrowed from the script */
    uint32_t command;               /* its index */
    uint32_t line;                  /* of that command */
    uint32_t first_line, last_line; /* of the first and last command that prints this text */
    bool alone;                     /* no other command does */
    bool heard;                     /* the step printed it */
} ff_voice;

typedef struct ff_voices {
    ff_voice *items; /* in text order */
    size_t count;
} ff_voices;

/* Reads what `script` says; `printed` is what the step printed of it. Memory from `arena`. FF_OK or FF_NOMEM. */
ff_status ff_voices_read(ff_voices *voices, const ff_shell_script *script, const ff_slice *printed, size_t count,
                         ff_arena *arena);

/* A text that was printed and that only commands within these lines print; the empty slice if there is none. `says`,
 * which may be NULL, is set to whether any command there prints something for certain. */
ff_slice ff_voices_witness(const ff_voices *voices, uint32_t first_line, uint32_t last_line, bool *says);

#endif
