/* Pictures of days. Positions along the days are shares of the width, so that a picture fits any page and its words
 * keep their size; heights are pixels. */
#include "base/clock.h"
#include "digest/html_page.h"

enum { BAR_HEIGHT = 24, TOTAL_ROOM = 90, TOTAL_TOP = 14, TRACK_HEIGHT = 22, TRACK_Y = 11, LEAST = 2 };

/* Left edge, middle and width of a day, in hundredths of the width. */
static double left_of(size_t day)
{
    return 100.0 * (double)day / FF_DIGEST_DAYS;
}

static double middle_of(size_t day)
{
    return 100.0 * ((double)day + 0.5) / FF_DIGEST_DAYS;
}

static const double GAP = 0.9, WIDTH = 100.0 / FF_DIGEST_DAYS;

static void say_day(const ff_pen *pen, const ff_digest *digest, size_t day)
{
    ff_pen plain = *pen;
    plain.html = false; /* a date as words: it goes into an attribute or a tip */
    ff_pen_day(&plain, digest->days[day].day * FF_CLOCK_DAY);
}

static void begin_picture(const ff_pen *pen, const char *class, int height)
{
    ff_buf_printf(pen->out, "<svg class=\"%s\" width=\"100%%\" height=\"%d\" role=\"img\" aria-label=\"", class,
                  height);
}

/* So high that the largest one fills `room`, and the smallest one can be seen. */
static double height_of(uint32_t count, uint64_t largest, int room)
{
    double height = largest ? (double)count * room / (double)largest : 0;
    return count && height < LEAST ? LEAST : height;
}

static void add_bar(const ff_pen *pen, const char *class, size_t day, double bottom, double height)
{
    ff_buf_printf(pen->out, "<rect class=\"%s\" x=\"%.2f%%\" y=\"%.1f\" width=\"%.2f%%\" height=\"%.1f\"/>", class,
                  left_of(day) + GAP, bottom - height, WIDTH - 2 * GAP, height);
}

/* `15 Nov to 28 Nov: 2 on 15 Nov, 1 on 28 Nov`. */
static void say_days(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    size_t told = 0;
    ff_pen_say(pen, "Runs a day, ");
    say_day(pen, digest, 0);
    ff_pen_say(pen, " to ");
    say_day(pen, digest, FF_DIGEST_DAYS - 1);
    for (size_t i = 0; i < FF_DIGEST_DAYS; i++) {
        if (group->days[i] == 0)
            continue;
        ff_buf_printf(pen->out, "%s%u on ", told++ ? ", " : ": ", group->days[i]);
        say_day(pen, digest, i);
    }
    ff_pen_say(pen, told ? "" : ": none");
}

static uint32_t largest_of(const ff_group *group)
{
    uint32_t largest = 0;
    for (size_t i = 0; i < FF_DIGEST_DAYS; i++)
        if (group->days[i] > largest)
            largest = group->days[i];
    return largest;
}

void ff_html_add_bars(const ff_pen *pen, const ff_digest *digest, const ff_group *group, uint32_t highest)
{
    begin_picture(pen, "bars", BAR_HEIGHT);
    say_days(pen, digest, group);
    ff_html_mark(pen, "\">");
    for (size_t i = digest->unseen_days; i < FF_DIGEST_DAYS; i++) {
        add_bar(pen, "rest", i, BAR_HEIGHT, 1);
        if (group->days[i])
            add_bar(pen, "failed", i, BAR_HEIGHT, height_of(group->days[i], highest, BAR_HEIGHT));
    }
    ff_html_mark(pen, "</svg>");
}

/* ---- all runs ---- */

static void say_totals(const ff_pen *pen, const ff_digest *digest)
{
    ff_pen_say(pen, "Runs a day");
    for (size_t i = digest->unseen_days; i < FF_DIGEST_DAYS; i++) {
        ff_pen_say(pen, i > digest->unseen_days ? "; " : ": ");
        say_day(pen, digest, i);
        ff_buf_printf(pen->out, " %u failed, %u passed", digest->days[i].failed, digest->days[i].passed);
    }
}

/* So short that it fits over a bar: `12k`. The tip has all of it. */
static void add_number(const ff_pen *pen, size_t day, double y, uint32_t number)
{
    static const struct {
        double unit;
        const char *sign;
    } units[] = {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1, ""}};
    size_t at = 0;
    while (units[at].unit > 1 && number < units[at].unit)
        at++;
    ff_buf_printf(pen->out, "<text x=\"%.2f%%\" y=\"%.1f\">%.0f%s</text>", middle_of(day), y, number / units[at].unit,
                  units[at].sign);
}

/* Failed runs stand on the line, those that passed hang from it: no bar reads as the sum of both. */
static void add_total(const ff_pen *pen, const ff_digest *digest, size_t day, double ground, uint64_t most)
{
    enum { OVER = 4, UNDER = 11 };
    const ff_digest_day *of = &digest->days[day];
    double failed = height_of(of->failed, most, TOTAL_ROOM), passed = height_of(of->passed, most, TOTAL_ROOM);
    ff_html_mark(pen, "<g><title>");
    say_day(pen, digest, day);
    ff_buf_printf(pen->out, ": %u failed, %u passed</title>", of->failed, of->passed);
    add_bar(pen, "rest", day, ground, 1);
    if (of->failed) {
        add_bar(pen, "failed", day, ground, failed);
        add_number(pen, day, ground - failed - OVER, of->failed);
    }
    if (of->passed) {
        add_bar(pen, "passed", day, ground + passed, passed);
        add_number(pen, day, ground + passed + UNDER, of->passed);
    }
    ff_html_mark(pen, "</g>");
}

void ff_html_add_totals(const ff_pen *pen, const ff_digest *digest)
{
    uint32_t failed = 0, passed = 0;
    for (size_t i = 0; i < FF_DIGEST_DAYS; i++) {
        failed = digest->days[i].failed > failed ? digest->days[i].failed : failed;
        passed = digest->days[i].passed > passed ? digest->days[i].passed : passed;
    }
    uint64_t most = (uint64_t)failed + passed;
    double ground = TOTAL_TOP + height_of(failed, most, TOTAL_ROOM);
    begin_picture(pen, "totals", TOTAL_TOP + TOTAL_ROOM + TOTAL_TOP + LEAST);
    say_totals(pen, digest);
    ff_html_mark(pen, "\">");
    for (size_t i = digest->unseen_days; i < FF_DIGEST_DAYS; i++)
        add_total(pen, digest, i, ground, most);
    ff_html_mark(pen, "</svg>");
}

void ff_html_add_axis(const ff_pen *pen, const ff_digest *digest)
{
    ff_html_mark(pen, "<svg class=\"axis\" width=\"100%\" height=\"16\" aria-hidden=\"true\">");
    for (size_t i = 0; i < FF_DIGEST_DAYS; i++) {
        ff_pen plain = {.out = pen->out, .now = digest->days[i].day * FF_CLOCK_DAY};
        ff_buf date;
        ff_buf_init(&date, 64);
        plain.out = &date;
        ff_pen_day(&plain, digest->days[i].day * FF_CLOCK_DAY);
        ff_slice number = ff_slice_cut(ff_buf_slice(&date), ff_slice_find_byte(ff_buf_slice(&date), ' '));
        ff_buf_printf(pen->out, "<text x=\"%.2f%%\" y=\"12\">%.*s</text>", middle_of(i), FF_ARG(number));
        ff_buf_inherit(pen->out, &date);
        ff_buf_release(&date);
    }
    ff_html_mark(pen, "</svg>");
}

/* ---- a group's line ---- */

/* Which of the days a time falls on; those before count as -1, those behind as the last. */
static int day_of(const ff_digest *digest, int64_t time)
{
    int64_t day = time == FF_NO_TIME ? -1 : ff_clock_day(time) - digest->days[0].day;
    if (day < 0)
        return -1;
    return day < FF_DIGEST_DAYS ? (int)day : FF_DIGEST_DAYS - 1;
}

/* An upright stroke: the line begins or ends on this day. */
static void add_end(const ff_pen *pen, double x)
{
    ff_buf_printf(pen->out, "<line class=\"end\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>", x, x, TRACK_Y - 7,
                  TRACK_Y + 7);
}

static void say_ends(const ff_pen *pen, const ff_group *group)
{
    ff_pen plain = *pen;
    plain.html = false;
    ff_pen_say(pen, "First seen ");
    ff_pen_day(&plain, group->first_seen);
    ff_pen_say(pen, ", last ");
    ff_pen_day(&plain, group->last_seen);
}

void ff_html_add_track(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    int first = day_of(digest, group->first_seen), last = day_of(digest, group->last_seen);
    uint32_t largest = largest_of(group);
    begin_picture(pen, "track", TRACK_HEIGHT);
    say_ends(pen, group);
    ff_html_mark(pen, "\">");
    if (last >= 0) {
        double from = first < 0 ? 0 : middle_of((size_t)first), to = middle_of((size_t)last);
        ff_buf_printf(pen->out, "<line class=\"span\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>", from, to,
                      TRACK_Y, TRACK_Y);
        if (first >= 0)
            add_end(pen, from);
        add_end(pen, to);
    }
    for (size_t i = 0; i < FF_DIGEST_DAYS; i++)
        if (group->days[i])
            ff_buf_printf(pen->out, "<circle cx=\"%.2f%%\" cy=\"%d\" r=\"%.1f\"/>", middle_of(i), TRACK_Y,
                          2.5 + 2.5 * (double)group->days[i] / largest);
    ff_html_mark(pen, "</svg>");
}
