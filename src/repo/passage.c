#include "repo/passage.h"

#include "base/keep.h"

/* Of a text within a clause: longer ones make the clause unreadable. */
enum { QUOTE_BYTES = 120 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Bytes above ASCII are parts of letters. */
static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* The bytes that `words` cover at the start of `text`, any blanks for each run of theirs; 0: they do not stand there.
 */
static size_t covered(ff_slice text, ff_slice words)
{
    size_t at = 0, w = 0;
    while (w < words.len) {
        if (at == text.len)
            return 0;
        if (!is_blank(words.ptr[w])) {
            if (text.ptr[at++] != words.ptr[w++])
                return 0;
            continue;
        }
        if (!is_blank(text.ptr[at]))
            return 0;
        while (w < words.len && is_blank(words.ptr[w]))
            w++;
        while (at < text.len && is_blank(text.ptr[at]))
            at++;
    }
    return at;
}

/* True if a word goes on from its edge byte `inside` to `next`, behind which `beyond` stands: a hyphen joins words, but
 * begins an option. */
static bool goes_on(char inside, char next, char beyond)
{
    return is_word_byte(inside) && (is_word_byte(next) || (next == '-' && is_word_byte(beyond)));
}

static char byte_at(ff_slice text, size_t at)
{
    return at < text.len ? text.ptr[at] : ' ';
}

static bool stands_alone(ff_slice line, size_t from, size_t to)
{
    char before = from ? line.ptr[from - 1] : ' ', farther = from > 1 ? line.ptr[from - 2] : ' ';
    return !goes_on(line.ptr[from], before, farther) &&
           !goes_on(line.ptr[to - 1], byte_at(line, to), byte_at(line, to + 1));
}

bool ff_passage_next(ff_passage *passage, ff_slice *line)
{
    *line = (ff_slice){0};
    if (!ff_slice_take_until(&passage->rest, '\n', line))
        return false;
    *line = ff_slice_without_cr(*line);
    passage->line++;
    return true;
}

ff_slice ff_passage_line(ff_slice text, uint32_t number)
{
    ff_passage passage = {.rest = text};
    ff_slice line = {0};
    while (passage.line < number && ff_passage_next(&passage, &line)) {
    }
    return line;
}

bool ff_passage_names(ff_slice line, ff_slice words)
{
    words = ff_slice_trim(words);
    if (!words.len)
        return false;
    for (size_t from = 0; from < line.len; from++) {
        size_t step = ff_slice_find_byte(ff_slice_from(line, from), words.ptr[0]);
        if (step == SIZE_MAX)
            return false;
        from += step;
        size_t length = covered(ff_slice_from(line, from), words);
        if (length && stands_alone(line, from, from + length))
            return true;
    }
    return false;
}

ff_slice ff_passage_quote(ff_arena *arena, ff_slice text)
{
    uint32_t redactions = 0;
    ff_slice line = {0};
    text = ff_slice_trim(text);
    (void)ff_slice_take_until(&text, '\n', &line);
    return ff_text_keep(arena, ff_slice_trim_end(line), QUOTE_BYTES, &redactions);
}
