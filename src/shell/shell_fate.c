#include "shell/shell_judge.h"

ff_slice ff_shell_word_value(const ff_shell_judge *judge, const ff_shell_word *word)
{
    return ff_shell_pieces_value(&word->pieces, judge->reading->scratch);
}

const ff_shell_function *ff_shell_function_of(const ff_shell_judge *judge, uint32_t script, ff_slice name)
{
    for (size_t i = judge->functions.count; i-- > 0;)
        if (judge->functions.items[i].script == script && ff_slice_eq(judge->functions.items[i].name, name))
            return &judge->functions.items[i];
    return NULL;
}

ff_shell_fate ff_shell_swallow(ff_shell_judge *judge, ff_shield shield, const ff_shell_text *text, size_t from,
                               size_t to)
{
    return (ff_shell_fate){.shield = shield,
                           .line = ff_shell_text_line(text, from),
                           .text = ff_shell_one_line(text, from, to, judge->reading->arena)};
}

ff_shell_fate ff_shell_resolve(const ff_shell_place *place, bool *open)
{
    const ff_shell_process *process = place->process;
    ff_shell_fate fate = place->fate;
    bool last = fate.shield == FF_SHIELD_NONE && fate.decides;
    bool seen = fate.looked || (process->modes.errexit && !place->suppressed);
    bool reaches = last || (fate.shield == FF_SHIELD_NONE && seen);
    bool fails = process->fate.shield == FF_SHIELD_NONE || process->fate.ends;
    if (open)
        *open = reaches;
    if (reaches) {
        bool ends = fate.ends && process->fate.shield == FF_SHIELD_NONE;
        fate = process->fate;
        fate.ends = fate.ends || ends;
        fate.decides = fate.decides && last;
    } else if (fate.shield != FF_SHIELD_NONE)
        fate.ends = fate.ends && fails;
    else if (process->modes.errexit)
        fate = (ff_shell_fate){.shield = FF_SHIELD_NO_ERREXIT, .line = fate.line, .text = fate.text};
    else
        fate = (ff_shell_fate){
            .shield = FF_SHIELD_NO_ERREXIT, .line = process->modes.off_line, .text = process->modes.off_text};
    return fate;
}

void ff_shell_note_failure(const ff_shell_place *place)
{
    bool open = false;
    (void)ff_shell_resolve(place, &open);
    if (open && place->process->fate.shield != FF_SHIELD_NONE && place->process->modes.errexit)
        place->process->left = true;
}

ff_shell_place ff_shell_enter_process(const ff_shell_place *place, ff_shell_process *process, ff_shell_fate fate)
{
    ff_shell_place inside = *place;
    *process = *place->process;
    process->fate = fate;
    process->left = false;
    inside.process = process;
    inside.always = place->always && !place->process->left;
    inside.fate = (ff_shell_fate){.decides = true, .line = place->fate.line, .text = place->fate.text};
    return inside;
}

ff_shell_place ff_shell_place_within(const ff_shell_place *place)
{
    ff_shell_place within = *place;
    const ff_shell_fate *fate = &place->fate, *outer = &place->process->fate;
    within.fate = (ff_shell_fate){.line = fate->line, .text = fate->text};
    if (!place->suppressed || !place->process->modes.errexit)
        return within;
    if (fate->shield != FF_SHIELD_NONE && !fate->ends)
        within.fate.shield = fate->shield;
    else if (outer->shield != FF_SHIELD_NONE && !outer->ends) {
        within.fate = *outer;
        within.fate.decides = false;
    } else
        within.fate.shield = FF_SHIELD_NO_ERREXIT;
    return within;
}
