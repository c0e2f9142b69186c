/* The Link header: the next page is found however the header is written, and a broken one has none. */
#include "fetch/link.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define NEXT "https://api.github.com/repositories/1/actions/runs/2/jobs?per_page=100&page=2"

static const struct {
    ff_slice header;
    const char *next;
} ROWS[] = {
    {FF_TEXT("<" NEXT ">; rel=\"next\""), NEXT},
    {FF_TEXT("<https://x/?page=1>; rel=\"prev\", <" NEXT ">; rel=\"next\", <https://x/?page=9>; rel=\"last\""), NEXT},
    {FF_TEXT("<https://x/?page=9>;rel=\"last\",<" NEXT ">;rel=\"next\""), NEXT},
    {FF_TEXT("<" NEXT ">; rel=next"), NEXT},
    {FF_TEXT("<" NEXT "> ; Rel = \"NEXT\""), NEXT},
    {FF_TEXT("<" NEXT ">; rel=\"last next\""), NEXT},
    {FF_TEXT("<" NEXT ">; title=\"a, b; rel=\\\"prev\\\" <x>\"; rel=next"), NEXT},
    {FF_TEXT("<" NEXT ">; nofollow; rel=next"), NEXT},
    {FF_TEXT(" , ,<" NEXT ">; rel=next;, "), NEXT},
    {FF_TEXT("\t<" NEXT ">\t;\trel=next\t"), NEXT},
    {FF_TEXT("<a>; rel=next, <b>; rel=next"), "a"},
    {FF_TEXT("</x?page=2>; rel=next"), "/x?page=2"},
    {FF_TEXT("<>; rel=next"), ""},
    {FF_TEXT("<a>; rel=prev; rel=next"), ""},
    {FF_TEXT("<a>; rel=next; anchor=\"#foo\""), ""},
    {FF_TEXT("<a>; rel=\"nextt\""), ""},
    {FF_TEXT("<a>; rel=\"x-next\""), ""},
    {FF_TEXT("<a>; rev=next"), ""},
    {FF_TEXT("<a>; rel"), ""},
    {FF_TEXT("<a>; rel="), ""},
    {FF_TEXT("<a>; rel=\"next"), ""},
    {FF_TEXT("<a>; rel=\"next\\\""), ""},
    {FF_TEXT("<a>; rel=\"next\\"), ""},
    {FF_TEXT("<a>; rel=\"next\"x"), ""},
    {FF_TEXT("<a> rel=\"next\""), ""},
    {FF_TEXT("<a; rel=\"next\""), ""},
    {FF_TEXT("a>; rel=\"next\""), ""},
    {FF_TEXT("<a>; rel=next, b"), ""},
    {FF_TEXT("<a b>; rel=next"), ""},
    {FF_TEXT("<a\0b>; rel=next"), ""},
    {FF_TEXT("<a\r\nX: y>; rel=next"), ""},
    {FF_TEXT("<a\xC3\xBC>; rel=next"), ""},
    {FF_TEXT("<a>; =next"), ""},
    {FF_TEXT("<a>; re\0l=next"), ""},
    {FF_TEXT("<a>"), ""},
    {FF_TEXT("<"), ""},
    {FF_TEXT(">"), ""},
    {FF_TEXT(";"), ""},
    {FF_TEXT(",,,, ,"), ""},
    {FF_TEXT(""), ""},
};

static void the_next_page_is_found_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        ff_slice next = ff_link_next(ROWS[i].header);
        if (!ff_slice_eq(next, ff_slice_of(ROWS[i].next)))
            fail_msg("%s gave '%.*s'", ROWS[i].header.ptr, FF_ARG(next));
    }
    assert_int_equal(ff_link_next((ff_slice){0}).len, 0);
}

static void a_long_hostile_header_takes_no_longer_than_its_length(void **state)
{
    static char text[1 << 20];
    static const char *const units[] = {"<a>;", "<", "<a>;a=\"", ",", "<a>,", "<a>;;", "\\\"", "<a>;rel=\" "};
    (void)state;
    for (size_t i = 0; i < COUNT(units); i++) {
        size_t len = strlen(units[i]);
        for (size_t at = 0; at < sizeof text; at++)
            text[at] = units[i][at % len];
        assert_int_equal(ff_link_next((ff_slice){text, sizeof text}).len, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_page_is_found_and_nothing_else),
        cmocka_unit_test(a_long_hostile_header_takes_no_longer_than_its_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
