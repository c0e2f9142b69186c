#include "shell/shell.h"

#include "base/limits.h"
#include "shell/shell_judge.h"

/* Quotes that nothing closes and that are taken for one line of them; see shell_parser.h. */
enum { RETRIES = 4 };

static const char *const SHIELDS[FF_SHIELD_COUNT] = {
    [FF_SHIELD_NONE] = "nothing",
    [FF_SHIELD_CONDITION] = "a condition",
    [FF_SHIELD_FALLBACK] = "a fallback behind “||”",
    [FF_SHIELD_IGNORED] = "“||” with nothing to do behind it",
    [FF_SHIELD_NOT_LAST] = "“&&” behind it",
    [FF_SHIELD_NO_ERREXIT] = "no “set -e”",
    [FF_SHIELD_PIPE] = "a pipeline without “pipefail”",
    [FF_SHIELD_BACKGROUND] = "the background",
    [FF_SHIELD_SUBSTITUTION] = "a substitution in another command",
    [FF_SHIELD_EXCEPT] = "an “except”",
};

const char *ff_shield_name(ff_shield shield)
{
    return (unsigned)shield < FF_SHIELD_COUNT ? SHIELDS[shield] : SHIELDS[FF_SHIELD_NONE];
}

/* ---- reading ---- */

/* Whole lines as far as the bound allows. */
static ff_slice cut_text(ff_slice text, bool *whole)
{
    (void)ff_slice_take_prefix(&text, FF_LIT("\xEF\xBB\xBF"));
    *whole = text.len <= FF_LIMIT_SCRIPT_BYTES;
    if (*whole)
        return text;
    text = ff_slice_cut(text, FF_LIMIT_SCRIPT_BYTES);
    size_t len = text.len;
    while (len && text.ptr[len - 1] != '\n')
        len--;
    return ff_slice_cut(text, len);
}

/* A copy whose lines end in LF. */
static ff_slice copy_text(ff_slice text, ff_arena *arena)
{
    char *copy = ff_arena_alloc(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; copy && i < text.len; i++)
        if (text.ptr[i] != '\r' || i + 1 >= text.len || text.ptr[i + 1] != '\n')
            copy[len++] = text.ptr[i];
    return (ff_slice){copy, len};
}

static void read_text(ff_shell_judge *judge, ff_slice bytes, const ff_shell_options *options)
{
    ff_shell_text text;
    ff_shell_reading *reading = judge->reading;
    ff_shell_process process = {.modes = {.errexit = options->errexit, .pipefail = options->pipefail},
                                .inner_of = FF_SHELL_NONE,
                                .function = FF_SHELL_NONE,
                                .fate = {.decides = true}};
    ff_shell_place place = {.process = &process, .fate = {.decides = true}, .always = true, .branch = FF_SHELL_NONE};
    ff_slice copy = copy_text(bytes, reading->arena);
    ff_shell_node *list = NULL;
    if (copy.ptr && ff_shell_text_open(&text, copy, reading->scratch))
        list = ff_shell_parse(reading, &text, 0);
    if (!list) {
        reading->failed = true;
        return;
    }
    ff_shell_judge_node(judge, list, &place);
    ff_shell_judge_calls(judge);
}

ff_status ff_shell_read(ff_shell_script *script, ff_slice text, const ff_shell_options *options, ff_arena *arena)
{
    ff_arena scratch;
    bool whole;
    *script = (ff_shell_script){.whole = false};
    ff_arena_init(&scratch, 0);
    ff_slice bytes = cut_text(text, &whole);
    ff_shell_reading reading = {.arena = arena, .scratch = &scratch, .retries = RETRIES, .whole = whole};
    ff_shell_judge judge = {.reading = &reading, .script = script};
    read_text(&judge, bytes, options);
    script->whole = reading.whole;
    bool failed = reading.failed || arena->failed || scratch.failed;
    ff_arena_release(&scratch);
    if (failed)
        *script = (ff_shell_script){.whole = false};
    return failed ? FF_NOMEM : FF_OK;
}

/* ---- questions ---- */

static bool is_word(ff_slice word, ff_slice wanted)
{
    if (ff_slice_eq(word, wanted))
        return true;
    return word.len > wanted.len && ff_slice_ends(word, wanted) && word.ptr[word.len - wanted.len - 1] == '/';
}

/* The needle's words are those of the command from `at` on. */
static bool stands_at(const ff_shell_command *command, uint32_t at, ff_slice needle)
{
    ff_slice word;
    bool any = false;
    while (ff_slice_take_until(&needle, ' ', &word)) {
        if (!word.len)
            continue;
        if (at >= command->word_count || !is_word(command->words[at], word))
            return false;
        any = true;
        at++;
    }
    return any;
}

static bool has_words(const ff_shell_command *command, ff_slice needle)
{
    for (uint32_t at = 0; at < command->word_count; at++)
        if (stands_at(command, at, needle))
            return true;
    return false;
}

const ff_shell_command *ff_shell_find(const ff_shell_script *script, ff_slice needle, const ff_shell_command *after)
{
    size_t from = after ? (size_t)(after - script->commands.items) + 1 : 0;
    for (size_t i = from; i < script->commands.count; i++)
        if (has_words(&script->commands.items[i], needle))
            return &script->commands.items[i];
    return NULL;
}

const ff_shell_command *ff_shell_at(const ff_shell_script *script, uint32_t line)
{
    const ff_shell_command *found = NULL;
    for (size_t i = 0; i < script->commands.count; i++) {
        const ff_shell_command *command = &script->commands.items[i];
        if (line < command->first_line || line > command->last_line)
            continue;
        uint32_t lines = command->last_line - command->first_line;
        if (!found || command->depth > found->depth ||
            (command->depth == found->depth && lines < found->last_line - found->first_line))
            found = command;
    }
    return found;
}

/* Reads a file that is not here into the shell, and may turn errexit off. What activates an environment, and files that
 * are called after the variables they set, do not. */
static bool takes_in(const ff_shell_command *command)
{
    static const ff_slice harmless[] = {FF_TEXT("activate"), FF_TEXT(".env"), FF_TEXT(".profile"),
                                        FF_TEXT(".bashrc"),  FF_TEXT("/env"), FF_TEXT("os-release")};
    if (command->python || command->word_count < 2 ||
        (!ff_slice_eq(command->words[0], FF_LIT("source")) && !ff_slice_eq(command->words[0], FF_LIT("."))))
        return false;
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (ff_slice_ends(command->words[1], harmless[i]))
            return false;
    return true;
}

/* In its own script, or in front of a command whose script it is. A function may be called anywhere. */
static bool stands_behind_unread(const ff_shell_script *script, const ff_shell_command *command)
{
    const ff_shell_command *first = script->commands.items;
    for (;;) {
        const ff_shell_command *end = command->in_function ? first + script->commands.count : command;
        for (const ff_shell_command *other = first; other < end; other++)
            if (other->inner_of == command->inner_of && takes_in(other))
                return true;
        if (command->inner_of == FF_SHELL_NONE)
            return false;
        command = first + command->inner_of;
    }
}

bool ff_shell_proves(const ff_shell_script *script, const ff_shell_command *command, bool *certain)
{
    if (certain)
        *certain = script->whole && command->always;
    return script->whole && !command->kept_status && !stands_behind_unread(script, command) &&
           (command->shield == FF_SHIELD_NONE || (command->shield == FF_SHIELD_CONDITION && command->ends));
}

ff_slice ff_shell_says(const ff_shell_command *command)
{
    return command->said;
}

/* ---- guards ---- */

static bool has_word(const ff_shell_command *command, ff_slice wanted)
{
    for (uint32_t i = 0; i < command->word_count; i++)
        if (is_word(command->words[i], wanted))
            return true;
    return false;
}

/* `help NAME`, `command -v NAME`, `type NAME`, `NAME --help`: the words beside the name. */
static bool asks_beside(const ff_shell_command *command, uint32_t at)
{
    static const ff_slice before[] = {FF_TEXT("help"), FF_TEXT("command"), FF_TEXT("type"), FF_TEXT("which"),
                                      FF_TEXT("hash")};
    uint32_t i = at;
    while (i && command->words[i - 1].len && command->words[i - 1].ptr[0] == '-')
        i--;
    for (size_t row = 0; i && row < sizeof before / sizeof *before; row++)
        if (is_word(command->words[i - 1], before[row]))
            return true;
    return at + 1 < command->word_count &&
           (ff_slice_eq(command->words[at + 1], FF_LIT("--help")) || ff_slice_eq(command->words[at + 1], FF_LIT("-h")));
}

static bool asks_for(const ff_shell_command *command, ff_slice name)
{
    for (uint32_t at = 0; at < command->word_count; at++)
        if (is_word(command->words[at], name) && asks_beside(command, at))
            return true;
    return false;
}

/* `manage.py help | grep -q NAME` */
static bool searches_for(const ff_shell_command *commands, uint32_t count, ff_slice name)
{
    bool help = false;
    for (uint32_t i = 0; i < count; i++) {
        if (help && has_word(&commands[i], FF_LIT("grep")) && has_word(&commands[i], name))
            return true;
        help = help || has_word(&commands[i], FF_LIT("help")) || has_word(&commands[i], FF_LIT("--help"));
    }
    return false;
}

static bool asks(const ff_shell_script *script, const ff_shell_choice *choice, ff_slice name)
{
    if (choice->kind != FF_CHOICE_IF || choice->condition == FF_SHELL_NONE)
        return false;
    const ff_shell_command *commands = &script->commands.items[choice->condition];
    for (uint32_t i = 0; i < choice->condition_count; i++)
        if (asks_for(&commands[i], name))
            return true;
    return searches_for(commands, choice->condition_count, name);
}

const ff_shell_choice *ff_shell_guard(const ff_shell_script *script, const ff_shell_command *command, ff_slice name,
                                      bool *in_then)
{
    bool in_else = command->in_else;
    for (uint32_t number = command->branch_of; name.len && number != FF_SHELL_NONE;) {
        const ff_shell_choice *choice = &script->choices.items[number];
        if (asks(script, choice, name)) {
            *in_then = !in_else;
            return choice;
        }
        in_else = choice->in_else;
        number = choice->branch_of;
    }
    return NULL;
}
