/* What stands for a command that is taken out, inside whatever runs it: of `docker exec web python manage.py x` only
 * `python manage.py x` is replaced. */
#include "edit/edit_drop.h"

/* Programs that run the file that the needle names: they go with it. */
static const ff_slice INTERPRETERS[] = {FF_TEXT("bash"),   FF_TEXT("node"), FF_TEXT("perl"), FF_TEXT("php"),
                                        FF_TEXT("python"), FF_TEXT("ruby"), FF_TEXT("sh")};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\\';
}

static ff_slice base_name(ff_slice word)
{
    return ff_slice_behind_last(word, '/');
}

/* `python3.11` and `/usr/bin/python` are the same program. */
static bool same_program(ff_slice a, ff_slice b)
{
    a = base_name(a);
    b = base_name(b);
    while (a.len && strchr("0123456789.", a.ptr[a.len - 1]))
        a = ff_slice_cut(a, a.len - 1);
    while (b.len && strchr("0123456789.", b.ptr[b.len - 1]))
        b = ff_slice_cut(b, b.len - 1);
    return a.len && ff_slice_eq(a, b);
}

static bool is_interpreter(ff_slice word)
{
    for (size_t i = 0; i < sizeof INTERPRETERS / sizeof *INTERPRETERS; i++)
        if (same_program(word, INTERPRETERS[i]))
            return true;
    return false;
}

/* The word of the command that the needle begins with, by index. */
static uint32_t needle_at(const ff_shell_command *command, ff_slice needle)
{
    ff_slice first = {0};
    (void)ff_slice_take_until(&needle, ' ', &first);
    for (uint32_t i = 0; i < command->word_count; i++)
        if (ff_slice_eq(command->words[i], first) || ff_slice_eq(base_name(command->words[i]), first))
            return i;
    return command->word_count;
}

/* Which word of the command `instead` begins in place of; word_count: nobody can say. */
static uint32_t begins_at(const ff_shell_command *command, ff_slice needle, ff_slice instead)
{
    uint32_t at = needle_at(command, needle);
    ff_slice first = {0};
    (void)ff_slice_take_until(&instead, ' ', &first);
    if (at < command->word_count && same_program(command->words[at], first))
        return at;
    if (at && at < command->word_count &&
        (same_program(command->words[at - 1], first) || is_interpreter(command->words[at - 1])))
        return at - 1;
    return at ? command->word_count : 0;
}

/* Where in `text` the words from `at` up to the last two of interest stand as written; SIZE_MAX: not so, or not once.
 */
static size_t find_words(ff_slice text, const ff_shell_command *command, uint32_t at)
{
    size_t found = SIZE_MAX;
    uint32_t count = command->word_count - at > 2 ? 2 : command->word_count - at;
    for (size_t i = 0; i < text.len; i++) {
        ff_slice rest = ff_slice_from(text, i);
        uint32_t k = 0;
        if (i && !is_blank(text.ptr[i - 1]))
            continue;
        for (; k < count && ff_slice_take_prefix(&rest, command->words[at + k]); k++) {
            if (rest.len && !is_blank(rest.ptr[0]))
                break;
            while (rest.len && is_blank(rest.ptr[0]))
                rest = ff_slice_from(rest, 1);
        }
        if (k < count)
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = i;
    }
    return found;
}

ff_slice ff_edit_drop_instead(const ff_edit_dropping *dropping, const ff_shell_command *command, ff_slice text)
{
    uint32_t at = begins_at(command, dropping->needle, dropping->instead);
    if (!dropping->instead.len || at == command->word_count)
        return (ff_slice){0};
    size_t from = find_words(text, command, at);
    if (from == SIZE_MAX)
        return (ff_slice){0};
    return ff_arena_printf(dropping->script->arena, "%.*s%.*s", FF_ARG(ff_slice_cut(text, from)),
                           FF_ARG(dropping->instead));
}
