/* How grave a word is that a tool puts before its message, and how a pattern is kept to words of one gravity. */
#ifndef FF_WORKSHOP_TIER_H
#define FF_WORKSHOP_TIER_H

#include "base/slice.h"

typedef enum ff_tier { FF_TIER_ERROR, FF_TIER_WARNING, FF_TIER_NOTICE, FF_TIER_COUNT } ff_tier;

/* GitHub's own word: "error", "warning", "notice". Never NULL for a valid tier. */
const char *ff_tier_name(ff_tier tier);

/* The tier of GitHub's own word in any case. False for another one. */
bool ff_tier_find(ff_slice name, ff_tier *tier);

/* The tier of a tool's word in any case: what is neither a warning nor a notice is an error. */
ff_tier ff_tier_of(ff_slice word);

/* A look-ahead of PCRE2 for the start of the word: true where it is of that tier. A static text. */
ff_slice ff_tier_front(ff_tier tier);

/* Words for examples, from the likeliest; the empty slice past the last. */
ff_slice ff_tier_word(ff_tier tier, size_t index);

#endif
