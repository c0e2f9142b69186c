#include "match/example.h"
#include "workshop/complaint.h"
#include "workshop/lint.h"

static bool outranks(const ff_rule *a, const ff_rule *b)
{
    return a->role < b->role || (a->role == b->role && a->severity > b->severity);
}

/* The hit of `rule` among the findings of an example; NULL if it has none. */
static const ff_finding *hit_of(const ff_findings *findings, const ff_rule *rule)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].rule == rule)
            return &findings->items[i];
    return NULL;
}

/* Counts, for each rule of the catalog, on how many examples it stands on the line of `rule` and before it. */
static ff_status count_outdone(const ff_matcher *matcher, const ff_lint *lint, const ff_rule *rule,
                               const ff_example *example, size_t *outdone, size_t *hits)
{
    ff_arena arena;
    ff_run run;
    ff_findings findings = {0};
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    ff_status status = ff_match_example(matcher, NULL, example->text, &run, &findings);
    const ff_finding *own = status == FF_OK ? hit_of(&findings, rule) : NULL;
    *hits += own != NULL;
    for (size_t i = 0; own && i < lint->rule_count; i++) {
        const ff_rule *other = &lint->rules[i];
        const ff_finding *hit = other != rule ? hit_of(&findings, other) : NULL;
        outdone[i] += hit && hit->first.sequence == own->first.sequence && outranks(other, rule) &&
                      !ff_rule_yields(rule, other) && !ff_rule_yields(other, rule);
    }
    ff_arena_release(&arena);
    return status;
}

ff_status ff_lint_rivals(ff_lint *lint, const ff_matcher *matcher, const ff_rule *rule)
{
    ff_arena arena;
    ff_arena_init(&arena, 0);
    size_t *outdone = ff_arena_array(&arena, lint->rule_count, sizeof *outdone), hits = 0;
    ff_status status = outdone ? FF_OK : FF_NOMEM;
    for (size_t i = 0; status == FF_OK && i < rule->examples_match_count; i++)
        status = count_outdone(matcher, lint, rule, &rule->examples_match[i], outdone, &hits);
    if (status == FF_OK && hits == 0) {
        ff_complain(lint->out, &rule->at, rule, "hits none of its examples");
        lint->complaints++;
    }
    for (size_t i = 0; status == FF_OK && hits && i < lint->rule_count; i++)
        if (outdone[i] == rule->examples_match_count) {
            ff_complain(lint->out, &rule->at, rule, "%.*s hits the same line in each of its examples and ranks higher",
                        FF_ARG(lint->rules[i].id));
            lint->complaints++;
        }
    ff_arena_release(&arena);
    return status;
}
