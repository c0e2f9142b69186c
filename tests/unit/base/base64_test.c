/* Base64: one text has one reading, everything else is refused. */
#include "base/base64.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

enum { ROOM = 16 };

static void what_is_base64_is_read(void **state)
{
    static const struct {
        ff_slice text, bytes;
    } rows[] = {
        /* RFC 4648, section 10 */
        {FF_TEXT(""), FF_TEXT("")},
        {FF_TEXT("Zg=="), FF_TEXT("f")},
        {FF_TEXT("Zm8="), FF_TEXT("fo")},
        {FF_TEXT("Zm9v"), FF_TEXT("foo")},
        {FF_TEXT("Zm9vYg=="), FF_TEXT("foob")},
        {FF_TEXT("Zm9vYmE="), FF_TEXT("fooba")},
        {FF_TEXT("Zm9vYmFy"), FF_TEXT("foobar")},
        {FF_TEXT("\n"), FF_TEXT("")},
        {FF_TEXT("Zm9v\nYmFy\n"), FF_TEXT("foobar")},
        {FF_TEXT("Z\r\nm9vYg=\n="), FF_TEXT("foob")},
        {FF_TEXT("AAAA"), FF_TEXT("\0\0\0")},
        {FF_TEXT("+/+/"), FF_TEXT("\xFB\xFF\xBF")},
        {FF_TEXT("////"), FF_TEXT("\xFF\xFF\xFF")},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_buf out;
        ff_buf_init(&out, ROOM);
        assert_int_equal(ff_base64_add(&out, rows[i].text), FF_OK);
        if (!ff_slice_eq(ff_buf_slice(&out), rows[i].bytes))
            fail_msg("%.*s", FF_ARG(rows[i].text));
        ff_buf_release(&out);
    }
}

static void everything_else_is_refused(void **state)
{
    static const ff_slice rows[] = {
        FF_TEXT("Z"),     FF_TEXT("Zg"),       FF_TEXT("Zg="),   FF_TEXT("Zg==="),  FF_TEXT("Zg==Zg=="),
        FF_TEXT("Zm9v="), FF_TEXT("Zm9v===="), FF_TEXT("===="),  FF_TEXT("="),      FF_TEXT("Z==="),
        FF_TEXT("Zh=="),  FF_TEXT("Zm9="),     FF_TEXT("Zm 9v"), FF_TEXT("Zm\t9v"), FF_TEXT("Zm9v\0"),
        FF_TEXT("-_-_"),  FF_TEXT("Zm9\xC3"),  FF_TEXT("Zm=v"),  FF_TEXT("Zm9v."),
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_buf out;
        ff_buf_init(&out, ROOM);
        if (ff_base64_add(&out, rows[i]) != FF_INVALID)
            fail_msg("row %zu: %.*s", i, FF_ARG(rows[i]));
        ff_buf_release(&out);
    }
}

static void the_result_is_bounded(void **state)
{
    ff_buf out;
    (void)state;
    ff_buf_init(&out, 5);
    assert_int_equal(ff_base64_add(&out, FF_LIT("Zm9vYmE=")), FF_OK);
    assert_int_equal(ff_base64_add(&out, FF_LIT("Zg==")), FF_LIMIT);
    assert_true(ff_slice_eq(ff_buf_slice(&out), FF_LIT("fooba")));
    ff_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_base64_is_read),
        cmocka_unit_test(everything_else_is_refused),
        cmocka_unit_test(the_result_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
