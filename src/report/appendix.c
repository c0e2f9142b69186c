#include "report/appendix.h"

#include "report/place.h"

#include <firstfault/firstfault.h>
#include <stdlib.h>

enum { EVIDENCE_ROWS = 40, NOTE_ROWS = 20 };

static bool same_place(const ff_evidence *a, const ff_evidence *b)
{
    return a->place.line && a->place.line == b->place.line && a->end_line == b->end_line &&
           ff_slice_eq(a->place.file, b->place.file);
}

/* `rows` are sorted by number; what stands at one place shares the row of the first. */
static void write_numbers(const ff_page *page, const ff_evidence *const *rows, size_t count)
{
    ff_buf_printf(page->out, "| E%u", rows[0]->number);
    for (size_t i = 1; i < count; i++)
        if (same_place(rows[0], rows[i]))
            ff_buf_printf(page->out, ", E%u", rows[i]->number);
    ff_voice_say(&page->cell, " | ");
}

/* `path:line: text`, the first of its lines. */
static void write_repository_row(const ff_page *page, const ff_evidence *evidence)
{
    enum { QUOTED_BYTES = 100 };
    ff_slice text = evidence->line_count ? evidence->lines[0].text : (ff_slice){0};
    size_t gap = ff_slice_find(text, FF_LIT(": "));
    ff_place_say_at(&page->cell, page->report, ff_slice_cut(text, gap));
    ff_voice_say(&page->cell, " | ");
    if (gap != SIZE_MAX)
        ff_voice_quote(&page->cell, ff_slice_from(text, gap + 2), QUOTED_BYTES);
    ff_voice_say(&page->cell, " |\n");
}

static void write_row(const ff_page *page, const ff_evidence *evidence)
{
    enum { QUOTED_BYTES = 100 };
    ff_buf url;
    ff_buf_init(&url, page->out->max);
    bool linked = ff_place_add_line_url(&url, page->report->run, evidence);
    ff_voice_say(&page->cell, linked ? "[" : "");
    if (evidence->kind == FF_EVIDENCE_REPO) {
        write_repository_row(page, evidence);
        ff_buf_release(&url);
        return;
    }
    ff_place_say_lines(&page->cell, evidence);
    if (linked)
        ff_buf_printf(page->out, "](%.*s)", FF_ARG(ff_buf_slice(&url)));
    ff_voice_say(&page->cell, " | ");
    if (evidence->line_count)
        ff_voice_quote(&page->cell, evidence->lines[0].text, QUOTED_BYTES);
    ff_voice_say(&page->cell, " |\n");
    ff_buf_inherit(page->out, &url);
    ff_buf_release(&url);
}

/* The rows to write; `total` counts those for which there was no room too. */
typedef struct ff_rows {
    const ff_evidence *items[EVIDENCE_ROWS];
    size_t count, total;
} ff_rows;

static void add_row(ff_rows *rows, const ff_evidence *evidence)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i]->number == evidence->number)
            return;
    rows->total++;
    if (rows->count < EVIDENCE_ROWS)
        rows->items[rows->count++] = evidence;
}

static int by_number(const void *a, const void *b)
{
    const ff_evidence *const *left = a, *const *right = b;
    return ((*left)->number > (*right)->number) - ((*left)->number < (*right)->number);
}

/* True if an earlier row stands at the same place. */
static bool is_written(const ff_rows *rows, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same_place(rows->items[i], rows->items[at]))
            return true;
    return false;
}

/* What was ruled out names its places where it says why. */
static bool is_of_use(const ff_diagnosis *diagnosis, const ff_evidence *evidence)
{
    return evidence->kind != FF_EVIDENCE_REPO || diagnosis->verdict != FF_VERDICT_REFUTED;
}

void ff_appendix_write_evidence(const ff_page *page)
{
    const ff_report *report = page->report;
    ff_rows rows = {.count = 0};
    /* What is half done is cited in the first lines of the report, so it is not the part that is cut. */
    for (size_t i = 0; i < report->half_done_count && rows.count < EVIDENCE_ROWS / 2; i++)
        if (report->half_done[i].evidence)
            add_row(&rows, report->half_done[i].evidence);
    for (size_t i = 0; i < report->diagnosis_count; i++)
        for (uint32_t k = 0; k < report->diagnoses[i].evidence_count; k++)
            if (is_of_use(&report->diagnoses[i], &report->diagnoses[i].evidence[k]))
                add_row(&rows, &report->diagnoses[i].evidence[k]);
    if (rows.total == 0)
        return;
    qsort(rows.items, rows.count, sizeof *rows.items, by_number);
    ff_page_table(page, "## Evidence", "| id | where | what |");
    for (size_t i = 0; i < rows.count; i++) {
        if (is_written(&rows, i))
            continue;
        write_numbers(page, rows.items + i, rows.count - i);
        write_row(page, rows.items[i]);
    }
    ff_page_end_table(page, rows.total, EVIDENCE_ROWS, 3);
}

void ff_appendix_write_notes(const ff_page *page)
{
    const ff_notes *notes = &page->report->run->notes;
    if (notes->count == 0)
        return;
    ff_voice_say(&page->text, "## Notes\n");
    for (size_t i = 0; i < notes->count && i < NOTE_ROWS; i++) {
        const ff_note *note = &notes->items[i];
        ff_voice_say(&page->text, note->partial ? "- **not read** " : "- ");
        ff_voice_name(&page->text, ff_slice_of(note->code));
        ff_voice_say(&page->text, ": ");
        ff_voice_prose(&page->text, note->text);
        if (note->count > 1)
            ff_buf_printf(page->out, " (%u times)", note->count);
        ff_voice_say(&page->text, "\n");
    }
    if (notes->count > NOTE_ROWS || notes->dropped)
        ff_buf_printf(page->out, "- %zu more\n",
                      (notes->count > NOTE_ROWS ? notes->count - NOTE_ROWS : 0) + notes->dropped);
    ff_voice_say(&page->text, "\n");
}

/* Decimal units, as disks and GitHub count. */
static void add_size(ff_buf *out, uint64_t bytes)
{
    static const char *const units[] = {"bytes", "KB", "MB", "GB"};
    size_t unit = 0;
    uint64_t scale = 1;
    while (unit + 1 < sizeof units / sizeof *units && bytes / scale >= 1000) {
        scale *= 1000;
        unit++;
    }
    if (unit && bytes / scale < 10)
        ff_buf_printf(out, "%.1f %s", (double)bytes / (double)scale, units[unit]);
    else
        ff_buf_printf(out, "%llu %s", (unsigned long long)(bytes / scale), units[unit]);
}

void ff_appendix_write_footer(const ff_page *page)
{
    enum { SHORT_DIGEST = 12 };
    const ff_report *report = page->report;
    const ff_run *run = report->run;
    ff_slice digest = ff_slice_of(report->catalog_digest);
    ff_buf_printf(page->out, "<sub>firstfault %s, catalog %zu rules", ff_version(), report->catalog_rules);
    if (digest.len) {
        ff_buf_printf(page->out, " `sha256:%.*s…`", FF_ARG(ff_slice_cut(digest, SHORT_DIGEST)));
    }
    ff_buf_printf(page->out, ". Read: %llu %s, ", (unsigned long long)run->entries_read,
                  run->entries_read == 1 ? "entry" : "entries");
    add_size(page->out, run->bytes_read);
    if (run->redactions)
        ff_buf_printf(page->out, ". Masked: %u %s", run->redactions, run->redactions == 1 ? "secret" : "secrets");
    ff_voice_say(&page->text, report->partial ? ". Not read: see the notes" : ". Not read: nothing");
    if (run->known)
        ff_buf_printf(page->out, ". Asked: %s.</sub>\n", run->asked ? run->asked : "GitHub API");
    else
        ff_voice_say(&page->text, ". Not asked: GitHub API (offline).</sub>\n");
}
