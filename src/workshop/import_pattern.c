/* The patterns of a matcher, as the catalog takes them: parts become captures, and a severity keeps to one tier. */
#include "base/limits.h"
#include "match/regex.h"
#include "workshop/import_plan.h"

/* How one pattern is written. */
typedef struct writing {
    ff_arena *arena;
    const ff_issue_pattern *pattern;
    ff_tier tier, fallback; /* `fallback`: where the severity is left out */
    uint32_t next;          /* groups written so far */
    ff_buf *out;
} writing;

static bool keeps_tier(const void *self, const ff_regexp_node *branch)
{
    const ff_tier *tier = self;
    ff_buf word;
    ff_buf_init(&word, FF_LIMIT_PATTERN_BYTES);
    ff_regexp_add_word(&word, branch);
    bool keeps = ff_tier_of(ff_buf_slice(&word)) == *tier;
    ff_buf_release(&word);
    return keeps;
}

static const ff_regexp_group *severity_of(const ff_issue_pattern *pattern)
{
    uint32_t group = pattern->groups[FF_ISSUE_SEVERITY];
    return group == FF_NO_GROUP ? NULL : &pattern->regexp.groups.items[group];
}

/* Of plain words those of the tier stay; where anything may stand, a look-ahead is put before it. */
ff_regexp_narrowing ff_import_narrowing(const ff_issue_pattern *pattern, const ff_tier *tier)
{
    ff_regexp_narrowing narrowing = {.group = pattern->groups[FF_ISSUE_SEVERITY], .self = tier};
    const ff_regexp_group *severity = severity_of(pattern);
    if (severity && ff_regexp_is_words(severity->body))
        narrowing.keeps = keeps_tier;
    else if (severity)
        narrowing.front = ff_tier_front(*tier);
    return narrowing;
}

/* The tiers that the group itself can have. */
static unsigned tiers_of(const ff_regexp_group *severity)
{
    unsigned tiers = 0;
    if (!ff_regexp_is_words(severity->body))
        return (1u << FF_TIER_COUNT) - 1;
    for (int tier = 0; tier < FF_TIER_COUNT; tier++) {
        ff_tier wanted = (ff_tier)tier;
        for (const ff_regexp_node *branch = severity->body->child; branch; branch = branch->next)
            tiers |= keeps_tier(&wanted, branch) ? 1u << tier : 0;
    }
    return tiers;
}

bool ff_import_may_lack_severity(const ff_issue_pattern *pattern)
{
    uint32_t severity = pattern->groups[FF_ISSUE_SEVERITY];
    return severity != FF_NO_GROUP && !ff_regexp_needs(&pattern->regexp, severity, pattern->groups[FF_ISSUE_MESSAGE]);
}

unsigned ff_import_tiers(const ff_issue_matcher *matcher)
{
    for (size_t i = 0; i < matcher->patterns.count; i++) {
        const ff_regexp_group *severity = severity_of(&matcher->patterns.items[i]);
        if (severity)
            return tiers_of(severity) |
                   (ff_import_may_lack_severity(&matcher->patterns.items[i]) ? 1u << matcher->severity : 0);
    }
    return 1u << matcher->severity;
}

/* ---- Writing ---- */

static ff_regexp_style style_for(writing *w, const ff_regexp *regexp, ff_regexp_narrowing narrowing)
{
    uint32_t *numbers = ff_arena_array(w->arena, regexp->groups.count, sizeof *numbers);
    return (ff_regexp_style){.dialect = FF_DIALECT_PCRE2, .narrowing = narrowing, .numbers = numbers, .next = w->next};
}

static void write_captures(writing *w, ff_regexp_narrowing narrowing)
{
    ff_regexp_label labels[FF_ISSUE_PARTS];
    size_t count = 0;
    for (int part = 0; part < FF_ISSUE_PARTS; part++)
        if (w->pattern->groups[part] != FF_NO_GROUP)
            labels[count++] = (ff_regexp_label){w->pattern->groups[part], ff_issue_part_capture((ff_issue_part)part)};
    ff_regexp_style style = style_for(w, &w->pattern->regexp, narrowing);
    style.labels = labels;
    style.label_count = count;
    ff_regexp_write(&w->pattern->regexp, &style, w->out);
}

/* Without names, so that it can stand in a look-ahead at the start of a line. A group that is narrowed must be there.
 */
static void write_anywhere(writing *w, const ff_regexp *regexp, ff_regexp_narrowing narrowing)
{
    const ff_regexp_label nameless = {narrowing.group, {0}};
    bool anchored = ff_regexp_is_anchored(regexp), narrowed = narrowing.group != FF_NO_GROUP;
    ff_regexp_style style = style_for(w, regexp, narrowing);
    style.labels = &nameless;
    style.label_count = narrowed;
    ff_buf_add(w->out, anchored ? FF_LIT("") : FF_LIT("^.*?(?:"));
    ff_regexp_write(regexp, &style, w->out);
    ff_buf_add(w->out, anchored ? FF_LIT("") : FF_LIT(")"));
    if (narrowed && style.numbers)
        ff_buf_printf(w->out, "(?(%u)|(?!))", style.numbers[narrowing.group]);
    w->next = style.next;
}

static const ff_regexp_narrowing NOTHING_NARROWED = {.group = FF_NO_GROUP};

/* The word may be left out: whatever is not of another tier. */
static void write_without_others(writing *w)
{
    const ff_regexp *regexp = &w->pattern->regexp;
    unsigned others = tiers_of(severity_of(w->pattern)) & ~(1u << w->tier);
    bool anchored = ff_regexp_is_anchored(regexp);
    if (others) {
        ff_buf_add(w->out, anchored ? FF_LIT("(?!") : FF_LIT("^(?!"));
        for (int tier = 0, written = 0; tier < FF_TIER_COUNT; tier++) {
            ff_tier other = (ff_tier)tier;
            ff_regexp_narrowing narrowing = ff_import_narrowing(w->pattern, &other);
            if (!(others & 1u << tier))
                continue;
            ff_buf_add(w->out, written++ ? FF_LIT("|") : FF_LIT(""));
            write_anywhere(w, regexp, narrowing);
        }
        ff_buf_add(w->out, anchored ? FF_LIT(")") : FF_LIT(").*?(?:"));
    }
    write_captures(w, NOTHING_NARROWED);
    ff_buf_add(w->out, others && !anchored ? FF_LIT(")") : FF_LIT(""));
}

/* A severity that may be left out is that of the matcher, or the line is none of this tier. A line without a message is
 * none to GitHub. */
static void write_pattern(writing *w)
{
    const ff_issue_pattern *pattern = w->pattern;
    uint32_t group = pattern->groups[FF_ISSUE_MESSAGE];
    bool word = ff_import_may_lack_severity(pattern), without = word && w->tier == w->fallback;
    bool message = group != FF_NO_GROUP && !ff_regexp_needs(&pattern->regexp, group, FF_NO_GROUP);
    bool wrap = (message || (word && !without)) && pattern->regexp.root->child->next;
    ff_buf_add(w->out, wrap ? FF_LIT("(?:") : FF_LIT(""));
    if (without)
        write_without_others(w);
    else
        write_captures(w, ff_import_narrowing(pattern, &w->tier));
    ff_buf_add(w->out, wrap ? FF_LIT(")") : FF_LIT(""));
    ff_buf_add(w->out, word && !without ? FF_LIT("(?(<severity>)|(?!))") : FF_LIT(""));
    ff_buf_add(w->out, message ? FF_LIT("(?(<message>)|(?!))") : FF_LIT(""));
}

static bool is_headline(const ff_issue_matcher *matcher, size_t index)
{
    size_t count = matcher->patterns.count;
    return index + 2 == count && matcher->patterns.items[count - 1].loop;
}

/* To GitHub a line of the loop is never its headline, even if it looks like one. */
static void write_headline(writing *w, const ff_regexp *message)
{
    ff_buf plain;
    ff_buf_init(&plain, FF_LIMIT_PATTERN_BYTES);
    ff_buf_add(w->out, FF_LIT("^(?!"));
    write_anywhere(w, message, NOTHING_NARROWED);
    ff_buf_add_byte(w->out, ')');
    writing rest = *w;
    rest.out = &plain;
    write_pattern(&rest);
    ff_slice text = ff_buf_slice(&plain);
    bool anchored = ff_regexp_is_anchored(&w->pattern->regexp) && ff_slice_take_prefix(&text, FF_LIT("^"));
    ff_buf_add(w->out, anchored ? FF_LIT("") : FF_LIT(".*?(?:"));
    ff_buf_add(w->out, text);
    ff_buf_add(w->out, anchored ? FF_LIT("") : FF_LIT(")"));
    ff_buf_inherit(w->out, &plain);
    ff_buf_release(&plain);
}

static ff_slice keep(ff_arena *arena, ff_buf *out)
{
    ff_slice text = ff_buf_status(out) == FF_OK ? ff_arena_dup(arena, ff_buf_slice(out)) : (ff_slice){0};
    ff_buf_release(out);
    return text;
}

ff_slice ff_import_anywhere(ff_arena *arena, const ff_regexp *regexp)
{
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_PATTERN_BYTES);
    writing w = {.arena = arena, .out = &out};
    write_anywhere(&w, regexp, NOTHING_NARROWED);
    return keep(arena, &out);
}

/* A line that is neither headline nor message ends the loop. */
static ff_slice write_until(ff_arena *arena, const ff_regexp *headline, const ff_regexp *message)
{
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_PATTERN_BYTES);
    writing w = {.arena = arena, .out = &out};
    ff_buf_add(&out, FF_LIT("^(?!"));
    write_anywhere(&w, message, NOTHING_NARROWED);
    ff_buf_add_byte(&out, '|');
    write_anywhere(&w, headline, NOTHING_NARROWED);
    ff_buf_add_byte(&out, ')');
    return keep(arena, &out);
}

/* The engine has the last word on what was written. */
static ff_status check(const ff_import_plan *plan, ff_slice text, ff_source_position at)
{
    ff_regex *regex = NULL;
    ff_pattern pattern = {text, at};
    ff_status status = ff_regex_new(&regex, &pattern, plan->error);
    ff_regex_free(regex);
    return status;
}

static ff_status write_one(ff_import_plan *plan, const ff_import_rule *rule, size_t index, ff_slice *text)
{
    const ff_issue_pattern *pattern = &rule->matcher->patterns.items[index];
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_PATTERN_BYTES);
    writing w = {
        .arena = plan->arena, .pattern = pattern, .tier = rule->tier, .fallback = rule->matcher->severity, .out = &out};
    if (is_headline(rule->matcher, index))
        write_headline(&w, &pattern[1].regexp);
    else
        write_pattern(&w);
    ff_status status = ff_buf_status(&out);
    *text = ff_arena_dup(plan->arena, ff_buf_slice(&out));
    ff_buf_release(&out);
    if (status == FF_LIMIT)
        return ff_error_at(plan->error, FF_LIMIT, pattern->at.file, pattern->at.line, pattern->at.column,
                           "'regexp' becomes a pattern of more than %zu bytes", FF_LIMIT_PATTERN_BYTES);
    if (status != FF_OK || plan->arena->failed)
        return ff_error_set(plan->error, FF_NOMEM, "out of memory");
    return check(plan, *text, pattern->at);
}

ff_status ff_import_write_patterns(ff_import_plan *plan, ff_import_rule *rule)
{
    const ff_issue_matcher *matcher = rule->matcher;
    size_t count = matcher->patterns.count;
    ff_slice *patterns = ff_arena_array(plan->arena, count, sizeof *patterns);
    if (!patterns)
        return ff_error_set(plan->error, FF_NOMEM, "out of memory");
    rule->patterns = patterns;
    ff_status status = FF_OK;
    for (size_t i = 0; i < count && status == FF_OK; i++)
        status = write_one(plan, rule, i, &patterns[i]);
    if (status == FF_OK && ff_import_rule_loops(rule) && count == 2)
        rule->until = write_until(plan->arena, &matcher->patterns.items[0].regexp, &matcher->patterns.items[1].regexp);
    return status == FF_OK && rule->until.len ? check(plan, rule->until, matcher->at) : status;
}
