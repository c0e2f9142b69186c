#include "base/error.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { PREFIX_FILE = 200 }; /* bytes of the file name in the text */

static const char *const STATUS_NAMES[] = {
    [-FF_OK] = "ok",
    [-FF_END] = "end",
    [-FF_NOMEM] = "out of memory",
    [-FF_LIMIT] = "limit reached",
    [-FF_IO] = "i/o error",
    [-FF_INVALID] = "invalid input",
    [-FF_UNSUPPORTED] = "unsupported",
    [-FF_NOT_FOUND] = "not found",
    [-FF_DENIED] = "not authorised",
    [-FF_MISUSE] = "makes no sense",
};

/* Messages are for people: a cut one is still useful, so the truncation of vsnprintf is accepted here. The four bytes
 * more let the cut see the code point that crosses the end. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 0)))
#endif
static void
fill(ff_error *error, ff_status status, const char *prefix, const char *format, va_list args)
{
    char text[FF_ERROR_TEXT + 4];
    int used = snprintf(text, sizeof text, "%s", prefix);
    if (used >= 0 && (size_t)used < sizeof text)
        (void)vsnprintf(text + used, sizeof text - (size_t)used, format, args);
    ff_slice kept = ff_utf8_cut(ff_slice_of(text), FF_ERROR_TEXT - 1);
    for (size_t i = 0; i < kept.len; i++) {
        unsigned char byte = (unsigned char)text[i];
        error->text[i] = byte < 0x20 || byte == 0x7F ? '?' : text[i];
    }
    error->text[kept.len] = '\0';
    error->status = status;
}

ff_status ff_error_set(ff_error *error, ff_status status, const char *format, ...)
{
    if (error && error->status == FF_OK) {
        va_list args;
        va_start(args, format);
        fill(error, status, "", format, args);
        va_end(args);
    }
    return status;
}

ff_status ff_error_at(ff_error *error, ff_status status, const char *file, uint32_t line, uint32_t column,
                      const char *format, ...)
{
    if (!error || error->status != FF_OK)
        return status;
    ff_slice name = ff_slice_of(file);
    char prefix[PREFIX_FILE + 32];
    if (line)
        (void)snprintf(prefix, sizeof prefix, "%.*s:%u:%u: ", FF_ARG(ff_utf8_cut(name, PREFIX_FILE)), line, column);
    else
        (void)snprintf(prefix, sizeof prefix, "%.*s: ", FF_ARG(ff_utf8_cut(name, PREFIX_FILE)));
    va_list args;
    va_start(args, format);
    fill(error, status, prefix, format, args);
    va_end(args);
    (void)snprintf(error->file, sizeof error->file, "%.*s", FF_ARG(ff_utf8_cut(name, FF_ERROR_FILE - 1)));
    error->line = line;
    error->column = column;
    return status;
}

const char *ff_status_name(ff_status status)
{
    size_t at = (size_t)-status;
    return at < sizeof STATUS_NAMES / sizeof *STATUS_NAMES ? STATUS_NAMES[at] : "unknown status";
}
