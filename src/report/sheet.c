#include "report/sheet.h"

#include "base/utf8.h"

enum { LEFT = 2, LABEL = 14, NARROWEST = 40, DEFAULT_COLUMNS = 100, HEADLINES = 4 };

/* Terminal sequences, and the mark they belong to. */
static const char BOLD[] = "\x1b[1m", DIM[] = "\x1b[2m", PLAIN[] = "\x1b[0m";
static const struct {
    const char *mark, *color;
} MARKS[] = {{"✗", "\x1b[1;31m"}, {"✓", "\x1b[1;32m"}, {"?", "\x1b[1;33m"}};

void ff_sheet_init(ff_sheet *sheet, ff_buf *out, uint32_t columns, bool color)
{
    *sheet = (ff_sheet){.out = out, .columns = columns ? columns : DEFAULT_COLUMNS, .color = color};
    if (sheet->columns < NARROWEST)
        sheet->columns = NARROWEST;
    ff_buf_init(&sheet->said, out->max);
    sheet->voice.out = &sheet->said;
}

void ff_sheet_release(ff_sheet *sheet)
{
    ff_buf_release(&sheet->said);
}

static void paint(const ff_sheet *sheet, const char *sequence)
{
    if (sheet->color)
        ff_buf_add(sheet->out, ff_slice_of(sequence));
}

/* In code points; wide characters count as one, so a line of them may be too long, never unreadable. */
static size_t width_of(ff_slice text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.len; i++)
        width += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return width;
}

/* Takes the next line of at most `width` columns from `text`; at least one word, however wide. */
static ff_slice take_line(ff_slice *text, size_t width)
{
    size_t end = 0, at = 0;
    while (at < text->len) {
        size_t space = ff_slice_find_byte(ff_slice_from(*text, at), ' ');
        size_t next = space == SIZE_MAX ? text->len : at + space;
        if (end && width_of(ff_slice_cut(*text, next)) > width)
            break;
        end = next;
        at = next + 1;
    }
    ff_slice line = ff_slice_trim_end(ff_slice_cut(*text, end));
    *text = ff_slice_trim(ff_slice_from(*text, end));
    return line;
}

/* Writes what was said, wrapped, with `indent` in front of every line but the first. */
static void flow(ff_sheet *sheet, size_t indent, uint32_t most)
{
    ff_slice rest = ff_slice_trim(ff_buf_slice(&sheet->said));
    for (uint32_t i = 0; rest.len && i < most; i++) {
        ff_slice line = take_line(&rest, sheet->columns - indent - 1);
        if (i)
            ff_buf_add_repeat(sheet->out, ' ', indent);
        ff_buf_add(sheet->out, line);
        ff_buf_add(sheet->out, rest.len && i + 1 == most ? FF_LIT("…\n") : FF_LIT("\n"));
    }
}

/* Ends a row: a failure to remember what was said is one of the output. */
static void finish(ff_sheet *sheet)
{
    ff_buf_inherit(sheet->out, &sheet->said);
    ff_buf_reset(&sheet->said);
}

static void begin(const ff_sheet *sheet, const char *label)
{
    size_t width = width_of(ff_slice_of(label));
    ff_buf_add_repeat(sheet->out, ' ', LEFT);
    paint(sheet, DIM);
    ff_buf_add(sheet->out, ff_slice_of(label));
    paint(sheet, PLAIN);
    ff_buf_add_repeat(sheet->out, ' ', width < LABEL ? LABEL - width : 1);
}

void ff_sheet_row(ff_sheet *sheet, const char *label, uint32_t most)
{
    begin(sheet, label);
    flow(sheet, LEFT + LABEL, most);
    finish(sheet);
}

void ff_sheet_line(ff_sheet *sheet, const char *label)
{
    begin(sheet, label);
    ff_buf_add(sheet->out, ff_buf_slice(&sheet->said));
    ff_buf_add_byte(sheet->out, '\n');
    finish(sheet);
}

void ff_sheet_headline(ff_sheet *sheet, const char *mark)
{
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (strcmp(mark, MARKS[i].mark) == 0)
            paint(sheet, MARKS[i].color);
    ff_buf_add(sheet->out, ff_slice_of(mark));
    paint(sheet, PLAIN);
    paint(sheet, BOLD);
    ff_buf_add_byte(sheet->out, ' ');
    flow(sheet, LEFT, HEADLINES);
    paint(sheet, PLAIN);
    finish(sheet);
}

void ff_sheet_caption(ff_sheet *sheet)
{
    ff_buf_add_repeat(sheet->out, ' ', LEFT);
    paint(sheet, DIM);
    flow(sheet, LEFT, 2);
    paint(sheet, PLAIN);
    finish(sheet);
}

void ff_sheet_gap(ff_sheet *sheet)
{
    ff_buf_add_byte(sheet->out, '\n');
}
