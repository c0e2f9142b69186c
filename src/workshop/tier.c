#include "workshop/tier.h"

/* Both lists stand in the look-aheads too. */
#define WARNINGS "warning|warn|w"
#define NOTICES "notice|note|info|information|hint|help|style|debug"
#define WORD_ENDS "(?![A-Za-z])"

static const struct {
    const char *name;
    ff_slice words; /* joined by `|`; empty: all others */
    ff_slice front;
    ff_slice samples[6];
} TIERS[] = {
    [FF_TIER_ERROR] = {"error",
                       {0},
                       FF_TEXT("(?!(?i:" WARNINGS "|" NOTICES ")" WORD_ENDS ")"),
                       {FF_TEXT("error"), FF_TEXT("Error"), FF_TEXT("ERROR"), FF_TEXT("fatal"), FF_TEXT("E")}},
    [FF_TIER_WARNING] = {"warning",
                         FF_TEXT(WARNINGS),
                         FF_TEXT("(?=(?i:" WARNINGS ")" WORD_ENDS ")"),
                         {FF_TEXT("warning"), FF_TEXT("Warning"), FF_TEXT("WARNING"), FF_TEXT("warn"), FF_TEXT("W")}},
    [FF_TIER_NOTICE] = {"notice",
                        FF_TEXT(NOTICES),
                        FF_TEXT("(?=(?i:" NOTICES ")" WORD_ENDS ")"),
                        {FF_TEXT("notice"), FF_TEXT("note"), FF_TEXT("info"), FF_TEXT("Info"), FF_TEXT("NOTICE")}},
};

const char *ff_tier_name(ff_tier tier)
{
    return TIERS[tier].name;
}

bool ff_tier_find(ff_slice name, ff_tier *tier)
{
    for (int i = 0; i < FF_TIER_COUNT; i++)
        if (ff_slice_eq_nocase(name, ff_slice_of(TIERS[i].name))) {
            *tier = (ff_tier)i;
            return true;
        }
    return false;
}

ff_tier ff_tier_of(ff_slice word)
{
    for (int i = 0; i < FF_TIER_COUNT; i++) {
        ff_slice rest = TIERS[i].words, each;
        while (ff_slice_take_until(&rest, '|', &each))
            if (ff_slice_eq_nocase(word, each))
                return (ff_tier)i;
    }
    return FF_TIER_ERROR;
}

ff_slice ff_tier_front(ff_tier tier)
{
    return TIERS[tier].front;
}

ff_slice ff_tier_word(ff_tier tier, size_t index)
{
    return index < sizeof TIERS->samples / sizeof *TIERS->samples ? TIERS[tier].samples[index] : (ff_slice){0};
}
