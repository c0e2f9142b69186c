/* The same job in other attempts of the run, which is the same commit: failed there too, or passed. */
#ifndef FF_DIAGNOSE_ATTEMPTS_H
#define FF_DIAGNOSE_ATTEMPTS_H

#include "diagnose/observe.h"

/* Says of each job with a failure of its own that it passed in another attempt (`flicker`), or failed in every one that
 * was looked at (`failed-again`). Attempts that did not run it to an end say nothing. */
ff_status ff_attempts_observe(ff_observer *observer);

#endif
