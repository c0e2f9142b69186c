/* The catalog from inside: the rules in force, in one immutable table sorted by id. Loading is in the public header.
 */
#ifndef FF_CATALOG_CATALOG_H
#define FF_CATALOG_CATALOG_H

#include "base/error.h"
#include "catalog/layers.h"

#include <firstfault/catalog.h>

/* ff_catalog_new with another bound than FF_LIMIT_CATALOG_BYTES for the memory of the rules, and of one file while it
 * is read. FF_OK or FF_NOMEM. */
ff_status ff_catalog_new_within(ff_catalog **catalog, size_t bytes);

/* The rules in force, sorted by id; borrowed until ff_catalog_free. */
const ff_rule *ff_catalog_rules(const ff_catalog *catalog, size_t *count);

/* What the files say about their families, in the order in which they were read, one a file; borrowed likewise. */
const ff_family *ff_catalog_families(const ff_catalog *catalog, size_t *count);

/* What files switch off, in the order in which they were read; borrowed likewise. */
const ff_disabled *ff_catalog_disabled(const ff_catalog *catalog, size_t *count);

/* True if any rule of any layer, in force or not, fits the glob. */
bool ff_catalog_has(const ff_catalog *catalog, ff_slice glob);

/* The rule of that id, or NULL. */
const ff_rule *ff_catalog_find(const ff_catalog *catalog, ff_slice id);

#endif
