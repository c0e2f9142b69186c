/* The token that the gh program keeps, for those who set no variable. */
#ifndef FF_CLI_GH_H
#define FF_CLI_GH_H

#include "base/error.h"

#include <stddef.h>

/* Asks `gh auth token --hostname HOST`, for five seconds at most, and writes the token with a NUL; `self` is not used,
 * so that this can be the `ask` of ff_host_options. gh gets no token of ours: the variables that hold one are kept from
 * it. FF_OK; FF_NOT_FOUND, with `token` zeroed, when there is no gh, when it knows no token, or when what it says is
 * not one line that fits. */
ff_status ff_gh_token(void *self, const char *host, char *token, size_t size);

#endif
