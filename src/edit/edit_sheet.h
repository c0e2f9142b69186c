/* One file of the repository while its scripts are changed: where their lines stand in it, and its new text. */
#ifndef FF_EDIT_SHEET_H
#define FF_EDIT_SHEET_H

#include "edit/edit_proof.h"

/* A changed line. */
typedef struct ff_edit_patch {
    uint32_t line;           /* of the file */
    ff_slice before, behind; /* what stands around the script's line in it */
    const ff_edit_row *row;
} ff_edit_patch;

typedef struct ff_edit_sheet {
    ff_arena *arena;
    ff_slice path, text;
    struct {
        ff_edit_patch *items; /* by line */
        size_t count, cap;
    } patches;
    struct {
        ff_edit_swap *items; /* the changed scripts of a workflow, by line */
        size_t count, cap;
    } swaps;
    uint32_t line; /* the last line that was looked up: it only goes forward */
    ff_slice rest; /* what follows it */
    ff_slice at;   /* its text, without its line end */
    bool at_site;
} ff_edit_sheet;

/* Starts with the old text. */
void ff_edit_sheet_init(ff_edit_sheet *sheet, ff_slice path, ff_slice text, ff_arena *arena);

/* Adds a changed script, which must stay as it is: of `step`, or the file itself if that is NULL. `why` becomes the
 * reason, a static clause, where its lines cannot be found in the file, or what came of it cannot be trusted; then
 * nothing was added. FF_OK or FF_NOMEM. */
ff_status ff_edit_sheet_add(ff_edit_sheet *sheet, const ff_edit_script *script, const ff_workflow_step *step,
                            const ff_edit_wish *wish, const char **why);

/* The file's new text, with the line ends that it had. FF_OK or FF_NOMEM. */
ff_status ff_edit_sheet_write(const ff_edit_sheet *sheet, ff_slice *after);

#endif
