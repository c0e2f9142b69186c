/* Catalogs from strangers: broken at every byte, and with too little memory at every step. */
#include "catalog/catalog.h"
#include "unit/catalog/sample.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* One small rule of every kind of key. */
static const char EVERYTHING[] =
    "family: family\n"
    "about: x\n"
    "disable: ['a.*', b.c]\n"
    "rules:\n"
    "  - id: family.one\n"
    "    title: \"T ${x}\"\n"
    "    about: |\n"
    "      Long.\n"
    "    role: symptom\n"
    "    severity: note\n"
    "    tags: [t, u]\n"
    "    where: {text: [script, error], job: '*', step: [a, b], outcome: passed}\n"
    "    match: ['a(?<x>b)', \"c\\n\"]\n"
    "    unless: d\n"
    "    follow: {lines: 3, found: [e, f]}\n"
    "    before: {lines: 4, unless_found: g}\n"
    "    repeat: {at_least: 2, same: x, closed_by: [h]}\n"
    "    absent: {found: i, within: step}\n"
    "    requires: {run: [family.two, '#t']}\n"
    "    caused_by: ['family.*', family.two]\n"
    "    fingerprint: [x]\n"
    "    verify: [{probe: p, a: b, found: supports, missing: contradicts}]\n"
    "    fix: [{when: {x: b}, say: Do., edit: {line: j, becomes: k}}, {say: A, edit: {drop: l, instead: m}}, "
    "{say: B, edit: {before: n, insert: o}}]\n"
    "    ask: [{command: ls, why: See.}]\n"
    "    examples: {match: [{text: ab, captures: {x: b}}, ab], no_match: [z]}\n" //
    SAMPLE_RULE("two", "");

static ff_status load(ff_slice yaml, size_t memory, ff_error *error)
{
    ff_catalog *catalog = NULL;
    assert_int_equal(ff_catalog_new_within(&catalog, memory), FF_OK);
    ff_status status = ff_catalog_add_bytes(catalog, "x.yaml", yaml, "user", error);
    if (status == FF_OK)
        status = ff_catalog_finish(catalog, error);
    ff_catalog_free(catalog);
    return status;
}

static void every_smaller_memory_is_reported_as_such(void **state)
{
    ff_slice yaml = {EVERYTHING, sizeof EVERYTHING - 1};
    size_t limit = 16;
    (void)state;
    for (ff_status status = FF_NOMEM; status != FF_OK; limit += 16) {
        ff_error error = {0};
        status = load(yaml, limit, &error);
        if (status != FF_OK && (status != FF_NOMEM || error.status != FF_NOMEM || error.text[0] == '\0'))
            fail_msg("%zu bytes: status %d, '%s'", limit, status, error.text);
    }
    assert_true(limit > 5000 && limit < 100000);
}

/* The catalog that ran out of memory takes a smaller file afterwards. */
static void after_too_large_a_file_a_smaller_one_still_fits(void **state)
{
    ff_catalog *catalog = NULL;
    size_t count = 0;
    (void)state;
    assert_int_equal(ff_catalog_new_within(&catalog, 6000), FF_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(ff_catalog_add_bytes(catalog, "x.yaml", ff_slice_of(EVERYTHING), "user", NULL), FF_NOMEM);
    assert_int_equal(ff_catalog_add_bytes(catalog, "y.yaml", FF_LIT(SAMPLE_FILE(SAMPLE_RULE("two", ""))), "user", NULL),
                     FF_OK);
    assert_int_equal(ff_catalog_finish(catalog, NULL), FF_OK);
    (void)ff_catalog_rules(catalog, &count);
    assert_int_equal(count, 1);
    ff_catalog_free(catalog);
}

static void check(const char *yaml, size_t length)
{
    ff_error error = {0};
    ff_status status = load((ff_slice){yaml, length}, 1 << 20, &error);
    if (status == FF_OK)
        return;
    assert_int_equal(status, FF_INVALID);
    assert_true(error.line > 0 && error.column > 0);
    assert_true(ff_slice_starts(ff_slice_of(error.text), FF_LIT("x.yaml:")));
}

static void files_broken_off_anywhere_are_refused_with_a_place(void **state)
{
    (void)state;
    for (size_t length = 0; length < sizeof EVERYTHING; length++)
        check(EVERYTHING, length);
}

static void files_spoilt_anywhere_are_refused_with_a_place_or_read(void **state)
{
    static const char spoil[] = {'\0', '\n', '\t', ' ', '\'', '"', '[',    '}',    ':',
                                 '#',  '&',  '*',  '!', '%',  '-', '\xFF', '\xC3', '0'};
    char yaml[sizeof EVERYTHING];
    (void)state;
    for (size_t at = 0; at + 1 < sizeof EVERYTHING; at++) {
        for (size_t i = 0; i < sizeof spoil; i++) {
            memcpy(yaml, EVERYTHING, sizeof yaml);
            yaml[at] = spoil[i];
            check(yaml, sizeof yaml - 1);
        }
    }
}

static void lines_left_out_or_doubled_are_refused_with_a_place_or_read(void **state)
{
    (void)state;
    for (size_t start = 0; start + 1 < sizeof EVERYTHING;) {
        size_t end = start + ff_slice_find_byte(ff_slice_of(EVERYTHING + start), '\n') + 1;
        char yaml[2 * sizeof EVERYTHING];
        memcpy(yaml, EVERYTHING, start);
        memcpy(yaml + start, EVERYTHING + end, sizeof EVERYTHING - 1 - end);
        check(yaml, sizeof EVERYTHING - 1 - (end - start));
        memcpy(yaml, EVERYTHING, end);
        memcpy(yaml + end, EVERYTHING + start, sizeof EVERYTHING - 1 - start);
        check(yaml, sizeof EVERYTHING - 1 + (end - start));
        start = end;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_smaller_memory_is_reported_as_such),
        cmocka_unit_test(after_too_large_a_file_a_smaller_one_still_fits),
        cmocka_unit_test(files_broken_off_anywhere_are_refused_with_a_place),
        cmocka_unit_test(files_spoilt_anywhere_are_refused_with_a_place_or_read),
        cmocka_unit_test(lines_left_out_or_doubled_are_refused_with_a_place_or_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
