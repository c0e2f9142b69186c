#include "repo/shielding.h"

#include "repo/passage.h"

/* `%` is the construct in quotes. */
static const char *const WORDS[FF_SHIELD_COUNT] = {
    [FF_SHIELD_NONE] = "a failure of it ends the script",
    [FF_SHIELD_CONDITION] = "% takes a failure of it for an answer",
    [FF_SHIELD_FALLBACK] = "when it fails, % does the work instead",
    [FF_SHIELD_IGNORED] = "a failure of it is let pass by %",
    [FF_SHIELD_NOT_LAST] = "a failure of it only ends its list, of which the shell minds the last command alone: %",
    [FF_SHIELD_NO_ERREXIT] = "no “set -e” is in force, so the script goes on when it fails",
    [FF_SHIELD_PIPE] = "it is not the last of its pipeline and “pipefail” is off, so a failure of it is lost",
    [FF_SHIELD_BACKGROUND] = "it runs in the background, so a failure of it is lost",
    [FF_SHIELD_SUBSTITUTION] = "it runs inside “$(…)”, and the command around it decides what the script sees",
    [FF_SHIELD_EXCEPT] = "Python passes over a failure of it",
};

static ff_slice construct_of(const ff_scene *scene, const ff_shell_command *command)
{
    ff_arena *arena = &scene->repo->arena;
    if (!command->shield_text.len)
        return ff_slice_of(ff_shield_name(command->shield));
    ff_slice quote = ff_passage_quote(arena, command->shield_text);
    return ff_arena_printf(arena, "“%.*s”", FF_ARG(quote));
}

ff_slice ff_shielding_words(const ff_scene *scene, const ff_shell_command *command)
{
    ff_arena *arena = &scene->repo->arena;
    ff_slice rest = ff_slice_of(WORDS[command->shield]), before = {0}, construct = construct_of(scene, command);
    bool names_it = ff_slice_find_byte(rest, '%') != SIZE_MAX;
    (void)ff_slice_take_until(&rest, '%', &before);
    ff_slice words = ff_arena_printf(arena, "%.*s%.*s%.*s", FF_ARG(before),
                                     FF_ARG(names_it ? construct : (ff_slice){0}), FF_ARG(rest));
    if (!command->shield_line)
        return words;
    ff_slice where = ff_scene_where(scene, command->shield_line);
    if (names_it || !command->shield_text.len)
        return ff_arena_printf(arena, "%.*s (%.*s)", FF_ARG(words), FF_ARG(where));
    return ff_arena_printf(arena, "%.*s (%.*s, %.*s)", FF_ARG(words), FF_ARG(construct), FF_ARG(where));
}

ff_slice ff_shielding_name(const ff_scene *scene, const ff_shell_command *command)
{
    ff_slice text = ff_slice_cut(command->text, ff_slice_find_byte(command->text, '>'));
    bool redirected = text.len < command->text.len;
    while (redirected && text.len && strchr("0123456789&", text.ptr[text.len - 1]))
        text.len--;
    return ff_passage_quote(&scene->repo->arena, text.len ? text : command->text);
}

const ff_shell_choice *ff_shielding_guard(const ff_scene *scene, const ff_shell_command *command, ff_slice text,
                                          bool *in_then)
{
    const ff_shell_choice *guard = NULL;
    ff_slice rest = ff_slice_trim(text);
    while (rest.len && !guard) {
        ff_slice word = ff_slice_behind_last(rest, ' ');
        if (word.len && word.ptr[0] != '-')
            guard = ff_shell_guard(&scene->shell, command, word, in_then);
        rest = ff_slice_trim_end(ff_slice_before_last(rest, ' '));
    }
    return guard;
}

bool ff_shielding_of_step(const ff_scene *scene, ff_slice *where)
{
    const ff_workflow_site *site = &scene->site;
    bool step = site->step && site->step->continues == FF_FLAG_ON;
    uint32_t line = step ? site->step->continues_line : site->job ? site->job->continues_line : 0;
    if (!step && !(site->job && site->job->continues == FF_FLAG_ON))
        return false;
    *where = ff_arena_printf(&scene->repo->arena, "%.*s:%u", FF_ARG(site->file->path), line);
    return true;
}
