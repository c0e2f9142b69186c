/* The JSON writer: commas, indentation, escapes, numbers. */
#include "base/json.h"

#include "base/clock.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>

static void members_and_items_stand_one_a_line(void **state)
{
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, 1000);
    ff_json json = {.out = &buf};
    ff_json_open(&json, '{');
    ff_json_key(&json, "schema");
    ff_json_text(&json, FF_LIT("x/1"));
    ff_json_key(&json, "empty");
    ff_json_open(&json, '[');
    ff_json_close(&json, ']');
    ff_json_key(&json, "list");
    ff_json_open(&json, '[');
    ff_json_uint(&json, 1);
    ff_json_open(&json, '{');
    ff_json_close(&json, '}');
    ff_json_bool(&json, true);
    ff_json_null(&json);
    ff_json_close(&json, ']');
    ff_json_key(&json, "none");
    ff_json_text_or_null(&json, (ff_slice){0});
    ff_json_key(&json, "zero");
    ff_json_uint_or_null(&json, 0);
    ff_json_key(&json, "last");
    ff_json_uint_or_null(&json, UINT64_MAX);
    ff_json_close(&json, '}');
    assert_string_equal(buf.ptr, "{\n"
                                 "  \"schema\": \"x/1\",\n"
                                 "  \"empty\": [],\n"
                                 "  \"list\": [\n"
                                 "    1,\n"
                                 "    {},\n"
                                 "    true,\n"
                                 "    null\n"
                                 "  ],\n"
                                 "  \"none\": null,\n"
                                 "  \"zero\": null,\n"
                                 "  \"last\": 18446744073709551615\n"
                                 "}");
    ff_buf_release(&buf);
}

/* One member of each kind, and a nested list. */
static void put_some(ff_json *json)
{
    ff_json_open(json, '{');
    ff_json_put_text(json, "text", FF_LIT("a: b, c"));
    ff_json_put_uint_or_null(json, "zero", 0);
    ff_json_put_bool(json, "yes", true);
    ff_json_put_null(json, "none");
    ff_json_put_lines(json, "lines", FF_LIT("one\ntwo\n \n"));
    ff_json_put_time(json, "at", 0);
    ff_json_put_time(json, "never", FF_NO_TIME);
    ff_json_put_list(json, "list");
    ff_json_uint(json, 1);
    ff_json_raw(json, FF_LIT("{\"done\":[1, 2]}"));
    ff_json_raw(json, FF_LIT("3"));
    ff_json_close(json, ']');
    ff_json_put_object(json, "object");
    ff_json_key(json, "raw");
    ff_json_raw(json, FF_LIT("null"));
    ff_json_close(json, '}');
    ff_json_close(json, '}');
}

static void compact_json_is_one_line_without_blanks(void **state)
{
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, 1000);
    ff_json json = {.out = &buf, .compact = true};
    put_some(&json);
    assert_string_equal(buf.ptr,
                        "{\"text\":\"a: b, c\",\"zero\":null,\"yes\":true,\"none\":null,\"lines\":\"one\\ntwo\","
                        "\"at\":\"1970-01-01T00:00:00Z\",\"never\":null,\"list\":[1,{\"done\":[1, 2]},3],"
                        "\"object\":{\"raw\":null}}");
    ff_buf_release(&buf);
}

static void a_finished_value_takes_its_place_among_others(void **state)
{
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, 1000);
    ff_json json = {.out = &buf};
    put_some(&json);
    assert_non_null(strstr(buf.ptr, "  \"list\": [\n"
                                    "    1,\n"
                                    "    {\"done\":[1, 2]},\n"
                                    "    3\n"
                                    "  ],\n"
                                    "  \"object\": {\n"
                                    "    \"raw\": null\n"
                                    "  }\n"
                                    "}"));
    ff_buf_release(&buf);
}

static void hostile_text_stays_one_string(void **state)
{
    const struct {
        ff_slice text;
        const char *json;
    } rows[] = {
        {FF_LIT(""), "\"\""},
        {FF_LIT("a\"b\\c"), "\"a\\\"b\\\\c\""},
        {FF_LIT("\",\"rule\":\"x"), "\"\\\",\\\"rule\\\":\\\"x\""},
        {FF_LIT("a\nb\0"), "\"a\\\\x0ab\\\\x00\""}, /* made visible first, then escaped */
        {FF_LIT("\xFF"), "\"\xEF\xBF\xBD\""},
        {FF_LIT("\xE2\x80\xA8"), "\"\\\\u2028\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_buf buf;
        ff_buf_init(&buf, 1000);
        ff_json json = {.out = &buf};
        ff_json_text(&json, rows[i].text);
        assert_string_equal(buf.ptr, rows[i].json);
        ff_buf_release(&buf);
    }
}

static void fractions_have_three_decimals(void **state)
{
    const struct {
        double value;
        const char *json;
    } rows[] = {
        {0.0, "0.000"},
        {0.38, "0.380"},
        {1.0, "1.000"},
        {-1.5, "-1.500"},
        {0.0004, "0.000"},
        {-0.0004, "0.000"},
        {0.9996, "1.000"},
        {12345678.9125, "12345678.913"},
        {1e15, "1000000000000000.000"},
        {NAN, "null"},
        {INFINITY, "null"},
        {-INFINITY, "null"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_buf buf;
        ff_buf_init(&buf, 100);
        ff_json json = {.out = &buf};
        ff_json_fixed(&json, rows[i].value);
        assert_string_equal(buf.ptr, rows[i].json);
        ff_buf_release(&buf);
    }
}

static void the_locale_of_the_program_does_not_change_numbers(void **state)
{
    ff_buf buf;
    (void)state;
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "fr_FR.UTF-8"))
        skip();
    ff_buf_init(&buf, 100);
    ff_json json = {.out = &buf};
    ff_json_fixed(&json, 0.5);
    assert_string_equal(buf.ptr, "0.500");
    ff_buf_release(&buf);
    assert_non_null(setlocale(LC_ALL, "C"));
}

static void a_full_buffer_is_the_writers_failure(void **state)
{
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, 10);
    ff_json json = {.out = &buf};
    ff_json_open(&json, '[');
    ff_json_text(&json, FF_LIT("longer than ten bytes"));
    ff_json_close(&json, ']');
    assert_int_equal(ff_buf_status(&buf), FF_LIMIT);
    ff_buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_and_items_stand_one_a_line),
        cmocka_unit_test(compact_json_is_one_line_without_blanks),
        cmocka_unit_test(a_finished_value_takes_its_place_among_others),
        cmocka_unit_test(hostile_text_stays_one_string),
        cmocka_unit_test(fractions_have_three_decimals),
        cmocka_unit_test(the_locale_of_the_program_does_not_change_numbers),
        cmocka_unit_test(a_full_buffer_is_the_writers_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
