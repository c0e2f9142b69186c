#include "catalog/choice.h"
#include "workshop/lint.h"

/* A parameter as the table of probes writes it: optional ones stand in brackets. */
static bool take_param(ff_slice *params, ff_slice *name, bool *optional)
{
    if (!ff_slice_take_until(params, ' ', name))
        return false;
    *optional = ff_slice_take_prefix(name, FF_LIT("["));
    *name = ff_slice_cut(*name, ff_slice_find_byte(*name, ']'));
    return true;
}

static bool takes(ff_slice params, ff_slice wanted)
{
    ff_slice name;
    bool optional;
    while (take_param(&params, &name, &optional))
        if (ff_slice_eq(name, wanted))
            return true;
    return false;
}

static bool gives(const ff_verify *verify, ff_slice wanted)
{
    for (size_t i = 0; i < verify->param_count; i++)
        if (ff_slice_eq(verify->params[i].name, wanted))
            return true;
    return false;
}

static void complain_of_name(ff_lint *lint, const ff_rule *rule, const ff_verify *verify)
{
    ff_choice choice;
    ff_choice_init(&choice, verify->probe);
    for (size_t i = 0; lint->probe_name(i); i++)
        ff_choice_offer(&choice, lint->probe_name(i));
    ff_complain(&lint->complaints, &verify->at, rule, "no probe is called %.*s%s%s", FF_ARG(verify->probe),
                choice.nearest ? ", did you mean " : "", choice.nearest ? choice.nearest : "");
}

static void check_params(ff_lint *lint, const ff_rule *rule, const ff_verify *verify, const char *list)
{
    ff_slice params = ff_slice_of(list), name;
    bool optional;
    for (size_t i = 0; i < verify->param_count; i++)
        if (!takes(params, verify->params[i].name))
            ff_complain(&lint->complaints, &verify->at, rule, "the probe %.*s takes no '%.*s', it takes: %s",
                        FF_ARG(verify->probe), FF_ARG(verify->params[i].name), *list ? list : "nothing");
    while (take_param(&params, &name, &optional))
        if (!optional && !gives(verify, name))
            ff_complain(&lint->complaints, &verify->at, rule, "the probe %.*s needs '%.*s'", FF_ARG(verify->probe),
                        FF_ARG(name));
}

void ff_lint_probes(ff_lint *lint, const ff_rule *rule)
{
    for (size_t i = 0; lint->probe_name && i < rule->verify_count; i++) {
        const ff_verify *verify = &rule->verify[i];
        size_t at = 0;
        while (lint->probe_name(at) && !ff_slice_eq(verify->probe, ff_slice_of(lint->probe_name(at))))
            at++;
        if (lint->probe_name(at))
            check_params(lint, rule, verify, lint->probe_params(at));
        else
            complain_of_name(lint, rule, verify);
    }
}
