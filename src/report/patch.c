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
    if (page->out->len && page->out->ptr[page->out->len - 1] != '\n') /* a fence begins a line */
        ff_buf_add_byte(page->out, '\n');
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
    if (check->at.len == 0 || ff_slice_find(check->text, check->at) != SIZE_MAX)
        return;
    ff_voice_say(voice, " (");
    ff_place_say_at(voice, page->report, check->at);
    ff_voice_say(voice, ")");
}

/* Not asked, because there was no repository: what was asked and not decided is told with its diagnosis. */
static bool is_unanswered(const ff_page *page, const ff_check *check)
{
    return check->bears && !check->known && ff_slice_eq(check->text, page->report->repository_why_not);
}

void ff_patch_write_unanswered(const ff_page *page)
{
    enum { NAMED = 6 };
    size_t count = 0;
    for (size_t i = 0; i < page->report->diagnosis_count; i++)
        for (uint32_t k = 0; k < page->report->diagnoses[i].check_count; k++) {
            const ff_check *check = &page->report->diagnoses[i].checks[k];
            if (!is_unanswered(page, check) || ++count > NAMED)
                continue;
            if (count == 1) {
                ff_voice_say(&page->text, "## Not checked\n");
                ff_voice_say(&page->text, "These questions stayed open, because ");
                ff_voice_prose(&page->text, check->text);
                ff_voice_say(&page->text, ":\n\n");
            }
            ff_buf_printf(page->out, "- D%u: ", page->report->diagnoses[i].number);
            ff_voice_name(&page->text, check->probe);
            ff_voice_say(&page->text, check->subject.len ? " " : "");
            if (check->subject.len)
                ff_voice_name(&page->text, check->subject);
            ff_voice_say(&page->text, "\n");
        }
    if (count > NAMED)
        ff_buf_printf(page->out, "- %zu more, in the JSON report\n", count - NAMED);
    ff_voice_say(&page->text, count ? "\n" : "");
}
