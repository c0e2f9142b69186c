/* Which command runs a script that stands in its own words, or that it reads from its standard input. */
#ifndef FF_SHELL_SHELL_INNER_H
#define FF_SHELL_SHELL_INNER_H

#include "base/slice.h"

#include <stdint.h>

typedef enum ff_inner_language { INNER_NONE, INNER_SHELL, INNER_PYTHON } ff_inner_language;

typedef struct ff_inner_script {
    ff_inner_language language;
    bool from_input;       /* else it is `count` words from `first` on, joined by blanks, without `skip` bytes */
    uint32_t first, count; /* of the first: `--command=…` */
    uint32_t skip;
    uint32_t label_first, label_last; /* words that say what runs it: `sh -c` */
    bool errexit, pipefail;           /* as its options say */
    bool detached;                    /* nobody waits for it: `docker run -d` */
    bool same;                        /* `eval`: run by the very shell that reads it */
    bool perhaps;                     /* `trap`, `xargs`: run at another time, or not at all */
} ff_inner_script;

/* Looks at the words of a command, quotes removed; `input` says whether a text stands on its standard input. */
ff_inner_script ff_inner_find(const ff_slice *words, uint32_t count, bool input);

#endif
