/* A Markdown page with a bound: whole blocks are added while they fit, so nothing is ever cut inside a fence, a row of
 * a table or a code point.
 *
 *     ff_buf block;                              a block is written into a buffer of its own
 *     if (!ff_markdown_add(&page, &block)) ...   it did not fit, and nothing of it was added
 *
 * The bound is kept in bytes. GitHub counts characters (of an issue or a comment 65,536), of which a byte is never
 * more than one.
 */
#ifndef FF_DIGEST_MARKDOWN_PAGE_H
#define FF_DIGEST_MARKDOWN_PAGE_H

#include "digest/digest.h"
#include "digest/pen.h"

typedef struct ff_markdown_page {
    const ff_digest *digest;
    ff_buf *out;     /* borrowed */
    size_t most;     /* bytes that the page may have */
    size_t reserved; /* of these, for what must still come */
    size_t used;     /* with what breaking up workflow commands may add */
} ff_markdown_page;

/* A pen for a block of this page. */
ff_pen ff_markdown_pen(const ff_markdown_page *page, ff_buf *block, bool in_cell);

/* Adds `block`, empties it, and returns true, if it fits; else empties it too. */
bool ff_markdown_add(ff_markdown_page *page, ff_buf *block);

/* What `text` may take of a page. */
size_t ff_markdown_cost(ff_slice text);

/* Appends what the lists behind the groups say, at most `most` bytes: failed runs in no group, those that passed on a
 * second try, workflows, notes. Sections without content are left out. */
void ff_markdown_write_lists(const ff_digest *digest, size_t most, ff_buf *out);

/* Appends the section of a group. */
void ff_markdown_write_group(const ff_markdown_page *page, size_t index, ff_buf *block);

#endif
