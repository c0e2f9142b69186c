/* One diagnosis as a line of JSON: the same as in the report, and inert whatever stands in it. */
#include "flagship.h"
#include "report/member.h"

#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Without the blanks and line breaks between values. */
static void squeeze(ff_buf *out, ff_slice json)
{
    bool in_text = false;
    for (size_t i = 0; i < json.len; i++) {
        char byte = json.ptr[i];
        if (in_text || (byte != ' ' && byte != '\n'))
            ff_buf_add_byte(out, byte);
        if (in_text && byte == '\\' && i + 1 < json.len)
            ff_buf_add_byte(out, json.ptr[++i]);
        else if (byte == '"')
            in_text = !in_text;
    }
}

static void each_member_is_what_the_report_has(void **state)
{
    flagship f;
    ff_buf report, squeezed;
    (void)state;
    flagship_init(&f);
    ff_buf_init(&report, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&squeezed, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_report_render(&f.report, "json", NULL, &report), FF_OK);
    squeeze(&squeezed, ff_buf_slice(&report));
    assert_true(f.report.diagnosis_count > 2);
    for (size_t i = 0; i < f.report.diagnosis_count; i++) {
        ff_buf member;
        ff_buf_init(&member, FF_LIMIT_REPORT_BYTES);
        ff_report_add_member(&member, &f.report, &f.report.diagnoses[i]);
        assert_int_equal(ff_buf_status(&member), FF_OK);
        if (!strstr(squeezed.ptr, member.ptr))
            fail_msg("the report does not have %s", member.ptr);
        assert_int_equal(member.ptr[member.len - 1], '}');
        ff_buf_release(&member);
    }
    ff_buf_release(&squeezed);
    ff_buf_release(&report);
    flagship_release(&f);
}

static void hostile_words_stay_in_their_strings_on_one_line(void **state)
{
    static const char hostile[] = "\",\"rule\":\"x\n::error::y\x1b[31m\xe2\x80\xae\xff";
    flagship f;
    ff_buf member;
    (void)state;
    flagship_init(&f);
    ff_diagnosis *d = &f.diagnoses[0];
    d->title = d->summary = (ff_slice){hostile, sizeof hostile - 1};
    ff_buf_init(&member, FF_LIMIT_REPORT_BYTES);
    ff_report_add_member(&member, &f.report, d);
    assert_int_equal(ff_buf_status(&member), FF_OK);
    for (size_t i = 0; i < member.len; i++)
        if ((unsigned char)member.ptr[i] < 0x20 || member.ptr[i] == 0x7f)
            fail_msg("a control byte at %zu of %s", i, member.ptr);
    assert_null(strstr(member.ptr, ",\"rule\":\"x"));
    assert_null(strstr(member.ptr, "\xe2\x80\xae"));
    assert_non_null(strstr(member.ptr, "\"title\":\"\\\",\\\"rule\\\":\\\"x"));
    ff_buf_release(&member);
    flagship_release(&f);
}

static void too_little_room_is_told_by_the_buffer(void **state)
{
    flagship f;
    ff_buf member;
    (void)state;
    flagship_init(&f);
    ff_buf_init(&member, 100);
    ff_report_add_member(&member, &f.report, &f.report.diagnoses[0]);
    assert_int_equal(ff_buf_status(&member), FF_LIMIT);
    ff_buf_release(&member);
    flagship_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_member_is_what_the_report_has),
        cmocka_unit_test(hostile_words_stay_in_their_strings_on_one_line),
        cmocka_unit_test(too_little_room_is_told_by_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
