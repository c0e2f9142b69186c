#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t came;

static void remember(int number)
{
    if (came < 2)
        came = came + 1;
    if (came == 2)
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
    return came != 0;
}

bool ff_interrupt_came_twice(void)
{
    return came > 1;
}
