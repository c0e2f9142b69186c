/* Examples: texts are made up, and the rules, loaded as their user will load them, say which of them are any good. */
#include "base/array.h"
#include "base/limits.h"
#include "match/example.h"
#include "match/literal.h"
#include "workshop/import_plan.h"

#include <stdio.h>

enum { VARIANTS = 4 };

typedef struct bench {
    ff_import_plan *plan;
    ff_catalog *catalog;
    ff_matcher *matcher;
    const ff_catalog *known;
    ff_matcher *known_matcher; /* NULL without a known catalog */
    ff_import_rule *rule;      /* the one being worked on, and as it was loaded */
    const ff_rule *loaded;
    ff_arena scratch; /* of one attempt */
    ff_findings findings;
} bench;

/* ---- The bench ---- */

/* The loader wants examples of a rule: until there are any, a stand-in. */
static ff_status load(bench *b)
{
    ff_buf yaml;
    ff_buf_init(&yaml, FF_LIMIT_YAML_BYTES);
    for (size_t i = 0; i < b->plan->rules.count; i++) {
        ff_import_rule *rule = b->plan->rules.items[i];
        rule->examples[0] = (ff_import_example){.text = FF_LIT("-")};
        rule->misses[0] = FF_LIT("-");
        rule->example_count = rule->miss_count = 1;
    }
    ff_import_print(b->plan, &yaml);
    for (size_t i = 0; i < b->plan->rules.count; i++)
        b->plan->rules.items[i]->example_count = b->plan->rules.items[i]->miss_count = 0;
    ff_status status = ff_buf_status(&yaml);
    if (status == FF_OK)
        status = ff_catalog_new(&b->catalog);
    if (status == FF_OK)
        status = ff_catalog_add_bytes(b->catalog, b->plan->name, ff_buf_slice(&yaml), "--patterns", b->plan->error);
    if (status == FF_OK)
        status = ff_catalog_finish(b->catalog, b->plan->error);
    if (status == FF_OK)
        status = ff_matcher_new(&b->matcher, b->catalog, b->plan->error);
    if (status == FF_OK && b->known)
        status = ff_matcher_new(&b->known_matcher, b->known, b->plan->error);
    ff_buf_release(&yaml);
    return status;
}

/* Runs rules over a text; `rule` NULL: all. What they found is in `findings` until the next run. */
static ff_status run(bench *b, const ff_matcher *matcher, const ff_rule *rule, ff_slice text)
{
    ff_run facts;
    ff_arena_release(&b->scratch);
    ff_arena_init(&b->scratch, 0);
    ff_run_init(&facts, &b->scratch);
    b->findings = (ff_findings){0};
    return ff_match_example(matcher, rule, text, &facts, &b->findings);
}

static bool hits(bench *b, ff_slice text)
{
    return run(b, b->matcher, b->loaded, text) == FF_OK && b->findings.count > 0;
}

/* ---- Examples ---- */

static void keep_captures(const bench *b, ff_import_example *example)
{
    ff_arena *arena = b->plan->arena;
    const ff_finding *finding = &b->findings.items[0];
    ff_param *captures = ff_arena_array(arena, finding->capture_count, sizeof *captures);
    for (uint32_t i = 0; captures && i < finding->capture_count; i++)
        captures[i] = (ff_param){ff_arena_dup(arena, finding->captures[i].name),
                                 ff_arena_dup(arena, finding->captures[i].values[0])};
    example->captures = captures;
    example->capture_count = captures ? finding->capture_count : 0;
}

static void try_example(bench *b, ff_slice text)
{
    ff_import_rule *rule = b->rule;
    for (size_t i = 0; i < rule->example_count; i++)
        if (ff_slice_eq(rule->examples[i].text, text))
            return;
    if (rule->example_count == FF_IMPORT_EXAMPLES || !ff_slice_trim(text).len || !hits(b, text))
        return;
    ff_import_example *example = &rule->examples[rule->example_count++];
    example->text = ff_arena_dup(b->plan->arena, text);
    keep_captures(b, example);
}

/* Likely texts first; the bare ones are for patterns that take none of them. A log is read without colours, so a text
 * that needs one proves nothing. */
static void find_matches(bench *b)
{
    ff_buf text;
    ff_buf_init(&text, FF_LIMIT_LINE_BYTES);
    for (uint32_t i = 0; i < 2 * VARIANTS && b->rule->example_count < FF_IMPORT_EXAMPLES; i++) {
        ff_buf_reset(&text);
        ff_import_sample(b->rule, i % VARIANTS, i < VARIANTS, &text);
        if (ff_buf_status(&text) == FF_OK && ff_slice_find_byte(ff_buf_slice(&text), '\x1b') == SIZE_MAX)
            try_example(b, ff_buf_slice(&text));
    }
    ff_buf_release(&text);
}

/* ---- Near misses ---- */

static void try_miss(bench *b, ff_slice text)
{
    ff_import_rule *rule = b->rule;
    for (size_t i = 0; i < rule->miss_count; i++)
        if (ff_slice_eq(rule->misses[i], text))
            return;
    if (rule->miss_count == FF_IMPORT_MISSES || !ff_slice_trim(text).len || hits(b, text))
        return;
    rule->misses[rule->miss_count++] = ff_arena_dup(b->plan->arena, text);
}

/* The same in the words of another tier. */
static void try_other_tiers(bench *b)
{
    ff_buf text;
    ff_buf_init(&text, FF_LIMIT_LINE_BYTES);
    for (int tier = 0; tier < FF_TIER_COUNT && b->rule->apart; tier++) {
        ff_import_rule other = *b->rule;
        other.tier = (ff_tier)tier;
        ff_buf_reset(&text);
        if (other.tier != b->rule->tier && (ff_import_tiers(other.matcher) & 1u << tier))
            ff_import_sample(&other, 0, true, &text);
        if (ff_buf_status(&text) == FF_OK)
            try_miss(b, ff_buf_slice(&text));
    }
    ff_buf_release(&text);
}

/* Of several lines: the last without those above it, the first without those below it. */
static void try_parts(bench *b, ff_slice text)
{
    size_t first = ff_slice_find_byte(text, '\n'), last = first;
    if (first == SIZE_MAX)
        return;
    for (size_t i = first; i < text.len; i++)
        last = text.ptr[i] == '\n' ? i : last;
    try_miss(b, ff_slice_from(text, last + 1));
    try_miss(b, ff_slice_cut(text, first));
}

/* The line without a literal that it must have, echoed by a script, and broken off. */
static void try_broken(bench *b, ff_slice text)
{
    ff_arena *arena = b->plan->arena;
    ff_literals literals = ff_literal_find(arena, b->rule->patterns[b->rule->pivot]);
    for (size_t i = 0; i < literals.count; i++)
        for (size_t k = 0; k < literals.sets[i].count; k++) {
            ff_slice literal = literals.sets[i].items[k];
            size_t at = ff_slice_find_nocase(text, literal);
            if (at != SIZE_MAX)
                try_miss(b, ff_arena_printf(arena, "%.*s...%.*s", FF_ARG(ff_slice_cut(text, at)),
                                            FF_ARG(ff_slice_from(text, at + literal.len))));
        }
    if (ff_slice_find_byte(text, '\n') == SIZE_MAX)
        try_miss(b, ff_arena_printf(arena, "echo '%.*s'", FF_ARG(text)));
    try_miss(b, ff_slice_cut(text, text.len / 2));
}

static void find_misses(bench *b)
{
    ff_slice text = b->rule->example_count ? b->rule->examples[0].text : FF_LIT("");
    try_other_tiers(b);
    try_parts(b, text);
    try_broken(b, text);
    try_miss(b, FF_LIT("0 problems found"));
    try_miss(b, FF_LIT("-"));
}

/* ---- Other rules ---- */

static ff_status add_reference(const bench *b, ff_import_texts *texts, ff_slice reference)
{
    for (size_t i = 0; i < texts->count; i++)
        if (ff_slice_eq(texts->items[i], reference))
            return FF_OK;
    ff_slice *slot = FF_ARRAY_PUSH(b->plan->arena, texts);
    if (slot)
        *slot = ff_arena_dup(b->plan->arena, reference);
    return slot ? FF_OK : FF_NOMEM;
}

/* A reference to a rule that is not in the file itself is a glob: the file loads wherever that rule is gone. */
static ff_status refer_to(const bench *b, const ff_rule *other)
{
    char glob[FF_LIMIT_ID_BYTES + 2];
    if (ff_catalog_find(b->catalog, other->id) == other)
        return add_reference(b, &b->rule->also, other->id);
    int length = snprintf(glob, sizeof glob, "%.*s*", FF_ARG(other->id));
    ff_slice reference = {glob, length > 0 ? (size_t)length : 0};
    return add_reference(b, other->role == FF_ROLE_CAUSE ? &b->rule->yields_to : &b->rule->also, reference);
}

static ff_status find_others(bench *b, const ff_matcher *matcher, ff_slice text)
{
    ff_status status = run(b, matcher, NULL, text);
    const ff_import_rule *graver = b->rule->graver;
    for (size_t i = 0; i < b->findings.count && status == FF_OK; i++) {
        const ff_rule *other = b->findings.items[i].rule;
        if (!ff_slice_eq(other->id, b->rule->id) && !(graver && ff_slice_eq(other->id, graver->id)))
            status = refer_to(b, other);
    }
    return status;
}

/* ---- One rule after the other ---- */

static void remark(const bench *b, ff_buf *remarks, const char *what)
{
    const ff_source_position at = b->rule->matcher->at;
    ff_buf_printf(remarks, "%s:%u:%u: %.*s: %s\n", at.file, at.line, at.column, FF_ARG(b->rule->id), what);
}

static ff_status work_on(bench *b, ff_import_rule *rule, ff_buf *remarks)
{
    ff_status status = FF_OK;
    b->rule = rule;
    b->loaded = ff_catalog_find(b->catalog, rule->id);
    find_matches(b);
    find_misses(b);
    if (rule->graver)
        status = add_reference(b, &rule->yields_to, rule->graver->id);
    for (size_t i = 0; i < rule->example_count && status == FF_OK; i++) {
        status = find_others(b, b->matcher, rule->examples[i].text);
        if (status == FF_OK && b->known_matcher)
            status = find_others(b, b->known_matcher, rule->examples[i].text);
    }
    if (b->known && ff_catalog_find(b->known, rule->id))
        remark(b, remarks, "the catalog has a rule of this id already, this one would replace it");
    if (!rule->example_count)
        remark(b, remarks, "no example could be made up, the file loads when you have put a real line into it");
    else if (!rule->miss_count)
        remark(b, remarks, "it hits whatever was tried: no near miss could be made up");
    return status;
}

ff_status ff_import_find_examples(ff_import_plan *plan, const ff_catalog *known, ff_buf *remarks)
{
    bench b = {.plan = plan, .known = known};
    ff_status status = load(&b);
    for (size_t i = 0; i < plan->rules.count && status == FF_OK; i++)
        status = work_on(&b, plan->rules.items[i], remarks);
    ff_arena_release(&b.scratch);
    ff_matcher_free(b.known_matcher);
    ff_matcher_free(b.matcher);
    ff_catalog_free(b.catalog);
    return status == FF_OK && plan->arena->failed ? FF_NOMEM : status;
}
