/* Lines of a text one after the other, and whether a line names something.
 *
 *     ff_passage passage = {.rest = bytes};
 *     ff_slice line;
 *     while (ff_passage_next(&passage, &line))
 *         if (ff_passage_names(line, FF_LIT("migrate_schemas"))) ... passage.line ...
 *
 * Time is that of the text times that of the words that are sought. Nothing is copied but what ff_passage_quote keeps.
 */
#ifndef FF_REPO_PASSAGE_H
#define FF_REPO_PASSAGE_H

#include "base/arena.h"

#include <stdint.h>

/* Zeroed but for `rest`: before the first line. */
typedef struct ff_passage {
    ff_slice rest;
    uint32_t line; /* of the one taken last, from 1 */
} ff_passage;

/* Takes the next line, without its end (LF or CRLF). False, with `line` empty, past the last. */
bool ff_passage_next(ff_passage *passage, ff_slice *line);

/* Line `number` of a text; empty if it has none. */
ff_slice ff_passage_line(ff_slice text, uint32_t number);

/* True if `line` holds `words` as words of their own: `pip install` stands in `- pip   install x`, `pip` does not in
 * `pipx`, `my_pip` or `pip-tools`. Blanks at the ends of `words` do not count; without a word nothing is named. */
bool ff_passage_names(ff_slice line, ff_slice words);

/* Untrusted text as it may stand in typographic quotes within a clause: one line, secrets masked, shortened. In
 * `arena`; the empty slice without memory, and then `arena->failed`. */
ff_slice ff_passage_quote(ff_arena *arena, ff_slice text);

#endif
