#include "report/exhibit.h"

#include "flagship.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void expect(const ff_diagnosis *diagnosis, uint32_t max, const char *expected)
{
    ff_buf out;
    ff_buf_init(&out, 10000);
    ff_exhibit_add(&out, diagnosis, max);
    assert_string_equal(out.ptr ? out.ptr : "", expected);
    ff_buf_release(&out);
}

static void a_loop_is_its_first_and_last_line(void **state)
{
    (void)state;
    flagship f;
    flagship_init(&f);
    expect(&f.diagnoses[0], 4,
           "deploy-backend/6_Post-deployment health check.txt\n"
           "  38  Health check attempt 1/20 (HTTP 500)...\n"
           "      … 18 more, every 5 s …\n"
           "  57  ✗ Backend health check failed after 20 attempts (HTTP 500)\n");
    f.diagnoses[0].last_time = FF_NO_TIME;
    expect(&f.diagnoses[0], 4,
           "deploy-backend/6_Post-deployment health check.txt\n"
           "  38  Health check attempt 1/20 (HTTP 500)...\n"
           "      … 18 more …\n"
           "  57  ✗ Backend health check failed after 20 attempts (HTTP 500)\n");
    flagship_release(&f);
}

#define ROW(name, number)                                                                                \
    {                                                                                                    \
        .place = {.file = TEXT(name), .line = number, .time = FF_NO_TIME}, .text = TEXT("line " #number) \
    }

/* Three blocks in two files. */
static const ff_kept_line FIRST[] = {ROW("a", 8), ROW("a", 9)}, SECOND_BLOCK[] = {ROW("a", 20)},
                          THIRD[] = {ROW("b", 100000), ROW("b", 100001)};
static const ff_evidence BLOCKS[] = {{.lines = FIRST, .line_count = 2},
                                     {.lines = SECOND_BLOCK, .line_count = 1},
                                     {.kind = FF_EVIDENCE_REPO},
                                     {.lines = THIRD, .line_count = 2}};

static void different_lines_are_all_shown_with_their_gaps(void **state)
{
    (void)state;
    ff_diagnosis d = {.count = 5, .evidence = BLOCKS, .evidence_count = 4, .first_time = FF_NO_TIME};
    expect(&d, 5,
           "a\n"
           "      8  line 8\n"
           "      9  line 9\n"
           "         …\n"
           "     20  line 20\n"
           "b\n"
           " 100000  line 100000\n"
           " 100001  line 100001\n");
}

static void more_lines_than_wanted_keep_head_and_end(void **state)
{
    (void)state;
    ff_diagnosis d = {.count = 5, .evidence = BLOCKS, .evidence_count = 4, .first_time = FF_NO_TIME};
    expect(&d, 3,
           "a\n"
           "      8  line 8\n"
           "      9  line 9\n"
           "         … 2 more …\n"
           "b\n"
           " 100001  line 100001\n");
}

static void a_diagnosis_without_lines_shows_nothing(void **state)
{
    (void)state;
    expect(&(ff_diagnosis){.evidence = &BLOCKS[2], .evidence_count = 1}, 5, "");
    expect(&(ff_diagnosis){.count = 1}, 5, "");
}

static void lines_are_made_safe_and_cut_between_characters(void **state)
{
    (void)state;
    char text[301];
    for (size_t i = 0; i < 300; i += 2)
        memcpy(text + i, "é", 2);
    text[0] = '\x1b';
    text[1] = 'x';
    ff_kept_line line = {.place = {.file = TEXT("\x1b[2J"), .line = 1}, .text = {text, 300}};
    ff_evidence evidence = {.lines = &line, .line_count = 1};
    ff_diagnosis d = {.count = 1, .evidence = &evidence, .evidence_count = 1};
    ff_buf out;
    ff_buf_init(&out, 10000);
    ff_exhibit_add(&out, &d, 3);
    assert_true(ff_slice_starts(ff_buf_slice(&out), FF_LIT("\\x1b[2J\n   1  \\x1bxé")));
    assert_true(ff_slice_ends(ff_buf_slice(&out), FF_LIT("é…\n")));
    assert_in_range(out.len, 200, 230);
    ff_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_loop_is_its_first_and_last_line),
        cmocka_unit_test(different_lines_are_all_shown_with_their_gaps),
        cmocka_unit_test(more_lines_than_wanted_keep_head_and_end),
        cmocka_unit_test(a_diagnosis_without_lines_shows_nothing),
        cmocka_unit_test(lines_are_made_safe_and_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
