/* The catalog of rules: load layers of YAML files, then use it for any number of analyses. Immutable once finished.
 *
 *     ff_catalog *catalog = NULL;
 *     ff_error error = {0};
 *     if (ff_catalog_new(&catalog) == FF_OK &&
 *         ff_catalog_add_path(catalog, "patterns", "built-in", &error) == FF_OK &&
 *         ff_catalog_finish(catalog, &error) == FF_OK) ...
 *     ff_catalog_free(catalog);
 */
#ifndef FIRSTFAULT_CATALOG_H
#define FIRSTFAULT_CATALOG_H

#include <firstfault/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ff_catalog ff_catalog;

/* Makes an empty catalog, owned by the caller. FF_OK or FF_NOMEM. */
FF_API ff_status ff_catalog_new(ff_catalog **catalog);

/* Frees it and everything borrowed from it. NULL is fine. */
FF_API void ff_catalog_free(ff_catalog *catalog);

/* Adds one YAML file, or every *.yaml and *.yml of a folder in name order (sub-folders are not entered). `layer` is a
 * static string. A later layer replaces whole rules of the same id and may switch rules off (`disable:`); twice the
 * same id in one layer is an error. FF_OK; FF_NOT_FOUND, FF_IO, FF_INVALID, FF_LIMIT or FF_NOMEM: then the error text
 * reads `file:line:column: what, and what is allowed`, and the catalog is as it was before the call. */
FF_API ff_status ff_catalog_add_path(ff_catalog *catalog, const char *path, const char *layer, ff_error *error);

/* The same for one file in memory; `file` names it in positions and is copied, `bytes` is not kept. */
FF_API ff_status ff_catalog_add_bytes(ff_catalog *catalog, const char *file, ff_slice bytes, const char *layer,
                                      ff_error *error);

/* Closes the catalog: applies overrides and `disable`, sorts by id, checks references between rules, computes the
 * digest. Nothing can be added afterwards. FF_OK, FF_INVALID or FF_NOMEM. */
FF_API ff_status ff_catalog_finish(ff_catalog *catalog, ff_error *error);

/* SHA-256 over the rules in force as 64 hexadecimal digits, independent of paths and layers; "" before finish.
 * Borrowed. */
FF_API const char *ff_catalog_digest(const ff_catalog *catalog);

#ifdef __cplusplus
}
#endif

#endif
