/* Words that every part of the public interface uses: status, error, borrowed text.
 *
 * Encoding: text that firstfault hands out is UTF-8 unless a comment says otherwise; file names are bytes as the system
 * gives them. No function prints, exits or keeps global state; distinct objects may be used from distinct threads.
 */
#ifndef FIRSTFAULT_BASE_H
#define FIRSTFAULT_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define FF_API __attribute__((visibility("default")))
#else
#define FF_API
#endif

/* Result of every fallible function: FF_OK or a negative code. */
typedef enum ff_status {
    FF_OK = 0,
    FF_END = -1,         /* nothing more to read; expected, carries no error text */
    FF_NOMEM = -2,       /* an allocation failed */
    FF_LIMIT = -3,       /* a named bound was reached */
    FF_IO = -4,          /* the system refused a read or write */
    FF_INVALID = -5,     /* the input does not have the form it should have */
    FF_UNSUPPORTED = -6, /* well-formed, but of a kind this program does not read */
    FF_NOT_FOUND = -7,   /* the thing asked for does not exist */
    FF_DENIED = -8,      /* a service refused the token, or asks for a permission that it lacks */
    FF_MISUSE = -9,      /* what was asked for, or the environment, makes no sense: the caller can mend it */
} ff_status;

enum { FF_ERROR_TEXT = 512, FF_ERROR_FILE = 256 };

/* What went wrong and where; caller-owned, zero-initialised. The first error set wins. `text` is one line without a
 * newline; it may quote untrusted names. `line` and `column` are 1-based, 0 when there is no position. */
typedef struct ff_error {
    ff_status status;
    uint32_t line;
    uint32_t column;
    char file[FF_ERROR_FILE];
    char text[FF_ERROR_TEXT];
} ff_error;

/* Borrowed text: pointer and length, no NUL at the end, any bytes inside. The empty slice may have a NULL pointer. */
typedef struct ff_slice {
    const char *ptr;
    size_t len;
} ff_slice;

#ifdef __cplusplus
}
#endif

#endif
