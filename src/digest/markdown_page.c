#include "digest/markdown_page.h"

ff_pen ff_markdown_pen(const ff_markdown_page *page, ff_buf *block, bool in_cell)
{
    return (ff_pen){.out = block, .in_cell = in_cell, .now = page->digest->made_at};
}

size_t ff_markdown_cost(ff_slice text)
{
    /* Behind the writer `::` and `##[` may each get a blank (ff_inert_seal). */
    size_t cost = text.len;
    for (size_t i = 0; i + 1 < text.len; i++)
        cost += (text.ptr[i] == ':' && text.ptr[i + 1] == ':') || (text.ptr[i] == '#' && text.ptr[i + 1] == '#');
    return cost;
}

bool ff_markdown_add(ff_markdown_page *page, ff_buf *block)
{
    size_t cost = ff_markdown_cost(ff_buf_slice(block)), taken = page->used + page->reserved;
    bool fits = ff_buf_status(block) == FF_OK && taken <= page->most && cost <= page->most - taken;
    if (fits) {
        ff_buf_add(page->out, ff_buf_slice(block));
        page->used += cost;
    }
    if (ff_buf_status(block) == FF_NOMEM)
        ff_buf_inherit(page->out, block);
    ff_buf_reset(block);
    return fits;
}
