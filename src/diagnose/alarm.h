/* How much a line looks like trouble to anybody: a weight from words, for lines that no rule knows.
 *
 *     ff_alarm alarm;
 *     ff_alarm_init(&alarm);
 *     uint32_t weight = ff_alarm_weigh(&alarm, &line);   // 0: not at all
 *
 * One pass over at most FF_LIMIT_KEPT_LINE_BYTES of the line; the words are chained by their first byte.
 */
#ifndef FF_DIAGNOSE_ALARM_H
#define FF_DIAGNOSE_ALARM_H

#include "log/line.h"

enum { FF_ALARM_WORDS_MAX = 64 };

typedef struct ff_alarm {
    uint8_t head[256];                /* first word of that first byte, plus 1 */
    uint8_t next[FF_ALARM_WORDS_MAX]; /* next word of the same first byte, plus 1 */
} ff_alarm;

/* Builds the chains of words. Nothing to release. */
void ff_alarm_init(ff_alarm *alarm);

/* 0 for lines that were not printed by the step or do not look like trouble; higher is more telling. */
uint32_t ff_alarm_weigh(const ff_alarm *alarm, const ff_line *line);

#endif
