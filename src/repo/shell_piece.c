/* What words are put together from, and what becomes of a quote that nothing closes. */
#include "repo/shell_parser.h"

size_t ff_shell_line_end(const ff_shell_parser *p, size_t from)
{
    const char *newline = from < p->end ? memchr(p->text->bytes.ptr + from, '\n', p->end - from) : NULL;
    return newline ? (size_t)(newline - p->text->bytes.ptr) : p->end;
}

void ff_shell_keep(ff_shell_parser *p, ff_shell_word *word, size_t from, size_t to)
{
    if (!p->muted && !ff_shell_pieces_add(&word->pieces, p->text, from, to, p->reading->scratch))
        p->reading->failed = true;
}

ff_shell_piece *ff_shell_push_piece(ff_shell_parser *p, ff_shell_word *word)
{
    ff_shell_piece *piece = p->muted ? NULL : FF_ARRAY_PUSH(p->reading->scratch, &word->pieces);
    if (!piece && !p->muted)
        p->reading->failed = true;
    return piece;
}

void ff_shell_keep_outer(ff_shell_parser *p, ff_shell_word *word, size_t from)
{
    ff_shell_piece *piece = ff_shell_push_piece(p, word);
    if (piece)
        *piece = (ff_shell_piece){p->text->bytes.ptr + from, (uint32_t)(p->at - from), (uint32_t)from, true};
}

/* What begins at `from` is closed nowhere: its line is taken for all of it, or, after some of these, the whole rest, so
 * that a text of nothing but open quotes is not read again for each. */
void ff_shell_give_up(ff_shell_parser *p, size_t from)
{
    ff_shell_doubt(p);
    if (!p->reading->retries) {
        p->at = p->end;
        return;
    }
    p->reading->retries--;
    p->at = ff_shell_line_end(p, from);
    while (p->pending.count && p->pending.items[p->pending.count - 1]->word.start >= from)
        p->pending.count--;
    while (p->joins.count && p->joins.items[p->joins.count - 1] >= p->at)
        p->joins.count--;
}
