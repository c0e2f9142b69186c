/* A complaint about a rule: one line, in the form that editors jump to.
 *
 *     ff_complain(out, &rule->at, rule, "its examples are hit by %.*s too", FF_ARG(other->id));
 */
#ifndef FF_WORKSHOP_COMPLAINT_H
#define FF_WORKSHOP_COMPLAINT_H

#include "base/buf.h"
#include "catalog/rule.h"

/* Appends `file:line:column: id: text` and a newline. The text is printf style. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void ff_complain(ff_buf *out, const ff_source_position *at, const ff_rule *rule, const char *format, ...);

/* The first line of a text, shortened: enough to know an example by. */
ff_slice ff_complaint_excerpt(ff_slice text);

#endif
