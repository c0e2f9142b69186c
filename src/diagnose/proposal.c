#include "diagnose/diagnosis.h"

bool ff_proposal_is_for(const ff_diagnosis *diagnosis, ff_proposal_kind kind)
{
    if (!diagnosis->rule || diagnosis->failure == FF_NO_INDEX || diagnosis->verdict == FF_VERDICT_REFUTED)
        return false;
    if (kind == FF_PROPOSAL_DIAGNOSE)
        return diagnosis->role == FF_ROLE_CONSEQUENCE && ff_rule_has_tag(diagnosis->rule, "evidence");
    return diagnosis->role == FF_ROLE_CAUSE && diagnosis->verdict >= FF_VERDICT_LIKELY &&
           diagnosis->standing == FF_STANDING_EXPLAINS;
}
