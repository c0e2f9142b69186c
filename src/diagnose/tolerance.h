/* What passed over a failure that was tolerated: the construct of the script or of the workflow, and its line. */
#ifndef FF_DIAGNOSE_TOLERANCE_H
#define FF_DIAGNOSE_TOLERANCE_H

#include "diagnose/case.h"

/* Names it for every tolerated diagnosis, where one construct alone can have done it. Needs scenes. FF_OK or FF_NOMEM.
 */
ff_status ff_tolerance_name_all(ff_case *c);

#endif
