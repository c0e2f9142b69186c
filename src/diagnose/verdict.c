#include "diagnose/diagnosis.h"

static const char *const VERDICT_NAMES[FF_VERDICT_COUNT] = {
    [FF_VERDICT_REFUTED] = "refuted", [FF_VERDICT_UNDECIDED] = "undecided", [FF_VERDICT_POSSIBLE] = "possible",
    [FF_VERDICT_LIKELY] = "likely",   [FF_VERDICT_CONFIRMED] = "confirmed",
};

const char *ff_verdict_name(ff_verdict verdict)
{
    return VERDICT_NAMES[verdict];
}
