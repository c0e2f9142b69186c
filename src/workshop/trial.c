#include "workshop/trial.h"

#include "base/fill.h"
#include "base/limits.h"
#include "catalog/catalog.h"
#include "match/example.h"
#include "workshop/complaint.h"

typedef struct trial {
    const ff_catalog *catalog;
    ff_matcher *matcher;
    ff_complaints complaints;
    ff_trial_tally *tally;
} trial;

/* One example while it is tried. */
typedef struct attempt {
    ff_arena arena;
    ff_run run;
    ff_findings findings; /* of all rules */
} attempt;

static ff_status begin(attempt *a, trial *t, const ff_example *example)
{
    *a = (attempt){0};
    ff_arena_init(&a->arena, 0);
    ff_run_init(&a->run, &a->arena);
    t->tally->examples++;
    return ff_match_example(t->matcher, NULL, example->text, &a->run, &a->findings);
}

static bool has_hit(const attempt *a, const ff_rule *rule)
{
    return ff_findings_of(&a->findings, rule) != NULL;
}

static bool has_value(const attempt *a, const ff_rule *rule, const ff_param *wanted)
{
    for (size_t i = 0; i < a->findings.count; i++) {
        if (a->findings.items[i].rule != rule)
            continue;
        const ff_capture *capture = ff_finding_capture(&a->findings.items[i], wanted->name);
        for (uint32_t v = 0; capture && v < capture->count; v++)
            if (ff_slice_eq(capture->values[v], wanted->value))
                return true;
    }
    return false;
}

static void complain(trial *t, const ff_rule *rule, const ff_example *example, const char *what, ff_slice name)
{
    ff_slice text = ff_complaint_excerpt(example->text);
    ff_complain(&t->complaints, &example->at, rule, "%s%.*s: %.*s", what, FF_ARG(name), FF_ARG(text));
}

static void complain_value(trial *t, const ff_rule *rule, const ff_example *example, const ff_param *capture)
{
    ff_complain(&t->complaints, &example->at, rule, "the example does not give %.*s = %.*s", FF_ARG(capture->name),
                FF_ARG(ff_complaint_excerpt(capture->value)));
}

static void check_cross_fires(trial *t, const ff_rule *rule, const ff_example *example, const attempt *a)
{
    for (size_t i = 0; i < a->findings.count; i++) {
        const ff_rule *other = a->findings.items[i].rule;
        bool repeated = false;
        for (size_t j = 0; j < i; j++)
            repeated = repeated || a->findings.items[j].rule == other;
        if (other != rule && !repeated && !ff_rule_yields(rule, other) && !ff_rule_yields(other, rule) &&
            !ff_rule_is_among(other, example->also))
            complain(t, rule, example, "its example is also hit by ", other->id);
    }
}

/* What a title wants of one hit: a capture of its own; what rules tagged `context` and the count give is there or not.
 */
typedef struct wanting {
    const ff_finding *finding;
    ff_slice missing;
} wanting;

static bool has_capture(void *self, ff_slice name, ff_buf *out)
{
    wanting *w = self;
    (void)out;
    (void)ff_fill_take_first(&name);
    if (ff_finding_capture(w->finding, name) || ff_slice_eq(name, FF_LIT("count")))
        return true;
    w->missing = name;
    return false;
}

/* True if a rule tagged `context` may give it: one whose patterns name it. */
static bool is_context(const ff_catalog *catalog, ff_slice name)
{
    size_t count;
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < rules[i].match.count && ff_rule_has_tag(&rules[i], "context"); k++) {
            size_t at = ff_slice_find(rules[i].match.items[k].text, name);
            if (at != SIZE_MAX && at > 0 && rules[i].match.items[k].text.ptr[at - 1] == '<')
                return true;
        }
    return false;
}

static void check_title(trial *t, const ff_rule *rule, const ff_example *example, const attempt *a)
{
    wanting w = {.finding = ff_findings_of(&a->findings, rule)};
    if (!w.finding)
        return;
    ff_buf title;
    ff_buf_init(&title, FF_LIMIT_PATTERN_BYTES);
    if (!ff_fill(rule->title, has_capture, &w, &title) && !is_context(t->catalog, w.missing))
        complain(t, rule, example, "the title has a gap, without a value of ", w.missing);
    ff_buf_release(&title);
}

static ff_status try_match(trial *t, const ff_rule *rule, const ff_example *example)
{
    attempt a;
    ff_status status = begin(&a, t, example);
    if (status == FF_OK && a.run.notes.count)
        complain(t, rule, example, "a pattern was set aside on the example", (ff_slice){0});
    if (status == FF_OK && !has_hit(&a, rule))
        complain(t, rule, example, "does not hit its example", (ff_slice){0});
    for (size_t i = 0; status == FF_OK && has_hit(&a, rule) && i < example->capture_count; i++)
        if (!has_value(&a, rule, &example->captures[i]))
            complain_value(t, rule, example, &example->captures[i]);
    if (status == FF_OK)
        check_title(t, rule, example, &a);
    if (status == FF_OK)
        check_cross_fires(t, rule, example, &a);
    ff_arena_release(&a.arena);
    return status;
}

static ff_status try_no_match(trial *t, const ff_rule *rule, const ff_example *example)
{
    attempt a;
    ff_status status = begin(&a, t, example);
    if (status == FF_OK && has_hit(&a, rule))
        complain(t, rule, example, "hits its near miss", (ff_slice){0});
    ff_arena_release(&a.arena);
    return status;
}

static ff_status try_rule(trial *t, const ff_rule *rule)
{
    ff_status status = FF_OK;
    t->tally->rules++;
    for (size_t i = 0; i < rule->examples_match_count && status == FF_OK; i++)
        status = try_match(t, rule, &rule->examples_match[i]);
    for (size_t i = 0; i < rule->examples_no_match_count && status == FF_OK; i++)
        status = try_no_match(t, rule, &rule->examples_no_match[i]);
    return status;
}

ff_status ff_trial_run(const ff_catalog *catalog, const char *layer, ff_buf *out, ff_trial_tally *tally,
                       ff_error *error)
{
    trial t = {.catalog = catalog, .complaints = {.out = out}, .tally = tally};
    size_t count;
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    *tally = (ff_trial_tally){0};
    ff_status status = ff_matcher_new(&t.matcher, catalog, error);
    for (size_t i = 0; i < count && status == FF_OK; i++)
        if (!layer || strcmp(rules[i].layer, layer) == 0)
            status = try_rule(&t, &rules[i]);
    ff_matcher_free(t.matcher);
    tally->complaints = t.complaints.count;
    return status == FF_NOMEM ? ff_error_set(error, FF_NOMEM, "out of memory") : status;
}
