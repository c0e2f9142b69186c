#include "base/json.h"

#include "base/clock.h"
#include "base/utf8.h"

#include <math.h>

static void newline(ff_json *json)
{
    if (json->compact)
        return;
    ff_buf_add_byte(json->out, '\n');
    ff_buf_add_repeat(json->out, ' ', 2 * (size_t)json->depth);
}

static void before_value(ff_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->has_item)
        ff_buf_add_byte(json->out, ',');
    if (json->depth)
        newline(json);
    json->has_item = true;
}

void ff_json_raw(ff_json *json, ff_slice value)
{
    before_value(json);
    ff_buf_add(json->out, value);
}

void ff_json_open(ff_json *json, char bracket)
{
    before_value(json);
    ff_buf_add_byte(json->out, bracket);
    json->depth++;
    json->has_item = false;
}

void ff_json_close(ff_json *json, char bracket)
{
    json->depth--;
    if (json->has_item)
        newline(json);
    ff_buf_add_byte(json->out, bracket);
    json->has_item = true;
}

void ff_json_key(ff_json *json, const char *key)
{
    ff_json_text(json, ff_slice_of(key));
    ff_buf_add(json->out, json->compact ? FF_LIT(":") : FF_LIT(": "));
    json->after_key = true;
}

static void add_escaped(ff_json *json, ff_slice text)
{
    ff_buf safe;
    ff_buf_init(&safe, json->out->max);
    ff_utf8_add_safe(&safe, text);
    ff_buf_inherit(json->out, &safe);
    for (size_t i = 0; i < safe.len; i++) {
        if (safe.ptr[i] == '"' || safe.ptr[i] == '\\')
            ff_buf_add_byte(json->out, '\\');
        ff_buf_add_byte(json->out, safe.ptr[i]);
    }
    ff_buf_release(&safe);
}

void ff_json_text(ff_json *json, ff_slice text)
{
    before_value(json);
    ff_buf_add_byte(json->out, '"');
    add_escaped(json, text);
    ff_buf_add_byte(json->out, '"');
}

void ff_json_lines(ff_json *json, ff_slice text)
{
    before_value(json);
    ff_buf_add_byte(json->out, '"');
    ff_slice line;
    for (bool first = true; ff_slice_take_until(&text, '\n', &line); first = false) {
        ff_buf_add(json->out, first ? FF_LIT("") : FF_LIT("\\n"));
        add_escaped(json, line);
    }
    ff_buf_add_byte(json->out, '"');
}

void ff_json_exact(ff_json *json, ff_slice text)
{
    static const struct {
        char byte;
        const char *escape;
    } escapes[] = {{'\n', "\\n"}, {'\t', "\\t"}, {'\r', "\\r"}, {'"', "\\\""}, {'\\', "\\\\"}};
    before_value(json);
    ff_buf_add_byte(json->out, '"');
    for (size_t i = 0; i < text.len; i++) {
        size_t row = 0;
        while (row < sizeof escapes / sizeof *escapes && escapes[row].byte != text.ptr[i])
            row++;
        ff_buf_add(json->out, row < sizeof escapes / sizeof *escapes ? ff_slice_of(escapes[row].escape)
                                                                     : (ff_slice){text.ptr + i, 1});
    }
    ff_buf_add_byte(json->out, '"');
}

void ff_json_text_or_null(ff_json *json, ff_slice text)
{
    if (text.len)
        ff_json_text(json, text);
    else
        ff_json_null(json);
}

void ff_json_int(ff_json *json, int64_t value)
{
    before_value(json);
    ff_buf_printf(json->out, "%lld", (long long)value);
}

void ff_json_uint(ff_json *json, uint64_t value)
{
    before_value(json);
    ff_buf_printf(json->out, "%llu", (unsigned long long)value);
}

void ff_json_uint_or_null(ff_json *json, uint64_t value)
{
    if (value)
        ff_json_uint(json, value);
    else
        ff_json_null(json);
}

void ff_json_fixed(ff_json *json, double value)
{
    if (!isfinite(value)) {
        ff_json_null(json);
        return;
    }
    before_value(json);
    /* printf's decimal point is the locale's, which belongs to the program around this library: whole numbers only. */
    if (fabs(value) >= 1e15) {
        ff_buf_printf(json->out, "%.0f.000", value);
        return;
    }
    long long milli = llround(value * 1000.0);
    long long size = milli < 0 ? -milli : milli;
    ff_buf_printf(json->out, "%s%lld.%03lld", milli < 0 ? "-" : "", size / 1000, size % 1000);
}

void ff_json_bool(ff_json *json, bool value)
{
    ff_json_raw(json, value ? FF_LIT("true") : FF_LIT("false"));
}

void ff_json_null(ff_json *json)
{
    ff_json_raw(json, FF_LIT("null"));
}

void ff_json_put_text(ff_json *json, const char *key, ff_slice text)
{
    ff_json_key(json, key);
    ff_json_text(json, text);
}

void ff_json_put_text_or_null(ff_json *json, const char *key, ff_slice text)
{
    ff_json_key(json, key);
    ff_json_text_or_null(json, text);
}

void ff_json_put_uint(ff_json *json, const char *key, uint64_t value)
{
    ff_json_key(json, key);
    ff_json_uint(json, value);
}

void ff_json_put_uint_or_null(ff_json *json, const char *key, uint64_t value)
{
    ff_json_key(json, key);
    ff_json_uint_or_null(json, value);
}

void ff_json_put_bool(ff_json *json, const char *key, bool value)
{
    ff_json_key(json, key);
    ff_json_bool(json, value);
}

void ff_json_put_null(ff_json *json, const char *key)
{
    ff_json_key(json, key);
    ff_json_null(json);
}

void ff_json_put_lines(ff_json *json, const char *key, ff_slice text)
{
    ff_json_key(json, key);
    ff_json_lines(json, ff_slice_trim_end(text));
}

/* The contracts ask for ISO 8601 or null, never for an empty text. */
void ff_json_put_time(ff_json *json, const char *key, int64_t time)
{
    ff_buf text;
    ff_buf_init(&text, json->out->max);
    ff_clock_add_utc(&text, time);
    ff_json_put_text_or_null(json, key, ff_buf_slice(&text));
    ff_buf_inherit(json->out, &text);
    ff_buf_release(&text);
}

void ff_json_put_written(ff_json *json, const char *key, ff_slice object)
{
    bool sound = ff_slice_starts(object, FF_LIT("{")) && ff_slice_ends(object, FF_LIT("}")) &&
                 ff_slice_find_byte(object, '\n') == SIZE_MAX && ff_utf8_is_showable(object);
    ff_json_key(json, key);
    ff_json_raw(json, sound ? object : FF_LIT("null"));
}

void ff_json_put_list(ff_json *json, const char *key)
{
    ff_json_key(json, key);
    ff_json_open(json, '[');
}

void ff_json_put_object(ff_json *json, const char *key)
{
    ff_json_key(json, key);
    ff_json_open(json, '{');
}
