/* Applying a unified diff as strictly as can be: every context line must be there, at the line that the diff says. */
#include "tree/diff.h"

#include "base/buf.h"

/* Both texts while they are read, and what came of them. */
typedef struct applying {
    ff_slice old;  /* not yet passed */
    ff_slice diff; /* not yet read */
    ff_buf out;
    uint64_t old_line, new_line; /* passed, written */
    bool ended;                  /* what was written last has no newline: nothing may follow */
} applying;

typedef struct hunk {
    uint64_t old_start, old_count, new_start, new_count;
} hunk;

/* The next line with its newline, if it has one. */
static bool take_line(ff_slice *text, ff_slice *line)
{
    size_t end = ff_slice_find_byte(*text, '\n');
    *line = ff_slice_cut(*text, end == SIZE_MAX ? text->len : end + 1);
    *text = ff_slice_from(*text, line->len);
    return line->len > 0;
}

static bool write_line(applying *a, ff_slice line)
{
    if (a->ended)
        return false;
    ff_buf_add(&a->out, line);
    a->new_line++;
    a->ended = !ff_slice_ends(line, FF_LIT("\n"));
    return true;
}

/* Passes `line` of the old text, which must be it. */
static bool pass_line(applying *a, ff_slice line)
{
    ff_slice found;
    a->old_line++;
    return take_line(&a->old, &found) && ff_slice_eq(found, line);
}

/* `12,3`; `12` stands for one line. */
static bool take_range(ff_slice *text, uint64_t *start, uint64_t *count)
{
    *count = 1;
    return ff_slice_take_uint(text, start) &&
           (!ff_slice_take_prefix(text, FF_LIT(",")) || ff_slice_take_uint(text, count));
}

static bool read_hunk(ff_slice line, hunk *h)
{
    return ff_slice_take_prefix(&line, FF_LIT("@@ -")) && take_range(&line, &h->old_start, &h->old_count) &&
           ff_slice_take_prefix(&line, FF_LIT(" +")) && take_range(&line, &h->new_start, &h->new_count) &&
           ff_slice_take_prefix(&line, FF_LIT(" @@")) && (h->old_count || h->new_count);
}

/* Lines that were passed before a hunk begins: of one without lines on a side, the line behind which it stands is told.
 */
static uint64_t lines_before(uint64_t start, uint64_t count)
{
    return count ? start - 1 : start;
}

/* Copies what stands between the hunks. */
static bool reach_hunk(applying *a, const hunk *h)
{
    ff_slice line;
    if ((h->old_count && !h->old_start) || (h->new_count && !h->new_start))
        return false;
    while (a->old_line < lines_before(h->old_start, h->old_count)) {
        if (!take_line(&a->old, &line) || !write_line(a, line))
            return false;
        a->old_line++;
    }
    return a->old_line == lines_before(h->old_start, h->old_count) &&
           a->new_line == lines_before(h->new_start, h->new_count);
}

/* A line of a hunk without its mark; without its newline if the next line says so. */
static bool take_text(applying *a, char *mark, ff_slice *text)
{
    ff_slice line, note, rest;
    if (!take_line(&a->diff, &line) || !ff_slice_ends(line, FF_LIT("\n")))
        return false;
    *mark = line.ptr[0];
    *text = ff_slice_from(line, 1);
    rest = a->diff;
    if (take_line(&rest, &note) && note.ptr[0] == '\\') {
        a->diff = rest;
        text->len--;
    }
    return true;
}

static bool apply_hunk(applying *a, hunk h)
{
    char mark;
    ff_slice text;
    if (!reach_hunk(a, &h))
        return false;
    while (h.old_count || h.new_count) {
        if (!take_text(a, &mark, &text) || !(mark == ' ' || mark == '-' || mark == '+'))
            return false;
        bool in_old = mark != '+', in_new = mark != '-';
        if ((in_old && !h.old_count) || (in_new && !h.new_count))
            return false;
        if ((in_old && !pass_line(a, text)) || (in_new && !write_line(a, text)))
            return false;
        h.old_count -= in_old;
        h.new_count -= in_new;
    }
    return true;
}

/* The lines above the first hunk; false if there is another one among them. */
static bool skip_header(ff_slice *diff)
{
    static const ff_slice starts[] = {FF_TEXT("diff --git "), FF_TEXT("index "), FF_TEXT("--- "), FF_TEXT("+++ ")};
    ff_slice line;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        ff_slice rest = *diff;
        if (take_line(&rest, &line) && ff_slice_starts(line, starts[i]))
            *diff = rest;
    }
    return ff_slice_starts(*diff, FF_LIT("@@ "));
}

static bool apply(applying *a)
{
    ff_slice line;
    hunk h;
    if (!skip_header(&a->diff))
        return false;
    while (take_line(&a->diff, &line))
        if (!read_hunk(line, &h) || !apply_hunk(a, h))
            return false;
    while (take_line(&a->old, &line))
        if (!write_line(a, line))
            return false;
    return true;
}

ff_status ff_diff_apply(ff_slice before, ff_slice diff, ff_arena *arena, ff_slice *after)
{
    applying a = {.old = before, .diff = diff};
    *after = (ff_slice){0};
    ff_buf_init(&a.out, before.len + diff.len + 1);
    ff_status status = apply(&a) ? ff_buf_status(&a.out) : FF_INVALID;
    if (status == FF_OK) {
        *after = ff_arena_dup(arena, ff_buf_slice(&a.out));
        status = after->ptr ? FF_OK : FF_NOMEM;
    }
    ff_buf_release(&a.out);
    return status;
}

void ff_diff_extent(ff_slice diff, uint32_t *first, uint32_t *last)
{
    uint64_t at = 0;
    bool replaces = false; /* lines that are added behind removed ones stand for those */
    ff_slice line;
    hunk h;
    *first = *last = 0;
    while (take_line(&diff, &line)) {
        if (read_hunk(line, &h)) {
            at = h.old_start ? h.old_start : 1; /* 0: of an empty file */
            replaces = false;
            continue;
        }
        bool changes = at && (line.ptr[0] == '-' || (line.ptr[0] == '+' && !replaces));
        replaces = line.ptr[0] == '-' || (replaces && line.ptr[0] != ' ');
        if (changes && (*first == 0 || at < *first))
            *first = (uint32_t)at;
        if (changes)
            *last = (uint32_t)at;
        at += at && (line.ptr[0] == '-' || line.ptr[0] == ' ');
    }
}
