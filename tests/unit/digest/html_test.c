/* Pages of HTML: word by word for some nights (FIRSTFAULT_BLESS=1 writes them anew), and what holds for all. */
#define EXPECTED_OF "digest"
#include "sample.h"
#include "unit/report/expected.h"

#include "digest/html_page.h"
#include "report/inert.h"

#include <openssl/evp.h>

static void write_page(const ff_digest *digest, ff_buf *out)
{
    ff_buf_init(out, FF_LIMIT_REPORT_BYTES);
    ff_digest_write_html(digest, &(ff_digest_options){0}, out);
    assert_int_equal(ff_buf_status(out), FF_OK);
}

static bool holds(const ff_buf *page, const char *words)
{
    return ff_slice_find(ff_buf_slice(page), ff_slice_of(words)) != SIZE_MAX;
}

static size_t count_of(ff_slice text, const char *words)
{
    size_t count = 0;
    for (size_t at; (at = ff_slice_find(text, ff_slice_of(words))) != SIZE_MAX; count++)
        text = ff_slice_from(text, at + 1);
    return count;
}

/* The style changes more often than what the page says, and has its own test. */
static void leave_style_out(const ff_buf *page, ff_buf *out)
{
    ff_slice all = ff_buf_slice(page);
    size_t start = ff_slice_find(all, FF_LIT("<style>")), end = ff_slice_find(all, FF_LIT("</style>"));
    size_t hash = ff_slice_find(all, ff_slice_of(ff_html_style_hash()));
    assert_true(hash < start && start < end && end != SIZE_MAX);
    ff_buf_add(out, ff_slice_cut(all, hash));
    ff_buf_add(out, FF_LIT("sha256-…"));
    hash += strlen(ff_html_style_hash());
    ff_buf_add(out, ff_slice_cut(ff_slice_from(all, hash), start - hash));
    ff_buf_add(out, FF_LIT("<style>"));
    ff_buf_add(out, ff_slice_from(all, end));
}

static void nights_read_as_expected(void **state)
{
    (void)state;
    for (size_t i = 0; i < NIGHT_COUNT; i++) {
        sample s;
        ff_buf page, words;
        NIGHTS[i].fill(&s);
        write_page(&s.digest, &page);
        ff_buf_init(&words, FF_LIMIT_REPORT_BYTES);
        leave_style_out(&page, &words);
        if (NIGHTS[i].read)
            expect_file(NIGHTS[i].name, "html", &words);
        ff_buf_release(&words);
        ff_buf_release(&page);
        sample_release(&s);
    }
}

static void the_policy_names_the_hash_of_the_style(void **state)
{
    (void)state;
    unsigned char raw[EVP_MAX_MD_SIZE], text[2 * EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    sample s;
    ff_buf page, policy;
    sample_empty(&s);
    write_page(&s.digest, &page);
    ff_slice style = ff_slice_from(ff_buf_slice(&page), ff_slice_find(ff_buf_slice(&page), FF_LIT("<style>")) + 7);
    style = ff_slice_cut(style, ff_slice_find(style, FF_LIT("</style>")));
    assert_int_equal(EVP_Digest(style.ptr, style.len, raw, &length, EVP_sha256(), NULL), 1);
    (void)EVP_EncodeBlock(text, raw, (int)length);
    ff_buf_init(&policy, 1000);
    ff_buf_printf(&policy, "sha256-%s", (const char *)text);
    assert_string_equal(ff_html_style_hash(), policy.ptr);
    ff_buf_reset(&policy);
    ff_buf_printf(
        &policy,
        "<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n",
        (const char *)text);
    assert_true(holds(&page, policy.ptr));
    ff_buf_release(&policy);
    ff_buf_release(&page);
    sample_release(&s);
}

/* What inert.h cannot break up there, and what would bring something from elsewhere. */
static void the_style_needs_no_seal_and_loads_nothing(void **state)
{
    (void)state;
    ff_buf style, sealed;
    ff_buf_init(&style, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&sealed, FF_LIMIT_REPORT_BYTES);
    ff_html_add_style(&style);
    ff_inert_seal(&sealed, ff_buf_slice(&style), FF_SEAL_HTML, true);
    assert_string_equal(sealed.ptr, style.ptr);
    assert_false(holds(&style, "url("));
    assert_false(holds(&style, "@import"));
    assert_false(holds(&style, "<"));
    ff_buf_release(&style);
    ff_buf_release(&sealed);
}

/* ---- structure ---- */

static bool is_void(ff_slice name)
{
    return ff_slice_eq(name, FF_LIT("meta")) || ff_slice_eq(name, FF_LIT("!DOCTYPE"));
}

/* Every element that is opened is closed, in the right order. Returns how many there were. */
static size_t look_nested(ff_slice page)
{
    enum { DEPTH = 64 };
    ff_slice open[DEPTH], tag, name;
    size_t depth = 0, count = 0;
    for (size_t at; (at = ff_slice_find_byte(page, '<')) != SIZE_MAX; count++) {
        page = ff_slice_from(page, at + 1);
        assert_true(ff_slice_take_until(&page, '>', &tag));
        bool closes = ff_slice_take_prefix(&tag, FF_LIT("/")), empty = ff_slice_ends(tag, FF_LIT("/"));
        ff_slice words = tag;
        (void)ff_slice_take_until(&words, ' ', &name);
        if (empty || is_void(name))
            continue;
        if (!closes) {
            assert_true(depth < DEPTH);
            open[depth++] = name;
            if (ff_slice_eq(name, FF_LIT("style")))
                page = ff_slice_from(page, ff_slice_find(page, FF_LIT("</style>")));
            continue;
        }
        assert_true(depth > 0);
        assert_true(ff_slice_eq(open[--depth], name));
    }
    assert_int_equal(depth, 0);
    return count;
}

static void elements_are_nested(void **state)
{
    (void)state;
    for (size_t i = 0; i < NIGHT_COUNT; i++) {
        sample s;
        ff_buf page;
        NIGHTS[i].fill(&s);
        write_page(&s.digest, &page);
        assert_true(look_nested(ff_buf_slice(&page)) > 20);
        ff_buf_release(&page);
        sample_release(&s);
    }
}

/* Every link inside the page has one place to go to. */
static void links_inside_the_page_lead_somewhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < NIGHT_COUNT; i++) {
        sample s;
        ff_buf page;
        NIGHTS[i].fill(&s);
        write_page(&s.digest, &page);
        ff_slice rest = ff_buf_slice(&page), name;
        for (size_t at, told = 0; told < 100 && (at = ff_slice_find(rest, FF_LIT("href=\"#"))) != SIZE_MAX; told++) {
            char id[80];
            rest = ff_slice_from(rest, at + 7);
            assert_true(ff_slice_take_until(&rest, '"', &name));
            (void)snprintf(id, sizeof id, " id=\"%.*s\"", FF_ARG(name));
            assert_int_equal(count_of(ff_buf_slice(&page), id), 1);
        }
        ff_buf_release(&page);
        sample_release(&s);
    }
}

static void there_is_nothing_but_text_and_style(void **state)
{
    (void)state;
    static const char *const absent[] = {"<script", "<img",  "<link", "<iframe",
                                         " style=", " src=", " on",   "javascript:"};
    sample s;
    ff_buf page;
    sample_ordinary(&s);
    write_page(&s.digest, &page);
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        if (strcmp(absent[i], " on") != 0) /* a word, too: hostile_test.c reads the attributes */
            assert_false(holds(&page, absent[i]));
    /* Where the page leads to, it does not say where from. */
    assert_int_equal(count_of(ff_buf_slice(&page), "<a href=\"https://"),
                     count_of(ff_buf_slice(&page), "\" rel=\"noreferrer\">"));
    ff_buf_release(&page);
    sample_release(&s);
}

static void an_empty_night_has_one_chart_and_no_empty_section(void **state)
{
    (void)state;
    sample s;
    ff_buf page;
    sample_empty(&s);
    write_page(&s.digest, &page);
    assert_true(holds(&page, "<h1>All 115 runs passed</h1>"));
    assert_int_equal(count_of(ff_buf_slice(&page), "<h2"), 1);
    assert_int_equal(count_of(ff_buf_slice(&page), "<table"), 0);
    assert_int_equal(count_of(ff_buf_slice(&page), "<nav"), 0);
    assert_int_equal(count_of(ff_buf_slice(&page), "<svg class=\"totals\""), 1);
    ff_buf_release(&page);
    sample_release(&s);
}

/* ---- charts ---- */

static void charts_say_their_numbers_in_words(void **state)
{
    (void)state;
    sample s;
    ff_buf out;
    sample_ordinary(&s);
    ff_buf_init(&out, 100000);
    ff_pen pen = {.out = &out, .html = true, .now = s.digest.made_at};
    ff_html_add_bars(&pen, &s.digest, &s.groups[0], 6);
    assert_true(holds(&out, "role=\"img\" aria-label=\"Runs a day, 15 Nov to 28 Nov: 6 on 27 Nov, 1 on 28 Nov\">"));
    assert_int_equal(count_of(ff_buf_slice(&out), "<rect class=\"rest\""), FF_DIGEST_DAYS);
    assert_int_equal(count_of(ff_buf_slice(&out), "<rect class=\"failed\""), 2);
    ff_buf_reset(&out);
    ff_html_add_totals(&pen, &s.digest);
    assert_true(holds(&out, "aria-label=\"Runs a day: 15 Nov 9 failed, 112 passed; 16 Nov 7 failed, 98 passed;"));
    assert_true(holds(&out, "<title>28 Nov: 12 failed, 18 passed</title>"));
    ff_buf_reset(&out);
    ff_html_add_track(&pen, &s.digest, &s.groups[3]);
    assert_true(holds(&out, "aria-label=\"First seen 19 Oct, last 27 Nov\">"));
    assert_int_equal(count_of(ff_buf_slice(&out), "class=\"end\""), 1); /* it began before the chart */
    ff_buf_reset(&out);
    s.groups[3].first_seen = s.groups[3].last_seen = FF_NO_TIME;
    memset(s.groups[3].days, 0, sizeof s.groups[3].days);
    ff_html_add_track(&pen, &s.digest, &s.groups[3]);
    assert_int_equal(count_of(ff_buf_slice(&out), "<line"), 0);
    ff_buf_reset(&out);
    ff_html_add_bars(&pen, &s.digest, &s.groups[3], 0);
    assert_true(holds(&out, "15 Nov to 28 Nov: none\">"));
    ff_buf_release(&out);
    sample_release(&s);
}

/* A day of which nothing is known is no day without a failure. */
static void days_that_nobody_saw_are_not_drawn(void **state)
{
    (void)state;
    sample s;
    ff_buf page;
    sample_ordinary(&s);
    s.digest.unseen_days = FF_DIGEST_DAYS - 2;
    write_page(&s.digest, &page);
    assert_true(holds(&page, "<g><title>27 Nov: 15 failed, 90 passed</title>"));
    assert_false(holds(&page, "<g><title>26 Nov: "));
    assert_true(holds(&page, "aria-label=\"Runs a day: 27 Nov 15 failed, 90 passed; 28 Nov "));
    assert_true(holds(&page, ">27 Nov</time> nothing is known."));
    ff_buf_release(&page);
    sample_release(&s);
}

static void huge_numbers_stay_in_the_picture(void **state)
{
    (void)state;
    sample s;
    ff_buf out;
    sample_ordinary(&s);
    s.digest.days[0] = (ff_digest_day){LAST_DAY - 13, UINT32_MAX, UINT32_MAX};
    s.digest.days[1] = (ff_digest_day){LAST_DAY - 12, 1, 0};
    ff_buf_init(&out, 100000);
    ff_pen pen = {.out = &out, .html = true, .now = s.digest.made_at};
    ff_html_add_totals(&pen, &s.digest);
    assert_false(holds(&out, "\"-"));
    assert_true(holds(&out, "<rect class=\"failed\" x=\"0.90%\" y=\"14.0\" width=\"5.34%\" height=\"45.0\"/>"));
    assert_true(holds(&out, "height=\"2.0\"/>")); /* one run can be seen */
    ff_buf_release(&out);
    sample_release(&s);
}

/* ---- the bound ---- */

static void a_page_that_would_be_too_large_says_what_it_leaves_out(void **state)
{
    (void)state;
    sample s;
    ff_buf page;
    sample_attacked(&s);
    ff_group fat = s.groups[0];
    ff_digest_run *runs = ff_arena_array(&s.arena, 200, sizeof *runs);
    for (size_t i = 0; i < 200; i++)
        runs[i] = fat.runs[0];
    fat.runs = runs;
    fat.run_count = 200;
    ff_digest_workflow *workflows = ff_arena_array(&s.arena, 500, sizeof *workflows);
    for (size_t i = 0; i < 500; i++)
        workflows[i] = s.digest.workflows[0];
    for (size_t i = 0; i < MANY_GROUPS; i++)
        s.groups[i] = fat;
    s.digest.unexplained = s.digest.reruns = runs;
    s.digest.unexplained_count = s.digest.rerun_count = 200;
    s.digest.workflows = workflows;
    s.digest.workflow_count = 500;
    s.digest.group_count = MANY_GROUPS;
    write_page(&s.digest, &page);
    assert_in_range(page.len, FF_LIMIT_DIGEST_HTML_BYTES - 500000, FF_LIMIT_DIGEST_HTML_BYTES);
    assert_true(holds(&page, " more are left out:</strong> the page would be too large. The JSON has them.</p>"));
    assert_true(holds(&page, "<h2 id=\"workflows\">"));
    assert_true(look_nested(ff_buf_slice(&page)) > 1000);
    ff_buf_release(&page);
    sample_release(&s);
}

/* Every page of every night into too small a buffer: the writer does not say that it wrote it. */
static void a_buffer_that_is_too_small_is_told(void **state)
{
    (void)state;
    static const size_t rooms[] = {0, 1, 100, 1000, 3000};
    for (size_t i = 0; i < NIGHT_COUNT; i++)
        for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) {
            sample s;
            ff_buf page;
            NIGHTS[i].fill(&s);
            ff_buf_init(&page, rooms[k]);
            assert_int_equal(ff_digest_render(&s.digest, "html", NULL, &page), FF_LIMIT);
            assert_true(page.len <= rooms[k]);
            ff_buf_release(&page);
            ff_buf_init(&page, rooms[k]);
            ff_digest_write_markdown(&s.digest, &(ff_digest_options){0}, &page);
            assert_true(ff_buf_status(&page) == FF_LIMIT || page.len > 100); /* a quiet night needs little */
            ff_buf_release(&page);
            sample_release(&s);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nights_read_as_expected),
        cmocka_unit_test(the_policy_names_the_hash_of_the_style),
        cmocka_unit_test(the_style_needs_no_seal_and_loads_nothing),
        cmocka_unit_test(elements_are_nested),
        cmocka_unit_test(links_inside_the_page_lead_somewhere),
        cmocka_unit_test(there_is_nothing_but_text_and_style),
        cmocka_unit_test(an_empty_night_has_one_chart_and_no_empty_section),
        cmocka_unit_test(charts_say_their_numbers_in_words),
        cmocka_unit_test(days_that_nobody_saw_are_not_drawn),
        cmocka_unit_test(huge_numbers_stay_in_the_picture),
        cmocka_unit_test(a_buffer_that_is_too_small_is_told),
        cmocka_unit_test(a_page_that_would_be_too_large_says_what_it_leaves_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
