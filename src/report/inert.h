/* Untrusted text that does nothing where it is shown: in Markdown, in a shell command, in an Actions log.
 *
 * GitHub looks for mentions, issue numbers, commit hashes, addresses and emoji in the finished page, so neither a
 * backslash nor an entity stops them. Only code is left alone: a name or a log line goes into a code span or a fence,
 * and of a sentence every word that is more than letters and digits does.
 *
 *     ff_inert_span(out, FF_LIT("a `b` | c"), true);        ``a `b` \| c``
 *     ff_inert_prose(out, FF_LIT("ask @x about it"), false);  ask `@x` about it
 *     ff_inert_block(out, "text", "", lines);
 *     ff_inert_shell(out, FF_LIT("my run.zip"));            'my run.zip'
 *
 * All input may hold any bytes; all output is valid UTF-8 without control bytes (see ff_utf8_add_safe).
 */
#ifndef FF_REPORT_INERT_H
#define FF_REPORT_INERT_H

#include "base/buf.h"

/* Appends `text` as one Markdown code span; `(empty)` for empty text. In a table cell pipes are escaped, and a pipe
 * behind a backslash, for which renderers disagree, becomes U+00A6. */
void ff_inert_span(ff_buf *out, ff_slice text, bool in_cell);

/* Appends a sentence: words of letters and digits as they are, every other word in a code span, and what stands
 * in backticks or typographic quotes as one. Safe at the start of a line. White space is folded. */
void ff_inert_prose(ff_buf *out, ff_slice text, bool in_cell);

/* Appends a fenced block of `lines`, which are safe already and end with a newline each. `indent` stands before each
 * line, `info` behind the opening fence. The fence is longer than any run of backticks in the lines. */
void ff_inert_block(ff_buf *out, const char *info, const char *indent, ff_slice lines);

/* Appends `text` as one word for a POSIX shell, quoted only where it must be. A leading `-` is made a path. */
void ff_inert_shell(ff_buf *out, ff_slice text);

/* How a format can break up a workflow command without changing what it says. */
typedef enum ff_seal {
    FF_SEAL_SPACE, /* by a space */
    FF_SEAL_JSON,  /* by \u escapes: the value stays the same */
    FF_SEAL_HTML,  /* by a character reference: the page looks the same; not for what stands in <style> */
} ff_seal;

/* Appends `text`, a finished report, to `out`, so that no line of it starts with `::` (blanks before it do not count,
 * the runner skips them). With `inside_actions` `##[` is broken up wherever it stands. */
void ff_inert_seal(ff_buf *out, ff_slice text, ff_seal seal, bool inside_actions);

/* The same of a whole page. The status of `page`, with nothing appended, if that has failed; else that of `out`. */
ff_status ff_inert_seal_page(ff_buf *out, const ff_buf *page, ff_seal seal, bool inside_actions);

#endif
