/* Bodies in memory and on disk. */
#include "base/limits.h"
#include "fetch/body.h"
#include "fetch/exchange.h"

#include <stdlib.h>
#include <unistd.h>

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static char byte_at(uint64_t at)
{
    return (char)('a' + at % 23);
}

static void fill(ff_body *body, uint64_t size)
{
    char piece[5003];
    while (body->size < size) {
        size_t len = size - body->size < sizeof piece ? (size_t)(size - body->size) : sizeof piece;
        for (size_t i = 0; i < len; i++)
            piece[i] = byte_at(body->size + i);
        assert_int_equal(ff_body_add(body, (ff_slice){piece, len}, NULL), FF_OK);
    }
}

static void what_was_added_is_read_again_whether_it_is_short_or_long(void **state)
{
    static const uint64_t sizes[] = {0, 1, FF_LIMIT_MEMORY_BODY_BYTES, FF_LIMIT_MEMORY_BODY_BYTES + 1, 3000000};
    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        ff_body body;
        ff_buf into;
        ff_slice whole = {0};
        char piece[4096];
        size_t got = 1;
        ff_body_init(&body, FF_LIMIT_DOWNLOAD_BYTES);
        ff_buf_init(&into, 4000000);
        fill(&body, sizes[i]);
        assert_int_equal(body.size, sizes[i]);
        assert_int_equal(body.fd >= 0, sizes[i] > FF_LIMIT_MEMORY_BODY_BYTES);
        for (uint64_t at = 0; got > 0; at += got) {
            assert_int_equal(ff_body_read(&body, at, piece, sizeof piece, &got, NULL), FF_OK);
            assert_true(got > 0 || at == sizes[i]);
            for (size_t k = 0; k < got; k++)
                assert_int_equal(piece[k], byte_at(at + k));
        }
        assert_int_equal(ff_body_slice(&body, &into, &whole, NULL), FF_OK);
        assert_int_equal(whole.len, sizes[i]);
        for (size_t k = 0; k < whole.len; k++)
            if (whole.ptr[k] != byte_at(k))
                fail_msg("byte %zu differs", k);
        ff_buf_release(&into);
        ff_body_release(&body);
        ff_body_release(&body);
    }
}

static void a_body_keeps_its_bound(void **state)
{
    (void)state;
    ff_body body;
    ff_error error = {0};
    ff_body_init(&body, 2000000);
    fill(&body, 2000000);
    assert_int_equal(ff_body_add(&body, FF_LIT("x"), &error), FF_LIMIT);
    assert_non_null(strstr(error.text, "2000000 bytes"));
    assert_int_equal(body.size, 2000000);
    ff_body_reset(&body);
    assert_int_equal(body.size, 0);
    assert_int_equal(body.fd, -1);
    fill(&body, 10);
    assert_int_equal(body.memory.len, 10);
    ff_body_release(&body);
}

static void a_long_body_does_not_become_a_slice_beyond_the_bound(void **state)
{
    (void)state;
    ff_body body;
    ff_buf into;
    ff_slice whole;
    ff_body_init(&body, FF_LIMIT_DOWNLOAD_BYTES);
    ff_buf_init(&into, 1500000);
    fill(&body, 2000000);
    assert_int_equal(ff_body_slice(&body, &into, &whole, NULL), FF_LIMIT);
    ff_buf_release(&into);
    ff_body_release(&body);
}

static void without_a_folder_for_temporary_files_a_long_body_fails_and_says_so(void **state)
{
    (void)state;
    ff_body body;
    ff_error error = {0};
    char piece[4096] = "";
    ff_status status = FF_OK;
    const char *before = getenv("TMPDIR");
    char *kept = before ? strdup(before) : NULL;
    assert_int_equal(setenv("TMPDIR", "/nowhere/at/all", 1), 0);
    ff_body_init(&body, FF_LIMIT_DOWNLOAD_BYTES);
    while (status == FF_OK)
        status = ff_body_add(&body, (ff_slice){piece, sizeof piece}, &error);
    assert_int_equal(status, FF_IO);
    assert_non_null(strstr(error.text, "temporary files"));
    assert_int_equal(body.size, FF_LIMIT_MEMORY_BODY_BYTES);
    ff_body_release(&body);
    assert_int_equal(kept ? setenv("TMPDIR", kept, 1) : unsetenv("TMPDIR"), 0);
    free(kept);
}

static void releasing_a_zeroed_call_closes_nothing(void **state)
{
    (void)state;
    ff_call call = {0};
    int first = dup(STDIN_FILENO);
    ff_call_release(&call);
    ff_call_release(&call);
    int second = dup(STDIN_FILENO); /* still there, if it was before */
    assert_int_equal(first >= 0, second >= 0);
    if (first >= 0)
        (void)close(first);
    if (second >= 0)
        (void)close(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_read_again_whether_it_is_short_or_long),
        cmocka_unit_test(a_body_keeps_its_bound),
        cmocka_unit_test(a_long_body_does_not_become_a_slice_beyond_the_bound),
        cmocka_unit_test(without_a_folder_for_temporary_files_a_long_body_fails_and_says_so),
        cmocka_unit_test(releasing_a_zeroed_call_closes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
