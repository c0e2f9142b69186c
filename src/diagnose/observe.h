/* What is worth knowing beside the diagnoses: sentences on attempts, siblings, times and what was not read.
 *
 *     ff_buf_printf(&observer->said, "It ran %u times", n);
 *     status = ff_observer_tell(observer, "again", job, step);
 *
 * Each says only what a source states or what time stamps show. Private to this stage; reports see ff_observation.
 */
#ifndef FF_DIAGNOSE_OBSERVE_H
#define FF_DIAGNOSE_OBSERVE_H

#include "base/buf.h"
#include "diagnose/case.h"

typedef struct ff_observer {
    const ff_case *c; /* borrowed; its failures are final */
    ff_buf said;      /* the sentence in the making */
    struct {
        ff_observation *items;
        size_t count, cap;
    } told;
} ff_observer;

/* Says a name in typographic quotes, cut to be read in a sentence. */
void ff_observer_name(ff_observer *observer, ff_slice name);

/* Says `job › step`, what of it is known; `the job` or `the step` without names. */
void ff_observer_place(ff_observer *observer, uint32_t job, uint32_t step);

/* Ends the sentence and keeps it, unless it was told already or FF_LIMIT_OBSERVATIONS are: then it is forgotten.
 * `code` is static; docs/report.md lists them. FF_OK or FF_NOMEM. */
ff_status ff_observer_tell(ff_observer *observer, const char *code, uint32_t job, uint32_t step);

/* All that is worth knowing, most useful first, in the run's arena. FF_OK or FF_NOMEM. */
ff_status ff_observations_collect(const ff_case *c, const ff_observation **items, size_t *count);

#endif
