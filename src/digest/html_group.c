#include "base/utf8.h"
#include "digest/advice.h"
#include "digest/escape.h"
#include "digest/fact.h"
#include "digest/html_page.h"
#include "digest/location.h"

enum {
    TITLE_BYTES = 240,
    ROW_TITLE_BYTES = 140, /* in the overview */
    PLACES = 2,
    OPEN_ROWS = 24,   /* of the overview; the others are folded */
    EVIDENCE = 3,     /* pieces of it */
    LINES = 14,       /* of one piece */
    LINE_BYTES = 400, /* of one line */
    RUNS = 200,
    ADVICE_LINES = 60, /* of a block of code */
    ADVICE_PIECES = 40,
    COMMAND_BYTES = 1000,
};

/* ---- state ---- */

/* `◆ new`: in shape and word. */
static void add_state(const ff_pen *pen, ff_group_state state)
{
    static const char *const shapes[FF_GROUP_STATE_COUNT] = {
        [FF_GROUP_NEW] = "◆", [FF_GROUP_BACK] = "↻", [FF_GROUP_KNOWN] = "○", [FF_GROUP_FIXED] = "✓"};
    const char *name = ff_group_state_name(state);
    ff_buf_printf(pen->out, "<span class=\"state %s\"><span aria-hidden=\"true\">%s</span> %s</span>", name,
                  shapes[state], name);
}

static void add_flicker(const ff_pen *pen, const ff_group *group)
{
    if (group->flicker)
        ff_html_mark(pen, " <span class=\"state flicker\"><span aria-hidden=\"true\">≈</span> flickers</span>");
}

/* ---- the overview ---- */

static void add_row(const ff_pen *pen, const ff_digest *digest, size_t index, uint32_t highest)
{
    const ff_group *group = &digest->groups[index];
    bool under = group->under < digest->group_count;
    ff_buf_printf(pen->out, "<tr%s><td>", under ? " class=\"under\"" : "");
    add_state(pen, group->state);
    ff_buf_printf(pen->out, "</td><td class=\"number\">%u</td><th scope=\"row\">", group->count);
    ff_buf_printf(pen->out, "<a href=\"#g%zu\">%zu. ", index + 1, index + 1);
    ff_fact_say_title(pen, group, ROW_TITLE_BYTES);
    ff_html_mark(pen, "</a>");
    add_flicker(pen, group);
    ff_html_mark(pen, "<span class=\"where\">");
    if (under)
        ff_buf_printf(pen->out, "may follow from %u · ", group->under + 1);
    ff_location_say_short(pen, digest, group, PLACES);
    ff_html_mark(pen, "</span></th><td class=\"past\">");
    ff_html_add_bars(pen, digest, group, highest);
    ff_html_mark(pen, "</td><td class=\"since\">");
    ff_pen_day(pen, group->first_seen);
    ff_html_mark(pen, "</td></tr>\n");
}

static void add_rows(const ff_pen *pen, const ff_digest *digest, size_t from, size_t to, uint32_t highest)
{
    ff_buf_printf(pen->out,
                  "<table class=\"overview\">\n<caption>%s; the highest bar is %u a day</caption>\n<thead><tr>"
                  "<th scope=\"col\">State</th><th scope=\"col\" class=\"number\">Runs</th>"
                  "<th scope=\"col\">What failed, and where</th><th scope=\"col\" class=\"past\">14 days</th>"
                  "<th scope=\"col\" class=\"since\">Since</th></tr></thead>\n<tbody>\n",
                  from ? "Those that follow" : "What failed, news first", highest);
    for (size_t i = from; i < to; i++)
        add_row(pen, digest, i, highest);
    ff_html_mark(pen, "</tbody>\n</table>\n");
}

/* One scale for all, so that bars can be compared. */
static uint32_t highest_of(const ff_digest *digest)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < digest->group_count; i++)
        for (size_t day = 0; day < FF_DIGEST_DAYS; day++)
            if (digest->groups[i].days[day] > highest)
                highest = digest->groups[i].days[day];
    return highest;
}

void ff_html_add_overview(const ff_pen *pen, const ff_digest *digest, size_t most)
{
    size_t shown = digest->group_count < most ? digest->group_count : most;
    size_t open = shown > OPEN_ROWS + OPEN_ROWS / 2 ? OPEN_ROWS : shown; /* not for the sake of a few */
    uint32_t highest = highest_of(digest);
    ff_html_mark(pen, "<section aria-labelledby=\"overview\">\n<h2 id=\"overview\">At a glance</h2>\n");
    add_rows(pen, digest, 0, open, highest);
    if (open < shown) {
        ff_buf_printf(pen->out, "<details class=\"more\">\n<summary>%zu more</summary>\n", shown - open);
        add_rows(pen, digest, open, shown, highest);
        ff_html_mark(pen, "</details>\n");
    }
    if (digest->group_count > most)
        ff_buf_printf(pen->out, "<p>%zu more are not in this table.</p>\n", digest->group_count - most);
    ff_html_mark(pen, "</section>\n");
}

/* ---- evidence and advice ---- */

/* Lines of text, the first `most` of them. Returns how many there are. */
static size_t add_lines(const ff_pen *pen, ff_slice text, size_t most)
{
    size_t count = 0;
    for (ff_slice line; ff_slice_take_until(&text, '\n', &line);) {
        if (++count > most)
            continue;
        ff_slice shown = ff_utf8_cut(line, LINE_BYTES);
        ff_html_mark(pen, count > 1 ? "\n" : "");
        ff_escape_add(pen->out, shown);
        ff_pen_say(pen, shown.len < line.len ? "…" : "");
    }
    if (count > most)
        ff_buf_printf(pen->out, "\n… %zu more lines", count - most);
    return count;
}

static void add_evidence(const ff_pen *pen, const ff_digest_evidence *evidence)
{
    ff_html_mark(pen, "<figure>\n<figcaption>");
    if (evidence->file.len) {
        ff_pen_quote(pen, evidence->file, LINE_BYTES);
        if (evidence->line)
            ff_buf_printf(pen->out, ", from line %llu", (unsigned long long)evidence->line);
    } else {
        ff_pen_say(pen, ff_slice_eq(evidence->kind, FF_LIT("repo")) ? "the repository" : "GitHub's API");
    }
    ff_html_mark(pen, "</figcaption>\n<pre tabindex=\"0\"><code>");
    (void)add_lines(pen, evidence->text, LINES);
    ff_html_mark(pen, "</code></pre>\n</figure>\n");
}

/* Items that follow each other are one list. */
static void add_advice(const ff_pen *pen, ff_slice fix)
{
    ff_advice_piece piece;
    bool listing = false;
    for (size_t i = 0; i < ADVICE_PIECES && ff_advice_take(&fix, &piece); i++) {
        if (listing != (piece.kind == FF_ADVICE_ITEM))
            ff_html_mark(pen, listing ? "</ul>\n" : "<ul>\n");
        listing = piece.kind == FF_ADVICE_ITEM;
        if (piece.kind == FF_ADVICE_BLOCK) {
            ff_html_mark(pen, "<pre tabindex=\"0\"><code>");
            (void)add_lines(pen, piece.text, ADVICE_LINES);
            ff_html_mark(pen, "</code></pre>\n");
            continue;
        }
        ff_html_mark(pen, listing ? "<li>" : "<p>");
        ff_pen_prose(pen, piece.text);
        ff_html_mark(pen, listing ? "</li>\n" : "</p>\n");
    }
    ff_html_mark(pen, listing ? "</ul>\n" : "");
}

/* ---- runs ---- */

static void add_run(const ff_pen *pen, const ff_digest *digest, const ff_digest_run *run)
{
    ff_html_mark(pen, "<tr><th scope=\"row\">");
    ff_fact_say_run(pen, run);
    ff_html_mark(pen, "</th><td>");
    ff_pen_minute(pen, run->created_at);
    ff_html_mark(pen, "</td><td>");
    ff_location_say_workflow(pen, digest, run->repository, run->workflow);
    ff_html_mark(pen, "</td><td>");
    ff_pen_name(pen, run->branch);
    ff_html_mark(pen, "</td></tr>\n");
}

static void add_runs(const ff_pen *pen, const ff_digest *digest, const ff_group *group, size_t index)
{
    if (group->run_count == 0)
        return;
    ff_buf_printf(
        pen->out,
        "<details class=\"runs\">\n<summary>%s</summary>\n<div class=\"scroll cards\" role=\"region\" "
        "aria-label=\"Runs of failure %zu\" tabindex=\"0\">\n<table>\n<caption>Newest first</caption>\n<thead>"
        "<tr><th scope=\"col\">Run</th><th scope=\"col\">Started (UTC)</th><th scope=\"col\">Workflow</th>"
        "<th scope=\"col\">Branch</th></tr></thead>\n<tbody>\n",
        group->run_count == 1 ? "The run" : "The runs", index + 1);
    for (size_t i = 0; i < group->run_count && i < RUNS; i++)
        add_run(pen, digest, &group->runs[i]);
    ff_html_mark(pen, "</tbody>\n</table>\n</div>\n");
    if (group->run_count > RUNS)
        ff_buf_printf(pen->out, "<p>%zu older ones are in the JSON.</p>\n", group->run_count - RUNS);
    ff_html_mark(pen, "</details>\n");
}

/* ---- all of it ---- */

static void begin_fact(const ff_pen *pen, const char *label)
{
    ff_buf_printf(pen->out, "<div><dt>%s</dt><dd>", label);
}

static void add_fix(const ff_pen *pen, const ff_digest *digest, size_t index)
{
    uint32_t same = ff_fact_same_fix(digest, index);
    begin_fact(pen, "Fix");
    if (same != FF_NO_GROUP)
        ff_buf_printf(pen->out, "as in <a href=\"#g%u\">%u</a>", same + 1, same + 1);
    else
        add_advice(pen, digest->groups[index].fix);
    ff_html_mark(pen, "</dd></div>\n");
}

static void add_facts(const ff_pen *pen, const ff_digest *digest, size_t index)
{
    const ff_group *group = &digest->groups[index];
    ff_html_mark(pen, "<dl>\n");
    for (const ff_fact *fact = ff_fact_first(); fact->say; fact++)
        if (!fact->in_head && fact->is(digest, group)) {
            begin_fact(pen, fact->label);
            fact->say(pen, digest, group);
            ff_html_mark(pen, "</dd></div>\n");
        }
    if (ff_fact_has_fix(group))
        add_fix(pen, digest, index);
    if (ff_fact_has_command(group)) {
        begin_fact(pen, "Decide with");
        ff_pen_quote(pen, ff_slice_trim(group->command), COMMAND_BYTES);
        ff_html_mark(pen, "</dd></div>\n");
    }
    begin_fact(pen, "Look closer");
    ff_fact_say_closer(pen, digest, group);
    ff_html_mark(pen, "</dd></div>\n</dl>\n");
}

/* The run that a reader should open first. */
static void add_example(const ff_pen *pen, const ff_group *group)
{
    const ff_digest_run *run = ff_fact_example(group);
    if (!run || !ff_escape_is_address(run->url))
        return;
    ff_html_mark(pen, "<p>");
    (void)ff_pen_begin_link(pen, run->url);
    ff_buf_printf(pen->out, "Run %llu", (unsigned long long)run->id);
    ff_pen_end_link(pen, run->url);
    ff_pen_say(pen, " of ");
    ff_pen_minute(pen, run->created_at);
    ff_html_mark(pen, group->count > 1 ? " shows it best</p>\n" : "</p>\n");
}

void ff_html_add_group(const ff_pen *pen, const ff_digest *digest, size_t index)
{
    const ff_group *group = &digest->groups[index];
    bool news = group->state == FF_GROUP_NEW || group->state == FF_GROUP_BACK;
    ff_buf_printf(pen->out, "<details class=\"group %s\"%s>\n<summary>", ff_group_state_name(group->state),
                  news ? " open" : "");
    add_state(pen, group->state);
    ff_buf_printf(pen->out, "<h3>%zu. ", index + 1);
    ff_fact_say_title(pen, group, TITLE_BYTES);
    ff_html_mark(pen, "</h3>");
    add_flicker(pen, group);
    if (group->count) {
        ff_html_mark(pen, "<span class=\"size\">");
        ff_pen_count(pen, group->count, "run", "runs");
        ff_html_mark(pen, "</span>");
    }
    ff_html_mark(pen, "</summary>\n");
    ff_buf_printf(pen->out, "<div class=\"body\" id=\"g%zu\">\n", index + 1);
    for (const ff_fact *fact = ff_fact_first(); fact->say; fact++)
        if (fact->in_head && fact->is(digest, group)) {
            ff_html_mark(pen, "<p>");
            fact->say(pen, digest, group);
            ff_html_mark(pen, "</p>\n");
        }
    for (size_t i = 0; i < group->evidence_count && i < EVIDENCE; i++)
        if (group->evidence[i].text.len)
            add_evidence(pen, &group->evidence[i]);
    add_example(pen, group);
    add_facts(pen, digest, index);
    add_runs(pen, digest, group, index);
    ff_html_mark(pen, "</div>\n</details>\n");
}
