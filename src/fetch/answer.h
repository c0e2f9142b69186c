/* What an HTTP answer said besides its body: the status and those headers that mean something here.
 *
 * Names are compared without case; the first of several headers of one name counts, except that a new status line
 * (after `100 Continue`, or a proxy's own) starts all over. No value is longer than FF_LIMIT_HEADER_BYTES.
 */
#ifndef FF_FETCH_ANSWER_H
#define FF_FETCH_ANSWER_H

#include "base/buf.h"

typedef enum ff_header {
    FF_HEADER_LOCATION,
    FF_HEADER_LINK,
    FF_HEADER_ETAG,
    FF_HEADER_CONTENT_TYPE,
    FF_HEADER_CONTENT_LENGTH,
    FF_HEADER_DATE,
    FF_HEADER_RETRY_AFTER,
    FF_HEADER_REMAINING,
    FF_HEADER_RESET,
    FF_HEADER_SSO,
    FF_HEADER_PERMISSIONS,
    FF_HEADER_COUNT
} ff_header;

typedef struct ff_answer {
    uint32_t http;                   /* status; 0: none came */
    ff_buf headers[FF_HEADER_COUNT]; /* owned; empty: not sent */
} ff_answer;

/* Starts an answer, empties it for another one, frees it. */
void ff_answer_init(ff_answer *answer);
void ff_answer_reset(ff_answer *answer);
void ff_answer_release(ff_answer *answer); /* a zeroed one is fine */

/* Takes one line as it came, with or without its line end. FF_OK; FF_LIMIT when a header that counts is too long;
 * FF_NOMEM. */
ff_status ff_answer_add_line(ff_answer *answer, ff_slice line);

/* A header's value without blanks around it, borrowed; empty: not sent. */
ff_slice ff_answer_header(const ff_answer *answer, ff_header header);

#endif
