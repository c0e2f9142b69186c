/* No link leads out of the folder, and only files are read, whole or not at all. */
#include "base/file.h"
#include "unit/tree/plot.h"

#include "base/limits.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void only_what_lies_below_is_opened_and_only_files_are_read(void **state)
{
    static char endless[FF_LIMIT_NAME_BYTES + 8];
    static const struct {
        const char *path;
        int reason; /* of opening; 0: it opens */
        ff_status status;
    } rows[] = {
        {"a/b/file", 0, FF_OK},         {"a/link", ELOOP, FF_OK},      {"linked/file", ENOTDIR, FF_OK},
        {"a/b/file/x", ENOTDIR, FF_OK}, {"nowhere", ENOENT, FF_OK},    {endless, ENAMETOOLONG, FF_OK},
        {"a", 0, FF_UNSUPPORTED},       {"a/pipe", 0, FF_UNSUPPORTED}, {"a/long", 0, FF_LIMIT},
    };
    (void)state;
    memset(endless, 'x', sizeof endless - 1);
    plot_put("a/b/file", "text");
    plot_put("a/long", "more than 8 bytes");
    assert_int_equal(symlink("b/file", "a/link"), 0);
    assert_int_equal(symlink("a/b", "linked"), 0);
    assert_int_equal(mkfifo("a/pipe", 0600), 0);
    int root = open(".", O_RDONLY | O_DIRECTORY);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_buf bytes;
        ff_buf_init(&bytes, 8);
        int fd = ff_file_open_below(root, ff_slice_of(rows[i].path));
        assert_int_equal(fd < 0 ? errno : 0, rows[i].reason);
        if (fd >= 0) {
            assert_int_equal(ff_file_read(fd, &bytes), rows[i].status);
            assert_int_equal(bytes.len, rows[i].status == FF_OK ? 4 : 0);
            assert_int_equal(close(fd), -1); /* it is closed already */
        }
        ff_buf_release(&bytes);
    }
    assert_int_equal(close(root), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {IN_PLOT(only_what_lies_below_is_opened_and_only_files_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
