/* A Markdown page in the making: what every section of it needs.
 *
 *     ff_page page = ff_page_of(report, out);
 *     ff_page_table(&page, "## Ruled out", "| hypothesis | why |");
 *     ff_voice_prose(&page.cell, title); ...
 *     ff_page_end_table(&page, rows, MOST_ROWS, 2);
 */
#ifndef FF_REPORT_PAGE_H
#define FF_REPORT_PAGE_H

#include "report/story.h"

#include <firstfault/report.h>

/* So many failures of their own are told with their first fault; the table of failures lists the others. */
enum { FF_PAGE_STORIES = 8 };

typedef struct ff_page {
    const ff_report *report;
    const ff_report_options *options;
    ff_buf *out;
    ff_voice text, cell; /* outside and inside of tables */
    ff_story stories[FF_PAGE_STORIES];
    size_t alike[FF_PAGE_STORIES]; /* how many failures each stands for: of one fault there is one story */
    size_t story_count;            /* at least 1: the first says it when nothing failed */
} ff_page;

/* All are borrowed. */
ff_page ff_page_of(const ff_report *report, const ff_report_options *options, ff_buf *out);

/* Starts a section that is a table: its heading (NULL: none) and its header row. */
void ff_page_table(const ff_page *page, const char *heading, const char *header);

/* Ends a table of `columns` in which at most `most` of `rows` were written: says how many are missing. Nothing if
 * there was no row, and so no table. */
void ff_page_end_table(const ff_page *page, size_t rows, size_t most, uint32_t columns);

#endif
