#include "base/array.h"
#include "base/fill.h"
#include "log/stamp.h"
#include "match/regex.h"
#include "workshop/lint.h"

enum { EXAMPLES_WANTED = 2 };

/* ---- Order and references ---- */

/* The rule that stands before it in its file. */
static const ff_rule *rule_above(const ff_lint *lint, const ff_rule *rule)
{
    const ff_rule *above = NULL;
    for (size_t i = 0; i < lint->rule_count; i++) {
        const ff_rule *other = &lint->rules[i];
        if (strcmp(other->at.file, rule->at.file) == 0 && other->at.line < rule->at.line &&
            (!above || other->at.line > above->at.line))
            above = other;
    }
    return above;
}

static void check_order(ff_lint *lint, const ff_rule *rule)
{
    const ff_rule *above = rule_above(lint, rule);
    if (above && ff_slice_cmp(above->id, rule->id) > 0)
        ff_complain(&lint->complaints, &rule->at, rule, "stands behind %.*s: rules of a file are sorted by id",
                    FF_ARG(above->id));
}

static void check_references(ff_lint *lint, const ff_rule *rule, const char *key, ff_texts references)
{
    for (size_t i = 0; i < references.count; i++) {
        bool known = false;
        for (size_t k = 0; k < lint->rule_count && !known; k++)
            known = ff_rule_is_named(&lint->rules[k], references.items[i]);
        if (!known)
            ff_complain(&lint->complaints, &rule->at, rule, "'%s' names no rule: %.*s", key,
                        FF_ARG(references.items[i]));
    }
}

static void check_all_references(ff_lint *lint, const ff_rule *rule)
{
    check_references(lint, rule, "caused_by", rule->caused_by);
    check_references(lint, rule, "yields_to", rule->yields_to);
    check_references(lint, rule, "requires.same_step", rule->requires.same_step);
    check_references(lint, rule, "requires.same_job", rule->requires.same_job);
    check_references(lint, rule, "requires.run", rule->requires.run);
    for (size_t i = 0; i < rule->examples_match_count; i++)
        check_references(lint, rule, "also", rule->examples_match[i].also);
}

/* ---- Captures ---- */

static bool holds(const ff_lint_names *of, ff_slice name)
{
    for (size_t i = 0; i < of->count; i++)
        if (ff_slice_eq(of->items[i], name))
            return true;
    return false;
}

static ff_status add_name(ff_arena *arena, ff_lint_names *of, ff_slice name)
{
    if (holds(of, name))
        return FF_OK;
    ff_slice *slot = FF_ARRAY_PUSH(arena, of);
    if (slot)
        *slot = ff_arena_dup(arena, name);
    return arena->failed ? FF_NOMEM : FF_OK;
}

static ff_status add_names_of(ff_lint *lint, ff_arena *arena, const ff_pattern *pattern, ff_lint_names *of)
{
    ff_regex *regex = NULL;
    ff_status status = ff_regex_new(&regex, pattern, lint->error);
    for (uint32_t i = 0; status == FF_OK && i < ff_regex_names(regex); i++)
        status = add_name(arena, of, ff_regex_name(regex, i));
    ff_regex_free(regex);
    return status;
}

/* What the patterns of a rule capture, and what it composes. */
static ff_status collect(ff_lint *lint, ff_arena *arena, const ff_rule *rule, ff_lint_names *of)
{
    ff_lint_list list;
    ff_status status = FF_OK;
    for (size_t i = 0; status == FF_OK && ff_lint_list_at(rule, i, &list); i++)
        for (size_t k = 0; status == FF_OK && k < list.patterns->count; k++)
            status = add_names_of(lint, arena, &list.patterns->items[k], of);
    for (size_t i = 0; status == FF_OK && i < rule->compose_count; i++)
        status = add_name(arena, of, rule->compose[i].name);
    return status;
}

ff_status ff_lint_find_context(ff_lint *lint, ff_arena *arena)
{
    ff_status status = add_name(arena, &lint->context, FF_LIT("count"));
    for (size_t i = 0; status == FF_OK && i < lint->rule_count; i++)
        if (ff_rule_has_tag(&lint->rules[i], "context"))
            status = collect(lint, arena, &lint->rules[i], &lint->context);
    return status;
}

typedef struct gaps {
    ff_lint *lint;
    const ff_rule *rule;
    const ff_lint_names *own, *context; /* context NULL: only its own count */
} gaps;

/* `$[ a $[ b ] ]` ends at the first bracket. */
static void check_nesting(const gaps *of, const char *key, ff_slice text)
{
    for (size_t at; (at = ff_slice_find(text, FF_LIT("$["))) != SIZE_MAX;) {
        text = ff_slice_from(text, at + 2);
        ff_slice part = ff_slice_cut(text, ff_slice_find_byte(text, ']'));
        if (ff_slice_find(part, FF_LIT("$[")) != SIZE_MAX)
            ff_complain(&of->lint->complaints, &of->rule->at, of->rule,
                        "'%s' has an optional part inside of another one", key);
    }
}

static void check_text(const gaps *of, const char *key, ff_slice text)
{
    check_nesting(of, key, text);
    for (size_t at; (at = ff_slice_find(text, FF_LIT("${"))) != SIZE_MAX;) {
        ff_slice name = {0};
        bool literal = at && text.ptr[at - 1] == '$';
        text = ff_slice_from(text, at + 2);
        if (literal)
            continue;
        (void)ff_slice_take_until(&text, '}', &name);
        (void)ff_fill_take_first(&name);
        if (!holds(of->own, name) && !(of->context && holds(of->context, name)))
            ff_complain(&of->lint->complaints, &of->rule->at, of->rule, "'%s' wants ${%.*s}, which no pattern captures",
                        key, FF_ARG(name));
    }
}

static void check_texts(const gaps *of)
{
    const ff_rule *rule = of->rule;
    check_text(of, "title", rule->title);
    check_text(of, "about", rule->about);
    for (size_t i = 0; i < rule->fix_count; i++) {
        check_text(of, "say", rule->fixes[i].say);
        check_text(of, "becomes", rule->fixes[i].edit_becomes);
        check_text(of, "drop", rule->fixes[i].edit_drop);
        check_text(of, "instead", rule->fixes[i].edit_instead);
        check_text(of, "insert", rule->fixes[i].edit_insert);
    }
    for (size_t i = 0; i < rule->ask_count; i++)
        check_text(of, "command", rule->asks[i].command);
    for (size_t i = 0; i < rule->verify_count; i++)
        for (size_t k = 0; k < rule->verify[i].param_count; k++)
            check_text(of, "verify", rule->verify[i].params[k].value);
}

static void check_names(ff_lint *lint, const ff_rule *rule, const char *key, ff_texts wanted, const ff_lint_names *own)
{
    for (size_t i = 0; i < wanted.count; i++)
        if (!holds(own, wanted.items[i]))
            ff_complain(&lint->complaints, &rule->at, rule, "'%s' names a capture that no pattern has: %.*s", key,
                        FF_ARG(wanted.items[i]));
}

/* What counts, measures or places makes each run a cause of its own. A path or a port may be what a rule is about. */
static void check_fingerprint(ff_lint *lint, const ff_rule *rule)
{
    static const ff_slice fleeting[] = {FF_TEXT("attempt"), FF_TEXT("failed"),  FF_TEXT("total"),   FF_TEXT("line"),
                                        FF_TEXT("column"),  FF_TEXT("percent"), FF_TEXT("seconds"), FF_TEXT("time"),
                                        FF_TEXT("date"),    FF_TEXT("hash"),    FF_TEXT("pid"),     FF_TEXT("count"),
                                        FF_TEXT("duration")};
    for (size_t i = 0; i < rule->stable.count; i++)
        for (size_t k = 0; k < sizeof fleeting / sizeof *fleeting; k++)
            if (ff_slice_eq(rule->stable.items[i], fleeting[k]))
                ff_complain(&lint->complaints, &rule->at, rule,
                            "'fingerprint' holds a capture that differs in every run: %.*s",
                            FF_ARG(rule->stable.items[i]));
}

static ff_status check_captures(ff_lint *lint, const ff_rule *rule)
{
    ff_arena arena;
    ff_lint_names own = {0};
    ff_arena_init(&arena, 0);
    ff_status status = collect(lint, &arena, rule, &own);
    if (status == FF_OK) {
        check_texts(&(gaps){.lint = lint, .rule = rule, .own = &own, .context = &lint->context});
        for (size_t i = 0; i < rule->compose_count; i++)
            check_text(&(gaps){.lint = lint, .rule = rule, .own = &own}, "compose", rule->compose[i].value);
        check_names(lint, rule, "fingerprint", rule->stable, &own);
        check_names(lint, rule, "same", rule->repeat.same, &own);
        check_fingerprint(lint, rule);
    }
    ff_arena_release(&arena);
    return status;
}

/* ---- Examples and advice ---- */

/* True if the text is a line as GitHub serves it, not as rules see it. */
static bool is_raw(ff_slice text)
{
    return ff_slice_starts(text, FF_LIT("##[")) || ff_stamp_is_github(text);
}

static void check_raw(ff_lint *lint, const ff_rule *rule)
{
    for (size_t i = 0; i < rule->examples_match_count; i++)
        if (is_raw(rule->examples_match[i].text))
            ff_complain(&lint->complaints, &rule->examples_match[i].at, rule,
                        "rules see lines without time stamp and ##[…] marker");
    for (size_t i = 0; i < rule->match.count; i++)
        if (ff_slice_find(rule->match.items[i].text, FF_LIT("##\\[")) != SIZE_MAX)
            ff_complain(&lint->complaints, &rule->match.items[i].at, rule,
                        "rules see lines without ##[…] marker: this part never hits");
}

static void check_examples(ff_lint *lint, const ff_rule *rule)
{
    check_raw(lint, rule);
    if (rule->examples_match_count < EXAMPLES_WANTED)
        ff_complain(&lint->complaints, &rule->at, rule, "%zu example of what it hits, %d are wanted",
                    rule->examples_match_count, EXAMPLES_WANTED);
    if (rule->examples_no_match_count < EXAMPLES_WANTED)
        ff_complain(&lint->complaints, &rule->at, rule, "%zu near miss, %d are wanted", rule->examples_no_match_count,
                    EXAMPLES_WANTED);
}

static void check_advice(ff_lint *lint, const ff_rule *rule)
{
    bool tells = rule->role == FF_ROLE_CAUSE || rule->role == FF_ROLE_SYMPTOM;
    if (tells && rule->fix_count + rule->ask_count == 0)
        ff_complain(&lint->complaints, &rule->at, rule,
                    "a %s without 'fix' and 'ask': its reader does not learn what to do", ff_role_name(rule->role));
    if (ff_slice_ends(rule->title, FF_LIT(".")))
        ff_complain(&lint->complaints, &rule->at, rule, "its title ends with a period");
}

ff_status ff_lint_words(ff_lint *lint, const ff_rule *rule)
{
    check_order(lint, rule);
    check_all_references(lint, rule);
    check_examples(lint, rule);
    check_advice(lint, rule);
    return check_captures(lint, rule);
}
