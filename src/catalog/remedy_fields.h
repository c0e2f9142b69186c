/* Tables for the parts of a rule that tell what to do about a finding, and prove the rule: verify, fix, ask, examples.
 *
 *     {.key = "ask", .read = ff_field_list, .offset = offsetof(ff_rule, asks),
 *      .count_offset = offsetof(ff_rule, ask_count), .fields = &ff_ask_fields},
 *
 * Each describes one item of the list.
 */
#ifndef FF_CATALOG_REMEDY_FIELDS_H
#define FF_CATALOG_REMEDY_FIELDS_H

#include "catalog/field.h"

extern const ff_fields ff_verify_fields;           /* ff_verify; other keys are the probe's parameters */
extern const ff_fields ff_fix_fields;              /* ff_fix */
extern const ff_fields ff_ask_fields;              /* ff_ask */
extern const ff_fields ff_match_example_fields;    /* ff_example, or its text alone */
extern const ff_fields ff_no_match_example_fields; /* the same without captures */

#endif
