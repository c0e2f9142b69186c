/* What visitors were shown, in words with a blank between them. */
#ifndef TESTS_HISTORY_SPOKEN_H
#define TESTS_HISTORY_SPOKEN_H

#include <stdarg.h>
#include <stdio.h>

typedef struct spoken {
    char text[2048];
    size_t len;
} spoken;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static inline void
spoken_add(void *self, const char *format, ...)
{
    spoken *said = self;
    va_list args;
    if (said->len)
        said->text[said->len++] = ' ';
    va_start(args, format);
    said->len += (size_t)vsnprintf(said->text + said->len, sizeof said->text - said->len, format, args);
    va_end(args);
    assert_true(said->len + 1 < sizeof said->text);
}

#endif
