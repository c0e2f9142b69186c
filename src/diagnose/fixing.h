/* The edits that a rule's fixes mean for the real files, as diffs. */
#ifndef FF_DIAGNOSE_FIXING_H
#define FF_DIAGNOSE_FIXING_H

#include "diagnose/case.h"
#include "edit/edit.h"

/* True if the fix is for these captures: those of its `when` have the values that it wants, and it is not the general
 * one of a rule that has a special one for them. */
bool ff_fix_applies(const ff_case *c, const ff_diagnosis *diagnosis, const ff_fix *fix);

/* The edits of a fix, in the tree as it is, into the arena; none where it has none, or where they cannot be made. FF_OK
 * or FF_NOMEM. */
ff_status ff_fix_edit(ff_case *c, const ff_diagnosis *diagnosis, const ff_fix *fix, ff_arena *arena, ff_edits *edits);

/* A diff is shown as it is or not at all: one with a masked secret or an escaped control byte would not apply. */
bool ff_fix_is_showable(ff_slice diff);

/* Appends the advice of a fix: its words, and one advice more for each further file that its edit changes. FF_OK or
 * FF_NOMEM. */
ff_status ff_fix_advise(ff_case *c, ff_diagnosis *diagnosis, const ff_fix *fix);

#endif
