/* Problem matchers to a catalog of rules.
 *
 *     status = ff_import_run(catalog, "eslint.json", &yaml, &remarks, &error);
 *
 * One rule a matcher, or two where it tells errors and warnings apart. The examples are made up from the patterns and
 * tried with the engine before they are printed. docs/problem-matchers.md says what becomes of what.
 */
#ifndef FF_WORKSHOP_IMPORT_H
#define FF_WORKSHOP_IMPORT_H

#include "base/buf.h"
#include "catalog/catalog.h"

/* Reads the file `path`, "-" for standard input, and appends the catalog to `yaml`, and to `remarks` one line for each
 * thing that its author has to know. The examples are tried against the rules of `known` too; NULL: none. FF_OK;
 * FF_INVALID and FF_LIMIT with a position in the file; FF_NOT_FOUND, FF_IO, FF_LIMIT without one; FF_NOMEM. */
ff_status ff_import_run(const ff_catalog *known, const char *path, ff_buf *yaml, ff_buf *remarks, ff_error *error);

/* The same for a file in memory; `name` names it. */
ff_status ff_import_bytes(const ff_catalog *known, const char *name, ff_slice bytes, ff_buf *yaml, ff_buf *remarks,
                          ff_error *error);

#endif
