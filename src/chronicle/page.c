/* The page for a terminal and the one in Markdown: the same sentences, in the manner of each (folio.h). */
#include "chronicle/page.h"
#include "base/utf8.h"
#include "chronicle/words.h"

enum { TITLE_COLUMNS = 51 };

/* ---- all groups ---- */

/* The first columns of a text, on one line. */
static void add_columns(ff_buf *out, ff_slice text, size_t columns)
{
    size_t end = 0, taken = 0;
    for (; end < text.len; end++) {
        bool begins = (text.ptr[end] & 0xC0) != 0x80;
        if (begins && taken == columns - 1 && columns < text.len)
            break;
        taken += begins;
    }
    ff_buf safe;
    ff_buf_init(&safe, out->max);
    ff_utf8_add_safe(&safe, ff_slice_cut(text, end));
    ff_buf_add(out, ff_buf_slice(&safe));
    if (end < text.len)
        ff_buf_add(out, FF_LIT("…"));
    ff_buf_inherit(out, &safe);
    ff_buf_release(&safe);
}

static void write_row(const ff_folio *folio, const ff_chronicle_group *group)
{
    ff_buf *out = folio->voice.out;
    bool markdown = folio->voice.markdown;
    ff_slice title = ff_words_or(group->title, "a failure without a title");
    ff_buf_printf(out, markdown ? "| %s | `%.*s` | %llu | " : "%-5s  %.*s  %6llu  ", ff_words_state(group->state),
                  FF_PRINT_DIGITS, group->fingerprint, (unsigned long long)group->runs);
    ff_words_day(out, group->first_seen);
    ff_words_say(folio, markdown ? " | " : "  ");
    ff_words_day(out, group->last_seen);
    ff_words_say(folio, markdown ? " | " : "  ");
    if (markdown)
        ff_voice_prose(&folio->voice, ff_utf8_cut(title, 4 * TITLE_COLUMNS));
    else
        add_columns(out, title, TITLE_COLUMNS);
    ff_words_say(folio, markdown ? " |\n" : "\n");
}

static void write_groups(const ff_folio *folio, const ff_chronicle *chronicle)
{
    const ff_folio cells = {{.out = folio->voice.out, .markdown = folio->voice.markdown, .in_cell = true}};
    if (!chronicle->groups.count) {
        ff_words_say(folio, "The history knows of no failure with a diagnosis in these repositories and times.\n");
        return;
    }
    if (folio->voice.markdown)
        ff_words_say(folio,
                     "# What the history knows\n\n| state | group | runs | first seen | last seen | what failed |\n"
                     "| --- | --- | ---: | --- | --- | --- |\n");
    else
        ff_words_say(folio, "STATE  GROUP       RUNS  FIRST SEEN  LAST SEEN   WHAT FAILED\n");
    for (size_t i = 0; i < chronicle->groups.count; i++)
        write_row(&cells, &chronicle->groups.items[i]);
    if (chronicle->full)
        ff_words_say(folio, "\nThere are more groups than are listed here; --since and -R leave some out.\n");
}

/* ---- the whole ---- */

static void write_page(const ff_chronicle *chronicle, const ff_folio *folio)
{
    switch (chronicle->kind) {
    case FF_CHRONICLE_GROUPS: write_groups(folio, chronicle); break;
    case FF_CHRONICLE_GROUP: ff_chronicle_say_group(folio, chronicle); break;
    case FF_CHRONICLE_RUN: ff_chronicle_say_run(folio, chronicle); break;
    }
}

void ff_chronicle_write_text(const ff_chronicle *chronicle, ff_buf *out)
{
    const ff_folio folio = {{.out = out}};
    write_page(chronicle, &folio);
}

void ff_chronicle_write_markdown(const ff_chronicle *chronicle, ff_buf *out)
{
    const ff_folio folio = {{.out = out, .markdown = true}};
    write_page(chronicle, &folio);
}
