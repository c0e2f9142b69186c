#include "match/finding.h"

const ff_capture *ff_finding_capture(const ff_finding *finding, ff_slice name)
{
    for (uint32_t i = 0; i < finding->capture_count; i++)
        if (ff_slice_eq(finding->captures[i].name, name))
            return &finding->captures[i];
    return NULL;
}

const ff_finding *ff_findings_of(const ff_findings *findings, const ff_rule *rule)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].rule == rule)
            return &findings->items[i];
    return NULL;
}
