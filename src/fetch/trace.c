#include "fetch/trace.h"

#include "base/limits.h"
#include "base/utf8.h"

static void add_number(ff_buf *out, uint64_t number)
{
    if (number >= 1000) {
        add_number(out, number / 1000);
        ff_buf_printf(out, ",%03u", (unsigned)(number % 1000));
    } else {
        ff_buf_printf(out, "%u", (unsigned)number);
    }
}

static void add_url(ff_buf *out, const ff_transfer *transfer)
{
    ff_slice url = ff_buf_slice(&transfer->url);
    if (transfer->side == FF_SIDE_API)
        ff_buf_add(out, url);
    else
        ff_http_add_shown(out, url);
}

static void add_result(ff_buf *out, const ff_transfer *transfer)
{
    const ff_hop *hop = &transfer->hop;
    if (hop->end != FF_HOP_ANSWERED)
        ff_buf_printf(out, " failed: %s", hop->text);
    else if (transfer->answer.http == 304)
        ff_buf_add(out, FF_LIT(" 304 (cached)"));
    else
        ff_buf_printf(out, " %u", transfer->answer.http);
}

void ff_trace_hop(const ff_transfer *transfer, const ff_advice *advice)
{
    const ff_session *session = transfer->session;
    if (!session->options.trace)
        return;
    ff_buf line, safe;
    ff_buf_init(&line, 2 * FF_LIMIT_HEADER_BYTES);
    ff_buf_init(&safe, 8 * FF_LIMIT_HEADER_BYTES);
    uint64_t took = ff_http_now() - transfer->sent_ms;
    ff_buf_add(&line, FF_LIT("GET "));
    add_url(&line, transfer);
    add_result(&line, transfer);
    if (transfer->hop.end == FF_HOP_ANSWERED) {
        ff_buf_add(&line, FF_LIT(", "));
        add_number(&line, transfer->call->body.size);
        ff_buf_add(&line, FF_LIT(" bytes"));
    }
    ff_buf_printf(&line, ", %u.%02u s", (unsigned)(took / 1000), (unsigned)(took % 1000 / 10));
    if (advice && (advice->move == FF_MOVE_AGAIN || advice->move == FF_MOVE_WAIT))
        ff_buf_printf(&line, "; again in %u.%u s", (unsigned)(advice->wait_ms / 1000),
                      (unsigned)(advice->wait_ms % 1000 / 100));
    ff_utf8_add_safe(&safe, ff_buf_slice(&line));
    session->options.trace(session->options.self, ff_buf_slice(&safe));
    ff_buf_release(&safe);
    ff_buf_release(&line);
}
