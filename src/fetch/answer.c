#include "fetch/answer.h"

#include "base/limits.h"

static const ff_slice NAMES[FF_HEADER_COUNT] = {
    [FF_HEADER_LOCATION] = FF_TEXT("location"),
    [FF_HEADER_LINK] = FF_TEXT("link"),
    [FF_HEADER_ETAG] = FF_TEXT("etag"),
    [FF_HEADER_CONTENT_TYPE] = FF_TEXT("content-type"),
    [FF_HEADER_CONTENT_LENGTH] = FF_TEXT("content-length"),
    [FF_HEADER_DATE] = FF_TEXT("date"),
    [FF_HEADER_RETRY_AFTER] = FF_TEXT("retry-after"),
    [FF_HEADER_REMAINING] = FF_TEXT("x-ratelimit-remaining"),
    [FF_HEADER_RESET] = FF_TEXT("x-ratelimit-reset"),
    [FF_HEADER_SSO] = FF_TEXT("x-github-sso"),
    [FF_HEADER_PERMISSIONS] = FF_TEXT("x-accepted-github-permissions"),
};

void ff_answer_init(ff_answer *answer)
{
    *answer = (ff_answer){0};
    for (size_t i = 0; i < FF_HEADER_COUNT; i++)
        ff_buf_init(&answer->headers[i], FF_LIMIT_HEADER_BYTES);
}

void ff_answer_reset(ff_answer *answer)
{
    answer->http = 0;
    for (size_t i = 0; i < FF_HEADER_COUNT; i++)
        ff_buf_reset(&answer->headers[i]);
}

void ff_answer_release(ff_answer *answer)
{
    for (size_t i = 0; i < FF_HEADER_COUNT; i++)
        ff_buf_release(&answer->headers[i]);
}

/* `HTTP/1.1 200 OK`, `HTTP/2 200` */
static void take_status(ff_answer *answer, ff_slice line)
{
    ff_slice version;
    uint64_t status;
    ff_answer_reset(answer);
    if (ff_slice_take_until(&line, ' ', &version) && ff_slice_take_uint(&line, &status) && status < 1000)
        answer->http = (uint32_t)status;
}

ff_status ff_answer_add_line(ff_answer *answer, ff_slice line)
{
    line = ff_slice_trim_end(line);
    if (ff_slice_starts(line, FF_LIT("HTTP/"))) {
        take_status(answer, line);
        return FF_OK;
    }
    ff_slice name;
    if (!ff_slice_take_until(&line, ':', &name))
        return FF_OK;
    size_t i = 0;
    while (i < FF_HEADER_COUNT && !ff_slice_eq_nocase(name, NAMES[i]))
        i++;
    if (i == FF_HEADER_COUNT || answer->headers[i].len)
        return FF_OK;
    ff_buf_add(&answer->headers[i], ff_slice_trim(line));
    return ff_buf_status(&answer->headers[i]);
}

ff_slice ff_answer_header(const ff_answer *answer, ff_header header)
{
    return ff_buf_slice(&answer->headers[header]);
}
