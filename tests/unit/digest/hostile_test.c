/* Every text of a night replaced by an attack: on every page it stays text. */
#include "sample.h"

#include "digest/escape.h"
#include "unit/report/attacks.h"

/* A page of a night whose texts are all the attack, as it leaves the program. */
static void look_at(const char *attack, const char *token, const char *format,
                    void (*look)(ff_slice page, const char *token, bool inside_actions))
{
    for (int inside = 0; inside < 2; inside++) {
        ff_digest_options options = {.inside_actions = inside};
        sample s;
        ff_buf out;
        sample_hostile(&s, ff_slice_of(attack));
        ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
        assert_int_equal(ff_digest_render(&s.digest, format, &options, &out), FF_OK);
        look(ff_buf_slice(&out), token, inside);
        ff_buf_release(&out);
        sample_release(&s);
    }
}

static void for_each_attack(const char *format, void (*look)(ff_slice page, const char *token, bool inside_actions))
{
    for (size_t i = 0; i < ATTACK_COUNT; i++)
        look_at(ATTACKS[i].text, ATTACKS[i].token, format, look);
}

static void every_page_is_utf8_without_controls(void **state)
{
    (void)state;
    for_each_attack("markdown", look_for_bytes);
    for_each_attack("html", look_for_bytes);
}

static void no_page_holds_a_workflow_command(void **state)
{
    (void)state;
    for_each_attack("markdown", look_for_commands);
    for_each_attack("html", look_for_commands);
}

static void markdown_shows_untrusted_text_only_in_code(void **state)
{
    (void)state;
    for_each_attack("markdown", look_for_active_text);
}

static void look_at_rendered(ff_slice page, const char *token, bool inside_actions)
{
    if (inside_actions)
        return;
    ff_buf html, outside;
    ff_buf_init(&html, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&outside, FF_LIMIT_REPORT_BYTES);
    assert_true(render_html(page, &html));
    look_outside_of_code(ff_buf_slice(&html), token, &outside);
    /* The page keeps its shape: its last heading is still one. */
    assert_true(ff_slice_find(ff_buf_slice(&outside), FF_LIT("<h2>What to know of this scan</h2>")) != SIZE_MAX);
    ff_buf_release(&html);
    ff_buf_release(&outside);
}

static void a_renderer_makes_nothing_of_it(void **state)
{
    (void)state;
    ff_buf html;
    ff_buf_init(&html, FF_LIMIT_REPORT_BYTES);
    bool installed = render_html(FF_LIT("text\n"), &html);
    ff_buf_release(&html);
    if (!installed)
        skip();
    for_each_attack("markdown", look_at_rendered);
}

/* ---- HTML ---- */

/* All that the page is made of; what it says is none of it. */
static const char *const ELEMENTS[] = {
    "html", "head", "meta", "title", "style",  "body", "header", "nav",   "main",    "footer",  "section",
    "p",    "h1",   "h2",   "h3",    "ul",     "li",   "a",      "table", "caption", "thead",   "tbody",
    "tr",   "th",   "td",   "span",  "strong", "code", "pre",    "time",  "details", "summary", "figure",
    "div",  "dl",   "dt",   "dd",    "svg",    "rect", "line",   "g",     "text",    "circle",  "figcaption",
};
static const char *const ATTRIBUTES[] = {
    "lang",       "charset", "http-equiv", "content",  "name",     "class",       "id",
    "href",       "rel",     "scope",      "width",    "height",   "role",        "open",
    "aria-label", "x",       "y",          "x1",       "x2",       "y1",          "y2",
    "cx",         "cy",      "r",          "datetime", "tabindex", "aria-hidden", "aria-labelledby",
};

static bool is_one_of(ff_slice name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ff_slice_eq(name, ff_slice_of(names[i])))
            return true;
    return false;
}

static ff_slice take_name(ff_slice *rest)
{
    size_t end = 0;
    while (end < rest->len && rest->ptr[end] != ' ' && rest->ptr[end] != '=' && rest->ptr[end] != '>' &&
           rest->ptr[end] != '/')
        end++;
    ff_slice name = ff_slice_cut(*rest, end);
    *rest = ff_slice_from(*rest, end);
    return name;
}

/* Between `<` and `>`: a known element, and known attributes whose values stand in double quotes. */
static void look_at_attributes(ff_slice rest, const char *token)
{
    ff_slice value;
    while (ff_slice_take_prefix(&rest, FF_LIT(" "))) {
        ff_slice name = take_name(&rest);
        assert_true(is_one_of(name, ATTRIBUTES, sizeof ATTRIBUTES / sizeof *ATTRIBUTES));
        if (!ff_slice_take_prefix(&rest, FF_LIT("=\"")))
            continue;
        assert_true(ff_slice_take_until(&rest, '"', &value));
        assert_int_equal(ff_slice_find_byte(value, '<'), SIZE_MAX);
        if (token)
            assert_int_equal(ff_slice_find(value, ff_slice_of(token)), SIZE_MAX);
        if (ff_slice_eq(name, FF_LIT("href"))) /* no address of this night is one */
            assert_true(ff_slice_starts(value, FF_LIT("#")));
    }
    (void)ff_slice_take_prefix(&rest, FF_LIT("/"));
    assert_int_equal(rest.len, 0);
}

static void look_for_elements(ff_slice page, const char *token, bool inside_actions)
{
    (void)inside_actions;
    ff_slice tag;
    assert_true(ff_slice_take_prefix(&page, FF_LIT("<!DOCTYPE html>\n")));
    while (page.len) {
        size_t open = ff_slice_find_byte(page, '<');
        assert_int_equal(ff_slice_find_byte(ff_slice_cut(page, open), '>'), SIZE_MAX);
        page = open == SIZE_MAX ? (ff_slice){0} : ff_slice_from(page, open + 1);
        if (page.len == 0)
            break;
        assert_true(ff_slice_take_until(&page, '>', &tag));
        bool style = ff_slice_eq(tag, FF_LIT("style"));
        (void)ff_slice_take_prefix(&tag, FF_LIT("/"));
        ff_slice name = take_name(&tag);
        assert_true(is_one_of(name, ELEMENTS, sizeof ELEMENTS / sizeof *ELEMENTS));
        look_at_attributes(tag, token);
        if (style) /* its `>` are combinators */
            page = ff_slice_from(page, ff_slice_find(page, FF_LIT("</style>")));
    }
}

static void html_has_no_element_or_attribute_of_the_text(void **state)
{
    (void)state;
    for_each_attack("html", look_for_elements);
}

static void every_ampersand_is_a_reference(void **state)
{
    (void)state;
    static const struct {
        const char *text, *escaped;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"<b>&amp;\"'</b>", "&lt;b&gt;&amp;amp;&quot;&#39;&lt;/b&gt;"},
        {"a\nb\tc", "a\\x0ab c"},
        {"\xff", "\xEF\xBF\xBD"},
        {"\xE2\x80\xAEx", "\\u202ex"},
        {"é’", "é’"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_escape_add(&out, ff_slice_of(rows[i].text));
        assert_string_equal(out.ptr ? out.ptr : "", rows[i].escaped);
        ff_buf_release(&out);
    }
}

static void only_addresses_are_linked(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        bool is;
    } rows[] = {
        {"https://github.com/a/b/actions/runs/1", true},
        {"https://github.com/a/b/actions/runs/1/attempts/2#step:3:4", true},
        {"https://ghe.example.com/a-b/.github_x/actions/runs/1", true},
        {"", false},
        {"http://github.com/a/b", false},
        {"javascript:alert(1)", false},
        {"https://x/\"onclick=alert(1)", false},
        {"https://x/) [y](https://z", false},
        {"https://x/ y", false},
        {"https://x/<b>", false},
        {"https://x/\xC3\xA9", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(ff_escape_is_address(ff_slice_of(rows[i].url)), rows[i].is);
}

static void count_links(ff_slice html, size_t *count)
{
    static const ff_slice link = FF_TEXT("<a href=\"");
    *count = 0;
    for (size_t at; (at = ff_slice_find(html, link)) != SIZE_MAX; (*count)++) {
        html = ff_slice_from(html, at + link.len);
        assert_true(ff_slice_starts(html, FF_LIT("https://github.com/acme/backend/actions/runs/")) ||
                    ff_slice_starts(html, FF_LIT("#")));
    }
}

/* The links of a page whose runs have addresses, and whose other texts are all `text`. */
static size_t links_of(ff_slice text, bool html)
{
    sample s;
    ff_buf out, shown;
    size_t count = 0;
    sample_hostile(&s, text);
    ff_digest_run run = s.digest.unexplained[0];
    run.url = run.passed_url = FF_LIT("https://github.com/acme/backend/actions/runs/7");
    s.digest.unexplained = s.digest.reruns = &run;
    for (size_t i = 0; i < s.digest.group_count; i++) {
        s.groups[i].runs = s.groups[i].run_count ? &run : NULL;
        s.groups[i].example_run = s.groups[i].passing = run;
    }
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&shown, FF_LIMIT_REPORT_BYTES);
    /* So long a page holds all of it, however long the text. */
    ff_digest_options options = {.most = FF_LIMIT_DIGEST_HTML_BYTES};
    assert_int_equal(ff_digest_render(&s.digest, html ? "html" : "markdown", &options, &out), FF_OK);
    if (html)
        ff_buf_add(&shown, ff_buf_slice(&out));
    else
        assert_true(render_html(ff_buf_slice(&out), &shown));
    count_links(ff_buf_slice(&shown), &count);
    ff_buf_release(&shown);
    ff_buf_release(&out);
    sample_release(&s);
    return count;
}

/* The text of a link is an attack: it ends no link and begins none. */
static void links_are_as_many_as_of_harmless_text(void **state)
{
    (void)state;
    ff_buf shown;
    ff_buf_init(&shown, 1000);
    bool installed = render_html(FF_LIT("text\n"), &shown);
    ff_buf_release(&shown);
    for (int html = !installed; html < 2; html++) {
        size_t expected = links_of(FF_LIT("harmless"), html);
        assert_true(expected > 40);
        for (size_t i = 0; i < ATTACK_COUNT; i++)
            if (ff_slice_trim(ff_slice_of(ATTACKS[i].text)).len) /* an empty title has other words */
                assert_int_equal(links_of(ff_slice_of(ATTACKS[i].text), html), expected);
    }
}

/* Texts of 100 KB everywhere. */
static void long_texts_are_cut(void **state)
{
    (void)state;
    static const char *const pieces[] = {"x", "é", "`", "| ", "<", "@a ", "\n", "```\n", "::error::x\n"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        ff_buf text;
        ff_buf_init(&text, 200000);
        while (text.len < 100000)
            ff_buf_add(&text, ff_slice_of(pieces[i]));
        look_at(text.ptr, NULL, "markdown", look_for_active_text);
        look_at(text.ptr, NULL, "markdown", look_for_bytes);
        look_at(text.ptr, NULL, "html", look_for_elements);
        look_at(text.ptr, NULL, "html", look_for_bytes);
        ff_buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_is_utf8_without_controls),
        cmocka_unit_test(no_page_holds_a_workflow_command),
        cmocka_unit_test(markdown_shows_untrusted_text_only_in_code),
        cmocka_unit_test(a_renderer_makes_nothing_of_it),
        cmocka_unit_test(html_has_no_element_or_attribute_of_the_text),
        cmocka_unit_test(every_ampersand_is_a_reference),
        cmocka_unit_test(only_addresses_are_linked),
        cmocka_unit_test(links_are_as_many_as_of_harmless_text),
        cmocka_unit_test(long_texts_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
