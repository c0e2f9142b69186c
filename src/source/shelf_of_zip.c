#include "source/shelf_of_zip.h"

/* Note codes. */
static const char *const CODES[FF_ZIP_PROBLEM_COUNT] = {
    [FF_ZIP_ENCRYPTED] = "entry-encrypted", [FF_ZIP_METHOD] = "entry-method",   [FF_ZIP_DAMAGED] = "entry-damaged",
    [FF_ZIP_OUTSIDE] = "entry-damaged",     [FF_ZIP_OVERLAP] = "entry-overlap",
};

static ff_status open_entry(void *self, size_t entry, ff_reader *reader, ff_error *error)
{
    return ff_zip_enter(self, (uint32_t)entry, reader, error);
}

ff_status ff_shelf_of_zip(ff_shelf *shelf, ff_zip *zip, ff_arena *arena, ff_error *error)
{
    *shelf = (ff_shelf){.what = "archive", .checked = true, .open = open_entry, .self = zip};
    for (uint32_t i = 0; i < ff_zip_count(zip); i++) {
        const ff_zip_record *record = ff_zip_entry(zip, i);
        ff_entry *entry = FF_ARRAY_PUSH(arena, shelf);
        if (!entry)
            return ff_error_set(error, FF_NOMEM, "out of memory");
        *entry = (ff_entry){.name = record->name, .size = record->size, .crc = record->crc};
        entry->trouble = (ff_trouble){CODES[record->problem], ff_zip_problem_text(record->problem)};
    }
    return FF_OK;
}
