/* What the run as a whole says: what of it is still to come or was not read, and when it passed last. */
#ifndef FF_DIAGNOSE_CONTEXT_H
#define FF_DIAGNOSE_CONTEXT_H

#include "diagnose/observe.h"

/* `unfinished`: the run still runs; `not-read`: only one job was asked for. */
ff_status ff_context_observe_gaps(ff_observer *observer);

/* `last-green`: the last run of the workflow and branch that passed, where something failed. */
ff_status ff_context_observe_green(ff_observer *observer);

#endif
