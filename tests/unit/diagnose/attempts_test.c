/* The same job in other attempts: flicker, or failed again. */
#include "diagnose/attempts.h"

#include "unit/diagnose/known.h"

static void other_attempts_are_compared(void **state)
{
    enum { OTHERS = 6 };
    static const struct {
        uint32_t attempt;
        char ended;
        const char *others; /* endings of attempts 1, 2, …; `.` this one or not looked at */
        const char *code, *said;
    } rows[] = {
        {2, 'f', "s.", "flicker", "“test” failed in attempt 2 and passed in attempt 1 of the same commit: it flickers"},
        {1, 'f', ".s", "flicker", "“test” failed in attempt 1 and passed in attempt 2 of the same commit: it flickers"},
        {3, 'f', "fs.", "flicker",
         "“test” failed in attempt 3 and passed in attempt 2 of the same commit: it flickers"},
        {4, 'f', "sss.", "flicker",
         "“test” failed in attempt 4 and passed in attempts 1, 2 and 3 of the same commit: it flickers"},
        {2, 'f', "f.", "failed-again", "“test” failed in attempt 1 and again in attempt 2"},
        {1, 'f', ".f", "failed-again", "“test” failed in attempt 1 and again in attempt 2"},
        {3, 't', "ff.", "failed-again", "“test” failed in attempts 1 and 2 and again in attempt 3"},
        {2, 'f', "c.", "failed-again", ""},
        {2, 'f', "r.", "flicker", ""},
        {2, 'c', "s.", "flicker", ""},
        {2, 's', "f.", "flicker", "“test” passed in attempt 2 and failed in attempt 1 of the same commit: it flickers"},
        {2, 's', "s.", "flicker", ""},
        {2, 'f', "..", "failed-again", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        known k;
        known_open(&k);
        k.run.attempt = rows[i].attempt;
        (void)known_job(&k, "test", rows[i].ended, 60, NULL);
        for (uint32_t a = 0; a < OTHERS && rows[i].others[a]; a++)
            if (rows[i].others[a] != '.')
                known_other(&k, 0, a + 1, rows[i].others[a]);
        known_diagnose(&k);
        if (strcmp(known_said(&k, rows[i].code), rows[i].said) != 0)
            fail_msg("row %zu: %s", i, known_said(&k, rows[i].code));
        known_close(&k);
    }
}

static void a_job_that_follows_from_another_is_not_compared(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    k.run.attempt = 2;
    (void)known_job(&k, "test", 'f', 60, NULL);
    (void)known_job(&k, "other", 'c', 90, NULL);
    known_other(&k, 1, 1, 's');
    known_diagnose(&k);
    assert_true(k.report.failures[1].follow_on);
    assert_string_equal(known_said(&k, "flicker"), "");
    known_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_attempts_are_compared),
        cmocka_unit_test(a_job_that_follows_from_another_is_not_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
