/* What a fingerprint leaves out of the texts that it is made of. */
#include "diagnose/mask.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *text, *masked;
} FLEETING[] = {
    /* What stays, because it can be the point. */
    {"", ""},
    {"E303 in test_2 of utf8, HTTP 404", "E303 in test_2 of utf8, HTTP 404"},
    {"numpy 1.26.4 does not fit Python 3.12", "numpy 1.26.4 does not fit Python 3.12"},
    {"exit code 137", "exit code 137"},
    {"assert 60 == 0", "assert 60 == 0"},
    {"dial tcp 127.0.0.1:5432: refused", "dial tcp 127.0.0.1:5432: refused"},
    {"shop.com:443 and db:6379", "shop.com:443 and db:6379"},
    {"status 0xC0000005 and byte 0xc1", "status 0xC0000005 and byte 0xc1"},
    {"NO_PUBKEY 7EA0A9C3F273FCD8", "NO_PUBKEY 7EA0A9C3F273FCD8"},
    {"facade, deadbeef, 2147", "facade, deadbeef, 2147"},
    {"tests/unit/a.py, ./b, //src:c", "tests/unit/a.py, ./b, /src:c"},
    {"/etc/nginx/nginx.conf", "/etc/nginx/nginx.conf"},
    {"1.2.345678", "1.2.345678"},
    /* Where the checkout is. */
    {"/home/runner/work/shop/shop/src/a.c", "src/a.c"},
    {"D:\\a\\shop\\shop\\src\\a.c", "src/a.c"},
    {"D:\\\\a\\\\shop\\\\shop\\\\src\\\\a.c", "src/a.c"},
    {"/__w/shop/shop/src/a.c", "src/a.c"},
    {"C:\\actions-runner\\_work\\shop\\shop\\src\\a.c", "src/a.c"},
    {"/github/workspace/src/a.c", "src/a.c"},
    {"/home"
     "/travis/build/acme/shop/src/a.c",
     "src/a.c"},
    {"cannot open '/Users/runner/work/shop/shop/src/a.c'", "cannot open 'src/a.c'"},
    {"not found in /home/runner/work/shop/shop. Add one", "not found in . Add one"},
    {"/home/runner/work/shop/other/a.c", "~/work/shop/other/a.c"},
    {"/home/runner/.cache/x and /root/.cache/x", "~/.cache/x and ~/.cache/x"},
    {"C:\\Users\\runneradmin\\.cache\\x", "~/.cache/x"},
    /* Where tools and their libraries are. */
    {"/opt/hostedtoolcache/Python/3.8.18/x64/lib/python3.8/site-packages/pip/a.py", "site-packages/pip/a.py"},
    {"/usr/lib/python3.11/json/decoder.py", "lib/json/decoder.py"},
    {"/opt/hostedtoolcache/node/20.1.0/x64/bin/npm", "bin/npm"},
    /* Temporary names. */
    {"/tmp/tmpabcdefgh/out", "/tmp/#/out"},
    {"/tmp/requirements.txt", "/tmp/requirements.txt"},
    {"/var/folders/zz/zyx/T/tmp.Ab12/out", "/tmp/#/out"},
    {"C:\\Users\\RUNNER~1\\AppData\\Local\\Temp\\x7\\out", "/tmp/#/out"},
    {"/home/runner/work/_temp/1b2c.sh", "/tmp/#"},
    {"/tmp/pytest-of-root/pytest-12/test_a0/x", "/tmp/#/pytest-#/test_a#/x"},
    /* Hashes, addresses, ids. */
    {"at 8f3c2ab, of web:8f3c2ab", "at #, of web:#"},
    {"id 8f3c2ab0-1c2d-3e4f-5a6b-7c8d9e0f1a2b.", "id #."},
    {"at 0x7f3a91c0d2e8", "at #"},
    {"Object@1b2c3d is null", "Object@# is null"},
    {"run 18273645 of 99", "run # of 99"},
    {"pod web-5d9c7b8f6c-2xkqp", "pod web#"},
    /* Times and how long it took. */
    {"at 2026-03-02T04:05:06.789Z or 2026-03-02 04:05:06", "at # or #"},
    {"2026/03/02 and 04:05:06", "# and #"},
    {"log-2026-03-02.txt", "log-#.txt"},
    {"timeout of 2000ms, 1.5 s, 1m0.25s", "timeout of #ms, # s, #s"},
    {"12 tests failed of 5 MB", "# tests failed of # MB"},
    {"after 3 attempts", "after # attempts"},
    /* Where in a file. */
    {"src/a.c:12:5: bad", "src/a.c:#:#: bad"},
    {"Unexpected token (3:10), (3,10)", "Unexpected token (#:#), (#,#)"},
    {"at line 14, column 2", "at line #, column #"},
    /* Ports that the system gives out. */
    {"localhost:45123 and port 60000", "localhost:# and port #"},
};

static const struct {
    const char *text, *masked;
} NUMBERS[] = {
    {"odd error: at 0x7f3a", "odd error: at #x#"},
    {"job 12 of 40, step_3", "job # of #, step_#"},
    {"error TS2304 and E303", "error TS2304 and E303"},
    {"exit code 137, HTTP 404", "exit code 137, HTTP 404"},
    {"exited with 12345", "exited with #"},
    {"Tue Mar 17 04:05:06 UTC 2026", "# # # # UTC #"},
    {"Monday and Marching", "Monday and Marching"},
};

static void check(const char *text, const char *wanted, ff_mask mask)
{
    ff_buf out;
    ff_buf_init(&out, FF_MASK_BYTES_MAX);
    ff_mask_add(&out, ff_slice_of(text), mask);
    assert_int_equal(ff_buf_status(&out), FF_OK);
    ff_slice made = ff_buf_slice(&out);
    if (!ff_slice_eq(made, ff_slice_of(wanted)))
        fail_msg("\"%s\" became \"%.*s\", not \"%s\"", text, FF_ARG(made), wanted);
    ff_buf_release(&out);
}

static void what_is_never_the_point_is_masked_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FLEETING / sizeof *FLEETING; i++)
        check(FLEETING[i].text, FLEETING[i].masked, FF_MASK_FLEETING);
}

static void of_a_line_that_nobody_knows_all_numbers_but_codes_are_masked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        check(NUMBERS[i].text, NUMBERS[i].masked, FF_MASK_NUMBERS);
}

/* Every cut of the longest words: no byte behind the end is looked at. */
static void any_beginning_of_a_text_can_be_masked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FLEETING / sizeof *FLEETING; i++)
        for (size_t length = 0; length <= strlen(FLEETING[i].text); length++) {
            char *copy = test_malloc(length + 1);
            memcpy(copy, FLEETING[i].text, length);
            for (int mask = FF_MASK_FLEETING; mask <= FF_MASK_NUMBERS; mask++) {
                ff_buf out;
                ff_buf_init(&out, FF_MASK_BYTES_MAX);
                ff_mask_add(&out, (ff_slice){copy, length}, (ff_mask)mask);
                assert_int_equal(ff_buf_status(&out), FF_OK);
                ff_buf_release(&out);
            }
            test_free(copy);
        }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_never_the_point_is_masked_and_nothing_else),
        cmocka_unit_test(of_a_line_that_nobody_knows_all_numbers_but_codes_are_masked),
        cmocka_unit_test(any_beginning_of_a_text_can_be_masked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
