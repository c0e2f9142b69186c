/* SHA-256 over fields. */
#include "base/sha256.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void digest_of(const ff_slice *fields, size_t count, char hex[FF_SHA256_HEX + 1])
{
    ff_sha256 *digest = ff_sha256_new();
    assert_non_null(digest);
    for (size_t i = 0; i < count; i++)
        ff_sha256_field(digest, fields[i]);
    assert_int_equal(ff_sha256_finish(digest, hex), FF_OK);
    ff_sha256_free(digest);
}

static void known_values_come_out(void **state)
{
    char hex[FF_SHA256_HEX + 1];
    (void)state;
    digest_of(NULL, 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest_of((const ff_slice[]){FF_LIT("abc")}, 1, hex); /* 8 bytes of length, least first, then abc */
    assert_string_equal(hex, "ce91dc5eec0139adf091900d225971d6ad246a845bad791b5693a9d0d55dd391");
}

static void fields_have_borders(void **state)
{
    const ff_slice rows[][3] = {
        {FF_LIT("ab"), FF_LIT("c"), FF_LIT("")}, {FF_LIT("a"), FF_LIT("bc"), FF_LIT("")},
        {FF_LIT("abc"), FF_LIT(""), FF_LIT("")}, {FF_LIT(""), FF_LIT("abc"), FF_LIT("")},
        {FF_LIT("ab"), FF_LIT(""), FF_LIT("c")}, {FF_LIT("ab\0c"), FF_LIT(""), FF_LIT("")},
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    char hex[ROWS][FF_SHA256_HEX + 1];
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        digest_of(rows[i], 3, hex[i]);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(hex[i], hex[j]);
    }
    digest_of(rows[0], 2, hex[1]); /* an empty field counts as a field */
    assert_string_not_equal(hex[0], hex[1]);
}

static void freeing_nothing_is_fine(void **state)
{
    (void)state;
    ff_sha256_free(NULL);
    ff_sha256_free(ff_sha256_new());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_values_come_out),
        cmocka_unit_test(fields_have_borders),
        cmocka_unit_test(freeing_nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
