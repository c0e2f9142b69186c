/* SHA-256, through OpenSSL's EVP interface (the only file that includes it). */
#ifndef FF_BASE_DIGEST_H
#define FF_BASE_DIGEST_H

#include "base/error.h"
#include "base/slice.h"

enum { FF_DIGEST_HEX = 64 };

typedef struct ff_digest ff_digest;

/* A new hash state, or NULL without memory. Free with ff_digest_free (NULL is fine). */
ff_digest *ff_digest_new(void);
void ff_digest_free(ff_digest *digest);

/* Feeds one field: its length first, then its bytes, so that ("ab","c") and ("a","bc") differ. Failure is sticky. */
void ff_digest_field(ff_digest *digest, ff_slice field);

/* Writes 64 lower-case hexadecimal digits and a NUL. FF_OK, or FF_NOMEM if anything failed on the way. */
ff_status ff_digest_finish(ff_digest *digest, char hex[FF_DIGEST_HEX + 1]);

#endif
