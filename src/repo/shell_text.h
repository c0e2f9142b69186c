/* A text that a shell or Python reads, and the lines of the step's script that its bytes come from: the script itself,
 * the value of a word, the body of a here-document.
 *
 * A text inside another one is put together from pieces: quoting takes bytes away, so lines cannot be counted in it.
 */
#ifndef FF_REPO_SHELL_TEXT_H
#define FF_REPO_SHELL_TEXT_H

#include "base/arena.h"
#include "base/array.h"

#include <stdint.h>

typedef struct ff_shell_piece {
    const char *ptr;
    uint32_t len;
    uint32_t origin; /* offset in the text that it was taken from */
    bool outer;      /* `$(…)`, which the shell that reads the outer text replaces */
} ff_shell_piece;

typedef struct ff_shell_pieces {
    ff_shell_piece *items;
    size_t count, cap;
} ff_shell_pieces;

/* Offsets of the backslashes of line continuations outside of quotes; sorted. */
typedef struct ff_shell_joins {
    uint32_t *items;
    size_t count, cap;
} ff_shell_joins;

typedef struct ff_shell_text {
    ff_slice bytes;
    struct {
        struct ff_shell_mark {
            uint32_t at, line;
        } * items; /* from offset `at` on it is line `line` of the step's script; sorted */
        size_t count, cap;
    } marks;
    struct {
        struct ff_shell_span {
            uint32_t at, end;
        } * items; /* pieces that an outer shell replaces; sorted */
        size_t count, cap;
    } opaque;
    ff_shell_joins joins;
    bool embedded; /* its first and last line hold more than it: a word, not a here-document */
    bool quoted;   /* body of a here-document with a quoted delimiter */
} ff_shell_text;

/* Makes the step's script a text. `bytes` are borrowed. False without memory. */
bool ff_shell_text_open(ff_shell_text *text, ff_slice bytes, ff_arena *scratch);

/* Puts pieces of `outer` together: bytes in `arena` unless they are one stretch already, the rest in `scratch`. False
 * without memory. */
bool ff_shell_text_join(ff_shell_text *text, const ff_shell_text *outer, const ff_shell_pieces *pieces, ff_arena *arena,
                        ff_arena *scratch);

/* The bytes of pieces one after the other; borrowed if they are one stretch already. Empty without memory. */
ff_slice ff_shell_pieces_value(const ff_shell_pieces *pieces, ff_arena *arena);

/* Line of the step's script where the byte at an offset stands. */
uint32_t ff_shell_text_line(const ff_shell_text *text, size_t at);

/* Where the piece ends that begins at `at` and that an outer shell replaces; 0: none does. */
size_t ff_shell_text_opaque(const ff_shell_text *text, size_t at);

/* Appends the bytes from `from` to `to` of a text to the pieces. False without memory. */
bool ff_shell_pieces_add(ff_shell_pieces *pieces, const ff_shell_text *text, size_t from, size_t to, ff_arena *scratch);

#endif
