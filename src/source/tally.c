#include "source/tally.h"

#include "source/gauge.h"

void ff_tally_count(ff_tally *tally, ff_slice name)
{
    if (tally->count++ == 0)
        tally->first = name;
}

void ff_tally_note(const ff_tally *tally, ff_run *run)
{
    if (tally->count == 0)
        return;
    ff_slice shown = ff_gauge_shown(run, tally->first);
    if (tally->count == 1)
        ff_notes_add(&run->notes, tally->partial, tally->code, "Not read (%s): \"%.*s\".", tally->reason,
                     FF_ARG(shown));
    else
        ff_notes_add(&run->notes, tally->partial, tally->code, "Not read (%s): \"%.*s\" and %zu more.", tally->reason,
                     FF_ARG(shown), tally->count - 1);
}
