#include "fetch/policy.h"

#include "base/limits.h"
#include "fetch/http.h"

/* Limits and clocks have whole seconds; this much later the new second has begun. */
enum { SLACK_MS = 250 };

/* The longest wait that is told of: a year. */
static const uint64_t LONGEST_SECONDS = 31536000;

/* By status, the first row that fits. FF_MOVE_WAIT: a limit, if `may_be_refusal` is not set or the answer shows that it
 * is one. */
static const struct row {
    uint32_t from, to;
    ff_move move;
    ff_status status;
    bool may_be_refusal;
} ROWS[FF_SIDE_COUNT][11] = {
    [FF_SIDE_API] =
        {
            {200, 200, FF_MOVE_TAKE, FF_OK, false},
            {301, 303, FF_MOVE_FOLLOW, FF_INVALID, false},
            {304, 304, FF_MOVE_TAKE, FF_OK, false},
            {307, 308, FF_MOVE_FOLLOW, FF_INVALID, false},
            {401, 401, FF_MOVE_FAIL, FF_DENIED, false},
            {403, 403, FF_MOVE_WAIT, FF_DENIED, true},
            {404, 404, FF_MOVE_FAIL, FF_NOT_FOUND, false},
            {408, 408, FF_MOVE_AGAIN, FF_IO, false},
            {410, 410, FF_MOVE_FAIL, FF_NOT_FOUND, false},
            {429, 429, FF_MOVE_WAIT, FF_LIMIT, false},
            {500, 599, FF_MOVE_AGAIN, FF_IO, false},
        },
    [FF_SIDE_STORE] =
        {
            {200, 200, FF_MOVE_TAKE, FF_OK, false},
            {301, 303, FF_MOVE_FOLLOW, FF_INVALID, false},
            {307, 308, FF_MOVE_FOLLOW, FF_INVALID, false},
            {401, 401, FF_MOVE_RENEW, FF_IO, false},
            {403, 403, FF_MOVE_RENEW, FF_IO, false},
            {404, 404, FF_MOVE_RENEW, FF_NOT_FOUND, false},
            {408, 408, FF_MOVE_AGAIN, FF_IO, false},
            {410, 410, FF_MOVE_FAIL, FF_NOT_FOUND, false},
            {429, 429, FF_MOVE_AGAIN, FF_IO, false},
            {500, 599, FF_MOVE_AGAIN, FF_IO, false},
        },
};

static const struct row OTHERS = {0, 999, FF_MOVE_FAIL, FF_INVALID, false};
static const struct row BROKEN = {0, 0, FF_MOVE_AGAIN, FF_IO, false};

static const struct row *row_of(const ff_situation *situation)
{
    if (!situation->answer)
        return &BROKEN;
    const struct row *rows = ROWS[situation->side];
    for (size_t i = 0; i < sizeof ROWS[0] / sizeof ROWS[0][0]; i++)
        if (rows[i].from && situation->answer->http >= rows[i].from && situation->answer->http <= rows[i].to)
            return &rows[i];
    return &OTHERS;
}

/* The time by the server's own clock, against which its dates are meant: ours may be wrong. */
static int64_t time_of(const ff_situation *situation)
{
    int64_t date = situation->answer ? ff_http_date(ff_answer_header(situation->answer, FF_HEADER_DATE)) : -1;
    return date >= 0 ? date : situation->now;
}

/* Seconds from now to a time, 0 if it is past. */
static uint64_t until(const ff_situation *situation, int64_t time)
{
    int64_t now = time_of(situation);
    return time > now ? (uint64_t)(time - now) : 0;
}

static uint64_t milliseconds(uint64_t seconds)
{
    return (seconds < LONGEST_SECONDS ? seconds : LONGEST_SECONDS) * 1000;
}

/* `retry-after`: seconds or a date. False if there is none that makes sense. */
static bool asked_wait(const ff_situation *situation, uint64_t *ms)
{
    ff_slice value = situation->answer ? ff_answer_header(situation->answer, FF_HEADER_RETRY_AFTER) : (ff_slice){0};
    uint64_t seconds;
    int64_t date;
    if (ff_slice_to_uint(value, &seconds))
        *ms = milliseconds(seconds);
    else if ((date = ff_http_date(value)) >= 0)
        *ms = milliseconds(until(situation, date)) + SLACK_MS;
    else
        return false;
    return true;
}

static bool is_used_up(const ff_situation *situation, uint64_t *ms)
{
    uint64_t remaining, reset;
    if (!ff_slice_to_uint(ff_answer_header(situation->answer, FF_HEADER_REMAINING), &remaining) || remaining > 0 ||
        !ff_slice_to_uint(ff_answer_header(situation->answer, FF_HEADER_RESET), &reset) || reset > INT64_MAX)
        return false;
    *ms = milliseconds(until(situation, (int64_t)reset)) + SLACK_MS;
    return true;
}

static bool speaks_of_limit(ff_slice body)
{
    static const ff_slice WORDS[] = {FF_TEXT("secondary rate limit"), FF_TEXT("abuse detection"),
                                     FF_TEXT("rate limit exceeded")};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (ff_slice_find_nocase(body, WORDS[i]) != SIZE_MAX)
            return true;
    return false;
}

static uint64_t doubled(uint64_t ms, uint32_t times)
{
    return ms << (times < 20 ? times : 20);
}

/* Between three and five quarters of the gap: with gaps that double, a later one is still longer. */
static uint64_t gap(const ff_situation *situation)
{
    uint64_t whole = doubled(situation->gap_ms, situation->tries > 0 ? situation->tries - 1 : 0);
    return whole * 3 / 4 + whole * (situation->jitter & 255) / 512;
}

static ff_advice wait_for(const ff_situation *situation, ff_limit_kind limit, uint64_t ms)
{
    /* A limit that is over already, and yet is told again and again, is not asked about all the time. */
    uint64_t least = doubled(situation->gap_ms, situation->limits);
    ff_advice advice = {FF_MOVE_WAIT, FF_LIMIT, limit, ms > least ? ms : least, 0};
    advice.until = time_of(situation) + (int64_t)(advice.wait_ms / 1000);
    if (situation->limits >= FF_LIMIT_TRIES)
        advice.move = FF_MOVE_FAIL;
    return advice;
}

static ff_advice advise_limit(const ff_situation *situation, const struct row *row)
{
    uint64_t ms;
    bool used_up = is_used_up(situation, &ms);
    if (asked_wait(situation, &ms))
        return wait_for(situation, used_up ? FF_LIMIT_KIND_PRIMARY : FF_LIMIT_KIND_SECONDARY, ms);
    if (used_up)
        return wait_for(situation, FF_LIMIT_KIND_PRIMARY, ms);
    if (!row->may_be_refusal || speaks_of_limit(situation->body))
        return wait_for(situation, FF_LIMIT_KIND_SECONDARY, doubled(situation->minute_ms, situation->limits));
    return (ff_advice){.move = FF_MOVE_FAIL, .status = row->status};
}

static ff_advice advise_again(const ff_situation *situation, const struct row *row)
{
    uint64_t ms, least = gap(situation);
    if (situation->tries >= FF_LIMIT_TRIES)
        return (ff_advice){.move = FF_MOVE_FAIL, .status = row->status};
    if (!asked_wait(situation, &ms))
        return (ff_advice){.move = FF_MOVE_AGAIN, .status = row->status, .wait_ms = least};
    return wait_for(situation, FF_LIMIT_KIND_BUSY, ms > least ? ms : least);
}

/* A retired version is told by 410 or 400; a log that has expired is a 410 too, with another message. */
static bool is_retired(const ff_situation *situation)
{
    return (situation->answer->http == 410 || situation->answer->http == 400) &&
           (ff_slice_find_nocase(situation->body, FF_LIT("API version")) != SIZE_MAX ||
            ff_slice_find_nocase(situation->body, FF_LIT("no longer supported")) != SIZE_MAX);
}

ff_advice ff_policy_advise(const ff_situation *situation)
{
    const struct row *row = row_of(situation);
    if (row->move == FF_MOVE_WAIT)
        return advise_limit(situation, row);
    if (row->move == FF_MOVE_AGAIN)
        return advise_again(situation, row);
    ff_advice advice = {.move = row->move, .status = row->status};
    if (row->move == FF_MOVE_FAIL && situation->side == FF_SIDE_API && is_retired(situation))
        advice.status = FF_UNSUPPORTED;
    return advice;
}
