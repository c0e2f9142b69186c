/* The tables of a catalog file: which keys a file and a rule may have, and what reads them.
 *
 *     ff_catalog_file file = {0};
 *     status = ff_fields_read(&loader, &ff_file_fields, root, &file);
 *     for (size_t i = 0; i < file.rule_count; i++)
 *         ... file.rules[i].id
 *
 * A new key of a rule is one row here, one member of ff_rule, one entry of schema/catalog.schema.json and one line in
 * docs/catalog.md; tests compare the three.
 */
#ifndef FF_CATALOG_RULE_FIELDS_H
#define FF_CATALOG_RULE_FIELDS_H

#include "catalog/field.h"

typedef struct ff_catalog_file {
    ff_slice family, about;
    ff_texts disable; /* ids or globs of rules of earlier layers */
    const ff_rule *rules;
    size_t rule_count;
} ff_catalog_file;

extern const ff_fields ff_file_fields; /* ff_catalog_file */

#endif
