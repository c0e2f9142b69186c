/* The scripts that the runner echoes before it runs them, and which of their own messages came out.
 *
 * While lines pass, the echo of each `run:` step is kept; then each line that the step prints is compared with the
 * texts that the script's `echo` commands would print: they show which way the script went.
 *
 *     ff_scripts *scripts = NULL;
 *     ff_scripts_new(&scripts, run);
 *     ... ff_scripts_line(scripts, &line, sequence) ...
 *     const ff_script *script = ff_scripts_at(scripts, job, step, finding->first.sequence);
 *
 * Limits: FF_LIMIT_SCRIPT_BYTES of one, FF_LIMIT_SCRIPTS_BYTES of all; what is beyond is not kept. Texts are as they
 * came, untrusted and unmasked: what is shown of them goes through base/keep.h.
 */
#ifndef FF_DIAGNOSE_SCRIPTS_H
#define FF_DIAGNOSE_SCRIPTS_H

#include "base/buf.h"
#include "match/finding.h"
#include "shell/shell.h"

/* A text that the script would print, and the first line that is just this. */
typedef struct ff_saying {
    ff_slice text;
    bool printed;
    ff_kept_line line; /* if printed */
} ff_saying;

typedef struct ff_script {
    uint32_t job, step;
    uint64_t sequence; /* of its first line */
    ff_place place;    /* of its first line */
    uint32_t lines;
    ff_slice text;
    bool is_shell; /* a shell of the Bourne family runs it */
    ff_shell_options options;
    ff_saying *sayings;
    uint32_t saying_count;
} ff_script;

typedef struct ff_scripts ff_scripts;

/* `run` is borrowed; what is kept lives in its arena. FF_OK or FF_NOMEM. */
ff_status ff_scripts_new(ff_scripts **scripts, ff_run *run);
void ff_scripts_free(ff_scripts *scripts); /* NULL is fine */

/* Looks at the next line, `sequence` being its position in the run. FF_OK or FF_NOMEM. */
ff_status ff_scripts_line(ff_scripts *scripts, const ff_line *line, uint64_t sequence);

/* How many there are, and one of them, in log order. Borrowed from the run's arena. */
size_t ff_scripts_count(const ff_scripts *scripts);
const ff_script *ff_scripts_get(const ff_scripts *scripts, size_t index);

/* The last script of the step that begins at or before `sequence`: a composite action echoes several; its first
 * one if all begin later. NULL: the step has none. */
const ff_script *ff_scripts_at(const ff_scripts *scripts, uint32_t job, uint32_t step, uint64_t sequence);

#endif
