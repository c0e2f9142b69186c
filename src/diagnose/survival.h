/* Whether a step went on behind a command that failed in it, and then failed of something else.
 *
 * That the words stand in the step that failed does not make them its cause: the script may ignore them (`|| true`),
 * and what was printed behind them may be possible only because it went on, such as the answers of a health check.
 */
#ifndef FF_DIAGNOSE_SURVIVAL_H
#define FF_DIAGNOSE_SURVIVAL_H

#include "diagnose/case.h"

/* Marks as tolerated what the script of the failing step calls and went on behind. Needs scenes. FF_OK or FF_NOMEM. */
ff_status ff_survival_mark_all(ff_case *c);

/* True if the step seems to have gone on behind the command that a cause names, although its script does not show the
 * call: a loop, a makefile or another script runs it. */
bool ff_survival_is_open(const ff_case *c, const ff_diagnosis *diagnosis);

#endif
