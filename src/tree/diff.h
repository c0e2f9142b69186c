/* Unified diffs: made through libgit2 (only git*.c include git2.h), applied by an applier that knows no fuzz, so that a
 * diff can be proved before it is shown.
 *
 *     if (ff_diff_make(FF_LIT(".github/workflows/ci.yml"), before, after, &arena, &diff) == FF_OK && diff.len)
 *         proved = ff_diff_apply(before, diff, &arena, &again) == FF_OK && ff_slice_eq(again, after);
 */
#ifndef FF_TREE_DIFF_H
#define FF_TREE_DIFF_H

#include "base/arena.h"
#include "base/error.h"

/* The diff from `before` to `after` as git writes it, `path` on both sides, three lines of context, into the arena; the
 * empty slice for equal texts. The file is said to be a plain one, not executable; git minds neither. Byte for byte:
 * CRLF, a missing last newline and any encoding survive. FF_OK; FF_UNSUPPORTED for text with NUL bytes; FF_LIMIT for a
 * diff of more than FF_LIMIT_REPO_BYTES; FF_NOMEM. */
ff_status ff_diff_make(ff_slice path, ff_slice before, ff_slice after, ff_arena *arena, ff_slice *diff);

/* What becomes of `before` when `diff`, of one file, is applied to it; into the arena. FF_OK; FF_INVALID if it does not
 * apply cleanly; FF_NOMEM. */
ff_status ff_diff_apply(ff_slice before, ff_slice diff, ff_arena *arena, ff_slice *after);

/* The lines of the old file from the first to the last that `diff` changes, where a line that is only added counts as
 * the old one that it is put above; 0 for an empty diff. */
void ff_diff_extent(ff_slice diff, uint32_t *first, uint32_t *last);

#endif
