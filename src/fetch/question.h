/* What every question to GitHub's API is made of: a path, a call, and facts out of the answer.
 *
 *     ff_call call = {.path = ff_question_path(github, "actions/runs/%" PRIu64, run), .what = "the run"};
 *     status = ff_question_ask_once(github, call, parse_run, &facts, &error);
 */
#ifndef FF_FETCH_QUESTION_H
#define FF_FETCH_QUESTION_H

#include "fetch/github.h"

/* Reads one answer into the facts that the caller wants; as the functions of facts.h. */
typedef ff_status ff_question_parse(void *facts, ff_slice json, ff_arena *arena, ff_error *error);

enum { FF_QUESTION_PATH_BYTES = 2048 }; /* below the repository; a longer path is none */

/* A path below the repository, in the arena; the empty slice without memory or for one that is too long. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
ff_slice
ff_question_path(const ff_github *github, const char *format, ...);

/* Appends `text` as a part of a path or a value of a query: everything but unreserved characters (RFC 3986, 2.3) in
 * percent form. */
void ff_question_quote(ff_buf *out, ff_slice text);

/* Asks and reads; what makes no sense is asked for once more, as a connection that broke would be, and is not kept. As
 * ff_call.status, FF_INVALID or FF_LIMIT for an answer that cannot be read, FF_NOMEM also for an empty path. */
ff_status ff_question_ask(const ff_github *github, ff_call *call, ff_question_parse *parse, void *facts,
                          ff_error *error);

/* The same for an answer of one page: the call is released. */
ff_status ff_question_ask_once(const ff_github *github, ff_call call, ff_question_parse *parse, void *facts,
                               ff_error *error);

#endif
