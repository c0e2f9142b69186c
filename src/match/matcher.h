/* A catalog made ready to run: compiled patterns and the literal prefilter in front of them. Immutable once made;
 * several scans may share one.
 */
#ifndef FF_MATCH_MATCHER_H
#define FF_MATCH_MATCHER_H

#include "catalog/catalog.h"

typedef struct ff_matcher ff_matcher;

/* Compiles every pattern of the catalog, which must outlive the matcher. FF_OK, FF_NOMEM, or FF_INVALID with the
 * position of the first pattern that does not compile or uses what is not allowed (start-of-pattern verbs, `\C`,
 * callouts). */
ff_status ff_matcher_new(ff_matcher **matcher, const ff_catalog *catalog, ff_error *error);
void ff_matcher_free(ff_matcher *matcher); /* NULL is fine */

#endif
