/* A command is taken out of a script.
 *
 * What becomes of the lines around it, by how it stands there:
 *     if … help X; then A else E fi    E, a step further left; nothing where there is no `else`
 *     X || Y                           Y
 *     X || true, X || echo …, X        nothing; or `instead`
 *     X || exit 1                      nothing; or `instead || exit 1`
 *     A && X                           left alone; or `A && instead`
 *     X && Y, X | Y, X &, $(X) …       left alone, with the reason
 */
#ifndef FF_EDIT_DROP_H
#define FF_EDIT_DROP_H

#include "edit/edit_list.h"
#include "edit/edit_script.h"

/* Takes out each command with the words of `needle`; `instead` may be empty. FF_OK, also where a place was left alone
 * (`script->refused`); FF_NOMEM. */
ff_status ff_edit_drop(ff_edit_script *script, ff_slice needle, ff_slice instead);

/* ---- for the files of this edit ---- */

typedef struct ff_edit_dropping {
    ff_edit_script *script;
    ff_slice needle, instead;
    bool *done;       /* by command: taken out, or refused */
    ff_slice filling; /* what `instead` is where a guard leaves nothing; empty: not known, or not the same for all */
    bool guarded;     /* there was such a guard */
    size_t work;      /* bytes of lists that were read and written */
} ff_edit_dropping;

/* The next command that runs the needle, behind `after`; NULL: none. */
const ff_shell_command *ff_edit_drop_next(const ff_edit_dropping *dropping, const ff_shell_command *after);

/* True if `command` stands in an `if` that asks first whether it exists, on the side where it does: then only the other
 * side stays, or the place is refused. FF_OK or FF_NOMEM. */
ff_status ff_edit_drop_guard(ff_edit_dropping *dropping, const ff_shell_command *command);

/* Takes the command out of the list that it stands in. FF_OK or FF_NOMEM. */
ff_status ff_edit_drop_listed(ff_edit_dropping *dropping, const ff_shell_command *command);

/* What stands for the command in `text`, in which it is written as it is in the script, with whatever runs it there,
 * such as `docker exec web`; in the arena. Empty: there is no `instead`, or what it has to be put behind is not known.
 */
ff_slice ff_edit_drop_instead(const ff_edit_dropping *dropping, const ff_shell_command *command, ff_slice text);

/* Parts of a list, joined by `||`, `&&` and `|`, some of which have a `command` that is to be taken out. */
typedef struct ff_edit_chain {
    size_t first, last;
    ff_slice instead; /* what can be put there */
    bool wished;      /* something is to be put there: if `instead` is empty nobody knows how */
    const char *why;  /* out: why nothing can be done; NULL: it is */
} ff_edit_chain;

/* Decides what becomes of each part. FF_OK or FF_NOMEM. */
ff_status ff_edit_chain_decide(ff_edit_list *list, ff_edit_chain *chain);

#endif
