#include "cli/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

/* Atomic rather than sig_atomic_t: threads look at it, and the handler runs in any of them. */
static atomic_int came;

/* What a signal does otherwise: it removes an unfinished file and ends the program. */
static struct sigaction interrupted, terminated;

static void remember(int number)
{
    (void)number;
    int before = errno; /* of whatever was interrupted */
    if (atomic_load(&came) < 2)
        atomic_fetch_add(&came, 1);
    if (atomic_load(&came) >= 2) {
        (void)sigaction(SIGINT, &interrupted, NULL);
        (void)sigaction(SIGTERM, &terminated, NULL);
    }
    errno = before;
}

void ff_interrupt_defer(void)
{
    struct sigaction action = {.sa_handler = remember};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, &interrupted);
    (void)sigaction(SIGTERM, &action, &terminated);
}

bool ff_interrupt_came(void)
{
    return atomic_load(&came) != 0;
}

bool ff_interrupt_came_twice(void)
{
    return atomic_load(&came) > 1;
}
