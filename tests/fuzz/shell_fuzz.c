/* Shell scripts as bytes: whatever they hold, what is read of them points into the script and into itself. */
#include "fuzz.h"

#include "base/limits.h"
#include "repo/shell.h"

static uint32_t lines_of(ff_slice text)
{
    uint32_t lines = 1;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n' ? 1 : 0;
    return lines;
}

static void check_range(uint32_t first, uint32_t last, uint32_t lines)
{
    FF_PROMISE(first <= last && last <= lines);
    FF_PROMISE(first || !last);
}

static void check_shield(const ff_shell_script *script, const ff_shell_command *command, uint32_t lines)
{
    bool certain = true, none = command->shield == FF_SHIELD_NONE;
    FF_PROMISE((unsigned)command->shield < FF_SHIELD_COUNT && ff_shield_name(command->shield)[0]);
    FF_PROMISE(command->shield_line <= lines);
    FF_PROMISE(!none || (!command->shield_line && !command->shield_text.len));
    FF_PROMISE(command->shield_text.len <= FF_LIMIT_KEPT_LINE_BYTES);
    FF_PROMISE(ff_slice_find_byte(command->shield_text, '\n') == SIZE_MAX);
    FF_PROMISE(!command->ends || none || command->shield == FF_SHIELD_CONDITION);
    bool proves = ff_shell_proves(script, command, &certain);
    FF_PROMISE(script->whole || (!proves && !certain));
}

static void check_command(const ff_shell_script *script, uint32_t index, uint32_t lines)
{
    const ff_shell_command *command = &script->commands.items[index];
    check_range(command->first_line, command->last_line, lines);
    check_shield(script, command, lines);
    FF_PROMISE(command->first_line && command->text.len);
    FF_PROMISE(command->inner_of == FF_SHELL_NONE || command->inner_of < index);
    FF_PROMISE((command->inner_of == FF_SHELL_NONE) == (command->inner == FF_INNER_NONE));
    FF_PROMISE(command->branch_of == FF_SHELL_NONE || command->branch_of < script->choices.count);
    FF_PROMISE(!command->silent || command->errors_dropped);
    FF_PROMISE(ff_slice_find_byte(ff_shell_says(command), '\n') == SIZE_MAX);
    bool in_then = false;
    for (uint32_t i = 0; i < command->word_count && i < 4; i++) {
        const ff_shell_choice *guard = ff_shell_guard(script, command, command->words[i], &in_then);
        FF_PROMISE(!guard || guard->kind == FF_CHOICE_IF);
    }
}

static void check_choice(const ff_shell_script *script, uint32_t index, uint32_t lines)
{
    const ff_shell_choice *choice = &script->choices.items[index];
    check_range(choice->first_line, choice->last_line, lines);
    check_range(choice->then_first, choice->then_last, lines);
    check_range(choice->else_first, choice->else_last, lines);
    FF_PROMISE(choice->branch_of == FF_SHELL_NONE || choice->branch_of < index);
    FF_PROMISE((choice->condition == FF_SHELL_NONE) == (choice->condition_count == 0));
    FF_PROMISE(choice->condition == FF_SHELL_NONE ||
               choice->condition + choice->condition_count <= script->commands.count);
    FF_PROMISE(!choice->simple || (choice->first_line < choice->then_first && choice->then_last < choice->last_line));
    FF_PROMISE(!choice->simple || !choice->else_line || choice->else_line == choice->then_last + 1);
}

static void check_questions(const ff_shell_script *script, uint32_t lines)
{
    for (uint32_t line = 1; line <= lines && line <= 64; line++) {
        const ff_shell_command *at = ff_shell_at(script, line);
        FF_PROMISE(!at || (at->first_line <= line && line <= at->last_line));
    }
    const ff_shell_command *found = NULL;
    for (size_t i = 0; i < 64 && (found = ff_shell_find(script, FF_LIT("a"), found)) != NULL; i++)
        FF_PROMISE(found->word_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ff_arena arena;
    ff_shell_script script;
    ff_slice text = ff_fuzz_input(data, size);
    ff_arena_init(&arena, 0);
    ff_shell_options options = {.errexit = size % 2 == 0, .pipefail = size % 4 < 2};
    FF_PROMISE(ff_shell_read(&script, text, &options, &arena) == FF_OK);
    FF_PROMISE(script.commands.count <= FF_LIMIT_SCRIPT_COMMANDS);
    FF_PROMISE(script.whole || size > 0);
    uint32_t lines = lines_of(text);
    for (uint32_t i = 0; i < script.commands.count; i++)
        check_command(&script, i, lines);
    for (uint32_t i = 0; i < script.choices.count; i++)
        check_choice(&script, i, lines);
    check_questions(&script, lines);
    ff_arena_release(&arena);
    return 0;
}
