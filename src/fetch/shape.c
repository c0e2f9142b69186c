#include "fetch/shape.h"

/* The offset behind the string whose opening quote stands before `at`. */
static size_t skip_string(ff_slice json, size_t at)
{
    for (; at < json.len && json.ptr[at] != '"'; at++)
        if (json.ptr[at] == '\\')
            at++;
    return at < json.len ? at + 1 : json.len;
}

ff_shape ff_shape_of(ff_slice json)
{
    ff_shape shape = {.values = 1};
    size_t open = 0;
    for (size_t at = 0; at < json.len;) {
        char byte = json.ptr[at++];
        if (byte == '"') {
            at = skip_string(json, at);
        } else if (byte == ',') {
            shape.values++;
        } else if (byte == '[' || byte == '{') {
            shape.values++;
            if (++open > shape.depth)
                shape.depth = open;
        } else if ((byte == ']' || byte == '}') && open) {
            open--;
        }
    }
    return shape;
}
