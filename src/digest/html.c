/* One page of HTML that needs nothing else: no script, no font, no picture from elsewhere. */
#include "base/clock.h"
#include "base/limits.h"
#include "digest/fact.h"
#include "digest/html_page.h"
#include "digest/tally.h"

enum {
    OVERVIEW_ROWS = 1000,
    TRACKS = 40,
    TITLE_BYTES = 140,
    CLOSING_BYTES = 4096, /* of the footer, and of what says that groups were left out */
};

void ff_html_mark(const ff_pen *pen, const char *markup)
{
    ff_buf_add(pen->out, ff_slice_of(markup));
}

static const char HEAD[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '%s'; base-uri 'none'; "
    "form-action 'none'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
    "<meta name=\"robots\" content=\"noindex\">\n<title>";

static void add_head(const ff_pen *pen, const ff_tally *tally)
{
    ff_pen plain = {.out = pen->out, .html = false, .now = FF_NO_TIME};
    ff_buf_printf(pen->out, HEAD, ff_html_style_hash());
    ff_tally_say_failed(tally, pen);
    ff_pen_say(pen, ", ");
    ff_pen_day(&plain, tally->digest->until);
    ff_html_mark(pen, "</title>\n<style>");
    ff_html_add_style(pen->out);
    ff_html_mark(pen, "</style>\n</head>\n");
}

static void add_header(const ff_pen *pen, const ff_tally *tally)
{
    const ff_digest *digest = tally->digest;
    ff_html_mark(pen, "<header>\n<p class=\"eyebrow\">Scan of ");
    ff_tally_say_repositories(tally, pen);
    ff_html_mark(pen, "</p>\n<h1>");
    ff_tally_say_failed(tally, pen);
    ff_html_mark(pen, "</h1>\n");
    if (digest->group_count || digest->unexplained_count) {
        ff_html_mark(pen, "<p class=\"news\">");
        ff_tally_say_news(tally, pen);
        ff_pen_say(pen, digest->group_count ? "." : "");
        ff_tally_say_unexplained(tally, pen);
        ff_html_mark(pen, "</p>\n");
    }
    ff_html_mark(pen, "<p class=\"meta\">");
    ff_tally_say_window(tally, pen);
    ff_tally_say_others(tally, pen, " · ");
    ff_html_mark(pen, "</p>\n");
    if (digest->notes.partial) {
        ff_html_mark(pen, "<p class=\"partial\">");
        ff_tally_say_partial(tally, pen);
        ff_html_mark(pen, "</p>\n");
    }
    ff_html_mark(pen, "</header>\n");
}

/* Which sections there are. */
static void add_nav(const ff_pen *pen, const ff_digest *digest)
{
    const struct {
        bool is;
        const char *id, *name;
    } sections[] = {
        {digest->group_count, "overview", "At a glance"},
        {true, "days", "14 days"},
        {digest->group_count, "failures", "Failures"},
        {digest->unexplained_count - digest->unread_count, "unexplained", "Unexplained"},
        {digest->rerun_count, "reruns", "Second tries"},
        {digest->workflow_count, "workflows", "Workflows"},
        {digest->notes.count, "notes", "This scan"},
    };
    if (digest->group_count + digest->unexplained_count - digest->unread_count + digest->rerun_count +
            digest->workflow_count ==
        0)
        return;
    ff_html_mark(pen, "<nav aria-label=\"Sections\">\n<ul>\n");
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (sections[i].is)
            ff_buf_printf(pen->out, "<li><a href=\"#%s\">%s</a></li>\n", sections[i].id, sections[i].name);
    ff_html_mark(pen, "</ul>\n</nav>\n");
}

static void add_track(const ff_pen *pen, const ff_digest *digest, size_t index)
{
    const ff_group *group = &digest->groups[index];
    ff_buf_printf(pen->out, "<li class=\"%s\"><a href=\"#g%zu\">%zu. ", ff_group_state_name(group->state), index + 1,
                  index + 1);
    ff_fact_say_title(pen, group, TITLE_BYTES);
    ff_html_mark(pen, "</a>\n");
    ff_html_add_track(pen, digest, group);
    ff_html_mark(pen, "</li>\n");
}

static void add_days(const ff_pen *pen, const ff_digest *digest)
{
    ff_html_mark(pen, "<section aria-labelledby=\"days\">\n<h2 id=\"days\">14 days</h2>\n<p class=\"meta\">"
                      "Runs a day: <span class=\"key failed\">failed</span> above the line, <span "
                      "class=\"key passed\">passed</span> below it.");
    if (digest->unseen_days) {
        ff_pen_say(pen, " Of the days before ");
        ff_pen_day(pen, digest->days[digest->unseen_days].day * FF_CLOCK_DAY);
        ff_pen_say(pen, " nothing is known.");
    }
    if (digest->group_count)
        ff_html_mark(pen,
                     " Below: a dot for each day on which a failure was seen, between strokes for the first and the "
                     "last.");
    ff_html_mark(pen, "</p>\n<ul class=\"tracks\">\n");
    ff_html_mark(pen, digest->group_count ? "<li><span>All runs</span>\n<div>" : "<li class=\"only\"><div>");
    ff_html_add_totals(pen, digest);
    ff_html_add_axis(pen, digest);
    ff_html_mark(pen, "</div></li>\n");
    for (size_t i = 0; i < digest->group_count && i < TRACKS; i++)
        add_track(pen, digest, i);
    ff_html_mark(pen, "</ul>\n");
    if (digest->group_count > TRACKS)
        ff_buf_printf(pen->out, "<p>%zu more are not drawn.</p>\n", digest->group_count - TRACKS);
    ff_html_mark(pen, "</section>\n");
}

/* Whole groups, while there is room for them and for `behind` bytes more. */
static void add_groups(const ff_pen *pen, const ff_digest *digest, size_t behind)
{
    ff_buf block;
    size_t shown = 0;
    if (digest->group_count == 0)
        return;
    ff_html_mark(pen, "<section aria-labelledby=\"failures\">\n<h2 id=\"failures\">Failures</h2>\n");
    ff_buf_init(&block, pen->out->max);
    ff_pen part = *pen;
    part.out = &block;
    for (; shown < digest->group_count; shown++) {
        ff_html_add_group(&part, digest, shown);
        if (pen->out->len + block.len + behind > FF_LIMIT_DIGEST_HTML_BYTES)
            break;
        ff_buf_add(pen->out, ff_buf_slice(&block));
        ff_buf_inherit(pen->out, &block);
        ff_buf_reset(&block);
    }
    if (shown < digest->group_count)
        ff_buf_printf(pen->out,
                      "<p class=\"partial\"><strong>%zu more are left out:</strong> the page would be too "
                      "large. The JSON has them.</p>\n",
                      digest->group_count - shown);
    ff_html_mark(pen, "</section>\n");
    ff_buf_release(&block);
}

static void add_footer(const ff_pen *pen, const ff_digest *digest)
{
    enum { DIGITS = 12 };
    ff_html_mark(pen, "<footer>\n<p>Made by firstfault on ");
    ff_pen_minute(pen, digest->made_at);
    ff_pen_say(pen, " UTC");
    if (digest->catalog_digest) {
        ff_pen_say(pen, ", catalog ");
        ff_pen_name(pen, ff_slice_cut(ff_slice_of(digest->catalog_digest), DIGITS));
    }
    ff_html_mark(pen, ". All times are UTC.</p>\n</footer>\n");
}

void ff_digest_write_html(const ff_digest *digest, const ff_digest_options *options, ff_buf *out)
{
    ff_pen pen = {.out = out, .html = true, .now = digest->made_at};
    ff_tally tally = ff_tally_of(digest);
    ff_buf lists;
    (void)options;
    ff_buf_init(&lists, out->max);
    ff_html_add_lists(&(ff_pen){.out = &lists, .html = true, .now = pen.now}, digest);
    add_head(&pen, &tally);
    ff_html_mark(&pen, "<body>\n");
    add_header(&pen, &tally);
    add_nav(&pen, digest);
    ff_html_mark(&pen, "<main>\n");
    if (digest->group_count)
        ff_html_add_overview(&pen, digest, OVERVIEW_ROWS);
    add_days(&pen, digest);
    add_groups(&pen, digest, lists.len + CLOSING_BYTES);
    ff_buf_add(out, ff_buf_slice(&lists));
    ff_buf_inherit(out, &lists);
    ff_buf_release(&lists);
    ff_html_mark(&pen, "</main>\n");
    add_footer(&pen, digest);
    ff_html_mark(&pen, "</body>\n</html>\n");
}
