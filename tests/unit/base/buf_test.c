/* Growable buffers: their maximum, and failure that sticks. */
#include "base/buf.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void appends_follow_one_another(void **state)
{
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, 100);
    assert_int_equal(ff_buf_slice(&buf).len, 0);
    ff_buf_add(&buf, FF_LIT("ab"));
    ff_buf_add(&buf, (ff_slice){0});
    ff_buf_add_byte(&buf, '\0');
    ff_buf_add_repeat(&buf, '-', 3);
    ff_buf_add_repeat(&buf, '-', 0);
    ff_buf_printf(&buf, "%s%d", "x", 42);
    ff_buf_printf(&buf, "%s", "");
    assert_int_equal(ff_buf_status(&buf), FF_OK);
    assert_true(ff_slice_eq(ff_buf_slice(&buf), FF_LIT("ab\0---x42")));
    assert_int_equal(buf.ptr[buf.len], '\0');
    ff_buf_release(&buf);
}

static void the_maximum_is_exact_and_failure_sticks(void **state)
{
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, 4);
    ff_buf_add(&buf, FF_LIT("abcd"));
    assert_int_equal(ff_buf_status(&buf), FF_OK);
    ff_buf_add_byte(&buf, 'e');
    assert_int_equal(ff_buf_status(&buf), FF_LIMIT);
    ff_buf_add(&buf, FF_LIT(""));
    ff_buf_printf(&buf, "more");
    ff_buf_add_repeat(&buf, 'x', 1);
    assert_int_equal(ff_buf_status(&buf), FF_LIMIT);
    assert_true(ff_slice_eq(ff_buf_slice(&buf), FF_LIT("abcd")));
    ff_buf_reset(&buf);
    ff_buf_add(&buf, FF_LIT("ok"));
    assert_int_equal(ff_buf_status(&buf), FF_OK);
    assert_true(ff_slice_eq(ff_buf_slice(&buf), FF_LIT("ok")));
    ff_buf_release(&buf);
}

static void a_piece_that_does_not_fit_is_left_out_whole(void **state)
{
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, 4);
    ff_buf_add(&buf, FF_LIT("ab"));
    ff_buf_printf(&buf, "%s", "cdef");
    assert_int_equal(ff_buf_status(&buf), FF_LIMIT);
    assert_true(ff_slice_eq(ff_buf_slice(&buf), FF_LIT("ab")));
    ff_buf_release(&buf);
}

static void sizes_do_not_wrap(void **state)
{
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, SIZE_MAX);
    ff_buf_add_byte(&buf, 'a');
    ff_buf_add_repeat(&buf, 'b', SIZE_MAX - 1);
    assert_int_equal(ff_buf_status(&buf), FF_LIMIT);
    ff_buf_release(&buf);
}

static void many_small_appends_keep_their_bytes(void **state)
{
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, 1 << 20);
    for (int i = 0; i < 100000; i++)
        ff_buf_add_byte(&buf, (char)('a' + i % 26));
    assert_int_equal(ff_buf_status(&buf), FF_OK);
    assert_int_equal(buf.len, 100000);
    for (int i = 0; i < 100000; i += 777)
        assert_int_equal(buf.ptr[i], 'a' + i % 26);
    ff_buf_release(&buf);
}

static void a_zeroed_or_released_buffer_is_harmless(void **state)
{
    ff_buf buf = {0};
    (void)state;
    ff_buf_reset(&buf);
    ff_buf_release(&buf);
    ff_buf_release(&buf);
    ff_buf_add_byte(&buf, 'x'); /* a maximum of 0 takes nothing */
    assert_int_equal(ff_buf_status(&buf), FF_LIMIT);
    ff_buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_follow_one_another),
        cmocka_unit_test(the_maximum_is_exact_and_failure_sticks),
        cmocka_unit_test(a_piece_that_does_not_fit_is_left_out_whole),
        cmocka_unit_test(sizes_do_not_wrap),
        cmocka_unit_test(many_small_appends_keep_their_bytes),
        cmocka_unit_test(a_zeroed_or_released_buffer_is_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
