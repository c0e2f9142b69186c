/* Runs patterns for a scan and keeps rules within their budget.
 *
 * A rule whose pattern fails in the engine, or that has used up its CPU time on the log of one job, is set aside for
 * the rest of that job, after FF_LIMIT_RULE_JOBS of them for the rest of the run, with the note `rule-quarantined`:
 * from then on its patterns match nothing. Other rules are not affected.
 *
 *     if (ff_judge_test(judge, unit, line->body))
 *         count = ff_judge_spans(judge, unit, line->body, spans);
 *     if (ff_judge_is_aside(judge, rule)) ...            // what was found out on this line does not count
 */
#ifndef FF_MATCH_JUDGE_H
#define FF_MATCH_JUDGE_H

#include "match/plan.h"
#include "source/run.h"

typedef struct ff_judge ff_judge;

/* `matcher` and `run` are borrowed. FF_OK or FF_NOMEM. */
ff_status ff_judge_new(ff_judge **judge, const ff_matcher *matcher, ff_run *run);
void ff_judge_free(ff_judge *judge); /* NULL is fine */

/* Another job's log begins: all rules are in force again, with a full budget. */
void ff_judge_begin_job(ff_judge *judge, uint32_t job);

/* True if the unit's pattern stands in `subject`. False too when its rule is, or now gets, set aside. */
bool ff_judge_test(ff_judge *judge, uint32_t unit, ff_slice subject);

/* True while the rule is set aside for the rest of this job's log. `rule` is its index in the catalog. */
bool ff_judge_is_aside(const ff_judge *judge, uint32_t rule);

/* The named groups of the unit for which ff_judge_test was true last; see ff_regex_spans. */
uint32_t ff_judge_spans(const ff_judge *judge, uint32_t unit, ff_slice subject, ff_span *spans);

#endif
