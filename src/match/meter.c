#include "match/meter.h"

#include <time.h>

/* One call of this length makes a rule suspect, one below the other ends it. */
enum { SLOW_NANOSECONDS = 1000 * 1000, QUICK_NANOSECONDS = 20 * 1000 };

static int64_t now(clockid_t clock)
{
    struct timespec at = {0};
    (void)clock_gettime(clock, &at); /* cannot fail for these clocks; 0 would only stop the metering */
    return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

int64_t ff_meter_start(const ff_meter *meter)
{
    return now(meter->exact ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC);
}

void ff_meter_stop(ff_meter *meter, int64_t start)
{
    int64_t spent = now(meter->exact ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC) - start;
    if (meter->exact)
        meter->cpu += spent;
    else
        meter->wall += spent;
    /* A call can look slow because others ran meanwhile: the first quick one by the CPU clock clears the suspicion. */
    meter->exact = meter->wall > meter->budget / 2 || spent > (meter->exact ? QUICK_NANOSECONDS : SLOW_NANOSECONDS);
}

bool ff_meter_is_spent(const ff_meter *meter)
{
    return meter->cpu > meter->budget;
}
