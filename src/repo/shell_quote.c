#include "repo/shell_name.h"
#include "repo/shell_parser.h"

/* What `$'…'` puts for a backslash and a letter. Other escapes stay as written. */
static const struct {
    char letter;
    const char *byte;
} ESCAPES[] = {{'n', "\n"}, {'t', "\t"}, {'r', "\r"}, {'\\', "\\"}, {'\'', "'"}, {'"', "\""}, {'e', "\033"}};

void ff_shell_read_single(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at, search = from + 1;
    const char *bytes = p->text->bytes.ptr;
    word->quoted = true;
    for (;;) {
        const char *close = search < p->end ? memchr(bytes + search, '\'', p->end - search) : NULL;
        if (!close) {
            ff_shell_give_up(p, from);
            return;
        }
        ff_slice inside = {bytes + search, (size_t)(close - bytes) - search};
        size_t expression = ff_slice_find(inside, FF_LIT("${{"));
        size_t end = expression == SIZE_MAX ? 0 : ff_shell_expression_end(p, search + expression);
        search = end;
        if (end)
            continue;
        p->at = (size_t)(close - bytes) + 1;
        ff_shell_keep(p, word, from + 1, p->at - 1);
        return;
    }
}

static void keep_escape(ff_shell_parser *p, ff_shell_word *word)
{
    char letter = ff_shell_peek(p, 1);
    for (size_t i = 0; i < sizeof ESCAPES / sizeof *ESCAPES; i++)
        if (ESCAPES[i].letter == letter) {
            ff_shell_piece *piece = ff_shell_push_piece(p, word);
            if (piece)
                *piece = (ff_shell_piece){ESCAPES[i].byte, 1, (uint32_t)p->at, false};
            p->at += 2;
            return;
        }
    ff_shell_keep(p, word, p->at, p->at + 1);
    p->at++;
}

/* `$'…'` */
void ff_shell_read_ansi(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at;
    word->quoted = true;
    p->at += 2;
    while (p->at < p->end) {
        char c = ff_shell_peek(p, 0);
        if (c == '\\') {
            keep_escape(p, word);
            continue;
        }
        p->at++;
        if (c == '\'')
            return;
        ff_shell_keep(p, word, p->at - 1, p->at);
    }
    ff_shell_give_up(p, from);
}

static void note_literal(ff_shell_parser *p, ff_shell_word *word)
{
    char next = ff_shell_peek(p, 2);
    if (p->text->quoted && ff_shell_peek(p, 1) == '$' && (ff_shell_is_name_start(next) || next == '{' || next == '('))
        word->literal_vars = true;
}

/* Outside of quotes a backslash takes the meaning of any byte, and itself goes. */
void ff_shell_read_escape(ff_shell_parser *p, ff_shell_word *word)
{
    note_literal(p, word);
    if (ff_shell_is_at(p, FF_LIT("\\\n"))) {
        ff_shell_join(p);
        return;
    }
    word->quoted = true;
    if (p->at + 1 < p->end)
        p->at++;
    ff_shell_keep(p, word, p->at, p->at + 1);
    p->at++;
}

/* Between double quotes only of a few. */
static void read_quoted_escape(ff_shell_parser *p, ff_shell_word *word, char closer)
{
    char next = ff_shell_peek(p, 1);
    note_literal(p, word);
    if (next == '\n')
        p->at += 2;
    else if (next == '$' || next == '`' || next == '\\' || (closer && next == closer)) {
        ff_shell_keep(p, word, p->at + 1, p->at + 2);
        p->at += 2;
    } else {
        ff_shell_keep(p, word, p->at, p->at + 1);
        p->at++;
    }
}

void ff_shell_read_double(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at++;
    word->quoted = true;
    if (!ff_shell_read_quoted(p, word, '"'))
        ff_shell_give_up(p, from);
}

/* Bytes that mean nothing between double quotes. */
static void read_run(ff_shell_parser *p, ff_shell_word *word, char closer)
{
    size_t from = p->at;
    while (p->at < p->end) {
        char c = p->text->bytes.ptr[p->at];
        if (c == '\\' || c == '$' || c == '`' || (closer && c == closer))
            break;
        p->at++;
    }
    ff_shell_keep(p, word, from, p->at);
}

bool ff_shell_read_quoted(ff_shell_parser *p, ff_shell_word *word, char closer)
{
    bool closed = !closer;
    p->quoted++;
    while (p->at < p->end) {
        char c = ff_shell_peek(p, 0);
        closed = closer && c == closer;
        if (closed)
            break;
        if (c == '\\')
            read_quoted_escape(p, word, closer);
        else if (c == '$')
            ff_shell_read_dollar(p, word);
        else if (c == '`')
            ff_shell_read_backtick(p, word);
        else
            read_run(p, word, closer);
    }
    if (closed && closer)
        p->at++;
    p->quoted--;
    return closed || !closer;
}
