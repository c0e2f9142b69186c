/* A finding in the making: what is kept of a growing number of hits, in constant memory.
 *
 * Kept are the first hit with its context, the second, the last few, and the distinct values of each capture. A loop of
 * a hundred thousand hits is as large as one of twenty.
 *
 *     ff_piece *piece = ff_piece_new();
 *     ff_piece_add(piece, &hit);                       // the first one says where the piece is
 *     ff_piece_finding(piece, rule, run, &finding);    // copied into the run's arena
 *     ff_piece_free(piece);
 */
#ifndef FF_MATCH_PIECE_H
#define FF_MATCH_PIECE_H

#include "base/limits.h"
#include "match/hit.h"

typedef struct ff_piece ff_piece;

/* An empty piece, or NULL without memory. */
ff_piece *ff_piece_new(void);
void ff_piece_free(ff_piece *piece); /* NULL is fine */

/* Takes one more hit, in log order. FF_OK or FF_NOMEM. */
ff_status ff_piece_add(ff_piece *piece, const ff_hit *hit);

/* Takes all hits of `later`, which come behind its own and whose piece is of the same rule and step. */
ff_status ff_piece_absorb(ff_piece *piece, const ff_piece *later);

/* The line that ended the loop has been added. */
void ff_piece_close(ff_piece *piece);

/* How many hits it holds. */
uint32_t ff_piece_count(const ff_piece *piece);

/* `repeat: {same: …}`: the values by which a piece is told from its neighbours, as hashes in the order of the rule's
 * list; 0 for a capture that the hit does not have, which fits any value. `count` is at most FF_PIECE_SAME_MAX. */
enum { FF_PIECE_SAME_MAX = FF_LIMIT_SAME_CAPTURES };

/* True if the piece has seen these values together. */
bool ff_piece_knows(const ff_piece *piece, const uint64_t *same, size_t count);

/* From now on it has. */
void ff_piece_learn(ff_piece *piece, const uint64_t *same, size_t count);

/* Copies the piece into `finding`, in the arena of `run`, and counts its masked secrets there. FF_OK or FF_NOMEM. */
ff_status ff_piece_finding(const ff_piece *piece, const ff_rule *rule, ff_run *run, ff_finding *finding);

#endif
