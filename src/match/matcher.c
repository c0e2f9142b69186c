#include "match/plan.h"

#include "base/arena.h"
#include "match/literal.h"

#include <stdlib.h>

enum { WORD = 64 };

/* The patterns of a rule for one use. */
static const ff_patterns *patterns_of(const ff_rule *rule, ff_use use)
{
    switch (use) {
    case FF_USE_CLOSED_BY: return &rule->repeat.closed_by;
    case FF_USE_MATCH: return &rule->match;
    case FF_USE_ABSENT: return &rule->absent.patterns;
    case FF_USE_UNLESS: return &rule->unless;
    case FF_USE_FOLLOW_FOUND: return &rule->follow.found;
    case FF_USE_FOLLOW_MAYBE: return &rule->follow.maybe;
    case FF_USE_FOLLOW_UNLESS: return &rule->follow.unless_found;
    case FF_USE_FOLLOW_UNTIL: return &rule->follow.until;
    case FF_USE_BEFORE_FOUND: return &rule->before.found;
    case FF_USE_BEFORE_MAYBE: return &rule->before.maybe;
    case FF_USE_BEFORE_UNLESS: return &rule->before.unless_found;
    case FF_USE_BEFORE_UNTIL: return &rule->before.until;
    case FF_USE_COUNT: break;
    }
    return NULL;
}

static uint32_t number_units(ff_matcher *matcher, const ff_rule *rules)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < matcher->plan_count; i++) {
        ff_plan *plan = &matcher->plans[i];
        plan->rule = &rules[i];
        for (unsigned use = 0; use < FF_USE_COUNT; use++) {
            plan->first[use] = count;
            count += (uint32_t)patterns_of(plan->rule, (ff_use)use)->count;
        }
        plan->first[FF_USE_COUNT] = count;
    }
    return count;
}

static void mark_start(ff_matcher *matcher, uint32_t unit, uint32_t kinds)
{
    uint64_t bit = UINT64_C(1) << unit % WORD;
    for (unsigned kind = 0; kind < FF_LINE_KIND_COUNT; kind++)
        if (kinds & FF_LINE_BIT(kind))
            matcher->starts[kind][unit / WORD] |= bit;
    matcher->starts[FF_STARTS_ANY][unit / WORD] |= bit;
}

static uint32_t greater(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static ff_status compile_plan(ff_matcher *matcher, uint32_t index, ff_error *error)
{
    const ff_plan *plan = &matcher->plans[index];
    uint32_t spans = 0;
    for (unsigned use = 0; use < FF_USE_COUNT; use++) {
        const ff_patterns *patterns = patterns_of(plan->rule, (ff_use)use);
        for (uint32_t i = 0; i < patterns->count; i++) {
            uint32_t at = plan->first[use] + i;
            ff_unit *unit = &matcher->units[at];
            unit->pattern = &patterns->items[i];
            unit->rule = index;
            unit->use = (ff_use)use;
            ff_status status = ff_regex_new(&unit->regex, unit->pattern, error);
            if (status != FF_OK)
                return status;
            spans += ff_regex_names(unit->regex);
            matcher->groups_max = greater(matcher->groups_max, ff_regex_groups(unit->regex));
            if (use <= FF_USE_ABSENT)
                mark_start(matcher, at, plan->rule->where.kinds);
        }
    }
    matcher->spans_max = greater(matcher->spans_max, spans + (uint32_t)plan->rule->compose_count);
    matcher->before_max = greater(matcher->before_max, plan->rule->before.lines);
    return FF_OK;
}

/* `before` looks at lines that are past: the prefilter is not asked for it. */
static ff_status build_prefilter(ff_matcher *matcher)
{
    ff_arena arena;
    ff_arena_init(&arena, SIZE_MAX);
    ff_status status = FF_NOMEM;
    ff_prefilter_entry *entries = ff_arena_array(&arena, matcher->unit_count, sizeof *entries);
    for (uint32_t i = 0; entries && i < matcher->unit_count; i++) {
        const ff_unit *unit = &matcher->units[i];
        const ff_plan *plan = &matcher->plans[unit->rule];
        const ff_patterns *patterns = patterns_of(plan->rule, unit->use);
        entries[i].never = unit->use >= FF_USE_BEFORE_FOUND;
        if (!entries[i].never)
            entries[i].literals = ff_literal_find(&arena, patterns->items[i - plan->first[unit->use]].text);
    }
    if (!arena.failed)
        status = ff_prefilter_new(&matcher->prefilter, entries, matcher->unit_count);
    ff_arena_release(&arena);
    return status;
}

static bool allocate(ff_matcher *matcher, const ff_rule *rules)
{
    matcher->plans = calloc(matcher->plan_count + 1u, sizeof *matcher->plans);
    if (!matcher->plans)
        return false;
    matcher->unit_count = number_units(matcher, rules);
    matcher->words = (matcher->unit_count + WORD - 1) / WORD;
    matcher->units = calloc(matcher->unit_count + 1u, sizeof *matcher->units);
    bool fine = matcher->units != NULL;
    for (unsigned i = 0; i < FF_STARTS_COUNT; i++) {
        matcher->starts[i] = calloc(matcher->words + 1, sizeof *matcher->starts[i]);
        fine = fine && matcher->starts[i];
    }
    return fine;
}

ff_status ff_matcher_new(ff_matcher **matcher, const ff_catalog *catalog, ff_error *error)
{
    size_t count = 0;
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    *matcher = NULL;
    ff_matcher *made = calloc(1, sizeof *made);
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    made->plan_count = (uint32_t)count;
    ff_status status = allocate(made, rules) ? FF_OK : FF_NOMEM;
    for (uint32_t i = 0; status == FF_OK && i < made->plan_count; i++)
        status = compile_plan(made, i, error);
    if (status == FF_OK)
        status = build_prefilter(made);
    if (status == FF_OK)
        *matcher = made;
    else
        ff_matcher_free(made);
    return status == FF_NOMEM ? ff_error_set(error, FF_NOMEM, "out of memory") : status;
}

void ff_matcher_free(ff_matcher *matcher)
{
    if (!matcher)
        return;
    for (uint32_t i = 0; matcher->units && i < matcher->unit_count; i++)
        ff_regex_free(matcher->units[i].regex);
    for (unsigned i = 0; i < FF_STARTS_COUNT; i++)
        free(matcher->starts[i]);
    ff_prefilter_free(matcher->prefilter);
    free(matcher->units);
    free(matcher->plans);
    free(matcher);
}
