/* One analysis: the logs of one run in, diagnoses out.
 *
 *     ff_analysis *analysis = NULL;
 *     ff_error error = {0};
 *     if (ff_analysis_new(&analysis) == FF_OK &&
 *         ff_analysis_triage(analysis, catalog, "run.zip", NULL, &error) == FF_OK)
 *         ff_report_print(analysis, "json", NULL, my_write, my_state, &error);
 *     ff_analysis_free(analysis);
 */
#ifndef FIRSTFAULT_ANALYSIS_H
#define FIRSTFAULT_ANALYSIS_H

#include <firstfault/catalog.h>
#include <firstfault/online.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ff_analysis ff_analysis;

/* Zero-initialise for the defaults. Strings are borrowed for the call. */
typedef struct ff_analysis_options {
    uint32_t excerpt_lines;  /* at most so many lines in the excerpt; 0: FF_EXCERPT_LINES_DEFAULT */
    const char *repository;  /* OWNER/REPO or HOST/OWNER/REPO when the caller knows it; NULL: what target or log says */
    const ff_online *online; /* NULL: nothing is asked of a server, targets are on disk */
    int64_t now;             /* seconds since 1970-01-01 UTC, for what depends on a run's age; 0: not known */
    const char *checkout;    /* a folder with the run's repository, a git work tree or plain; NULL: asked of the server,
                              * where the run came from one, else not looked at. Nothing in it is executed */
    const char *keep;        /* writes all answers of the server down: a ZIP if the name ends in `.zip`, else a folder,
                              * which must be empty or not there; NULL: nowhere. Only for an online target */
} ff_analysis_options;

#define FF_EXCERPT_LINES_DEFAULT 50u

/* Makes an empty analysis, owned by the caller. FF_OK or FF_NOMEM. */
FF_API ff_status ff_analysis_new(ff_analysis **analysis);

/* Frees it and everything borrowed from it. NULL is fine. */
FF_API void ff_analysis_free(ff_analysis *analysis);

/* Reads `target` (an archive, a folder of an unpacked one, a run that was kept, a text log, or "-" for
 * standard input, told apart by content; with `online` also what ff_target_is_online accepts) to its end and diagnoses
 * it with `catalog`, which must be finished and outlive the analysis. Once per analysis. `options` may be NULL. FF_OK
 * when anything at all was read: what was damaged or left out is in the report, see ff_analysis_is_partial; and with
 * `keep`, when that was written too.
 * FF_NOT_FOUND, FF_IO, FF_INVALID, FF_UNSUPPORTED, FF_LIMIT, FF_DENIED when nothing could be read, FF_MISUSE, FF_NOMEM;
 * the error text names the target. FF_INVALID with a file position: a pattern of the catalog does not compile. */
FF_API ff_status ff_analysis_triage(ff_analysis *analysis, const ff_catalog *catalog, const char *target,
                                    const ff_analysis_options *options, ff_error *error);

/* True if something of the target was not read. */
FF_API bool ff_analysis_is_partial(const ff_analysis *analysis);

/* The first thing that was not read, as a sentence; NULL: nothing is known to be missing. Borrowed from the analysis.
 */
FF_API const char *ff_analysis_missing(const ff_analysis *analysis);

/* The highest verdict of any diagnosis: "confirmed", "likely", "possible", "undecided", or NULL if there is none.
 * A static string. */
FF_API const char *ff_analysis_verdict(const ff_analysis *analysis);

#ifdef __cplusplus
}
#endif

#endif
