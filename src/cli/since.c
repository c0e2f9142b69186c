#include "cli/since.h"

#include "base/clock.h"
#include "base/slice.h"
#include "fetch/moment.h"

#include <stdio.h>

static const struct {
    char letter;
    uint64_t seconds;
} UNITS[] = {{'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};

enum { UNIT_COUNT = sizeof UNITS / sizeof *UNITS, YEARS = 100, DAYS = 365, DAY_SECONDS = 86400 };

bool ff_since_length(const char *text, int64_t *length)
{
    static const uint64_t most = (uint64_t)YEARS * DAYS * DAY_SECONDS;
    ff_slice rest = ff_slice_of(text);
    uint64_t number;
    if (!ff_slice_take_uint(&rest, &number) || rest.len != 1 || number == 0)
        return false;
    for (size_t i = 0; i < UNIT_COUNT; i++)
        if (rest.ptr[0] == UNITS[i].letter && number <= most / UNITS[i].seconds) {
            *length = (int64_t)(number * UNITS[i].seconds) * FF_CLOCK_SECOND;
            return true;
        }
    return false;
}

bool ff_since_read(const char *text, int64_t now, int64_t *time)
{
    enum { DATE_BYTES = sizeof "2026-11-27" - 1, MOMENT_BYTES = 64 };
    char whole[MOMENT_BYTES];
    int64_t length;
    if (ff_since_length(text, &length)) {
        *time = now - length;
        return true;
    }
    if (strlen(text) != DATE_BYTES)
        return ff_moment_read(ff_slice_of(text), time);
    (void)snprintf(whole, sizeof whole, "%sT00:00:00Z", text);
    return ff_moment_read(ff_slice_of(whole), time);
}
