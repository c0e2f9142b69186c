/* Regular expressions, through PCRE2 (regex.c is the only file that includes pcre2.h).
 *
 * A pattern runs in byte mode over one line. No call runs long: the engine's own limits hold for each start, the
 * starts are tried window by window, and between windows the meter is asked whether the rule has CPU left. A failure
 * of the engine is a result of its own, never "no match".
 *
 *     ff_regex *regex = NULL;
 *     if (ff_regex_new(&regex, &pattern, &error) == FF_OK && ff_regex_work_new(&work, groups) == FF_OK)
 *         switch (ff_regex_run(regex, work, line.body, &meter)) ...
 */
#ifndef FF_MATCH_REGEX_H
#define FF_MATCH_REGEX_H

#include "base/error.h"
#include "catalog/rule.h"
#include "match/meter.h"

typedef struct ff_regex ff_regex;           /* may be shared between threads */
typedef struct ff_regex_work ff_regex_work; /* what one thread needs to run them */

typedef enum ff_regex_result { FF_REGEX_MISS, FF_REGEX_HIT, FF_REGEX_FAILED } ff_regex_result;

/* A named group and what it matched. */
typedef struct ff_span {
    ff_slice name, value;
    ff_slice whole; /* the text that `value` is a part of */
} ff_span;

/* Compiles; machine code is made when the pattern first runs, because of a thousand rules a log reaches few. FF_OK;
 * FF_NOMEM; FF_INVALID with the place of the pattern if it does not compile or uses what a catalog may not: verbs at
 * its start such as `(*NO_JIT)`, `\C`, callouts. */
ff_status ff_regex_new(ff_regex **regex, const ff_pattern *pattern, ff_error *error);
void ff_regex_free(ff_regex *regex); /* NULL is fine */

/* How many groups it has, the whole match not counted; and how many of them have names. */
uint32_t ff_regex_groups(const ff_regex *regex);
uint32_t ff_regex_names(const ff_regex *regex);

/* The name of the group with a name at `index`, in the order of the pattern; empty past the last. Borrowed. */
ff_slice ff_regex_name(const ff_regex *regex, uint32_t index);

/* True if the engine makes machine code of the pattern, which its interpreter would run ten times slower. Makes it. */
bool ff_regex_is_jit(ff_regex *regex);

/* Memory to run any pattern of at most `groups` groups. FF_OK or FF_NOMEM. `jit` false: the interpreter only. */
ff_status ff_regex_work_new(ff_regex_work **work, uint32_t groups, bool jit);
void ff_regex_work_free(ff_regex_work *work); /* NULL is fine */

/* Looks for the pattern anywhere in `subject`, at the meter's cost. */
ff_regex_result ff_regex_run(ff_regex *regex, ff_regex_work *work, ff_slice subject, ff_meter *meter);

/* Why the last run failed: a few words for a note, in `work` until the next call. */
const char *ff_regex_failure(const ff_regex_work *work);

/* The named groups of the last hit that matched something, in the order of the pattern; `spans` has room for
 * ff_regex_names. Returns how many. Values borrow from the subject, names from the regex. */
uint32_t ff_regex_spans(const ff_regex *regex, const ff_regex_work *work, ff_slice subject, ff_span *spans);

#endif
