#include "report/page.h"

static bool is_told(const ff_page *page, const ff_story *story)
{
    for (size_t i = 0; i < page->story_count; i++)
        if (ff_story_is_like(&page->stories[i], story))
            return true;
    return false;
}

ff_page ff_page_of(const ff_report *report, const ff_report_options *options, ff_buf *out)
{
    ff_page page = {.report = report,
                    .options = options,
                    .out = out,
                    .text = {.out = out, .markdown = true},
                    .cell = {.out = out, .markdown = true, .in_cell = true}};
    for (size_t i = 0; i < report->failure_count && page.story_count < FF_PAGE_STORIES; i++) {
        ff_story story = ff_story_of(report, i);
        if (report->failures[i].follow_on || is_told(&page, &story))
            continue;
        page.alike[page.story_count] = ff_story_count_alike(&story);
        page.stories[page.story_count++] = story;
    }
    if (page.story_count == 0)
        page.stories[page.story_count++] = ff_story_of(report, 0);
    return page;
}

void ff_page_table(const ff_page *page, const char *heading, const char *header)
{
    if (heading)
        ff_buf_printf(page->out, "%s\n", heading);
    ff_buf_printf(page->out, "%s\n|", header);
    for (const char *bar = strchr(header + 1, '|'); bar; bar = strchr(bar + 1, '|'))
        ff_buf_add(page->out, FF_LIT(" --- |"));
    ff_buf_add(page->out, FF_LIT("\n"));
}

void ff_page_end_table(const ff_page *page, size_t rows, size_t most, uint32_t columns)
{
    if (rows > most) {
        ff_buf_printf(page->out, "| … | %zu more, in the JSON report |", rows - most);
        for (uint32_t i = 2; i < columns; i++)
            ff_buf_add(page->out, FF_LIT(" |"));
        ff_buf_add(page->out, FF_LIT("\n"));
    }
    if (rows)
        ff_buf_add(page->out, FF_LIT("\n"));
}
