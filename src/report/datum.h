/* Members that several parts of the JSON report have: ids, places, evidence. `json` must stand where an object's member
 * or, for ff_datum_put_id, _diagnosis and _evidence, a value belongs. */
#ifndef FF_REPORT_DATUM_H
#define FF_REPORT_DATUM_H

#include "base/json.h"
#include "diagnose/diagnosis.h"

/* A value such as `E1`; null for number 0. */
void ff_datum_put_id(ff_json *json, char letter, uint32_t number);

/* The value `D1` for a diagnosis, by its index in the report; null for FF_NO_INDEX. */
void ff_datum_put_diagnosis(ff_json *json, const ff_report *report, uint32_t index);

/* The API's number of a step, which may be NULL; null where it is not known. */
void ff_datum_put_number(ff_json *json, const char *key, const ff_step *step);

/* The members job, step and step_name, by indices or FF_NO_INDEX. */
void ff_datum_put_where(ff_json *json, const ff_run *run, uint32_t job_index, uint32_t step_index);

/* The member diff, null if it is empty; it must be showable (ff_json_exact). */
void ff_datum_put_diff(ff_json *json, ff_slice diff);

/* One evidence as an object. */
void ff_datum_put_evidence(ff_json *json, const ff_run *run, const ff_evidence *evidence);

#endif
