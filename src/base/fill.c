#include "base/fill.h"

bool ff_fill_take_first(ff_slice *name)
{
    bool first = ff_slice_ends(*name, FF_LIT(":first"));
    name->len -= first ? strlen(":first") : 0;
    return first;
}

/* Without optional parts. */
static bool fill_plain(ff_slice text, ff_fill_fn value_of, void *self, ff_buf *out)
{
    bool complete = true;
    for (size_t at; (at = ff_slice_find(text, FF_LIT("${"))) != SIZE_MAX;) {
        bool literal = at && text.ptr[at - 1] == '$';
        size_t end = literal ? 1 : ff_slice_find_byte(ff_slice_from(text, at), '}');
        if (end == SIZE_MAX)
            break;
        ff_buf_add(out, ff_slice_cut(text, at - literal));
        if (literal)
            ff_buf_add(out, FF_LIT("${"));
        else if (!value_of(self, ff_slice_cut(ff_slice_from(text, at + 2), end - 2), out))
            complete = false;
        text = ff_slice_from(text, at + end + 1);
    }
    ff_buf_add(out, text);
    return complete;
}

bool ff_fill(ff_slice text, ff_fill_fn value_of, void *self, ff_buf *out)
{
    bool complete = true;
    while (text.len) {
        size_t open = ff_slice_find(text, FF_LIT("$["));
        size_t close = open == SIZE_MAX ? SIZE_MAX : ff_slice_find_byte(ff_slice_from(text, open), ']');
        if (close == SIZE_MAX)
            return fill_plain(text, value_of, self, out) && complete;
        if (!fill_plain(ff_slice_cut(text, open), value_of, self, out))
            complete = false;
        size_t before = out->len;
        ff_slice part = ff_slice_cut(ff_slice_from(text, open + 2), close - 2);
        if (!fill_plain(part, value_of, self, out) && ff_buf_status(out) == FF_OK)
            out->len = before;
        text = ff_slice_from(text, open + close + 1);
    }
    return complete;
}
