#include "cli/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

/* Any thread may be the one that a signal interrupts, and others look meanwhile. Free of locks wherever threads are. */
static atomic_uint came;

static void remember(int number)
{
    if (atomic_fetch_add(&came, 1) + 1 >= 2)
        (void)signal(number, SIG_DFL);
}

void ff_interrupt_defer(void)
{
    struct sigaction action = {.sa_handler = remember};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

bool ff_interrupt_came(void)
{
    return atomic_load(&came) != 0;
}

bool ff_interrupt_came_twice(void)
{
    return atomic_load(&came) > 1;
}
