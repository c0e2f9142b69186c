/* A word that is none of the allowed ones: collects what would have been allowed and which of it is nearest.
 *
 *     ff_choice choice;
 *     ff_choice_init(&choice, FF_LIT("roles"));
 *     ff_choice_offer(&choice, "role");
 *     ff_choice_offer(&choice, "severity");
 *     ... choice.nearest is "role", ff_choice_allowed(&choice) is "role, severity"
 */
#ifndef FF_CATALOG_CHOICE_H
#define FF_CATALOG_CHOICE_H

#include "base/slice.h"

enum { FF_CHOICE_TEXT = 320 };

typedef struct ff_choice {
    ff_slice given;      /* borrowed */
    const char *nearest; /* NULL: nothing is near enough to be meant */
    size_t distance;     /* of `nearest`; at first: the largest that still counts as near */
    size_t used;
    char allowed[FF_CHOICE_TEXT];
} ff_choice;

/* Starts with nothing offered. `given` is the word that was written; it must outlive the choice. */
void ff_choice_init(ff_choice *choice, ff_slice given);

/* Adds one allowed word, a string that outlives the choice. What does not fit into FF_CHOICE_TEXT is left out. */
void ff_choice_offer(ff_choice *choice, const char *word);

/* The words offered, joined by ", ". Borrowed from the choice. */
const char *ff_choice_allowed(const ff_choice *choice);

#endif
