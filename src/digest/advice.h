/* Advice as the author of a rule writes it, piece by piece. Catalogs come from anywhere: of Markdown there are
 * paragraphs, lists and blocks of code; the rest means nothing.
 *
 *     ff_advice_piece piece;
 *     while (ff_advice_take(&rest, &piece)) ...
 */
#ifndef FF_DIGEST_ADVICE_H
#define FF_DIGEST_ADVICE_H

#include "base/slice.h"

typedef enum ff_advice_kind { FF_ADVICE_WORDS, FF_ADVICE_ITEM, FF_ADVICE_BLOCK } ff_advice_kind;

typedef struct ff_advice_piece {
    ff_advice_kind kind;
    ff_slice text; /* one line; of a block all lines between the fences */
} ff_advice_piece;

/* Takes the next piece off `rest`. False when nothing is left. The text is borrowed. */
bool ff_advice_take(ff_slice *rest, ff_advice_piece *piece);

#endif
