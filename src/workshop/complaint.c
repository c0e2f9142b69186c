#include "workshop/complaint.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_BYTES = 1024, EXCERPT_BYTES = 100 };

void ff_complain(ff_complaints *complaints, const ff_source_position *at, const ff_rule *rule, const char *format, ...)
{
    char text[TEXT_BYTES];
    ff_buf *out = complaints->out;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    ff_utf8_add_safe(out, ff_slice_of(at->file));
    ff_buf_printf(out, ":%u:%u: %.*s: ", at->line, at->column, FF_ARG(rule->id));
    ff_utf8_add_safe(out, ff_slice_of(text));
    ff_buf_add_byte(out, '\n');
    complaints->count++;
}

ff_slice ff_complaint_excerpt(ff_slice text)
{
    return ff_utf8_cut(ff_slice_cut(text, ff_slice_find_byte(text, '\n')), EXCERPT_BYTES);
}
