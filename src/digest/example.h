/* The best example of each group: what a reader is shown of it. */
#ifndef FF_DIGEST_EXAMPLE_H
#define FF_DIGEST_EXAMPLE_H

#include "digest/digest.h"

typedef struct ff_build ff_build;

/* Chooses it, and puts its texts, evidence and JSON into the drafts, most important first, until
 * FF_LIMIT_EXAMPLES_BYTES are reached; `left_out`: how many groups then go without evidence and JSON. As
 * ff_digest_build. */
ff_status ff_example_choose(ff_build *build, size_t *left_out);

#endif
