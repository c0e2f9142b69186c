/* Logs in a ZIP file: on disk, in memory, or copied from a stream. */
#include "archive/endrecord.h"
#include "archive/zip.h"
#include "source/kind.h"
#include "source/shelf_of_zip.h"
#include "source/sniff.h"

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

static ff_status open_archive(ff_source *source, ff_error *error)
{
    ff_status status = source->input.form == FF_INPUT_STREAM ? ff_input_spool(&source->input, error) : FF_OK;
    ff_zip *zip = NULL;
    if (status == FF_OK)
        status = ff_zip_open(&zip, &source->input.blob, error);
    if (status != FF_OK)
        return status;
    source->self = zip;
    status = ff_shelf_of_zip(&source->shelf, zip, &source->arena, error);
    if (status != FF_OK)
        return status;
    if (ff_zip_is_damaged(zip))
        ff_notes_add(&source->run->notes, true, "archive-damaged",
                     "The archive's directory is damaged; entries may be missing.");
    return ff_source_open_shelf(source, error);
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
