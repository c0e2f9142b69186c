#include "match/example.h"
#include "workshop/lint.h"

static bool outranks(const ff_rule *a, const ff_rule *b)
{
    return a->role < b->role || (a->role == b->role && a->severity > b->severity);
}

/* What the examples of a rule say of each other rule of the catalog. */
typedef struct rivals {
    size_t *outdone; /* on so many of them it stands on the line of the rule and before it */
    bool *polite;    /* both stand on one line, and each yields to the other: that decides nothing */
    size_t hits;     /* examples that the rule itself hits */
} rivals;

static ff_status look(const ff_matcher *matcher, const ff_lint *lint, const ff_rule *rule, const ff_example *example,
                      rivals *of)
{
    ff_arena arena;
    ff_run run;
    ff_findings findings = {0};
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    ff_status status = ff_match_example(matcher, NULL, example->text, &run, &findings);
    const ff_finding *own = status == FF_OK ? ff_findings_of(&findings, rule) : NULL;
    of->hits += own != NULL;
    for (size_t i = 0; own && i < lint->rule_count; i++) {
        const ff_rule *other = &lint->rules[i];
        const ff_finding *hit = other != rule ? ff_findings_of(&findings, other) : NULL;
        if (!hit || hit->first.sequence != own->first.sequence)
            continue;
        bool yields = ff_rule_yields(rule, other), is_yielded = ff_rule_yields(other, rule);
        of->outdone[i] += outranks(other, rule) && !yields && !is_yielded;
        of->polite[i] = of->polite[i] || (yields && is_yielded);
    }
    ff_arena_release(&arena);
    return status;
}

static void complain(ff_lint *lint, const ff_rule *rule, const rivals *of)
{
    size_t examples = rule->examples_match_count;
    if (of->hits == 0)
        ff_complain(&lint->complaints, &rule->at, rule, "hits none of its examples");
    for (size_t i = 0; of->hits && i < lint->rule_count; i++) {
        ff_slice id = lint->rules[i].id;
        if (of->outdone[i] == examples)
            ff_complain(&lint->complaints, &rule->at, rule,
                        "%.*s hits the same line in each of its examples and ranks higher", FF_ARG(id));
        if (of->polite[i])
            ff_complain(&lint->complaints, &rule->at, rule, "%.*s and it yield to each other on the same line",
                        FF_ARG(id));
    }
}

ff_status ff_lint_rivals(ff_lint *lint, const ff_matcher *matcher, const ff_rule *rule)
{
    ff_arena arena;
    ff_arena_init(&arena, 0);
    rivals of = {.outdone = ff_arena_array(&arena, lint->rule_count, sizeof *of.outdone),
                 .polite = ff_arena_array(&arena, lint->rule_count, sizeof *of.polite)};
    ff_status status = of.outdone && of.polite ? FF_OK : FF_NOMEM;
    for (size_t i = 0; status == FF_OK && i < rule->examples_match_count; i++)
        status = look(matcher, lint, rule, &rule->examples_match[i], &of);
    if (status == FF_OK)
        complain(lint, rule, &of);
    ff_arena_release(&arena);
    return status;
}
