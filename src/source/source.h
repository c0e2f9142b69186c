/* One face over every place that logs come from: an archive, a folder, a text, GitHub's API, a kept run.
 *
 * Opening a source tells what kind it is by looking at the content, and fills the run with the jobs and steps that
 * names alone reveal. Then `ff_source_next` hands out one named byte stream after another, job by job, a job's steps
 * in numeric order, and of a job's two copies only one. Streams are read in pieces; memory does not grow with them.
 *
 *     ff_source *source = NULL;
 *     if (ff_source_open(&source, "run.zip", run, &error) == FF_OK)
 *         while (ff_source_next(source, &stream, &error) == FF_OK)
 *             while (stream.reader.read(stream.reader.self, buf, sizeof buf, &got, &error) == FF_OK) ...
 *     ff_source_close(source);
 *
 * A stream that turns out damaged ends early: its reader adds a note to the run (partial) and reports FF_END, so that
 * the rest is still read. Only what makes reading on pointless is an error.
 */
#ifndef FF_SOURCE_SOURCE_H
#define FF_SOURCE_SOURCE_H

#include "base/error.h"
#include "base/reader.h"
#include "fetch/github.h"
#include "fetch/target.h"
#include "source/run.h"

#include <firstfault/online.h>

typedef struct ff_source ff_source;

typedef enum ff_stream_form {
    FF_STREAM_STEP, /* the text of one step: job and step are known */
    FF_STREAM_JOB,  /* the text of a whole job: its steps must be found in it */
    FF_STREAM_TEXT, /* text whose job is not known beforehand: a raw job log, or gh's job<TAB>step<TAB>line */
} ff_stream_form;

/* One named stream of bytes. Names borrow from the run's arena. */
typedef struct ff_stream {
    ff_stream_form form;
    ff_slice name;    /* archive entry, path as given, or `-` */
    uint32_t job;     /* index in the run; FF_NO_INDEX for FF_STREAM_TEXT */
    uint32_t step;    /* index in the job; FF_NO_INDEX unless FF_STREAM_STEP */
    ff_reader reader; /* valid until the next ff_source_next or ff_source_close */
} ff_stream;

/* What is asked of a server. */
typedef struct ff_source_online {
    const char *target;
    const char *repository; /* NULL: the target names it */
    const ff_online *online;
    const char *keep; /* where to write down all that is asked, for ff_source_keep; NULL: nowhere */
} ff_source_online;

/* Opens `target`: an archive, a folder, a text file, or "-" for standard input. `run` must be initialised and outlive
 * the source. FF_OK; FF_NOT_FOUND or FF_IO (cannot be read), FF_INVALID (no log at all: empty, binary, an archive
 * without any log), FF_LIMIT (refused by a bound), FF_UNSUPPORTED, FF_NOMEM. The error text is one line that names the
 * target. */
ff_status ff_source_open(ff_source **source, const char *target, ff_run *run, ff_error *error);

/* The same from bytes in memory, which must outlive the source. `name` appears in places. For tests and bindings. */
ff_status ff_source_open_bytes(ff_source **source, ff_slice bytes, const char *name, ff_run *run, ff_error *error);

/* A run on a server; what is asked is borrowed for the call. FF_OK when the facts of the run came, whatever its logs;
 * else FF_NOT_FOUND, FF_DENIED, FF_LIMIT, FF_INVALID, FF_UNSUPPORTED, FF_IO, FF_MISUSE, FF_NOMEM; one line for the
 * user.
 */
ff_status ff_source_open_online(ff_source **source, const ff_source_online *ask, ff_run *run, ff_error *error);

/* One of many runs: asked for through an exchange that is there already, and what a listing told of it is not asked for
 * again. Only what reading its logs needs is asked: its jobs, the archive, logs of jobs that the archive lacks; nothing
 * of a run whose conclusion is startup_failure, no logs of one without jobs. Where a job failed before it began, which
 * no log tells of, the annotations of one such job too. */
typedef struct ff_source_listed {
    ff_exchange *exchange;   /* borrowed until the source is closed */
    const ff_target *target; /* with host, owner, name and run; borrowed for the call */
    const ff_api_run *facts; /* of its latest attempt; likewise */
} ff_source_listed;

/* FF_OK, whatever became of its jobs and logs (see ff_source_logs), or FF_NOMEM. */
ff_status ff_source_open_listed(ff_source **source, const ff_source_listed *ask, ff_run *run, ff_error *error);

/* What became of the logs of a run on a server, all requests together, once it is open; the gravest of
 * FF_DENIED       they, or the list of jobs, were refused: the token may not
 * FF_LIMIT        a rate limit held them back
 * FF_UNSUPPORTED  the server does not know this version of the API any more
 * FF_IO           the network, the server, or a cache that is asked alone and lacks them
 * FF_INVALID      what came is none: the run's archive is damaged, and so is what came in its place
 * FF_NOT_FOUND    no log at all was had: they expired or were deleted (410)
 * FF_END          likewise, and GitHub does not say that there ever were any (404): of a run that ended just now they
 * may be still to come FF_OK           what there is was had; or there are no logs, as of a run that did not start.
 * With all but FF_NOT_FOUND and FF_OK asking again later may bring more. Other sources: FF_OK. The words are in the
 * run's notes.
 */
ff_status ff_source_logs(const ff_source *source);

/* The next stream, or FF_END, or an error. */
ff_status ff_source_next(ff_source *source, ff_stream *stream, ff_error *error);

/* The repository of a run of GitHub, live or kept, to ask more of; NULL for logs alone. Borrowed from the source. */
const ff_github *ff_source_github(const ff_source *source);

/* Writes down everything that was asked of the server since the source was opened with `keep`. FF_OK, FF_IO, FF_LIMIT,
 * FF_NOMEM; the text names the output. */
ff_status ff_source_keep(ff_source *source, ff_error *error);

void ff_source_close(ff_source *source); /* NULL is fine */

#endif
