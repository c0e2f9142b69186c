/* Status codes and positioned errors.
 *
 * Every fallible function returns an ff_status: FF_OK (0) or a negative code. Detail goes into an optional,
 * caller-owned ff_error; the first error wins, so a cleanup path cannot hide the reason. No global state.
 *
 *     ff_error error = {0};
 *     if (ff_yaml_parse(..., &error) != FF_OK)
 *         fprintf(stderr, "%s\n", error.text);
 */
#ifndef FF_BASE_ERROR_H
#define FF_BASE_ERROR_H

#include <firstfault/base.h>

/* Records status and text (printf style) unless an error stands there already. Returns `status`, so that callers
 * can write `return ff_error_set(error, FF_IO, ...)`. `error` may be NULL. The text stays one line: C0 controls and DEL
 * become `?`. Too long a text is cut between code points. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
ff_status
ff_error_set(ff_error *error, ff_status status, const char *format, ...);

/* The same with a position: the text becomes `file:line:column: …` (`file: …` when `line` is 0), so that printing
 * `text` alone is enough. In `error->file` the name is cut at FF_ERROR_FILE - 1 bytes, in the text at 200. */
#if defined(__GNUC__)
__attribute__((format(printf, 6, 7)))
#endif
ff_status
ff_error_at(ff_error *error, ff_status status, const char *file, uint32_t line, uint32_t column, const char *format,
            ...);

/* A static English word for a status, never NULL. */
const char *ff_status_name(ff_status status);

#endif
