#include "chronicle/folio.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "digest/advice.h"
#include "digest/escape.h"
#include "report/inert.h"

#include <stdio.h>

enum { COLUMNS = 100, INDENT = 2, LABEL_COLUMNS = 10, LINES_MAX = 40 };

/* How many columns a text takes, as near as it matters: a code point each. */
static size_t columns_of(ff_slice text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.len; i++)
        columns += (text.ptr[i] & 0xC0) != 0x80;
    return columns;
}

/* Appends words until a line is full; `first` stands before the first line, blanks of its width before others. */
static void add_wrapped(ff_buf *out, const char *first, ff_slice text)
{
    size_t indent = columns_of(ff_slice_of(first)), column = indent;
    ff_slice word;
    ff_buf_add(out, ff_slice_of(first));
    while (ff_slice_take_until(&text, ' ', &word)) {
        size_t width = columns_of(word);
        if (!width)
            continue;
        if (column > indent && column + 1 + width > COLUMNS) {
            ff_buf_add_byte(out, '\n');
            ff_buf_add_repeat(out, ' ', indent);
            column = indent;
        } else if (column > indent) {
            ff_buf_add_byte(out, ' ');
            column++;
        }
        ff_buf_add(out, word);
        column += width;
    }
    ff_buf_add_byte(out, '\n');
}

void ff_folio_gap(const ff_folio *folio)
{
    ff_buf *out = folio->voice.out;
    if (out->len && !ff_slice_ends(ff_buf_slice(out), FF_LIT("\n\n")))
        ff_buf_add_byte(out, '\n');
}

/* One paragraph of quoted words, its lines joined. */
static void add_paragraph(const ff_folio *folio, const char *first, ff_slice text)
{
    ff_buf words;
    if (folio->voice.markdown) {
        ff_voice_say(&folio->voice, first);
        ff_voice_prose(&folio->voice, text);
        ff_buf_add_byte(folio->voice.out, '\n');
        return;
    }
    ff_buf_init(&words, folio->voice.out->max);
    const ff_voice plain = {.out = &words};
    ff_voice_prose(&plain, text);
    add_wrapped(folio->voice.out, first, ff_buf_slice(&words));
    ff_buf_inherit(folio->voice.out, &words);
    ff_buf_release(&words);
}

void ff_folio_title(const ff_folio *folio, ff_slice title)
{
    if (!title.len)
        title = FF_LIT("A failure without a title");
    add_paragraph(folio, folio->voice.markdown ? "# " : "", title);
    ff_folio_gap(folio);
}

void ff_folio_heading(const ff_folio *folio, const char *words)
{
    ff_folio_gap(folio);
    ff_buf_printf(folio->voice.out, "%s%s\n", folio->voice.markdown ? "## " : "", words);
    if (folio->voice.markdown)
        ff_folio_gap(folio);
}

void ff_folio_fact(const ff_folio *folio, const char *label)
{
    ff_buf *out = folio->voice.out;
    if (folio->voice.markdown)
        ff_buf_printf(out, "- %s%s", label, *label ? ": " : "");
    else
        ff_buf_printf(out, "%*s%-*s", INDENT, "", *label ? LABEL_COLUMNS : 0, label);
}

void ff_folio_end(const ff_folio *folio)
{
    ff_buf_add_byte(folio->voice.out, '\n');
}

void ff_folio_words(const ff_folio *folio, const char *label, const ff_buf *words)
{
    char first[INDENT + LABEL_COLUMNS + 1];
    if (folio->voice.markdown) {
        ff_folio_fact(folio, label);
        ff_buf_add(folio->voice.out, ff_buf_slice(words));
        ff_folio_end(folio);
    } else {
        (void)snprintf(first, sizeof first, "%*s%-*s", INDENT, "", LABEL_COLUMNS, label);
        add_wrapped(folio->voice.out, first, ff_buf_slice(words));
    }
    ff_buf_inherit(folio->voice.out, words);
}

void ff_folio_prose(const ff_folio *folio, ff_slice text)
{
    if (folio->voice.markdown)
        ff_folio_gap(folio);
    add_paragraph(folio, folio->voice.markdown ? "" : "  ", text);
    if (folio->voice.markdown)
        ff_folio_gap(folio);
}

void ff_folio_lines(const ff_folio *folio, ff_slice lines)
{
    ff_buf safe;
    ff_slice line;
    int shown = 0;
    ff_buf_init(&safe, folio->voice.out->max);
    for (; shown < LINES_MAX && ff_slice_take_until(&lines, '\n', &line); shown++) {
        if (!folio->voice.markdown)
            ff_buf_add(&safe, FF_LIT("    | "));
        ff_utf8_add_safe(&safe, line);
        ff_buf_add_byte(&safe, '\n');
    }
    if (lines.len)
        ff_buf_add(&safe, folio->voice.markdown ? FF_LIT("…\n") : FF_LIT("    | …\n"));
    if (folio->voice.markdown && shown) {
        ff_folio_gap(folio);
        ff_inert_block(folio->voice.out, "text", "", ff_buf_slice(&safe));
        ff_folio_gap(folio);
    } else {
        ff_buf_add(folio->voice.out, ff_buf_slice(&safe));
    }
    ff_buf_inherit(folio->voice.out, &safe);
    ff_buf_release(&safe);
}

void ff_folio_advice(const ff_folio *folio, ff_slice text)
{
    bool markdown = folio->voice.markdown;
    ff_advice_piece piece;
    while (ff_advice_take(&text, &piece)) {
        if (piece.kind == FF_ADVICE_BLOCK)
            ff_folio_lines(folio, piece.text);
        else if (piece.kind == FF_ADVICE_ITEM)
            add_paragraph(folio, markdown ? "- " : "  - ", piece.text);
        else
            ff_folio_prose(folio, piece.text);
    }
}

void ff_folio_link(const ff_folio *folio, ff_slice words, ff_slice url)
{
    ff_buf *out = folio->voice.out;
    if (!ff_escape_is_address(url))
        ff_buf_add(out, words);
    else if (folio->voice.markdown)
        ff_buf_printf(out, "[%.*s](%.*s)", FF_ARG(words), FF_ARG(url));
    else
        ff_buf_add(out, url);
}

void ff_folio_time(const ff_folio *folio, int64_t time)
{
    if (!ff_clock_add_minute(folio->voice.out, time))
        ff_buf_add(folio->voice.out, FF_LIT("a time that is not known"));
}

void ff_folio_count(const ff_folio *folio, uint64_t count, const char *one, const char *several)
{
    ff_buf_printf(folio->voice.out, "%llu %s", (unsigned long long)count, count == 1 ? one : several);
}
