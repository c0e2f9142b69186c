/* Ctrl-C for commands that must not be cut off in the middle of writing. */
#ifndef FF_CLI_INTERRUPT_H
#define FF_CLI_INTERRUPT_H

#include <stdbool.h>

/* From here on SIGINT and SIGTERM are only remembered; once two of them came, the next one does what it would have done
 * before. To be called once. */
void ff_interrupt_defer(void);

/* True once one of them came. */
bool ff_interrupt_came(void);

/* True once a second one came: somebody is in a hurry. */
bool ff_interrupt_came_twice(void);

#endif
