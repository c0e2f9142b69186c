/* The grammar of the shell: text to nodes. Linear: what does not fit is skipped to the end of its line, what is not
 * closed is closed where the text ends, nothing is read a second time but for a few quotes that nothing closes.
 *
 * Also what the parser's files share with one another.
 */
#ifndef FF_SHELL_SHELL_PARSER_H
#define FF_SHELL_SHELL_PARSER_H

#include "shell/shell_node.h"

/* One reading of a step's script, with all scripts inside it. */
typedef struct ff_shell_reading {
    ff_arena *arena;   /* of the result */
    ff_arena *scratch; /* of nodes */
    uint32_t commands; /* met so far */
    size_t inside;     /* bytes of scripts inside the script, read so far */
    unsigned retries;  /* quotes that may be given up and read again as if their line had none */
    bool whole;
    bool failed; /* without memory; the reading ends */
} ff_shell_reading;

typedef struct ff_shell_parser {
    ff_shell_reading *reading;
    const ff_shell_text *text;
    size_t at, end;
    unsigned depth;
    unsigned awaited; /* closers that constructs around this place wait for */
    unsigned quoted;  /* double quotes around this place */
    unsigned muted;   /* pieces are not kept: inside `${…}` and the like, which stay as written */
    struct {
        ff_shell_redirect **items;
        size_t count, cap;
    } pending; /* here-documents whose body begins behind the next newline */
    ff_shell_joins joins;
} ff_shell_parser;

/* Reads all of `text`, `depth` levels deep in other constructs, and notes in it where lines are continued. Returns a
 * list, or NULL: without memory (reading->failed), or nested too deeply (not whole). */
ff_shell_node *ff_shell_parse(ff_shell_reading *reading, ff_shell_text *text, unsigned depth);

/* ---- shared by the parser's files ---- */

typedef enum ff_shell_mode {
    MODE_COMMAND, /* operators end a word */
    MODE_TEST     /* inside `[[ … ]]`, where only blanks do */
} ff_shell_mode;

/* The byte `ahead` places on, or NUL at the end. */
char ff_shell_peek(const ff_shell_parser *parser, size_t ahead);
bool ff_shell_is_at(const ff_shell_parser *parser, ff_slice text); /* the text stands here */

/* Skips blanks, continuations and a comment; newlines too, with the here-documents behind them. */
void ff_shell_skip_blanks(ff_shell_parser *parser);
void ff_shell_skip_newlines(ff_shell_parser *parser);

/* Takes a line continuation. */
void ff_shell_join(ff_shell_parser *parser);

/* Something was not understood: notes it; also goes to the end of the line; or ends the reading of this text. */
void ff_shell_doubt(ff_shell_parser *parser);
void ff_shell_skip_line(ff_shell_parser *parser);
void ff_shell_stop(ff_shell_parser *parser);

/* One level deeper; false, and the text ends, beyond FF_LIMIT_SCRIPT_DEPTH. */
bool ff_shell_enter(ff_shell_parser *parser);
void ff_shell_leave(ff_shell_parser *parser);

/* Zeroed scratch memory, or NULL and the reading has failed. */
void *ff_shell_new(ff_shell_parser *parser, size_t size);

/* Reads a word into `word`; false if none begins here. Substitutions in it are parsed. */
bool ff_shell_read_word(ff_shell_parser *parser, ff_shell_word *word, ff_shell_mode mode);

/* The same, appended to `words`. */
bool ff_shell_push_word(ff_shell_parser *parser, ff_shell_words *words, ff_shell_mode mode);

/* Reads what a double-quoted text or a here-document's body may hold up to `closer` (NUL: the end). False if it never
 * comes. */
bool ff_shell_read_quoted(ff_shell_parser *parser, ff_shell_word *word, char closer);

/* Parts of a word, each with its first byte here. */
void ff_shell_read_single(ff_shell_parser *parser, ff_shell_word *word); /* `'…'` */
void ff_shell_read_double(ff_shell_parser *parser, ff_shell_word *word); /* `"…"` */
void ff_shell_read_ansi(ff_shell_parser *parser, ff_shell_word *word);   /* `$'…'` */
void ff_shell_read_escape(ff_shell_parser *parser, ff_shell_word *word); /* a backslash outside of quotes */
void ff_shell_read_dollar(ff_shell_parser *parser, ff_shell_word *word);
void ff_shell_read_backtick(ff_shell_parser *parser, ff_shell_word *word);

/* The rest of a substitution that began at `from`; its bracket was taken. */
void ff_shell_read_substitution(ff_shell_parser *parser, ff_shell_word *word, size_t from);

/* Keeps bytes as part of the word: those of the text; all up to here as what this shell replaces; a piece of another
 * make, NULL if pieces are not kept or without memory. */
void ff_shell_keep(ff_shell_parser *parser, ff_shell_word *word, size_t from, size_t to);
void ff_shell_keep_outer(ff_shell_parser *parser, ff_shell_word *word, size_t from);
ff_shell_piece *ff_shell_push_piece(ff_shell_parser *parser, ff_shell_word *word);

/* What begins at `from` is closed nowhere: goes to the end of its line, or of the text. */
void ff_shell_give_up(ff_shell_parser *parser, size_t from);
size_t ff_shell_line_end(const ff_shell_parser *parser, size_t from); /* of the newline, or of the text */

/* Where the expression `${{ … }}` at `at` ends; 0: it does not. */
size_t ff_shell_expression_end(const ff_shell_parser *parser, size_t at);

/* Where `((` that stands at `at` is closed by `))`, or 0: it is two brackets of another kind. */
size_t ff_shell_arithmetic_end(const ff_shell_parser *parser, size_t at);

/* Reads the bodies of the here-documents that wait, from the start of a line on. */
void ff_shell_read_heredocs(ff_shell_parser *parser);

/* Reads one redirection into the list; false if none begins here. */
bool ff_shell_read_redirect(ff_shell_parser *parser, ff_shell_redirect ***tail);

/* Reads commands up to `)`, which is taken; the `$(` before it was. */
ff_shell_node *ff_shell_parse_substitution(ff_shell_parser *parser);

/* Reads commands up to one of the closers awaited. Never NULL but without memory. */
ff_shell_node *ff_shell_parse_list(ff_shell_parser *parser, unsigned closers);

/* A new node that begins here, or NULL. */
ff_shell_node *ff_shell_node_new(ff_shell_parser *parser, ff_shell_kind kind);
void ff_shell_node_append(ff_shell_node *parent, ff_shell_node *child);

/* The unquoted word that begins here, which may be a reserved one; empty: none. Takes it if it is `word`. */
ff_slice ff_shell_reserved(const ff_shell_parser *parser);
bool ff_shell_take_reserved(ff_shell_parser *parser, ff_slice word);

/* A compound command if one begins here, else NULL. Its redirections are not read. */
ff_shell_node *ff_shell_parse_compound(ff_shell_parser *parser);

/* `name() command` behind its name, which is the only word of `node`. */
void ff_shell_parse_function(ff_shell_parser *parser, ff_shell_node *node);

/* One command with its redirections; NULL if none begins here. */
ff_shell_node *ff_shell_parse_command(ff_shell_parser *parser);

enum ff_shell_closer {
    CLOSE_BRACKET = 1 << 0,
    CLOSE_BRACE = 1 << 1,
    CLOSE_THEN = 1 << 2,
    CLOSE_ELIF = 1 << 3,
    CLOSE_ELSE = 1 << 4,
    CLOSE_FI = 1 << 5,
    CLOSE_DO = 1 << 6,
    CLOSE_DONE = 1 << 7,
    CLOSE_ESAC = 1 << 8,
    CLOSE_CASE = 1 << 9 /* `;;` */
};

#endif
