#include "workshop/import_plan.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/limits.h"
#include "catalog/path.h"
#include "match/literal.h"

#include <stdio.h>
#include <stdlib.h>

enum { SLUG_BYTES = 40 };

/* ---- Names ---- */

static bool is_slug(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Lower-case letters and digits; what stands between them becomes one `-`. */
static ff_slice make_slug(ff_arena *arena, ff_slice text)
{
    char slug[SLUG_BYTES];
    size_t length = 0;
    for (size_t i = 0; i < text.len && length < sizeof slug; i++) {
        char c = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? (char)(text.ptr[i] + ('a' - 'A')) : text.ptr[i];
        if (is_slug(c))
            slug[length++] = c;
        else if (length && slug[length - 1] != '-')
            slug[length++] = '-';
    }
    while (length && slug[length - 1] == '-')
        length--;
    return length ? ff_arena_dup(arena, (ff_slice){slug, length}) : FF_LIT("matcher");
}

/* `eslint-problem-matcher.json` is about eslint. */
static ff_slice family_of_name(ff_arena *arena, const char *name)
{
    static const ff_slice idle[] = {FF_TEXT("problem"), FF_TEXT("matcher"), FF_TEXT("matchers")};
    ff_slice rest = ff_path_name(name), word;
    if (ff_slice_ends(rest, FF_LIT(".json")))
        rest.len -= strlen(".json");
    rest = make_slug(arena, rest);
    ff_buf family;
    ff_buf_init(&family, FF_LIMIT_ID_BYTES);
    while (ff_slice_take_until(&rest, '-', &word)) {
        bool kept = true;
        for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
            kept = kept && !ff_slice_eq(word, idle[i]);
        ff_buf_add(&family, kept && family.len ? FF_LIT("-") : FF_LIT(""));
        ff_buf_add(&family, kept ? word : (ff_slice){0});
    }
    ff_slice made = family.len ? ff_arena_dup(arena, ff_buf_slice(&family)) : (ff_slice){0};
    ff_buf_release(&family);
    return made;
}

/* A family starts with a letter. */
static ff_slice choose_family(ff_arena *arena, const char *name, ff_slice owner)
{
    ff_slice family = family_of_name(arena, name);
    if (!family.len)
        family = make_slug(arena, owner);
    if (family.len && family.ptr[0] >= 'a' && family.ptr[0] <= 'z')
        return family;
    return ff_arena_printf(arena, "matcher-%.*s", FF_ARG(family));
}

static bool is_taken(const ff_import_plan *plan, ff_slice id)
{
    for (size_t i = 0; i < plan->rules.count; i++)
        if (ff_slice_eq(plan->rules.items[i]->id, id))
            return true;
    return false;
}

static ff_slice choose_id(const ff_import_plan *plan, ff_slice owner, const char *suffix)
{
    ff_slice slug = make_slug(plan->arena, owner);
    ff_slice id = ff_arena_printf(plan->arena, "%.*s.%.*s%s", FF_ARG(plan->family), FF_ARG(slug), suffix);
    for (unsigned number = 2; id.len && is_taken(plan, id); number++)
        id = ff_arena_printf(plan->arena, "%.*s.%.*s-%u%s", FF_ARG(plan->family), FF_ARG(slug), number, suffix);
    return id;
}

/* ---- Which pattern is looked for, and which stand around it ---- */

bool ff_import_rule_loops(const ff_import_rule *rule)
{
    size_t count = rule->matcher->patterns.count;
    return rule->matcher->patterns.items[count - 1].loop;
}

bool ff_import_rule_has(const ff_import_rule *rule, ff_issue_part part)
{
    for (size_t i = 0; i < rule->matcher->patterns.count; i++)
        if (rule->matcher->patterns.items[i].groups[part] != FF_NO_GROUP)
            return true;
    return false;
}

/* A window of one line is that very line; in a longer one the order is not asked for. */
static bool is_exact_around(size_t pivot, size_t count)
{
    return pivot <= 1 && count - 1 - pivot <= 1;
}

bool ff_import_rule_is_exact(const ff_import_rule *rule)
{
    if (ff_import_rule_loops(rule))
        return rule->until.len > 0;
    return is_exact_around(rule->pivot, rule->matcher->patterns.count);
}

/* A pattern with a literal first, so that the scan passes over most lines; then one around which the windows are
 * exact; then the last, on which GitHub puts its mark. */
static size_t choose_pivot(ff_arena *arena, const ff_import_rule *rule)
{
    size_t count = rule->matcher->patterns.count, best = count - 1;
    int best_worth = -1;
    for (size_t i = count; i-- > 0;) {
        int worth = 2 * (ff_literal_find(arena, rule->patterns[i]).count > 0) + is_exact_around(i, count);
        if (worth > best_worth) {
            best = i;
            best_worth = worth;
        }
    }
    return ff_import_rule_loops(rule) ? count - 1 : best;
}

/* ---- Rules ---- */

static ff_status add_rule(ff_import_plan *plan, const ff_import_rule *made)
{
    ff_import_rule *rule = ff_arena_alloc(plan->arena, sizeof *rule);
    ff_import_rule **slot = FF_ARRAY_PUSH(plan->arena, &plan->rules);
    if (!rule || !slot)
        return ff_error_set(plan->error, FF_NOMEM, "out of memory");
    *rule = *made;
    *slot = rule;
    ff_status status = ff_import_write_patterns(plan, rule);
    if (status == FF_OK)
        rule->pivot = choose_pivot(plan->arena, rule);
    return status;
}

/* Notices explain no failure: they get a rule only where there is nothing else. */
static ff_status add_rules(ff_import_plan *plan, const ff_issue_matcher *matcher)
{
    unsigned tiers = ff_import_tiers(matcher), notice = 1u << FF_TIER_NOTICE;
    bool apart = (tiers & (tiers - 1)) != 0;
    if (apart && matcher->severity != FF_TIER_NOTICE)
        tiers &= ~notice;
    const ff_import_rule *graver = NULL;
    ff_status status = FF_OK;
    for (int tier = 0; tier < FF_TIER_COUNT && status == FF_OK; tier++) {
        if (!(tiers & 1u << tier))
            continue;
        char suffix[16] = "";
        if (graver)
            (void)snprintf(suffix, sizeof suffix, "-%s", ff_tier_name((ff_tier)tier));
        ff_import_rule rule = {.matcher = matcher, .tier = (ff_tier)tier, .apart = apart, .graver = graver};
        rule.id = choose_id(plan, matcher->owner, suffix);
        status = add_rule(plan, &rule);
        if (!graver && status == FF_OK)
            graver = plan->rules.items[plan->rules.count - 1];
    }
    return status;
}

static int by_id(const void *a, const void *b)
{
    const ff_import_rule *const *left = a, *const *right = b;
    return ff_slice_cmp((*left)->id, (*right)->id);
}

ff_status ff_import_plan_make(ff_import_plan *plan, const ff_issue_file *file)
{
    ff_status status = FF_OK;
    plan->family = choose_family(plan->arena, plan->name, file->matchers.items[0].owner);
    for (size_t i = 0; i < file->matchers.count && status == FF_OK; i++)
        status = add_rules(plan, &file->matchers.items[i]);
    if (status == FF_OK)
        qsort(plan->rules.items, plan->rules.count, sizeof *plan->rules.items, by_id);
    return status == FF_OK && plan->arena->failed ? ff_error_set(plan->error, FF_NOMEM, "out of memory") : status;
}
