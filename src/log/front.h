/* The front of a physical line: what stands before its text, taken off and told apart.
 *
 *     ff_front front;
 *     ff_front_parse(&front, raw, gh);
 *
 * In order: gh's `job<TAB>step<TAB>`, a byte order mark, a time stamp, a marker such as `##[error]`.
 */
#ifndef FF_LOG_FRONT_H
#define FF_LOG_FRONT_H

#include "log/marker.h"

typedef struct ff_front {
    ff_slice job, step; /* of gh's prefix, else empty */
    bool prefixed;      /* gh's prefix stood there */
    bool stamped;
    bool github;  /* the stamp is of GitHub's making: seven decimals */
    bool echoed;  /* in the colour in which the runner echoes a script; then there is no marker */
    int64_t time; /* FF_NO_TIME unless stamped */
    ff_marker marker;
    ff_slice text; /* the rest; control sequences and lone CRs are still in it */
} ff_front;

/* Takes `raw` apart; slices borrow from it. `gh`: gh's prefix is expected. */
void ff_front_parse(ff_front *front, ff_slice raw, bool gh);

/* True if `bytes`, the start of a text, is what `gh run view --log` prints. */
bool ff_front_is_gh(ff_slice bytes);

#endif
