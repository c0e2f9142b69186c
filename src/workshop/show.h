/* One rule of the catalog for its reader: what it says, and how it will be looked for. */
#ifndef FF_WORKSHOP_SHOW_H
#define FF_WORKSHOP_SHOW_H

#include "base/buf.h"
#include "catalog/rule.h"

/* Appends the rule: where it comes from, its fields, each pattern with the literals that let a line through to it, its
 * examples. `out` says how that went. */
void ff_show_rule(const ff_rule *rule, ff_buf *out);

#endif
