#include "report/exhibit.h"

#include "base/clock.h"
#include "base/utf8.h"

#include <assert.h>

enum { SHOWN_BYTES = 200, LOOP_FROM = 4 };

/* The rows to show, in log order; `skipped` are left out before rows[gap_at]. */
typedef struct ff_exhibit {
    const ff_kept_line *rows[FF_EXHIBIT_ROWS];
    uint32_t count;
    uint32_t gap_at;
    uint32_t skipped;
    bool loop; /* what was left out are hits of the same kind, not other lines */
} ff_exhibit;

/* What the API states is shown where there is no log. */
static ff_evidence_kind kind_of(const ff_diagnosis *diagnosis)
{
    return diagnosis->evidence_count ? diagnosis->evidence[0].kind : FF_EVIDENCE_LOG;
}

static uint32_t line_total(const ff_diagnosis *diagnosis)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < diagnosis->evidence_count; i++)
        total += diagnosis->evidence[i].kind == kind_of(diagnosis) ? diagnosis->evidence[i].line_count : 0;
    return total;
}

/* The line at `index` among all lines of the evidence. */
static const ff_kept_line *line_at(const ff_diagnosis *diagnosis, uint32_t index)
{
    const ff_evidence *block = diagnosis->evidence;
    for (; block->kind != kind_of(diagnosis) || index >= block->line_count; block++)
        index -= block->kind == kind_of(diagnosis) ? block->line_count : 0;
    return &block->lines[index];
}

/* A rule that folds a loop says so; others fold different things (failed tests), and each of them is worth a line. */
static bool is_loop(const ff_diagnosis *diagnosis)
{
    return diagnosis->finding && diagnosis->rule && diagnosis->rule->repeat.at_least > 1 &&
           diagnosis->count >= LOOP_FROM;
}

static void pick_loop(const ff_diagnosis *diagnosis, uint32_t total, ff_exhibit *exhibit)
{
    const ff_place *first = &diagnosis->finding->first.place;
    uint32_t hit = 0;
    while (hit + 1 < total && line_at(diagnosis, hit)->place.line != first->line)
        hit++;
    if (hit > 0)
        exhibit->rows[exhibit->count++] = line_at(diagnosis, hit - 1);
    exhibit->rows[exhibit->count++] = line_at(diagnosis, hit);
    exhibit->gap_at = exhibit->count;
    exhibit->skipped = diagnosis->count - 2;
    exhibit->loop = true;
    if (hit + 1 < total)
        exhibit->rows[exhibit->count++] = line_at(diagnosis, total - 1);
}

static void pick_lines(const ff_diagnosis *diagnosis, uint32_t total, uint32_t max, ff_exhibit *exhibit)
{
    uint32_t head = total <= max ? total : max - 1;
    while (exhibit->count < head) {
        exhibit->rows[exhibit->count] = line_at(diagnosis, exhibit->count);
        exhibit->count++;
    }
    exhibit->gap_at = head;
    if (total > head) {
        exhibit->skipped = total - head - 1;
        exhibit->rows[exhibit->count++] = line_at(diagnosis, total - 1);
    }
}

static void add_gap(ff_buf *out, const ff_exhibit *exhibit, int width, const ff_diagnosis *diagnosis)
{
    ff_buf_printf(out, " %*s  … %u more", width, "", exhibit->skipped);
    static const int64_t WORTH_TELLING = 100 * 1000000; /* less is shown as 0 s */
    int64_t took = ff_clock_between(diagnosis->first_time, diagnosis->last_time);
    if (exhibit->loop && took / (diagnosis->count - 1) >= WORTH_TELLING) {
        ff_buf_add(out, FF_LIT(", every "));
        ff_clock_add_duration(out, took / (diagnosis->count - 1));
    }
    ff_buf_add(out, FF_LIT(" …\n"));
}

static void add_row(ff_buf *out, const ff_kept_line *row, int width)
{
    ff_slice shown = ff_utf8_cut(row->text, SHOWN_BYTES);
    if (row->place.line)
        ff_buf_printf(out, " %*llu  ", width, (unsigned long long)row->place.line);
    else
        ff_buf_add_repeat(out, ' ', (size_t)width + 3);
    ff_utf8_add_safe(out, shown);
    ff_buf_add(out, shown.len < row->text.len ? FF_LIT("…\n") : FF_LIT("\n"));
}

static int number_width(const ff_exhibit *exhibit)
{
    uint64_t highest = 0;
    for (uint32_t i = 0; i < exhibit->count; i++)
        if (exhibit->rows[i]->place.line > highest)
            highest = exhibit->rows[i]->place.line;
    int width = 1;
    for (; highest >= 10; highest /= 10)
        width++;
    return width < 3 ? 3 : width;
}

/* `diagnosis` is asked about what was left out; NULL where nothing was. */
static void add_rows(ff_buf *out, const ff_exhibit *exhibit, const ff_diagnosis *diagnosis)
{
    int width = number_width(exhibit);
    const ff_kept_line *above = NULL;
    for (uint32_t i = 0; i < exhibit->count; above = exhibit->rows[i++]) {
        const ff_kept_line *row = exhibit->rows[i];
        bool same_file = above && ff_slice_eq(above->place.file, row->place.file);
        if (i == exhibit->gap_at && exhibit->skipped)
            add_gap(out, exhibit, width, diagnosis);
        else if (same_file && row->place.line > above->place.line + 1)
            ff_buf_printf(out, " %*s  …\n", width, "");
        if (!same_file) {
            ff_utf8_add_safe(out, row->place.line ? row->place.file : FF_LIT("GitHub's API"));
            ff_buf_add_byte(out, '\n');
        }
        add_row(out, row, width);
    }
}

void ff_exhibit_add(ff_buf *out, const ff_diagnosis *diagnosis, uint32_t max)
{
    assert(max >= 3 && max <= FF_EXHIBIT_ROWS);
    uint32_t total = line_total(diagnosis);
    if (total == 0)
        return;
    ff_exhibit exhibit = {.count = 0};
    if (is_loop(diagnosis))
        pick_loop(diagnosis, total, &exhibit);
    else
        pick_lines(diagnosis, total, max, &exhibit);
    add_rows(out, &exhibit, diagnosis);
}

void ff_exhibit_add_lines(ff_buf *out, const ff_kept_line *const *lines, uint32_t count)
{
    assert(count <= FF_EXHIBIT_ROWS);
    ff_exhibit exhibit = {.count = count};
    for (uint32_t i = 0; i < count; i++)
        exhibit.rows[i] = lines[i];
    add_rows(out, &exhibit, NULL);
}
