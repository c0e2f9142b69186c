/* The course of a diagnosis, once everything was read: outcomes, failures, candidates, ranks, words, observations. */
#ifndef FF_DIAGNOSE_COURSE_H
#define FF_DIAGNOSE_COURSE_H

#include "diagnose/case.h"

/* Works through the case, of which run, findings and suspects are set, and fills in what of the report comes from it;
 * everything is allocated in the run's arena. At most `excerpt_lines` lines of excerpt. FF_OK or FF_NOMEM. */
ff_status ff_course_run(ff_case *c, uint32_t excerpt_lines, ff_report *report);

#endif
