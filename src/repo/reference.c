#include "repo/reference.h"

static const struct {
    ff_slice context;
    ff_reference kind;
} CONTEXTS[] = {
    {FF_TEXT("secrets"), FF_REFERENCE_SECRET},
    {FF_TEXT("vars"), FF_REFERENCE_VARIABLE},
};

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* Drops `name`, in any case, from the start; false if it is not there or goes on. */
static bool take_name(ff_slice *rest, ff_slice name)
{
    if (!ff_slice_eq_nocase(ff_slice_cut(*rest, name.len), name))
        return false;
    *rest = ff_slice_from(*rest, name.len);
    return !rest->len || !is_name_byte(rest->ptr[0]);
}

/* `.NAME`, `['NAME']`, `["NAME"]` behind a context; blanks may stand inside the brackets. */
static bool selects(ff_slice rest, ff_slice name)
{
    if (ff_slice_take_prefix(&rest, FF_LIT(".")))
        return take_name(&rest, name);
    if (!ff_slice_take_prefix(&rest, FF_LIT("[")))
        return false;
    while (ff_slice_take_prefix(&rest, FF_LIT(" "))) {
    }
    bool quoted = ff_slice_take_prefix(&rest, FF_LIT("'")) || ff_slice_take_prefix(&rest, FF_LIT("\""));
    return quoted && take_name(&rest, name) &&
           (ff_slice_starts(rest, FF_LIT("'")) || ff_slice_starts(rest, FF_LIT("\"")));
}

static bool holds(ff_slice line, ff_slice context, ff_slice name)
{
    for (size_t at; (at = ff_slice_find_nocase(line, context)) != SIZE_MAX;) {
        bool whole = at == 0 || !is_name_byte(line.ptr[at - 1]);
        line = ff_slice_from(line, at + context.len);
        if (whole && selects(line, name))
            return true;
    }
    return false;
}

ff_reference ff_reference_in(ff_slice line, ff_slice name)
{
    if (ff_slice_starts(ff_slice_trim(line), FF_LIT("#")))
        return FF_REFERENCE_NONE;
    for (size_t i = 0; i < sizeof CONTEXTS / sizeof *CONTEXTS; i++)
        if (holds(line, CONTEXTS[i].context, name))
            return CONTEXTS[i].kind;
    bool token = ff_slice_eq_nocase(name, FF_LIT("GITHUB_TOKEN")) && holds(line, FF_LIT("github"), FF_LIT("token"));
    bool all = ff_slice_find_nocase(line, FF_LIT("toJSON(secrets)")) != SIZE_MAX;
    return token || all ? FF_REFERENCE_SECRET : FF_REFERENCE_NONE;
}
