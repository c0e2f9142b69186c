/* A budget of CPU time for one rule on one log.
 *
 * Reading the CPU clock of a thread is a system call, as dear as a whole match. So a meter starts with the wall clock,
 * which is not, and changes over to the CPU clock once a rule looks slow: only CPU time can use up the budget, so a
 * busy machine never sets a rule aside.
 *
 *     ff_meter meter = {.budget = FF_LIMIT_RULE_NANOSECONDS};
 *     int64_t start = ff_meter_start(&meter);
 *     ...
 *     ff_meter_stop(&meter, start);
 *     if (ff_meter_is_spent(&meter)) ...
 */
#ifndef FF_MATCH_METER_H
#define FF_MATCH_METER_H

#include <stdbool.h>
#include <stdint.h>

/* Nanoseconds. Zero-initialise all but the budget. */
typedef struct ff_meter {
    int64_t budget;
    int64_t wall, cpu;
    bool exact; /* counts CPU time */
} ff_meter;

/* The time that ff_meter_stop subtracts. */
int64_t ff_meter_start(const ff_meter *meter);
void ff_meter_stop(ff_meter *meter, int64_t start);

/* True once CPU time beyond the budget was counted. */
bool ff_meter_is_spent(const ff_meter *meter);

#endif
