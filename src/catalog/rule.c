#include "catalog/rule.h"

static const char *const ROLE_NAMES[] = {
    [FF_ROLE_CAUSE] = "cause",
    [FF_ROLE_SYMPTOM] = "symptom",
    [FF_ROLE_CONSEQUENCE] = "consequence",
    [FF_ROLE_NOISE] = "noise",
};

static const char *const SEVERITY_NAMES[] = {
    [FF_SEVERITY_NOTE] = "note",
    [FF_SEVERITY_WARNING] = "warning",
    [FF_SEVERITY_ERROR] = "error",
    [FF_SEVERITY_FATAL] = "fatal",
};

_Static_assert(sizeof ROLE_NAMES / sizeof *ROLE_NAMES == FF_ROLE_COUNT, "a name for each role");
_Static_assert(sizeof SEVERITY_NAMES / sizeof *SEVERITY_NAMES == FF_SEVERITY_COUNT, "a name for each severity");

const char *ff_role_name(ff_role role)
{
    return ROLE_NAMES[role];
}

const char *ff_severity_name(ff_severity severity)
{
    return SEVERITY_NAMES[severity];
}

static bool has_tag(const ff_rule *rule, ff_slice tag)
{
    for (size_t i = 0; i < rule->tags.count; i++)
        if (ff_slice_eq(rule->tags.items[i], tag))
            return true;
    return false;
}

bool ff_rule_has_tag(const ff_rule *rule, const char *tag)
{
    return has_tag(rule, ff_slice_of(tag));
}

bool ff_rule_is_named(const ff_rule *rule, ff_slice reference)
{
    if (ff_slice_take_prefix(&reference, FF_LIT("#")))
        return has_tag(rule, reference);
    return ff_slice_glob(reference, rule->id);
}

bool ff_rule_is_among(const ff_rule *rule, ff_texts references)
{
    for (size_t i = 0; i < references.count; i++)
        if (ff_rule_is_named(rule, references.items[i]))
            return true;
    return false;
}

bool ff_rule_yields(const ff_rule *rule, const ff_rule *other)
{
    return rule != other && ff_rule_is_among(other, rule->yields_to);
}
