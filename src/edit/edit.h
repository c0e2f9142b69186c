/* Edits of the repository's files as unified diffs: what a rule's `fix` means for the real lines.
 *
 *     ff_edit_wish wish = {.kind = FF_EDIT_DROP, .text = FF_LIT("manage.py migrate_schemas")};
 *     ff_edits edits = {0};
 *     ff_edit_make(repo, &wish, &edits, &arena);
 *     for (size_t i = 0; i < edits.count; i++) ... edits.items[i].path, .diff ...
 *
 * An edit changes lines of `run:` blocks in workflows and composite actions, and of shell scripts (`*.sh`), nothing
 * else. Where it cannot be made safely it is not made, and the reason is kept. Every diff is applied to a copy of the
 * file before it is handed out (`git apply` takes it as it is).
 */
#ifndef FF_EDIT_H
#define FF_EDIT_H

#include "repo/repo.h"
#include "shell/shell.h"

typedef enum ff_edit_kind {
    FF_EDIT_LINE, /* in lines that match `pattern`, the first match of each becomes `text` */
    FF_EDIT_DROP, /* the command `text` is taken out: of `if help X; then … else E fi` E stays, of `X || Y` Y stays, a
                   * command that stands alone goes, or becomes `instead` if that is given, inside whatever runs it
                   * (`docker exec …`); see edit_drop.h */
    FF_EDIT_BEFORE, /* `text` is put, as a line of its own with the same indent, above lines that match `pattern` */
} ff_edit_kind;

typedef struct ff_edit_wish {
    ff_edit_kind kind;
    ff_slice pattern; /* PCRE2; refers to its groups by name, not by number */
    ff_slice text;
    ff_slice instead;
    ff_slice before,
        insert;            /* LINE only, and empty if it is alone: `insert` is also put above lines that match `before`,
                            * in the same script and shell. Where one of both finds nothing neither is made */
    ff_workflow_site site; /* where the fault was seen, from this repository; the edit is made there. Zeroed: not known;
                            * then it is made wherever it fits, but BEFORE nowhere */
    bool everywhere; /* and in each other place that needs it: the same command (DROP, also in shell scripts), the same
                      * line (LINE), the same line in a step of the same name (BEFORE) */
} ff_edit_wish;

/* One changed file. All in the arena. */
typedef struct ff_edit {
    ff_slice path;
    uint32_t start_line, end_line; /* of the old file: what the first to the last change covers */
    ff_slice diff;                 /* `diff --git …`, ends with a newline */
    ff_slice after;                /* the whole new text */
    bool at_site;                  /* the place where the fault was seen is among its changes */
} ff_edit;

typedef struct ff_edits {
    ff_edit *items; /* the site's file first, then by path */
    size_t count, cap;
    ff_slice refused; /* why a place that needs it was left alone, as a clause with the place, and how many more were;
                       * safe to show; empty: none was */
} ff_edits;

/* Makes the edits, FF_LIMIT_EDIT_FILES at most. No place to change is no failure: then there are none. FF_OK;
 * FF_INVALID for a pattern that does not compile; FF_NOMEM. */
ff_status ff_edit_make(ff_repo *repo, const ff_edit_wish *wish, ff_edits *edits, ff_arena *arena);

#endif
