/* Pages of Markdown: word by word for some nights (FIRSTFAULT_BLESS=1 writes them anew), and what holds for all. */
#define EXPECTED_OF "digest"
#include "sample.h"
#include "unit/report/expected.h"

#include "digest/advice.h"
#include "digest/fact.h"
#include "digest/tally.h"

static void write_page(const ff_digest *digest, size_t most, ff_buf *out)
{
    ff_buf_init(out, FF_LIMIT_REPORT_BYTES);
    ff_digest_write_markdown(digest, &(ff_digest_options){.most = most}, out);
    assert_int_equal(ff_buf_status(out), FF_OK);
}

static bool holds(const ff_buf *page, const char *words)
{
    return ff_slice_find(ff_buf_slice(page), ff_slice_of(words)) != SIZE_MAX;
}

static void nights_read_as_expected(void **state)
{
    (void)state;
    for (size_t i = 0; i < NIGHT_COUNT; i++) {
        sample s;
        ff_buf page;
        NIGHTS[i].fill(&s);
        write_page(&s.digest, 0, &page);
        if (NIGHTS[i].read)
            expect_file(NIGHTS[i].name, "markdown", &page);
        ff_buf_release(&page);
        sample_release(&s);
    }
}

/* Pasted commands must find what the page was made of. */
static void commands_name_the_database_where_it_is_not_at_its_usual_place(void **state)
{
    char long_path[1000];
    memset(long_path, 'x', sizeof long_path - 1);
    long_path[sizeof long_path - 1] = '\0';
    const struct {
        const char *database, *words;
    } rows[] = {
        {NULL, "`firstfault history 000000000000`"},
        {"state/history.db", "`firstfault history 000000000000 --db state/history.db`"},
        {"it's here.db", "`firstfault history 000000000000 --db 'it'\\''s here.db'`"},
        {"-v", "`firstfault history 000000000000 --db ./-v`"},
        {long_path, "`firstfault history 000000000000 --db FILE`"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_group group = {.fingerprint = "0000000000000000"};
        ff_digest digest = {.database = ff_slice_of(rows[i].database)};
        ff_buf out;
        ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
        ff_fact_say_closer(&(ff_pen){.out = &out}, &digest, &group);
        if (!ff_slice_eq(ff_buf_slice(&out), ff_slice_of(rows[i].words)))
            fail_msg("%s", out.ptr);
        ff_buf_release(&out);
    }
}

/* ---- the bound ---- */

/* Fences are closed, rows of tables are whole, lines end. */
static void look_whole(const ff_buf *page)
{
    ff_slice rest = ff_buf_slice(page), line;
    bool fence = false;
    size_t bars = 0;
    if (page->len == 0)
        return;
    assert_int_equal(page->ptr[page->len - 1], '\n');
    while (ff_slice_take_until(&rest, '\n', &line)) {
        size_t count = 0;
        if (ff_slice_starts(ff_slice_trim(line), FF_LIT("```")))
            fence = !fence;
        if (fence || !ff_slice_starts(line, FF_LIT("| "))) {
            bars = 0;
            continue;
        }
        assert_true(ff_slice_ends(line, FF_LIT(" |")));
        for (size_t i = 0; i < line.len; i++)
            count += line.ptr[i] == '|' && (i == 0 || line.ptr[i - 1] != '\\');
        assert_true(bars == 0 || bars == count);
        bars = count;
    }
    assert_false(fence);
}

static void no_page_is_longer_than_it_may_be(void **state)
{
    (void)state;
    static const size_t mosts[] = {1, 100, 400, 900, 1500, 2500, 4000, 5000, 7000, 12000, 20000, 40000, 65536, 200000};
    for (size_t i = 0; i < NIGHT_COUNT; i++)
        for (size_t k = 0; k < sizeof mosts / sizeof *mosts; k++) {
            ff_digest_options options = {.most = mosts[k], .inside_actions = true};
            sample s;
            ff_buf page, sealed;
            NIGHTS[i].fill(&s);
            write_page(&s.digest, mosts[k], &page);
            ff_buf_init(&sealed, FF_LIMIT_REPORT_BYTES);
            assert_int_equal(ff_digest_render(&s.digest, "markdown", &options, &sealed), FF_OK);
            assert_true(sealed.len <= mosts[k]);
            if (strcmp(NIGHTS[i].name, "attacked") != 0) /* hostile_test.c reads those */
                look_whole(&page);
            ff_buf_release(&sealed);
            ff_buf_release(&page);
            sample_release(&s);
        }
}

static void the_usual_bound_is_that_of_an_issue(void **state)
{
    (void)state;
    sample s;
    ff_buf page;
    sample_many(&s);
    write_page(&s.digest, 0, &page);
    assert_in_range(page.len, 60000, 65536);
    ff_buf_release(&page);
    sample_release(&s);
}

static void what_is_left_out_is_counted(void **state)
{
    (void)state;
    sample s;
    ff_buf page, words;
    enum { FIXED = 20 };
    size_t told = 0;
    uint64_t runs = 0;
    sample_many(&s);
    write_page(&s.digest, 0, &page);
    ff_slice rest = ff_buf_slice(&page), line;
    while (ff_slice_take_until(&rest, '\n', &line))
        told += ff_slice_starts(line, FF_LIT("### "));
    assert_in_range(told, 20, MANY_GROUPS - 1);
    for (size_t i = told; i < MANY_GROUPS - FIXED; i++)
        runs += s.groups[i].count;
    ff_buf_init(&words, 1000);
    ff_buf_printf(&words,
                  "**Left out for want of room:** what is known of %zu further kinds of failure, which stand in %llu "
                  "runs, and of "
                  "20 that got fixed.",
                  MANY_GROUPS - FIXED - told, (unsigned long long)runs);
    assert_true(holds(&page, words.ptr));
    assert_true(holds(&page, "| … |  | | 350 more | | |\n| 381 | fixed |"));
    assert_true(holds(&page, "| … | fixed | | 10 more | | |\n"));
    assert_true(holds(&page, "\n- **Fix:** as in 1\n"));
    /* What comes behind the groups is not crowded out. */
    assert_true(holds(&page, "\n## Unexplained\n"));
    assert_true(holds(&page, "\n## What to know of this scan\n"));
    ff_buf_release(&words);
    ff_buf_release(&page);
    sample_release(&s);
}

static void long_lists_say_how_many_rows_they_leave_out(void **state)
{
    (void)state;
    enum { LOST = 70 };
    sample s;
    ff_buf page;
    sample_ordinary(&s);
    ff_digest_run *runs = ff_arena_array(&s.arena, LOST, sizeof *runs);
    for (size_t i = 0; i < LOST; i++)
        runs[i] = s.digest.unexplained[i % 3];
    s.digest.unexplained = runs;
    s.digest.unexplained_count = LOST;
    write_page(&s.digest, 0, &page);
    assert_true(holds(&page, "| … | 40 more, in the HTML and the JSON | | |\n\n## Passed on a second try\n"));
    look_whole(&page);
    ff_buf_release(&page);
    sample_release(&s);
}

static void groups_come_in_the_order_of_the_model(void **state)
{
    (void)state;
    sample s;
    ff_buf page;
    sample_ordinary(&s);
    write_page(&s.digest, 0, &page);
    ff_slice rest = ff_buf_slice(&page);
    for (size_t i = 0; i < s.digest.group_count; i++) {
        char heading[40];
        (void)snprintf(heading, sizeof heading, "\n### %zu · %s · ", i + 1, ff_group_state_name(s.groups[i].state));
        size_t at = ff_slice_find(rest, ff_slice_of(heading));
        assert_int_not_equal(at, SIZE_MAX);
        rest = ff_slice_from(rest, at + 1);
    }
    ff_buf_release(&page);
    sample_release(&s);
}

static void nothing_is_said_of_what_is_not_there(void **state)
{
    (void)state;
    static const char *const absent[] = {"## ", "| ", "**Not everything", "- **", "0 ", "unexplained"};
    sample s;
    ff_buf page;
    sample_empty(&s);
    write_page(&s.digest, 0, &page);
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        if (!(strcmp(absent[i], "0 ") == 0))
            assert_false(holds(&page, absent[i]));
    assert_true(page.len < 300);
    ff_buf_release(&page);
    sample_release(&s);
}

/* ---- sentences ---- */

static void headlines_say_no_more_than_is_known(void **state)
{
    (void)state;
    static const struct {
        ff_digest_counts counts;
        bool partial;
        const char *said;
    } rows[] = {
        {{.listed = 0}, false, "There was no run"},
        {{.listed = 0}, true, "No run is known"},
        {{.listed = 1, .passed = 1}, false, "The only run passed"},
        {{.listed = 1, .passed = 1}, true, "The one run that is known passed"},
        {{.listed = 9, .passed = 9}, false, "All 9 runs passed"},
        {{.listed = 9, .passed = 9}, true, "All 9 runs that are known passed"},
        {{.listed = 9, .passed = 8, .running = 1}, false, "No run failed"},
        {{.listed = 9, .passed = 8, .running = 1}, true, "No failed run is known"},
        {{.listed = 1, .failed = 1}, false, "1 of 1 run failed"},
        {{.listed = 141, .failed = 27}, true, "27 of 141 runs failed"},
        {{.listed = 21000, .failed = 5000}, false, "5,000 of 21,000 runs failed"},
        {{.listed = 1000, .passed = 1000}, false, "All 1,000 runs passed"},
        {{.listed = UINT64_MAX, .failed = 999}, false, "999 of 18,446,744,073,709,551,615 runs failed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_digest digest = {.counts = rows[i].counts, .notes.partial = rows[i].partial};
        ff_tally tally = ff_tally_of(&digest);
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_tally_say_failed(&tally, &(ff_pen){.out = &out});
        assert_string_equal(out.ptr, rows[i].said);
        ff_buf_release(&out);
    }
}

static void news_count_the_groups_of_each_state(void **state)
{
    (void)state;
    static const struct {
        const char *states; /* a letter a group; upper case: it flickers; p: all of its runs passed in the end. `!`: the
                             * first scan */
        const char *said;
    } rows[] = {
        {"n", "in 1 way, which is new"},
        {"bb", "in 2 ways, all back"},
        {"K", "in 1 way, which is known; 1 flickers"},
        {"nnb", "in 3 ways: 2 are new, 1 is back"},
        {"nbkkf", "in 4 ways: 1 is new, 1 is back, 2 are known; 1 got fixed"},
        {"kK", "in 2 ways, all known; 1 flickers"},
        {"NKff", "in 2 ways: 1 is new, 1 is known; 2 got fixed, 2 flicker"},
        {"kp", "in 1 way, which is known; 1 flickers"},
        {"p", "1 flickers"},
        {"!nN", "in 2 ways; 1 flickers. No scan before told of a failure here, so all count as new"},
        {"f", "1 got fixed"},
        {"ff", "2 got fixed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_group groups[8] = {{.count = 0}};
        const char *states = rows[i].states + (rows[i].states[0] == '!');
        ff_digest digest = {.groups = groups, .group_count = strlen(states), .first = states > rows[i].states};
        for (size_t k = 0; states[k]; k++) {
            char letter = states[k];
            groups[k].flicker = letter < 'a' || letter == 'p';
            groups[k].state = strchr("nN", letter)    ? FF_GROUP_NEW
                              : strchr("bB", letter)  ? FF_GROUP_BACK
                              : strchr("kKp", letter) ? FF_GROUP_KNOWN
                                                      : FF_GROUP_FIXED;
            groups[k].count = groups[k].state != FF_GROUP_FIXED;
            groups[k].share = letter == 'p' ? 0 : groups[k].count;
        }
        ff_tally tally = ff_tally_of(&digest);
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_tally_say_news(&tally, &(ff_pen){.out = &out});
        assert_string_equal(out.ptr, rows[i].said);
        ff_buf_release(&out);
    }
}

/* Of several notes of one kind the page says the number first, and the words below. */
static void what_is_missing_is_counted_by_kind(void **state)
{
    (void)state;
    sample s;
    ff_buf page;
    sample_empty(&s);
    for (char name = 'a'; name <= 'c'; name++)
        ff_notes_add(&s.digest.notes, true, "repository-unreadable", "The runs of acme/%c could not be listed.", name);
    ff_notes_add(&s.digest.notes, false, "runs-expired", "The logs of 1 failed run are gone from GitHub.");
    ff_notes_add(&s.digest.notes, true, "runs-left", "607 runs were left to the next scan.");
    s.digest.unexplained_count = s.digest.unread_count = 607;
    s.digest.counts.failed = 607;
    write_page(&s.digest, 0, &page);
    assert_true(holds(&page, "**Not everything was read.** 3 repositories could not be listed. 607 runs were left to "
                             "the next scan.\n"));
    assert_true(holds(&page, " 607 failed runs were not read yet.\\\n"));
    assert_false(holds(&page, "not explained"));
    assert_false(holds(&page, "## Unexplained"));
    ff_buf_release(&page);
    sample_release(&s);
}

/* A share is of the runs that failed; the file of the history is named, for a shell, if it is not the usual one. */
static void shares_and_hints_are_exact(void **state)
{
    (void)state;
    static const struct {
        double share;
        const char *said; /* NULL: nothing */
    } rows[] = {{0.001, ", < 1 % of those that failed"}, {0.01, ", 1 % of those that failed"}, {0, NULL}};
    sample s;
    ff_buf page;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sample_ordinary(&s);
        s.digest.group_count = 1;
        s.groups[0].share = rows[i].share;
        s.digest.database = FF_LIT("my nights/h.db");
        write_page(&s.digest, 0, &page);
        assert_int_equal(holds(&page, rows[i].said ? rows[i].said : " of those that failed"), rows[i].said != NULL);
        assert_true(holds(&page, " --db 'my nights/h.db'`\n"));
        ff_buf_release(&page);
        sample_release(&s);
    }
}

static void dates_go_without_the_year_of_the_page(void **state)
{
    (void)state;
    static const struct {
        int64_t time, now;
        bool html;
        const char *said;
    } rows[] = {
        {NIGHT, NIGHT, false, "28 Nov 03:00"},
        {NIGHT, NIGHT + 40 * DAY, false, "28 Nov 2026 03:00"},
        {NIGHT, FF_NO_TIME, false, "28 Nov 2026 03:00"},
        {FF_NO_TIME, NIGHT, false, "a time that is not known"},
        {0, NIGHT, false, "1 Jan 1970 00:00"},
        {-1, NIGHT, false, "31 Dec 1969 23:59"},
        {NIGHT + 5, NIGHT, true, "<time datetime=\"2026-11-28T03:00:00Z\">28 Nov 03:00</time>"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_pen_minute(&(ff_pen){.out = &out, .html = rows[i].html, .now = rows[i].now}, rows[i].time);
        assert_string_equal(out.ptr, rows[i].said);
        ff_buf_release(&out);
    }
}

/* Each piece of advice on a line, its kind in front. */
static void advice_is_words_items_and_blocks(void **state)
{
    (void)state;
    static const struct {
        const char *advice, *pieces;
    } rows[] = {
        {"", ""},
        {" \n\n", ""},
        {"One.\nTwo.", "w One.\nw Two.\n"},
        {"Do:\n- a\n - b\nThen.", "w Do:\ni a\ni b\nw Then.\n"},
        {"Run:\n```sh\n x\n y\n```\nso", "w Run:\nb  x\n y\nw so\n"},
        {"```\nnever closed", "b never closed\n"},
        {"```\n```\nx", "w x\n"},
        {"```", ""},
        {"a\r\n- b\r\n", "w a\ni b\n"},
    };
    static const char kinds[] = {[FF_ADVICE_WORDS] = 'w', [FF_ADVICE_ITEM] = 'i', [FF_ADVICE_BLOCK] = 'b'};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_slice rest = ff_slice_of(rows[i].advice);
        ff_advice_piece piece;
        ff_buf out;
        ff_buf_init(&out, 1000);
        while (ff_advice_take(&rest, &piece))
            ff_buf_printf(&out, "%c %.*s\n", kinds[piece.kind], FF_ARG(piece.text));
        assert_string_equal(out.ptr ? out.ptr : "", rows[i].pieces);
        ff_buf_release(&out);
    }
}

/* The row of the table of facts that has this label, as said of a group of the ordinary night. */
static void say_fact(const char *label, size_t index, ff_buf *out)
{
    sample s;
    sample_ordinary(&s);
    const ff_fact *fact = ff_fact_first();
    while (fact->say && strcmp(fact->label, label) != 0)
        fact++;
    assert_non_null(fact->say);
    ff_buf_init(out, 10000);
    ff_pen pen = {.out = out, .now = s.digest.made_at};
    if (fact->is(&s.digest, &s.groups[index]))
        fact->say(&pen, &s.digest, &s.groups[index]);
    sample_release(&s);
}

static void facts_say_why(void **state)
{
    (void)state;
    static const struct {
        size_t group;
        const char *label, *holds; /* NULL: it is not said */
    } rows[] = {
        {0, "State", "No earlier scan saw it; first seen 27 Nov 07:00, last 28 Nov 00:08"},
        {3, "State", "An earlier scan called it fixed, and here it is again; first seen 19 Oct 03:00"},
        {3, "State", "; 11 runs in all"},
        {5, "State", "An earlier scan saw it; "},
        {12, "State",
         "No run of this time has it, and `Package` on `main` passed on 28 Nov 01:00, run [`19831000012`]("},
        {7, "Passing", "After its last run `Package` on `main` passed on 28 Nov 01:00"},
        {12, "Passing", NULL},
        {0, "Passing", NULL},
        {5, "Flickers",
         "The same commit failed and passed: [`19821297102`](https://github.com/acme/frontend/actions/runs/"
         "19821297102) passed in attempt 2"},
        {6, "Flickers", " passed [in another run](https://github.com/acme/backend/actions/runs/19900000001)"},
        {0, "Flickers", NULL},
        {4, "May follow from",
         "4, Health check answered HTTP 500 on 20 of 20 attempts (2 runs); in another run it did"},
        {3, "May lead to", "5, The smoke test cannot reach `https://staging.acme.example` (2 runs)"},
        {4, "May lead to", NULL},
        {3, "May follow from", NULL},
        {0, "Where",
         "`acme/backend` › `test` (`3.11`, `3.12`, `3.13`) on `main`, `release/2026.11`, in and outside of pull "
         "requests"},
        {1, "Where", " on `main`, not in pull requests"},
        {2, "Where", " on `renovate/vite-8.x`, only in pull requests"},
        {5, "Where",
         "`webkit, 2` and 2 more) on `main`, `feature/one-click`, `fix/card-icons`, `renovate/playwright` and 2 more"},
        {0, "Size", "**7 runs**, 26 % of those that failed · confirmed cause · `python.module-not-found`"},
        {7, "Size", "undecided symptom · no rule knows it"},
        {12, "Size", "No run in this time · confirmed cause"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_buf out;
        say_fact(rows[i].label, rows[i].group, &out);
        if (!rows[i].holds)
            assert_int_equal(out.len, 0);
        else if (!holds(&out, rows[i].holds))
            fail_msg("%s of %zu: %s", rows[i].label, rows[i].group + 1, out.ptr ? out.ptr : "nothing");
        ff_buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nights_read_as_expected),
        cmocka_unit_test(commands_name_the_database_where_it_is_not_at_its_usual_place),
        cmocka_unit_test(no_page_is_longer_than_it_may_be),
        cmocka_unit_test(the_usual_bound_is_that_of_an_issue),
        cmocka_unit_test(what_is_left_out_is_counted),
        cmocka_unit_test(long_lists_say_how_many_rows_they_leave_out),
        cmocka_unit_test(groups_come_in_the_order_of_the_model),
        cmocka_unit_test(nothing_is_said_of_what_is_not_there),
        cmocka_unit_test(headlines_say_no_more_than_is_known),
        cmocka_unit_test(news_count_the_groups_of_each_state),
        cmocka_unit_test(what_is_missing_is_counted_by_kind),
        cmocka_unit_test(shares_and_hints_are_exact),
        cmocka_unit_test(dates_go_without_the_year_of_the_page),
        cmocka_unit_test(advice_is_words_items_and_blocks),
        cmocka_unit_test(facts_say_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
