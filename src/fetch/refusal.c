#include "fetch/refusal.h"

#include "base/keep.h"
#include "base/limits.h"
#include "fetch/facts.h"
#include "fetch/http.h"

#include <time.h>

enum { MESSAGE_BYTES = 200, SCRATCH_BYTES = 1024 * 1024, DAY_SECONDS = 86400 };

static bool has_token(const ff_refusal *refusal)
{
    return refusal->host->token[0] != '\0';
}

/* How to get by without one. `gh` needs the name of a host that is not github.com. */
static void add_get_token(ff_buf *out, const ff_refusal *refusal)
{
    bool usual = ff_slice_eq(ff_slice_of(refusal->host->name), FF_LIT("github.com"));
    ff_buf_printf(out, "set %s or run 'gh auth login%s%s'", refusal->host->wants ? refusal->host->wants : "GH_TOKEN",
                  usual ? "" : " --hostname ", usual ? "" : refusal->host->name);
}

/* The server's own words. */
static void add_message(ff_buf *out, const ff_refusal *refusal, const char *before)
{
    ff_arena arena;
    ff_buf whole;
    ff_slice body = {0};
    uint32_t redactions = 0;
    ff_arena_init(&arena, SCRATCH_BYTES);
    ff_buf_init(&whole, FF_LIMIT_REFUSAL_BYTES);
    if (ff_body_slice(&refusal->call->body, &whole, &body, NULL) == FF_OK) {
        ff_slice message = ff_text_keep(&arena, ff_api_message(body, &arena), MESSAGE_BYTES, &redactions);
        if (message.len)
            ff_buf_printf(out, "%s%.*s", before, FF_ARG(message));
    }
    ff_buf_release(&whole);
    ff_arena_release(&arena);
}

static void add_what(ff_buf *out, const ff_refusal *refusal)
{
    if (refusal->call->what)
        ff_buf_printf(out, "%s: ", refusal->call->what);
}

static void say_unauthorised(ff_buf *out, const ff_refusal *refusal)
{
    if (has_token(refusal)) {
        ff_buf_printf(out,
                      "GitHub refused the token from %s (401): it is wrong, expired or revoked; "
                      "set another one, or leave it unset and run 'gh auth login'",
                      refusal->host->token_from ? refusal->host->token_from : "the environment");
        return;
    }
    ff_buf_add(out, FF_LIT("GitHub needs a token (401): "));
    add_get_token(out, refusal);
}

/* `required; url=https://github.com/orgs/o/sso?authorization_request=…`: the query is a secret, the rest is of use if
 * it leads to the server itself. */
static void say_single_sign_on(ff_buf *out, const ff_refusal *refusal)
{
    ff_slice header = ff_answer_header(refusal->answer, FF_HEADER_SSO);
    size_t at = ff_slice_find(header, FF_LIT("url="));
    ff_slice rest = at == SIZE_MAX ? (ff_slice){0} : ff_slice_from(header, at + 4), url = {0};
    (void)ff_slice_take_until(&rest, ';', &url); /* nothing there: no URL */
    ff_buf_add(out, FF_LIT("the organisation asks for single sign-on (403): authorise the token for it"));
    if (ff_http_same_host(url, ff_slice_of(refusal->host->name)) ||
        ff_http_same_origin(url, ff_slice_of(refusal->host->api))) {
        ff_buf_add(out, FF_LIT(" at "));
        ff_http_add_shown(out, url);
    }
}

/* The permissions that GitHub names; the empty slice for a header that is none of its. */
static ff_slice permissions_of(const ff_answer *answer)
{
    static const char ALLOWED[] = "abcdefghijklmnopqrstuvwxyz_=,; ";
    ff_slice value = ff_answer_header(answer, FF_HEADER_PERMISSIONS);
    for (size_t i = 0; i < value.len; i++)
        if (!memchr(ALLOWED, value.ptr[i], sizeof ALLOWED - 1))
            return (ff_slice){0};
    return ff_slice_cut(value, MESSAGE_BYTES);
}

/* What GitHub wants for a question, where it does not say so itself. */
static const char *permission_for(ff_slice path)
{
    static const struct {
        ff_slice part;
        const char *text;
    } ROWS[] = {
        {FF_TEXT("/git/"), "contents=read is what files need"},
        {FF_TEXT("/contents/"), "contents=read is what files need"},
        {FF_TEXT("/compare/"), "contents=read is what comparisons need"},
        {FF_TEXT("/check-runs/"), "checks=read is what annotations need"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        if (ff_slice_find(path, ROWS[i].part) != SIZE_MAX)
            return ROWS[i].text;
    return "actions=read is what logs need";
}

static void say_forbidden(ff_buf *out, const ff_refusal *refusal)
{
    if (ff_answer_header(refusal->answer, FF_HEADER_SSO).len) {
        say_single_sign_on(out, refusal);
        return;
    }
    ff_slice needs = permissions_of(refusal->answer);
    add_what(out, refusal);
    ff_buf_add(out, FF_LIT("GitHub refused it (403"));
    add_message(out, refusal, ": ");
    ff_buf_add_byte(out, ')');
    if (!has_token(refusal)) {
        ff_buf_add(out, FF_LIT("; it may need a token: "));
        add_get_token(out, refusal);
    } else if (needs.len)
        ff_buf_printf(out, "; the token lacks the permission %.*s", FF_ARG(needs));
    else
        ff_buf_printf(out, "; the token may lack a permission: %s", permission_for(refusal->call->path));
}

static void say_not_found(ff_buf *out, const ff_refusal *refusal)
{
    add_what(out, refusal);
    if (has_token(refusal)) {
        ff_buf_add(out, FF_LIT("not found, or this token cannot see it (404)"));
        return;
    }
    ff_buf_add(out, FF_LIT("not found, or it needs a token (404): "));
    add_get_token(out, refusal);
}

static void say_gone(ff_buf *out, const ff_refusal *refusal)
{
    add_what(out, refusal);
    if (refusal->call->kind == FF_CALL_FILE)
        ff_buf_add(out, FF_LIT("expired (410): GitHub keeps logs for a limited time only"));
    else
        ff_buf_add(out, FF_LIT("gone (410)"));
}

static void say_store_refused(ff_buf *out, const ff_refusal *refusal)
{
    add_what(out, refusal);
    ff_http_add_shown(out, refusal->url);
    ff_buf_printf(out, " refused the addresses that GitHub gave for it (%u); is the clock of a proxy wrong?",
                  refusal->answer->http);
}

/* The statuses that are explained. */
static const struct {
    uint32_t http;
    ff_side side;
    void (*say)(ff_buf *out, const ff_refusal *refusal);
} SAYINGS[] = {
    {401, FF_SIDE_API, say_unauthorised},    {403, FF_SIDE_API, say_forbidden},
    {404, FF_SIDE_API, say_not_found},       {410, FF_SIDE_API, say_gone},
    {401, FF_SIDE_STORE, say_store_refused}, {403, FF_SIDE_STORE, say_store_refused},
    {404, FF_SIDE_STORE, say_store_refused}, {410, FF_SIDE_STORE, say_gone},
};

static void say_retired(ff_buf *out, const ff_refusal *refusal)
{
    (void)refusal;
    ff_buf_add(out, FF_LIT("GitHub no longer supports version 2022-11-28 of its API: a newer firstfault is needed"));
}

static void add_time(ff_buf *out, const ff_advice *advice)
{
    char text[40] = "an unknown time";
    struct tm parts;
    time_t time = (time_t)advice->until;
    bool known = gmtime_r(&time, &parts) != NULL;
    if (known && advice->wait_ms / 1000 < DAY_SECONDS)
        (void)strftime(text, sizeof text, "%H:%M:%S UTC", &parts); /* it fits */
    else if (known)
        (void)strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts);
    ff_buf_add(out, ff_slice_of(text));
}

static void say_limit(ff_buf *out, const ff_refusal *refusal)
{
    static const char *const KINDS[] = {
        [FF_LIMIT_KIND_NONE] = "",
        [FF_LIMIT_KIND_PRIMARY] = "rate limit of GitHub's API: used up until ",
        [FF_LIMIT_KIND_SECONDARY] = "rate limit of GitHub's API (secondary): too much at once, wait until ",
        [FF_LIMIT_KIND_BUSY] = "the server is busy and asks to wait until ",
    };
    ff_buf_add(out, ff_slice_of(KINDS[refusal->advice.limit]));
    add_time(out, &refusal->advice);
    uint64_t seconds = refusal->needed_ms / 1000 + (refusal->needed_ms % 1000 > 0);
    if (seconds > 0 && seconds <= FF_LIMIT_WAIT_SECONDS)
        ff_buf_printf(out, "; --max-wait %llu would wait for it", (unsigned long long)seconds);
    if (refusal->advice.limit == FF_LIMIT_KIND_PRIMARY && !has_token(refusal)) {
        ff_buf_add(out, FF_LIT("; with a token it is higher: "));
        add_get_token(out, refusal);
    }
}

static void say_broken(ff_buf *out, const ff_refusal *refusal)
{
    add_what(out, refusal);
    ff_http_add_shown(out, refusal->side == FF_SIDE_API ? ff_slice_of(refusal->host->api) : refusal->url);
    ff_buf_printf(out, ": %s (%u tries); check the network and the proxy, or try again later", refusal->network,
                  refusal->tries);
}

static void say_status(ff_buf *out, const ff_refusal *refusal)
{
    add_what(out, refusal);
    ff_buf_printf(out, "%s answered %u", refusal->side == FF_SIDE_API ? "GitHub" : "the store of the logs",
                  refusal->answer->http);
    if (refusal->tries > 1)
        ff_buf_printf(out, " to each of %u tries", refusal->tries);
    add_message(out, refusal, ": ");
    if (refusal->answer->http >= 500)
        ff_buf_add(out, FF_LIT("; try again later"));
}

static void say(ff_buf *out, const ff_refusal *refusal)
{
    if (refusal->advice.status == FF_UNSUPPORTED)
        say_retired(out, refusal);
    else if (refusal->advice.limit != FF_LIMIT_KIND_NONE)
        say_limit(out, refusal);
    else if (refusal->answer->http == 0)
        say_broken(out, refusal);
    else {
        size_t i = 0;
        while (i < sizeof SAYINGS / sizeof *SAYINGS &&
               (SAYINGS[i].http != refusal->answer->http || SAYINGS[i].side != refusal->side))
            i++;
        (i < sizeof SAYINGS / sizeof *SAYINGS ? SAYINGS[i].say : say_status)(out, refusal);
    }
}

void ff_refusal_tell(const ff_refusal *refusal, ff_error *error)
{
    ff_buf text;
    ff_buf_init(&text, FF_LIMIT_HEADER_BYTES);
    say(&text, refusal);
    (void)ff_error_set(error, refusal->advice.status, "%.*s", FF_ARG(ff_buf_slice(&text)));
    ff_buf_release(&text);
}
