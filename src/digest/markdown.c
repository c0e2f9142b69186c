/* Markdown for an issue or a job summary: the first screen says what the night was like, what follows proves it. */
#include "base/clock.h"
#include "base/limits.h"
#include "digest/fact.h"
#include "digest/location.h"
#include "digest/markdown_page.h"
#include "digest/tally.h"

enum {
    TABLE_ROWS = 40,
    FIXED_ROWS = 10, /* of these, where something got fixed */
    FIXED_SHARE = 5,
    MORE_BYTES = 60,
    TABLE_SHARE = 3, /* the table takes a third of the page at most, the lists at its end a half: names may be long */
    LISTS_SHARE = 2,
    TITLE_BYTES = 120,
    PLACES = 2,
    CLOSING_BYTES = 400, /* what says that something was left out, and where it is */
};

/* ---- the head ---- */

static void write_title(ff_markdown_page *page, ff_buf *block)
{
    ff_pen dated = {.out = block, .now = FF_NO_TIME}; /* with the year: a page is kept */
    ff_pen_say(&dated, "# Scan of ");
    ff_pen_minute(&dated, page->digest->until);
    ff_pen_say(&dated, " UTC\n\n");
    (void)ff_markdown_add(page, block);
}

static void say_verdict(const ff_tally *tally, const ff_pen *pen)
{
    ff_pen_begin_strong(pen);
    ff_tally_say_failed(tally, pen);
    if (tally->digest->group_count) {
        ff_pen_say(pen, tally->failing ? " " : "; ");
        ff_tally_say_news(tally, pen);
    }
    ff_pen_say(pen, ".");
    ff_pen_end_strong(pen);
}

static void write_verdict(ff_markdown_page *page, const ff_tally *tally, ff_buf *block)
{
    ff_pen pen = ff_markdown_pen(page, block, false);
    ff_pen_say(&pen, "> ");
    say_verdict(tally, &pen);
    ff_tally_say_unexplained(tally, &pen);
    ff_pen_say(&pen, "\\\n> ");
    ff_tally_say_repositories(tally, &pen);
    ff_pen_say(&pen, page->digest->repository_count ? " · " : "");
    ff_tally_say_window(tally, &pen);
    ff_tally_say_others(tally, &pen, " · ");
    ff_pen_say(&pen, "\n\n");
    (void)ff_markdown_add(page, block);
}

/* A reader must not take a part of the night for all of it. */
static void write_partial(ff_markdown_page *page, const ff_tally *tally, ff_buf *block)
{
    ff_pen pen = ff_markdown_pen(page, block, false);
    if (!page->digest->notes.partial)
        return;
    ff_tally_say_partial(tally, &pen);
    ff_pen_say(&pen, "\n\n");
    (void)ff_markdown_add(page, block);
}

/* ---- the table ---- */

/* Those that got fixed come last. */
static size_t count_failing(const ff_digest *digest)
{
    size_t count = 0;
    while (count < digest->group_count && digest->groups[count].state != FF_GROUP_FIXED)
        count++;
    return count;
}

static void write_row(const ff_pen *pen, const ff_digest *digest, size_t index)
{
    const ff_group *group = &digest->groups[index];
    const ff_digest_run *example = ff_fact_example(group);
    bool news = group->state == FF_GROUP_NEW || group->state == FF_GROUP_BACK;
    ff_buf_printf(pen->out, "| %zu | %s%s%s%s | %u | ", index + 1, news ? "**" : "", ff_group_state_name(group->state),
                  news ? "**" : "", group->flicker ? ", flickers" : "", group->count);
    if (group->under < digest->group_count)
        ff_buf_printf(pen->out, "maybe from %u: ", group->under + 1);
    bool linked = example && ff_pen_begin_link(pen, example->url);
    ff_fact_say_title(pen, group, TITLE_BYTES);
    if (linked)
        ff_pen_end_link(pen, example->url);
    ff_pen_say(pen, " | ");
    ff_location_say_short(pen, digest, group, PLACES);
    ff_pen_say(pen, " | ");
    ff_pen_day(pen, group->first_seen);
    ff_pen_say(pen, " |\n");
}

/* Rows of the groups from `from` to `to`, at most `most`, while they fit, and how many `what` are left out. */
static void write_rows(ff_markdown_page *part, size_t from, size_t to, size_t most, const char *what)
{
    const ff_digest *digest = part->digest;
    size_t at = from, kept = part->reserved;
    ff_buf block;
    ff_buf_init(&block, part->most);
    ff_pen pen = ff_markdown_pen(part, &block, true);
    part->reserved += MORE_BYTES;
    for (; at < to && at - from < most; at++) {
        if (part->used == 0)
            ff_pen_say(&pen, "| | state | runs | what failed | where | since |\n"
                             "| ---: | --- | ---: | --- | --- | --- |\n");
        write_row(&pen, digest, at);
        if (!ff_markdown_add(part, &block))
            break;
    }
    part->reserved = kept;
    if (part->used && at < to)
        ff_buf_printf(&block, "| … | %s | | %zu more | | |\n", what, to - at);
    (void)ff_markdown_add(part, &block);
    ff_buf_inherit(part->out, &block);
    ff_buf_release(&block);
}

/* What got fixed stands at the end, and keeps a part of the rows: it is news too. */
static void write_table(ff_markdown_page *page, ff_buf *block)
{
    const ff_digest *digest = page->digest;
    ff_markdown_page part = {.digest = digest, .out = page->out};
    size_t failing = count_failing(digest), fixed = digest->group_count - failing;
    size_t last = fixed < FIXED_ROWS ? fixed : FIXED_ROWS;
    part.most = (page->most - page->used - page->reserved) / TABLE_SHARE;
    part.reserved = fixed ? part.most / FIXED_SHARE : 0;
    write_rows(&part, 0, failing, TABLE_ROWS - last, "");
    part.reserved = 0;
    write_rows(&part, failing, digest->group_count, last, "fixed");
    ff_buf_add(block, part.used ? FF_LIT("\n") : FF_LIT(""));
    (void)ff_markdown_add(&part, block);
    page->used += part.used;
}

/* ---- the groups, and the end ---- */

static size_t write_groups(ff_markdown_page *page, ff_buf *block)
{
    size_t shown = 0;
    for (; shown < page->digest->group_count; shown++) {
        ff_buf_add(block, shown ? FF_LIT("") : FF_LIT("## Failures\n"));
        ff_markdown_write_group(page, shown, block);
        if (!ff_markdown_add(page, block))
            break;
    }
    return shown;
}

static void write_closing(ff_markdown_page *page, size_t shown, ff_buf *block)
{
    const ff_digest *digest = page->digest;
    size_t failing = count_failing(digest);
    uint64_t runs = 0;
    if (shown == digest->group_count)
        return;
    for (size_t i = shown; i < failing; i++)
        runs += digest->groups[i].count;
    ff_pen pen = ff_markdown_pen(page, block, false);
    ff_pen_say(&pen, "**Left out for want of room:** what is known of ");
    if (shown < failing) {
        ff_pen_count(&pen, failing - shown, "further kind of failure", "further kinds of failure");
        ff_pen_say(&pen, ", which stand in ");
        ff_pen_count(&pen, runs, "run", "runs");
        ff_pen_say(&pen, failing < digest->group_count ? ", and of " : "");
    }
    if (failing < digest->group_count)
        ff_pen_count(&pen, digest->group_count - (shown > failing ? shown : failing), "that got fixed",
                     "that got fixed");
    ff_pen_say(&pen, ". `--format html` and `--format json` have all of it.\n\n");
    (void)ff_markdown_add(page, block);
}

void ff_digest_write_markdown(const ff_digest *digest, const ff_digest_options *options, ff_buf *out)
{
    ff_markdown_page page = {.digest = digest, .out = out, .most = options->most};
    ff_tally tally = ff_tally_of(digest);
    ff_buf block, lists;
    if (page.most == 0)
        page.most = FF_LIMIT_DIGEST_BYTES;
    ff_buf_init(&block, page.most);
    ff_buf_init(&lists, page.most);
    write_title(&page, &block);
    write_verdict(&page, &tally, &block);
    write_partial(&page, &tally, &block);
    ff_markdown_write_lists(digest, (page.most - page.used) / LISTS_SHARE, &lists);
    size_t kept = ff_markdown_cost(ff_buf_slice(&lists)) + CLOSING_BYTES;
    page.reserved = kept < page.most - page.used ? kept : page.most - page.used;
    write_table(&page, &block);
    size_t shown = write_groups(&page, &block);
    page.reserved -= page.reserved < CLOSING_BYTES ? page.reserved : CLOSING_BYTES;
    write_closing(&page, shown, &block);
    page.reserved = 0;
    (void)ff_markdown_add(&page, &lists);
    ff_buf_inherit(out, &lists);
    ff_buf_release(&lists);
    ff_buf_release(&block);
}
