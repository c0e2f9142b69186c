/* One diagnosis as JSON, as it stands in the `diagnoses` of firstfault.report/1. */
#ifndef FF_REPORT_MEMBER_H
#define FF_REPORT_MEMBER_H

#include "base/json.h"
#include "diagnose/diagnosis.h"

/* Appends it as one line without blanks between its members. `diagnosis` must be one of the report's. The status of
 * `out` tells. */
void ff_report_add_member(ff_buf *out, const ff_report *report, const ff_diagnosis *diagnosis);

/* The same as a value in a document that is being written. */
void ff_member_write(ff_json *json, const ff_report *report, const ff_diagnosis *diagnosis);

#endif
