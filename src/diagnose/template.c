#include "diagnose/template.h"

#include "base/fill.h"

enum { FILLED_MAX = 16 * 1024, VALUES_SHOWN = 3 };

typedef struct ff_filling {
    const ff_case *c;
    const ff_diagnosis *diagnosis;
    ff_template_mode mode;
    uint32_t left_out; /* values of a capture of which only the first one is named: the most of any */
    bool more;         /* and others that were not kept */
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

static void add_value(const ff_filling *filling, ff_slice value, ff_buf *out)
{
    if (filling->mode == FF_TEMPLATE_MARKUP)
        add_span(out, value);
    else
        ff_buf_add(out, value);
}

static void add_rest(ff_buf *out, uint32_t left_out, bool more)
{
    if (left_out)
        ff_buf_printf(out, " and %u%s more", left_out, more ? " or" : "");
}

/* A few values, and how many more there are. */
static void add_values(const ff_filling *filling, const ff_capture *capture, ff_buf *out)
{
    for (uint32_t i = 0; i < capture->count && i < VALUES_SHOWN; i++) {
        ff_buf_add(out, i ? FF_LIT(", ") : (ff_slice){0});
        add_value(filling, capture->values[i], out);
    }
    add_rest(out, capture->count > VALUES_SHOWN ? capture->count - VALUES_SHOWN : 0, capture->more);
}

static void add_first(ff_filling *filling, const ff_capture *capture, ff_buf *out)
{
    add_value(filling, capture->values[0], out);
    if (capture->count - 1 > filling->left_out)
        filling->left_out = capture->count - 1;
    filling->more = filling->more || capture->more;
}

/* A command takes one value, and only one that the shell does not read as anything else. */
static void add_argument(const ff_capture *capture, ff_slice name, ff_buf *out)
{
    if (needs_no_quoting(capture->values[0]))
        ff_buf_add(out, capture->values[0]);
    else
        add_name(out, name);
}

static bool add_capture(void *self, ff_slice name, ff_buf *out)
{
    ff_filling *filling = self;
    const ff_diagnosis *diagnosis = filling->diagnosis;
    bool first = ff_fill_take_first(&name);
    const ff_capture *capture = ff_case_capture(filling->c, diagnosis->finding, diagnosis->job, name);
    if (capture && capture->count && capture->values[0].len) {
        if (filling->mode == FF_TEMPLATE_COMMAND)
            add_argument(capture, name, out);
        else if (first || filling->mode == FF_TEMPLATE_RAW)
            add_first(filling, capture, out);
        else
            add_values(filling, capture, out);
        return true;
    }
    if (ff_slice_eq(name, FF_LIT("count"))) {
        ff_buf_printf(out, "%u", diagnosis->count);
        return true;
    }
    if (filling->mode == FF_TEMPLATE_COMMAND)
        add_name(out, name);
    else
        ff_buf_add_byte(out, '?');
    return false;
}

ff_slice ff_template_fill(const ff_case *c, ff_slice text, const ff_diagnosis *diagnosis, ff_template_mode mode)
{
    ff_filling filling = {.c = c, .diagnosis = diagnosis, .mode = mode};
    ff_buf out;
    ff_buf_init(&out, FILLED_MAX);
    bool complete = ff_fill(text, add_capture, &filling, &out);
    if (mode == FF_TEMPLATE_TITLE)
        add_rest(&out, filling.left_out, filling.more);
    /* Past FILLED_MAX the text is simply shorter: captures are bounded, so only a rule's author can get there. */
    bool empty = mode == FF_TEMPLATE_RAW && !complete;
    ff_slice filled = empty ? (ff_slice){0} : ff_arena_dup(c->run->arena, ff_buf_slice(&out));
    ff_buf_release(&out);
    return filled;
}
