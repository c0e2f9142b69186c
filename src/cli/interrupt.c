#include "cli/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

/* Atomic rather than sig_atomic_t: threads look at it, and the handler runs in any of them. */
static atomic_int came;

static void remember(int number)
{
    int before = errno; /* of whatever was interrupted */
    if (atomic_load(&came) < 2)
        atomic_fetch_add(&came, 1);
    if (atomic_load(&came) >= 2)
        (void)signal(number, SIG_DFL);
    errno = before;
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
