#include "fetch/question.h"

#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>

ff_slice ff_question_path(const ff_github *github, const char *format, ...)
{
    char rest[FF_QUESTION_PATH_BYTES];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(rest, sizeof rest, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof rest)
        return (ff_slice){0};
    return ff_arena_printf(github->arena, "/repos/%.*s/%.*s/%s", FF_ARG(github->owner), FF_ARG(github->name), rest);
}

void ff_question_quote(ff_buf *out, ff_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                     (byte && strchr("-._~", byte));
        if (plain)
            ff_buf_add_byte(out, byte);
        else
            ff_buf_printf(out, "%%%02X", (unsigned)(unsigned char)byte);
    }
}

/* Reads the body of a call that succeeded; one that cannot be read shall not be kept. */
static ff_status read_answer(const ff_github *github, const ff_call *call, ff_question_parse *parse, void *facts,
                             ff_error *error)
{
    ff_buf whole;
    ff_slice json;
    ff_error problem = {0};
    ff_buf_init(&whole, FF_LIMIT_ANSWER_BYTES);
    ff_status status = ff_body_slice(&call->body, &whole, &json, &problem);
    if (status == FF_OK)
        status = parse(facts, json, github->arena, &problem);
    ff_buf_release(&whole);
    if (status == FF_INVALID || status == FF_LIMIT)
        ff_exchange_forget(github->exchange, call->path);
    if (status != FF_OK)
        (void)ff_error_set(error, status, "GitHub's answer for %s %s", call->what, problem.text);
    return status;
}

static ff_status ask_and_read(const ff_github *github, ff_call *call, ff_question_parse *parse, void *facts,
                              ff_error *error)
{
    ff_exchange_get(github->exchange, call);
    if (github->outcome)
        *github->outcome = (ff_github_outcome){call->status, call->http, call->unsent};
    if (call->status != FF_OK)
        return ff_error_set(error, call->status, "%s", call->error.text);
    return read_answer(github, call, parse, facts, error);
}

ff_status ff_question_ask(const ff_github *github, ff_call *call, ff_question_parse *parse, void *facts,
                          ff_error *error)
{
    const ff_call question = *call;
    ff_error ignored = {0};
    if (!call->path.len)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    ff_status status = ask_and_read(github, call, parse, facts, &ignored);
    if (status != FF_INVALID || call->status != FF_OK)
        return status == FF_OK ? FF_OK : ff_error_set(error, status, "%s", ignored.text);
    ff_call_release(call);
    *call = question;
    return ask_and_read(github, call, parse, facts, error);
}

ff_status ff_question_ask_once(const ff_github *github, ff_call call, ff_question_parse *parse, void *facts,
                               ff_error *error)
{
    ff_status status = ff_question_ask(github, &call, parse, facts, error);
    ff_call_release(&call);
    return status;
}
