/* libfirstfault: which fault came first in a failed GitHub Actions run, with evidence.
 *
 * firstfault/catalog.h   the rules
 * firstfault/analysis.h  one run's logs in, diagnoses out
 * firstfault/online.h    asking GitHub for it
 * firstfault/report.h    diagnoses as Markdown, text or JSON
 */
#ifndef FIRSTFAULT_FIRSTFAULT_H
#define FIRSTFAULT_FIRSTFAULT_H

#include <firstfault/analysis.h>
#include <firstfault/base.h>
#include <firstfault/catalog.h>
#include <firstfault/online.h>
#include <firstfault/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library, such as "0.1.0". A static string. */
FF_API const char *ff_version(void);

#ifdef __cplusplus
}
#endif

#endif
