/* Interruptions that are put off: two are remembered, the third does what it did before. */
#include "cli/interrupt.c" /* NOLINT(bugprone-suspicious-include): no library has the files of the program */

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static volatile sig_atomic_t ended;

static void end(int number)
{
    ended = number;
}

static void the_third_interruption_does_what_it_did_before(void **state)
{
    struct sigaction action = {.sa_handler = end};
    (void)state;
    (void)sigemptyset(&action.sa_mask);
    assert_int_equal(sigaction(SIGINT, &action, NULL), 0);
    assert_int_equal(sigaction(SIGTERM, &action, NULL), 0);
    ff_interrupt_defer();
    assert_false(ff_interrupt_came());
    assert_int_equal(raise(SIGTERM), 0);
    assert_true(ff_interrupt_came());
    assert_false(ff_interrupt_came_twice());
    assert_int_equal(raise(SIGINT), 0);
    assert_true(ff_interrupt_came_twice());
    assert_int_equal(ended, 0);
    assert_int_equal(raise(SIGTERM), 0); /* whichever of them the second was */
    assert_int_equal(ended, SIGTERM);
    assert_int_equal(raise(SIGINT), 0);
    assert_int_equal(ended, SIGINT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_third_interruption_does_what_it_did_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
