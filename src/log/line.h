/* One line of a log, cleaned and classified. */
#ifndef FF_LOG_LINE_H
#define FF_LOG_LINE_H

#include "source/run.h"

typedef enum ff_line_kind {
    FF_LINE_OUTPUT,  /* what a program printed */
    FF_LINE_SCRIPT,  /* the echoed source of the step, its shell and environment: never output */
    FF_LINE_GROUP,   /* ##[group] and ##[endgroup] */
    FF_LINE_ERROR,   /* ##[error], ::error:: */
    FF_LINE_WARNING, /* ##[warning], ::warning:: */
    FF_LINE_NOTICE,  /* ##[notice], ::notice:: */
    FF_LINE_DEBUG,   /* ##[debug], ::debug:: */
    FF_LINE_COMMAND, /* ##[command], [command] */
    FF_LINE_RUNNER,  /* the runner's own words about the job */
    FF_LINE_KIND_COUNT
} ff_line_kind;

/* "output", "script" …; never NULL for a valid kind. */
const char *ff_line_kind_name(ff_line_kind kind);

/* Sets of kinds, for rules. FF_LINES_PRINTED is what `where: {text: output}` means: everything that was said while the
 * step ran. */
#define FF_LINE_BIT(kind) (1u << (kind))
#define FF_LINES_PRINTED                                                                       \
    (FF_LINE_BIT(FF_LINE_OUTPUT) | FF_LINE_BIT(FF_LINE_ERROR) | FF_LINE_BIT(FF_LINE_WARNING) | \
     FF_LINE_BIT(FF_LINE_NOTICE) | FF_LINE_BIT(FF_LINE_RUNNER))
#define FF_LINES_ANY ((1u << FF_LINE_KIND_COUNT) - 1u)

typedef struct ff_line {
    ff_line_kind kind;
    uint32_t job;  /* index in the run */
    uint32_t step; /* index in the job */
    ff_place place;
    ff_slice text; /* without BOM, time stamp, terminal sequences and marker; borrowed until the next line */
    ff_slice body; /* the part of `text` behind a prefix that a tool put before each line (`out: `, `api-1  | `) */
    bool cut;      /* longer than 2 * FF_LIMIT_LINE_BYTES: head and tail, joined by `…` */
    bool stamped;  /* a time stamp stood before it; false: continues the line above, or plain text */
} ff_line;

#endif
