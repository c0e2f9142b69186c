/* A report as the history keeps it. */
#ifndef FF_SURVEY_RECORD_H
#define FF_SURVEY_RECORD_H

#include "diagnose/diagnosis.h"
#include "history/history.h"

/* Fills failures, diagnoses, digest and `partial` of `result`; the rest of it is the caller's. Everything is borrowed
 * from the report or in `arena`. Refuted diagnoses are left out. FF_OK or FF_NOMEM. */
ff_status ff_record_make(ff_history_result *result, const ff_report *report, ff_arena *arena);

#endif
