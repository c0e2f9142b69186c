#include "survey/pace.h"

/* Before this nothing can be told: the first answers bring the connections too. */
enum { FIRST_MS = 2000, FIRST_DONE = 3 };

uint32_t ff_pace_left(const ff_pace *pace, uint64_t done, uint64_t now)
{
    if (done < FIRST_DONE || now < pace->began || now - pace->began < FIRST_MS || done >= pace->total)
        return 0;
    double left = (double)(now - pace->began) / (double)done * (double)(pace->total - done) / 1000;
    if (left >= (double)UINT32_MAX)
        return UINT32_MAX;
    return left < 1 ? 1 : (uint32_t)left;
}
