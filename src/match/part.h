/* What is known of the texts that a piece of a pattern matches, and how that adds up.
 *
 * Everything here may know less than the truth, never more: where a bound is reached, or there is no memory, knowledge
 * is dropped.
 *
 *     ff_sequence seq = ff_sequence_start();
 *     ff_sequence_append(arena, &seq, ff_part_byte(arena, 'a'));
 *     ff_sequence_append(arena, &seq, ff_part_anything());
 *     ff_part whole = ff_sequence_end(&seq);                  // begins with "a"
 */
#ifndef FF_MATCH_PART_H
#define FF_MATCH_PART_H

#include "match/words.h"

enum { FF_PART_SETS = 3 };

/* Conditions on a line that hold together: one text of each set stands in it. Best first; a set of count 0 and those
 * behind it put none. */
typedef struct ff_required {
    ff_words sets[FF_PART_SETS];
} ff_required;

/* An exact part matches one of `head`, nothing else; `tail` is the same then. Any other part matches texts that begin
 * with one of `head` and end with one of `tail`. Whatever it matches, the line fulfils `required`. */
typedef struct ff_part {
    bool exact;
    ff_words head, tail;
    ff_required required;
} ff_part;

/* Parts one after the other. */
typedef struct ff_sequence {
    bool exact; /* so far: `open` is the whole */
    ff_words head;
    ff_words open; /* the text directly before the next part ends with one of these */
    ff_required required;
} ff_sequence;

/* The part that matches just these texts; the empty text; any text; one byte without regard to ASCII case. */
ff_part ff_part_exactly(ff_words texts);
ff_part ff_part_nothing(void);
ff_part ff_part_anything(void);
ff_part ff_part_byte(ff_arena *arena, char byte);

/* a|b: what holds for both. */
ff_part ff_part_either(ff_arena *arena, ff_part a, ff_part b);

/* `once`, at least `least` and at most `most` times in a row; UINT64_MAX: no end. */
ff_part ff_part_repeat(ff_arena *arena, ff_part once, uint64_t least, uint64_t most);

/* Parts one after the other: start with nothing, append each, and the end gives what holds for the whole. */
ff_sequence ff_sequence_start(void);
void ff_sequence_append(ff_arena *arena, ff_sequence *seq, ff_part next);
ff_part ff_sequence_end(ff_sequence *seq);

#endif
