/* What was built, put into the digest: groups in their order, runs in no group, workflows, words for the history. */
#ifndef FF_DIGEST_PUBLISH_H
#define FF_DIGEST_PUBLISH_H

#include "digest/digest.h"

typedef struct ff_build ff_build;

/* In the digest's arena. FF_OK, FF_NOMEM, FF_LIMIT. */
ff_status ff_publish(ff_build *build);

#endif
