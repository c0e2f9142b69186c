#include "fetch/value.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "fetch/shape.h"

#include <jansson.h>

static const char NO_MEMORY[] = "cannot be read: out of memory";

/* The parser's words quote the answer, so they are made safe. */
static ff_status syntax_error(const json_error_t *problem, ff_error *error)
{
    enum json_error_code code = json_error_code(problem);
    if (code == json_error_out_of_memory || !problem->text[0])
        return ff_error_set(error, FF_NOMEM, NO_MEMORY);
    const char *what = code == json_error_numeric_overflow         ? "holds a number that is too large"
                       : code == json_error_duplicate_key          ? "names a member twice"
                       : code == json_error_premature_end_of_input ? "ends in the middle"
                                                                   : "is not JSON";
    ff_buf text;
    ff_buf_init(&text, 4 * sizeof problem->text);
    ff_utf8_add_safe(&text, ff_slice_of(problem->text));
    ff_slice safe = ff_buf_slice(&text);
    ff_status status = ff_error_set(error, FF_INVALID, "%s: %.*s, line %d, column %d", what, FF_ARG(safe),
                                    problem->line, problem->column);
    ff_buf_release(&text);
    return status;
}

ff_status ff_value_open(ff_value **root, ff_slice json, size_t max_values, ff_error *error)
{
    json_error_t problem;
    *root = NULL;
    if (json.len > FF_LIMIT_ANSWER_BYTES)
        return ff_error_set(error, FF_LIMIT, "is longer than the %zu bytes allowed", FF_LIMIT_ANSWER_BYTES);
    (void)ff_slice_take_prefix(&json, FF_LIT("\xEF\xBB\xBF"));
    if (!ff_slice_trim(json).len)
        return ff_error_set(error, FF_INVALID, "is empty");
    ff_shape shape = ff_shape_of(json);
    if (shape.depth > FF_LIMIT_JSON_DEPTH)
        return ff_error_set(error, FF_LIMIT, "nests deeper than the %u levels allowed", FF_LIMIT_JSON_DEPTH);
    if (shape.values > max_values)
        return ff_error_set(error, FF_LIMIT, "holds more than the %zu values allowed", max_values);
    *root = json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &problem);
    return *root ? FF_OK : syntax_error(&problem, error);
}

void ff_value_close(ff_value *root)
{
    json_decref(root);
}

bool ff_value_is_object(const ff_value *value)
{
    return json_is_object(value);
}

bool ff_value_is_list(const ff_value *value)
{
    return json_is_array(value);
}

bool ff_value_is_text(const ff_value *value)
{
    return json_is_string(value);
}

bool ff_value_is_true(const ff_value *value)
{
    return json_is_true(value);
}

const ff_value *ff_value_member(const ff_value *object, const char *name)
{
    return json_object_get(object, name);
}

size_t ff_value_count(const ff_value *list)
{
    return json_array_size(list);
}

const ff_value *ff_value_item(const ff_value *list, size_t at)
{
    return json_array_get(list, at);
}

ff_slice ff_value_slice(const ff_value *value)
{
    return json_is_string(value) ? (ff_slice){json_string_value(value), json_string_length(value)} : (ff_slice){0};
}

int64_t ff_value_integer(const ff_value *value, int64_t min, int64_t max)
{
    json_int_t number = json_is_integer(value) ? json_integer_value(value) : 0;
    return number >= min && number <= max ? number : 0;
}
