/* Counts the entries that are left out for one reason, so that ten thousand of them make one note.
 *
 *     ff_tally tally = {.code = "entry-encrypted", .reason = "encrypted", .partial = true};
 *     ff_tally_count(&tally, name);
 *     ff_tally_note(&tally, run);     -> Not read (encrypted): "a.txt" and 9 more.
 */
#ifndef FF_SOURCE_TALLY_H
#define FF_SOURCE_TALLY_H

#include "source/run.h"

typedef struct ff_tally {
    const char *code;   /* of the note; static */
    const char *reason; /* static */
    bool partial;
    ff_slice first; /* name of the first one; borrowed */
    size_t count;
} ff_tally;

/* Counts one entry; the first name is kept for the note and must live as long as the tally. */
void ff_tally_count(ff_tally *tally, ff_slice name);

/* Adds the note if anything was counted. */
void ff_tally_note(const ff_tally *tally, ff_run *run);

#endif
