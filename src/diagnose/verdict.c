#include "diagnose/diagnosis.h"

static const char *const VERDICT_NAMES[FF_VERDICT_COUNT] = {
    [FF_VERDICT_REFUTED] = "refuted", [FF_VERDICT_UNDECIDED] = "undecided", [FF_VERDICT_POSSIBLE] = "possible",
    [FF_VERDICT_LIKELY] = "likely",   [FF_VERDICT_CONFIRMED] = "confirmed",
};

static const char *const KIND_NAMES[] = {
    [FF_EVIDENCE_LOG] = "log",
    [FF_EVIDENCE_API] = "api",
    [FF_EVIDENCE_REPO] = "repo",
};

static const char *const STANDING_NAMES[] = {
    [FF_STANDING_EXPLAINS] = "explains",
    [FF_STANDING_RIVAL] = "rival",
    [FF_STANDING_TOLERATED] = "tolerated",
    [FF_STANDING_CONSEQUENCE] = "consequence",
};

const char *ff_evidence_kind_name(ff_evidence_kind kind)
{
    return KIND_NAMES[kind];
}

const char *ff_standing_name(ff_standing standing)
{
    return STANDING_NAMES[standing];
}

const char *ff_verdict_name(ff_verdict verdict)
{
    return VERDICT_NAMES[verdict];
}
