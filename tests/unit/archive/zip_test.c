/* Archives from end to end: what libzip wrote is read back; what somebody damaged ends early, and nothing else does. */
#include "archive/view.h"
#include "archive/zip.h"
#include "base/limits.h"
#include "unit/archive/craft.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

enum { MOST = 8 * 1024 * 1024 };

/* Reads an entry to its end and returns how it ended. */
static ff_status read_entry(ff_zip *zip, uint32_t index, ff_buf *out, ff_error *error)
{
    static char into[FF_LIMIT_READ_BYTES];
    ff_reader reader;
    size_t got = 0;
    ff_buf_init(out, MOST);
    ff_status status = ff_zip_enter(zip, index, &reader, error);
    while (status == FF_OK && (status = reader.read(reader.self, into, sizeof into, &got, error)) == FF_OK) {
        assert_true(got > 0 && got <= sizeof into);
        ff_buf_add(out, (ff_slice){into, got});
        if (ff_buf_status(out) == FF_LIMIT)
            return FF_LIMIT;
    }
    return status;
}

static void assert_entry(ff_zip *zip, uint32_t index, ff_slice text)
{
    ff_buf out;
    ff_error error = {0};
    assert_int_equal(read_entry(zip, index, &out, &error), FF_END);
    assert_string_equal(error.text, "");
    assert_true(ff_slice_eq(ff_buf_slice(&out), text));
    ff_buf_release(&out);
}

static ff_zip *open_bytes(ff_blob *blob, ff_slice bytes)
{
    ff_zip *zip = NULL;
    *blob = ff_blob_of_bytes(bytes);
    assert_int_equal(ff_zip_open(&zip, blob, NULL), FF_OK);
    return zip;
}

static void what_libzip_wrote_is_read_back_in_any_order(void **state)
{
    char *lines = craft_lines(500000);
    const craft_file files[] = {
        {.name = "0_build.txt", .text = {lines, 500000}},
        {.name = "build/1_Set up job.txt", .text = FF_LIT("short\n")},
        {.name = "build/2_\xF0\x9F\x9A\x80.txt", .text = {lines, 70000}, .stored = true},
        {.name = "build/3_empty.txt", .text = FF_LIT("")},
        {.name = "build/4_secret.txt", .text = FF_LIT("secret"), .encrypted = true},
    };
    ff_buf bytes;
    ff_blob blob;
    (void)state;
    ff_buf_init(&bytes, MOST);
    assert_true(craft_by_libzip(&bytes, files, COUNT(files)));
    ff_zip *zip = open_bytes(&blob, ff_buf_slice(&bytes));
    assert_int_equal(ff_zip_count(zip), COUNT(files));
    assert_false(ff_zip_is_damaged(zip));
    const uint32_t order[] = {0, 2, 1, 3, 0, 2};
    for (size_t i = 0; i < COUNT(order); i++) {
        assert_true(ff_slice_eq(ff_zip_entry(zip, order[i])->name, ff_slice_of(files[order[i]].name)));
        assert_entry(zip, order[i], files[order[i]].text);
    }
    ff_buf none;
    ff_error error = {0};
    assert_int_equal(read_entry(zip, 4, &none, &error), FF_INVALID);
    assert_string_equal(error.text, "it is encrypted");
    ff_zip_close(zip);
    ff_buf_release(&bytes);
    free(lines);
}

static void lies_end_an_entry_with_what_it_really_holds(void **state)
{
    const struct {
        craft_entry entry;
        const char *text; /* of the error; NULL: none */
    } rows[] = {
        {{.flags = 0}, NULL},
        {{.described = true}, NULL},
        {{.size_lie = 5}, "where the directory says"},
        {{.size_lie = -5}, "where the directory says"},
        {{.size_lie = 2000000000}, "where the directory says"},
        {{.crc_lie = 1}, "checksum"},
        {{.packed_lie = -3}, ""},
    };
    (void)state;
    for (size_t method = 0; method < 2; method++) {
        for (size_t i = 0; i < COUNT(rows); i++) {
            const ff_slice text = FF_LIT("five bytes and some more, and some more, and some more\n");
            ff_buf honest, out;
            ff_preflight preflight = {0};
            ff_blob blob;
            ff_buf_init(&honest, MOST);
            assert_true(craft_by_libzip(&honest, &(craft_file){.name = "a", .text = text}, 1));
            blob = ff_blob_of_bytes(ff_buf_slice(&honest));
            assert_int_equal(ff_preflight_run(&preflight, &blob, NULL), FF_OK);
            craft_entry entry = rows[i].entry;
            entry.name = FF_LIT("1_a.txt");
            entry.data = text;
            if (method) {
                entry.method = FF_ZIP_DEFLATED;
                entry.packed = true;
                entry.real_size = (uint32_t)text.len;
                entry.real_crc = craft_crc(text);
                entry.data = (ff_slice){honest.ptr + FF_WIRE_LOCAL_BYTES + 1, (size_t)preflight.records[0].packed};
            }
            craft made = {0};
            ff_error error = {0};
            craft_text(&made, "0_before.txt", "before");
            craft_add(&made, entry);
            craft_text(&made, "2_after.txt", "after");
            craft_finish(&made, (craft_end){0});
            ff_zip *zip = open_bytes(&blob, craft_bytes(&made));
            assert_int_equal(read_entry(zip, 1, &out, &error), rows[i].text ? FF_INVALID : FF_END);
            if (rows[i].text)
                assert_true(error.text[0] != '\0');
            if (rows[i].text && method)
                assert_non_null(strstr(error.text, rows[i].text));
            assert_true(ff_slice_starts(text, ff_buf_slice(&out)));
            assert_entry(zip, 0, FF_LIT("before"));
            assert_entry(zip, 2, FF_LIT("after"));
            ff_zip_close(zip);
            ff_buf_release(&out);
            craft_release(&made);
            ff_preflight_release(&preflight);
            ff_buf_release(&honest);
        }
    }
}

static void entries_beside_unreadable_ones_keep_their_places(void **state)
{
    (void)state;
    craft made = {0};
    ff_blob blob;
    craft_add(&made,
              (craft_entry){.name = FF_LIT("a"), .data = FF_LIT("x"), .method = 99}); /* AES, and no extra field */
    craft_text(&made, "b", "second");
    craft_add(&made, (craft_entry){.name = FF_LIT("c"), .data = FF_LIT("x"), .flags = 1});
    craft_add(&made, (craft_entry){.name = FF_LIT("d"), .data = FF_LIT("x"), .packed_lie = 99999});
    craft_text(&made, "b", "of the same name");
    craft_text(&made, "\x01\n../x", "of a bad name");
    craft_finish(&made, (craft_end){.comment = FF_LIT("PK\x05\x06 in a comment")});
    ff_zip *zip = open_bytes(&blob, craft_bytes(&made));
    assert_int_equal(ff_zip_count(zip), 6);
    assert_entry(zip, 1, FF_LIT("second"));
    assert_entry(zip, 4, FF_LIT("of the same name"));
    assert_entry(zip, 5, FF_LIT("of a bad name"));
    for (uint32_t i = 0; i < 6; i++)
        assert_int_equal(ff_zip_entry(zip, i)->problem == FF_ZIP_FINE, i == 1 || i >= 4);
    ff_zip_close(zip);
    craft_release(&made);
}

static void an_archive_inside_is_bytes_like_any_other(void **state)
{
    (void)state;
    craft inner = {0}, outer = {0};
    ff_blob blob;
    craft_text(&inner, "0_inner.txt", "inner");
    craft_text(&inner, "1_inner.txt", "inner");
    craft_finish(&inner, (craft_end){0});
    craft_text(&outer, "0_a.txt", "outer");
    craft_add(&outer, (craft_entry){.name = FF_LIT("1_inner.zip"), .data = craft_bytes(&inner)});
    craft_finish(&outer, (craft_end){0});
    ff_zip *zip = open_bytes(&blob, craft_bytes(&outer));
    assert_int_equal(ff_zip_count(zip), 2);
    assert_entry(zip, 0, FF_LIT("outer"));
    assert_entry(zip, 1, craft_bytes(&inner));
    ff_zip_close(zip);
    craft_release(&inner);
    craft_release(&outer);
}

static void an_archive_behind_other_bytes_and_with_64_bit_ends_is_read(void **state)
{
    (void)state;
    craft made = {0};
    ff_blob blob;
    ff_buf all;
    ff_buf_init(&all, MOST);
    craft_text(&made, "0_a.txt", "text");
    craft_finish(&made, (craft_end){.wide = true});
    ff_buf_add_repeat(&all, '#', 100000);
    ff_buf_add(&all, craft_bytes(&made));
    ff_zip *zip = open_bytes(&blob, ff_buf_slice(&all));
    assert_entry(zip, 0, FF_LIT("text"));
    ff_zip_close(zip);
    ff_buf_release(&all);
    craft_release(&made);
}

static void make_small(ff_buf *bytes)
{
    static const craft_file files[] = {
        {.name = "0_build.txt", .text = {"line\nline\nline\nline\nline\nline\nline\n", 35}},
        {.name = "build/1_a.txt", .text = {"stored text\n", 12}, .stored = true},
        {.name = "build/2_b.txt", .text = {"more, more, more, more, more\n", 29}},
    };
    ff_buf_init(bytes, MOST);
    assert_true(craft_by_libzip(bytes, files, COUNT(files)));
}

/* Opens and reads everything that can be. Returns how many entries came out whole. */
static size_t read_everything(ff_slice bytes)
{
    ff_blob blob = ff_blob_of_bytes(bytes);
    ff_zip *zip = NULL;
    ff_error error = {0};
    size_t whole = 0;
    if (ff_zip_open(&zip, &blob, &error) != FF_OK) {
        assert_true(error.text[0] != '\0');
        return 0;
    }
    for (uint32_t i = 0; i < ff_zip_count(zip); i++) {
        ff_buf out;
        whole += read_entry(zip, i, &out, NULL) == FF_END;
        ff_buf_release(&out);
    }
    ff_zip_close(zip);
    return whole;
}

static void every_byte_flipped_in_turn_harms_at_most_what_it_touches(void **state)
{
    ff_buf bytes;
    make_small(&bytes);
    (void)state;
    assert_int_equal(read_everything(ff_buf_slice(&bytes)), 3);
    const unsigned char masks[] = {0xFF, 0x01, 0x80};
    for (size_t row = 0; row < COUNT(masks); row++) {
        size_t kept = 0;
        for (size_t at = 0; at < bytes.len; at++) {
            bytes.ptr[at] = (char)(bytes.ptr[at] ^ masks[row]);
            kept += read_everything(ff_buf_slice(&bytes));
            bytes.ptr[at] = (char)(bytes.ptr[at] ^ masks[row]);
        }
        assert_true(kept > bytes.len * 3 / 2); /* half of all, over all flips; most flips cost one entry at most */
    }
    ff_buf_release(&bytes);
}

static void an_archive_cut_anywhere_is_refused_with_a_reason(void **state)
{
    ff_buf bytes;
    make_small(&bytes);
    (void)state;
    for (size_t len = 0; len < bytes.len; len++) {
        char *copy = malloc(len + 1); /* so that a byte read too far is noticed */
        assert_non_null(copy);
        memcpy(copy, bytes.ptr, len);
        assert_int_equal(read_everything((ff_slice){copy, len}), 0);
        free(copy);
    }
    ff_buf_release(&bytes);
}

static void the_view_ends_in_zeros_that_hide_every_other_end_record(void **state)
{
    (void)state;
    craft made = {0};
    craft_text(&made, "0_a.txt", "PK\x05\x06 looks like an end");
    craft_finish(&made, (craft_end){0});
    ff_blob blob = ff_blob_of_bytes(craft_bytes(&made));
    ff_preflight preflight = {0};
    ff_view view = {0};
    char piece[64];
    size_t got = 0, ends = 0;
    assert_int_equal(ff_preflight_run(&preflight, &blob, NULL), FF_OK);
    assert_int_equal(ff_view_make(&view, &blob, &preflight, NULL), FF_OK);
    const uint64_t searched = view.size - FF_WIRE_COMMENT_MAX - FF_WIRE_END_BYTES;
    for (uint64_t at = searched; at + 4 <= view.size; at++) {
        assert_int_equal(ff_view_read(&view, at, piece, 4, &got, NULL), FF_OK);
        assert_int_equal(got, 4);
        ends += ff_wire_get32(piece) == FF_WIRE_END_MAGIC;
    }
    assert_int_equal(ends, 1);
    assert_int_equal(ff_view_read(&view, view.size, piece, sizeof piece, &got, NULL), FF_OK);
    assert_int_equal(got, 0);
    assert_int_equal(ff_view_read(&view, 0, piece, sizeof piece, &got, NULL), FF_OK);
    assert_memory_equal(piece, made.body.ptr, got);
    ff_view_release(&view);
    ff_preflight_release(&preflight);
    craft_release(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_libzip_wrote_is_read_back_in_any_order),
        cmocka_unit_test(lies_end_an_entry_with_what_it_really_holds),
        cmocka_unit_test(entries_beside_unreadable_ones_keep_their_places),
        cmocka_unit_test(an_archive_inside_is_bytes_like_any_other),
        cmocka_unit_test(an_archive_behind_other_bytes_and_with_64_bit_ends_is_read),
        cmocka_unit_test(every_byte_flipped_in_turn_harms_at_most_what_it_touches),
        cmocka_unit_test(an_archive_cut_anywhere_is_refused_with_a_reason),
        cmocka_unit_test(the_view_ends_in_zeros_that_hide_every_other_end_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
