/* A shell script, read just enough to say what becomes of a command that fails: whether it stands in a condition, what
 * swallows its failure, and whether the script going on proves that it succeeded.
 *
 * Nothing is run or expanded. Scripts inside the script are read too: here-documents that feed a shell (`ssh host bash
 * -s <<'EOF'`, `bash <<EOF`), `sh -c "…"`, `bash -lc '…'`, `su -c`, `docker run … sh -c "…"`; and of Python in a
 * here-document or `python -c` as much as shows whether an `except` passes over what failed. What is not understood
 * ends the reading of that piece, never the whole; `whole` is then false.
 *
 *     ff_shell_script script;
 *     ff_shell_read(&script, text, &(ff_shell_options){.errexit = true}, &arena);
 *     const ff_shell_command *command = ff_shell_find(&script, FF_LIT("manage.py migrate_schemas"), NULL);
 *     if (command && command->shield == FF_SHIELD_FALLBACK) ... script line command->shield_line swallows it
 *
 * Format: POSIX.1-2017, Shell Command Language, and what Bash adds. GitHub starts `bash -e {0}` where a step names no
 * shell, `bash --noprofile --norc -eo pipefail {0}` where it says `shell: bash`:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 */
#ifndef FF_SHELL_SHELL_H
#define FF_SHELL_SHELL_H

#include "base/arena.h"
#include "base/array.h"

#include <stdint.h>

#define FF_SHELL_NONE UINT32_MAX

typedef struct ff_shell_options {
    bool errexit, pipefail; /* as the script starts */
} ff_shell_options;

/* How a workflow's `shell:` starts its scripts: `bash`, `bash -e {0}`; empty: GitHub's default outside of Windows.
 * False if that is no shell that is read here. */
bool ff_shell_options_of(ff_slice shell, ff_shell_options *options);

/* The options that a shell is started with, as in `--noprofile -eo pipefail {0}`: what stands behind its name. */
ff_shell_options ff_shell_options_read(ff_slice rest);

/* Why the failure of a command does not end its script. */
typedef enum ff_shield {
    FF_SHIELD_NONE,         /* it does end it */
    FF_SHIELD_CONDITION,    /* it is the condition of an `if`, `elif`, `while` or `until`, or stands behind `!` */
    FF_SHIELD_FALLBACK,     /* `cmd || other`: the other command does the work instead */
    FF_SHIELD_IGNORED,      /* `|| true`, `|| :`, `|| echo …`, `|| { echo …; }`, `&& x || true`: nothing is done */
    FF_SHIELD_NOT_LAST,     /* `cmd && other`: errexit looks at the last one only */
    FF_SHIELD_NO_ERREXIT,   /* no `set -e` in force (`set +e`, a plain `sh -c`), and it is not the last command */
    FF_SHIELD_PIPE,         /* not the last of a pipeline, without pipefail */
    FF_SHIELD_BACKGROUND,   /* `cmd &` */
    FF_SHIELD_SUBSTITUTION, /* `$(…)` whose status another command replaces: an argument, `export x=$(…)` */
    FF_SHIELD_EXCEPT,       /* Python: an `except` that neither raises nor exits */
    FF_SHIELD_COUNT
} ff_shield;

/* What a reader is told: "a fallback behind “||”", "no “set -e”" …; never NULL for a valid value. */
const char *ff_shield_name(ff_shield shield);

/* How a script inside the script is run. */
typedef enum ff_shell_inner {
    FF_INNER_NONE,   /* the step's own script */
    FF_INNER_WORD,   /* `sh -c "…"`, `python -c "…"` */
    FF_INNER_HEREDOC /* fed to a shell or to Python */
} ff_shell_inner;

/* One simple command, or one that only assigns: that has no words. Lines are 1-based lines of the text given to
 * ff_shell_read. */
typedef struct ff_shell_command {
    uint32_t first_line, last_line; /* continuation lines, the words of an inner script, and its here-documents with
                                     * their last delimiter included */
    ff_slice text;                  /* as written, from its first assignment or word to its last redirection, in the
                                     * arena: line continuations joined by one blank, a here-document's body left out */
    ff_slice *words;                /* quotes removed; `$…` kept as written. Of Python: names and texts of strings */
    uint32_t word_count;            /* assignments before the name are not counted */
    uint32_t inner_of;              /* the command that runs the script it stands in (`ssh …`, `sh -c …`);
                                     * FF_SHELL_NONE */
    uint32_t depth;                 /* commands around it: by an inner script, or by `$(…)` */
    ff_shell_inner inner;
    ff_shield shield;     /* the innermost thing that keeps a failure from ending the step's script: looks outward
                           * through inner scripts, so a command of a `sh -c` without `set -e` has NO_ERREXIT */
    uint32_t shield_line; /* line of that construct: of the `||`, the `if`, the `set +e`, the `sh -c`; 0: it has none,
                           * because the step's script itself starts without errexit */
    ff_slice shield_text; /* the construct as written, one line: `|| python manage.py migrate`, `if … help x` */
    bool ends;            /* a failure is answered by an explicit `exit` that fails the step: `|| exit 1` (then the
                           * shield is NONE), `if ! cmd; then … exit 1; fi` (CONDITION) */
    uint32_t branch_of;   /* number of the innermost choice whose body it stands in, also one around the command that
                           * runs its script; FF_SHELL_NONE */
    bool in_else;         /* in the `else` of that, or behind its `elif` */
    bool always;          /* reached whenever the script ends with success: in no branch, loop or function, not behind
                           * `&&` or `||`, nor behind an `exit` that may have ended the script with success */
    bool silent;          /* its standard output and errors both go to /dev/null */
    bool errors_dropped;  /* its standard error does */
    bool in_function;     /* in the body of a function, which runs where that is called */
    bool python;          /* a statement of an inner Python script */
    bool kept_status;  /* of Python: the status of what it runs is kept, `r = subprocess.run(…)`, and who knows what
                        * becomes of it */
    bool literal_vars; /* a quoted `\$VAR` in a here-document whose delimiter is quoted: never expands */
    ff_slice said;     /* for ff_shell_says */
} ff_shell_command;

typedef enum ff_shell_choice_kind {
    FF_CHOICE_IF, /* an `elif` is one more, in the `else` of the one before */
    FF_CHOICE_LOOP,
    FF_CHOICE_CASE
} ff_shell_choice_kind;

/* A compound command that chooses. What is said of lines of bodies and of `simple` is said of an `if` only. */
typedef struct ff_shell_choice {
    ff_shell_choice_kind kind;
    uint32_t first_line, last_line; /* of `if` and `fi` */
    uint32_t condition;             /* index of the first command of the condition, or FF_SHELL_NONE */
    uint32_t condition_count;       /* commands of it, those in `$(…)` and inner scripts included */
    bool negated;                   /* `if ! cmd` */
    uint32_t then_first, then_last; /* lines of the body of the first branch; 0: empty. All lines between the lines of
                                     * `then` and `else` or `fi` where it is simple, else those of its commands */
    uint32_t else_line;             /* line of `else` or `elif`; 0: none */
    uint32_t else_first, else_last; /* lines of its body; 0 for an `elif` */
    bool simple;                    /* an `if` with at most one `else`, no `elif`; `else` and `fi` stand alone on their
                                     * lines, nothing before `if`, nothing behind `then` */
    uint32_t branch_of;             /* the choice it stands in; FF_SHELL_NONE */
    bool in_else;
} ff_shell_choice;

typedef struct ff_shell_script {
    struct {
        ff_shell_command *items; /* in text order; those of an inner script behind the one that runs it */
        size_t count, cap;
    } commands;
    struct {
        ff_shell_choice *items;
        size_t count, cap;
    } choices;
    bool whole; /* all of it was understood */
} ff_shell_script;

/* Reads `text` (LF or CRLF). Memory from `arena`; slices borrow from it, not from `text`. Bounds: FF_LIMIT_SCRIPT_BYTES
 * of text, and again of all scripts inside it together, FF_LIMIT_SCRIPT_COMMANDS, FF_LIMIT_SCRIPT_DEPTH of nesting;
 * beyond them the rest is not read and `whole` is false. FF_OK or FF_NOMEM. */
ff_status ff_shell_read(ff_shell_script *script, ff_slice text, const ff_shell_options *options, ff_arena *arena);

/* The next command, behind `after` (NULL: from the start), that has the words of `needle` (split at blanks) one after
 * the other: `manage.py migrate` finds `python manage.py migrate --noinput` and `./manage.py migrate`, not
 * `manage.py migrate_schemas`. A word of the needle also equals the last path component of a word. NULL: none. */
const ff_shell_command *ff_shell_find(const ff_shell_script *script, ff_slice needle, const ff_shell_command *after);

/* The innermost command that covers a line, or NULL. */
const ff_shell_command *ff_shell_at(const ff_shell_script *script, uint32_t line);

/* True if the script having ended with success proves that this command, if it was reached, succeeded; `certain` (may
 * be NULL) says that it was reached then, whatever the result. Of a script that is not whole nothing is certain, and
 * behind a file that it reads in (`source x`) nothing is proved: that may turn errexit off. */
bool ff_shell_proves(const ff_shell_script *script, const ff_shell_command *command, bool *certain);

/* The choice that asks first whether `command` (its words from `name` on, such as a management command) exists: an `if`
 * around it, also around the command that runs its script, whose condition has the same `name` behind `help`,
 * `command -v`, `type`, `which` or `hash`, or `--help` behind it, or looks for it with `grep` in the output of a
 * `help`. NULL: none. `in_then` says on which side the command stands; look at choice->negated too. */
const ff_shell_choice *ff_shell_guard(const ff_shell_script *script, const ff_shell_command *command, ff_slice name,
                                      bool *in_then);

/* What the command prints for certain: the argument of an `echo` or `printf` (without format directives) or Python's
 * `print` of one string, if nothing in it is expanded. The empty slice otherwise. */
ff_slice ff_shell_says(const ff_shell_command *command);

#endif
