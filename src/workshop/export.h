/* Rules to GitHub's problem matchers, as far as those can say it.
 *
 *     ff_export export = {.catalog = catalog, .globs = globs, .count = 1};
 *     status = ff_export_run(&export, &json, &remarks, &error);
 *
 * A rule that asks for more than lines one after another cannot be told to GitHub's runner: it is left out and named.
 */
#ifndef FF_WORKSHOP_EXPORT_H
#define FF_WORKSHOP_EXPORT_H

#include "base/buf.h"
#include "catalog/catalog.h"
#include "workshop/issue_file.h"

typedef struct ff_export {
    const ff_catalog *catalog;
    const char *const *globs; /* on families and ids */
    size_t count;
} ff_export;

/* Appends JSON, and to `remarks` one line for each rule that is left out, with the reason. FF_OK; FF_NOT_FOUND if a
 * glob fits no rule; FF_UNSUPPORTED if none of the rules could be exported; FF_LIMIT, FF_NOMEM. */
ff_status ff_export_run(const ff_export *export, ff_buf *json, ff_buf *remarks, ff_error *error);

/* export_rule.c: one matcher made of a rule. */
typedef struct ff_export_pattern {
    ff_slice regexp;
    uint32_t groups[FF_ISSUE_PARTS]; /* numbers; 0: none */
    bool loop;
} ff_export_pattern;

typedef struct ff_export_matcher {
    struct {
        ff_export_pattern *items;
        size_t count, cap;
    } patterns;
} ff_export_matcher;

/* Makes a matcher of the rule and one of its `match` patterns, in the arena. FF_OK; FF_UNSUPPORTED with the reason in
 * `error`; FF_NOMEM. */
ff_status ff_export_rule(ff_export_matcher *matcher, ff_arena *arena, const ff_rule *rule, const ff_pattern *match,
                         ff_error *error);

#endif
