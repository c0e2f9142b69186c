#include "fetch/host.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static const char *no_variable(void *self, const char *name)
{
    (void)self;
    return getenv(name);
}

/* A variable of the environment; an empty one is not set. */
static ff_slice variable(const ff_host_options *options, const char *name)
{
    const char *value = options && options->variable ? options->variable(options->self, name) : no_variable(NULL, name);
    return ff_slice_of(value);
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_label_byte(char byte)
{
    byte = lower(byte);
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-';
}

/* One part of a DNS name or of an IPv4 address. */
static bool is_label(ff_slice label)
{
    for (size_t i = 0; i < label.len; i++)
        if (!is_label_byte(label.ptr[i]))
            return false;
    return label.len > 0 && label.len <= 63 && label.ptr[0] != '-' && label.ptr[label.len - 1] != '-';
}

static bool is_dns_name(ff_slice name)
{
    ff_slice label;
    if (!name.len || ff_slice_ends(name, FF_LIT(".")))
        return false;
    while (ff_slice_take_until(&name, '.', &label))
        if (!is_label(label))
            return false;
    return true;
}

/* Between the brackets; what is no address is refused by whoever looks it up. */
static bool is_ipv6(ff_slice address)
{
    for (size_t i = 0; i < address.len; i++)
        if (!strchr("0123456789abcdef:.", lower(address.ptr[i])) || !address.ptr[i])
            return false;
    return address.len >= 2 && ff_slice_find_byte(address, ':') != SIZE_MAX;
}

static bool is_port(ff_slice text)
{
    uint64_t port;
    return text.len <= 5 && ff_slice_to_uint(text, &port) && port >= 1 && port <= 65535;
}

/* Splits off the port. False if there is a colon without one. */
static bool take_address(ff_slice name, ff_slice *address)
{
    ff_slice rest;
    if (ff_slice_take_prefix(&name, FF_LIT("["))) {
        size_t end = ff_slice_find_byte(name, ']');
        *address = ff_slice_cut(name, end);
        rest = end == SIZE_MAX ? FF_LIT(":") : ff_slice_from(name, end + 1);
    } else {
        size_t end = ff_slice_find_byte(name, ':');
        *address = ff_slice_cut(name, end);
        rest = end == SIZE_MAX ? (ff_slice){0} : ff_slice_from(name, end);
    }
    return !rest.len || (ff_slice_take_prefix(&rest, FF_LIT(":")) && is_port(rest));
}

bool ff_host_is_name(ff_slice name)
{
    ff_slice address;
    bool bracketed = ff_slice_starts(name, FF_LIT("["));
    return name.len < FF_HOST_NAME_BYTES && take_address(name, &address) &&
           (bracketed ? is_ipv6(address) : is_dns_name(address));
}

/* This very machine: the only place that may be asked without TLS. */
static bool is_loopback(ff_slice name)
{
    ff_slice address;
    if (!take_address(name, &address))
        return false;
    if (ff_slice_eq_nocase(address, FF_LIT("localhost")) || ff_slice_eq(address, FF_LIT("::1")))
        return true;
    if (!ff_slice_starts(address, FF_LIT("127.")))
        return false;
    uint64_t number;
    size_t count = 0;
    for (ff_slice part; count < 5 && ff_slice_take_until(&address, '.', &part); count++)
        if (!ff_slice_to_uint(part, &number) || number > 255)
            return false;
    return count == 4 && !address.len;
}

static bool take_scheme(ff_slice *url, ff_slice scheme)
{
    if (!ff_slice_eq_nocase(ff_slice_cut(*url, scheme.len), scheme))
        return false;
    *url = ff_slice_from(*url, scheme.len);
    return true;
}

static bool is_path(ff_slice path)
{
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] <= ' ' || path.ptr[i] == 0x7F || strchr("?#\\\"<>%", path.ptr[i]))
            return false;
    return ff_slice_find(path, FF_LIT("/..")) == SIZE_MAX;
}

/* Takes a server's address from a variable apart: scheme, host, path without a slash at the end. */
static ff_status take_base(ff_slice url, const char *from, ff_slice *host, ff_slice *path, ff_error *error)
{
    bool secure = take_scheme(&url, FF_LIT("https://"));
    if (!secure && !take_scheme(&url, FF_LIT("http://")))
        return ff_error_set(error, FF_INVALID, "%s must begin with https://", from);
    size_t slash = ff_slice_find_byte(url, '/');
    *host = ff_slice_cut(url, slash);
    *path = slash == SIZE_MAX ? (ff_slice){0} : ff_slice_from(url, slash);
    while (ff_slice_ends(*path, FF_LIT("/")))
        path->len--;
    if (!ff_host_is_name(*host) || !is_path(*path))
        return ff_error_set(error, FF_INVALID, "%s is not the address of a server", from);
    if (!secure && !is_loopback(*host))
        return ff_error_set(error, FF_INVALID, "%s must begin with https://: http is only for this machine", from);
    return FF_OK;
}

static void copy_lower(char name[FF_HOST_NAME_BYTES], ff_slice text)
{
    for (size_t i = 0; i < text.len; i++)
        name[i] = lower(text.ptr[i]);
    name[text.len] = '\0';
}

/* The server whose environment this is: the one of GITHUB_SERVER_URL, else github.com. */
static ff_status find_server(char name[FF_HOST_NAME_BYTES], const ff_host_options *options, ff_error *error)
{
    static const char from[] = "GITHUB_SERVER_URL";
    ff_slice url = variable(options, from), host = FF_LIT("github.com"), path = {0};
    ff_status status = url.len ? take_base(url, from, &host, &path, error) : FF_OK;
    if (status == FF_OK && path.len)
        status = ff_error_set(error, FF_INVALID, "%s is not the address of a server", from);
    if (status == FF_OK)
        copy_lower(name, host);
    return status;
}

ff_status ff_host_default(char name[FF_HOST_NAME_BYTES], const ff_host_options *options, ff_error *error)
{
    ff_slice host = variable(options, "GH_HOST");
    if (!host.len)
        return find_server(name, options, error);
    if (!ff_host_is_name(host))
        return ff_error_set(error, FF_INVALID, "GH_HOST is not the name of a host");
    copy_lower(name, host);
    return FF_OK;
}

static bool is_cloud(ff_slice name)
{
    return ff_slice_eq(name, FF_LIT("github.com")) || ff_slice_ends(name, FF_LIT(".ghe.com"));
}

static ff_status find_api(ff_host *host, const char *server, const ff_host_options *options, ff_error *error)
{
    static const char from[] = "GITHUB_API_URL";
    ff_slice name = ff_slice_of(host->name), url = variable(options, from), api = {0}, path = {0};
    if (url.len && ff_slice_eq(name, ff_slice_of(server))) {
        ff_status status = take_base(url, from, &api, &path, error);
        if (status != FF_OK)
            return status;
        const char *scheme = ff_slice_eq_nocase(ff_slice_cut(url, 5), FF_LIT("https")) ? "https" : "http";
        int length = snprintf(host->api, sizeof host->api, "%s://%.*s%.*s", scheme, FF_ARG(api), FF_ARG(path));
        return length > 0 && (size_t)length < sizeof host->api
                   ? FF_OK
                   : ff_error_set(error, FF_INVALID, "%s is too long", from);
    }
    /* Names are shorter than the room by more than what is put around them. */
    (void)snprintf(host->api, sizeof host->api, is_cloud(name) ? "https://api.%s" : "https://%s/api/v3", host->name);
    return FF_OK;
}

static bool is_token(ff_slice token)
{
    for (size_t i = 0; i < token.len; i++)
        if (token.ptr[i] <= ' ' || token.ptr[i] >= 0x7F)
            return false;
    return token.len > 0;
}

/* Takes the token of a variable if there is one. */
static ff_status take_token(ff_host *host, const char *from, const ff_host_options *options, ff_error *error)
{
    ff_slice token = variable(options, from);
    if (!token.len || host->token[0])
        return FF_OK;
    if (!is_token(token))
        return ff_error_set(error, FF_INVALID, "%s holds a blank, a line end or another character that no token has",
                            from);
    if (token.len >= sizeof host->token)
        return ff_error_set(error, FF_INVALID, "%s is too long for a token", from);
    memcpy(host->token, token.ptr, token.len + 1);
    host->token_from = from;
    return FF_OK;
}

static ff_status ask_token(ff_host *host, const ff_host_options *options, ff_error *error)
{
    if (host->token[0] || !options || !options->ask ||
        options->ask(options->self, host->name, host->token, sizeof host->token) != FF_OK) {
        if (!host->token_from)
            memset(host->token, 0, sizeof host->token);
        return FF_OK;
    }
    host->token[sizeof host->token - 1] = '\0';
    if (host->token[0] && !is_token(ff_slice_of(host->token))) {
        memset(host->token, 0, sizeof host->token);
        return ff_error_set(error, FF_INVALID, "`gh auth token` gave something that is no token");
    }
    host->token_from = host->token[0] ? "gh" : NULL;
    return FF_OK;
}

/* On the server of an Actions job, GH_TOKEN and GITHUB_TOKEN are the job's own; the variables that are meant for such a
 * server come first there too, so that a token for github.com beside them stays at home. */
static ff_status find_token(ff_host *host, const char *server, const ff_host_options *options, ff_error *error)
{
    static const char *const cloud[] = {"GH_TOKEN", "GITHUB_TOKEN"};
    static const char *const other[] = {"GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"};
    bool is_ours = is_cloud(ff_slice_of(host->name));
    ff_status status = FF_OK;
    for (size_t i = 0; i < 2 && !is_ours && status == FF_OK; i++)
        status = take_token(host, other[i], options, error);
    is_ours |= ff_slice_eq(ff_slice_of(host->name), ff_slice_of(server));
    host->wants = is_ours ? cloud[0] : other[0];
    for (size_t i = 0; i < 2 && is_ours && status == FF_OK; i++)
        status = take_token(host, cloud[i], options, error);
    return status == FF_OK ? ask_token(host, options, error) : status;
}

ff_status ff_host_find(ff_host *host, ff_slice name, const ff_host_options *options, ff_error *error)
{
    char server[FF_HOST_NAME_BYTES];
    *host = (ff_host){0};
    if (!ff_host_is_name(name))
        return ff_error_set(error, FF_INVALID, "the host has not the form of a name or an address");
    copy_lower(host->name, ff_slice_eq_nocase(name, FF_LIT("www.github.com")) ? FF_LIT("github.com") : name);
    ff_status status = find_server(server, options, error);
    if (status == FF_OK)
        status = find_api(host, server, options, error);
    if (status == FF_OK)
        status = find_token(host, server, options, error);
    if (status != FF_OK)
        *host = (ff_host){0};
    return status;
}
