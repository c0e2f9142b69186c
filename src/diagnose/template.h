/* Texts of rules with `${capture}` filled in.
 *
 * `${count}` is the number of hits, `${test:first}` the first value of a list. `$[ … ]` is an optional part: it is left
 * out when a capture inside it has no value. Captured values are untrusted: what a mode does with them keeps them
 * inert.
 */
#ifndef FF_DIAGNOSE_TEMPLATE_H
#define FF_DIAGNOSE_TEMPLATE_H

#include "diagnose/case.h"

typedef enum ff_template_mode {
    FF_TEMPLATE_PLAIN,   /* a sentence, made safe by the report; an unknown capture becomes `?` */
    FF_TEMPLATE_TITLE,   /* the same; behind a title with first values stands how many more there are */
    FF_TEMPLATE_MARKUP,  /* Markdown of the rule's author; values become code spans, or part of one that is open */
    FF_TEMPLATE_RAW,     /* first values as captured, for a program; empty if a capture has no value */
    FF_TEMPLATE_COMMAND, /* a shell command; only values that need no quoting, else the capture's NAME */
} ff_template_mode;

/* The filled-in text, in the run's arena; the empty slice without memory. At most three values of a list are named. */
ff_slice ff_template_fill(const ff_case *c, ff_slice text, const ff_diagnosis *diagnosis, ff_template_mode mode);

#endif
