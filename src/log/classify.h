/* What kind of line it is: a static table of the runner's phrases, the markers, and the state of the current step.
 *
 *     ff_classifier classifier = {0};
 *     ff_classifier_step(&classifier);               at the start of each step
 *     line.kind = ff_classify(&classifier, &front, text, &context);
 *     line.body = ff_classify_body(&classifier, line.kind, text);
 */
#ifndef FF_LOG_CLASSIFY_H
#define FF_LOG_CLASSIFY_H

#include "log/header.h"

typedef struct ff_classifier {
    ff_header header;
    bool ssh;           /* an ssh action runs: its lines start with `out: ` or `err: ` */
    bool ssh_echo;      /* it echoes its script */
    uint32_t ssh_lines; /* so many lines of it */
    ff_line_kind above; /* kind of the line above */
} ff_classifier;

typedef struct ff_line_context {
    const ff_header_survey *header; /* of a line that opens a step's header; else NULL */
    bool runner_step;               /* "Set up job", "Complete job": all lines are the runner's */
    bool stamps;                    /* lines of this text have stamps */
} ff_line_context;

/* Forgets the step before. */
void ff_classifier_step(ff_classifier *classifier);

/* The kind of a line. `text` is the cleaned text of `front`. */
ff_line_kind ff_classify(ff_classifier *classifier, const ff_front *front, ff_slice text,
                         const ff_line_context *context);

/* The part of `text` behind prefixes such as `out: ` and `api-1  | `; borrows from `text`. */
ff_slice ff_classify_body(const ff_classifier *classifier, ff_line_kind kind, ff_slice text);

#endif
