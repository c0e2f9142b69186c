/* What becomes of a command that fails: nodes to the commands and choices of an ff_shell_script.
 *
 * A *process* is a shell that has an exit status of its own: the step's, a subshell's, one of a pipeline, `sh -c`. Its
 * fate says what becomes of the step if that status is a failure. A *place* is where in a process a node stands.
 */
#ifndef FF_SHELL_SHELL_JUDGE_H
#define FF_SHELL_SHELL_JUDGE_H

#include "shell/shell.h"
#include "shell/shell_parser.h"

typedef struct ff_shell_fate {
    ff_shield shield;
    bool decides; /* the failure is that of the process: its last command, or an explicit exit follows. Of a process:
                   * it is that of the step's script, or of the function in whose body this is */
    bool looked;  /* errexit looks at it, although its place is suppressed */
    bool ends;    /* an explicit exit that fails follows */
    uint32_t line;
    ff_slice text;
} ff_shell_fate;

/* What `set` changes. */
typedef struct ff_shell_modes {
    bool errexit, pipefail;
    uint32_t off_line; /* what leaves errexit off */
    ff_slice off_text;
} ff_shell_modes;

typedef struct ff_shell_process {
    ff_shell_modes modes;
    ff_shell_fate fate;
    bool left; /* it may have ended with success here */
    uint32_t inner_of;
    ff_shell_inner inner;
    const ff_shell_word *input; /* a here-document that is still to be read from its standard input, or NULL */
    const ff_shell_text *input_text;
    uint32_t function; /* index of the function in whose body this is; FF_SHELL_NONE */
} ff_shell_process;

/* Where standard output or error goes. */
typedef enum ff_shell_sink { SINK_LOG, SINK_NULL, SINK_ELSEWHERE } ff_shell_sink;

typedef struct ff_shell_place {
    ff_shell_process *process;
    ff_shell_fate fate;
    bool suppressed; /* errexit does not look here: a condition, not the last of `&&` and `||` */
    bool always;
    bool in_else;
    uint32_t branch;
    uint32_t commands; /* around it, as ff_shell_command.depth */
    unsigned depth;    /* of nesting of any kind */
    ff_shell_sink out, err;
} ff_shell_place;

/* What commands do that run because another one failed. */
typedef enum ff_shell_answer {
    ANSWER_OTHER,   /* something */
    ANSWER_NOTHING, /* print, or pass */
    ANSWER_FAIL,    /* fail too: `false` */
    ANSWER_RETURN,  /* `return 1` */
    ANSWER_END      /* exit with failure */
} ff_shell_answer;

typedef struct ff_shell_function {
    ff_slice name;
    uint32_t script; /* in which it is known: functions are not handed down to scripts inside */
    ff_shell_answer answer;
    ff_shell_modes before, after; /* its body */
    bool exits, succeeds;         /* it may end the process that calls it; with success */
} ff_shell_function;

/* What is known of a command besides what the reader is told. Same index. */
typedef struct ff_shell_trace {
    bool last;       /* it is the last of its process, and that failing is its function failing */
    bool suppressed; /* as its place; by what */
    uint32_t line;
    ff_slice text;
    uint32_t function, script;
} ff_shell_trace;

typedef struct ff_shell_judge {
    ff_shell_reading *reading;
    ff_shell_script *script;
    uint32_t inside;  /* number of the script that is being judged; 0: the step's own */
    uint32_t scripts; /* inside it, so far */
    struct {
        ff_shell_function *items;
        size_t count, cap;
    } functions;
    struct {
        ff_shell_trace *items;
        size_t count, cap;
    } traces;
} ff_shell_judge;

/* Judges a list of commands in `place`, with everything inside it. Failures are left in judge->reading. */
void ff_shell_judge_node(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place);

/* ---- shared by the judge's files ---- */

/* Commands one after the other, the last of which stands for all of them. */
void ff_shell_judge_list(ff_shell_judge *judge, const ff_shell_node *list, const ff_shell_place *place);

/* Substitutions in the words and assignments of a node. */
void ff_shell_judge_words(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place);

/* Compound commands that choose; a `case` is judged as a loop is. */
void ff_shell_judge_if(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place);
void ff_shell_judge_loop(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place);

/* What becomes of a failure in this place; `open` (may be NULL): it is that of the process. */
ff_shell_fate ff_shell_resolve(const ff_shell_place *place, bool *open);

/* Behind what may fail in this place: where the process may fail without the step, nothing further on is reached for
 * certain. */
void ff_shell_note_failure(const ff_shell_place *place);

/* The place inside a process of its own, whose failure has this fate. */
ff_shell_place ff_shell_enter_process(const ff_shell_place *place, ff_shell_process *process, ff_shell_fate fate);

/* What a place is to all but the last command of a list. */
ff_shell_place ff_shell_place_within(const ff_shell_place *place);

/* A fate that swallows; its text goes from `from` to `to`. */
ff_shell_fate ff_shell_swallow(ff_shell_judge *judge, ff_shield shield, const ff_shell_text *text, size_t from,
                               size_t to);

/* Fates of the children of an and-or list, in `fates`; `place` is that of the list. */
void ff_shell_and_or_fates(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place,
                           ff_shell_fate *fates);

/* What a node does. `fresh`: `$?` still is that of what failed, where it begins. */
ff_shell_answer ff_shell_answer_of(const ff_shell_judge *judge, const ff_shell_node *node, bool fresh);

/* True if the node is a plain `exit` with a number that says success, or failure. */
bool ff_shell_exits_with(const ff_shell_judge *judge, const ff_shell_node *node, bool success);

/* Value of a word, in scratch memory or borrowed. */
ff_slice ff_shell_word_value(const ff_shell_judge *judge, const ff_shell_word *word);

/* The function of this name that is defined so far in script number `script`; NULL: none. */
const ff_shell_function *ff_shell_function_of(const ff_shell_judge *judge, uint32_t script, ff_slice name);

/* Changes modes as a `set` command says. */
void ff_shell_apply_set(ff_shell_judge *judge, const ff_shell_node *node, ff_shell_modes *modes);

/* Changes them as the call of a function does. */
void ff_shell_apply_call(ff_shell_modes *modes, const ff_shell_function *function);

/* What is in force where two ways meet: nothing but what is on both. */
void ff_shell_meet(ff_shell_modes *modes, const ff_shell_modes *other);

/* Where output goes behind these redirections. */
void ff_shell_apply_redirects(const ff_shell_judge *judge, const ff_shell_redirect *redirects, ff_shell_place *place);

/* Adds a command with its fate and place, and nothing else. NULL without memory. */
ff_shell_command *ff_shell_add_command(ff_shell_judge *judge, const ff_shell_place *place);

/* Adds the command; its index, or FF_SHELL_NONE without memory. */
uint32_t ff_shell_push_command(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place);

/* Reads the script that the command runs, if it runs one. */
void ff_shell_judge_inner(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place,
                          uint32_t command);

/* Reads Python; `place` is that of the script. */
void ff_shell_judge_python(ff_shell_judge *judge, const ff_shell_text *text, const ff_shell_place *place);

/* Carries what swallows the failure of calls into the functions called. */
void ff_shell_judge_calls(ff_shell_judge *judge);

/* From `from` to `to`, line continuations joined by one blank; in the arena where it is not borrowed. */
ff_slice ff_shell_shown(const ff_shell_text *text, size_t from, size_t to, ff_arena *arena);

/* The same as one line of at most FF_LIMIT_KEPT_LINE_BYTES; and a text made such a line. */
ff_slice ff_shell_one_line(const ff_shell_text *text, size_t from, size_t to, ff_arena *arena);
ff_slice ff_shell_squeeze(ff_slice text, ff_arena *arena);

#endif
