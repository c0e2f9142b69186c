/* The lines a person should read: the best of all evidence and of the failing steps' ends, in log order. */
#ifndef FF_DIAGNOSE_EXCERPT_H
#define FF_DIAGNOSE_EXCERPT_H

#include "diagnose/case.h"

/* Collects at most `limit` lines: evidence of the diagnoses by rank, then the last lines of failing steps; each line
 * once, job by job in log order. Allocated in the run's arena. FF_OK or FF_NOMEM. */
ff_status ff_excerpt_collect(ff_case *c, uint32_t limit, const ff_excerpt_line **lines, size_t *count);

#endif
