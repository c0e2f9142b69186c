#include "base/sha256.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct ff_sha256 {
    EVP_MD_CTX *context;
    bool failed;
};

ff_sha256 *ff_sha256_new(void)
{
    ff_sha256 *digest = calloc(1, sizeof *digest);
    if (!digest)
        return NULL;
    digest->context = EVP_MD_CTX_new();
    digest->failed = !digest->context || EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) != 1;
    return digest;
}

void ff_sha256_free(ff_sha256 *digest)
{
    if (digest)
        EVP_MD_CTX_free(digest->context);
    free(digest);
}

void ff_sha256_field(ff_sha256 *digest, ff_slice field)
{
    unsigned char length[8];
    uint64_t value = field.len;
    for (size_t i = 0; i < sizeof length; i++, value >>= 8)
        length[i] = (unsigned char)value;
    if (!digest->failed)
        digest->failed = EVP_DigestUpdate(digest->context, length, sizeof length) != 1 ||
                         (field.len && EVP_DigestUpdate(digest->context, field.ptr, field.len) != 1);
}

ff_status ff_sha256_finish(ff_sha256 *digest, char hex[FF_SHA256_HEX + 1])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    if (digest->failed || EVP_DigestFinal_ex(digest->context, raw, &length) != 1 || length * 2 != FF_SHA256_HEX)
        return FF_NOMEM;
    for (unsigned int i = 0; i < length; i++) {
        hex[2 * i] = digits[raw[i] >> 4];
        hex[2 * i + 1] = digits[raw[i] & 15];
    }
    hex[FF_SHA256_HEX] = '\0';
    return FF_OK;
}
