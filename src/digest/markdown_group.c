#include "base/utf8.h"
#include "digest/advice.h"
#include "digest/fact.h"
#include "digest/markdown_page.h"
#include "report/inert.h"

enum {
    TITLE_BYTES = 200,
    EVIDENCE = 2,      /* pieces of it */
    LINES = 8,         /* of one piece */
    LINE_BYTES = 200,  /* of one line */
    RUNS = 8,          /* named */
    ADVICE_LINES = 12, /* of a block of code */
    ADVICE_PIECES = 6,
    COMMAND_BYTES = 300,
};

static const char INDENT[] = "  ";

/* ---- evidence ---- */

static void add_line(ff_buf *out, ff_slice line)
{
    ff_slice shown = ff_utf8_cut(line, LINE_BYTES);
    ff_utf8_add_safe(out, shown);
    ff_buf_add(out, shown.len < line.len ? FF_LIT("…\n") : FF_LIT("\n"));
}

/* `file:120`, then the lines under it. Which line a later one is, is not known: long blocks are kept in part. */
static void add_evidence(ff_buf *out, const ff_digest_evidence *evidence)
{
    ff_slice rest = evidence->text, line;
    size_t count = 0;
    if (evidence->file.len) {
        ff_utf8_add_safe(out, ff_utf8_cut(evidence->file, LINE_BYTES));
        if (evidence->line)
            ff_buf_printf(out, ":%llu", (unsigned long long)evidence->line);
    } else {
        ff_buf_add(out,
                   ff_slice_eq(evidence->kind, FF_LIT("repo")) ? FF_LIT("the repository") : FF_LIT("GitHub's API"));
    }
    ff_buf_add_byte(out, '\n');
    while (ff_slice_take_until(&rest, '\n', &line)) {
        if (++count > LINES)
            continue;
        ff_buf_add(out, FF_LIT("    "));
        add_line(out, line);
    }
    if (count > LINES)
        ff_buf_printf(out, "    … %zu more lines\n", count - LINES);
}

static void write_evidence(const ff_group *group, ff_buf *block)
{
    ff_buf lines;
    ff_buf_init(&lines, block->max);
    for (size_t i = 0; i < group->evidence_count && i < EVIDENCE; i++)
        if (group->evidence[i].text.len)
            add_evidence(&lines, &group->evidence[i]);
    if (lines.len) {
        ff_inert_block(block, "text", "", ff_buf_slice(&lines));
        ff_buf_add(block, FF_LIT("\n"));
    }
    ff_buf_inherit(block, &lines);
    ff_buf_release(&lines);
}

/* ---- items ---- */

static void begin_item(const ff_pen *pen, const char *label)
{
    ff_buf_printf(pen->out, "- **%s:** ", label);
}

static void write_runs(const ff_pen *pen, const ff_group *group)
{
    if (group->run_count == 0)
        return;
    begin_item(pen, group->run_count == 1 ? "Run" : "Runs");
    for (size_t i = 0; i < group->run_count && i < RUNS; i++) {
        ff_pen_say(pen, i ? ", " : "");
        ff_fact_say_run(pen, &group->runs[i]);
        ff_pen_say(pen, " ");
        ff_pen_minute(pen, group->runs[i].created_at);
    }
    ff_pen_more(pen, group->run_count, RUNS);
    ff_pen_say(pen, "\n");
}

static void write_block(ff_buf *out, ff_slice text)
{
    ff_buf lines;
    ff_slice line;
    size_t count = 0;
    ff_buf_init(&lines, out->max);
    while (ff_slice_take_until(&text, '\n', &line) && ++count <= ADVICE_LINES)
        add_line(&lines, ff_slice_trim_end(line));
    if (count > ADVICE_LINES)
        ff_buf_add(&lines, FF_LIT("…\n"));
    ff_inert_block(out, "", INDENT, ff_buf_slice(&lines));
    ff_buf_inherit(out, &lines);
    ff_buf_release(&lines);
}

/* Further pieces stand under the first, in the same item of the list. */
static void write_advice(const ff_pen *pen, ff_slice fix)
{
    ff_advice_piece piece;
    size_t count = 0;
    ff_advice_kind above = FF_ADVICE_WORDS;
    for (; ff_advice_take(&fix, &piece) && count < ADVICE_PIECES; above = piece.kind) {
        if (count++ == 0)
            begin_item(pen, "Fix");
        else if (piece.kind == FF_ADVICE_WORDS && above != FF_ADVICE_WORDS)
            ff_pen_say(pen, "\n"); /* else it would go on with the item above */
        if (piece.kind == FF_ADVICE_BLOCK) {
            ff_pen_say(pen, count == 1 ? "\n\n" : "");
            write_block(pen->out, piece.text);
            continue;
        }
        ff_pen_say(pen, count > 1 ? INDENT : "");
        ff_pen_say(pen, piece.kind == FF_ADVICE_ITEM && count > 1 ? "- " : "");
        ff_pen_prose(pen, piece.text);
        ff_pen_say(pen, "\n");
    }
}

static void write_fix(const ff_pen *pen, const ff_digest *digest, size_t index)
{
    const ff_group *group = &digest->groups[index];
    uint32_t same = ff_fact_has_fix(group) ? ff_fact_same_fix(digest, index) : FF_NO_GROUP;
    if (same != FF_NO_GROUP) {
        begin_item(pen, "Fix");
        ff_buf_printf(pen->out, "as in %u\n", same + 1);
    } else if (ff_fact_has_fix(group))
        write_advice(pen, group->fix);
}

static void write_command(const ff_pen *pen, ff_slice command)
{
    begin_item(pen, "Decide with");
    ff_pen_quote(pen, command, COMMAND_BYTES);
    ff_pen_say(pen, "\n");
}

/* ---- the section ---- */

static void write_heading(const ff_pen *pen, const ff_group *group, size_t index)
{
    const ff_digest_run *example = ff_fact_example(group);
    ff_buf_printf(pen->out, "### %zu · %s · ", index + 1, ff_group_state_name(group->state));
    bool linked = example && ff_pen_begin_link(pen, example->url);
    ff_fact_say_title(pen, group, TITLE_BYTES);
    if (linked)
        ff_pen_end_link(pen, example->url);
    ff_pen_say(pen, "\n");
}

void ff_markdown_write_group(const ff_markdown_page *page, size_t index, ff_buf *block)
{
    const ff_group *group = &page->digest->groups[index];
    ff_pen pen = ff_markdown_pen(page, block, false);
    write_heading(&pen, group, index);
    for (const ff_fact *fact = ff_fact_first(); fact->say; fact++)
        if (fact->in_head && fact->is(page->digest, group)) {
            fact->say(&pen, page->digest, group);
            ff_pen_say(&pen, "\n\n");
        }
    write_evidence(group, block);
    for (const ff_fact *fact = ff_fact_first(); fact->say; fact++)
        if (!fact->in_head && fact->is(page->digest, group)) {
            begin_item(&pen, fact->label);
            fact->say(&pen, page->digest, group);
            ff_pen_say(&pen, "\n");
        }
    write_runs(&pen, group);
    write_fix(&pen, page->digest, index);
    if (ff_fact_has_command(group))
        write_command(&pen, ff_slice_trim(group->command));
    begin_item(&pen, "Look closer");
    ff_fact_say_closer(&pen, page->digest, group);
    ff_pen_say(&pen, "\n\n");
}
