#include "source/gauge.h"

#include "base/limits.h"
#include "source/names.h"
#include "source/sniff.h"

void ff_gauge_init(ff_gauge *gauge, ff_run *run)
{
    *gauge = (ff_gauge){.run = run, .entry_limit = FF_LIMIT_ENTRY_BYTES, .run_limit = FF_LIMIT_RUN_BYTES};
}

void ff_gauge_fail(ff_gauge *gauge, ff_slice name, ff_status status, const ff_error *reason)
{
    ff_notes_add(&gauge->run->notes, true, status == FF_IO ? "entry-unreadable" : "entry-damaged",
                 "\"%s\" could not be read to its end: %s.", ff_entry_name_shown(gauge->run->arena, name),
                 reason->text);
}

/* At a limit: reading one byte more tells whether anything is left out. */
static ff_status end_at_limit(ff_gauge *gauge, bool of_run, ff_error *error)
{
    char probe;
    size_t got = 0;
    ff_status status = gauge->inner.read(gauge->inner.self, &probe, 1, &got, error);
    if (status == FF_END || status == FF_NOMEM)
        return status;
    if (of_run)
        ff_notes_add(&gauge->run->notes, true, "run-limit",
                     "The logs hold more than %llu bytes; the rest was not read.",
                     (unsigned long long)gauge->run_limit);
    else
        ff_notes_add(&gauge->run->notes, true, "entry-limit",
                     "\"%s\" holds more than %llu bytes; the rest was not read.",
                     ff_entry_name_shown(gauge->run->arena, gauge->name), (unsigned long long)gauge->entry_limit);
    return FF_END;
}

/* The first piece tells a file of another kind under a log's name, such as an archive in the archive. */
static bool is_foreign(ff_gauge *gauge, ff_slice piece)
{
    const char *format = gauge->produced == 0 ? ff_sniff_format(piece) : NULL;
    if (format)
        ff_notes_add(&gauge->run->notes, true, "entry-not-text", "\"%s\" is no log and was not read: it is %s.",
                     ff_entry_name_shown(gauge->run->arena, gauge->name), format);
    return format != NULL;
}

static ff_status read_counted(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    ff_gauge *gauge = self;
    uint64_t entry_left = gauge->entry_limit - gauge->produced;
    uint64_t run_left = gauge->run_limit - gauge->run->bytes_read;
    uint64_t left = entry_left < run_left ? entry_left : run_left;
    *got = 0;
    if (left == 0)
        return end_at_limit(gauge, run_left == 0, error);
    ff_error reason = {0};
    ff_status status = gauge->inner.read(gauge->inner.self, into, left < cap ? (size_t)left : cap, got, &reason);
    if (status == FF_OK && is_foreign(gauge, (ff_slice){into, *got})) {
        *got = 0;
        return FF_END;
    }
    if (status == FF_NOMEM)
        return ff_error_set(error, FF_NOMEM, "%s", reason.text);
    if (status != FF_OK && status != FF_END) {
        ff_gauge_fail(gauge, gauge->name, status, &reason);
        return FF_END;
    }
    gauge->produced += *got;
    gauge->run->bytes_read += *got;
    return status;
}

ff_reader ff_gauge_start(ff_gauge *gauge, ff_slice name, ff_reader inner)
{
    gauge->inner = inner;
    gauge->name = name;
    gauge->produced = 0;
    gauge->run->entries_read++;
    return (ff_reader){read_counted, gauge};
}
