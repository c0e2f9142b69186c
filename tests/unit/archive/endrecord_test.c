/* The end record: found behind comments, before garbage, in 64 bits, and believed only where a directory is. */
#include "archive/endrecord.h"
#include "unit/archive/craft.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static ff_status find(ff_slice bytes, ff_end_record *end)
{
    ff_blob blob = ff_blob_of_bytes(bytes);
    *end = (ff_end_record){0};
    return ff_end_record_find(&blob, end, NULL);
}

static void an_archive_is_found_wherever_it_stands(void **state)
{
    static char prefix[100000];
    const struct {
        size_t prefix;
        craft_end end;
        const char *behind;
    } rows[] = {
        {0, {0}, ""},
        {0, {.comment = {"a comment", 9}}, ""},
        {0, {.wide = true}, ""},
        {100, {0}, ""},
        {100000, {.wide = true}, ""},
        {0, {0}, "garbage behind the end"},
        {5, {.comment = {"cut off", 7}, .wide = true}, "and more"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        craft zip = {0};
        ff_buf all;
        ff_end_record end;
        ff_buf_init(&all, SIZE_MAX / 4);
        craft_text(&zip, "0_a.txt", "one");
        craft_text(&zip, "1_b.txt", "two");
        size_t body = zip.body.len, directory = zip.directory.len;
        craft_finish(&zip, rows[i].end);
        ff_buf_add(&all, (ff_slice){prefix, rows[i].prefix});
        ff_buf_add(&all, craft_bytes(&zip));
        ff_buf_add(&all, ff_slice_of(rows[i].behind));
        assert_int_equal(find(ff_buf_slice(&all), &end), FF_OK);
        assert_int_equal(end.entries, 2);
        assert_int_equal(end.base, rows[i].prefix);
        assert_int_equal(end.directory_at, rows[i].prefix + body);
        assert_int_equal(end.directory_size, directory);
        ff_buf_release(&all);
        craft_release(&zip);
    }
}

static void false_end_records_in_a_comment_of_the_greatest_length_do_not_count(void **state)
{
    static char comment[FF_WIRE_COMMENT_MAX];
    const uint32_t sizes[] = {0, 1, 46, 0xFFFFFFFE, UINT32_MAX};
    (void)state;
    for (size_t row = 0; row < COUNT(sizes); row++) {
        ff_buf record;
        ff_buf_init(&record, SIZE_MAX / 4);
        for (size_t at = 0; at + FF_WIRE_END_BYTES <= sizeof comment; at += FF_WIRE_END_BYTES) {
            ff_buf_reset(&record);
            ff_wire_put(&record, FF_WIRE_END_MAGIC, 4);
            ff_wire_put(&record, 0, 4);
            ff_wire_put(&record, sizes[row] ? 7 : 0, 2);
            ff_wire_put(&record, sizes[row] ? 7 : 0, 2);
            ff_wire_put(&record, sizes[row], 4);
            ff_wire_put(&record, 0, 4);
            ff_wire_put(&record, sizeof comment - at - FF_WIRE_END_BYTES, 2);
            memcpy(comment + at, record.ptr, FF_WIRE_END_BYTES);
        }
        ff_buf_release(&record);
        craft zip = {0};
        ff_end_record end;
        craft_text(&zip, "0_a.txt", "one");
        craft_finish(&zip, (craft_end){.comment = {comment, sizeof comment}});
        assert_int_equal(find(craft_bytes(&zip), &end), FF_OK);
        assert_int_equal(end.entries, 1);
        craft_release(&zip);
    }
}

static void what_is_no_archive_is_not_found(void **state)
{
    static char zeros[70000];
    const ff_slice rows[] = {FF_LIT(""),
                             FF_LIT("PK\x05\x06"),
                             FF_LIT("a text that is long enough to hold a record\n"),
                             {zeros, sizeof zeros}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_end_record end;
        assert_int_equal(find(rows[i], &end), FF_NOT_FOUND);
    }
}

static void claims_that_lead_to_no_directory_are_invalid(void **state)
{
    const craft_end rows[] = {{.offset_lie = 1}, {.size_lie = 1000}, {.offset_lie = -20, .size_lie = -7}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        craft zip = {0};
        ff_end_record end;
        craft_text(&zip, "0_a.txt", "one");
        craft_finish(&zip, rows[i]);
        assert_int_equal(find(craft_bytes(&zip), &end), FF_INVALID);
        craft_release(&zip);
    }
}

static void an_empty_archive_is_one(void **state)
{
    (void)state;
    craft zip = {0};
    ff_end_record end;
    craft_finish(&zip, (craft_end){0});
    assert_int_equal(find(craft_bytes(&zip), &end), FF_OK);
    assert_int_equal(end.entries, 0);
    craft_release(&zip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_is_found_wherever_it_stands),
        cmocka_unit_test(false_end_records_in_a_comment_of_the_greatest_length_do_not_count),
        cmocka_unit_test(what_is_no_archive_is_not_found),
        cmocka_unit_test(claims_that_lead_to_no_directory_are_invalid),
        cmocka_unit_test(an_empty_archive_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
