/* One rule as a problem matcher, or the reason why it cannot be one. */
#include "base/array.h"
#include "base/limits.h"
#include "log/line.h"
#include "workshop/export.h"
#include "workshop/import_plan.h"

typedef struct exporter {
    ff_arena *arena;
    const ff_rule *rule;
    ff_export_matcher *matcher;
    ff_error *error;
    bool given[FF_ISSUE_PARTS]; /* by a pattern already */
} exporter;

#define CANNOT(e, ...) ff_error_set((e)->error, FF_UNSUPPORTED, __VA_ARGS__)

/* ---- What a problem matcher cannot ask for ---- */

static bool is_noise(const ff_rule *rule)
{
    return rule->role == FF_ROLE_NOISE;
}

static bool looks_elsewhere(const ff_rule *rule)
{
    return rule->where.kinds != FF_LINES_PRINTED || rule->where.jobs.count || rule->where.steps.count ||
           rule->where.outcome != FF_OUTCOME_ANY;
}

static bool has_exceptions(const ff_rule *rule)
{
    return rule->unless.count > 0;
}

static bool counts(const ff_rule *rule)
{
    return rule->repeat.at_least > 1 || rule->repeat.closed_by.count;
}

static bool looks_far(const ff_rule *rule)
{
    return rule->absent.patterns.count || rule->requires.same_step.count || rule->requires.same_job.count ||
           rule->requires.run.count;
}

static bool has_choice(const ff_rule *rule)
{
    return rule->before.found.count > 1 || rule->follow.found.count > 1;
}

static bool has_options(const ff_rule *rule)
{
    return rule->before.unless_found.count || rule->before.maybe.count || rule->follow.unless_found.count ||
           rule->follow.maybe.count || rule->follow.until.count;
}

static const struct {
    bool (*speaks)(const ff_rule *rule);
    const char *why;
} REASONS[] = {
    {is_noise, "it is noise, there is nothing to mark"},
    {looks_elsewhere, "a problem matcher sees all output of all steps: 'where' has no counterpart"},
    {has_exceptions, "a problem matcher makes no exceptions: 'unless' has no counterpart"},
    {counts, "a problem matcher does not count: 'at_least' and 'closed_by' have no counterpart"},
    {looks_far, "a problem matcher knows nothing of other lines: 'absent' and 'requires' have no counterpart"},
    {has_choice, "several lines above or below it may stand in any order; a problem matcher knows one"},
    {has_options, "of the lines around it a problem matcher wants each: only 'found' has a counterpart"},
};

/* ---- Patterns ---- */

static ff_status read_pattern(exporter *e, const ff_pattern *pattern, ff_regexp *regexp)
{
    ff_regexp_fault fault = {0};
    ff_status status = ff_regexp_parse(regexp, e->arena, pattern->text, FF_DIALECT_PCRE2, &fault);
    if (status == FF_INVALID)
        return CANNOT(e, "the pattern of line %u, offset %zu: %s", pattern->at.line, fault.offset, fault.what);
    return status;
}

/* GitHub passes over a line whose severity is none of its own words. */
static bool is_githubs(const ff_regexp_group *severity)
{
    bool all = ff_regexp_is_words(severity->body);
    for (const ff_regexp_node *branch = severity->body->child; all && branch; branch = branch->next) {
        ff_tier tier;
        ff_buf word;
        ff_buf_init(&word, FF_LIMIT_PATTERN_BYTES);
        ff_regexp_add_word(&word, branch);
        all = ff_tier_find(ff_buf_slice(&word), &tier);
        ff_buf_release(&word);
    }
    return all;
}

static ff_status label_parts(exporter *e, const ff_regexp *regexp, ff_regexp_label *labels, size_t *count)
{
    for (int part = 0; part < FF_ISSUE_PARTS; part++) {
        ff_slice name = ff_issue_part_capture((ff_issue_part)part);
        for (uint32_t i = 1; i < regexp->groups.count; i++) {
            const ff_regexp_group *group = &regexp->groups.items[i];
            if (!ff_slice_eq(group->name, name) || (part == FF_ISSUE_SEVERITY && !is_githubs(group)))
                continue;
            /* GitHub drops a line without a message: one that may be missing is none, the whole line is it then. */
            if (part == FF_ISSUE_MESSAGE && !ff_regexp_needs(regexp, i, FF_NO_GROUP))
                continue;
            if (e->given[part])
                return CANNOT(e, "two of its patterns capture '%.*s'", FF_ARG(name));
            e->given[part] = true;
            labels[(*count)++] = (ff_regexp_label){i, name};
        }
    }
    return FF_OK;
}

/* The numbers that the labelled groups got. */
static void keep_numbers(ff_export_pattern *pattern, const ff_regexp_style *style)
{
    for (size_t i = 0; i < style->label_count; i++)
        for (int part = 0; part < FF_ISSUE_PARTS; part++)
            if (ff_slice_eq(style->labels[i].name, ff_issue_part_capture((ff_issue_part)part)))
                pattern->groups[part] = style->numbers[style->labels[i].group];
}

static void write_regexp(exporter *e, const ff_regexp *regexp, const ff_regexp *gap, ff_regexp_style *style,
                         ff_buf *out)
{
    bool wrap = gap && !ff_regexp_is_anchored(regexp);
    ff_buf_add(out, wrap ? FF_LIT("^.*?(?:") : FF_LIT(""));
    ff_regexp_write(regexp, style, out);
    ff_buf_add(out, wrap ? FF_LIT(")") : FF_LIT(""));
    if (!gap)
        return;
    ff_regexp_style more = {.dialect = FF_DIALECT_ACTIONS, .narrowing = {.group = FF_NO_GROUP}, .next = style->next};
    more.numbers = ff_arena_array(e->arena, gap->groups.count, sizeof *more.numbers);
    ff_buf_add_byte(out, '|');
    ff_regexp_write(gap, &more, out);
}

/* Adds a pattern; `gap`, if there is one, is what a line of a loop may be that is no hit: it has no message, so GitHub
 * passes over it and the loop goes on. */
static ff_status add_pattern(exporter *e, const ff_regexp *regexp, bool is_match, const ff_regexp *gap)
{
    ff_regexp_label labels[FF_ISSUE_PARTS + 1];
    size_t count = 0;
    ff_status status = label_parts(e, regexp, labels, &count);
    if (status == FF_OK && is_match && !e->given[FF_ISSUE_MESSAGE]) {
        labels[count++] = (ff_regexp_label){0, ff_issue_part_capture(FF_ISSUE_MESSAGE)};
        e->given[FF_ISSUE_MESSAGE] = true;
    }
    ff_export_pattern *pattern = status == FF_OK ? FF_ARRAY_PUSH(e->arena, &e->matcher->patterns) : NULL;
    if (!pattern)
        return status == FF_OK ? FF_NOMEM : status;
    ff_regexp_style style = {.dialect = FF_DIALECT_ACTIONS,
                             .labels = labels,
                             .label_count = count,
                             .narrowing = {.group = FF_NO_GROUP},
                             .numbers = ff_arena_array(e->arena, regexp->groups.count, sizeof *style.numbers)};
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_LINE_BYTES);
    write_regexp(e, regexp, gap, &style, &out);
    keep_numbers(pattern, &style);
    pattern->regexp = ff_arena_dup(e->arena, ff_buf_slice(&out));
    status = e->arena->failed ? FF_NOMEM : ff_buf_status(&out);
    ff_buf_release(&out);
    return status;
}

static ff_status add_each(exporter *e, const ff_patterns *patterns)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < patterns->count && status == FF_OK; i++) {
        ff_regexp regexp;
        status = read_pattern(e, &patterns->items[i], &regexp);
        if (status == FF_OK)
            status = add_pattern(e, &regexp, false, NULL);
    }
    return status;
}

/* ---- Loops ---- */

/* One branch of the look-ahead that `until` consists of, as a pattern of its own. */
static ff_regexp branch_of(exporter *e, const ff_regexp *until, const ff_regexp_node *branch)
{
    ff_regexp alone = *until;
    ff_regexp_node *branches = ff_arena_alloc(e->arena, sizeof *branches);
    ff_regexp_node *sequence = ff_arena_alloc(e->arena, sizeof *sequence);
    if (branches && sequence) {
        *sequence = *branch;
        sequence->next = NULL;
        *branches = (ff_regexp_node){.kind = FF_REGEXP_BRANCHES, .group = FF_NO_GROUP, .child = sequence};
    }
    alone.root = branches;
    return alone;
}

/* As it stands, without captures. */
static ff_slice spell(exporter *e, const ff_regexp *regexp)
{
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_LINE_BYTES);
    ff_regexp_style style = {.dialect = FF_DIALECT_PCRE2,
                             .narrowing = {.group = FF_NO_GROUP},
                             .numbers = ff_arena_array(e->arena, regexp->groups.count, sizeof *style.numbers)};
    ff_regexp_write(regexp, &style, &out);
    ff_slice text = ff_buf_status(&out) == FF_OK ? ff_arena_dup(e->arena, ff_buf_slice(&out)) : (ff_slice){0};
    ff_buf_release(&out);
    return text;
}

/* An import keeps the lines of the loop out of its headline; GitHub does so by itself. */
static void strip_headline(exporter *e, ff_regexp *headline, const ff_regexp *message)
{
    ff_regexp_node *first = headline->root->child->child, *ahead = first ? first->next : NULL;
    if (!ff_regexp_is_anchored(headline) || !ahead || !ff_slice_eq(ahead->text, FF_LIT("(?!")))
        return;
    ff_regexp alone = branch_of(e, headline, ahead->child->child);
    if (alone.root && !ahead->child->child->next && ff_slice_eq(spell(e, &alone), spell(e, message)))
        first->next = ahead->next;
}

/* True if `until` is what an import makes of a headline and a message; `message` is the latter, of which the rule's own
 * pattern may be a part. */
static bool is_end_of_loop(exporter *e, ff_regexp *headline, const ff_regexp *until, ff_regexp *message)
{
    const ff_regexp_node *first = until->root->child->child, *ahead = first ? first->next : NULL;
    if (!ff_regexp_is_anchored(until) || !ahead || ahead->next || !ff_slice_eq(ahead->text, FF_LIT("(?!")))
        return false;
    const ff_regexp_node *branch = ahead->child->child;
    if (!branch->next || branch->next->next)
        return false;
    *message = branch_of(e, until, branch);
    if (message->root)
        strip_headline(e, headline, message);
    ff_regexp other = branch_of(e, until, branch->next);
    return message->root && other.root && ff_slice_eq(spell(e, &other), ff_import_anywhere(e->arena, headline));
}

static ff_status add_loop(exporter *e, const ff_regexp *match)
{
    const ff_rule_window *before = &e->rule->before;
    ff_regexp headline, until, message;
    ff_status status = read_pattern(e, &before->found.items[0], &headline);
    if (status == FF_OK)
        status = read_pattern(e, &before->until.items[0], &until);
    if (status != FF_OK)
        return status;
    if (before->lines != FF_LIMIT_WINDOW_LINES || !is_end_of_loop(e, &headline, &until, &message))
        return CANNOT(e, "between its lines others may stand: a problem matcher wants one right behind the other");
    bool same = ff_slice_eq(spell(e, &message), ff_import_anywhere(e->arena, match));
    status = add_pattern(e, &headline, false, NULL);
    if (status == FF_OK)
        status = add_pattern(e, match, true, same ? NULL : &message);
    if (status == FF_OK)
        e->matcher->patterns.items[e->matcher->patterns.count - 1].loop = true;
    return status;
}

/* ---- A rule ---- */

/* Windows that want as many lines as they look at. */
static ff_status add_lines(exporter *e, const ff_regexp *match)
{
    const ff_rule *rule = e->rule;
    if (rule->before.lines != rule->before.found.count || rule->follow.lines != rule->follow.found.count)
        return CANNOT(e, "between its lines others may stand: a problem matcher wants one right behind the other");
    ff_status status = add_each(e, &rule->before.found);
    if (status == FF_OK)
        status = add_pattern(e, match, true, NULL);
    return status == FF_OK ? add_each(e, &rule->follow.found) : status;
}

ff_status ff_export_rule(ff_export_matcher *matcher, ff_arena *arena, const ff_rule *rule, const ff_pattern *match,
                         ff_error *error)
{
    exporter e = {.arena = arena, .rule = rule, .matcher = matcher, .error = error};
    ff_regexp regexp;
    *matcher = (ff_export_matcher){0};
    for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++)
        if (REASONS[i].speaks(rule))
            return CANNOT(&e, "%s", REASONS[i].why);
    ff_status status = read_pattern(&e, match, &regexp);
    if (status != FF_OK)
        return status;
    bool loops = rule->before.until.count == 1 && rule->before.found.count == 1 && !rule->follow.lines;
    if (!loops && rule->before.until.count)
        return CANNOT(&e, "a problem matcher has no word for 'until'");
    return loops ? add_loop(&e, &regexp) : add_lines(&e, &regexp);
}
