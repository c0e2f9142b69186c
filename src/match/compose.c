#include "match/compose.h"

#include "base/fill.h"
#include "base/keep.h"
#include "base/limits.h"

#include <stdlib.h>

ff_status ff_compose_new(ff_compose *compose, uint32_t spans)
{
    ff_buf_init(&compose->text, FF_LIMIT_COMPOSED_BYTES);
    ff_arena_init(&compose->parts, 0);
    compose->spans = calloc(spans + 1u, sizeof *compose->spans);
    return compose->spans ? FF_OK : FF_NOMEM;
}

void ff_compose_release(ff_compose *compose)
{
    free(compose->spans);
    ff_buf_release(&compose->text);
    ff_arena_release(&compose->parts);
}

typedef struct source {
    ff_compose *compose;
    const ff_hit *hit;
} source;

static bool add_value(void *self, ff_slice name, ff_buf *out)
{
    source *s = self;
    uint32_t redactions = 0; /* counted where the capture itself is kept */
    for (uint32_t i = 0; i < s->hit->span_count; i++) {
        const ff_span *span = &s->hit->spans[i];
        if (!span->value.len || !ff_slice_eq(span->name, name))
            continue;
        ff_buf_add(
            out, ff_text_keep_part(&s->compose->parts, span->whole, span->value, FF_LIMIT_CAPTURE_BYTES, &redactions));
        return true;
    }
    return false;
}

/* The buffer moves while it grows: values are offsets until all of them are there. */
ff_status ff_compose_apply(ff_compose *compose, const ff_rule *rule, const ff_hit *hit, ff_hit *full)
{
    *full = *hit;
    if (!rule->compose_count)
        return FF_OK;
    if (hit->span_count)
        memcpy(compose->spans, hit->spans, hit->span_count * sizeof *hit->spans);
    full->spans = compose->spans;
    ff_buf_reset(&compose->text);
    ff_arena_mark start = ff_arena_here(&compose->parts);
    source from_hit = {compose, hit};
    for (size_t i = 0; i < rule->compose_count; i++) {
        size_t from = compose->text.len;
        if (ff_fill(rule->compose[i].value, add_value, &from_hit, &compose->text) && compose->text.len > from)
            compose->spans[full->span_count++] =
                (ff_span){.name = rule->compose[i].name, .value = {NULL, compose->text.len - from}};
        else
            compose->text.len = from;
    }
    const char *at = compose->text.ptr;
    for (uint32_t i = hit->span_count; i < full->span_count; i++) {
        compose->spans[i].value.ptr = at;
        compose->spans[i].whole = compose->spans[i].value;
        at += compose->spans[i].value.len;
    }
    bool failed = compose->parts.failed || compose->text.status == FF_NOMEM;
    ff_arena_rewind(&compose->parts, start);
    return failed ? FF_NOMEM : FF_OK;
}
