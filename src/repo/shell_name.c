#include "repo/shell_name.h"

bool ff_shell_is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool ff_shell_is_name_byte(char c)
{
    return ff_shell_is_name_start(c) || (c >= '0' && c <= '9');
}

bool ff_shell_is_among(const ff_slice *names, size_t count, ff_slice name)
{
    for (size_t i = 0; i < count; i++)
        if (ff_slice_eq(names[i], name))
            return true;
    return false;
}
