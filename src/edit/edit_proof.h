/* What an edit made is read again before anybody sees it. */
#ifndef FF_EDIT_PROOF_H
#define FF_EDIT_PROOF_H

#include "edit/edit.h"
#include "edit/edit_script.h"

/* One changed `run:` of a file. */
typedef struct ff_edit_swap {
    ff_slice before, after;
} ff_edit_swap;

/* True if `after`, the new text of the script, can be read to its end where the old one could, and has the commands
 * that this kind of edit may leave: for BEFORE all the old ones, for DROP none but old ones, each besides those of
 * `added`. FF_OK or FF_NOMEM. */
ff_status ff_edit_prove_script(const ff_edit_script *script, ff_slice after, ff_edit_kind kind, ff_slice added,
                               bool *sound);

/* True if both texts are YAML, and differ in nothing but these scripts, in the order of the file. FF_OK or FF_NOMEM. */
ff_status ff_edit_prove_file(ff_slice before, ff_slice after, const ff_edit_swap *swaps, size_t count, bool *sound);

/* True if `diff`, applied to `before`, gives `after`. FF_OK or FF_NOMEM. */
ff_status ff_edit_prove_diff(ff_slice before, ff_slice diff, ff_slice after, bool *sound);

#endif
