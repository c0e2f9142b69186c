#include "fetch/facts.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <jansson.h>

/* Placeholder until the reader of the API's facts is merged. */
ff_slice ff_api_message(ff_slice json, ff_arena *arena)
{
    ff_slice message = {0};
    json_t *root = json.len ? json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES, NULL) : NULL;
    const char *text = json_string_value(json_object_get(root, "message"));
    if (text)
        message = ff_utf8_keep(arena, ff_slice_of(text), FF_LIMIT_KEPT_LINE_BYTES);
    json_decref(root);
    return message;
}
