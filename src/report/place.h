/* How a job, a step and a line are named, and how GitHub's pages for them are addressed.
 *
 *     ff_place_say_step(&voice, run, job, step);        `deploy-backend` › `Post-deployment health check`
 *     ff_place_say_lines(&voice, evidence);             `deploy-backend/6_check.txt:38-57`
 *     if (ff_place_add_line_url(out, run, evidence)) ...
 *
 * Addresses are built from numbers and from a host and a repository whose form was checked, never from a URL that a
 * source handed over.
 */
#ifndef FF_REPORT_PLACE_H
#define FF_REPORT_PLACE_H

#include "diagnose/diagnosis.h"
#include "report/voice.h"

/* The job or step at an index, or NULL for FF_NO_INDEX and anything out of range. Borrowed from the run. */
const ff_job *ff_place_job(const ff_run *run, uint32_t job);
const ff_step *ff_place_step(const ff_run *run, uint32_t job, uint32_t step);

/* A name, cut at 60 bytes; some steps are named after a whole script line. */
void ff_place_say_name(const ff_voice *voice, ff_slice name);

/* True if that leaves something out. */
bool ff_place_is_cut(ff_slice name);

/* The job's name, cut as above; `the job` where it has none, `the run` for none. */
void ff_place_say_job(const ff_voice *voice, const ff_run *run, uint32_t job);

/* `job › step`; only what is known of it. */
void ff_place_say_step(const ff_voice *voice, const ff_run *run, uint32_t job, uint32_t step);

/* `file:line` where the file is the step's own and so names it or where nothing has a name, else
 * `job › step at file:line`. */
void ff_place_say_source(const ff_voice *voice, const ff_run *run, const ff_evidence *evidence);

/* ` in step 6 of 8` where the number is known; nothing otherwise. */
void ff_place_say_number(const ff_voice *voice, const ff_run *run, uint32_t job, uint32_t step);

/* `file:line`, or `file:first-last` for a range; what it is from if not a log. */
void ff_place_say_lines(const ff_voice *voice, const ff_evidence *evidence);

/* True if the repository was read at the commit of the run. */
bool ff_place_is_same_commit(const ff_report *report);

/* `path:line` of the repository, or of a log: linked to the file at the run's commit where it was read at that commit
 * and has the form it should have. */
void ff_place_say_at(const ff_voice *voice, const ff_report *report, ff_slice at);

/* Appends the address of the run's page, of its attempt where that is known, of what changed from the commit `since` to
 * that of the run, or of the evidence's first line (of its job for what the API states). False, with nothing appended,
 * unless every part of it is known and has the form it should have. */
bool ff_place_add_run_url(ff_buf *out, const ff_run *run);
bool ff_place_add_attempt_url(ff_buf *out, const ff_run *run);
bool ff_place_add_compare_url(ff_buf *out, const ff_run *run, ff_slice since);
bool ff_place_add_line_url(ff_buf *out, const ff_run *run, const ff_evidence *evidence);

#endif
