/* A catalog for tests of the workshop, from YAML in memory. */
#ifndef FF_TESTS_WORKSHOP_RULES_H
#define FF_TESTS_WORKSHOP_RULES_H

#include "base/limits.h"
#include "catalog/catalog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* Loads `yaml` as the layer "built-in" under the name `t.yaml`; fails the test where it does not load. */
static inline ff_catalog *rules_load(const char *yaml)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    if (ff_catalog_new(&catalog) != FF_OK ||
        ff_catalog_add_bytes(catalog, "t.yaml", ff_slice_of(yaml), "built-in", &error) != FF_OK ||
        ff_catalog_finish(catalog, &error) != FF_OK)
        fail_msg("%s", error.text);
    return catalog;
}

/* Fails unless `text` holds `part`. */
static inline void rules_expect(ff_slice text, const char *part)
{
    if (ff_slice_find(text, ff_slice_of(part)) == SIZE_MAX)
        fail_msg("`%s` is not in:\n%.*s", part, FF_ARG(text));
}

#endif
