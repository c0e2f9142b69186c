/* What becomes of a chain of commands, such as `X || Y`, when one of them is taken out. */
#include "repo/edit_drop.h"

/* What `|| …` does for a command that fails. */
typedef enum rescue { RESCUE_WORKS, RESCUE_NOTHING, RESCUE_ENDS } rescue;

/* By its first word. */
static const struct {
    ff_slice word;
    rescue rescue;
} RESCUES[] = {
    {FF_TEXT(":"), RESCUE_NOTHING},    {FF_TEXT("echo"), RESCUE_NOTHING},   {FF_TEXT("exit"), RESCUE_ENDS},
    {FF_TEXT("false"), RESCUE_ENDS},   {FF_TEXT("printf"), RESCUE_NOTHING}, {FF_TEXT("return"), RESCUE_ENDS},
    {FF_TEXT("true"), RESCUE_NOTHING},
};

static rescue rescue_of(const ff_edit_list *list, size_t part, ff_shield shield)
{
    ff_slice text = ff_edit_list_part(list, part), word = {0};
    (void)ff_slice_take_until(&text, ' ', &word);
    for (size_t i = 0; i < sizeof RESCUES / sizeof *RESCUES; i++)
        if (ff_slice_eq(ff_slice_trim(word), RESCUES[i].word))
            return RESCUES[i].rescue;
    /* Of a group and of a function only the reader of the script knows what they do. */
    if (shield == FF_SHIELD_NONE)
        return RESCUE_ENDS;
    return shield == FF_SHIELD_IGNORED ? RESCUE_NOTHING : RESCUE_WORKS;
}

/* Why a part cannot be taken out, whatever stands around it. */
static const char *obstacle(const ff_edit_list *list, size_t first, size_t part)
{
    const ff_edit_part *of = &list->parts.items[part];
    if ((part > first && of->before == FF_JOIN_PIPE) || ff_edit_list_behind(list, part) == FF_JOIN_PIPE)
        return "the command stands in a pipeline";
    return of->heredoc ? "a here-document belongs to the command" : NULL;
}

static bool has_and(const ff_edit_list *list, size_t first, size_t last)
{
    for (size_t i = first + 1; i <= last; i++)
        if (list->parts.items[i].before == FF_JOIN_AND)
            return true;
    return false;
}

/* `a && X` cannot lose X, because `a` alone may fail where it could not before; but X can be replaced. */
static const char *decide_and(ff_edit_list *list, size_t first, size_t last, ff_slice instead)
{
    for (size_t i = first; i < last; i++)
        if (list->parts.items[i].command || list->parts.items[i + 1].before != FF_JOIN_AND)
            return "what stands behind “&&” depends on the command";
    if (!instead.len)
        return "the command stands behind “&&”, and there is nothing to put there";
    list->parts.items[last].text = instead;
    return NULL;
}

const char *ff_edit_chain_decide(ff_edit_list *list, size_t first, size_t last, ff_slice instead, bool wished)
{
    static const char UNKNOWN[] = "how to run another command in its place is not known";
    ff_edit_part *parts = list->parts.items;
    size_t stays = first;
    for (size_t i = first; i <= last; i++) {
        const char *why = parts[i].command ? obstacle(list, first, i) : NULL;
        if (why)
            return why;
    }
    if (ff_edit_list_behind(list, last) == FF_JOIN_BACK)
        return "the command runs in the background";
    if (has_and(list, first, last))
        return wished && !instead.len ? UNKNOWN : decide_and(list, first, last, instead);
    for (size_t i = first; i <= last; i++)
        parts[i].gone = parts[i].command != NULL;
    while (stays <= last && parts[stays].gone)
        stays++;
    if (stays == first)
        return NULL;
    rescue comes = stays <= last ? rescue_of(list, stays, parts[first].command->shield) : RESCUE_NOTHING;
    if (comes == RESCUE_WORKS)
        return NULL;
    if (wished && !instead.len)
        return UNKNOWN;
    for (size_t i = stays; i <= last && (comes == RESCUE_NOTHING || !instead.len); i++) {
        if (parts[i].heredoc)
            return "a here-document belongs to the command";
        parts[i].gone = true;
    }
    parts[first].gone = !instead.len;
    parts[first].text = instead;
    return NULL;
}
