#include "catalog/choice.h"

#include <stdio.h>

enum { WORD_BYTES = 32 }; /* longer words are nobody's typing error */

static size_t least(size_t a, size_t b, size_t c)
{
    size_t low = a < b ? a : b;
    return low < c ? low : c;
}

/* Edits that turn `a` into `b` (Levenshtein); both at most WORD_BYTES long. */
static size_t edits(ff_slice a, ff_slice b)
{
    size_t row[WORD_BYTES + 1];
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            row[j] = least(row[j - 1] + 1, above + 1, diagonal + (a.ptr[i - 1] != b.ptr[j - 1]));
            diagonal = above;
        }
    }
    return row[b.len];
}

/* One slip for a short word, one more for each four letters: more would suggest words that nobody meant. */
void ff_choice_init(ff_choice *choice, ff_slice given)
{
    *choice = (ff_choice){.given = given, .distance = 1 + given.len / 4};
}

void ff_choice_offer(ff_choice *choice, const char *word)
{
    size_t room = sizeof choice->allowed - choice->used;
    int length = snprintf(choice->allowed + choice->used, room, "%s%s", choice->used ? ", " : "", word);
    if (length >= 0 && (size_t)length < room)
        choice->used += (size_t)length;
    else
        choice->allowed[choice->used] = '\0';
    ff_slice offered = ff_slice_of(word);
    if (offered.len > WORD_BYTES || choice->given.len > WORD_BYTES)
        return;
    size_t distance = edits(choice->given, offered);
    if (distance < choice->distance || (distance == choice->distance && !choice->nearest)) {
        choice->distance = distance;
        choice->nearest = word;
    }
}

const char *ff_choice_allowed(const ff_choice *choice)
{
    return choice->allowed;
}
