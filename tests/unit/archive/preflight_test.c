/* The preflight: bounds before allocation, overlaps refused, every entry that cannot be read marked. */
#include "archive/preflight.h"
#include "base/limits.h"
#include "unit/archive/craft.h"

#include <time.h>

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static ff_status look(const craft *zip, ff_preflight *preflight, ff_error *error)
{
    ff_blob blob = ff_blob_of_bytes(craft_bytes(zip));
    *preflight = (ff_preflight){0};
    return ff_preflight_run(preflight, &blob, error);
}

static void each_entry_is_described_as_the_directory_does(void **state)
{
    (void)state;
    craft zip = {0};
    ff_preflight preflight;
    craft_text(&zip, "0_a.txt", "one");
    craft_add(&zip, (craft_entry){.name = FF_LIT("b\xFF/1_x.txt"), .data = FF_LIT("four"), .described = true});
    craft_finish(&zip, (craft_end){0});
    assert_int_equal(look(&zip, &preflight, NULL), FF_OK);
    assert_int_equal(preflight.count, 2);
    assert_false(preflight.damaged);
    const ff_zip_record *second = &preflight.records[1];
    assert_true(ff_slice_eq(second->name, FF_LIT("b\xFF/1_x.txt")));
    assert_int_equal(second->at, 30 + 7 + 3);
    assert_int_equal(second->size, 4);
    assert_int_equal(second->packed, 4);
    assert_int_equal(second->crc, craft_crc(FF_LIT("four")));
    assert_int_equal(second->problem, FF_ZIP_FINE);
    ff_preflight_release(&preflight);
    craft_release(&zip);
}

static void what_cannot_be_read_is_marked_and_spoils_nothing_else(void **state)
{
    const struct {
        craft_entry entry;
        ff_zip_problem problem;
    } rows[] = {
        {{.flags = 0}, FF_ZIP_FINE},
        {{.flags = 0x0001}, FF_ZIP_ENCRYPTED},
        {{.flags = 0x2000}, FF_ZIP_ENCRYPTED},
        {{.method = 99}, FF_ZIP_METHOD},
        {{.method = 9}, FF_ZIP_METHOD},
        {{.method = 14}, FF_ZIP_METHOD},
        {{.packed_lie = 5000}, FF_ZIP_OUTSIDE},
        {{.packed_lie = -6}, FF_ZIP_DAMAGED}, /* becomes all ones: 64 bits that are not there */
        {{.elsewhere = true, .at = 4000}, FF_ZIP_OUTSIDE},
        {{.elsewhere = true, .at = UINT32_MAX}, FF_ZIP_DAMAGED},
        {{.elsewhere = true, .at = UINT32_MAX, .extra = {"\x01\0\x04\0\0\0\0\0", 8}}, FF_ZIP_DAMAGED},
        {{.elsewhere = true, .at = UINT32_MAX, .extra = {"\x09\0\xFF\0\0\0\0\0", 8}}, FF_ZIP_DAMAGED},
        {{.elsewhere = true, .at = UINT32_MAX, .extra = {"\x01\0\x08\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 12}},
         FF_ZIP_OUTSIDE},
        {{.size_lie = 1 << 30}, FF_ZIP_FINE}, /* a size is a claim; what is produced is bounded */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        craft zip = {0};
        ff_preflight preflight;
        craft_entry entry = rows[i].entry;
        entry.name = FF_LIT("1_bad.txt");
        entry.data = FF_LIT("12345");
        craft_text(&zip, "0_good.txt", "one");
        craft_add(&zip, entry);
        craft_finish(&zip, (craft_end){0});
        assert_int_equal(look(&zip, &preflight, NULL), FF_OK);
        assert_int_equal(preflight.count, 2);
        assert_int_equal(preflight.records[0].problem, FF_ZIP_FINE);
        assert_int_equal(preflight.records[1].problem, rows[i].problem);
        ff_preflight_release(&preflight);
        craft_release(&zip);
    }
}

static void numbers_of_64_bits_are_read_from_the_extra_field(void **state)
{
    (void)state;
    craft zip = {0};
    ff_preflight preflight;
    craft_add(&zip, (craft_entry){.name = FF_LIT("0_a.txt"),
                                  .data = FF_LIT("12345"),
                                  .packed_lie = -6, /* all ones */
                                  .extra = {"\x55\x54\x01\0x\x01\0\x08\0\x05\0\0\0\0\0\0\0", 17}});
    craft_finish(&zip, (craft_end){.wide = true});
    assert_int_equal(look(&zip, &preflight, NULL), FF_OK);
    assert_int_equal(preflight.records[0].packed, 5);
    assert_int_equal(preflight.records[0].size, 5);
    assert_int_equal(preflight.records[0].problem, FF_ZIP_FINE);
    ff_preflight_release(&preflight);
    craft_release(&zip);
}

static void only_the_entries_that_share_bytes_are_marked(void **state)
{
    const struct {
        uint32_t at[4]; /* of records over a body of 4 × 100 bytes, 60 of them packed data */
        bool overlaps[4];
        ff_status status;
    } rows[] = {
        {{0, 100, 200, 300}, {false, false, false, false}, FF_OK},
        {{300, 0, 200, 100}, {false, false, false, false}, FF_OK},
        {{0, 100, 150, 300}, {false, true, true, false}, FF_OK},
        {{0, 0, 200, 300}, {true, true, false, false}, FF_OK},
        {{0, 50, 120, 300}, {true, true, true, false}, FF_OK},
        {{0, 0, 0, 0}, {true, true, true, true}, FF_INVALID},
        {{0, 10, 20, 30}, {true, true, true, true}, FF_INVALID},
        {{0, 50, 3000, 9000}, {true, true, false, false}, FF_INVALID}, /* the others lie outside */
    };
    static char body[400];
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        craft zip = {0};
        ff_preflight preflight;
        ff_error error = {0};
        for (size_t entry = 0; entry < 4; entry++)
            craft_add(&zip,
                      (craft_entry){
                          .name = FF_LIT("0_a.txt"), .data = {body, 60}, .elsewhere = true, .at = rows[i].at[entry]});
        ff_buf_add(&zip.body, (ff_slice){body, sizeof body});
        craft_finish(&zip, (craft_end){0});
        assert_int_equal(look(&zip, &preflight, &error), rows[i].status);
        for (size_t entry = 0; entry < 4; entry++)
            assert_int_equal(preflight.records[entry].problem == FF_ZIP_OVERLAP, rows[i].overlaps[entry]);
        assert_int_equal(strstr(error.text, "overlap") != NULL, rows[i].status != FF_OK);
        ff_preflight_release(&preflight);
        craft_release(&zip);
    }
}

static void a_bomb_of_many_entries_over_the_same_bytes_is_refused_quickly(void **state)
{
    (void)state;
    craft zip = {0};
    ff_preflight preflight;
    static char kernel[40000];
    ff_error error = {0};
    for (uint32_t i = 0; i < FF_LIMIT_ARCHIVE_ENTRIES; i++)
        craft_add(&zip, (craft_entry){.name = FF_LIT("build/1_a.txt"),
                                      .data = {kernel, i % 2 ? sizeof kernel - 2 * i : sizeof kernel - i - 50},
                                      .method = 8,
                                      .packed = true,
                                      .real_size = 250000000,
                                      .elsewhere = true,
                                      .at = i % 2 ? i : i / 2});
    ff_buf_add(&zip.body, (ff_slice){kernel, sizeof kernel});
    craft_finish(&zip, (craft_end){0});
    clock_t start = clock();
    assert_int_equal(look(&zip, &preflight, &error), FF_INVALID);
    assert_true(clock() - start < CLOCKS_PER_SEC / 2); /* 5 ms without sanitizers */
    assert_non_null(strstr(error.text, "overlap"));
    ff_preflight_release(&preflight);
    craft_release(&zip);
}

static void claims_above_the_bounds_are_refused_before_anything_is_allocated(void **state)
{
    const struct {
        craft_end end;
        const char *text;
    } rows[] = {
        {{.wide = true, .wide_count = 1000000}, "claims 1000000 entries"},
        {{.wide = true, .wide_count = UINT64_MAX}, "claims 18446744073709551615 entries"},
        {{.wide = true, .wide_count = FF_LIMIT_ARCHIVE_ENTRIES + 1}, "entries, more than 20000"},
        {{.count_lie = 65534}, "claims 65535 entries"},
        {{.wide = true, .wide_count = 1000000, .offset_lie = 7}, "claims 1000000 entries"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        craft zip = {0};
        ff_preflight preflight;
        ff_error error = {0};
        craft_text(&zip, "0_a.txt", "one");
        craft_finish(&zip, rows[i].end);
        assert_int_equal(look(&zip, &preflight, &error), FF_LIMIT);
        assert_non_null(strstr(error.text, rows[i].text));
        assert_null(preflight.directory);
        assert_null(preflight.records);
        craft_release(&zip);
    }
}

static void a_directory_above_the_bound_is_refused(void **state)
{
    (void)state;
    craft zip = {0};
    ff_preflight preflight;
    ff_error error = {0};
    static char extra[60000];
    for (size_t i = 0; i <= FF_LIMIT_DIRECTORY_BYTES / sizeof extra; i++)
        craft_add(&zip, (craft_entry){.name = FF_LIT("0_a.txt"), .extra = {extra, sizeof extra}});
    craft_finish(&zip, (craft_end){0});
    assert_int_equal(look(&zip, &preflight, &error), FF_LIMIT);
    assert_null(preflight.directory);
    craft_release(&zip);
}

static void a_directory_that_does_not_hold_what_is_claimed_is_damaged(void **state)
{
    const struct {
        craft_end end;
        uint32_t count;
        bool damaged;
    } rows[] = {
        {{.count_lie = 0}, 3, false},
        {{.count_lie = 1}, 3, true},
        {{.count_lie = 1000}, 3, true},
        {{.count_lie = -1}, 2, true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        craft zip = {0};
        ff_preflight preflight;
        craft_text(&zip, "0_a.txt", "one");
        craft_text(&zip, "1_b.txt", "two");
        craft_text(&zip, "2_c.txt", "three");
        craft_finish(&zip, rows[i].end);
        assert_int_equal(look(&zip, &preflight, NULL), FF_OK);
        assert_int_equal(preflight.count, rows[i].count);
        assert_int_equal(preflight.damaged, rows[i].damaged);
        ff_preflight_release(&preflight);
        craft_release(&zip);
    }
}

static void a_file_without_an_end_says_that_it_is_cut_short(void **state)
{
    (void)state;
    ff_preflight preflight = {0};
    ff_error error = {0};
    ff_blob blob = ff_blob_of_bytes(FF_LIT("PK\x03\x04 and so on, but no more than this"));
    assert_int_equal(ff_preflight_run(&preflight, &blob, &error), FF_INVALID);
    assert_string_equal(error.text, "the archive is cut short (no end record); download it again");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_entry_is_described_as_the_directory_does),
        cmocka_unit_test(what_cannot_be_read_is_marked_and_spoils_nothing_else),
        cmocka_unit_test(numbers_of_64_bits_are_read_from_the_extra_field),
        cmocka_unit_test(only_the_entries_that_share_bytes_are_marked),
        cmocka_unit_test(a_bomb_of_many_entries_over_the_same_bytes_is_refused_quickly),
        cmocka_unit_test(claims_above_the_bounds_are_refused_before_anything_is_allocated),
        cmocka_unit_test(a_directory_above_the_bound_is_refused),
        cmocka_unit_test(a_directory_that_does_not_hold_what_is_claimed_is_damaged),
        cmocka_unit_test(a_file_without_an_end_says_that_it_is_cut_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
