/* The groups of the window as drafts, in order of their fingerprints. */
#ifndef FF_DIGEST_GROUPS_H
#define FF_DIGEST_GROUPS_H

#include "digest/gather.h"

typedef struct ff_groups {
    ff_draft *items; /* those with runs in the window first, by fingerprint; then those that got fixed */
    size_t count, cap;
    ff_draft **ordered; /* all, as they come in the digest; once that is known */
    size_t current;     /* of these so many have runs in the window */
    size_t left_out;    /* beyond FF_LIMIT_GROUPS */
    size_t shortened;   /* have more branches or jobs than are kept */
} ff_groups;

/* Gathers the members of the window; where these are of more than FF_LIMIT_GROUPS groups, those of the most important
 * As ff_digest_build. */
ff_status ff_groups_gather(ff_build *build);

/* The draft with runs in the window of that fingerprint; FF_NO_GROUP: none. */
uint32_t ff_groups_find(const ff_build *build, const char *fingerprint);

/* Makes room for one more draft; NULL without memory. NULL too, and counted, if it would be one too many: then nothing
 * has failed. */
ff_draft *ff_groups_add(ff_build *build);

#endif
