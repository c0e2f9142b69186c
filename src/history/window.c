#include "history/window.h"

#include "base/limits.h"
#include "history/query.h"

#include <stdlib.h>

/* Sixty bits of SHA-256: two repositories of one history would have to be made for it to get the same number. */
enum { NUMBER_DIGITS = 15 };

static void add_lower(ff_buf *out, ff_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        ff_buf_add_byte(out, byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte);
    }
}

ff_status ff_window_number(ff_slice host, ff_slice repository, int64_t *number, ff_error *error)
{
    char hex[FF_SHA256_HEX + 1] = "";
    ff_buf lower;
    ff_buf_init(&lower, FF_LIMIT_HISTORY_TEXT_BYTES);
    add_lower(&lower, host);
    ff_buf_add_byte(&lower, '/');
    add_lower(&lower, repository);
    ff_sha256 *digest = ff_sha256_new();
    ff_status status = digest ? ff_buf_status(&lower) : FF_NOMEM;
    if (status == FF_OK) {
        ff_sha256_field(digest, ff_buf_slice(&lower));
        status = ff_sha256_finish(digest, hex);
    }
    ff_sha256_free(digest);
    ff_buf_release(&lower);
    if (status != FF_OK)
        return ff_error_set(error, status, "%s",
                            status == FF_NOMEM ? "out of memory" : "the name of a repository is too long");
    hex[NUMBER_DIGITS] = '\0';
    *number = strtoll(hex, NULL, 16);
    return FF_OK;
}

/* The numbers as JSON: SQLite makes rows of them. */
static ff_status add_numbers(ff_buf *json, ff_history *history, const ff_history_window *window, ff_error *error)
{
    ff_status status = FF_OK;
    if (window && window->repository_count) {
        for (size_t i = 0; i < window->repository_count && status == FF_OK; i++) {
            int64_t number = 0;
            const ff_history_run *repository = &window->repositories[i];
            status = ff_window_number(repository->host, repository->repository, &number, error);
            ff_buf_printf(json, "%c%lld", i ? ',' : '[', (long long)number);
        }
        ff_buf_add_byte(json, ']');
        return status;
    }
    ff_statement all;
    status = ff_statement_open(&all, history, ff_query_text(FF_QUERY_REPOSITORIES), error);
    if (status == FF_OK)
        status = ff_statement_next(&all, error);
    if (status == FF_OK)
        ff_buf_add(json, ff_statement_text(&all));
    ff_statement_close(&all);
    return status;
}

ff_status ff_window_set(ff_statement *statement, const ff_history_window *window, ff_error *error)
{
    static const ff_history_window everything = {.since = FF_NO_TIME, .until = FF_NO_TIME};
    const ff_history_window *asked = window ? window : &everything;
    uint64_t workflow_id = 0;
    ff_buf numbers;
    ff_buf_init(&numbers, FF_LIMIT_HISTORY_VALUE_BYTES);
    ff_status status = add_numbers(&numbers, statement->history, asked, error);
    if (status == FF_OK && ff_buf_status(&numbers) != FF_OK)
        status = ff_error_set(error, ff_buf_status(&numbers), "too many repositories, or out of memory");
    ff_statement_set_copy(statement, ":repositories", ff_buf_slice(&numbers));
    ff_buf_release(&numbers);
    if (!ff_slice_to_uint(asked->workflow, &workflow_id))
        workflow_id = 0;
    ff_statement_set_int(statement, ":since", asked->since); /* FF_NO_TIME is the smallest number */
    ff_statement_set_int(statement, ":until", asked->until == FF_NO_TIME ? INT64_MAX : asked->until);
    ff_statement_set_whole(statement, ":branch", asked->branch);
    ff_statement_set_whole(statement, ":event", asked->event);
    ff_statement_set_whole(statement, ":workflow", asked->workflow);
    /* 0: no workflow that GitHub numbers */
    ff_statement_set_int(statement, ":workflow_id", workflow_id ? (int64_t)workflow_id : -1);
    ff_statement_set_whole(statement, ":cancelled", asked->cancelled ? FF_LIT("cancelled") : FF_LIT("failure"));
    ff_statement_set_whole(statement, ":fingerprint", ff_slice_of(asked->fingerprint));
    return status;
}

ff_status ff_window_set_run(ff_statement *statement, const ff_history_run *run, ff_error *error)
{
    int64_t number = 0;
    ff_status status = ff_window_number(run->host, run->repository, &number, error);
    ff_statement_set_int(statement, ":repository", number);
    ff_statement_set_uint(statement, ":run", run->id);
    ff_statement_set_uint(statement, ":attempt", run->attempt);
    return status;
}
