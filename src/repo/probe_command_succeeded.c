#include "repo/course.h"
#include "repo/passage.h"
#include "repo/shielding.h"

/* Why a command counts as ended with 0, or why that is not known. */
typedef struct ff_proof {
    ff_probe_outcome outcome; /* found, or unknown */
    bool passed_by;           /* it stands in a branch that was not entered, and says nothing */
    ff_slice words;
    uint32_t line, shown_line; /* of the command, and of what shows it; 0: none */
} ff_proof;

static bool sets_errexit(const ff_shell_command *command)
{
    if (!command->word_count || !ff_slice_eq(command->words[0], FF_LIT("set")))
        return false;
    for (uint32_t i = 1; i < command->word_count; i++) {
        ff_slice word = command->words[i];
        bool letters = word.len > 1 && word.ptr[0] == '-' && word.ptr[1] != '-';
        if ((letters && ff_slice_find_byte(word, 'e') != SIZE_MAX) || ff_slice_eq(word, FF_LIT("errexit")))
            return true;
    }
    return false;
}

/* The nearest `set -e` above a command, of its own script or of one around it; NULL: there is none. */
static const ff_shell_command *errexit_of(const ff_scene *scene, const ff_shell_command *command)
{
    const ff_shell_command *items = scene->shell.commands.items;
    uint32_t script = command->inner_of;
    for (const ff_shell_command *at = command; at-- > items;) {
        /* Where the command that runs the script is passed, the search goes on in the script around it. */
        if (script != FF_SHELL_NONE && at == &items[script])
            script = at->inner_of;
        else if (at->inner_of == script && sets_errexit(at))
            return at;
    }
    return NULL;
}

static ff_slice rule_words(const ff_scene *scene, const ff_shell_command *errexit)
{
    if (errexit)
        return ff_arena_printf(&scene->repo->arena, "“%.*s” is in force", FF_ARG(ff_shielding_name(scene, errexit)));
    return scene->options.errexit ? FF_LIT("the shell stops at the first failure (“-e”)")
                                  : FF_LIT("the script ends with what its last command ended with");
}

static ff_proof prove(const ff_scene *scene, const ff_shell_command *command, ff_slice later)
{
    ff_arena *arena = &scene->repo->arena;
    const ff_shell_command *errexit = errexit_of(scene, command);
    ff_slice shown =
        later.len ? ff_arena_printf(arena, "the script came to print “%.*s”", FF_ARG(ff_passage_quote(arena, later)))
                  : FF_LIT("the step finished");
    return (ff_proof){.outcome = FF_PROBE_FOUND,
                      .words = ff_arena_printf(arena, "%.*s and %.*s, so “%.*s” ended with 0",
                                               FF_ARG(rule_words(scene, errexit)), FF_ARG(shown),
                                               FF_ARG(ff_shielding_name(scene, command))),
                      .line = command->first_line,
                      .shown_line = errexit ? errexit->first_line : 0};
}

/* ---- `cmd || echo "it failed"` ---- */

/* What the other side of the `||` would print, if that is its first command. */
static const ff_voice *failure_voice(const ff_scene *scene, const ff_shell_command *command)
{
    uint32_t index = (uint32_t)(command - scene->shell.commands.items);
    for (size_t i = 0; i < scene->voices.count; i++) {
        const ff_voice *voice = &scene->voices.items[i];
        const ff_shell_command *says = &scene->shell.commands.items[voice->command];
        if (voice->command > index && voice->line >= command->shield_line && says->inner_of == command->inner_of &&
            voice->line <= command->shield_line + 1 && ff_slice_find(command->shield_text, says->text) != SIZE_MAX)
            return voice;
    }
    return NULL;
}

/* A redirection of a group or of the command itself could keep the text from the log. */
static bool may_be_redirected(const ff_scene *scene, const ff_voice *voice)
{
    ff_passage passage = {.rest = scene->script};
    ff_slice line;
    if (ff_slice_find_byte(scene->shell.commands.items[voice->command].text, '>') != SIZE_MAX)
        return true;
    while (ff_passage_next(&passage, &line)) {
        line = ff_slice_trim(line);
        bool closes = line.len && strchr("})", line.ptr[0]);
        closes = closes || ff_slice_starts(line, FF_LIT("done")) || ff_slice_starts(line, FF_LIT("fi"));
        if (passage.line >= voice->line && closes && ff_slice_find_byte(line, '>') != SIZE_MAX)
            return true;
    }
    return false;
}

/* True if texts of the same script reached the log: a neighbour of the one that is missing. */
static bool is_heard_beside(const ff_scene *scene, const ff_voice *voice)
{
    uint32_t script = scene->shell.commands.items[voice->command].inner_of;
    for (size_t i = 0; i < scene->voices.count; i++) {
        const ff_voice *other = &scene->voices.items[i];
        if (other->heard && other->alone && other->command > voice->command &&
            scene->shell.commands.items[other->command].inner_of == script)
            return true;
    }
    return false;
}

/* A failure that its fallback would have told, and that was not told, did not happen. */
static bool prove_by_silence(const ff_scene *scene, const ff_shell_command *command, ff_proof *proof)
{
    ff_slice later = {0};
    if (command->shield != FF_SHIELD_IGNORED || !ff_course_went_on(scene, command, &later) || !later.len)
        return false;
    const ff_voice *voice = failure_voice(scene, command);
    if (!voice || voice->heard || may_be_redirected(scene, voice) || !is_heard_beside(scene, voice))
        return false;
    ff_arena *arena = &scene->repo->arena;
    proof->outcome = FF_PROBE_FOUND;
    proof->shown_line = voice->line;
    proof->words = ff_arena_printf(
        arena, "had “%.*s” failed, the script would have printed “%.*s”, and it went on to print “%.*s” without it",
        FF_ARG(ff_shielding_name(scene, command)), FF_ARG(ff_passage_quote(arena, voice->text)),
        FF_ARG(ff_passage_quote(arena, later)));
    return true;
}

/* ---- commands ---- */

static ff_proof unproved(const ff_scene *scene, const ff_shell_command *command)
{
    ff_slice words = command->shield == FF_SHIELD_NONE ? FF_LIT("the script says nothing of what it ended with")
                                                       : ff_shielding_words(scene, command);
    return (ff_proof){.words = words,
                      .line = command->first_line,
                      .shown_line = command->shield == FF_SHIELD_NONE ? 0 : command->shield_line};
}

static ff_proof proof_of(const ff_scene *scene, const ff_shell_command *command)
{
    ff_arena *arena = &scene->repo->arena;
    ff_slice later = {0}, text = {0}, where = {0};
    ff_course course = ff_course_of(scene, command, &text);
    ff_proof proof = {.line = command->first_line};
    if (course == FF_COURSE_NOT_TAKEN) {
        proof.passed_by = true;
        proof.words = ff_arena_printf(arena, "it stands in a branch that was not entered: the log shows “%.*s”",
                                      FF_ARG(ff_passage_quote(arena, text)));
    } else if (course == FF_COURSE_UNCLEAR) {
        proof.words = FF_LIT("it stands in a branch, and the log does not show whether that was entered");
    } else if (!ff_shell_proves(&scene->shell, command, NULL)) {
        if (!prove_by_silence(scene, command, &proof))
            return unproved(scene, command);
    } else if (!ff_course_went_on(scene, command, &later)) {
        proof.words = FF_LIT("the step did not finish, and nothing shows that its script came so far");
    } else if (!later.len && ff_shielding_of_step(scene, &where)) {
        proof.words =
            ff_arena_printf(arena, "“continue-on-error” hides what the step ended with (%.*s)", FF_ARG(where));
    } else {
        return prove(scene, command, later);
    }
    return proof;
}

/* One that is not proved outweighs those that are; one that was passed by says nothing beside others. */
static bool outweighs(const ff_proof *a, const ff_proof *b)
{
    if (a->passed_by || b->passed_by)
        return b->passed_by && !a->passed_by;
    return a->outcome == FF_PROBE_UNKNOWN && b->outcome == FF_PROBE_FOUND;
}

static ff_status say(const ff_scene *scene, ff_probe_answer *answer, const ff_proof *proof)
{
    ff_status status = scene->repo->arena.failed ? FF_NOMEM : ff_scene_add_place(scene, answer, proof->line);
    if (status == FF_OK && proof->shown_line && proof->shown_line != proof->line)
        status = ff_scene_add_place(scene, answer, proof->shown_line);
    if (status != FF_OK)
        return status;
    return ff_probe_say(scene->repo, answer, proof->outcome, "%.*s", FF_ARG(proof->words));
}

static ff_status answer_here(const ff_scene *scene, ff_slice text, ff_probe_answer *answer)
{
    const ff_shell_command *command = ff_scene_next(scene, text, NULL);
    ff_proof proof = proof_of(scene, command);
    for (size_t n = 1; (command = ff_scene_next(scene, text, command)) != NULL; n++) {
        if (n == FF_SCENE_COMMANDS)
            return ff_scene_say_too_often(scene, answer, text);
        ff_proof next = proof_of(scene, command);
        if (outweighs(&next, &proof))
            proof = next;
    }
    return say(scene, answer, &proof);
}

ff_status ff_probe_command_succeeded(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    return ff_scene_answer(repo, question, answer_here, answer);
}
