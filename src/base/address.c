#include "base/address.h"

/* Longest names that GitHub gives out; a DNS name for the host. */
enum { HOST_BYTES = 253, OWNER_BYTES = 100, REPOSITORY_BYTES = 100 };

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool ff_address_has_form(ff_slice text, size_t max, const char *others, const char *first_too)
{
    if (text.len == 0 || text.len > max)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        const char *allowed = i == 0 ? first_too : others;
        if (!is_alnum(c) && (c == '\0' || !strchr(allowed, c)))
            return false;
    }
    return true;
}

bool ff_address_is_host(ff_slice host)
{
    return ff_address_has_form(host, HOST_BYTES, ".-", "") && ff_slice_find(host, FF_LIT("..")) == SIZE_MAX;
}

/* `.` and `..` would be taken for parts of a path; `.github` is a name that exists. */
bool ff_address_is_repository(ff_slice text)
{
    size_t slash = ff_slice_find_byte(text, '/');
    if (slash == SIZE_MAX)
        return false;
    ff_slice owner = ff_slice_cut(text, slash), name = ff_slice_from(text, slash + 1);
    return ff_address_has_form(owner, OWNER_BYTES, "-_", "") &&
           ff_address_has_form(name, REPOSITORY_BYTES, "._-", "._-") && !ff_slice_eq(name, FF_LIT(".")) &&
           !ff_slice_eq(name, FF_LIT(".."));
}
