/* Texts with gaps. */
#include "base/fill.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* Knows `a` and `b`; of anything else it writes a question mark. */
static bool value_of(void *self, ff_slice name, ff_buf *out)
{
    (void)self;
    bool known = ff_slice_eq(name, FF_LIT("a")) || ff_slice_eq(name, FF_LIT("b"));
    ff_buf_add(out, known ? name : FF_LIT("?"));
    return known;
}

static void gaps_are_filled_and_optional_parts_go_without_a_value(void **in)
{
    (void)in;
    static const struct {
        const char *text, *filled;
        bool complete;
    } ROWS[] = {
        {"", "", true},
        {"plain $ text", "plain $ text", true},
        {"<${a}> <${b}>", "<a> <b>", true},
        {"<${x}>", "<?>", false},
        {"one$[ and ${a}]$[ or ${x}].", "one and a.", true},
        {"$[${x}${a}]${b}", "b", true},
        {"$[no gap] in it", "no gap in it", true},
        {"${x} $[${a}]", "? a", false},
        {"open ${a", "open ${a", true},
        {"open $[${a} b", "open $[a b", true},
        {"${}", "?", false},
        {"$${a} ${a}", "${a} a", true},
        {"set $${x:-y}$[ to ${b}]", "set ${x:-y} to b", true},
        {"$${{ x }}", "${{ x }}", true},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_buf out;
        ff_buf_init(&out, 100);
        bool complete = ff_fill(ff_slice_of(ROWS[i].text), value_of, NULL, &out);
        if (complete != ROWS[i].complete || !ff_slice_eq(ff_buf_slice(&out), ff_slice_of(ROWS[i].filled)))
            fail_msg("%s: %.*s, expected %s", ROWS[i].text, FF_ARG(ff_buf_slice(&out)), ROWS[i].filled);
        ff_buf_release(&out);
    }
}

static void a_buffer_that_is_full_says_so(void **in)
{
    (void)in;
    ff_buf out;
    ff_buf_init(&out, 3);
    (void)ff_fill(FF_LIT("${a}$[${b}] and more"), value_of, NULL, &out);
    assert_int_equal(ff_buf_status(&out), FF_LIMIT);
    ff_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_are_filled_and_optional_parts_go_without_a_value),
        cmocka_unit_test(a_buffer_that_is_full_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
