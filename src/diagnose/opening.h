/* From what the caller of a triage names to a source: on a server, or on disk. */
#ifndef FF_DIAGNOSE_OPENING_H
#define FF_DIAGNOSE_OPENING_H

#include "source/source.h"

#include <firstfault/analysis.h>

/* Opens `target` as the options say; `run` must be initialised. As ff_source_open and ff_source_open_online; FF_MISUSE
 * where the options contradict what is there: then it may be open nevertheless, so it is to be closed in any case, and
 * must be NULL before. */
ff_status ff_opening_find(ff_source **source, ff_run *run, const char *target, const ff_analysis_options *options,
                          ff_error *error);

#endif
