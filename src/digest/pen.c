#include "digest/pen.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "digest/escape.h"
#include "report/inert.h"

#include <time.h>

static const ff_slice MARK = FF_TEXT("…");

void ff_pen_say(const ff_pen *pen, const char *words)
{
    if (pen->html)
        ff_escape_add(pen->out, ff_slice_of(words));
    else
        ff_buf_add(pen->out, ff_slice_of(words));
}

void ff_pen_number(const ff_pen *pen, uint64_t number)
{
    enum { THOUSAND = 1000 };
    uint64_t unit = 1;
    while (number / unit >= THOUSAND)
        unit *= THOUSAND;
    ff_buf_printf(pen->out, "%u", (unsigned)(number / unit));
    for (unit /= THOUSAND; unit; unit /= THOUSAND)
        ff_buf_printf(pen->out, ",%03u", (unsigned)(number / unit % THOUSAND));
}

void ff_pen_count(const ff_pen *pen, uint64_t count, const char *one, const char *several)
{
    ff_pen_number(pen, count);
    ff_buf_printf(pen->out, " %s", count == 1 ? one : several);
}

void ff_pen_more(const ff_pen *pen, size_t count, size_t shown)
{
    if (count > shown)
        ff_buf_printf(pen->out, " and %zu more", count - shown);
}

/* `text` on one line, at most `max` bytes of it. */
static void add_cut(ff_buf *out, ff_slice text, size_t max)
{
    ff_slice shown = ff_utf8_cut(text, max);
    ff_buf_add(out, shown);
    for (size_t i = 0; i < out->len; i++)
        if (out->ptr[i] == '\n' || out->ptr[i] == '\r')
            out->ptr[i] = ' ';
    if (shown.len < text.len)
        ff_buf_add(out, MARK);
}

static void add_code(const ff_pen *pen, ff_slice text)
{
    if (!pen->html) {
        ff_inert_span(pen->out, text, pen->in_cell);
        return;
    }
    ff_buf_add(pen->out, FF_LIT("<code>"));
    ff_escape_add(pen->out, text.len ? text : FF_LIT("(empty)"));
    ff_buf_add(pen->out, FF_LIT("</code>"));
}

void ff_pen_quote(const ff_pen *pen, ff_slice text, size_t max)
{
    ff_buf cut;
    ff_buf_init(&cut, max + MARK.len);
    add_cut(&cut, text, max);
    add_code(pen, ff_buf_slice(&cut));
    ff_buf_inherit(pen->out, &cut);
    ff_buf_release(&cut);
}

void ff_pen_name(const ff_pen *pen, ff_slice text)
{
    ff_pen_quote(pen, text, FF_PEN_NAME_BYTES);
}

/* What stands between two backticks is code, as the author of a rule meant it. */
static void add_sentence(const ff_pen *pen, ff_slice text)
{
    while (text.len) {
        size_t open = ff_slice_find_byte(text, '`');
        ff_slice behind = ff_slice_from(text, open == SIZE_MAX ? text.len : open + 1);
        size_t close = ff_slice_find_byte(behind, '`');
        if (close == SIZE_MAX || close == 0) {
            size_t taken = open == SIZE_MAX || close == SIZE_MAX ? text.len : open + 2;
            ff_escape_add(pen->out, ff_slice_cut(text, taken));
            text = ff_slice_from(text, taken);
            continue;
        }
        ff_escape_add(pen->out, ff_slice_cut(text, open));
        add_code(pen, ff_slice_cut(behind, close));
        text = ff_slice_from(behind, close + 1);
    }
}

void ff_pen_title(const ff_pen *pen, ff_slice text, size_t max)
{
    ff_buf cut;
    ff_buf_init(&cut, max + MARK.len);
    add_cut(&cut, ff_slice_trim(text), max);
    if (pen->html)
        add_sentence(pen, ff_buf_slice(&cut));
    else
        ff_inert_prose(pen->out, ff_buf_slice(&cut), pen->in_cell);
    ff_buf_inherit(pen->out, &cut);
    ff_buf_release(&cut);
}

void ff_pen_prose(const ff_pen *pen, ff_slice text)
{
    ff_pen_title(pen, text, FF_PEN_PROSE_BYTES);
}

void ff_pen_begin_strong(const ff_pen *pen)
{
    ff_buf_add(pen->out, pen->html ? FF_LIT("<strong>") : FF_LIT("**"));
}

void ff_pen_end_strong(const ff_pen *pen)
{
    ff_buf_add(pen->out, pen->html ? FF_LIT("</strong>") : FF_LIT("**"));
}

bool ff_pen_begin_link(const ff_pen *pen, ff_slice url)
{
    if (!ff_escape_is_address(url))
        return false;
    if (pen->html)
        ff_buf_printf(pen->out, "<a href=\"%.*s\" rel=\"noreferrer\">", FF_ARG(url));
    else
        ff_buf_add_byte(pen->out, '[');
    return true;
}

void ff_pen_end_link(const ff_pen *pen, ff_slice url)
{
    if (pen->html)
        ff_buf_add(pen->out, FF_LIT("</a>"));
    else
        ff_buf_printf(pen->out, "](%.*s)", FF_ARG(url));
}

static bool split(int64_t time, struct tm *utc)
{
    time_t at = (time_t)(time / FF_CLOCK_SECOND - (time % FF_CLOCK_SECOND < 0));
    return time != FF_NO_TIME && gmtime_r(&at, utc) != NULL;
}

static void add_date(const ff_pen *pen, int64_t time, bool minute)
{
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm utc, now;
    if (!split(time, &utc)) {
        ff_pen_say(pen, "a time that is not known");
        return;
    }
    if (pen->html) {
        ff_buf_add(pen->out, FF_LIT("<time datetime=\""));
        ff_clock_add_utc(pen->out, time - time % FF_CLOCK_SECOND);
        ff_buf_add(pen->out, FF_LIT("\">"));
    }
    ff_buf_printf(pen->out, "%d %s", utc.tm_mday, months[utc.tm_mon]);
    if (!split(pen->now, &now) || now.tm_year != utc.tm_year)
        ff_buf_printf(pen->out, " %d", utc.tm_year + 1900);
    if (minute)
        ff_buf_printf(pen->out, " %02d:%02d", utc.tm_hour, utc.tm_min);
    if (pen->html)
        ff_buf_add(pen->out, FF_LIT("</time>"));
}

void ff_pen_day(const ff_pen *pen, int64_t time)
{
    add_date(pen, time, false);
}

void ff_pen_minute(const ff_pen *pen, int64_t time)
{
    add_date(pen, time, true);
}
