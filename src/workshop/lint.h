/* Lint: what an author of rules would rather know before a log comes along.
 *
 *     ff_buf out;
 *     ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
 *     size_t complaints = 0;
 *     status = ff_lint_run(catalog, "--patterns", &out, &complaints, &error);
 *
 * Order of ids, references that name nothing, captures that no pattern gives, what a fingerprint should not hold, too
 * few examples, causes without advice; patterns without a literal, without JIT, or slow on hostile lines; rules that
 * another one always outdoes. docs/catalog.md lists them for authors.
 */
#ifndef FF_WORKSHOP_LINT_H
#define FF_WORKSHOP_LINT_H

#include "base/buf.h"
#include "catalog/catalog.h"
#include "match/matcher.h"
#include "workshop/complaint.h"

/* Checks the rules of `layer` (NULL: of all layers) and appends a line for each complaint, as of ff_complain. FF_OK
 * also with complaints; FF_INVALID for a pattern that does not compile, with its place; FF_NOMEM. */
ff_status ff_lint_run(const ff_catalog *catalog, const char *layer, ff_buf *out, size_t *complaints, ff_error *error);

/* Names of captures, each once. */
typedef struct ff_lint_names {
    ff_slice *items;
    size_t count, cap;
} ff_lint_names;

/* What the checks share; each of the functions below looks at one rule, and adds what it complains about. */
typedef struct ff_lint {
    const ff_catalog *catalog;
    const ff_rule *rules;
    size_t rule_count;
    ff_complaints complaints;
    ff_lint_names context; /* what rules tagged `context` capture, and `count` */
    /* The table of probes, as ff_probe_name and ff_probe_params of repo/probe.h; NULL: questions are not checked. */
    const char *(*probe_name)(size_t index);
    const char *(*probe_params)(size_t index);
    ff_error *error;
} ff_lint;

/* lint_words.c: fills `context`, in the arena. FF_OK, FF_INVALID, FF_NOMEM. */
ff_status ff_lint_find_context(ff_lint *lint, ff_arena *arena);

/* Order, references, captures, fingerprint, examples, advice. FF_OK, FF_INVALID, FF_NOMEM. */
ff_status ff_lint_words(ff_lint *lint, const ff_rule *rule);

/* lint_patterns.c: literals, JIT, backtracking. FF_OK, FF_INVALID, FF_NOMEM. */
ff_status ff_lint_patterns(ff_lint *lint, const ff_rule *rule);

/* lint_probes.c: questions to the repository that no probe answers, or not with these parameters. */
void ff_lint_probes(ff_lint *lint, const ff_rule *rule);

/* lint_rivals.c: rules that never hit, or that another one always outdoes. `matcher` is of the whole catalog. FF_OK,
 * FF_NOMEM. */
ff_status ff_lint_rivals(ff_lint *lint, const ff_matcher *matcher, const ff_rule *rule);

typedef struct ff_lint_list {
    const char *key;
    const ff_patterns *patterns;
    bool begins; /* tried on any line, not only beside a hit */
} ff_lint_list;

/* The lists of patterns of a rule that are tried on lines of a log, in the order of its keys. False past the last. */
bool ff_lint_list_at(const ff_rule *rule, size_t index, ff_lint_list *list);

/* A pattern by which an advice of a rule finds lines for its edit, two an advice, or NULL: not each has them. False
 * past the last advice. */
bool ff_lint_edit_at(const ff_rule *rule, size_t index, const ff_pattern **pattern);

#endif
