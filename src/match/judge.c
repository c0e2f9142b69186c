#include "match/judge.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { NAME_BYTES = 120 }; /* of a job's name in a note */

typedef struct standing {
    ff_meter meter;
    bool aside;
    bool over;       /* for the rest of the run */
    uint32_t asides; /* jobs before this one in which it was set aside, and the CPU time that it took in them */
    int64_t cpu;
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

/* True if the rule gets no other chance: a run can have thousands of jobs. */
static bool is_spent(ff_judge *judge, uint32_t index)
{
    standing *rule = &judge->rules[index];
    if (rule->over)
        return true;
    rule->asides += rule->aside;
    rule->cpu += rule->meter.cpu;
    rule->over = rule->asides >= FF_LIMIT_RULE_JOBS || rule->cpu >= FF_LIMIT_RULE_JOBS * FF_LIMIT_RULE_NANOSECONDS;
    if (rule->over)
        ff_notes_add(&judge->run->notes, true, "rule-quarantined",
                     "Rule %.*s was set aside for the rest of the run: it failed in, or took the time of, %d jobs.",
                     FF_ARG(judge->matcher->plans[index].rule->id), FF_LIMIT_RULE_JOBS);
    return rule->over;
}

void ff_judge_begin_job(ff_judge *judge, uint32_t job)
{
    judge->job = job;
    for (uint32_t i = 0; i < judge->matcher->plan_count; i++) {
        judge->rules[i].aside = is_spent(judge, i);
        judge->rules[i].meter = (ff_meter){.budget = FF_LIMIT_RULE_NANOSECONDS};
    }
}

static void set_aside(ff_judge *judge, uint32_t rule)
{
    ff_run *run = judge->run;
    ff_slice name = judge->job < run->jobs.count ? ff_run_job(run, judge->job)->name : (ff_slice){0};
    judge->rules[rule].aside = true;
    ff_notes_add(&run->notes, true, "rule-quarantined",
                 "Rule %.*s was set aside for the rest of job `%.*s`: one of its patterns failed (%s).",
                 FF_ARG(judge->matcher->plans[rule].rule->id), FF_ARG(ff_utf8_cut(name, NAME_BYTES)),
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
