/* Little room: what becomes of code that gets no more memory, or no stack for another thread. */
#ifndef TESTS_BASE_ROOM_H
#define TESTS_BASE_ROOM_H

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { ROOM_LIMITABLE = 0 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { ROOM_LIMITABLE = 0 };
#else
enum { ROOM_LIMITABLE = 1 };
#endif
#else
enum { ROOM_LIMITABLE = 1 };
#endif

/* Leaves so many bytes of address space above what is used. False: this build cannot do with less. */
static inline bool room_leave(rlim_t bytes, struct rlimit *before)
{
    char text[128];
    FILE *file = ROOM_LIMITABLE ? fopen("/proc/self/statm", "r") : NULL;
    if (!file)
        return false;
    assert_non_null(fgets(text, sizeof text, file));
    (void)fclose(file);
    assert_int_equal(getrlimit(RLIMIT_AS, before), 0);
    struct rlimit little = *before;
    little.rlim_cur = strtoul(text, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE) + bytes; /* pages, the whole of it */
    return setrlimit(RLIMIT_AS, &little) == 0;
}

/* As it was before. */
static inline void room_restore(const struct rlimit *before)
{
    assert_int_equal(setrlimit(RLIMIT_AS, before), 0);
}

#endif
