/* Log archives: lists the entries of a ZIP and reads one of them at a time, in pieces (the only file pair that includes
 * zip.h). Nothing is written to disk, and memory does not grow with the entries.
 *
 *     ff_zip *zip = NULL;
 *     if (ff_zip_open(&zip, &blob, &error) == FF_OK)
 *         for (uint32_t i = 0; i < ff_zip_count(zip); i++)
 *             if (ff_zip_enter(zip, i, &reader, &error) == FF_OK)
 *                 while (reader.read(reader.self, into, cap, &got, &error) == FF_OK) ...
 *     ff_zip_close(zip);
 */
#ifndef FF_ARCHIVE_ZIP_H
#define FF_ARCHIVE_ZIP_H

#include "archive/preflight.h"
#include "base/reader.h"

typedef struct ff_zip ff_zip;

/* Opens the archive in `blob`, which is borrowed and must outlive the zip. The preflight's results, or FF_INVALID,
 * FF_IO, FF_NOMEM. Texts do not name the archive. */
ff_status ff_zip_open(ff_zip **zip, const ff_blob *blob, ff_error *error);

void ff_zip_close(ff_zip *zip); /* NULL is fine */

/* How many entries the directory has, the unreadable ones included. */
uint32_t ff_zip_count(const ff_zip *zip);

/* The entry at `index`, in the order of the directory; borrowed. Names are raw bytes: nothing is checked, nothing is
 * converted. */
const ff_zip_record *ff_zip_entry(const ff_zip *zip, uint32_t index);

/* True if the directory is not what the end record claims, so that entries may be missing. */
bool ff_zip_is_damaged(const ff_zip *zip);

/* Opens an entry whose problem is FF_ZIP_FINE, and closes the one before. The reader hands out every byte that can be
 * had, then FF_END; or FF_INVALID when the data are damaged, cut short, or not of the recorded size or checksum. It
 * does not bound what it hands out. FF_OK, FF_INVALID, FF_IO, FF_NOMEM. */
ff_status ff_zip_enter(ff_zip *zip, uint32_t index, ff_reader *reader, ff_error *error);

/* Why an entry is not read, as the end of "the entry is …"; "" for FF_ZIP_FINE. A static string. */
const char *ff_zip_problem_text(ff_zip_problem problem);

#endif
