/* Which server, where its API is, and which token belongs to it.
 *
 *     ff_host host;
 *     if (ff_host_find(&host, FF_LIT("github.com"), &options, &error) == FF_OK) ... host.api ... host.token ...
 *
 * A token is bound to its host, as gh does it: GH_TOKEN and GITHUB_TOKEN are for github.com and *.ghe.com,
 * GH_ENTERPRISE_TOKEN and GITHUB_ENTERPRISE_TOKEN for all others. On the server of GITHUB_SERVER_URL, which Actions
 * sets, the first two count behind the others. Sources: https://cli.github.com/manual/gh_help_environment,
 * https://docs.github.com/en/actions/reference/variables
 */
#ifndef FF_FETCH_HOST_H
#define FF_FETCH_HOST_H

#include "base/error.h"
#include "base/slice.h"

enum { FF_HOST_NAME_BYTES = 254, FF_HOST_API_BYTES = 512, FF_HOST_TOKEN_BYTES = 1024 };

typedef struct ff_host {
    char name[FF_HOST_NAME_BYTES];   /* `github.com`, as in the addresses of its pages */
    char api[FF_HOST_API_BYTES];     /* `https://api.github.com`, without a slash at the end */
    char token[FF_HOST_TOKEN_BYTES]; /* empty: none was found */
    const char *token_from;          /* the variable or program that gave it; static; NULL without one */
    const char *wants;               /* the variable that a token for it belongs into; static; NULL: not looked for */
} ff_host;

typedef struct ff_host_options {
    const char *(*variable)(void *self, const char *name); /* a variable of the environment, or NULL: getenv */
    /* Asked last when no variable has a token; writes it with a NUL. NULL: nobody is asked. FF_OK or FF_NOT_FOUND. */
    ff_status (*ask)(void *self, const char *host, char *token, size_t size);
    void *self;
} ff_host_options;

/* The host that is meant where nothing names one: GH_HOST, else the server of GITHUB_SERVER_URL, else github.com.
 * FF_OK, or FF_INVALID with a text that names the variable. */
ff_status ff_host_default(char name[FF_HOST_NAME_BYTES], const ff_host_options *options, ff_error *error);

/* Fills `host` for a server's name. The API is at GITHUB_API_URL for the default server (the one of GITHUB_SERVER_URL
 * or github.com), else api.github.com, api.NAME for *.ghe.com, NAME/api/v3. FF_OK; FF_INVALID when a name, a variable
 * or a token has not the form it must have (a token with blanks or line ends, an API that is neither https nor
 * loopback). No text shows a token. */
ff_status ff_host_find(ff_host *host, ff_slice name, const ff_host_options *options, ff_error *error);

/* True for a DNS name or address with an optional port, lower or upper case. */
bool ff_host_is_name(ff_slice name);

#endif
