#include "repo/course.h"

typedef struct ff_side {
    uint32_t first, last; /* lines; 0: none */
} ff_side;

static ff_side side_of(const ff_shell_choice *choice, bool in_then)
{
    return in_then ? (ff_side){choice->then_first, choice->then_last}
                   : (ff_side){choice->else_first, choice->else_last};
}

static ff_slice witness_of(const ff_scene *scene, ff_side side, bool *says)
{
    *says = false;
    return side.first ? ff_voices_witness(&scene->voices, side.first, side.last, says) : (ff_slice){0};
}

ff_course ff_course_of_side(const ff_scene *scene, const ff_shell_choice *choice, bool in_then, ff_slice *text)
{
    bool says, other_says;
    if (choice->kind != FF_CHOICE_IF || !choice->simple)
        return FF_COURSE_UNCLEAR;
    ff_slice own = witness_of(scene, side_of(choice, in_then), &says);
    ff_slice other = witness_of(scene, side_of(choice, !in_then), &other_says);
    if (own.len || other.len)
        *text = own.len ? own : other;
    if (own.len)
        return FF_COURSE_TAKEN;
    /* In a loop or a function both sides may have been entered, and one that says nothing would not tell. */
    bool once = choice->condition != FF_SHELL_NONE && scene->shell.commands.items[choice->condition].always;
    return other.len && (once || says) ? FF_COURSE_NOT_TAKEN : FF_COURSE_UNCLEAR;
}

ff_course ff_course_of(const ff_scene *scene, const ff_shell_command *command, ff_slice *text)
{
    ff_course course = FF_COURSE_TAKEN;
    bool in_else = command->in_else;
    for (uint32_t at = command->branch_of; at != FF_SHELL_NONE;) {
        const ff_shell_choice *choice = &scene->shell.choices.items[at];
        ff_course side = ff_course_of_side(scene, choice, !in_else, text);
        if (side == FF_COURSE_NOT_TAKEN)
            return side;
        if (side == FF_COURSE_UNCLEAR)
            course = side;
        in_else = choice->in_else;
        at = choice->branch_of;
    }
    /* What branches cannot tell: functions, and what stands behind `||`. */
    return command->branch_of == FF_SHELL_NONE && !command->always ? FF_COURSE_UNCLEAR : course;
}

static bool is_inside(const ff_scene *scene, uint32_t inner, uint32_t outer)
{
    uint32_t at = scene->shell.commands.items[inner].inner_of;
    while (at != FF_SHELL_NONE && at != outer)
        at = scene->shell.commands.items[at].inner_of;
    return at == outer;
}

bool ff_course_went_on(const ff_scene *scene, const ff_shell_command *command, ff_slice *text)
{
    uint32_t index = (uint32_t)(command - scene->shell.commands.items);
    *text = (ff_slice){0};
    for (size_t i = 0; i < scene->voices.count; i++) {
        const ff_voice *voice = &scene->voices.items[i];
        if (voice->command <= index || !voice->heard || !voice->alone || is_inside(scene, voice->command, index) ||
            !scene->shell.commands.items[voice->command].always)
            continue;
        *text = voice->text;
        return true;
    }
    return scene->from.passed;
}
