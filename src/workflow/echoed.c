#include "workflow/echoed.h"

#include "base/limits.h"
#include "workflow/workflow_names.h"

/* Two short scripts with an expression in each fit one another too easily: `${{ inputs.command }}` is every script. */
enum { FIXED_MIN = 8 };

/* Both texts from some line on. */
typedef struct place {
    ff_slice script, echo;
} place;

typedef struct comparison {
    place at;
    size_t work;  /* left, in bytes */
    size_t fixed; /* bytes that are the same in both */
    bool open;    /* something stood for anything */
    struct {      /* behind the last expression that may have more lines than were given to it */
        bool set;
        place at; /* what follows if it ends with the line before */
        ff_slice tail;
        size_t fixed;
    } again;
} comparison;

/* Takes the text up to the next piece that stands for anything, and drops that; as ff_workflow_take_fixed. */
typedef bool (*take_fn)(ff_slice *shape, ff_slice *fixed);

/* `***`, or the `…` of a line that was cut. */
static bool take_masked(ff_slice *shape, ff_slice *fixed)
{
    static const ff_slice mask = FF_TEXT("***"), cut = FF_TEXT("…");
    size_t from = ff_slice_find(*shape, mask);
    if (from == SIZE_MAX && !ff_slice_ends(*shape, cut)) {
        *fixed = *shape;
        *shape = (ff_slice){0};
        return false;
    }
    if (from == SIZE_MAX)
        from = shape->len - cut.len;
    *fixed = ff_slice_cut(*shape, from);
    *shape = ff_slice_from(*shape, from + mask.len); /* as long as the other */
    while (shape->len && shape->ptr[0] == '*')
        *shape = ff_slice_from(*shape, 1);
    return true;
}

static bool is_open(ff_slice text, take_fn take)
{
    ff_slice fixed;
    return take(&text, &fixed);
}

/* What stands in front of the first open piece, and behind the last. */
static ff_slice head_of(ff_slice text, take_fn take)
{
    ff_slice fixed;
    (void)take(&text, &fixed);
    return fixed;
}

static ff_slice tail_of(ff_slice text, take_fn take)
{
    ff_slice fixed;
    while (take(&text, &fixed)) {
    }
    return fixed;
}

/* Spends work; false when there is no more. */
static bool spend(comparison *c, size_t amount)
{
    c->work -= amount < c->work ? amount : c->work;
    return c->work > 0;
}

/* As ff_slice_find, for texts that may repeat themselves. */
static size_t find(comparison *c, ff_slice text, ff_slice part)
{
    for (size_t at = 0; at + part.len <= text.len; at++) {
        size_t same = 0;
        while (same < part.len && text.ptr[at + same] == part.ptr[same])
            same++;
        if (!spend(c, same + 1))
            return SIZE_MAX;
        if (same == part.len)
            return at;
    }
    return SIZE_MAX;
}

/* True if `text` can be what becomes of `shape`: its fixed parts stand there in order. */
static bool could_be(comparison *c, ff_slice shape, ff_slice text, take_fn take)
{
    ff_slice fixed;
    size_t sum = 0;
    if (!take(&shape, &fixed)) {
        c->fixed += fixed.len;
        return ff_slice_eq(fixed, text);
    }
    if (!ff_slice_take_prefix(&text, fixed))
        return false;
    for (sum = fixed.len; take(&shape, &fixed); sum += fixed.len) {
        size_t at = find(c, text, fixed);
        if (at == SIZE_MAX)
            return false;
        text = ff_slice_from(text, at + fixed.len);
    }
    if (!ff_slice_ends(text, fixed))
        return false;
    c->fixed += sum + fixed.len;
    return true;
}

/* A line that ends with an expression, without that and the blanks before it: if its value is empty they do not count
 * either. False for other lines. */
static bool drop_last_expression(ff_slice *line)
{
    ff_slice rest = *line, fixed;
    size_t before = SIZE_MAX;
    for (size_t at = 0; ff_workflow_take_fixed(&rest, &fixed); at = line->len - rest.len)
        before = at + fixed.len;
    if (before == SIZE_MAX || fixed.len)
        return false;
    *line = ff_slice_trim_end(ff_slice_cut(*line, before));
    return true;
}

/* A line with expressions. */
static bool could_become(comparison *c, ff_slice line, ff_slice echo)
{
    do {
        if (could_be(c, line, echo, ff_workflow_take_fixed))
            return true;
    } while (drop_last_expression(&line) && spend(c, line.len + 1));
    return false;
}

static bool heads_agree(ff_slice a, ff_slice b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    return ff_slice_eq(ff_slice_cut(a, shared), ff_slice_cut(b, shared));
}

static bool tails_agree(ff_slice a, ff_slice b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    return ff_slice_eq(ff_slice_from(a, a.len - shared), ff_slice_from(b, b.len - shared));
}

/* Where both have open pieces, each may hold the middle of the other: only the ends can contradict one another. */
static bool both_could_be(comparison *c, ff_slice line, ff_slice echo)
{
    ff_slice head = head_of(line, ff_workflow_take_fixed), tail = tail_of(line, ff_workflow_take_fixed);
    ff_slice echo_head = head_of(echo, take_masked), echo_tail = tail_of(echo, take_masked);
    if (!heads_agree(head, echo_head) || !tails_agree(tail, echo_tail))
        return false;
    c->fixed += head.len < echo_head.len ? head.len : echo_head.len;
    c->fixed += tail.len < echo_tail.len ? tail.len : echo_tail.len;
    return true;
}

/* One line of each. */
static bool fits(comparison *c, ff_slice line, ff_slice echo)
{
    const bool open = is_open(line, ff_workflow_take_fixed), masked = is_open(echo, take_masked);
    if (!spend(c, line.len + echo.len + 1))
        return false;
    if (ff_slice_eq(line, echo)) {
        c->fixed += line.len;
        return true;
    }
    c->open = c->open || open || masked;
    if (open && masked)
        return both_could_be(c, line, echo);
    if (open)
        return could_become(c, line, echo);
    return masked && could_be(c, echo, line, take_masked);
}

static ff_slice take_line(ff_slice *text)
{
    ff_slice line = {0};
    (void)ff_slice_take_until(text, '\n', &line);
    return ff_slice_trim_end(line);
}

/* Takes a line, and further ones as long as an expression in it goes on. */
static ff_slice take_script_line(comparison *c)
{
    static const ff_slice start = FF_TEXT("${{");
    const ff_slice text = c->at.script;
    size_t end, at = 0;
    for (;;) {
        ff_slice rest = ff_slice_from(text, at), fixed;
        end = ff_slice_find_byte(rest, '\n');
        end = end == SIZE_MAX ? text.len : at + end;
        size_t open = ff_slice_find(ff_slice_cut(rest, end - at), start);
        if (open == SIZE_MAX)
            break;
        rest = ff_slice_from(rest, open);
        bool whole = ff_workflow_take_fixed(&rest, &fixed);
        if (!spend(c, text.len - at - rest.len) || !whole)
            break;
        at = text.len - rest.len;
    }
    c->at.script = ff_slice_from(text, end + 1);
    return ff_slice_trim_end(ff_slice_cut(text, end));
}

/* Holds the next line of the script against the next one of the echo; that may lack lines that came out empty. */
static bool go_on(comparison *c)
{
    const size_t fixed = c->fixed;
    ff_slice line = take_script_line(c), echo = take_line(&c->at.echo);
    if (is_open(line, ff_workflow_take_fixed)) {
        ff_slice head = head_of(line, ff_workflow_take_fixed), echo_head = head_of(echo, take_masked);
        if (is_open(echo, take_masked) ? heads_agree(head, echo_head) : ff_slice_starts(echo, head)) {
            c->again.set = true;
            c->again.at = c->at;
            c->again.tail = tail_of(line, ff_workflow_take_fixed);
            c->again.fixed = fixed + head.len;
        }
    }
    return fits(c, line, echo);
}

/* Gives more lines to the last expression that can take them: if what follows it does not fit here, earlier ones cannot
 * help, for they would only leave less. */
static bool go_back(comparison *c)
{
    while (c->again.set && c->again.at.echo.len) {
        ff_slice echo = take_line(&c->again.at.echo), tail = c->again.tail;
        if (!spend(c, echo.len + 1))
            return false;
        if (!(is_open(echo, take_masked) ? tails_agree(tail_of(echo, take_masked), tail) : ff_slice_ends(echo, tail)))
            continue;
        c->at = c->again.at;
        c->fixed = c->again.fixed + tail.len;
        c->open = true;
        return true;
    }
    return false;
}

static ff_slice without_empty_ends(ff_slice text)
{
    ff_slice rest = text, line;
    while (ff_slice_take_until(&rest, '\n', &line) && !ff_slice_trim(line).len)
        text = rest;
    return ff_slice_trim_end(text);
}

static ff_echoed compare(comparison *c)
{
    while (c->at.script.len || c->at.echo.len) {
        bool fit = c->at.script.len && go_on(c);
        if (!fit && !go_back(c))
            return c->work ? FF_ECHOED_DIFFERS : FF_ECHOED_UNSURE;
    }
    return c->work && (!c->open || c->fixed >= FIXED_MIN) ? FF_ECHOED_SAME : FF_ECHOED_UNSURE;
}

ff_echoed ff_echoed_compare(ff_slice script, ff_slice echo, size_t *work)
{
    comparison c = {.at = {without_empty_ends(script), without_empty_ends(echo)}, .work = *work};
    if (!c.at.script.len || !c.at.echo.len || script.len > FF_LIMIT_SCRIPT_BYTES || echo.len > FF_LIMIT_SCRIPT_BYTES)
        return FF_ECHOED_UNSURE;
    ff_echoed result = compare(&c);
    *work = c.work;
    return result;
}
