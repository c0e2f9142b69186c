#include "workshop/list.h"

static const struct {
    const char *name;
    void (*write)(const ff_catalog *catalog, const ff_list_choice *choice, ff_buf *out);
} FORMATS[] = {
    {"text", ff_list_text},
    {"markdown", ff_list_markdown},
    {"json", ff_list_json},
};

bool ff_list_has(const ff_list_choice *choice, const ff_rule *rule)
{
    for (size_t i = 0; i < choice->glob_count; i++) {
        ff_slice glob = ff_slice_of(choice->globs[i]);
        if (ff_slice_glob(glob, rule->id) || ff_slice_glob(glob, rule->family))
            return true;
    }
    return choice->glob_count == 0;
}

static bool fits(const ff_catalog *catalog, const char *glob)
{
    size_t count;
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    const ff_list_choice choice = {.globs = &glob, .glob_count = 1};
    for (size_t i = 0; i < count; i++)
        if (ff_list_has(&choice, &rules[i]))
            return true;
    return false;
}

ff_status ff_list_check(const ff_catalog *catalog, const ff_list_choice *choice, ff_error *error)
{
    for (size_t i = 0; i < choice->glob_count; i++)
        if (!fits(catalog, choice->globs[i]))
            return ff_error_set(error, FF_NOT_FOUND, "no rule or family fits '%s'", choice->globs[i]);
    return FF_OK;
}

ff_slice ff_list_about(const ff_catalog *catalog, ff_slice family)
{
    size_t count;
    const ff_family *families = ff_catalog_families(catalog, &count);
    for (size_t i = 0; i < count; i++)
        if (families[i].about.len && ff_slice_eq(families[i].name, family))
            return families[i].about;
    return (ff_slice){0};
}

ff_status ff_list_write(const ff_catalog *catalog, const ff_list_choice *choice, ff_buf *out)
{
    size_t count, chosen = 0;
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    for (size_t i = 0; i < count; i++)
        chosen += ff_list_has(choice, &rules[i]);
    if (chosen == 0)
        return FF_NOT_FOUND;
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
        if (strcmp(choice->format, FORMATS[i].name) == 0)
            FORMATS[i].write(catalog, choice, out);
    return ff_buf_status(out);
}
