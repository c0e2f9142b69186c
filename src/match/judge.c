#include "match/judge.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { NAME_BYTES = 120 }; /* of a job's name in a note */

typedef struct standing {
    ff_meter meter;
    bool aside;
} standing;

struct ff_judge {
    const ff_matcher *matcher;
    ff_run *run;
    ff_regex_work *work;
    standing *rules;
    uint32_t job;
};

ff_status ff_judge_new(ff_judge **judge, const ff_matcher *matcher, ff_run *run)
{
    *judge = NULL;
    ff_judge *made = calloc(1, sizeof *made);
    if (!made)
        return FF_NOMEM;
    *made = (ff_judge){.matcher = matcher, .run = run};
    made->rules = calloc(matcher->plan_count + 1u, sizeof *made->rules);
    if (!made->rules || ff_regex_work_new(&made->work, matcher->groups_max, true) != FF_OK) {
        ff_judge_free(made);
        return FF_NOMEM;
    }
    ff_judge_begin_job(made, FF_NO_INDEX);
    *judge = made;
    return FF_OK;
}

void ff_judge_free(ff_judge *judge)
{
    if (!judge)
        return;
    ff_regex_work_free(judge->work);
    free(judge->rules);
    free(judge);
}

void ff_judge_begin_job(ff_judge *judge, uint32_t job)
{
    judge->job = job;
    for (uint32_t i = 0; i < judge->matcher->plan_count; i++)
        judge->rules[i] = (standing){.meter = {.budget = FF_LIMIT_RULE_NANOSECONDS}};
}

static void set_aside(ff_judge *judge, uint32_t rule)
{
    ff_run *run = judge->run;
    ff_slice name = judge->job < run->jobs.count ? ff_run_job(run, judge->job)->name : (ff_slice){0};
    judge->rules[rule].aside = true;
    ff_notes_add(&run->notes, true, "rule-quarantined",
                 "Rule %.*s was set aside for the rest of job `%.*s`: one of its patterns failed (%s).",
                 FF_ARG(judge->matcher->plans[rule].rule->id), FF_ARG(ff_utf8_keep(run->arena, name, NAME_BYTES)),
                 ff_regex_failure(judge->work));
}

bool ff_judge_test(ff_judge *judge, uint32_t unit, ff_slice subject)
{
    uint32_t rule = judge->matcher->units[unit].rule;
    if (judge->rules[rule].aside)
        return false;
    switch (ff_regex_run(judge->matcher->units[unit].regex, judge->work, subject, &judge->rules[rule].meter)) {
    case FF_REGEX_HIT: return true;
    case FF_REGEX_MISS: return false;
    case FF_REGEX_FAILED: set_aside(judge, rule); break;
    }
    return false;
}

bool ff_judge_is_aside(const ff_judge *judge, uint32_t rule)
{
    return judge->rules[rule].aside;
}

uint32_t ff_judge_spans(const ff_judge *judge, uint32_t unit, ff_slice subject, ff_span *spans)
{
    return ff_regex_spans(judge->matcher->units[unit].regex, judge->work, subject, spans);
}
