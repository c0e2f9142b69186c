#include "report/roster.h"

#include "report/inert.h"

/* So many names stand open on the page, so many at all. */
enum { OPEN = 12, MOST = 400 };

typedef struct roster {
    ff_slice names[MOST];
    size_t count;
    bool missing; /* further ones */
} roster;

static bool holds(const roster *of, ff_slice name)
{
    for (size_t i = 0; i < of->count; i++)
        if (ff_slice_eq(of->names[i], name))
            return true;
    return false;
}

static void add(roster *of, const ff_capture *tests)
{
    for (uint32_t i = 0; i < tests->count; i++) {
        if (holds(of, tests->values[i]))
            continue;
        if (of->count < MOST)
            of->names[of->count++] = tests->values[i];
        else
            of->missing = true;
    }
    of->missing = of->missing || tests->more;
}

static void collect(const ff_report *report, roster *of)
{
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const ff_diagnosis *d = &report->diagnoses[i];
        for (uint32_t k = 0; k < d->capture_count && !d->tolerated; k++)
            if (ff_slice_eq(d->captures[k].name, FF_LIT("test")))
                add(of, &d->captures[k]);
    }
}

static void write_names(const ff_page *page, const roster *of)
{
    ff_buf lines;
    ff_buf_init(&lines, page->out->max);
    for (size_t i = 0; i < of->count; i++) {
        ff_buf_add(&lines, of->names[i]);
        ff_buf_add_byte(&lines, '\n');
    }
    ff_inert_block(page->out, "text", "", ff_buf_slice(&lines));
    ff_buf_inherit(page->out, &lines);
    ff_buf_release(&lines);
}

void ff_roster_write(const ff_page *page)
{
    roster of;
    of.count = 0;
    of.missing = false;
    collect(page->report, &of);
    if (of.count < 2) /* a title names one */
        return;
    ff_voice_say(&page->text, "## Failing tests\n");
    if (of.count > OPEN)
        ff_buf_printf(page->out, "<details><summary>%zu tests%s</summary>\n\n", of.count,
                      of.missing ? ", and more" : "");
    write_names(page, &of);
    if (of.count > OPEN)
        ff_voice_say(&page->text, "\n</details>\n");
    ff_voice_say(&page->text, "\n");
}
