/* Telling a log from everything else by its first bytes. */
#include "base/limits.h"
#include "source/sniff.h"

#include <stdlib.h>

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void signatures_name_their_format(void **state)
{
    const struct {
        ff_slice head;
        const char *format; /* part of the text; NULL: none */
    } rows[] = {
        {FF_LIT("PK\x03\x04 and so on"), "ZIP"},
        {FF_LIT("PK\x05\x06"), "ZIP"},
        {FF_LIT("PK is short for Peter K."), NULL},
        {FF_LIT("\x1F\x8B\x08"), "gzip"},
        {FF_LIT("\x89PNG\r\n\x1A\n"), "PNG"},
        {FF_LIT("\x7F"
                "ELF"),
         "ELF"},
        {FF_LIT("%PDF-1.7"), "PDF"},
        {FF_LIT("BZh91AY&SY"), "bzip2"},
        {FF_LIT("BZhang pushed"), NULL},
        {FF_LIT("GIF89a"), "GIF"},
        {FF_LIT("\xFF\xFEl\0o\0g\0"), "UTF-16"},
        {FF_LIT("\xEF\xBB\xBF"
                "2025-12-01T05:14:50.1234567Z text"),
         NULL},
        {FF_LIT(""), NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *format = ff_sniff_format(rows[i].head);
        assert_int_equal(format != NULL, rows[i].format != NULL);
        if (format)
            assert_non_null(strstr(format, rows[i].format));
        assert_int_equal(ff_sniff_is_zip(rows[i].head), format && strstr(format, "ZIP") != NULL);
    }
}

static void a_tar_is_known_by_bytes_far_in(void **state)
{
    (void)state;
    char head[512] = "name-of-a-file";
    memcpy(head + 257, "ustar", 5);
    assert_non_null(strstr(ff_sniff_format((ff_slice){head, sizeof head}), "tar"));
}

/* Fills `head` with lines of a log, then puts `odd` into one of `every` bytes. */
static ff_slice make_head(char *head, size_t len, char odd, size_t every)
{
    static const char line[] = "2025-12-01T05:14:50.1234567Z an ordinary line of a log\n";
    for (size_t i = 0; i < len; i++)
        head[i] = every && i % every == every - 1 ? odd : line[i % (sizeof line - 1)];
    return (ff_slice){head, len};
}

static void odd_bytes_are_borne_up_to_a_share(void **state)
{
    const struct {
        char odd;
        size_t every; /* 0: never */
        bool log;
    } rows[] = {
        {'\0', 0, true},    {'\0', 1000, true}, {'\0', 20, true},   {'\0', 8, false},   {'\0', 2, false},
        {'\x1B', 2, true},  {'\b', 2, true},    {'\x01', 2, false}, {'\x01', 10, true}, {'\xE9', 4, true},
        {'\xE9', 3, false}, {'\xE9', 1, false}, {'\x7F', 2, false},
    };
    char *head = malloc(FF_LIMIT_READ_BYTES);
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_slice made = make_head(head, FF_LIMIT_READ_BYTES, rows[i].odd, rows[i].every);
        assert_int_equal(ff_sniff_not_a_log(made) == NULL, rows[i].log);
    }
    free(head);
}

static void a_short_log_may_hold_some_of_anything(void **state)
{
    const ff_slice rows[] = {FF_LIT("\0\0\0error\n"), FF_LIT("\x80\x81\x82\n"), FF_LIT("a"), FF_LIT("\xE2\x9D"),
                             FF_LIT("\x01\x02 ok\n")};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_null(ff_sniff_not_a_log(rows[i]));
    static char zeros[100];
    assert_string_equal(ff_sniff_not_a_log((ff_slice){zeros, sizeof zeros}), "binary data");
}

static void noise_is_binary(void **state)
{
    char *head = malloc(FF_LIMIT_READ_BYTES);
    uint32_t seed = 7;
    (void)state;
    for (size_t i = 0; i < FF_LIMIT_READ_BYTES; i++) {
        seed = seed * 1664525 + 1013904223;
        head[i] = (char)(unsigned char)(seed >> 24);
    }
    assert_non_null(ff_sniff_not_a_log((ff_slice){head, FF_LIMIT_READ_BYTES}));
    assert_non_null(ff_sniff_not_a_log((ff_slice){head + 1, 300}));
    free(head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_name_their_format),
        cmocka_unit_test(a_tar_is_known_by_bytes_far_in),
        cmocka_unit_test(odd_bytes_are_borne_up_to_a_share),
        cmocka_unit_test(a_short_log_may_hold_some_of_anything),
        cmocka_unit_test(noise_is_binary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
