/* errexit and pipefail, which `set` changes. */
#include "shell/shell_judge.h"

static void set_errexit(ff_shell_judge *judge, const ff_shell_node *node, ff_shell_modes *modes, bool on)
{
    modes->errexit = on;
    modes->off_line = ff_shell_text_line(node->text, node->start);
    modes->off_text = ff_shell_one_line(node->text, node->start, node->end, judge->reading->arena);
}

/* `set -euo pipefail`, `set +e`, `set -o errexit`. */
void ff_shell_apply_set(ff_shell_judge *judge, const ff_shell_node *node, ff_shell_modes *modes)
{
    for (const ff_shell_word *word = node->words.first->next; word; word = word->next) {
        ff_slice value = ff_shell_word_value(judge, word);
        if (value.len < 2 || (value.ptr[0] != '-' && value.ptr[0] != '+') || value.ptr[1] == '-')
            return;
        bool on = value.ptr[0] == '-';
        if (ff_slice_find_byte(value, 'e') != SIZE_MAX)
            set_errexit(judge, node, modes, on);
        if (ff_slice_find_byte(value, 'o') == SIZE_MAX || !word->next)
            continue;
        word = word->next;
        ff_slice name = ff_shell_word_value(judge, word);
        if (ff_slice_eq(name, FF_LIT("errexit")))
            set_errexit(judge, node, modes, on);
        if (ff_slice_eq(name, FF_LIT("pipefail")))
            modes->pipefail = on;
    }
}

void ff_shell_apply_call(ff_shell_modes *modes, const ff_shell_function *function)
{
    const ff_shell_modes *before = &function->before, *after = &function->after;
    if (before->errexit != after->errexit) {
        modes->errexit = after->errexit;
        modes->off_line = after->off_line;
        modes->off_text = after->off_text;
    }
    if (before->pipefail != after->pipefail)
        modes->pipefail = after->pipefail;
}

void ff_shell_meet(ff_shell_modes *modes, const ff_shell_modes *other)
{
    if (modes->errexit && !other->errexit) {
        modes->errexit = false;
        modes->off_line = other->off_line;
        modes->off_text = other->off_text;
    }
    modes->pipefail = modes->pipefail && other->pipefail;
}
