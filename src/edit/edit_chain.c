/* What becomes of a chain of commands, such as `X || Y`, when one of them is taken out. */
#include "edit/edit_drop.h"

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

static const char UNKNOWN[] = "how to run another command in its place is not known";
static const char HAS_INPUT[] = "a here-document belongs to the command";

static rescue rescue_of_word(ff_slice text)
{
    ff_slice word = {0};
    (void)ff_slice_take_until(&text, ' ', &word);
    for (size_t i = 0; i < sizeof RESCUES / sizeof *RESCUES; i++)
        if (ff_slice_eq(ff_slice_trim(word), RESCUES[i].word))
            return RESCUES[i].rescue;
    return RESCUE_WORKS;
}

/* Of a group `{ echo …; exit 1; }`: whether it ends the script counts more than what it does before. FF_OK or FF_NOMEM.
 */
static ff_status rescue_of_group(ff_slice text, ff_arena *arena, rescue *does)
{
    ff_edit_list list;
    ff_slice line;
    ff_status status = FF_OK;
    bool works = false, ends = false;
    ff_edit_list_init(&list, false, arena);
    text = ff_slice_cut(ff_slice_from(text, 1), text.len - 2); /* without its braces */
    while (status == FF_OK && ff_slice_take_until(&text, '\n', &line))
        status = ff_edit_list_feed(&list, line);
    for (size_t i = 0; i < list.parts.count; i++) {
        rescue each = rescue_of_word(ff_edit_list_part(&list, i));
        works |= each == RESCUE_WORKS;
        ends |= each == RESCUE_ENDS;
    }
    ff_edit_list_release(&list);
    *does = ends ? RESCUE_ENDS : works || list.foreign ? RESCUE_WORKS : RESCUE_NOTHING;
    return status;
}

static ff_status rescue_of(const ff_edit_list *list, size_t part, const ff_shell_command *command, rescue *does)
{
    ff_slice text = ff_edit_list_part(list, part);
    if (ff_slice_starts(text, FF_LIT("{")) && ff_slice_ends(text, FF_LIT("}")))
        return rescue_of_group(text, list->arena, does);
    *does = rescue_of_word(text);
    /* A function that ends the script is known to the reader alone. */
    if (*does == RESCUE_WORKS && command->ends)
        *does = RESCUE_ENDS;
    return FF_OK;
}

/* Why a part cannot be taken out, whatever stands around it. */
static const char *obstacle(const ff_edit_list *list, size_t first, size_t part)
{
    const ff_edit_part *of = &list->parts.items[part];
    if ((part > first && of->before == FF_JOIN_PIPE) || ff_edit_list_behind(list, part) == FF_JOIN_PIPE)
        return "the command stands in a pipeline";
    return of->heredoc ? HAS_INPUT : NULL;
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

/* `X || rc=$?` keeps the failure for later and does no work of its own; `$?` would be that of another command. */
static bool keeps_failure(const ff_edit_list *list, size_t first, size_t last)
{
    ff_slice text = ff_edit_list_part(list, first), word = {0}, rest = text;
    (void)ff_slice_take_until(&rest, ' ', &word);
    size_t equals = ff_slice_find_byte(word, '=');
    bool assigns = equals != SIZE_MAX && equals > 0 && rest.len == 0;
    for (size_t i = first; i <= last; i++)
        if (ff_slice_find(ff_edit_list_part(list, i), FF_LIT("$?")) != SIZE_MAX)
            return true;
    return assigns;
}

/* `X || Y`: what Y does decides. */
static ff_status decide_or(ff_edit_list *list, ff_edit_chain *chain)
{
    ff_edit_part *parts = list->parts.items;
    size_t stays = chain->first;
    rescue comes = RESCUE_NOTHING;
    for (size_t i = chain->first; i <= chain->last; i++)
        parts[i].gone = parts[i].command != NULL;
    while (stays <= chain->last && parts[stays].gone)
        stays++;
    if (stays == chain->first)
        return FF_OK;
    if (stays <= chain->last && rescue_of(list, stays, parts[chain->first].command, &comes) != FF_OK)
        return FF_NOMEM;
    if (comes == RESCUE_WORKS) {
        chain->why = keeps_failure(list, stays, chain->last) ? "what stands behind “||” keeps its exit status" : NULL;
        return FF_OK;
    }
    chain->why = chain->wished && !chain->instead.len ? UNKNOWN : NULL;
    for (size_t i = stays; i <= chain->last && (comes == RESCUE_NOTHING || !chain->instead.len); i++) {
        if (parts[i].heredoc)
            chain->why = HAS_INPUT;
        parts[i].gone = true;
    }
    parts[chain->first].gone = !chain->instead.len;
    parts[chain->first].text = chain->instead;
    return FF_OK;
}

ff_status ff_edit_chain_decide(ff_edit_list *list, ff_edit_chain *chain)
{
    for (size_t i = chain->first; i <= chain->last && !chain->why; i++)
        chain->why = list->parts.items[i].command ? obstacle(list, chain->first, i) : NULL;
    if (!chain->why && ff_edit_list_behind(list, chain->last) == FF_JOIN_BACK)
        chain->why = "the command runs in the background";
    if (chain->why)
        return FF_OK;
    if (!has_and(list, chain->first, chain->last))
        return decide_or(list, chain);
    chain->why =
        chain->wished && !chain->instead.len ? UNKNOWN : decide_and(list, chain->first, chain->last, chain->instead);
    return FF_OK;
}
