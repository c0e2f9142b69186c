/* Kept answers: found again as they were or not at all, private, bounded, and shared by several processes. */
#include "fetch/cache.h"

#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define URL "https://api.github.com/repos/o/r/actions/runs/1"

static char folder[64];

static int enter_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/firstfault-cache-test-XXXXXX");
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static void empty_folder(const char *path)
{
    DIR *dir = opendir(path);
    for (const struct dirent *found; dir && (found = readdir(dir)) != NULL;) {
        char inner[1024];
        struct stat facts;
        (void)snprintf(inner, sizeof inner, "%s/%s", path, found->d_name);
        if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0 || lstat(inner, &facts) != 0)
            continue;
        if (S_ISDIR(facts.st_mode)) {
            (void)chmod(inner, 0700);
            empty_folder(inner);
        }
        (void)remove(inner);
    }
    if (dir)
        (void)closedir(dir);
}

static int leave_folder(void **state)
{
    (void)state;
    empty_folder(folder);
    return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static ff_cache *open_cache(const char *path)
{
    ff_cache *cache = NULL;
    ff_error error = {0};
    if (ff_cache_open(&cache, path, &error) != FF_OK)
        fail_msg("%s", error.text);
    return cache;
}

static ff_status keep(ff_cache *cache, const char *url, const char *etag, const char *next, ff_slice bytes)
{
    ff_body body;
    ff_body_init(&body, FF_LIMIT_DOWNLOAD_BYTES);
    assert_int_equal(ff_body_add(&body, bytes, NULL), FF_OK);
    ff_status status = ff_cache_keep(cache, ff_slice_of(url), ff_slice_of(etag), ff_slice_of(next), &body);
    ff_body_release(&body);
    return status;
}

/* True if the entry is there, with this body. */
static bool has(ff_cache *cache, const char *url, ff_slice bytes)
{
    ff_cache_entry entry;
    ff_buf whole;
    ff_slice found = {0};
    ff_buf_init(&whole, FF_LIMIT_CACHE_ENTRY_BYTES);
    ff_status status = ff_cache_find(cache, ff_slice_of(url), &entry);
    assert_true(status == FF_OK || status == FF_NOT_FOUND);
    if (status == FF_OK)
        assert_int_equal(ff_body_slice(&entry.body, &whole, &found, NULL), FF_OK);
    bool same = status == FF_OK && ff_slice_eq(found, bytes);
    assert_true(status == FF_NOT_FOUND || same);
    ff_cache_entry_release(&entry);
    ff_buf_release(&whole);
    return same;
}

/* The files of the folder `c`; `name` is the last one's path. */
static size_t count_files(char name[1024])
{
    size_t count = 0;
    DIR *dir = opendir("c");
    assert_non_null(dir);
    for (const struct dirent *found; (found = readdir(dir)) != NULL;) {
        if (found->d_name[0] == '.')
            continue;
        count++;
        (void)snprintf(name, 1024, "c/%s", found->d_name);
    }
    assert_int_equal(closedir(dir), 0);
    return count;
}

static void an_answer_is_found_again_as_it_was(void **state)
{
    static const struct {
        ff_slice body;
        const char *etag, *next;
    } rows[] = {
        {FF_TEXT("{\"id\": 1}"), "W/\"abc\"", "https://api.github.com/x?page=2"},
        {FF_TEXT("a\0b\n\xFF\nc\n"), "", ""},
        {FF_TEXT(""), "\"x\"", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_cache *cache = open_cache("c");
        ff_cache_entry entry;
        assert_int_equal(keep(cache, URL, rows[i].etag, rows[i].next, rows[i].body), FF_OK);
        ff_cache_close(cache);
        cache = open_cache("c");
        assert_true(has(cache, URL, rows[i].body));
        assert_false(has(cache, URL "/jobs", rows[i].body));
        assert_int_equal(ff_cache_find(cache, FF_LIT(URL), &entry), FF_OK);
        assert_true(ff_slice_eq(ff_buf_slice(&entry.etag), ff_slice_of(rows[i].etag)));
        assert_true(ff_slice_eq(ff_buf_slice(&entry.next), ff_slice_of(rows[i].next)));
        ff_cache_entry_release(&entry);
        ff_cache_entry_release(&entry);
        ff_cache_close(cache);
    }
    ff_cache *cache = open_cache("c");
    ff_cache_forget(cache, FF_LIT(URL));
    assert_false(has(cache, URL, FF_LIT("")));
    ff_cache_forget(cache, FF_LIT(URL));
    ff_cache_close(cache);
    ff_cache_close(NULL);
}

static void a_long_answer_keeps_all_its_pieces(void **state)
{
    ff_buf bytes;
    char name[1024];
    ff_cache *cache = open_cache("c");
    (void)state;
    ff_buf_init(&bytes, 4 << 20);
    for (uint32_t i = 0; bytes.len < (3 << 20); i++)
        ff_buf_printf(&bytes, "%u,", i);
    assert_int_equal(keep(cache, URL, "", "", ff_buf_slice(&bytes)), FF_OK);
    assert_true(has(cache, URL, ff_buf_slice(&bytes)));
    assert_int_equal(count_files(name), 1);
    ff_buf_release(&bytes);
    ff_cache_close(cache);
}

static void the_folder_and_its_files_are_private(void **state)
{
    struct stat facts;
    char name[1024];
    (void)state;
    mode_t before = umask(0);
    ff_cache *cache = open_cache("a/b/c/");
    ff_cache_close(cache);
    assert_int_equal(stat("a/b/c", &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0700);
    assert_int_equal(mkdir("c", 0777), 0);
    cache = open_cache("c");
    assert_int_equal(stat("c", &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0700);
    assert_int_equal(keep(cache, URL, "", "", FF_LIT("x")), FF_OK);
    assert_int_equal(count_files(name), 1);
    assert_int_equal(stat(name, &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0600);
    ff_cache_close(cache);
    (void)umask(before);
}

static void what_is_no_folder_of_ours_is_refused(void **state)
{
    static const char *const rows[] = {"link", "link/", "file", "file/below", "dangling", ""};
    (void)state;
    assert_int_equal(mkdir("elsewhere", 0700), 0);
    assert_int_equal(symlink("elsewhere", "link"), 0);
    assert_int_equal(symlink("nowhere", "dangling"), 0);
    assert_int_equal(close(open("file", O_CREAT | O_WRONLY, 0600)), 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_cache *cache = NULL;
        ff_error error = {0};
        assert_int_equal(ff_cache_open(&cache, rows[i], &error), FF_IO);
        assert_null(cache);
        assert_true(error.text[0] != '\0');
    }
    if (geteuid() != 0) { /* "/" belongs to somebody else */
        ff_cache *cache = NULL;
        ff_error error = {0};
        assert_int_equal(ff_cache_open(&cache, "/", &error), FF_IO);
        assert_non_null(strstr(error.text, "belongs to somebody else"));
    }
}

static void the_environment_names_the_place(void **state)
{
    static const struct {
        const char *xdg, *home;
        ff_status status;
        const char *made; /* below the folder of the test */
    } rows[] = {
        {"x", "h", FF_OK, "x/firstfault"},
        {NULL, "h", FF_OK, "h/.cache/firstfault"},
        {"", "h2", FF_OK, "h2/.cache/firstfault"},
        {"!relative", "h3", FF_OK, "h3/.cache/firstfault"},
        {"!relative", "!relative", FF_NOT_FOUND, NULL},
        {NULL, NULL, FF_NOT_FOUND, NULL},
    };
    static const char *const names[] = {"XDG_CACHE_HOME", "HOME"};
    char *before[2] = {NULL};
    (void)state;
    for (size_t n = 0; n < 2; n++)
        before[n] = getenv(names[n]) ? strdup(getenv(names[n])) : NULL;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *const values[] = {rows[i].xdg, rows[i].home};
        for (size_t n = 0; n < 2; n++) {
            char path[256] = "";
            if (values[n] && values[n][0] == '!')
                (void)snprintf(path, sizeof path, "%s", values[n] + 1);
            else if (values[n] && values[n][0])
                (void)snprintf(path, sizeof path, "%s/%s", folder, values[n]);
            assert_int_equal(values[n] ? setenv(names[n], path, 1) : unsetenv(names[n]), 0);
        }
        ff_cache *cache = NULL;
        ff_error error = {0};
        struct stat facts;
        assert_int_equal(ff_cache_open(&cache, NULL, &error), rows[i].status);
        assert_true((cache != NULL) == (rows[i].made != NULL));
        if (rows[i].made)
            assert_int_equal(stat(rows[i].made, &facts), 0);
        ff_cache_close(cache);
    }
    for (size_t n = 0; n < 2; n++) {
        assert_int_equal(before[n] ? setenv(names[n], before[n], 1) : unsetenv(names[n]), 0);
        free(before[n]);
    }
}

/* Every byte of an entry changed in turn, and every shorter file. */
static void a_damaged_file_is_no_entry(void **state)
{
    char name[1024], bytes[1024];
    ff_cache *cache = open_cache("c");
    (void)state;
    assert_int_equal(keep(cache, URL, "\"e\"", "https://x/?page=2", FF_LIT("{\"id\": 1}")), FF_OK);
    assert_int_equal(count_files(name), 1);
    int fd = open(name, O_RDONLY);
    ssize_t size = read(fd, bytes, sizeof bytes);
    assert_true(size > 100 && size < (ssize_t)sizeof bytes && close(fd) == 0);
    for (ssize_t cut = 0; cut <= size; cut++)
        for (int change = 0; change < 2; change++) {
            char damaged[sizeof bytes];
            memcpy(damaged, bytes, (size_t)size);
            if (change && cut < size)
                damaged[cut] ^= 1;
            ssize_t length = change ? size : cut;
            fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
            assert_true(fd >= 0 && write(fd, damaged, (size_t)length) == length && close(fd) == 0);
            assert_true(has(cache, URL, FF_LIT("{\"id\": 1}")) == (cut == size));
        }
    fd = open(name, O_WRONLY | O_APPEND);
    assert_true(fd >= 0 && write(fd, "x", 1) == 1 && close(fd) == 0);
    assert_false(has(cache, URL, FF_LIT("")));
    assert_int_equal(count_files(name), 0);
    ff_cache_close(cache);
}

static void links_and_other_things_under_an_entrys_name_are_none(void **state)
{
    char name[1024];
    ff_cache *cache = open_cache("c");
    (void)state;
    assert_int_equal(keep(cache, URL, "", "", FF_LIT("x")), FF_OK);
    assert_int_equal(count_files(name), 1);
    assert_int_equal(rename(name, "moved"), 0);
    assert_int_equal(symlink("../moved", name), 0);
    assert_false(has(cache, URL, FF_LIT("x")));
    assert_int_equal(keep(cache, URL, "", "", FF_LIT("y")), FF_OK); /* replaces the link, not what it leads to */
    assert_true(has(cache, URL, FF_LIT("y")));
    struct stat facts;
    assert_true(lstat(name, &facts) == 0 && S_ISREG(facts.st_mode));
    assert_int_equal(remove(name), 0);
    assert_int_equal(mkfifo(name, 0600), 0);
    assert_false(has(cache, URL, FF_LIT("y")));
    assert_int_equal(remove(name), 0);
    assert_int_equal(mkdir(name, 0700), 0);
    assert_false(has(cache, URL, FF_LIT("y")));
    assert_int_equal(keep(cache, URL, "", "", FF_LIT("z")), FF_IO);
    assert_int_equal(count_files(name), 1);
    ff_cache_close(cache);
}

static void what_cannot_be_kept_is_refused(void **state)
{
    static char longest[FF_LIMIT_HEADER_BYTES + 2];
    ff_cache *cache = open_cache("c");
    char name[1024];
    (void)state;
    memset(longest, 'a', sizeof longest - 1);
    assert_int_equal(keep(cache, longest, "", "", FF_LIT("x")), FF_LIMIT);
    assert_int_equal(keep(cache, URL, longest, "", FF_LIT("x")), FF_LIMIT);
    assert_int_equal(keep(cache, URL, "a\nb", "", FF_LIT("x")), FF_LIMIT);
    assert_int_equal(keep(cache, URL, "", "a\nb", FF_LIT("x")), FF_LIMIT);
    ff_body huge;
    ff_body_init(&huge, FF_LIMIT_DOWNLOAD_BYTES);
    huge.size = FF_LIMIT_CACHE_ENTRY_BYTES + 1;
    assert_int_equal(ff_cache_keep(cache, FF_LIT(URL), (ff_slice){0}, (ff_slice){0}, &huge), FF_LIMIT);
    huge.size = 0;
    ff_body_release(&huge);
    assert_int_equal(count_files(name), 0);
    ff_cache_bound(cache, 200, 10);
    assert_int_equal(keep(cache, URL, "", "", FF_LIT("x")), FF_OK);
    assert_int_equal(keep(cache, URL, longest + FF_LIMIT_HEADER_BYTES - 100, "", FF_LIT("x")), FF_LIMIT);
    ff_cache_close(cache);
}

static void url_of(char url[64], unsigned number)
{
    (void)snprintf(url, 64, "https://x/%u", number);
}

/* Makes entry `number` last used so many seconds ago. */
static void age(unsigned seconds)
{
    char name[1024];
    DIR *dir = opendir("c");
    const struct timespec times[2] = {{.tv_sec = time(NULL) - seconds}, {.tv_sec = time(NULL) - seconds}};
    struct stat facts;
    assert_non_null(dir);
    for (const struct dirent *found; (found = readdir(dir)) != NULL;) {
        (void)snprintf(name, sizeof name, "c/%s", found->d_name);
        if (stat(name, &facts) == 0 && S_ISREG(facts.st_mode) && time(NULL) - facts.st_mtim.tv_sec < 100)
            assert_int_equal(utimensat(AT_FDCWD, name, times, 0), 0);
    }
    assert_int_equal(closedir(dir), 0);
}

static void the_longest_unused_goes_first(void **state)
{
    static const struct {
        uint64_t bytes;
        size_t files;
    } bounds[] = {{1 << 20, 8}, {8 * 1200, 1000}};
    static char body[1024];
    (void)state;
    for (size_t i = 0; i < COUNT(bounds); i++) {
        char url[64], name[1024];
        ff_cache *cache = open_cache("c");
        ff_cache_bound(cache, bounds[i].bytes, bounds[i].files);
        for (unsigned n = 0; n < 8; n++) {
            url_of(url, n);
            assert_int_equal(keep(cache, url, "", "", (ff_slice){body, sizeof body}), FF_OK);
            age(10000 - n * 100);
        }
        assert_int_equal(count_files(name), 8);
        url_of(url, 0);
        assert_true(has(cache, url, (ff_slice){body, sizeof body})); /* used now */
        ff_cache_close(cache);
        cache = open_cache("c"); /* another process, which has not counted yet */
        ff_cache_bound(cache, bounds[i].bytes, bounds[i].files);
        url_of(url, 8);
        assert_int_equal(keep(cache, url, "", "", (ff_slice){body, sizeof body}), FF_OK);
        assert_true(count_files(name) <= 8);
        for (unsigned n = 0; n < 9; n++) {
            url_of(url, n);
            if (has(cache, url, (ff_slice){body, sizeof body}) != (n == 0 || n > 2))
                fail_msg("bounds %zu: entry %u", i, n);
        }
        for (unsigned n = 0; n < 40; n++) {
            url_of(url, 100 + n);
            assert_int_equal(keep(cache, url, "", "", (ff_slice){body, sizeof body}), FF_OK);
            assert_true(count_files(name) <= 8);
            assert_true(has(cache, url, (ff_slice){body, sizeof body}));
        }
        ff_cache_close(cache);
        empty_folder("c");
    }
}

static void files_left_behind_go_and_foreign_ones_stay(void **state)
{
    static const struct {
        const char *name;
        long seconds;
        bool stays;
    } rows[] = {
        {"c/new-1-1-1", 4000, false},
        {"c/new-1-1-2", 1000, true},
        {"c/README", 90000, true},
        {"c/0123", 90000, true},
    };
    (void)state;
    ff_cache *cache = open_cache("c");
    ff_cache_bound(cache, 1 << 20, 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct timespec times[2] = {{.tv_sec = time(NULL) - rows[i].seconds},
                                          {.tv_sec = time(NULL) - rows[i].seconds}};
        assert_int_equal(close(open(rows[i].name, O_CREAT | O_WRONLY, 0600)), 0);
        assert_int_equal(utimensat(AT_FDCWD, rows[i].name, times, 0), 0);
    }
    assert_int_equal(keep(cache, URL, "", "", FF_LIT("x")), FF_OK);
    assert_true(has(cache, URL, FF_LIT("x")));
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(access(rows[i].name, F_OK) == 0, rows[i].stays);
    ff_cache_close(cache);
}

/* Keeps, finds and forgets the same few entries as the others, and evicts. 0: nothing but whole entries was seen. */
static int quarrel(ff_cache *cache, unsigned child)
{
    char body[20000];
    for (unsigned round = 0; round < 150; round++) {
        ff_cache_entry entry;
        ff_body kept;
        char url[64];
        url_of(url, (round + child) % 7);
        memset(body, url[strlen(url) - 1], sizeof body);
        ff_body_init(&kept, sizeof body);
        if (ff_body_add(&kept, (ff_slice){body, sizeof body}, NULL) != FF_OK ||
            ff_cache_keep(cache, ff_slice_of(url), (ff_slice){0}, (ff_slice){0}, &kept) != FF_OK)
            return 2;
        ff_body_release(&kept);
        url_of(url, (round * 3 + child) % 7);
        ff_status status = ff_cache_find(cache, ff_slice_of(url), &entry);
        if (status == FF_OK && (entry.body.size != sizeof body || entry.body.fd >= 0 ||
                                entry.body.memory.ptr[round] != url[strlen(url) - 1]))
            return 3;
        if (status != FF_OK && status != FF_NOT_FOUND)
            return 4;
        ff_cache_entry_release(&entry);
        if (round % 11 == 0)
            ff_cache_forget(cache, ff_slice_of(url));
    }
    return 0;
}

static int quarrel_alone(unsigned child)
{
    ff_cache *cache = NULL;
    if (ff_cache_open(&cache, "c", NULL) != FF_OK)
        return 1;
    ff_cache_bound(cache, 60000, 5);
    int fault = quarrel(cache, child);
    ff_cache_close(cache);
    return fault;
}

typedef struct quarreller {
    pthread_t thread;
    ff_cache *cache;
    unsigned number;
    int fault;
} quarreller;

static void *quarrel_in_thread(void *self)
{
    quarreller *one = self;
    one->fault = quarrel(one->cache, one->number);
    return NULL;
}

static void several_processes_share_the_folder(void **state)
{
    enum { CHILDREN = 4 };
    pid_t children[CHILDREN];
    char name[1024];
    (void)state;
    for (unsigned i = 0; i < CHILDREN; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0)
            _exit(quarrel_alone(i));
    }
    for (unsigned i = 0; i < CHILDREN; i++) {
        int status = 0;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    assert_true(count_files(name) <= 7);
}

static void several_threads_share_an_open_cache(void **state)
{
    quarreller all[4] = {0};
    char name[1024];
    ff_cache *cache = open_cache("c");
    (void)state;
    ff_cache_bound(cache, 60000, 5);
    for (unsigned i = 0; i < COUNT(all); i++) {
        all[i].cache = cache;
        all[i].number = i;
        assert_int_equal(pthread_create(&all[i].thread, NULL, quarrel_in_thread, &all[i]), 0);
    }
    for (unsigned i = 0; i < COUNT(all); i++) {
        assert_int_equal(pthread_join(all[i].thread, NULL), 0);
        assert_int_equal(all[i].fault, 0);
    }
    ff_cache_close(cache);
    assert_true(count_files(name) <= 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_is_found_again_as_it_was, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_long_answer_keeps_all_its_pieces, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(the_folder_and_its_files_are_private, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(what_is_no_folder_of_ours_is_refused, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(the_environment_names_the_place, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_damaged_file_is_no_entry, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(links_and_other_things_under_an_entrys_name_are_none, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(what_cannot_be_kept_is_refused, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(the_longest_unused_goes_first, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(files_left_behind_go_and_foreign_ones_stay, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(several_processes_share_the_folder, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(several_threads_share_an_open_cache, enter_folder, leave_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
