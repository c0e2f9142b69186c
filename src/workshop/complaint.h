/* A complaint about a rule: one line, in the form that editors jump to.
 *
 *     ff_complaints complaints = {.out = &out};
 *     ff_complain(&complaints, &rule->at, rule, "its examples are hit by %.*s too", FF_ARG(other->id));
 */
#ifndef FF_WORKSHOP_COMPLAINT_H
#define FF_WORKSHOP_COMPLAINT_H

#include "base/buf.h"
#include "catalog/rule.h"

/* Where complaints go, and how many went there. */
typedef struct ff_complaints {
    ff_buf *out; /* borrowed */
    size_t count;
} ff_complaints;

/* Appends `file:line:column: id: text` and a newline, and counts it. The text is printf style. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void ff_complain(ff_complaints *complaints, const ff_source_position *at, const ff_rule *rule, const char *format, ...);

/* The first line of a text, shortened: enough to know an example by. */
ff_slice ff_complaint_excerpt(ff_slice text);

#endif
