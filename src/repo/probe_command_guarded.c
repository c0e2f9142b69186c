#include "repo/course.h"
#include "repo/passage.h"
#include "repo/shielding.h"

/* One command of the text, and what is said of it. */
typedef struct ff_reply {
    ff_probe_outcome outcome;
    ff_slice words;
    uint32_t lines[2]; /* that show it; 0: none */
} ff_reply;

static ff_slice guard_words(const ff_scene *scene, const ff_shell_choice *guard)
{
    ff_slice condition = guard->condition == FF_SHELL_NONE
                             ? (ff_slice){0}
                             : ff_shielding_name(scene, &scene->shell.commands.items[guard->condition]);
    return ff_arena_printf(&scene->repo->arena, "asked for first by “if %s%.*s” (%.*s)", guard->negated ? "! " : "",
                           FF_ARG(condition), FF_ARG(ff_scene_where(scene, guard->first_line)));
}

/* A command that is asked for first: the log decides whether it was there. */
static ff_reply reply_guarded(const ff_scene *scene, const ff_shell_command *command, const ff_shell_choice *guard,
                              bool in_then)
{
    static const char *const TAILS[] = {
        [FF_COURSE_UNCLEAR] = ", and the log does not show which branch ran",
        [FF_COURSE_TAKEN] = ", and the log shows that it was there and ran: ",
        [FF_COURSE_NOT_TAKEN] = ", and the log shows the other branch: ",
    };
    ff_arena *arena = &scene->repo->arena;
    ff_slice text = {0};
    ff_course course = ff_course_of_side(scene, guard, in_then, &text);
    ff_slice quote = course == FF_COURSE_UNCLEAR
                         ? (ff_slice){0}
                         : ff_arena_printf(arena, "“%.*s”", FF_ARG(ff_passage_quote(arena, text)));
    ff_slice words =
        ff_arena_printf(arena, "%.*s%s%.*s", FF_ARG(guard_words(scene, guard)), TAILS[course], FF_ARG(quote));
    return (ff_reply){course == FF_COURSE_NOT_TAKEN ? FF_PROBE_FOUND : FF_PROBE_UNKNOWN,
                      words,
                      {guard->first_line, command->first_line}};
}

/* A command whose failure something swallows: only one that another command made good did no harm. */
static ff_reply reply_shielded(const ff_scene *scene, const ff_shell_command *command)
{
    ff_slice text = {0}, words = ff_shielding_words(scene, command);
    bool fallback = command->shield == FF_SHIELD_FALLBACK, went_on = ff_course_went_on(scene, command, &text);
    if (fallback)
        words = ff_arena_printf(&scene->repo->arena, "%.*s, and %s", FF_ARG(words),
                                went_on ? "the step went on" : "whether the step went on is not known");
    return (ff_reply){
        fallback && went_on ? FF_PROBE_FOUND : FF_PROBE_UNKNOWN, words, {command->first_line, command->shield_line}};
}

static ff_reply reply_bare(const ff_scene *scene, const ff_shell_command *command, ff_course course)
{
    ff_arena *arena = &scene->repo->arena;
    ff_slice where = {0};
    ff_reply reply = {FF_PROBE_UNKNOWN, {0}, {command->first_line, 0}};
    if (ff_shielding_of_step(scene, &where)) {
        reply.words =
            ff_arena_printf(arena, "“continue-on-error” lets the job go on when it fails (%.*s)", FF_ARG(where));
    } else if (course == FF_COURSE_UNCLEAR) {
        reply.words = ff_slice_of("nothing asks for it or swallows its failure, but it stands in a branch, and the log "
                                  "does not show whether that was entered");
    } else {
        reply.outcome = FF_PROBE_MISSING;
        reply.words = ff_arena_printf(arena, "nothing asks for “%.*s” or swallows its failure (%.*s)",
                                      FF_ARG(ff_shielding_name(scene, command)),
                                      FF_ARG(ff_scene_where(scene, command->first_line)));
    }
    return reply;
}

static ff_reply reply_of(const ff_scene *scene, const ff_shell_command *command, ff_slice text)
{
    bool in_then = false;
    ff_slice shown = {0};
    ff_arena *arena = &scene->repo->arena;
    const ff_shell_choice *guard = ff_shielding_guard(scene, command, text, &in_then);
    if (guard)
        return reply_guarded(scene, command, guard, in_then);
    ff_course course = ff_course_of(scene, command, &shown);
    if (course == FF_COURSE_NOT_TAKEN)
        return (ff_reply){FF_PROBE_UNKNOWN,
                          ff_arena_printf(arena, "it stands in a branch that was not entered: the log shows “%.*s”",
                                          FF_ARG(ff_passage_quote(arena, shown))),
                          {command->first_line, 0}};
    /* `if ! cmd; then … exit 1; fi` swallows nothing. */
    return command->shield == FF_SHIELD_NONE || command->ends ? reply_bare(scene, command, course)
                                                              : reply_shielded(scene, command);
}

/* A bare command outweighs an unclear one, that one all that are guarded. */
static bool outweighs(ff_probe_outcome a, ff_probe_outcome b)
{
    static const int WEIGHTS[] = {[FF_PROBE_UNKNOWN] = 1, [FF_PROBE_FOUND] = 0, [FF_PROBE_MISSING] = 2};
    return WEIGHTS[a] > WEIGHTS[b];
}

static ff_status say(const ff_scene *scene, ff_probe_answer *answer, const ff_reply *reply)
{
    ff_status status = scene->repo->arena.failed ? FF_NOMEM : FF_OK;
    for (size_t i = 0; status == FF_OK && i < 2; i++)
        if (reply->lines[i] && (i == 0 || reply->lines[i] != reply->lines[0]))
            status = ff_scene_add_place(scene, answer, reply->lines[i]);
    if (status != FF_OK)
        return status;
    return ff_probe_say(scene->repo, answer, reply->outcome, "%.*s", FF_ARG(reply->words));
}

static ff_status answer_here(const ff_scene *scene, ff_slice text, ff_probe_answer *answer)
{
    const ff_shell_command *command = ff_scene_next(scene, text, NULL);
    ff_reply reply = reply_of(scene, command, text);
    for (size_t n = 1; (command = ff_scene_next(scene, text, command)) != NULL; n++) {
        if (n == FF_SCENE_COMMANDS)
            return ff_scene_say_too_often(scene, answer, text);
        ff_reply next = reply_of(scene, command, text);
        if (outweighs(next.outcome, reply.outcome))
            reply = next;
    }
    return say(scene, answer, &reply);
}

ff_status ff_probe_command_guarded(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    return ff_scene_answer(repo, question, answer_here, answer);
}
