/* How rare a piece of text is in CI logs: the measure by which the literal of a pattern is chosen.
 *
 * The longest literal is often a bad choice (`process completed with exit code` stands in every log, `ENOENT` in few):
 * a small table of how often one byte follows another in real logs decides instead. ASCII case is ignored.
 *
 *     ff_rarity(FF_LIT("enoent")) > ff_rarity(FF_LIT("error"))
 */
#ifndef FF_MATCH_RARITY_H
#define FF_MATCH_RARITY_H

#include "base/slice.h"

/* Roughly the bits of surprise of `text`, 0 for the empty slice; comparable between texts only. */
uint32_t ff_rarity(ff_slice text);

#endif
