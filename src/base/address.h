/* The parts that addresses of GitHub's pages are made of: what does not have its form is not linked to.
 *
 *     if (ff_address_is_host(host) && ff_address_is_repository(repository))
 *         ff_buf_printf(out, "https://%.*s/%.*s", FF_ARG(host), FF_ARG(repository));
 */
#ifndef FF_BASE_ADDRESS_H
#define FF_BASE_ADDRESS_H

#include "base/slice.h"

/* 1 to `max` ASCII letters, digits and `others`, the first of them a letter or digit unless that is one of the
 * `first_too`. */
bool ff_address_has_form(ff_slice text, size_t max, const char *others, const char *first_too);

/* A DNS name, without a port. */
bool ff_address_is_host(ff_slice host);

/* OWNER/REPO in the characters that GitHub allows. */
bool ff_address_is_repository(ff_slice text);

#endif
