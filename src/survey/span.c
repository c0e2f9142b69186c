#include "survey/span.h"

#include "base/array.h"

/* Runs that a part is meant to hold: fewer than GitHub tells of one question, because they do not come evenly. */
enum { PART_RUNS = 800, PARTS_MOST = 100, HOUR_SECONDS = 3600 };

static const int64_t HOUR = HOUR_SECONDS * FF_CLOCK_SECOND;

ff_span ff_span_of(int64_t since, int64_t until)
{
    ff_span span = {.from = FF_NO_TIME, .to = FF_NO_TIME};
    if (since != FF_NO_TIME)
        span.from = since > 0 ? since - since % HOUR : 0;
    if (until != FF_NO_TIME)
        span.to = until > 0 ? (until - 1) - (until - 1) % FF_CLOCK_SECOND : 0;
    return span;
}

bool ff_spans_add(ff_spans *spans, ff_span span)
{
    ff_span *added = FF_ARRAY_PUSH(spans->arena, spans);
    if (added)
        *added = span;
    return added != NULL;
}

bool ff_spans_take(ff_spans *spans, ff_span *span)
{
    if (spans->count == 0)
        return false;
    *span = spans->items[--spans->count];
    return true;
}

/* The end to reckon with. The whole hour makes cuts that are the same in a scan soon after. */
static int64_t end_of(ff_span span, int64_t now)
{
    if (span.to != FF_NO_TIME)
        return span.to;
    int64_t hour = now - now % HOUR + HOUR;
    return hour > span.from ? hour : span.from;
}

ff_status ff_spans_cut(ff_spans *spans, ff_span span, uint64_t total, int64_t now)
{
    int64_t first = (span.from == FF_NO_TIME ? 0 : span.from) / FF_CLOCK_SECOND;
    int64_t seconds = end_of(span, now) / FF_CLOCK_SECOND - first + 1;
    uint64_t parts = total / PART_RUNS + (total % PART_RUNS != 0);
    if (parts < 2)
        parts = 2;
    if (parts > PARTS_MOST) /* what is still too much is cut again */
        parts = PARTS_MOST;
    if (seconds < 2)
        return FF_LIMIT;
    if (parts > (uint64_t)seconds)
        parts = (uint64_t)seconds;
    /* The newest part goes in first, so that the oldest is asked first. */
    for (uint64_t i = parts; i-- > 0;) {
        int64_t begin = first + seconds / (int64_t)parts * (int64_t)i;
        int64_t end = first + seconds / (int64_t)parts * (int64_t)(i + 1) - 1;
        ff_span part = {begin * FF_CLOCK_SECOND, i + 1 == parts ? span.to : end * FF_CLOCK_SECOND};
        if (i == 0)
            part.from = span.from;
        if (!ff_spans_add(spans, part))
            return FF_NOMEM;
    }
    return FF_OK;
}
