#include "repo/course.h"

/* Texts of one side that are compared with all others; a script that says more in one branch is left alone. */
enum { TEXTS_TRIED = 64 };

static bool was_printed(const ff_scene *scene, ff_slice text)
{
    for (size_t i = 0; text.len && i < scene->from->printed_count; i++)
        if (ff_slice_eq(scene->from->printed[i], text))
            return true;
    return false;
}

typedef struct ff_lines {
    uint32_t first, last; /* 0: none */
} ff_lines;

static ff_lines side_of(const ff_shell_choice *choice, bool in_then)
{
    return in_then ? (ff_lines){choice->then_first, choice->then_last}
                   : (ff_lines){choice->else_first, choice->else_last};
}

static bool stands_in(const ff_shell_command *command, ff_lines lines)
{
    return lines.first && command->first_line >= lines.first && command->first_line <= lines.last;
}

/* True if the script prints `text` outside of these lines too, which makes it no witness. */
static bool said_elsewhere(const ff_scene *scene, ff_slice text, ff_lines lines)
{
    for (size_t i = 0; i < scene->shell.commands.count; i++) {
        const ff_shell_command *command = &scene->shell.commands.items[i];
        if (!stands_in(command, lines) && ff_slice_eq(ff_shell_says(command), text))
            return true;
    }
    return false;
}

/* The text that shows that these lines were reached, or the empty slice. `silent` is set if nothing in them could. */
static ff_slice witness_of(const ff_scene *scene, ff_lines lines, bool *silent)
{
    size_t tried = 0;
    *silent = true;
    for (size_t i = 0; i < scene->shell.commands.count && tried < TEXTS_TRIED; i++) {
        const ff_shell_command *command = &scene->shell.commands.items[i];
        ff_slice text = stands_in(command, lines) ? ff_shell_says(command) : (ff_slice){0};
        if (!text.len)
            continue;
        *silent = false;
        if (!was_printed(scene, text))
            continue;
        tried++;
        if (!said_elsewhere(scene, text, lines))
            return text;
    }
    return (ff_slice){0};
}

ff_course ff_course_of_side(const ff_scene *scene, const ff_shell_choice *choice, bool in_then, ff_slice *text)
{
    bool silent, other_silent;
    if (!choice->simple)
        return FF_COURSE_UNCLEAR;
    ff_slice own = witness_of(scene, side_of(choice, in_then), &silent);
    ff_slice other = witness_of(scene, side_of(choice, !in_then), &other_silent);
    if (own.len || other.len)
        *text = own.len ? own : other;
    if (own.len)
        return FF_COURSE_TAKEN;
    /* Within a loop or a function both sides may have been entered, and a side without a text would not tell. */
    bool may_repeat = choice->branch_of != FF_SHELL_NONE;
    return other.len && !(may_repeat && silent) ? FF_COURSE_NOT_TAKEN : FF_COURSE_UNCLEAR;
}

/* The choices around a command within its own script, from the innermost outwards. */
static ff_course course_within(const ff_scene *scene, const ff_shell_command *command, ff_slice *text)
{
    ff_course course = FF_COURSE_TAKEN;
    for (uint32_t at = command->branch_of; at != FF_SHELL_NONE;) {
        const ff_shell_choice *choice = &scene->shell.choices.items[at];
        bool in_then = stands_in(command, side_of(choice, true));
        ff_course side = in_then || stands_in(command, side_of(choice, false))
                             ? ff_course_of_side(scene, choice, in_then, text)
                             : FF_COURSE_UNCLEAR;
        if (side == FF_COURSE_NOT_TAKEN)
            return side;
        if (side == FF_COURSE_UNCLEAR)
            course = side;
        at = choice->branch_of;
    }
    return course;
}

/* ---- public ---- */

ff_course ff_course_of(const ff_scene *scene, const ff_shell_command *command, ff_slice *text)
{
    ff_course course = FF_COURSE_TAKEN;
    for (const ff_shell_command *at = command; at && course != FF_COURSE_NOT_TAKEN;) {
        ff_course within = course_within(scene, at, text);
        if (within != FF_COURSE_TAKEN)
            course = within;
        at = at->inner_of == FF_SHELL_NONE ? NULL : &scene->shell.commands.items[at->inner_of];
    }
    return course;
}

/* True if the script prints this text at exactly one place. */
static bool said_once(const ff_scene *scene, const ff_shell_command *command)
{
    ff_lines own = {command->first_line, command->last_line};
    return !said_elsewhere(scene, ff_shell_says(command), own);
}

static bool is_inside(const ff_scene *scene, const ff_shell_command *inner, const ff_shell_command *outer)
{
    uint32_t index = (uint32_t)(outer - scene->shell.commands.items);
    uint32_t at = inner->inner_of;
    while (at != FF_SHELL_NONE && at != index)
        at = scene->shell.commands.items[at].inner_of;
    return at == index;
}

bool ff_course_went_on(const ff_scene *scene, const ff_shell_command *command, ff_slice *text)
{
    size_t tried = 0;
    if (scene->from->passed)
        return true;
    for (size_t i = (size_t)(command - scene->shell.commands.items) + 1;
         i < scene->shell.commands.count && tried < TEXTS_TRIED; i++) {
        const ff_shell_command *later = &scene->shell.commands.items[i];
        ff_slice says = ff_shell_says(later);
        bool certain = false;
        if (!was_printed(scene, says) || is_inside(scene, later, command))
            continue;
        tried++;
        (void)ff_shell_proves(&scene->shell, later, &certain);
        if (!certain || !said_once(scene, later))
            continue;
        *text = says;
        return true;
    }
    return false;
}
