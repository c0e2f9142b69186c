/* The making of a digest under load and under attack: the order of analysis, many runs, no memory, hostile names. */
#include "base/utf8.h"
#include "digest/url.h"
#include "night.h"

#include <time.h>

static void render(const ff_digest *digest, const char *format, bool inside_actions, ff_buf *out)
{
    const ff_digest_options options = {.inside_actions = inside_actions};
    ff_buf_init(out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_digest_render(digest, format, &options, out), FF_OK);
}

/* ---- the order in which runs are analysed ---- */

static const seen MIXED[] = {
    {.id = 1, .hour = 1, .of = "a<b", .jobs = "test (1);lint"},
    {.id = 2, .hour = 1, .of = "ba", .branch = "topic"},
    {.id = 3, .hour = 1, .of = "aa", .jobs = "test (1);test (2)", .confidence = 0.75},
    {.id = 4, .hour = 4, .of = "c?", .repository = "acme/lib"},
    {.id = 5, .hour = 4, .of = "c?", .workflow = "Other"},
    {.id = 6, .hour = 4, .state = FF_HISTORY_ERROR},
    {.id = 7, .hour = 4, .state = FF_HISTORY_EXPIRED, .repository = "acme/lib"},
    {.id = 8, .hour = 5},
    {.id = 9, .hour = 5, .attempt = 2},
    {.id = 2, .hour = 1, .attempt = 2, .branch = "topic"},
};

static void the_order_of_analysis_changes_no_byte(void **state)
{
    enum { ORDERS = 12 };
    ff_buf first;
    (void)state;
    for (size_t order = 0; order < ORDERS; order++) {
        night n;
        ff_buf page;
        night_begin(&n);
        night_also(&n, "acme/lib");
        for (size_t i = 0; i < COUNT(MIXED); i++) /* 3 and 7 have no factor with 10 in common */
            night_see(&n, MIXED[(order + i * (order % 2 ? 3 : 7)) % COUNT(MIXED)]);
        render(night_build(&n, 0, 24), "json", false, &page);
        if (order == 0)
            first = page;
        else if (!ff_slice_eq(ff_buf_slice(&page), ff_buf_slice(&first)))
            fail_msg("order %lu: another page", (unsigned long)order);
        if (order)
            ff_buf_release(&page);
        night_end(&n);
    }
    ff_buf_release(&first);
}

/* ---- many runs ---- */

enum { MANY = 10000, CAUSES = 400, PAGE = 100 };

static void number_print(char print[FF_SHA256_HEX + 1], unsigned number)
{
    (void)snprintf(print, FF_SHA256_HEX + 1, "%064x", number);
}

/* Half of the runs fail, of two causes each. */
static void add_many(ff_history *history)
{
    ff_error error = {0};
    ff_history_run runs[PAGE];
    char sha[PAGE][41], branch[PAGE][24];
    for (unsigned from = 0; from < MANY; from += PAGE) {
        for (unsigned i = 0; i < PAGE; i++) {
            const seen s = {.id = from + i + 1, .conclusion = i % 2 ? "success" : "failure"};
            runs[i] = night_run(&s, sha[i]);
            (void)snprintf(branch[i], sizeof branch[i], "topic-%u", (from + i) % 700);
            runs[i].head_branch = ff_slice_of(branch[i]);
            runs[i].created_at = MIDNIGHT + (from + i) * SECONDS;
        }
        assert_int_equal(ff_history_list(history, runs, PAGE, &error), FF_OK);
        for (unsigned i = 0; i < PAGE; i += 2) {
            char print[FF_SHA256_HEX + 1];
            ff_history_diagnosis diagnoses[2];
            for (unsigned j = 0; j < 2; j++) {
                number_print(print, ((from + i) / 2 * (j + 1)) % CAUSES + 1);
                diagnoses[j] = past_diagnosis(j + 1, print, j ? "test (1)" : "test (2)");
            }
            const ff_history_result result = {
                .run = runs[i], .state = FF_HISTORY_ANALYSED, .diagnoses = diagnoses, .diagnosis_count = 2};
            assert_int_equal(ff_history_record(history, &result, &error), FF_OK);
        }
    }
}

static void ten_thousand_runs_take_seconds_and_megabytes(void **state)
{
    (void)state;
    night n;
    struct timespec begun, ended;
    uint64_t told = 0;
    night_begin(&n);
    add_many(n.history);
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begun);
    const ff_digest *digest = night_build(&n, 0, 24);
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
    assert_int_equal(digest->group_count, CAUSES);
    assert_int_equal(digest->unexplained_count, 0);
    assert_int_equal(digest->counts.passed, MANY / 2);
    for (size_t i = 0; i < digest->group_count; i++)
        told += digest->groups[i].count;
    assert_int_equal(told,
                     MANY - (MANY / 2 + CAUSES - 1) / CAUSES); /* two each, but for those whose two causes are one */
    print_message("%lu MiB, %lu s\n", (unsigned long)(n.arena.used >> 20),
                  (unsigned long)(ended.tv_sec - begun.tv_sec));
    assert_true(n.arena.used < ((size_t)16 << 20));
    assert_true(ended.tv_sec - begun.tv_sec < 60); /* sanitizers and a busy machine included */
    night_end(&n);
}

/* All are alike but for the last run, which is newer: its groups stay, though their fingerprints are the largest. */
static void the_least_important_groups_beyond_the_bound_are_left_out(void **state)
{
    enum { EACH = 50, FULL = FF_LIMIT_GROUPS / EACH };
    (void)state;
    night n;
    ff_error error = {0};
    night_begin(&n);
    for (unsigned i = 0; i <= FULL; i++) {
        char sha[41], print[FF_SHA256_HEX + 1];
        ff_history_diagnosis diagnoses[EACH];
        const seen s = {.id = i + 1, .conclusion = "failure", .hour = i == FULL};
        const ff_history_run run = night_run(&s, sha);
        assert_int_equal(ff_history_list(n.history, &run, 1, &error), FF_OK);
        for (unsigned j = 0; j < EACH; j++) {
            number_print(print, i * EACH + j);
            diagnoses[j] = past_diagnosis(j + 1, print, "test");
        }
        const ff_history_result result = {
            .run = run, .state = FF_HISTORY_ANALYSED, .diagnoses = diagnoses, .diagnosis_count = EACH};
        assert_int_equal(ff_history_record(n.history, &result, &error), FF_OK);
    }
    const ff_digest *digest = night_build(&n, 0, 24);
    assert_int_equal(digest->group_count, FF_LIMIT_GROUPS);
    assert_int_equal(digest->unexplained_count, 1);
    assert_int_equal(digest->unexplained[0].id, FULL);
    assert_true(
        ff_slice_eq(digest->unexplained[0].why, FF_LIT("there are more kinds of failure than fit on one page")));
    for (unsigned i = 0; i < digest->group_count; i++)
        assert_int_equal(digest->groups[i].runs[0].id, i < EACH ? FULL + 1 : i / EACH);
    assert_true(digest->notes.partial);
    assert_string_equal(digest->notes.items[0].code, "groups-limit");
    assert_non_null(strstr(digest->notes.items[0].text.ptr, ": 50."));
    night_end(&n);
}

/* ---- no memory ---- */

static void a_night_too_large_for_its_arena_is_refused_with_words(void **state)
{
    (void)state;
    night n;
    size_t refused = 0, needed = 0;
    night_begin(&n);
    night_also(&n, "acme/lib");
    for (size_t i = 0; i < COUNT(MIXED); i++)
        night_see(&n, MIXED[i]);
    (void)night_build(&n, 0, 24);
    needed = n.arena.used;
    for (size_t bytes = 16; bytes < needed + 200; bytes += 48) {
        ff_error error = {0};
        ff_arena_release(&n.arena);
        n.arena.limit = bytes;
        ff_status status = night_try(&n, 0, 24, &error);
        refused += status == FF_LIMIT;
        if (status != FF_OK && (status != FF_LIMIT || !error.text[0]))
            fail_msg("%lu bytes: status %d, \"%s\"", (unsigned long)bytes, (int)status, error.text);
        if (status == FF_OK && bytes < needed)
            fail_msg("%lu bytes were enough, and %lu are needed", (unsigned long)bytes, (unsigned long)needed);
    }
    assert_true(refused > 20);
    n.arena.limit = 0;
    night_end(&n);
}

/* ---- hostile names ---- */

static const char HOSTILE[] =
    "::error::x ##[error]y <script>alert(1)</script> @all #1 \xe2\x80\xae\xff\x1b[31m](http://x.test) | `";

static void hostile_names_are_inert_in_every_format(void **state)
{
    static const char *const FORBIDDEN[] = {"\xe2\x80\xae", "\x1b", "\xff", "##[", "\n::", "\n ::", "<script"};
    enum { EVERYWHERE = COUNT(FORBIDDEN) - 1 }; /* in code and in JSON an angle bracket means nothing */
    (void)state;
    night n;
    night_begin(&n);
    night_see(&n, (seen){.id = 1,
                         .hour = 1,
                         .of = "a",
                         .branch = HOSTILE,
                         .workflow = HOSTILE,
                         .title = HOSTILE,
                         .jobs = HOSTILE,
                         .sha = HOSTILE,
                         .event = HOSTILE,
                         .json = HOSTILE});
    night_see(&n, (seen){.id = 2, .hour = 1, .state = FF_HISTORY_ERROR, .why = HOSTILE, .title = HOSTILE});
    const ff_digest *digest = night_build(&n, 0, 24);
    const char *name;
    for (size_t i = 0; (name = ff_digest_format_name(i)) != NULL; i++) {
        ff_buf page;
        render(digest, name, true, &page);
        assert_true(ff_utf8_is_showable(ff_buf_slice(&page)));
        size_t forbidden = strcmp(name, "html") == 0 ? COUNT(FORBIDDEN) : EVERYWHERE;
        for (size_t j = 0; j < forbidden; j++)
            if (ff_slice_find(ff_buf_slice(&page), ff_slice_of(FORBIDDEN[j])) != SIZE_MAX)
                fail_msg("%s: %s", name, FORBIDDEN[j]);
        ff_buf_release(&page);
    }
    night_end(&n);
}

static void what_is_no_json_is_no_example(void **state)
{
    (void)state;
    ff_arena arena;
    ff_digest digest;
    ff_buf page;
    ff_arena_init(&arena, 0);
    ff_digest_init(&digest, &arena);
    ff_group group = {.example_json = FF_LIT("{\n::error::x\n}"), .under = FF_NO_GROUP};
    digest.groups = &group;
    digest.group_count = 1;
    render(&digest, "json", false, &page);
    assert_int_not_equal(ff_slice_find(ff_buf_slice(&page), FF_LIT("\"example\": null")), SIZE_MAX);
    ff_buf_release(&page);
    ff_arena_release(&arena);
}

static void an_unknown_format_is_refused(void **state)
{
    (void)state;
    ff_arena arena;
    ff_digest digest;
    ff_buf page;
    ff_arena_init(&arena, 0);
    ff_digest_init(&digest, &arena);
    ff_buf_init(&page, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_digest_render(&digest, "xml", NULL, &page), FF_UNSUPPORTED);
    assert_int_equal(ff_digest_render(&digest, NULL, NULL, &page), FF_UNSUPPORTED);
    assert_int_equal(ff_buf_slice(&page).len, 0);
    assert_string_equal(ff_digest_format_name(0), "markdown");
    assert_null(ff_digest_format_name(3));
    ff_buf_release(&page);
    ff_arena_release(&arena);
}

static void addresses_are_made_of_checked_parts(void **state)
{
    static const struct {
        ff_slice host, repository;
        uint64_t id;
        uint32_t attempt;
        const char *url;
    } rows[] = {
        {FF_TEXT("github.com"), FF_TEXT("acme/app"), 7, 2, "https://github.com/acme/app/actions/runs/7/attempts/2"},
        {FF_TEXT("github.com"), FF_TEXT("acme/app"), 7, 0, "https://github.com/acme/app/actions/runs/7"},
        {FF_TEXT("github.com"), FF_TEXT("acme/app"), 0, 1, ""},
        {FF_TEXT("evil.test/x?"), FF_TEXT("acme/app"), 7, 1, ""},
        {FF_TEXT("github.com"), FF_TEXT("acme/app)<b>"), 7, 1, ""},
        {FF_TEXT(""), FF_TEXT("acme/app"), 7, 1, ""},
    };
    (void)state;
    ff_arena arena;
    ff_arena_init(&arena, 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_slice url = ff_url_run(&arena, rows[i].host, rows[i].repository, rows[i].id, rows[i].attempt);
        if (!ff_slice_eq(url, ff_slice_of(rows[i].url)))
            fail_msg("%.*s instead of %s", FF_ARG(url), rows[i].url);
    }
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_analysis_changes_no_byte),
        cmocka_unit_test(ten_thousand_runs_take_seconds_and_megabytes),
        cmocka_unit_test(the_least_important_groups_beyond_the_bound_are_left_out),
        cmocka_unit_test(a_night_too_large_for_its_arena_is_refused_with_words),
        cmocka_unit_test(hostile_names_are_inert_in_every_format),
        cmocka_unit_test(what_is_no_json_is_no_example),
        cmocka_unit_test(an_unknown_format_is_refused),
        cmocka_unit_test(addresses_are_made_of_checked_parts),
    };
    return cmocka_run_group_tests(tests, past_enter, past_leave);
}
