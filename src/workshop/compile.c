#include "workshop/compile.h"

#include "catalog/catalog.h"
#include "match/regex.h"
#include "workshop/lint.h"

static ff_status check_pattern(const ff_pattern *pattern, ff_error *error)
{
    ff_regex *regex = NULL;
    ff_status status = ff_regex_new(&regex, pattern, error);
    ff_regex_free(regex);
    return status;
}

static ff_status check_rule(const ff_rule *rule, ff_error *error)
{
    ff_lint_list list;
    const ff_pattern *edit;
    ff_status status = FF_OK;
    for (size_t i = 0; status == FF_OK && ff_lint_list_at(rule, i, &list); i++)
        for (size_t k = 0; status == FF_OK && k < list.patterns->count; k++)
            status = check_pattern(&list.patterns->items[k], error);
    for (size_t i = 0; status == FF_OK && ff_lint_edit_at(rule, i, &edit); i++)
        status = edit ? check_pattern(edit, error) : FF_OK;
    return status;
}

ff_status ff_compile_check(const ff_catalog *catalog, const char *layer, ff_error *error)
{
    size_t count;
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    ff_status status = FF_OK;
    for (size_t i = 0; i < count && status == FF_OK; i++)
        if (strcmp(rules[i].layer, layer) == 0)
            status = check_rule(&rules[i], error);
    return status;
}
