#include "diagnose/template.h"

#include "base/buf.h"

enum { FILLED_MAX = 16 * 1024, VALUES_SHOWN = 3 };

typedef struct ff_filling {
    const ff_case *c;
    const ff_diagnosis *diagnosis;
    ff_template_mode mode;
    bool missing; /* a capture without a value was met */
} ff_filling;

static bool needs_no_quoting(ff_slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        char ch = value.ptr[i];
        bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
        if (!plain && (ch == '\0' || !strchr("._/:@=+-,", ch)))
            return false;
    }
    return value.len > 0 && value.ptr[0] != '-';
}

/* True if the rule's author has opened a code span in this line, or a fenced block above it. */
static bool is_in_code(ff_slice filled)
{
    ff_slice line;
    bool fence = false, span = false;
    while (ff_slice_take_until(&filled, '\n', &line)) {
        span = false;
        if (ff_slice_starts(ff_slice_trim(line), FF_LIT("```")))
            fence = !fence;
        else
            for (size_t i = 0; i < line.len; i++)
                span = span != (line.ptr[i] == '`');
    }
    return fence || span;
}

/* A value cannot end the span that it stands in. */
static void add_span(ff_buf *out, ff_slice value)
{
    bool opens = !is_in_code(ff_buf_slice(out));
    ff_buf_add_repeat(out, '`', opens);
    for (size_t i = 0; i < value.len; i++)
        ff_buf_add_byte(out, value.ptr[i] == '`' ? '\'' : value.ptr[i]);
    ff_buf_add_repeat(out, '`', opens);
}

static void add_name(ff_buf *out, ff_slice name)
{
    for (size_t i = 0; i < name.len; i++)
        ff_buf_add_byte(out, name.ptr[i] >= 'a' && name.ptr[i] <= 'z' ? (char)(name.ptr[i] - 32) : name.ptr[i]);
}

static void add_values(ff_filling *filling, const ff_capture *capture, ff_slice name, ff_buf *out)
{
    if (filling->mode == FF_TEMPLATE_COMMAND) {
        if (needs_no_quoting(capture->values[0]))
            ff_buf_add(out, capture->values[0]);
        else
            add_name(out, name);
        return;
    }
    for (uint32_t i = 0; i < capture->count && i < VALUES_SHOWN; i++) {
        if (i)
            ff_buf_add(out, FF_LIT(", "));
        if (filling->mode == FF_TEMPLATE_MARKUP)
            add_span(out, capture->values[i]);
        else
            ff_buf_add(out, capture->values[i]);
    }
    if (capture->count > VALUES_SHOWN)
        ff_buf_printf(out, " and %u%s more", capture->count - VALUES_SHOWN, capture->more ? " or" : "");
}

static void add_capture(ff_filling *filling, ff_slice name, ff_buf *out)
{
    const ff_diagnosis *diagnosis = filling->diagnosis;
    const ff_capture *capture = ff_case_capture(filling->c, diagnosis->finding, diagnosis->job, name);
    if (capture && capture->count && capture->values[0].len) {
        add_values(filling, capture, name, out);
    } else if (ff_slice_eq(name, FF_LIT("count"))) {
        ff_buf_printf(out, "%u", diagnosis->count);
    } else {
        filling->missing = true;
        if (filling->mode == FF_TEMPLATE_COMMAND)
            add_name(out, name);
        else
            ff_buf_add_byte(out, '?');
    }
}

/* Fills `text` without optional parts. */
static void fill_plain(ff_filling *filling, ff_slice text, ff_buf *out)
{
    while (text.len) {
        size_t at = ff_slice_find(text, FF_LIT("${"));
        size_t end = at == SIZE_MAX ? SIZE_MAX : ff_slice_find_byte(ff_slice_from(text, at), '}');
        if (end == SIZE_MAX) {
            ff_buf_add(out, text);
            return;
        }
        ff_buf_add(out, ff_slice_cut(text, at));
        add_capture(filling, ff_slice_cut(ff_slice_from(text, at + 2), end - 2), out);
        text = ff_slice_from(text, at + end + 1);
    }
}

ff_slice ff_template_fill(const ff_case *c, ff_slice text, const ff_diagnosis *diagnosis, ff_template_mode mode)
{
    ff_filling filling = {.c = c, .diagnosis = diagnosis, .mode = mode};
    ff_buf out;
    ff_buf_init(&out, FILLED_MAX);
    while (text.len) {
        size_t open = ff_slice_find(text, FF_LIT("$["));
        size_t close = open == SIZE_MAX ? SIZE_MAX : ff_slice_find_byte(ff_slice_from(text, open), ']');
        if (close == SIZE_MAX) {
            fill_plain(&filling, text, &out);
            break;
        }
        fill_plain(&filling, ff_slice_cut(text, open), &out);
        size_t before = out.len;
        filling.missing = false;
        fill_plain(&filling, ff_slice_cut(ff_slice_from(text, open + 2), close - 2), &out);
        if (filling.missing && ff_buf_status(&out) == FF_OK)
            out.len = before;
        text = ff_slice_from(text, open + close + 1);
    }
    /* Past FILLED_MAX the text is simply shorter: captures are bounded, so only a rule's author can get there. */
    ff_slice filled = ff_arena_dup(c->run->arena, ff_buf_slice(&out));
    ff_buf_release(&out);
    return filled;
}
