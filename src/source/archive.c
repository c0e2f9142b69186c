/* Logs in a ZIP file: on disk, in memory, or copied from a stream. */
#include "archive/endrecord.h"
#include "archive/zip.h"
#include "source/kind.h"
#include "source/sniff.h"

/* Note codes. */
static const char *const CODES[FF_ZIP_PROBLEM_COUNT] = {
    [FF_ZIP_ENCRYPTED] = "entry-encrypted", [FF_ZIP_METHOD] = "entry-method",   [FF_ZIP_DAMAGED] = "entry-damaged",
    [FF_ZIP_OUTSIDE] = "entry-damaged",     [FF_ZIP_OVERLAP] = "entry-overlap",
};

/* A ZIP file may begin with anything, such as a program that unpacks it; what ends it is an end record. One that was
 * cut short still begins like one. */
static bool accepts(const ff_input *input)
{
    if (input->form == FF_INPUT_FOLDER)
        return false;
    ff_end_record end = {0};
    return ff_sniff_is_zip(input->head) ||
           (input->form == FF_INPUT_BLOB && ff_end_record_find(&input->blob, &end, NULL) == FF_OK && end.entries > 0);
}

static ff_status open_entry(void *self, size_t entry, ff_reader *reader, ff_error *error)
{
    return ff_zip_enter(self, (uint32_t)entry, reader, error);
}

static bool add_entry(ff_source *source, const ff_zip_record *record)
{
    ff_entry *entry = FF_ARRAY_PUSH(&source->arena, &source->shelf);
    if (!entry)
        return false;
    *entry = (ff_entry){.name = record->name, .size = record->size, .crc = record->crc};
    entry->trouble = (ff_trouble){CODES[record->problem], ff_zip_problem_text(record->problem)};
    return true;
}

static ff_status open_archive(ff_source *source, ff_error *error)
{
    ff_status status = source->input.form == FF_INPUT_STREAM ? ff_input_spool(&source->input, error) : FF_OK;
    ff_zip *zip = NULL;
    if (status == FF_OK)
        status = ff_zip_open(&zip, &source->input.blob, error);
    if (status != FF_OK)
        return status;
    source->self = zip;
    source->shelf = (ff_shelf){.what = "archive", .checked = true, .open = open_entry, .self = zip};
    for (uint32_t i = 0; i < ff_zip_count(zip); i++)
        if (!add_entry(source, ff_zip_entry(zip, i)))
            return ff_error_set(error, FF_NOMEM, "out of memory");
    if (ff_zip_is_damaged(zip))
        ff_notes_add(&source->run->notes, true, "archive-damaged",
                     "The archive's directory is damaged; entries may be missing.");
    return ff_source_plan_make(&source->plan, &source->shelf, source->run, &source->arena, error);
}

static void close_archive(ff_source *source)
{
    ff_zip_close(source->self);
}

const ff_source_kind ff_source_archive = {
    .accepts = accepts,
    .open = open_archive,
    .next = ff_source_next_planned,
    .close = close_archive,
};
