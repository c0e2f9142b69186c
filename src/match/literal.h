/* The required literals of a PCRE2 pattern: a few sets of short texts; a line must hold one text of each set before the
 * pattern can match it. The prefilter looks for them, so that the regex engine sees few lines.
 *
 * A small parser of pattern syntax that errs on one side: what it does not understand yields no literal (slow, but
 * right), never a wrong one. Groups are flattened, alternatives give one literal each, small classes and optional
 * parts are multiplied out, look-arounds that must hold count too. Literals are folded to lower case, because the
 * prefilter ignores ASCII case; among the candidates of one pattern the rarest in log text win (rarity.h).
 *
 *     ff_literals found = ff_literal_find(&arena, FF_LIT("(?:GET|PUT) \\S+ failed"));
 *     // found.sets[0] is {" failed"}, found.sets[1] is {"get ", "put "}
 */
#ifndef FF_MATCH_LITERAL_H
#define FF_MATCH_LITERAL_H

#include "base/arena.h"
#include "catalog/rule.h"

enum {
    FF_LITERAL_MIN = 3,    /* shorter ones stand in every other line */
    FF_LITERAL_MAX = 9,    /* longer ones are cut: more bytes hardly make them rarer, and the automaton grows */
    FF_LITERAL_COUNT = 64, /* texts in one set; with more it is no condition */
    FF_LITERAL_SETS = 3
};

typedef struct ff_literals {
    ff_texts sets[FF_LITERAL_SETS]; /* rarest first */
    size_t count;                   /* of sets; 0: nothing is required */
} ff_literals;

/* The sets for `pattern`, in the arena; none when there is none, when the pattern is not understood, or without memory
 * (the arena remembers). Each literal has FF_LITERAL_MIN to FF_LITERAL_MAX bytes, in lower case. */
ff_literals ff_literal_find(ff_arena *arena, ff_slice pattern);

#endif
