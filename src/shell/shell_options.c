#include "shell/shell.h"

/* Shells that GitHub knows by name; others, such as `python`, are none. One that is given with options is started with
 * these alone.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
static const struct {
    const char *name; /* the first word of `shell`, without its folder */
    ff_shell_options options;
} SHELLS[] = {
    {"", {.errexit = true}},
    {"bash", {.errexit = true, .pipefail = true}},
    {"sh", {.errexit = true}},
};

/* An option such as `-e` or `-eo`, or a long one. */
static bool has_option(ff_slice line, char letter, const char *name)
{
    ff_slice word;
    while (ff_slice_take_until(&line, ' ', &word)) {
        bool option = word.len > 1 && word.ptr[0] == '-' && word.ptr[1] != '-';
        if ((option && letter && ff_slice_find_byte(word, letter) != SIZE_MAX) || ff_slice_eq(word, ff_slice_of(name)))
            return true;
    }
    return false;
}

ff_shell_options ff_shell_options_read(ff_slice rest)
{
    return (ff_shell_options){.errexit = has_option(rest, 'e', "errexit"), .pipefail = has_option(rest, 0, "pipefail")};
}

bool ff_shell_options_of(ff_slice shell, ff_shell_options *options)
{
    ff_slice rest = ff_slice_trim(shell), word = {0};
    (void)ff_slice_take_until(&rest, ' ', &word);
    word = ff_slice_behind_last(word, '/');
    for (size_t i = 0; i < sizeof SHELLS / sizeof *SHELLS; i++) {
        if (!ff_slice_eq(word, ff_slice_of(SHELLS[i].name)))
            continue;
        *options = SHELLS[i].options;
        if (rest.len)
            *options = ff_shell_options_read(rest);
        return true;
    }
    return false;
}
