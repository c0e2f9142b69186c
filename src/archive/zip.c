#include "archive/zip.h"

#include "archive/inflate.h"
#include "archive/view.h"
#include "base/limits.h"

#include <stdlib.h>
#include <zip.h>

struct ff_zip {
    ff_preflight preflight;
    ff_view view;
    uint64_t position;    /* of the library in the view */
    zip_error_t io_error; /* what the view reported last */
    zip_t *archive;
    uint32_t *numbers; /* index of each record in the view; only for readable ones */
    ff_inflate *inflate;
    zip_file_t *file; /* the open entry */
    const ff_zip_record *record;
    uint64_t produced; /* bytes of it handed out */
};

static const char *const PROBLEM_TEXTS[FF_ZIP_PROBLEM_COUNT] = {
    [FF_ZIP_FINE] = "",
    [FF_ZIP_ENCRYPTED] = "encrypted",
    [FF_ZIP_METHOD] = "compressed by a method other than deflate",
    [FF_ZIP_DAMAGED] = "damaged: its directory record contradicts itself",
    [FF_ZIP_OUTSIDE] = "damaged: its bytes would lie outside the archive",
    [FF_ZIP_OVERLAP] = "made of another entry's bytes, as in a decompression bomb",
};

const char *ff_zip_problem_text(ff_zip_problem problem)
{
    return (unsigned)problem < FF_ZIP_PROBLEM_COUNT ? PROBLEM_TEXTS[problem] : "";
}

static ff_status translate(zip_error_t *reason, ff_error *error)
{
    switch (zip_error_code_zip(reason)) {
    case ZIP_ER_MEMORY: return ff_error_set(error, FF_NOMEM, "out of memory");
    case ZIP_ER_READ:
    case ZIP_ER_SEEK: return ff_error_set(error, FF_IO, "cannot be read: %s", zip_error_strerror(reason));
    case ZIP_ER_CRC: return ff_error_set(error, FF_INVALID, "its checksum does not match");
    default: return ff_error_set(error, FF_INVALID, "%s", zip_error_strerror(reason));
    }
}

static zip_int64_t view_read(ff_zip *zip, void *into, zip_uint64_t len)
{
    size_t got = 0;
    ff_status status = ff_view_read(&zip->view, zip->position, into, (size_t)len, &got, NULL);
    if (status != FF_OK) {
        zip_error_set(&zip->io_error, ZIP_ER_READ, 0);
        return -1;
    }
    zip->position += got;
    return (zip_int64_t)got;
}

static zip_int64_t view_seek(ff_zip *zip, void *data, zip_uint64_t len)
{
    zip_int64_t to = zip_source_seek_compute_offset(zip->position, zip->view.size, data, len, &zip->io_error);
    if (to < 0)
        return -1;
    zip->position = (uint64_t)to;
    return 0;
}

static zip_int64_t view_stat(const ff_zip *zip, void *data)
{
    zip_stat_t *facts = data;
    zip_stat_init(facts);
    facts->valid = ZIP_STAT_SIZE;
    facts->size = zip->view.size;
    return (zip_int64_t)sizeof *facts;
}

/* The library's view of the view. It has no state of its own to open, close or free. */
static zip_int64_t view_source(void *self, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
    ff_zip *zip = self;
    switch ((int)command) {
    case ZIP_SOURCE_OPEN: zip->position = 0; return 0;
    case ZIP_SOURCE_READ: return view_read(zip, data, len);
    case ZIP_SOURCE_SEEK: return view_seek(zip, data, len);
    case ZIP_SOURCE_TELL: return (zip_int64_t)zip->position;
    case ZIP_SOURCE_STAT: return view_stat(zip, data);
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&zip->io_error, data, len);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE: return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                              ZIP_SOURCE_SUPPORTS, -1);
    default: zip_error_set(&zip->io_error, ZIP_ER_OPNOTSUPP, 0); return -1;
    }
}

static ff_status open_library(ff_zip *zip, ff_error *error)
{
    zip_error_t reason;
    zip_error_init(&reason);
    ff_status status = FF_OK;
    zip_source_t *source = zip_source_function_create(view_source, zip, &reason);
    if (source)
        zip->archive = zip_open_from_source(source, ZIP_RDONLY, &reason);
    if (!zip->archive) {
        if (source)
            zip_source_free(source);
        status = translate(&reason, error);
    }
    zip_error_fini(&reason);
    return status;
}

static ff_status number_entries(ff_zip *zip, ff_error *error)
{
    zip->numbers = calloc(zip->preflight.count + (size_t)1, sizeof *zip->numbers);
    zip->inflate = ff_inflate_available() ? ff_inflate_new() : NULL;
    if (!zip->numbers || (ff_inflate_available() && !zip->inflate))
        return ff_error_set(error, FF_NOMEM, "out of memory");
    uint32_t number = 0;
    for (uint32_t i = 0; i < zip->preflight.count; i++)
        if (zip->preflight.records[i].problem == FF_ZIP_FINE)
            zip->numbers[i] = number++;
    return FF_OK;
}

ff_status ff_zip_open(ff_zip **zip, const ff_blob *blob, ff_error *error)
{
    ff_zip *made = calloc(1, sizeof *made);
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    zip_error_init(&made->io_error);
    ff_status status = ff_preflight_run(&made->preflight, blob, error);
    if (status == FF_OK)
        status = ff_view_make(&made->view, blob, &made->preflight, error);
    if (status == FF_OK)
        status = number_entries(made, error);
    if (status == FF_OK)
        status = open_library(made, error);
    if (status != FF_OK) {
        ff_zip_close(made);
        return status;
    }
    *zip = made;
    return FF_OK;
}

static void leave(ff_zip *zip)
{
    if (zip->file)
        (void)zip_fclose(zip->file); /* only read: nothing is lost by its failing */
    zip->file = NULL;
}

void ff_zip_close(ff_zip *zip)
{
    if (!zip)
        return;
    leave(zip);
    if (zip->archive)
        zip_discard(zip->archive);
    zip_error_fini(&zip->io_error);
    ff_inflate_free(zip->inflate);
    free(zip->numbers);
    ff_view_release(&zip->view);
    ff_preflight_release(&zip->preflight);
    free(zip);
}

uint32_t ff_zip_count(const ff_zip *zip)
{
    return zip->preflight.count;
}

const ff_zip_record *ff_zip_entry(const ff_zip *zip, uint32_t index)
{
    return &zip->preflight.records[index];
}

bool ff_zip_is_damaged(const ff_zip *zip)
{
    return zip->preflight.damaged;
}

/* Bytes as the library gives them: raw deflate data for igzip, else what the entry holds. */
static ff_status read_library(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    ff_zip *zip = self;
    zip_int64_t count = zip_fread(zip->file, into, cap < FF_LIMIT_READ_BYTES ? cap : FF_LIMIT_READ_BYTES);
    *got = count > 0 ? (size_t)count : 0;
    if (count < 0)
        return translate(zip_file_get_error(zip->file), error);
    return count == 0 ? FF_END : FF_OK;
}

static bool is_inflated_here(const ff_zip *zip)
{
    return zip->inflate && zip->record->method == FF_ZIP_DEFLATED;
}

static ff_status check_end(const ff_zip *zip, ff_error *error)
{
    if (is_inflated_here(zip) && ff_inflate_crc(zip->inflate) != zip->record->crc)
        return ff_error_set(error, FF_INVALID, "its checksum does not match");
    if (zip->produced != zip->record->size)
        return ff_error_set(error, FF_INVALID, "it holds %llu bytes where the directory says %llu",
                            (unsigned long long)zip->produced, (unsigned long long)zip->record->size);
    return FF_END;
}

static ff_status read_entry(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    ff_zip *zip = self;
    ff_status status = is_inflated_here(zip) ? ff_inflate_read(zip->inflate, into, cap, got, error)
                                             : read_library(zip, into, cap, got, error);
    zip->produced += *got;
    return status == FF_END ? check_end(zip, error) : status;
}

ff_status ff_zip_enter(ff_zip *zip, uint32_t index, ff_reader *reader, ff_error *error)
{
    leave(zip);
    zip->record = ff_zip_entry(zip, index);
    zip->produced = 0;
    if (zip->record->problem != FF_ZIP_FINE)
        return ff_error_set(error, FF_INVALID, "it is %s", ff_zip_problem_text(zip->record->problem));
    zip->file =
        zip_fopen_index(zip->archive, zip->numbers[index], is_inflated_here(zip) ? ZIP_FL_COMPRESSED : (zip_flags_t)0);
    if (!zip->file)
        return translate(zip_get_error(zip->archive), error);
    if (is_inflated_here(zip))
        ff_inflate_start(zip->inflate, (ff_reader){read_library, zip});
    *reader = (ff_reader){read_entry, zip};
    return FF_OK;
}
