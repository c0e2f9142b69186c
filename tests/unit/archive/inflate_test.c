/* Inflating piece by piece: the same bytes as zlib made them from, whatever the pieces; damage ends it, never hangs. */
#include "archive/inflate.h"
#include "archive/preflight.h"
#include "base/limits.h"
#include "unit/archive/craft.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Hands out `bytes` in pieces of at most `piece`. */
typedef struct feed {
    ff_slice bytes;
    size_t piece;
    bool fails; /* at the end, instead of FF_END */
} feed;

static ff_status read_feed(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    feed *from = self;
    if (from->bytes.len == 0)
        return from->fails ? ff_error_set(error, FF_IO, "the disk is gone") : FF_END;
    ff_slice piece = ff_slice_cut(from->bytes, from->piece < cap ? from->piece : cap);
    memcpy(into, piece.ptr, piece.len);
    *got = piece.len;
    from->bytes = ff_slice_from(from->bytes, piece.len);
    return FF_OK;
}

/* The deflate stream that libzip, and so zlib, makes of `text`, in `zip`. */
static ff_slice deflate_by_zlib(ff_buf *zip, ff_slice text)
{
    ff_buf_init(zip, SIZE_MAX / 4);
    assert_true(craft_by_libzip(zip, &(craft_file){.name = "a", .text = text}, 1));
    ff_blob blob = ff_blob_of_bytes(ff_buf_slice(zip));
    ff_preflight preflight = {0};
    assert_int_equal(ff_preflight_run(&preflight, &blob, NULL), FF_OK);
    assert_int_equal(preflight.records[0].method, FF_ZIP_DEFLATED);
    ff_slice stream = {zip->ptr + preflight.records[0].at + FF_WIRE_LOCAL_BYTES + 1,
                       (size_t)preflight.records[0].packed};
    ff_preflight_release(&preflight);
    return stream;
}

/* Inflates to the end and returns how it ended. */
static ff_status inflate_all(ff_inflate *inflate, feed *from, size_t cap, ff_buf *out, ff_error *error)
{
    static char into[FF_LIMIT_READ_BYTES];
    ff_status status;
    size_t got = 0;
    ff_inflate_start(inflate, (ff_reader){read_feed, from});
    while ((status = ff_inflate_read(inflate, into, cap, &got, error)) == FF_OK) {
        assert_true(got > 0 && got <= cap);
        ff_buf_add(out, (ff_slice){into, got});
    }
    assert_int_equal(got, 0);
    return status;
}

static void any_pieces_give_the_same_bytes_and_checksum(void **state)
{
    const size_t lengths[] = {1, 100, 40000, 300000};
    const size_t pieces[] = {1, 7, 4096, FF_LIMIT_READ_BYTES};
    const size_t caps[] = {1, 13, 1000, 32768, FF_LIMIT_READ_BYTES};
    ff_inflate *inflate = ff_inflate_new();
    (void)state;
    for (size_t i = 0; i < COUNT(lengths); i++) {
        char *text = craft_lines(lengths[i]);
        ff_slice whole = {text, lengths[i]};
        ff_buf zip;
        ff_slice stream = deflate_by_zlib(&zip, whole);
        for (size_t row = 0; row < COUNT(pieces) * COUNT(caps); row++) {
            ff_buf out;
            ff_buf_init(&out, SIZE_MAX / 4);
            feed from = {.bytes = stream, .piece = pieces[row % COUNT(pieces)]};
            assert_int_equal(inflate_all(inflate, &from, caps[row / COUNT(pieces)], &out, NULL), FF_END);
            assert_true(ff_slice_eq(ff_buf_slice(&out), whole));
            assert_int_equal(ff_inflate_crc(inflate), craft_crc(whole));
            ff_buf_release(&out);
        }
        ff_buf_release(&zip);
        free(text);
    }
    ff_inflate_free(inflate);
}

static void a_stream_that_is_cut_short_gives_what_it_has_and_says_so(void **state)
{
    ff_inflate *inflate = ff_inflate_new();
    char *text = craft_lines(20000);
    ff_slice whole = {text, 20000};
    ff_buf zip;
    ff_slice stream = deflate_by_zlib(&zip, whole);
    (void)state;
    for (size_t sixteenth = 0; sixteenth < 16; sixteenth++) {
        ff_buf out;
        ff_error error = {0};
        ff_buf_init(&out, SIZE_MAX / 4);
        feed from = {.bytes = ff_slice_cut(stream, stream.len * sixteenth / 16), .piece = 100};
        assert_int_equal(inflate_all(inflate, &from, 4096, &out, &error), FF_INVALID);
        assert_non_null(strstr(error.text, "cut short"));
        assert_true(ff_slice_starts(whole, ff_buf_slice(&out)));
        assert_true(out.len >= whole.len * sixteenth / 16 - (sixteenth ? 1250 : 0));
        ff_buf_release(&out);
    }
    ff_buf_release(&zip);
    free(text);
    ff_inflate_free(inflate);
}

static void a_flipped_byte_anywhere_ends_or_changes_the_text_but_never_hangs(void **state)
{
    ff_inflate *inflate = ff_inflate_new();
    char *text = craft_lines(3000);
    ff_slice whole = {text, 3000};
    ff_buf zip;
    ff_slice stream = deflate_by_zlib(&zip, whole);
    size_t noticed = 0;
    (void)state;
    for (size_t at = 0; at < stream.len; at++) {
        char *byte = zip.ptr + (stream.ptr - zip.ptr) + at;
        ff_buf out;
        ff_buf_init(&out, (size_t)8 * 1024 * 1024);
        *byte = (char)(*byte ^ 0xFF);
        feed from = {.bytes = stream, .piece = 512};
        ff_status status = inflate_all(inflate, &from, 4096, &out, NULL);
        noticed += status == FF_INVALID || ff_inflate_crc(inflate) != craft_crc(whole);
        *byte = (char)(*byte ^ 0xFF);
        ff_buf_release(&out);
    }
    assert_int_equal(noticed, stream.len);
    ff_buf_release(&zip);
    free(text);
    ff_inflate_free(inflate);
}

static void the_error_of_the_reader_below_is_passed_on_behind_the_bytes(void **state)
{
    ff_inflate *inflate = ff_inflate_new();
    char *text = craft_lines(20000);
    ff_buf zip, out;
    ff_error error = {0};
    (void)state;
    ff_buf_init(&out, SIZE_MAX / 4);
    feed from = {.bytes = deflate_by_zlib(&zip, (ff_slice){text, 20000}), .piece = 100, .fails = true};
    from.bytes.len /= 2;
    assert_int_equal(inflate_all(inflate, &from, 4096, &out, &error), FF_IO);
    assert_string_equal(error.text, "the disk is gone");
    assert_true(out.len > 5000);
    ff_buf_release(&out);
    ff_buf_release(&zip);
    free(text);
    ff_inflate_free(inflate);
}

static void what_follows_the_stream_is_left_alone(void **state)
{
    ff_inflate *inflate = ff_inflate_new();
    ff_buf zip, out;
    (void)state;
    ff_buf_init(&out, SIZE_MAX / 4);
    feed from = {.piece = FF_LIMIT_READ_BYTES};
    static char text[1000];
    from.bytes = deflate_by_zlib(&zip, (ff_slice){text, sizeof text});
    from.bytes.len += 30; /* the directory */
    assert_int_equal(inflate_all(inflate, &from, 4096, &out, NULL), FF_END);
    assert_int_equal(out.len, sizeof text);
    ff_buf_release(&out);
    ff_buf_release(&zip);
    ff_inflate_free(inflate);
}

static void a_build_without_igzip_says_so(void **state)
{
    (void)state;
    assert_null(ff_inflate_new());
}

int main(void)
{
    const struct CMUnitTest with_igzip[] = {
        cmocka_unit_test(any_pieces_give_the_same_bytes_and_checksum),
        cmocka_unit_test(a_stream_that_is_cut_short_gives_what_it_has_and_says_so),
        cmocka_unit_test(a_flipped_byte_anywhere_ends_or_changes_the_text_but_never_hangs),
        cmocka_unit_test(the_error_of_the_reader_below_is_passed_on_behind_the_bytes),
        cmocka_unit_test(what_follows_the_stream_is_left_alone),
    };
    const struct CMUnitTest without[] = {cmocka_unit_test(a_build_without_igzip_says_so)};
    return ff_inflate_available() ? cmocka_run_group_tests(with_igzip, NULL, NULL)
                                  : cmocka_run_group_tests(without, NULL, NULL);
}
