/* When a survey is expected to end. */
#include "survey/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct {
    uint64_t began, total, done, now;
    uint32_t left;
} PACES[] = {
    {1000, 100, 10, 11000, 90},
    {0, 100, 50, 50000, 50},
    {0, 100, 99, 99000, 1},
    {0, 1000, 999, 2000, 1},    /* less than a second is one */
    {0, 100, 2, 60000, 0},      /* too few */
    {0, 100, 50, 1999, 0},      /* too soon */
    {0, 100, 0, 60000, 0},      /* none */
    {0, 100, 100, 60000, 0},    /* all */
    {0, 100, 101, 60000, 0},    /* more than were expected */
    {0, 0, 50, 60000, 0},       /* nobody knows how many */
    {70000, 100, 50, 60000, 0}, /* a clock that went back */
    {0, UINT64_MAX, 3, 5000, UINT32_MAX},
};

static void the_rest_takes_as_long_as_what_was_done(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof PACES / sizeof *PACES; i++) {
        ff_pace pace = {PACES[i].began, PACES[i].total};
        uint32_t left = ff_pace_left(&pace, PACES[i].done, PACES[i].now);
        if (left != PACES[i].left)
            fail_msg("row %zu: %u s", i, left);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rest_takes_as_long_as_what_was_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
