#include "repo/probe.h"
ff_status ff_probe_python_requirement(ff_repo *r, const ff_probe_question *q, ff_probe_answer *a) { (void)q; return ff_probe_say(r, a, FF_PROBE_UNKNOWN, "not yet"); }
ff_status ff_probe_npm_requirement(ff_repo *r, const ff_probe_question *q, ff_probe_answer *a) { (void)q; return ff_probe_say(r, a, FF_PROBE_UNKNOWN, "not yet"); }
