#include "report/inert.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

typedef struct pair {
    const char *text, *expected;
} pair;

static const pair SPANS[] = {
    {"", "(empty)"},
    {"plain", "`plain`"},
    {"a `b` c", "``a `b` c``"},
    {"`", "`` ` ``"},
    {"```x", "```` ```x ````"},
    {" both ends ", "`  both ends  `"},
    {" one end", "` one end`"},
    {"@x <!-- #1 -->", "`@x <!-- #1 -->`"},
    {"a\nb\r", "`a\\x0ab\\x0d`"},
    {"\x1b[31mred", "`\\x1b[31mred`"},
    {"\xff", "`\xEF\xBF\xBD`"},
    {"\xE2\x80\xAEtxt", "`\\u202etxt`"},
    {"a|b", "`a|b`"},
};

static const pair CELLS[] = {
    {"a|b", "`a\\|b`"},
    {"||", "`\\|\\|`"},
    {"a\\|b", "`a\\\xC2\xA6"
              "b`"},
    {"a\\\\|b", "`a\\\\\xC2\xA6"
                "b`"},
    {"end\\", "`end\\`"},
    {"`|", "`` `\\| ``"},
};

/* What a person reads stays words; whatever a renderer or GitHub's page could act on becomes code. */
static const pair PROSE[] = {
    {"", ""},
    {"Health check answered HTTP 500 on 20 of 20 attempts", "Health check answered HTTP 500 on 20 of 20 attempts"},
    {"manage.py does not know migrate_schemas", "`manage.py` does not know `migrate_schemas`"},
    {"two_words in_a row_of code_words", "`two_words in_a row_of code_words`"},
    {"it isn't half-done, is it? (no)", "it isn't half-done, is it? (no)"},
    {"killed (exit_code), then (a b) done", "killed (`exit_code`), then (a b) done"},
    {"x (f(a) b", "x `(f(a)` b"},
    {"it is in MY_APPS (a/b.py:2), and (c_d)", "it is in `MY_APPS` (`a/b.py:2`), and (`c_d`)"},
    {"it is in APPS (a/b.py:2), and (c_d)", "it is in APPS (`a/b.py:2`), and (`c_d`)"},
    {"a - b", "a - b"},
    {"- a", "`-` a"},
    {"until 12:44:17 UTC, not :44: or 1:44:17 or 12:44:1x",
     "until 12:44:17 UTC, not `:44:` or `1:44:17` or `12:44:1x`"},
    {"1. item", "`1`. item"},
    {"1) item", "`1)` item"},
    {"took 5. then", "took 5. then"},
    {"# heading", "`#` heading"},
    {"> quote", "`>` quote"},
    {"  folds \t white   space  ", "folds white space"},
    {"@mallory", "`@mallory`"},
    {"Command `git -C /home cherry-pick -x f2c14040` failed", "Command `git -C /home cherry-pick -x f2c14040` failed"},
    {"at `make all`, then `a|b`.", "at `make all`, then `a|b`."},
    {"x_y `make all` x_y", "`x_y` `make all` `x_y`"},
    {"`make all`", "`make all`"},
    {"`a b`@mallory c", "`` `a b`@mallory `` c"},
    {"`a b @mallory", "`` `a `` b `@mallory`"},
    {"`` @mallory `` b", "``` `` @mallory `` ``` b"},
    {"` a` b", "`` ` a` `` b"},
    {"(@mallory)", "(`@mallory`)"},
    {"&#64;mallory", "`&#64;mallory`"},
    {"see #1 and GH-1", "see `#1` and `GH-1`"},
    {"owner/repo#1", "`owner/repo#1`"},
    {"deadbeef", "`deadbeef`"},
    {"1234567", "`1234567`"},
    {"the “orders” job", "the `orders` job"},
    {"the “docker run `id -u`”: gone", "the `` docker run `id -u` ``: gone"},
    {"the “deadbeef”s job", "the `“deadbeef”s` job"},
    {"““abcdefg” x” and deadbee-x", "`“abcdefg` x” and `deadbee-x`"},
    {"defaced, 123456", "`defaced`, 123456"},
    {"![x](https://evil.example/p.png)", "`![x](https://evil.example/p.png)`"},
    {"[x](y)", "`[x](y)`"},
    {"[E1]: https://evil.example", "`[E1]: https://evil.example`"},
    {"<!-- gone -->", "`<!--` gone `-->`"},
    {"<img/src=x>", "`<img/src=x>`"},
    {"https://evil.example", "`https://evil.example`"},
    {"www.evil.example", "`www.evil.example`"},
    {"a@evil.example", "`a@evil.example`"},
    {"**bold** _it_ ~~no~~", "`**bold** _it_ ~~no~~`"},
    {"[^1]", "`[^1]`"},
    {":bomb:", "`:bomb:`"},
    {"$x$ and $`y`$", "`$x$` and ``$`y`$``"},
    {"back`tick", "``back`tick``"},
    {"a\\b", "`a\\b`"},
    {"line\nbreak", "`line\\x0abreak`"},
    {"na\xC3\xAFve \xE2\x80\x94 fine\xE2\x80\xA6", "na\xC3\xAFve \xE2\x80\x94 fine\xE2\x80\xA6"},
    {"bad\xff", "bad\xEF\xBF\xBD"},
    {"trailing_code,", "`trailing_code`,"},
    {"ends in a_b.", "ends in `a_b`."},
    {"(open_code and (a_b c_d).", "(`open_code` and (`a_b c_d`)."},
    {"wait ... (a", "wait ... (a"},
    {"a_b:", "`a_b:`"},
    {"()", "`()`"},
    {"(", "`(`"},
};

static const pair SHELL[] = {
    {"run.zip", "run.zip"},
    {"/a/b-c_d.zip", "/a/b-c_d.zip"},
    {"-", "-"},
    {"", "''"},
    {"-rf", "./-rf"},
    {"my run.zip", "'my run.zip'"},
    {"it's", "'it'\\''s'"},
    {"$(reboot)", "'$(reboot)'"},
    {"a;b`c`|d&e>f", "'a;b`c`|d&e>f'"},
    {"~root", "'~root'"},
    {"na\xC3\xAFve", "'na\xC3\xAFve'"},
    {"- x", "'./- x'"},
    {"a\nb", "'a\\x0ab'"},
};

static const struct {
    const char *text;
    ff_seal seal;
    bool inside_actions;
    const char *expected;
} SEALED[] = {
    {"::error::x\n", FF_SEAL_SPACE, false, ": :error::x\n"},
    {"a\n::b\n", FF_SEAL_SPACE, false, "a\n: :b\n"},
    {"a\n  ::b\n", FF_SEAL_SPACE, false, "a\n  : :b\n"},
    {"a ::b\n", FF_SEAL_SPACE, true, "a ::b\n"},
    {":::\n", FF_SEAL_SPACE, false, ": ::\n"},
    {"::", FF_SEAL_SPACE, false, ": :"},
    {":", FF_SEAL_SPACE, false, ":"},
    {"##[error]x", FF_SEAL_SPACE, false, "##[error]x"},
    {"##[error]x", FF_SEAL_SPACE, true, "## [error]x"},
    {"a ###[x ##[y", FF_SEAL_SPACE, true, "a ### [x ## [y"},
    {"\"::x ##[y\"", FF_SEAL_JSON, false, "\"::x ##[y\""},
    {"\"::x ##[y\"", FF_SEAL_JSON, true, "\"\\u003a:x \\u0023#[y\""},
    {"<p>\n::error::x ##[y", FF_SEAL_HTML, false, "<p>\n&#58;:error::x ##[y"},
    {"<p>\n ::a\n###[y ##[z", FF_SEAL_HTML, true, "<p>\n &#58;:a\n#&#35;#[y &#35;#[z"},
    {"\":::\"", FF_SEAL_JSON, true, "\"\\u003a\\u003a:\""},
};

static void check(const pair *pairs, size_t count, void (*add)(ff_buf *out, ff_slice text))
{
    for (size_t i = 0; i < count; i++) {
        ff_buf out;
        ff_buf_init(&out, 10000);
        add(&out, ff_slice_of(pairs[i].text));
        assert_string_equal(out.ptr ? out.ptr : "", pairs[i].expected);
        ff_buf_release(&out);
    }
}

static void add_span(ff_buf *out, ff_slice text)
{
    ff_inert_span(out, text, false);
}

static void add_cell(ff_buf *out, ff_slice text)
{
    ff_inert_span(out, text, true);
}

static void add_prose(ff_buf *out, ff_slice text)
{
    ff_inert_prose(out, text, false);
}

static void a_span_is_longer_than_the_backticks_in_it(void **state)
{
    (void)state;
    check(SPANS, sizeof SPANS / sizeof *SPANS, add_span);
}

static void a_pipe_in_a_cell_does_not_end_it(void **state)
{
    (void)state;
    check(CELLS, sizeof CELLS / sizeof *CELLS, add_cell);
}

static void in_prose_only_plain_words_stay_outside_of_code(void **state)
{
    (void)state;
    check(PROSE, sizeof PROSE / sizeof *PROSE, add_prose);
}

static void a_shell_reads_one_word(void **state)
{
    (void)state;
    check(SHELL, sizeof SHELL / sizeof *SHELL, ff_inert_shell);
}

static void workflow_commands_are_broken_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof SEALED / sizeof *SEALED; i++) {
        ff_buf out;
        ff_buf_init(&out, 10000);
        ff_inert_seal(&out, ff_slice_of(SEALED[i].text), SEALED[i].seal, SEALED[i].inside_actions);
        assert_string_equal(out.ptr, SEALED[i].expected);
        ff_buf_release(&out);
    }
}

static void a_fence_is_longer_than_the_backticks_in_it(void **state)
{
    (void)state;
    ff_buf out;
    ff_buf_init(&out, 10000);
    ff_inert_block(&out, "text", "  ", FF_LIT("one\n````\n"));
    assert_string_equal(out.ptr, "  `````text\n  one\n  ````\n  `````\n");
    ff_buf_reset(&out);
    ff_inert_block(&out, "", "", FF_LIT("one\n"));
    assert_string_equal(out.ptr, "```\none\n```\n");
    ff_buf_release(&out);
}

/* Every two-byte text, between words: what stands outside of code is plain. */
static void no_pair_of_bytes_leaves_anything_active(void **state)
{
    (void)state;
    for (unsigned pair_of = 0; pair_of < 0x10000; pair_of++) {
        char text[] = {'w', ' ', (char)(pair_of >> 8), (char)(pair_of & 0xFF), ' ', 'w'};
        ff_buf out;
        ff_buf_init(&out, 200);
        ff_inert_prose(&out, (ff_slice){text, sizeof text}, true);
        assert_int_equal(ff_buf_status(&out), FF_OK);
        assert_true(ff_utf8_valid(ff_buf_slice(&out)));
        size_t ticks = 0;
        for (size_t i = 0; i < out.len && out.ptr[i] != '`'; i++)
            assert_null(memchr("\n\r\t\x1b<>&@#|*_~[]{}$\\^=+\"!/", out.ptr[i], 25));
        for (size_t i = 0; i < out.len; i++)
            ticks += out.ptr[i] == '`';
        assert_true(ticks != 1);
        ff_buf_release(&out);
    }
}

static void a_full_buffer_is_reported_and_not_overrun(void **state)
{
    (void)state;
    ff_buf out;
    ff_buf_init(&out, 4);
    ff_inert_span(&out, FF_LIT("much too long"), false);
    assert_int_equal(ff_buf_status(&out), FF_LIMIT);
    ff_buf_release(&out);
    ff_buf_init(&out, 4);
    ff_inert_prose(&out, FF_LIT("much too long"), false);
    assert_int_equal(ff_buf_status(&out), FF_LIMIT);
    ff_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_is_longer_than_the_backticks_in_it),
        cmocka_unit_test(a_pipe_in_a_cell_does_not_end_it),
        cmocka_unit_test(in_prose_only_plain_words_stay_outside_of_code),
        cmocka_unit_test(a_shell_reads_one_word),
        cmocka_unit_test(workflow_commands_are_broken_up),
        cmocka_unit_test(a_fence_is_longer_than_the_backticks_in_it),
        cmocka_unit_test(no_pair_of_bytes_leaves_anything_active),
        cmocka_unit_test(a_full_buffer_is_reported_and_not_overrun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
