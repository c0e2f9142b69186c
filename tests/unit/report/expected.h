/* A rendered page against tests/unit/<folder>/expected/<case>.<format>, the folder of reports unless EXPECTED_OF names
 * another one before this file is included. With FIRSTFAULT_BLESS=1 in the environment the
 * file is written anew; then read what changed. */
#ifndef FF_TEST_REPORT_EXPECTED_H
#define FF_TEST_REPORT_EXPECTED_H

#include "base/buf.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#ifndef EXPECTED_OF
#define EXPECTED_OF "report"
#endif

static void read_file(const char *path, ff_buf *out)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot read %s; run with FIRSTFAULT_BLESS=1 to write it", path);
    char piece[4096];
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
        ff_buf_add(out, (ff_slice){piece, got});
    assert_int_equal(fclose(file), 0);
}

static void write_file(const char *path, ff_slice text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static void expect_file(const char *name, const char *format, const ff_buf *out)
{
    ff_buf expected;
    char path[1024];
    ff_buf_init(&expected, FF_LIMIT_REPORT_BYTES);
    int length =
        snprintf(path, sizeof path, "%s/tests/unit/%s/expected/%s.%s", FF_SOURCE_DIR, EXPECTED_OF, name, format);
    assert_in_range(length, 1, sizeof path - 1);
    if (getenv("FIRSTFAULT_BLESS"))
        write_file(path, ff_buf_slice(out));
    read_file(path, &expected);
    assert_string_equal(out->ptr, expected.ptr);
    ff_buf_release(&expected);
}

#endif
