#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "repo/passage.h"
#include "repo/reference.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void words_stand_alone(void **state)
{
    static const struct {
        const char *line, *words;
        bool names;
    } rows[] = {
        {"python manage.py migrate_schemas --shared", "migrate_schemas", true},
        {"python manage.py migrate_schemas", "manage.py migrate_schemas", true},
        {"python manage.py \t migrate_schemas", "manage.py migrate_schemas", true},
        {"python manage.py migrate_schemas", "manage.py  migrate_schemas ", true},
        {"./manage.py migrate", "manage.py migrate", true},
        {"manage.py migrate_schemas", "manage.py migrate", false},
        {"manage.pymigrate", "manage.py migrate", false},
        {"pip install x", "pip", true},
        {"pip-tools", "pip", false},
        {"my-pip", "pip", false},
        {"my_pip pip2", "pip", false},
        {"pipx pip", "pip", true},
        {"run --name x", "name", true},
        {"run -name- x", "name", true},
        {"\xC3\xA9tat", "tat", false},
        {"(a)", "(a)", true},
        {"x(a)y", "(a)", true},
        {"$NAME", "NAME", true},
        {"NAME=1", "NAME=", true},
        {"NAME=1", "NAME", true},
        {"MY_NAME=1", "NAME=", false},
        {"a", "a b", false},
        {"a ", "a b", false},
        {"", "a", false},
        {"a", "", false},
        {"a", "  ", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ff_passage_names(ff_slice_of(rows[i].line), ff_slice_of(rows[i].words)) != rows[i].names)
            fail_msg("'%s' in '%s' should be %d", rows[i].words, rows[i].line, rows[i].names);
}

static void lines_are_counted_from_one(void **state)
{
    ff_passage passage = {.rest = FF_LIT("a\r\n\nb")};
    ff_slice line;
    (void)state;
    assert_true(ff_passage_next(&passage, &line) && ff_slice_eq(line, FF_LIT("a")) && passage.line == 1);
    assert_true(ff_passage_next(&passage, &line) && line.len == 0 && passage.line == 2);
    assert_true(ff_passage_next(&passage, &line) && ff_slice_eq(line, FF_LIT("b")) && passage.line == 3);
    assert_false(ff_passage_next(&passage, &line));
    assert_int_equal(passage.line, 3);
}

static void a_quote_is_one_short_line_without_secrets(void **state)
{
    ff_arena arena = {0};
    ff_buf text;
    (void)state;
    assert_true(ff_slice_eq(ff_passage_quote(&arena, FF_LIT(" \n a b\r\nc")), FF_LIT("a b")));
    ff_slice masked = ff_passage_quote(&arena, FF_LIT("x ghp_0123456789abcdefghijABCDEFGHIJ012345 y"));
    assert_true(ff_slice_eq(masked, FF_LIT("x *** y")));
    ff_buf_init(&text, 4096);
    ff_buf_add_repeat(&text, 'x', 1000);
    ff_slice quote = ff_passage_quote(&arena, ff_buf_slice(&text));
    assert_true(quote.len < 130 && ff_slice_ends(quote, FF_LIT("…")));
    ff_buf_release(&text);
    ff_arena_release(&arena);
}

static void references_to_secrets_are_known_in_every_spelling(void **state)
{
    static const struct {
        const char *line;
        ff_reference reference;
    } rows[] = {
        {"A: ${{ secrets.DB_URL }}", FF_REFERENCE_SECRET},
        {"A: ${{ Secrets.db_url }}", FF_REFERENCE_SECRET},
        {"A: ${{secrets['DB_URL']}}", FF_REFERENCE_SECRET},
        {"A: ${{ secrets[ \"DB_URL\" ] }}", FF_REFERENCE_SECRET},
        {"A: ${{ vars.DB_URL || 'x' }}", FF_REFERENCE_VARIABLE},
        {"A: ${{ toJSON(secrets) }}", FF_REFERENCE_SECRET},
        {"# A: ${{ secrets.DB_URL }}", FF_REFERENCE_NONE},
        {"A: ${{ secrets.DB_URL_2 }}", FF_REFERENCE_NONE},
        {"A: ${{ secrets.MY_DB_URL }}", FF_REFERENCE_NONE},
        {"A: ${{ secrets[DB_URL] }}", FF_REFERENCE_NONE},
        {"A: ${{ secrets['DB_URL2'] }}", FF_REFERENCE_NONE},
        {"A: ${{ my_secrets.DB_URL }}", FF_REFERENCE_NONE},
        {"A: ${{ env.DB_URL }}", FF_REFERENCE_NONE},
        {"A: secrets.", FF_REFERENCE_NONE},
        {"", FF_REFERENCE_NONE},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ff_reference_in(ff_slice_of(rows[i].line), FF_LIT("DB_URL")) != rows[i].reference)
            fail_msg("%s should be %d", rows[i].line, rows[i].reference);
    assert_int_equal(ff_reference_in(FF_LIT("${{ github.token }}"), FF_LIT("GITHUB_TOKEN")), FF_REFERENCE_SECRET);
}

static void hostile_lines_cost_little(void **state)
{
    enum { BYTES = 2 * 1024 * 1024 };
    ff_buf line;
    (void)state;
    ff_buf_init(&line, BYTES + 16);
    while (line.len < BYTES)
        ff_buf_add(&line, FF_LIT("a secrets.a"));
    assert_false(ff_passage_names(ff_buf_slice(&line), FF_LIT("a a a a b")));
    assert_int_equal(ff_reference_in(ff_buf_slice(&line), FF_LIT("b")), FF_REFERENCE_NONE);
    ff_buf_reset(&line);
    while (line.len < BYTES / 2)
        ff_buf_add(&line, FF_LIT("secrets["));
    ff_buf_add_repeat(&line, ' ', BYTES / 2);
    assert_int_equal(ff_reference_in(ff_buf_slice(&line), FF_LIT("b")), FF_REFERENCE_NONE);
    ff_buf_reset(&line);
    ff_buf_add_byte(&line, 'a');
    ff_buf_add_repeat(&line, ' ', BYTES);
    assert_false(ff_passage_names(ff_buf_slice(&line), FF_LIT("a b")));
    ff_buf_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_stand_alone),
        cmocka_unit_test(lines_are_counted_from_one),
        cmocka_unit_test(a_quote_is_one_short_line_without_secrets),
        cmocka_unit_test(references_to_secrets_are_known_in_every_spelling),
        cmocka_unit_test(hostile_lines_cost_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
