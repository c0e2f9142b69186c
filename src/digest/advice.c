#include "digest/advice.h"

static const ff_slice FENCE = FF_TEXT("```");

/* All up to the fence that closes the block, or to the end. */
static ff_slice take_block(ff_slice *rest)
{
    const char *start = rest->ptr;
    const char *end = start;
    ff_slice line;
    while (ff_slice_take_until(rest, '\n', &line)) {
        if (ff_slice_starts(ff_slice_trim(line), FENCE))
            break;
        end = line.ptr + line.len;
    }
    return (ff_slice){start, (size_t)(end - start)};
}

bool ff_advice_take(ff_slice *rest, ff_advice_piece *piece)
{
    ff_slice line;
    while (ff_slice_take_until(rest, '\n', &line)) {
        line = ff_slice_trim(line);
        if (line.len == 0)
            continue;
        if (ff_slice_starts(line, FENCE)) {
            *piece = (ff_advice_piece){FF_ADVICE_BLOCK, take_block(rest)};
            if (piece->text.len == 0)
                continue;
            return true;
        }
        bool item = ff_slice_take_prefix(&line, FF_LIT("- "));
        *piece = (ff_advice_piece){item ? FF_ADVICE_ITEM : FF_ADVICE_WORDS, ff_slice_trim(line)};
        return true;
    }
    return false;
}
