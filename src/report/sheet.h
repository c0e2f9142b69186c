/* A screen of text in the making: labelled rows, wrapped and aligned, in colours if wanted.
 *
 *     ff_sheet sheet;
 *     ff_sheet_init(&sheet, out, 100, false);
 *     ff_voice_prose(&sheet.voice, diagnosis->title);
 *     ff_sheet_row(&sheet, "First fault", 3);         //   First fault   the request is refused …
 *     ff_sheet_release(&sheet);
 *
 * What was said since the last row is what the next row holds. Widths are counted in code points.
 */
#ifndef FF_REPORT_SHEET_H
#define FF_REPORT_SHEET_H

#include "report/voice.h"

typedef struct ff_sheet {
    ff_buf *out;    /* borrowed */
    ff_buf said;    /* the row to come */
    ff_voice voice; /* says into `said` */
    uint32_t columns;
    bool color;
} ff_sheet;

/* `columns` 0 means 100; fewer than 40 count as 40. */
void ff_sheet_init(ff_sheet *sheet, ff_buf *out, uint32_t columns, bool color);
void ff_sheet_release(ff_sheet *sheet);

/* Writes what was said beside `label` ("": under the row above), wrapped between words; lines beyond `most` are cut off
 * with `…`. */
void ff_sheet_row(ff_sheet *sheet, const char *label, uint32_t most);

/* Writes what was said beside `label` as one line, however long: a command can be copied. */
void ff_sheet_line(ff_sheet *sheet, const char *label);

/* Writes what was said as a headline behind `mark`, which tells how the run ended. */
void ff_sheet_headline(ff_sheet *sheet, const char *mark);

/* Writes what was said under the headline, wrapped to two lines at most. */
void ff_sheet_caption(ff_sheet *sheet);

void ff_sheet_gap(ff_sheet *sheet); /* an empty line */

#endif
