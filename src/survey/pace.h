/* How far a survey is, and when it is expected to end. */
#ifndef FF_SURVEY_PACE_H
#define FF_SURVEY_PACE_H

#include <stdint.h>

/* The pace of one phase. Times are milliseconds of a clock that only goes forward, such as ff_http_now. */
typedef struct ff_pace {
    uint64_t began; /* when the first of the things was begun */
    uint64_t total;
} ff_pace;

/* Seconds until the rest of them is done, if they go on as they did; 0: not known, because too few are done or too
 * little time has passed to tell. At least 1 where something is left. */
uint32_t ff_pace_left(const ff_pace *pace, uint64_t done, uint64_t now);

#endif
