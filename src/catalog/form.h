/* What a text of the catalog must look like: names, ids, references, globs.
 *
 *     if (!ff_form_id.fits(text))
 *         ... "must be %s", ff_form_id.what
 *
 * Forms are checked when a file is loaded, so that no later stage meets an id with a blank in it.
 */
#ifndef FF_CATALOG_FORM_H
#define FF_CATALOG_FORM_H

#include "base/slice.h"

typedef struct ff_form {
    bool (*fits)(ff_slice text);
    const char *what; /* completes "must be …" */
} ff_form;

extern const ff_form ff_form_name;      /* families, tags, probes: [a-z][a-z0-9-]* */
extern const ff_form ff_form_id;        /* family.slug */
extern const ff_form ff_form_reference; /* an id, a glob on ids, or #tag */
extern const ff_form ff_form_id_glob;   /* an id or a glob on ids */
extern const ff_form ff_form_capture;   /* the name of a named group */
extern const ff_form ff_form_pattern;   /* not empty, at most FF_LIMIT_PATTERN_BYTES */
extern const ff_form ff_form_line;      /* not empty, no line break */
extern const ff_form ff_form_text;      /* not empty */
extern const ff_form ff_form_any;       /* whatever it is */

/* True if `reference` can name rules that are not there: a glob or a tag. */
bool ff_form_is_open(ff_slice reference);

#endif
