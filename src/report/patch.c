#include "report/patch.h"

#include "report/inert.h"
#include "report/place.h"

/* A carriage return at the end of a line would not survive being copied from a page. */
static void add_line(ff_buf *out, ff_slice line)
{
    if (ff_slice_ends(line, FF_LIT("\r")))
        line.len--;
    ff_buf_add(out, line);
    ff_buf_add_byte(out, '\n');
}

void ff_patch_write(const ff_page *page, ff_slice diff, const char *indent, size_t most)
{
    ff_buf lines;
    ff_slice line;
    size_t count = 0;
    if (ff_slice_find_byte(diff, '\t') != SIZE_MAX) { /* a page has no control bytes, and a blank would not apply */
        ff_buf_printf(page->out, "%sThe diff has tabs, so it stands in the JSON report alone.\n", indent);
        return;
    }
    ff_buf_init(&lines, page->out->max);
    while (ff_slice_take_until(&diff, '\n', &line))
        if (++count <= most)
            add_line(&lines, line);
    ff_inert_block(page->out, "diff", indent, ff_buf_slice(&lines));
    if (count > most)
        ff_buf_printf(page->out, "%s%zu more lines, in the JSON report.\n", indent, count - most);
    ff_buf_inherit(page->out, &lines);
    ff_buf_release(&lines);
}

void ff_patch_say_check(const ff_page *page, const ff_voice *voice, const ff_check *check)
{
    ff_voice_prose(voice, check->text.len ? check->text : check->subject);
    if (check->at.len == 0)
        return;
    ff_voice_say(voice, " (");
    ff_place_say_at(voice, page->report->run, check->at);
    ff_voice_say(voice, ")");
}

/* An answer that rests on no bearing is told elsewhere, or not at all; here only what could have decided. */
static bool is_unanswered(const ff_diagnosis *diagnosis, const ff_check *check)
{
    return !check->known && diagnosis->verdict != FF_VERDICT_CONFIRMED && check->text.len;
}

/* True if an earlier check has this reason. */
static bool is_repeated(const ff_report *report, const ff_check *check)
{
    for (size_t i = 0; i < report->diagnosis_count; i++)
        for (uint32_t k = 0; k < report->diagnoses[i].check_count; k++) {
            const ff_check *other = &report->diagnoses[i].checks[k];
            if (other == check)
                return false;
            if (is_unanswered(&report->diagnoses[i], other) && ff_slice_eq(other->text, check->text))
                return true;
        }
    return false;
}

/* `django-command migrate_schemas` for all that share the reason of `check`. */
static void write_subjects(const ff_page *page, const ff_check *check)
{
    enum { NAMED = 4 };
    size_t count = 0;
    for (size_t i = 0; i < page->report->diagnosis_count; i++)
        for (uint32_t k = 0; k < page->report->diagnoses[i].check_count; k++) {
            const ff_check *other = &page->report->diagnoses[i].checks[k];
            if (!is_unanswered(&page->report->diagnoses[i], other) || !ff_slice_eq(other->text, check->text) ||
                ++count > NAMED)
                continue;
            ff_buf_printf(page->out, "%sD%u: ", count > 1 ? ", " : "", page->report->diagnoses[i].number);
            ff_voice_name(&page->text, other->probe);
            ff_voice_say(&page->text, other->subject.len ? " " : "");
            if (other->subject.len)
                ff_voice_name(&page->text, other->subject);
        }
    if (count > NAMED)
        ff_buf_printf(page->out, " and %zu more", count - NAMED);
}

void ff_patch_write_unanswered(const ff_page *page)
{
    enum { ROWS = 6 };
    size_t rows = 0;
    for (size_t i = 0; i < page->report->diagnosis_count; i++)
        for (uint32_t k = 0; k < page->report->diagnoses[i].check_count; k++) {
            const ff_check *check = &page->report->diagnoses[i].checks[k];
            if (!is_unanswered(&page->report->diagnoses[i], check) || is_repeated(page->report, check) || ++rows > ROWS)
                continue;
            ff_voice_say(&page->text, rows == 1 ? "## Not checked\n" : "");
            ff_voice_say(&page->text, "- ");
            write_subjects(page, check);
            ff_voice_say(&page->text, ": ");
            ff_voice_prose(&page->text, check->text);
            ff_voice_say(&page->text, "\n");
        }
    ff_voice_say(&page->text, rows ? "\n" : "");
}
