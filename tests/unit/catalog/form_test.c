/* What names, ids and references look like. */
#include "catalog/form.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void each_form_takes_what_it_should(void **state)
{
    static const struct {
        const char *text;
        bool name, id, id_glob, reference, capture, line;
    } rows[] = {
        {"health", true, false, false, false, true, true},
        {"health-2", true, false, false, false, false, true},
        {"health.loop", false, true, true, true, false, true},
        {"http.404", false, true, true, true, false, true},
        {"health.http-status-loop", false, true, true, true, false, true},
        {"health.*", false, false, true, true, false, true},
        {"*", false, false, true, true, false, true},
        {"health.???", false, false, true, true, false, true},
        {"#half-done", false, false, false, true, false, true},
        {"#", false, false, false, false, false, true},
        {"##a", false, false, false, false, false, true},
        {"#a.b", false, false, false, false, false, true},
        {"", false, false, false, false, false, false},
        {" ", false, false, false, false, false, false},
        {".", false, false, false, false, false, true},
        {"health.", false, false, false, false, false, true},
        {".loop", false, false, false, false, false, true},
        {"health.-loop", false, false, false, false, false, true},
        {"health.loop.more", false, false, false, false, false, true},
        {"Health.loop", false, false, false, false, false, true},
        {"health.Loop", false, false, false, false, false, true},
        {"health loop", false, false, false, false, false, true},
        {"h\xC3\xBC.x", false, false, false, false, false, true},
        {"2health", false, false, false, false, false, true},
        {"exit_code", false, false, false, false, true, true},
        {"_x9", false, false, false, false, true, true},
        {"a-b", true, false, false, false, false, true},
        {"abcdefghijabcdefghijabcdefghij12", true, false, false, false, true, true},
        {"abcdefghijabcdefghijabcdefghij123", true, false, false, false, false, true},
        {"two\nlines", false, false, false, false, false, false},
        {"two\rlines", false, false, false, false, false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_slice text = ff_slice_of(rows[i].text);
        if (ff_form_name.fits(text) != rows[i].name || ff_form_id.fits(text) != rows[i].id ||
            ff_form_id_glob.fits(text) != rows[i].id_glob || ff_form_reference.fits(text) != rows[i].reference ||
            ff_form_capture.fits(text) != rows[i].capture || ff_form_line.fits(text) != rows[i].line)
            fail_msg("'%s'", rows[i].text);
    }
}

static void lengths_end_at_the_bounds(void **state)
{
    char text[5000];
    (void)state;
    memset(text, 'a', sizeof text);
    assert_true(ff_form_pattern.fits((ff_slice){text, 4096}));
    assert_false(ff_form_pattern.fits((ff_slice){text, 4097}));
    assert_false(ff_form_pattern.fits((ff_slice){text, 0}));
    assert_true(ff_form_name.fits((ff_slice){text, 100}));
    assert_false(ff_form_name.fits((ff_slice){text, 101}));
    text[10] = '.';
    assert_true(ff_form_id.fits((ff_slice){text, 100}));
    assert_false(ff_form_id.fits((ff_slice){text, 101}));
    text[10] = '*';
    assert_false(ff_form_reference.fits((ff_slice){text, 101}));
    assert_false(ff_form_id.fits(FF_LIT("a.b\0c")));
    assert_true(ff_form_any.fits((ff_slice){0}));
    assert_false(ff_form_text.fits(FF_LIT(" \n\t")));
}

static void globs_and_tags_may_name_what_is_not_there(void **state)
{
    (void)state;
    assert_true(ff_form_is_open(FF_LIT("a.*")));
    assert_true(ff_form_is_open(FF_LIT("a.?")));
    assert_true(ff_form_is_open(FF_LIT("#a")));
    assert_false(ff_form_is_open(FF_LIT("a.b")));
    assert_false(ff_form_is_open((ff_slice){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_takes_what_it_should),
        cmocka_unit_test(lengths_end_at_the_bounds),
        cmocka_unit_test(globs_and_tags_may_name_what_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
