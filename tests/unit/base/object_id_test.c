/* Which texts are ids of git's objects in full. */
#include "base/object_id.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEN "0123456789"
#define NUL_INSIDE TEN TEN TEN "012345678\0"

static void an_id_in_full_has_40_or_64_hexadecimal_digits(void **state)
{
    static const struct {
        ff_slice text;
        bool is_id;
    } rows[] = {
        {FF_TEXT(TEN TEN TEN "abcdefABCD"), true},
        {FF_TEXT(TEN TEN TEN TEN TEN TEN "abcd"), true},
        {FF_TEXT(TEN TEN TEN "012345678"), false},
        {FF_TEXT(TEN TEN TEN TEN "0"), false},
        {FF_TEXT(TEN TEN TEN TEN TEN TEN "abc"), false},
        {FF_TEXT(TEN TEN TEN "012345678g"), false},
        {FF_TEXT(NUL_INSIDE), false},
        {FF_TEXT("main"), false},
        {FF_TEXT(""), false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ff_object_id_is(rows[i].text) != rows[i].is_id)
            fail_msg("row %zu", i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_in_full_has_40_or_64_hexadecimal_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
