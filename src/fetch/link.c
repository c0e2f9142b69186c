#include "fetch/link.h"

/* Placeholder until the full reader of RFC 8288 is merged. */
ff_slice ff_link_next(ff_slice header)
{
    ff_slice part;
    while (ff_slice_take_until(&header, ',', &part)) {
        size_t from = ff_slice_find_byte(part, '<');
        size_t to = ff_slice_find_byte(part, '>');
        if (from < to && to != SIZE_MAX && ff_slice_find(part, FF_LIT("rel=\"next\"")) != SIZE_MAX)
            return (ff_slice){part.ptr + from + 1, to - from - 1};
    }
    return (ff_slice){0};
}
