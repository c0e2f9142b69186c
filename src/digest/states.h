/* What a group is to a reader who saw the pages of earlier scans: new, known, back or fixed.
 *
 * Only finished scans leave word in the history, so one that was killed changes nothing.
 */
#ifndef FF_DIGEST_STATES_H
#define FF_DIGEST_STATES_H

#include "digest/digest.h"

typedef struct ff_build ff_build;

/* What was said last of a group in one repository. */
typedef struct ff_word {
    char fingerprint[FF_SHA256_HEX + 1];
    bool fixed;
    uint32_t repository;
} ff_word;

typedef struct ff_states {
    struct {
        ff_word *items;
        size_t count, cap;
    } words; /* by fingerprint, then repository */
} ff_states;

/* Asks the history what earlier scans said. As ff_digest_build. */
ff_status ff_states_hear(ff_build *build);

/* The state of a group with runs in the window. */
ff_group_state ff_states_of(const ff_build *build, const char *fingerprint);

/* Gives each gathered group its state, and adds those that got fixed. As ff_digest_build. */
ff_status ff_states_judge(ff_build *build);

/* The words on a fingerprint; `count` of them. */
const ff_word *ff_states_find(const ff_build *build, const char *fingerprint, size_t *count);

#endif
