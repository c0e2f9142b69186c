/* Failures that follow from others: a job that was cut off or that only reports, after another one failed. */
#ifndef FF_DIAGNOSE_FOLLOW_ON_H
#define FF_DIAGNOSE_FOLLOW_ON_H

#include "diagnose/outcome.h"

/* Marks jobs that were cancelled, or that only report (tag `follow-on`; without a log by name and order), when another
 * job had failed. Needs the times of the failures. */
void ff_follow_on_mark(const ff_run *run, const ff_findings *findings, ff_failures *failures);

/* Links each follow-on to the failure that explains it best. Needs their final order: origins first, by time. FF_OK or
 * FF_NOMEM. */
ff_status ff_follow_on_link(const ff_run *run, ff_failures *failures);

#endif
