/* Positioned errors: the first wins, texts stay one line and inside their bounds. */
#include "base/error.h"

#include "base/utf8.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_first_error_wins(void **state)
{
    ff_error error = {0};
    (void)state;
    assert_int_equal(ff_error_set(&error, FF_IO, "first %d", 1), FF_IO);
    assert_int_equal(ff_error_set(&error, FF_NOMEM, "second"), FF_NOMEM);
    assert_int_equal(ff_error_at(&error, FF_INVALID, "x.yaml", 1, 2, "third"), FF_INVALID);
    assert_int_equal(error.status, FF_IO);
    assert_string_equal(error.text, "first 1");
    assert_int_equal(error.line, 0);
    assert_int_equal(ff_error_set(NULL, FF_LIMIT, "nobody listens"), FF_LIMIT);
    assert_int_equal(ff_error_at(NULL, FF_LIMIT, "x", 1, 1, "nobody listens"), FF_LIMIT);
}

static void a_position_stands_in_front_of_the_text(void **state)
{
    static const struct {
        const char *file;
        uint32_t line, column;
        const char *text;
    } rows[] = {
        {"health.yaml", 12, 5, "health.yaml:12:5: unknown key"},
        {"health.yaml", 0, 0, "health.yaml: unknown key"},
        {"a\nb\x1b[0m.yaml", 1, 1, "a?b?[0m.yaml:1:1: unknown key"},
        {NULL, 3, 4, ":3:4: unknown key"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_error error = {0};
        assert_int_equal(
            ff_error_at(&error, FF_INVALID, rows[i].file, rows[i].line, rows[i].column, "unknown %s", "key"),
            FF_INVALID);
        assert_string_equal(error.text, rows[i].text);
        assert_string_equal(error.file, rows[i].file ? rows[i].file : "");
        assert_int_equal(error.line, rows[i].line);
        assert_int_equal(error.column, rows[i].column);
    }
}

static void long_texts_and_names_are_cut_between_code_points(void **state)
{
    char text[2001];
    (void)state;
    for (size_t start = 0; start < 3; start++) {
        memset(text, 'a', sizeof text);
        for (size_t i = start; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "\xE2\x82\xAC", 3);
        text[start + (sizeof text - 1 - start) / 3 * 3] = '\0';
        ff_error error = {0};
        (void)ff_error_at(&error, FF_INVALID, text, UINT32_MAX, UINT32_MAX, "%s", text);
        assert_true(strlen(error.text) >= FF_ERROR_TEXT - 4);
        assert_true(strlen(error.file) >= FF_ERROR_FILE - 4);
        assert_true(ff_utf8_valid(ff_slice_of(error.text)));
        assert_true(ff_utf8_valid(ff_slice_of(error.file)));
        assert_true(ff_slice_find(ff_slice_of(error.text), FF_LIT(":4294967295:4294967295: ")) < 250);
    }
}

static void a_text_stays_one_line(void **state)
{
    ff_error error = {0};
    (void)state;
    (void)ff_error_set(&error, FF_INVALID, "a\nb\tc\x7F%s", "\x1b]0;t\a \xC3\xBC");
    assert_string_equal(error.text, "a?b?c??]0;t? \xC3\xBC");
}

static void every_status_has_a_name(void **state)
{
    static const ff_status all[] = {FF_OK, FF_END, FF_NOMEM, FF_LIMIT, FF_IO, FF_INVALID, FF_UNSUPPORTED, FF_NOT_FOUND};
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_string_not_equal(ff_status_name(all[i]), "unknown status");
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(ff_status_name(all[i]), ff_status_name(all[j]));
    }
    assert_string_equal(ff_status_name((ff_status)-100), "unknown status");
    assert_string_equal(ff_status_name((ff_status)1), "unknown status");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_error_wins),
        cmocka_unit_test(a_position_stands_in_front_of_the_text),
        cmocka_unit_test(long_texts_and_names_are_cut_between_code_points),
        cmocka_unit_test(a_text_stays_one_line),
        cmocka_unit_test(every_status_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
