#include "cli/message.h"

#include "base/keep.h"
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
    ff_buf masked, safe;
    ff_buf_init(&masked, 4 * sizeof text);
    ff_buf_init(&safe, 32 * sizeof text);
    (void)ff_text_redact(&masked, ff_slice_of(text));
    ff_utf8_add_safe(&safe, ff_buf_slice(&masked));
    ff_buf_inherit(&safe, &masked);
    ff_slice shown = ff_buf_status(&safe) == FF_OK ? ff_buf_slice(&safe) : FF_LIT("out of memory");
    (void)fprintf(stderr, "firstfault: %.*s\n", FF_ARG(shown));
    ff_buf_release(&masked);
    ff_buf_release(&safe);
}
