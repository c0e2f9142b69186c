#include "source/tally.h"

#include "source/names.h"

void ff_tally_count(ff_tally *tally, ff_slice name)
{
    if (tally->count++ == 0)
        tally->first = name;
}

void ff_tally_note(const ff_tally *tally, ff_run *run)
{
    if (tally->count == 0)
        return;
    const char *shown = ff_entry_name_shown(run->arena, tally->first);
    if (tally->count == 1)
        ff_notes_add(&run->notes, tally->partial, tally->code, "Not read (%s): \"%s\".", tally->reason, shown);
    else
        ff_notes_add(&run->notes, tally->partial, tally->code, "Not read (%s): \"%s\" and %zu more.", tally->reason,
                     shown, tally->count - 1);
}
