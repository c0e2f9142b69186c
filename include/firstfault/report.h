/* Writing what an analysis found: "markdown", "text" or "json" (schema firstfault.report/1, schema/report.schema.json).
 *
 * Whatever the logs held, the output is valid UTF-8 without control bytes, has no line that starts with `::`, and shows
 * untrusted text only where it is inert.
 */
#ifndef FIRSTFAULT_REPORT_H
#define FIRSTFAULT_REPORT_H

#include <firstfault/analysis.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Zero-initialise for the defaults. */
typedef struct ff_report_options {
    bool color;          /* terminal colours (text only) */
    bool inside_actions; /* the output is read by an Actions runner: break up workflow commands everywhere */
    uint32_t columns;    /* width for text; 0: 100 */
    size_t pattern_count;
    const char *const *patterns; /* paths of --patterns, for the command that the text names; borrowed */
    const char *checkout;        /* likewise that of --checkout; NULL: none */
} ff_report_options;

/* Receives the report in one or more pieces. Anything but FF_OK stops the writing and is returned. */
typedef ff_status (*ff_write_fn)(void *self, ff_slice piece);

/* Where the parts of a pull request go. */
typedef struct ff_proposal_sink {
    ff_write_fn title, body;
    void *self;
} ff_proposal_sink;

/* Writes the report of a triaged analysis. FF_OK; FF_UNSUPPORTED for an unknown format; FF_INVALID if nothing was
 * triaged; FF_LIMIT, FF_NOMEM; or what `write` returned. `options` may be NULL. */
FF_API ff_status ff_report_print(const ff_analysis *analysis, const char *format, const ff_report_options *options,
                                 ff_write_fn write, void *self, ff_error *error);

/* Drafts a pull request: with `kind` "fix" the repair of what is at least likely to have caused the failure, with
 * "diagnose" a change that makes the next failure explain itself. Gives the title, one line, and the body in Markdown,
 * each whole in one call; both may be the same function. FF_OK; FF_UNSUPPORTED, with the reason, if there is nothing to
 * draft; FF_MISUSE for another kind; else as ff_report_print. */
FF_API ff_status ff_report_propose(const ff_analysis *analysis, const char *kind, const ff_report_options *options,
                                   const ff_proposal_sink *sink, ff_error *error);

/* The name of the format at `index`, or NULL past the last. A static string. */
FF_API const char *ff_report_format_name(size_t index);

#ifdef __cplusplus
}
#endif

#endif
