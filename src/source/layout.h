/* The entries of a shelf that belong to a log archive, taken apart and sorted.
 *
 * Leaves out what desktops add, looks through folders that wrap the whole (`logs_123/…`), refuses unsafe names and
 * second entries of one name, and says so in notes.
 *
 *     ff_layout layout = {0};
 *     ff_layout_make(&layout, &shelf, run, &arena, &error);
 */
#ifndef FF_SOURCE_LAYOUT_H
#define FF_SOURCE_LAYOUT_H

#include "source/names.h"
#include "source/shelf.h"

typedef struct ff_member {
    ff_entry_name name; /* never FF_ENTRY_OTHER */
    uint32_t entry;     /* index in the shelf */
} ff_member;

/* Parts by job name, then whole-job files, step files and system.txt, each by number, then name. */
typedef struct ff_layout {
    ff_member *items;
    size_t count, cap;
    ff_slice inner; /* name of the first archive inside; empty: none */
} ff_layout;

/* Memory from `arena`; names borrow from the shelf. FF_OK; FF_INVALID (several runs side by side), FF_NOMEM. */
ff_status ff_layout_make(ff_layout *layout, const ff_shelf *shelf, ff_run *run, ff_arena *arena, ff_error *error);

#endif
