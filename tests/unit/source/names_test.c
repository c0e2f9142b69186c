/* Names of entries: taken apart, judged, and matched with full job names under every spelling of the service. */
#include "base/limits.h"
#include "source/names.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void a_name_says_what_the_entry_is(void **state)
{
    const struct {
        ff_slice name;
        ff_entry_kind kind;
        ff_slice job, step;
        int64_t number;
    } rows[] = {
        {FF_LIT("0_build.txt"), FF_ENTRY_JOB, FF_LIT("build"), {0}, 0},
        {FF_LIT("12_build (x, 3.11).txt"), FF_ENTRY_JOB, FF_LIT("build (x, 3.11)"), {0}, 12},
        {FF_LIT("-2147483648_job.txt"), FF_ENTRY_JOB, FF_LIT("job"), {0}, -2147483648LL},
        {FF_LIT("1_2_3.txt"), FF_ENTRY_JOB, FF_LIT("2_3"), {0}, 1},
        {FF_LIT("1_a.txt.txt"), FF_ENTRY_JOB, FF_LIT("a.txt"), {0}, 1},
        {FF_LIT("build/1_Set up job.txt"), FF_ENTRY_STEP, FF_LIT("build"), FF_LIT("Set up job"), 1},
        {FF_LIT("build/20_Post Run actions_checkout@v4.txt"), FF_ENTRY_STEP, FF_LIT("build"),
         FF_LIT("Post Run actions_checkout@v4"), 20},
        {FF_LIT("test (${{ matrix.x }})/system.txt"), FF_ENTRY_SYSTEM, FF_LIT("test (${{ matrix.x }})"), {0}, 0},
        {FF_LIT("\xF0\x9F\x9A\x80/3_\xF0\x9F\x90\x9B.txt"), FF_ENTRY_STEP, FF_LIT("\xF0\x9F\x9A\x80"),
         FF_LIT("\xF0\x9F\x90\x9B"), 3},
        {FF_LIT("\xFF\xFE/3_\x80.txt"), FF_ENTRY_STEP, FF_LIT("\xFF\xFE"), FF_LIT("\x80"), 3},
        {FF_LIT("build/-1_x.txt"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT("build/x.txt"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT("a/b/1_x.txt"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT("/1_x.txt"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT("system.txt"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT("0_.txt"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT("_build.txt"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT("0build.txt"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT("0_build.log"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT("99999999999999999999_x.txt"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT(".txt"), FF_ENTRY_OTHER, {0}, {0}, 0},
        {FF_LIT(""), FF_ENTRY_OTHER, {0}, {0}, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_entry_name parsed = ff_entry_name_parse(rows[i].name);
        assert_int_equal(parsed.kind, rows[i].kind);
        if (parsed.kind == FF_ENTRY_OTHER)
            continue;
        assert_true(ff_slice_eq(parsed.job, rows[i].job));
        assert_true(ff_slice_eq(parsed.step, rows[i].step));
        assert_int_equal(parsed.number, rows[i].number);
    }
}

static void names_that_lead_elsewhere_are_unsafe(void **state)
{
    static char longest[FF_LIMIT_NAME_BYTES + 1];
    memset(longest, 'a', sizeof longest);
    const struct {
        ff_slice name;
        bool safe;
    } rows[] = {
        {FF_LIT("build/1_a.txt"), true},
        {FF_LIT("a..b/..c/1_....txt"), true},
        {FF_LIT("\xC3\xA4\xFF.txt"), true},
        {{longest, FF_LIMIT_NAME_BYTES}, true},
        {FF_LIT(""), false},
        {{longest, sizeof longest}, false},
        {FF_LIT("../x"), false},
        {FF_LIT("a/../x"), false},
        {FF_LIT("a/.."), false},
        {FF_LIT("a\\..\\x"), false},
        {FF_LIT("/etc/passwd"), false},
        {FF_LIT("\\\\host\\x"), false},
        {FF_LIT("C:\\x.txt"), false},
        {FF_LIT("c:/x.txt"), false},
        {FF_LIT("a\nb.txt"), false},
        {FF_LIT("a\x1B[2J.txt"), false},
        {{"a\0b.txt", 7}, false},
        {FF_LIT("a\x7F.txt"), false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(ff_entry_name_is_safe(rows[i].name), rows[i].safe);
}

static void what_desktops_add_is_clutter(void **state)
{
    const struct {
        ff_slice name;
        bool clutter;
    } rows[] = {
        {FF_LIT(".DS_Store"), true},
        {FF_LIT("build/.DS_Store"), true},
        {FF_LIT("__MACOSX/build/._1_a.txt"), true},
        {FF_LIT("build/._1_a.txt"), true},
        {FF_LIT("Thumbs.db"), true},
        {FF_LIT("build/"), true},
        {FF_LIT("build/1_a.txt"), false},
        {FF_LIT("x.DS_Store"), false},
        {FF_LIT("README.md"), false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(ff_entry_name_is_clutter(rows[i].name), rows[i].clutter);
}

#define TEN "0123456789"
#define EIGHTY TEN TEN TEN TEN TEN TEN TEN TEN
#define ROCKET "\xF0\x9F\x9A\x80"
#define LOST "\xEF\xBF\xBD"

static void every_spelling_of_the_service_fits_and_no_other(void **state)
{
    const struct {
        ff_slice spelled, full;
        bool fits;
    } rows[] = {
        {FF_LIT("build"), FF_LIT("build"), true},
        {FF_LIT("build"), FF_LIT("build2"), false},
        {FF_LIT("build"), FF_LIT("rebuild"), false},
        {FF_LIT("build"), FF_LIT("Build"), false},
        {FF_LIT(""), FF_LIT("build"), false},
        /* the older service deletes, the newer one writes `_` */
        {FF_LIT("deploy-dev _ Helm Deploy (dev)"), FF_LIT("deploy-dev / Helm Deploy (dev)"), true},
        {FF_LIT("deploy-dev  Helm Deploy (dev)"), FF_LIT("deploy-dev / Helm Deploy (dev)"), true},
        {FF_LIT("deploy-dev - Helm Deploy (dev)"), FF_LIT("deploy-dev / Helm Deploy (dev)"), false},
        {FF_LIT("a b"), FF_LIT("a: b"), true},
        {FF_LIT("a_ b"), FF_LIT("a: b"), true},
        {FF_LIT("say hi  ok"), FF_LIT("say \"hi\" | ok>"), true},
        {FF_LIT("say _hi_ _ ok_"), FF_LIT("say \"hi\" | ok>"), true},
        {FF_LIT("a_b"), FF_LIT("ab"), false},
        {FF_LIT("ab"), FF_LIT("a_b"), false},
        {FF_LIT("a__b"), FF_LIT("a/_b"), true},
        {FF_LIT("a_b"), FF_LIT("a/_b"), true},
        {FF_LIT("a___b"), FF_LIT("a/_b"), false},
        {FF_LIT(""), FF_LIT("///"), true},
        {FF_LIT("__"), FF_LIT("///"), true},
        {FF_LIT("____"), FF_LIT("///"), false},
        {FF_LIT(ROCKET " launch"), FF_LIT(ROCKET " launch"), true},
        /* a second job of the same name */
        {FF_LIT("build (1)"), FF_LIT("build"), true},
        {FF_LIT("build (12)"), FF_LIT("build"), true},
        {FF_LIT("build (1)"), FF_LIT("build (1)"), true},
        {FF_LIT("build (1) (2)"), FF_LIT("build (1)"), true},
        {FF_LIT("build (1) (2)"), FF_LIT("build"), false},
        {FF_LIT("build ()"), FF_LIT("build"), false},
        {FF_LIT("build(1)"), FF_LIT("build"), false},
        {FF_LIT("build (x)"), FF_LIT("build"), false},
        {FF_LIT("build"), FF_LIT("build (1)"), false},
        /* cut at 90 UTF-16 units */
        {FF_LIT(EIGHTY TEN), FF_LIT(EIGHTY TEN), true},
        {FF_LIT(EIGHTY TEN), FF_LIT(EIGHTY TEN "and more"), true},
        {FF_LIT(EIGHTY "012345678"), FF_LIT(EIGHTY TEN), false},
        {FF_LIT(EIGHTY TEN "a"), FF_LIT(EIGHTY TEN "a"), false},
        {FF_LIT(EIGHTY TEN " (1)"), FF_LIT(EIGHTY TEN "and more"), true},
        {FF_LIT(EIGHTY "_123456789"), FF_LIT(EIGHTY "/123456789/"), true},
        {FF_LIT(EIGHTY "1234567890"), FF_LIT(EIGHTY "/12345678901"), true},
        {FF_LIT(EIGHTY "01234567" ROCKET), FF_LIT(EIGHTY "01234567" ROCKET "x"), true},
        {FF_LIT(EIGHTY "012345678" LOST), FF_LIT(EIGHTY "012345678" ROCKET), true},
        {FF_LIT(EIGHTY "012345678" LOST), FF_LIT(EIGHTY "012345678" ROCKET "x"), true},
        {FF_LIT(EIGHTY "012345678" LOST), FF_LIT(EIGHTY "012345678xx"), false},
        {FF_LIT(EIGHTY "01234567" LOST), FF_LIT(EIGHTY "01234567" ROCKET), false},
        {FF_LIT(EIGHTY "012345678"), FF_LIT(EIGHTY "012345678" ROCKET), false},
        /* bytes that are no UTF-8 */
        {FF_LIT("a\xFF"), FF_LIT("a\xFF"), true},
        {FF_LIT("a\xFF"), FF_LIT("a\xFE"), false},
        {FF_LIT("a\xFF"), FF_LIT("a\xC3\xBF"), false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (ff_entry_name_fits(rows[i].spelled, rows[i].full) != rows[i].fits)
            fail_msg("\"%.*s\" and \"%.*s\"", FF_ARG(rows[i].spelled), FF_ARG(rows[i].full));
    }
}

static void a_full_name_of_any_length_is_matched_in_bounded_time(void **state)
{
    static char full[1 << 20], spelled[90];
    memset(full, '/', sizeof full);
    memset(spelled, '_', sizeof spelled);
    (void)state;
    assert_true(ff_entry_name_fits((ff_slice){spelled, sizeof spelled}, (ff_slice){full, sizeof full}));
    spelled[89] = 'x';
    assert_false(ff_entry_name_fits((ff_slice){spelled, sizeof spelled}, (ff_slice){full, sizeof full}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_says_what_the_entry_is),
        cmocka_unit_test(names_that_lead_elsewhere_are_unsafe),
        cmocka_unit_test(what_desktops_add_is_clutter),
        cmocka_unit_test(every_spelling_of_the_service_fits_and_no_other),
        cmocka_unit_test(a_full_name_of_any_length_is_matched_in_bounded_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
