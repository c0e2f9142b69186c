/* Which groups follow from which: a consequence stands under its cause. */
#ifndef FF_DIGEST_LINKS_H
#define FF_DIGEST_LINKS_H

#include "digest/digest.h"

typedef struct ff_build ff_build;

/* Sets `under` of the gathered groups to the index of a draft, from the edges of the history: those of most runs first,
 * and none that would close a circle. As ff_digest_build. */
ff_status ff_links_draw(ff_build *build);

#endif
