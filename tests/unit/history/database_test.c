/* Opening: what is made, what is refused and left as it is, byte for byte. */
#include "base/write.h"
#include "past.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>

/* All bytes of a file; the caller frees them. */
static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *len = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*len + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *len, file), *len);
    (void)fclose(file);
    return bytes;
}

static void write_file(const char *path, ff_slice bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ff_write_all(fd, bytes), FF_OK);
    (void)close(fd);
}

static void execute(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* The number of the page where a table begins, from 1. */
static size_t root_of(const char *path, const char *table)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT rootpage FROM sqlite_schema WHERE name = ?", -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    size_t page = (size_t)sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return page;
}

static ff_status try_open(const char *path, ff_history_mode mode, ff_error *error)
{
    ff_history *history = NULL;
    *error = (ff_error){0};
    ff_status status = ff_history_open(&history, path, mode, error);
    assert_true((status == FF_OK) == (history != NULL));
    assert_true(status == FF_OK || error->text[0]);
    ff_history_close(history);
    return status;
}

static mode_t mode_of(const char *path)
{
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    return facts.st_mode & 0777;
}

/* Enough runs for several pages of every kind. */
static void make_history(const char *path)
{
    ff_history *history = past_open(path);
    for (uint64_t id = 1; id <= 200; id++) {
        const past_run run = {.id = id, .created_at = AT(0, 0), .print = PRINT_A};
        past_fill(history, &run, 1);
    }
    ff_history_close(history);
}

static void a_new_one_is_made_with_its_folders_for_its_owner_alone(void **state)
{
    ff_error error;
    (void)state;
    (void)umask(022);
    assert_int_equal(try_open("a/b/h.db", FF_HISTORY_READ, &error), FF_NOT_FOUND);
    assert_non_null(strstr(error.text, "there is no history yet"));
    assert_int_equal(access("a", F_OK), -1);
    assert_int_equal(try_open("a/b/h.db", FF_HISTORY_WRITE, &error), FF_OK);
    assert_int_equal(mode_of("a"), 0700);
    assert_int_equal(mode_of("a/b"), 0700);
    assert_int_equal(mode_of("a/b/h.db"), 0600);
    assert_int_equal(try_open("a/b/h.db", FF_HISTORY_READ, &error), FF_OK);
    assert_int_equal(try_open("a/b/h.db", FF_HISTORY_WRITE, &error), FF_OK);
    assert_int_equal(try_open("", FF_HISTORY_WRITE, &error), FF_MISUSE);
}

/* Others could read the lines of logs that will stand in it. */
static void an_empty_file_is_its_owners_alone_from_then_on(void **state)
{
    ff_error error;
    (void)state;
    write_file("empty", (ff_slice){0});
    assert_int_equal(chmod("empty", 0644), 0);
    assert_int_equal(try_open("empty", FF_HISTORY_READ, &error), FF_NOT_FOUND);
    assert_int_equal(mode_of("empty"), 0644);
    assert_int_equal(try_open("empty", FF_HISTORY_WRITE, &error), FF_OK);
    assert_int_equal(mode_of("empty"), 0600);
}

static void the_usual_place_follows_the_environment(void **state)
{
    static const struct {
        const char *state, *home, *made; /* below the folder of the test; `-`: not set */
    } rows[] = {
        {"/state", "/home", "state/firstfault/history.db"},
        {"-", "/home", "home/.local/state/firstfault/history.db"},
        {"relative", "/other", "other/.local/state/firstfault/history.db"},
        {"-", "-", NULL},
    };
    char path[256];
    ff_error error;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)snprintf(path, sizeof path, "%s%s", rows[i].state[0] == '/' ? past_folder : "", rows[i].state);
        assert_int_equal(rows[i].state[0] == '-' ? unsetenv("XDG_STATE_HOME") : setenv("XDG_STATE_HOME", path, 1), 0);
        (void)snprintf(path, sizeof path, "%s%s", past_folder, rows[i].home);
        assert_int_equal(rows[i].home[0] == '-' ? unsetenv("HOME") : setenv("HOME", path, 1), 0);
        assert_int_equal(try_open(NULL, FF_HISTORY_WRITE, &error), rows[i].made ? FF_OK : FF_MISUSE);
        if (rows[i].made)
            assert_int_equal(mode_of(rows[i].made), 0600);
    }
    assert_int_equal(chmod("state/firstfault", 0755), 0);
    (void)snprintf(path, sizeof path, "%s/state", past_folder);
    assert_int_equal(setenv("XDG_STATE_HOME", path, 1), 0);
    assert_int_equal(try_open(NULL, FF_HISTORY_WRITE, &error), FF_OK);
    assert_int_equal(mode_of("state/firstfault"), 0700);
}

static ff_status count_run(void *self, const ff_history_known *known, uint32_t first_failed)
{
    (void)known;
    (void)first_failed;
    ++*(int *)self;
    return FF_OK;
}

/* Opening to read does not look at every page: damage may show only when the runs are read. */
static ff_status try_all(const char *path, ff_history_mode mode, ff_error *error)
{
    ff_history *history = NULL;
    int runs = 0;
    ff_status status = try_open(path, mode, error);
    if (status != FF_OK || mode == FF_HISTORY_WRITE || ff_history_open(&history, path, mode, error) != FF_OK)
        return status;
    status = ff_history_runs(history, NULL, count_run, &runs, error);
    ff_history_close(history);
    return status;
}

/* Each refusal in both modes, and the file afterwards. */
static void expect_refused(const char *path, ff_status status, const char *word)
{
    size_t before, after;
    ff_error error;
    char *old = read_file(path, &before);
    for (int mode = FF_HISTORY_READ; mode <= FF_HISTORY_WRITE; mode++) {
        assert_int_equal(try_all(path, (ff_history_mode)mode, &error), status);
        if (!strstr(error.text, word) || !strstr(error.text, "--db"))
            fail_msg("'%s' lacks '%s' or --db", error.text, word);
        if (strstr(error.text, "***") || strpbrk(error.text, "?\n"))
            fail_msg("'%s' is not one line of plain words", error.text);
        char *new = read_file(path, &after);
        assert_int_equal(before, after);
        assert_memory_equal(old, new, before);
        free(new);
    }
    free(old);
}

static void what_is_no_history_is_left_as_it_is(void **state)
{
    (void)state;
    write_file("text",
               FF_LIT("A text that somebody wrote, longer than the header of a database would be. It is kept as "
                      "it is, whatever happens.\n"));
    expect_refused("text", FF_INVALID, "no database");
    write_file("short", FF_LIT("SQLite format 3"));
    expect_refused("short", FF_INVALID, "no database");
    execute("other", "PRAGMA application_id = 7; CREATE TABLE run (id)");
    expect_refused("other", FF_INVALID, "another program");
    execute("plain", "PRAGMA journal_mode = WAL; CREATE TABLE run (id)");
    expect_refused("plain", FF_INVALID, "another program");
    make_history("newer");
    execute("newer", "PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)");
    expect_refused("newer", FF_UNSUPPORTED, "newer");
}

static void copy_file(const char *from, const char *to)
{
    size_t len;
    char *bytes = read_file(from, &len);
    write_file(to, (ff_slice){bytes, len});
    free(bytes);
}

/* The version stands in the WAL only, as after a kill; closing does not move it into the database. */
static void a_version_is_seen_in_the_wal_too(void **state)
{
    static const struct {
        const char *set;
        ff_status status;
        const char *word;
    } rows[] = {{"PRAGMA user_version = 99", FF_UNSUPPORTED, "newer"},
                {"PRAGMA user_version = -1", FF_INVALID, "damaged"}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        sqlite3 *db = NULL;
        make_history("h.db");
        assert_int_equal(sqlite3_open("h.db", &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, rows[i].set, NULL, NULL, NULL), SQLITE_OK);
        copy_file("h.db", "killed.db");
        copy_file("h.db-wal", "killed.db-wal");
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        expect_refused("killed.db", rows[i].status, rows[i].word);
        assert_int_equal(remove("h.db"), 0);
        (void)remove("killed.db-wal");
        (void)remove("killed.db-shm");
    }
}

static void folders_links_and_pipes_are_no_history(void **state)
{
    ff_error error;
    (void)state;
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(symlink("aim", "link"), 0);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    for (int mode = FF_HISTORY_READ; mode <= FF_HISTORY_WRITE; mode++) {
        assert_int_equal(try_open("folder", (ff_history_mode)mode, &error), FF_INVALID);
        assert_non_null(strstr(error.text, "folder"));
        assert_int_equal(try_open("link", (ff_history_mode)mode, &error), FF_INVALID);
        assert_non_null(strstr(error.text, "symbolic link"));
        assert_int_equal(try_open("pipe", (ff_history_mode)mode, &error), FF_INVALID);
        assert_int_equal(try_open("folder/", (ff_history_mode)mode, &error), FF_INVALID);
    }
    assert_int_equal(access("aim", F_OK), -1);
    make_history("folder/h.db"); /* links among the folders are nobody's trap */
    assert_int_equal(symlink("folder", "way"), 0);
    assert_int_equal(try_open("way/h.db", FF_HISTORY_WRITE, &error), FF_OK);
}

static void an_empty_file_counts_as_new(void **state)
{
    ff_error error;
    (void)state;
    write_file("h.db", FF_LIT(""));
    assert_int_equal(try_open("h.db", FF_HISTORY_READ, &error), FF_NOT_FOUND);
    assert_int_equal(try_open("h.db", FF_HISTORY_WRITE, &error), FF_OK);
    assert_int_equal(try_open("h.db", FF_HISTORY_READ, &error), FF_OK);
}

/* Its maker was killed between the first mark and the first table. */
static void one_that_was_begun_counts_as_new(void **state)
{
    ff_error error;
    (void)state;
    execute("h.db", "PRAGMA application_id = 1179011177");
    assert_int_equal(try_open("h.db", FF_HISTORY_READ, &error), FF_NOT_FOUND);
    assert_int_equal(try_open("h.db", FF_HISTORY_WRITE, &error), FF_OK);
    assert_int_equal(try_open("h.db", FF_HISTORY_READ, &error), FF_OK);
}

/* Its maker was killed while it wrote the first pages: SQLite's journal stands beside them, and undoes them. */
static void one_that_was_half_made_counts_as_new(void **state)
{
    int how = 0;
    struct stat facts;
    ff_error error;
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        sqlite3 *db = NULL;
        int code = sqlite3_open("h.db", &db);
        if (code == SQLITE_OK)
            code = sqlite3_exec(db,
                                "PRAGMA cache_size = 1; BEGIN; CREATE TABLE t (x);"
                                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
                                "INSERT INTO t SELECT randomblob(3000) FROM n",
                                NULL, NULL, NULL);
        _exit(code);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_int_equal(how, 0);
    assert_int_equal(stat("h.db", &facts), 0);
    assert_true(facts.st_size > 4096 && access("h.db-journal", F_OK) == 0);
    assert_int_equal(try_open("h.db", FF_HISTORY_READ, &error), FF_NOT_FOUND);
    assert_int_equal(try_open("h.db", FF_HISTORY_WRITE, &error), FF_OK);
    assert_int_equal(try_open("h.db", FF_HISTORY_READ, &error), FF_OK);
}

static void damage_is_told_and_left_as_it_is(void **state)
{
    size_t len;
    (void)state;
    make_history("good");
    char *bytes = read_file("good", &len);
    write_file("cut", (ff_slice){bytes, len / 2});
    expect_refused("cut", FF_INVALID, "damaged");
    /* The byte that tells the kind of a page. */
    bytes[4096 * (root_of("good", "run") - 1)] ^= 4;
    write_file("page", (ff_slice){bytes, len});
    expect_refused("page", FF_INVALID, "damaged");
    free(bytes);
}

/* SQLite keeps no sum of a page, so a bit in a text is not seen; but nothing falls over, and nothing is overwritten. */
static void a_flipped_bit_harms_nothing_else(void **state)
{
    size_t len, after;
    (void)state;
    make_history("good");
    char *bytes = read_file("good", &len);
    srand(7);
    for (int i = 0; i < 300; i++) {
        size_t at = (size_t)rand() % len;
        char bit = (char)(1 << rand() % 8);
        bytes[at] ^= bit;
        write_file("bad", (ff_slice){bytes, len});
        ff_history *history = NULL;
        ff_error error = {0};
        int runs = 0;
        ff_status status = ff_history_open(&history, "bad", i % 2 ? FF_HISTORY_WRITE : FF_HISTORY_READ, &error);
        if (status == FF_OK)
            status = ff_history_runs(history, NULL, count_run, &runs, &error);
        assert_true(status == FF_OK || status == FF_INVALID || status == FF_UNSUPPORTED || status == FF_NOT_FOUND);
        ff_history_close(history);
        if (status != FF_OK) {
            char *left = read_file("bad", &after);
            assert_true(len == after && memcmp(left, bytes, len) == 0);
            free(left);
        }
        bytes[at] ^= bit;
        (void)unlink("bad-wal");
        (void)unlink("bad-shm");
    }
    free(bytes);
}

static void triggers_of_a_doctored_database_do_nothing(void **state)
{
    static const past_run run = {.id = 900, .created_at = AT(0, 0), .print = PRINT_A};
    int runs = 0;
    (void)state;
    make_history("h.db");
    execute("h.db", "CREATE TRIGGER evil AFTER INSERT ON run BEGIN DELETE FROM diagnosis; DELETE FROM run; END");
    ff_history *history = past_open("h.db");
    past_fill(history, &run, 1);
    assert_int_equal(ff_history_runs(history, NULL, count_run, &runs, NULL), FF_OK);
    assert_int_equal(runs, 201);
    ff_history_close(history);
}

static void what_lacks_a_table_is_damaged(void **state)
{
    int runs = 0;
    ff_history *history = NULL;
    ff_error error = {0};
    (void)state;
    make_history("h.db");
    execute("h.db", "PRAGMA foreign_keys = OFF; DROP TABLE repository");
    assert_int_equal(ff_history_open(&history, "h.db", FF_HISTORY_READ, &error), FF_OK);
    assert_int_equal(ff_history_runs(history, NULL, count_run, &runs, &error), FF_INVALID);
    assert_non_null(strstr(error.text, "damaged"));
    assert_non_null(strstr(error.text, "--db"));
    ff_history_close(history);
}

static void a_reader_sees_what_a_writer_has_finished(void **state)
{
    static const past_run runs[] = {{.id = 1, .created_at = AT(0, 0)}, {.id = 2, .created_at = AT(0, 1)}};
    int seen = 0;
    ff_history *reader = NULL;
    (void)state;
    ff_history *writer = past_open("h.db");
    past_fill(writer, runs, 1);
    assert_int_equal(ff_history_open(&reader, "h.db", FF_HISTORY_READ, NULL), FF_OK);
    assert_int_equal(ff_history_runs(reader, NULL, count_run, &seen, NULL), FF_OK);
    past_fill(writer, runs + 1, 1);
    assert_int_equal(ff_history_runs(reader, NULL, count_run, &seen, NULL), FF_OK);
    assert_int_equal(seen, 1 + 2);
    const ff_history_run run = past_facts(&runs[0]);
    assert_int_equal(ff_history_list(reader, &run, 1, NULL), FF_IO); /* reading is all it may do */
    ff_history_close(writer);
    ff_history_close(reader);
}

/* As on a medium that cannot be written. The superuser may write everywhere, and is somebody else meanwhile. */
static void a_folder_that_cannot_be_written_can_be_read(void **state)
{
    int seen = 0;
    ff_error error = {0};
    ff_history *history = NULL;
    (void)state;
    enum { NOBODY = 65534 };
    bool is_root = geteuid() == 0;
    if (is_root && (chown(past_folder, NOBODY, NOBODY) != 0 || seteuid(NOBODY) != 0))
        skip();
    assert_int_equal(mkdir("50% full?", 0700), 0);
    make_history("50% full?/h.db");
    assert_int_equal(chmod("50% full?", 0500), 0);
    if (ff_history_open(&history, "50% full?/h.db", FF_HISTORY_READ, &error) != FF_OK)
        fail_msg("%s", error.text);
    assert_int_equal(ff_history_runs(history, NULL, count_run, &seen, NULL), FF_OK);
    assert_int_equal(seen, 200);
    ff_history_close(history);
    assert_int_equal(chmod("50% full?/h.db", 0400), 0);
    assert_int_equal(try_open("50% full?/h.db", FF_HISTORY_READ, &error), FF_OK);
    assert_int_equal(try_open("50% full?/h.db", FF_HISTORY_WRITE, &error), FF_IO);
    assert_int_equal(chmod("50% full?", 0700), 0);
    assert_int_equal(try_open("50% full?/h.db", FF_HISTORY_WRITE, &error), FF_IO); /* the file itself cannot either */
    write_file("50% full?/h.db-wal", FF_LIT("something that was not moved into the database yet"));
    assert_int_equal(chmod("50% full?", 0500), 0);
    ff_status status = try_open("50% full?/h.db", FF_HISTORY_READ, &error);
    assert_int_equal(status, FF_IO);
    assert_non_null(strstr(error.text, "-wal"));
    assert_int_equal(chmod("50% full?", 0700), 0);
    if (is_root)
        assert_int_equal(seteuid(0), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, past_enter, past_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_new_one_is_made_with_its_folders_for_its_owner_alone),
        TEST(an_empty_file_is_its_owners_alone_from_then_on),
        TEST(the_usual_place_follows_the_environment),
        TEST(what_is_no_history_is_left_as_it_is),
        TEST(a_version_is_seen_in_the_wal_too),
        TEST(folders_links_and_pipes_are_no_history),
        TEST(an_empty_file_counts_as_new),
        TEST(one_that_was_begun_counts_as_new),
        TEST(one_that_was_half_made_counts_as_new),
        TEST(damage_is_told_and_left_as_it_is),
        TEST(a_flipped_bit_harms_nothing_else),
        TEST(triggers_of_a_doctored_database_do_nothing),
        TEST(what_lacks_a_table_is_damaged),
        TEST(a_reader_sees_what_a_writer_has_finished),
        TEST(a_folder_that_cannot_be_written_can_be_read),
    };
    return cmocka_run_group_tests_name("database", tests, NULL, NULL);
}
