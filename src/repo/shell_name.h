/* Names: what they are made of, and whether one is among others. */
#ifndef FF_REPO_SHELL_NAME_H
#define FF_REPO_SHELL_NAME_H

#include "base/slice.h"

/* A byte that a variable's name may hold, or begin with. */
bool ff_shell_is_name_byte(char c);
bool ff_shell_is_name_start(char c);

/* True if one of `names` is the name. */
bool ff_shell_is_among(const ff_slice *names, size_t count, ff_slice name);

/* The same for a table. */
#define FF_SHELL_IS_AMONG(table, name) ff_shell_is_among((table), sizeof(table) / sizeof *(table), (name))

#endif
