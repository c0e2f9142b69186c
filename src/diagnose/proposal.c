#include "diagnose/diagnosis.h"

bool ff_diagnosis_is_untrue(const ff_diagnosis *diagnosis)
{
    for (uint32_t i = 0; i < diagnosis->check_count; i++) {
        const ff_check *check = &diagnosis->checks[i];
        if (check->result == FF_CHECK_CONTRADICTS && check->decides && check->of_fact)
            return true;
    }
    return false;
}

bool ff_proposal_is_for(const ff_diagnosis *diagnosis, ff_proposal_kind kind)
{
    if (!diagnosis->rule || diagnosis->failure == FF_NO_INDEX || diagnosis->verdict == FF_VERDICT_REFUTED)
        return false;
    if (kind == FF_PROPOSAL_DIAGNOSE)
        return diagnosis->role == FF_ROLE_CONSEQUENCE && ff_rule_has_tag(diagnosis->rule, "evidence");
    return diagnosis->role == FF_ROLE_CAUSE && diagnosis->verdict >= FF_VERDICT_LIKELY &&
           diagnosis->standing == FF_STANDING_EXPLAINS;
}
