#include "cli/message.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { MESSAGE_BYTES = 2048 };

void ff_message(const char *format, ...)
{
    char text[MESSAGE_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    /* A runner reads `##[…]` anywhere in a line; `::` only at its start, where the program's name stands. */
    for (char *mark = strstr(text, "##["); mark; mark = strstr(mark + 1, "##["))
        mark[1] = ' ';
    ff_buf safe;
    ff_buf_init(&safe, 8 * sizeof text);
    ff_utf8_add_safe(&safe, ff_slice_of(text));
    (void)fprintf(stderr, "firstfault: %.*s\n", FF_ARG(ff_buf_slice(&safe)));
    ff_buf_release(&safe);
}
