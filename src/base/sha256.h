/* SHA-256, through OpenSSL's EVP interface (the only file that includes it). */
#ifndef FF_BASE_SHA256_H
#define FF_BASE_SHA256_H

#include "base/error.h"
#include "base/slice.h"

enum { FF_SHA256_HEX = 64 };

typedef struct ff_sha256 ff_sha256;

/* A new hash state, or NULL without memory. Free with ff_sha256_free (NULL is fine). */
ff_sha256 *ff_sha256_new(void);
void ff_sha256_free(ff_sha256 *digest);

/* Feeds one field: its length first, then its bytes, so that ("ab","c") and ("a","bc") differ. Failure is sticky. */
void ff_sha256_field(ff_sha256 *digest, ff_slice field);

/* Writes 64 lower-case hexadecimal digits and a NUL. FF_OK, or FF_NOMEM if anything failed on the way. */
ff_status ff_sha256_finish(ff_sha256 *digest, char hex[FF_SHA256_HEX + 1]);

#endif
