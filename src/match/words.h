/* A choice of texts: what a piece of a pattern can match, or one of which must stand in a line.
 *
 * Bounded by construction: an operation that would pass a bound says so and leaves its operand alone, and the caller
 * makes do with less knowledge. Without memory the same happens.
 *
 *     ff_words open = ff_words_empty_text();
 *     ff_words_join(arena, &open, digits);      // every text of `open` continued by every text of `digits`
 */
#ifndef FF_MATCH_WORDS_H
#define FF_MATCH_WORDS_H

#include "base/arena.h"

#include <stdint.h>

/* Immutable texts in an arena; count 0 means that nothing is known. */
typedef struct ff_words {
    const ff_slice *items;
    uint32_t count;
} ff_words;

/* The choice of the empty text alone. Static. */
ff_words ff_words_empty_text(void);

/* The choice of one text, which is borrowed. Nothing known without memory. */
ff_words ff_words_one(ff_arena *arena, ff_slice text);

/* Continues each text of `words` by each of `next`. False, with nothing changed, if that gives too many or too long
 * texts, if `next` is not known, or without memory. */
bool ff_words_join(ff_arena *arena, ff_words *words, ff_words next);

/* Adds the texts of `other` that are not there yet. False, with nothing changed, if that gives more than `max`, if
 * `other` is not known, or without memory. */
bool ff_words_add(ff_arena *arena, ff_words *words, ff_words other, uint32_t max);

/* True if a line that holds one of `words` holds one of `weaker` too, because each text of `words` does. */
bool ff_words_imply(ff_words words, ff_words weaker);

/* How good the choice is as a condition on a line: the rarity of its commonest text, less for many texts; 0 if it is
 * of no use, because nothing is known or a text is too short. */
uint32_t ff_words_score(ff_words words);

#endif
