/* A folder of its own for each test, which is the working folder while the test runs, and files in it.
 *
 *     static const struct CMUnitTest tests[] = {IN_PLOT(links_are_listed)};
 *     ... plot_put("a/b", "text\n"); ...
 */
#ifndef FF_TESTS_PLOT_H
#define FF_TESTS_PLOT_H

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define IN_PLOT(name) cmocka_unit_test_setup_teardown(name, plot_enter, plot_leave)

static char plot_folder[64];

static int plot_enter(void **state)
{
    (void)state;
    (void)snprintf(plot_folder, sizeof plot_folder, "/tmp/ff-plot-XXXXXX");
    return mkdtemp(plot_folder) && chdir(plot_folder) == 0 ? 0 : -1;
}

static void plot_empty(int fd)
{
    DIR *listing = fdopendir(fd);
    assert_non_null(listing);
    for (const struct dirent *found; (found = readdir(listing)) != NULL;) {
        struct stat facts;
        if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0)
            continue;
        assert_int_equal(fstatat(fd, found->d_name, &facts, AT_SYMLINK_NOFOLLOW), 0);
        if (!S_ISDIR(facts.st_mode)) {
            assert_int_equal(unlinkat(fd, found->d_name, 0), 0);
            continue;
        }
        assert_int_equal(fchmodat(fd, found->d_name, 0700, 0), 0);
        plot_empty(openat(fd, found->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        assert_int_equal(unlinkat(fd, found->d_name, AT_REMOVEDIR), 0);
    }
    assert_int_equal(closedir(listing), 0);
}

static int plot_leave(void **state)
{
    (void)state;
    plot_empty(open(plot_folder, O_RDONLY | O_DIRECTORY));
    return chdir("/") == 0 && rmdir(plot_folder) == 0 ? 0 : -1;
}

/* Writes a file and the folders above it. */
static inline void plot_put(const char *path, const char *text)
{
    char name[1024];
    (void)snprintf(name, sizeof name, "%s", path);
    for (char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        assert_true(mkdir(name, 0700) == 0 || errno == EEXIST);
        *slash = '/';
    }
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

#endif
