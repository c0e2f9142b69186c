/* One face over archives, texts and streams, told apart by content; hostile bytes end in a note or one line. */
#include "unit/archive/craft.h"
#include "unit/source/reading.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

#define STAMP "2025-12-01T05:14:50.1234567Z "

/* A run of two jobs, one skipped job, and step files of the first. */
static void craft_run(craft *zip)
{
    craft_text(zip, "1_test.txt", "test\n");
    craft_text(zip, "0_build.txt", "one\ntwo\n");
    craft_text(zip, "build/2_Run make.txt", "two\n");
    craft_text(zip, "build/1_Set up job.txt", "one\n");
    craft_text(zip, "deploy/system.txt", "x Result: false\n");
}

static const char RUN_STREAMS[] = "S build/1_Set up job.txt=one\n\nS build/2_Run make.txt=two\n\nJ 1_test.txt=test\n\n";

static void an_archive_is_known_by_its_content_wherever_it_begins(void **state)
{
    static const char *const prefixes[] = {"", "#!/bin/sh\nunpack me\n", "a text before it\n"};
    (void)state;
    for (size_t i = 0; i < COUNT(prefixes); i++) {
        craft zip = {0};
        ff_buf all;
        reading got;
        ff_buf_init(&all, SIZE_MAX / 4);
        craft_run(&zip);
        craft_finish(&zip, (craft_end){0});
        ff_buf_add(&all, ff_slice_of(prefixes[i]));
        ff_buf_add(&all, craft_bytes(&zip));
        reading_open_bytes(&got, ff_buf_slice(&all), "run.log");
        assert_int_equal(got.status, FF_END);
        assert_string_equal(reading_streams(&got), RUN_STREAMS);
        assert_string_equal(reading_notes(&got), "");
        assert_int_equal(got.run.jobs.count, 3);
        assert_false(got.run.single_log);
        assert_int_equal(got.run.entries_read, 3);
        reading_forget(&got);
        ff_buf_release(&all);
        craft_release(&zip);
    }
}

static void text_is_one_stream_of_an_unknown_job(void **state)
{
    static const ff_slice rows[] = {{"\xEF\xBB\xBF" STAMP "text\n", 37},
                                    {"a", 1},
                                    {"PK", 2},
                                    {"log\0with\0nuls\n", 14},
                                    {"build\tRun\t" STAMP "x\n", 41}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading got;
        reading_open_bytes(&got, rows[i], "x.zip");
        assert_int_equal(got.status, FF_END);
        assert_true(ff_slice_starts(ff_buf_slice(&got.streams), FF_LIT("T x.zip=")));
        assert_true(ff_slice_eq(ff_slice_cut(ff_slice_from(ff_buf_slice(&got.streams), 8), rows[i].len), rows[i]));
        assert_int_equal(got.streams.len, 8 + rows[i].len + 1);
        assert_true(got.run.single_log);
        assert_int_equal(got.run.jobs.count, 0);
        assert_int_equal(got.run.bytes_read, rows[i].len);
        reading_forget(&got);
    }
}

static void what_is_no_log_is_refused_in_one_line_that_names_it(void **state)
{
    static const struct {
        ff_slice bytes;
        const char *text;
    } rows[] = {
        {{"", 0}, "a.log: it is empty"},
        {{"\xEF\xBB\xBF", 3}, "a.log: it is empty"},
        {{" \n\r\n\t", 5}, "a.log: it is empty"},
        {{"\x1F\x8B\x08\0\0\0", 6}, "a.log: not a log but gzip data; unpack it first (gunzip)"},
        {{"<!DOCTYPE html>\n<html>", 22}, "a.log: not a log but a web page; the download failed or needs a login"},
        {{"{\"message\":\"Not Found\",\"documentation_url\":\"x\"}", 47},
         "a.log: not a log but an error answer of GitHub's API; the download failed"},
        {{"\x89PNG\r\n", 6}, "a.log: not a log but a PNG image"},
        {{"\x01\x02\0\0\0\0\0\0\0\0\0\0\0", 13}, "a.log: not a log but binary data"},
        {{"PK\x03\x04 cut", 8}, "a.log: the archive is cut short (no end record); download it again"},
        {{"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22}, "a.log: the archive is empty"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading got;
        reading_open_bytes(&got, rows[i].bytes, "a.log");
        assert_int_equal(got.status, FF_INVALID);
        assert_string_equal(got.error.text, rows[i].text);
        assert_null(got.source);
        reading_forget(&got);
    }
}

static void hostile_entries_are_noted_and_the_rest_is_read(void **state)
{
    static const struct {
        craft_entry entry;
        const char *notes;
        bool kept; /* its bytes were handed out before the fault showed */
    } rows[] = {
        {{.name = {"1_b.txt", 7}, .flags = 1}, "entry-encrypted!\n", false},
        {{.name = {"1_b.txt", 7}, .method = 99}, "entry-method!\n", false},
        {{.name = {"1_b.txt", 7}, .packed_lie = 9999}, "entry-damaged!\n", false},
        {{.name = {"1_b.txt", 7}, .crc_lie = 1}, "entry-damaged!\n", true},
        {{.name = {"1_b.txt", 7}, .size_lie = 1000}, "entry-damaged!\n", true},
        {{.name = {"1_b.txt", 7}, .size_lie = -3}, "entry-damaged!\n", true},
        {{.name = {"1_b.txt", 7}, .data = {"PK\x03\x04 an archive inside", 22}}, "entry-not-text!\n", false},
        {{.name = {"../1_b.txt", 10}}, "entry-name!\n", false},
        {{.name = {"1_\x1B[2Jb.txt", 11}}, "entry-name!\n", false},
        {{.name = {"1_a\0.txt", 8}}, "entry-name!\n", false},
        {{.name = {"0_a.txt", 7}}, "entry-twice!\n", false},
        {{.name = {"inner.zip", 9}}, "inner-archive!\n", false},
        {{.name = {"photo.jpg", 9}}, "entry-unexpected\n", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        craft zip = {0};
        reading got;
        craft_entry entry = rows[i].entry;
        if (entry.data.len == 0)
            entry.data = FF_LIT("other text");
        craft_text(&zip, "0_a.txt", "first");
        craft_add(&zip, entry);
        craft_text(&zip, "2_c.txt", "last");
        craft_finish(&zip, (craft_end){0});
        reading_open_bytes(&got, craft_bytes(&zip), "run.zip");
        assert_int_equal(got.status, FF_END);
        assert_string_equal(reading_notes(&got), rows[i].notes);
        assert_non_null(strstr(reading_streams(&got), "J 0_a.txt=first\n"));
        assert_non_null(strstr(reading_streams(&got), "J 2_c.txt=last\n"));
        assert_int_equal(strstr(reading_streams(&got), "=other ") != NULL, rows[i].kept);
        for (size_t note = 0; note < got.run.notes.count; note++)
            for (size_t c = 0; c < got.run.notes.items[note].text.len; c++)
                assert_true((unsigned char)got.run.notes.items[note].text.ptr[c] >= 0x20);
        reading_forget(&got);
        craft_release(&zip);
    }
}

static void damage_in_a_step_file_leads_to_the_whole_job_file(void **state)
{
    (void)state;
    craft zip = {0};
    reading got;
    craft_text(&zip, "0_a.txt", "one\ntwo\n");
    craft_text(&zip, "a/1_x.txt", "one\n");
    craft_add(&zip, (craft_entry){.name = FF_LIT("a/2_y.txt"), .data = FF_LIT("tvo\n"), .crc_lie = 5});
    craft_finish(&zip, (craft_end){0});
    reading_open_bytes(&got, craft_bytes(&zip), "run.zip");
    assert_string_equal(reading_streams(&got), "J 0_a.txt=one\ntwo\n\n");
    assert_string_equal(reading_notes(&got), "step-files-incomplete\n");
    assert_false(got.run.notes.partial);
    reading_forget(&got);
    craft_release(&zip);
}

static void a_directory_with_fewer_records_than_claimed_is_noted(void **state)
{
    (void)state;
    craft zip = {0};
    reading got;
    craft_run(&zip);
    craft_finish(&zip, (craft_end){.count_lie = 3});
    reading_open_bytes(&got, craft_bytes(&zip), "run.zip");
    assert_string_equal(reading_streams(&got), RUN_STREAMS);
    assert_string_equal(reading_notes(&got), "archive-damaged!\n");
    reading_forget(&got);
    craft_release(&zip);
}

static void a_run_flipped_or_cut_anywhere_never_breaks_the_reader(void **state)
{
    (void)state;
    craft zip = {0};
    craft_run(&zip);
    craft_finish(&zip, (craft_end){0});
    size_t read = 0;
    for (size_t at = 0; at < zip.body.len; at++) {
        reading got;
        zip.body.ptr[at] = (char)~zip.body.ptr[at];
        reading_open_bytes(&got, craft_bytes(&zip), "run.zip");
        read += got.status == FF_END;
        assert_true(got.status == FF_END || got.error.text[0] != '\0');
        reading_forget(&got);
        zip.body.ptr[at] = (char)~zip.body.ptr[at];
    }
    assert_true(read > zip.body.len / 2);
    for (size_t sixteenth = 0; sixteenth < 16; sixteenth++) {
        reading got;
        reading_open_bytes(&got, ff_slice_cut(craft_bytes(&zip), zip.body.len * sixteenth / 16), "run.zip");
        assert_int_equal(got.status, FF_INVALID);
        assert_true(ff_slice_starts(ff_slice_of(got.error.text), FF_LIT("run.zip: ")));
        reading_forget(&got);
    }
    craft_release(&zip);
}

/* ---- files and streams ---- */

static char file[300];

static int make_name(void **state)
{
    const char *base = getenv("TMPDIR");
    (void)state;
    int length = snprintf(file, sizeof file, "%s/ff-source-XXXXXX", base && *base ? base : "/tmp");
    int fd = length > 0 && (size_t)length < sizeof file ? mkstemp(file) : -1;
    return fd < 0 ? -1 : close(fd);
}

static int drop_name(void **state)
{
    (void)state;
    return unlink(file);
}

static void write_file(ff_slice bytes)
{
    FILE *out = fopen(file, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, out), bytes.len);
    assert_int_equal(fclose(out), 0);
}

/* Reads "-" while another process writes `bytes` into standard input. */
static void read_from_pipe(reading *got, ff_slice bytes)
{
    int ends[2];
    int saved = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    pid_t writer = fork();
    assert_true(writer >= 0);
    if (writer == 0) {
        (void)close(ends[0]);
        for (ssize_t sent; bytes.len && (sent = write(ends[1], bytes.ptr, bytes.len < 1000 ? bytes.len : 1000)) > 0;)
            bytes = ff_slice_from(bytes, (size_t)sent);
        _exit(0);
    }
    (void)close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    (void)close(ends[0]);
    reading_open(got, "-");
    assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
    (void)close(saved);
    assert_int_equal(waitpid(writer, NULL, 0), writer);
}

static void files_on_disk_are_read_like_bytes(void **state)
{
    (void)state;
    craft zip = {0};
    reading got;
    craft_run(&zip);
    craft_finish(&zip, (craft_end){0});
    write_file(craft_bytes(&zip));
    reading_open(&got, file);
    assert_string_equal(reading_streams(&got), RUN_STREAMS);
    reading_forget(&got);
    char *lines = craft_lines(200000);
    write_file((ff_slice){lines, 200000});
    reading_open(&got, file);
    assert_int_equal(got.streams.len, 2 + strlen(file) + 1 + 200000 + 1);
    assert_memory_equal(got.streams.ptr + 2 + strlen(file) + 1, lines, 200000);
    reading_forget(&got);
    free(lines);
    craft_release(&zip);
}

static void what_cannot_be_opened_is_named(void **state)
{
    (void)state;
    reading got;
    reading_open(&got, "/nowhere/at\nall.zip");
    assert_int_equal(got.status, FF_NOT_FOUND);
    assert_string_equal(got.error.text, "/nowhere/at\\x0aall.zip: no such file or folder");
    reading_forget(&got);
    reading_open(&got, "/dev/null");
    assert_int_equal(got.status, FF_INVALID);
    assert_string_equal(got.error.text, "/dev/null: it is empty");
    reading_forget(&got);
    reading_open(&got, "/dev/zero");
    assert_int_equal(got.status, FF_INVALID);
    reading_forget(&got);
}

static void text_and_archives_come_through_standard_input(void **state)
{
    (void)state;
    craft zip = {0};
    reading got;
    char *lines = craft_lines(300000);
    craft_run(&zip);
    craft_add(&zip, (craft_entry){.name = FF_LIT("2_long.txt"), .data = {lines, 300000}});
    craft_finish(&zip, (craft_end){0});
    read_from_pipe(&got, craft_bytes(&zip));
    assert_int_equal(got.status, FF_END);
    assert_true(ff_slice_starts(ff_buf_slice(&got.streams), ff_slice_of(RUN_STREAMS)));
    assert_int_equal(got.run.bytes_read, 300000 + 13);
    reading_forget(&got);
    read_from_pipe(&got, (ff_slice){lines, 300000});
    assert_true(ff_slice_starts(ff_buf_slice(&got.streams), FF_LIT("T -=")));
    assert_memory_equal(got.streams.ptr + 4, lines, 300000);
    assert_int_equal(got.run.bytes_read, 300000);
    reading_forget(&got);
    read_from_pipe(&got, FF_LIT(""));
    assert_int_equal(got.status, FF_INVALID);
    assert_string_equal(got.error.text, "standard input: it is empty");
    reading_forget(&got);
    read_from_pipe(&got, ff_slice_cut(craft_bytes(&zip), 100000));
    assert_string_equal(got.error.text, "standard input: the archive is cut short (no end record); download it again");
    reading_forget(&got);
    free(lines);
    craft_release(&zip);
}

static void an_archive_that_cannot_be_kept_says_so(void **state)
{
    (void)state;
    craft zip = {0};
    reading got;
    const char *before = getenv("TMPDIR");
    char *saved = before ? strdup(before) : NULL;
    craft_run(&zip);
    craft_finish(&zip, (craft_end){0});
    assert_int_equal(setenv("TMPDIR", "/nowhere/at/all", 1), 0);
    read_from_pipe(&got, craft_bytes(&zip));
    assert_int_equal(got.status, FF_IO);
    assert_non_null(strstr(got.error.text, "folder for temporary files"));
    reading_forget(&got);
    assert_int_equal(saved ? setenv("TMPDIR", saved, 1) : unsetenv("TMPDIR"), 0);
    free(saved);
    craft_release(&zip);
}

static void standard_input_that_is_a_file_is_read_from_where_it_stands(void **state)
{
    (void)state;
    reading got;
    int saved = dup(STDIN_FILENO);
    write_file(FF_LIT("first\nsecond\n"));
    for (int skipped = 0; skipped <= 6; skipped += 6) {
        int fd = open(file, O_RDONLY);
        assert_true(fd >= 0);
        assert_int_equal(lseek(fd, skipped, SEEK_SET), skipped);
        assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
        (void)close(fd);
        reading_open(&got, "-");
        assert_string_equal(reading_streams(&got), skipped ? "T -=second\n\n" : "T -=first\nsecond\n\n");
        reading_forget(&got);
    }
    assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
    (void)close(saved);
}

static void a_named_pipe_is_a_stream(void **state)
{
    (void)state;
    reading got;
    assert_int_equal(unlink(file), 0);
    assert_int_equal(mkfifo(file, 0600), 0);
    pid_t writer = fork();
    assert_true(writer >= 0);
    if (writer == 0) {
        int fd = open(file, O_WRONLY);
        _exit(write(fd, "through a pipe\n", 15) == 15 ? 0 : 1);
    }
    reading_open(&got, file);
    assert_int_equal(got.run.bytes_read, 15);
    assert_non_null(strstr(reading_streams(&got), "=through a pipe\n"));
    reading_forget(&got);
    assert_int_equal(waitpid(writer, NULL, 0), writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_is_known_by_its_content_wherever_it_begins),
        cmocka_unit_test(text_is_one_stream_of_an_unknown_job),
        cmocka_unit_test(what_is_no_log_is_refused_in_one_line_that_names_it),
        cmocka_unit_test(hostile_entries_are_noted_and_the_rest_is_read),
        cmocka_unit_test(damage_in_a_step_file_leads_to_the_whole_job_file),
        cmocka_unit_test(a_directory_with_fewer_records_than_claimed_is_noted),
        cmocka_unit_test(a_run_flipped_or_cut_anywhere_never_breaks_the_reader),
        cmocka_unit_test(what_cannot_be_opened_is_named),
        cmocka_unit_test(text_and_archives_come_through_standard_input),
        cmocka_unit_test(an_archive_that_cannot_be_kept_says_so),
        cmocka_unit_test_setup_teardown(files_on_disk_are_read_like_bytes, make_name, drop_name),
        cmocka_unit_test_setup_teardown(standard_input_that_is_a_file_is_read_from_where_it_stands, make_name,
                                        drop_name),
        cmocka_unit_test_setup_teardown(a_named_pipe_is_a_stream, make_name, drop_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
