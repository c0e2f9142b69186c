#include "workshop/lint.h"

#include "repo/probe.h"

bool ff_lint_list_at(const ff_rule *rule, size_t index, ff_lint_list *list)
{
    const ff_lint_list lists[] = {
        {"match", &rule->match, true},
        {"unless", &rule->unless, false},
        {"before.found", &rule->before.found, false},
        {"before.maybe", &rule->before.maybe, false},
        {"before.unless_found", &rule->before.unless_found, false},
        {"before.until", &rule->before.until, false},
        {"follow.found", &rule->follow.found, false},
        {"follow.maybe", &rule->follow.maybe, false},
        {"follow.unless_found", &rule->follow.unless_found, false},
        {"follow.until", &rule->follow.until, false},
        {"closed_by", &rule->repeat.closed_by, true},
        {"absent", &rule->absent.patterns, true},
    };
    if (index >= sizeof lists / sizeof *lists)
        return false;
    *list = lists[index];
    return true;
}

bool ff_lint_edit_at(const ff_rule *rule, size_t index, const ff_pattern **pattern)
{
    enum { LINE, BEFORE, PATTERNS };
    if (index / PATTERNS >= rule->fix_count)
        return false;
    const ff_fix *fix = &rule->fixes[index / PATTERNS];
    const ff_pattern *found = index % PATTERNS == LINE ? &fix->edit_line : &fix->edit_before;
    *pattern = found->text.len ? found : NULL;
    return true;
}

static ff_status check(ff_lint *lint, const ff_matcher *matcher, const ff_rule *rule)
{
    ff_lint_probes(lint, rule);
    ff_status status = ff_lint_words(lint, rule);
    if (status == FF_OK)
        status = ff_lint_patterns(lint, rule);
    return status == FF_OK ? ff_lint_rivals(lint, matcher, rule) : status;
}

/* A misspelt entry switches nothing off. */
static void check_disabled(ff_lint *lint)
{
    size_t count;
    const ff_disabled *disabled = ff_catalog_disabled(lint->catalog, &count);
    for (size_t i = 0; i < count; i++) {
        if (ff_catalog_has(lint->catalog, disabled[i].glob))
            continue;
        const ff_rule file = {.id = FF_TEXT("disable")};
        ff_complain(&lint->complaints, &disabled[i].at, &file, "no rule of any layer fits %.*s",
                    FF_ARG(disabled[i].glob));
    }
}

ff_status ff_lint_run(const ff_catalog *catalog, const char *layer, ff_buf *out, size_t *complaints, ff_error *error)
{
    ff_lint lint = {.catalog = catalog,
                    .complaints = {.out = out},
                    .probe_name = ff_probe_name,
                    .probe_params = ff_probe_params,
                    .error = error};
    ff_matcher *matcher = NULL;
    ff_arena arena;
    ff_arena_init(&arena, 0);
    lint.rules = ff_catalog_rules(catalog, &lint.rule_count);
    ff_status status = ff_matcher_new(&matcher, catalog, error);
    if (status == FF_OK)
        status = ff_lint_find_context(&lint, &arena);
    for (size_t i = 0; i < lint.rule_count && status == FF_OK; i++)
        if (!layer || strcmp(lint.rules[i].layer, layer) == 0)
            status = check(&lint, matcher, &lint.rules[i]);
    check_disabled(&lint);
    ff_matcher_free(matcher);
    ff_arena_release(&arena);
    *complaints = lint.complaints.count;
    return status == FF_NOMEM ? ff_error_set(error, FF_NOMEM, "out of memory") : status;
}
