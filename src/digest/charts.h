/* What the whole history tells of the groups: runs a day, when they were seen first and last, their share. */
#ifndef FF_DIGEST_CHARTS_H
#define FF_DIGEST_CHARTS_H

#include "digest/digest.h"

typedef struct ff_build ff_build;

/* Fills the days of the digest and, of each draft, its days, times and share. As ff_digest_build. */
ff_status ff_charts_draw(ff_build *build);

/* The day, since 1970-01-01, that the charts begin with: they end with the day of the window's last moment. */
int64_t ff_charts_first_day(const ff_build *build);

#endif
