/* Threads that share a heap of work. */
#include "survey/crew.h"

#include "unit/base/room.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>
#include <time.h>

enum { PIECES = 2000 };

typedef struct heap {
    ff_crew *crew;
    uint32_t next, total, done;
    uint32_t at_once, most_at_once;
    uint32_t watched;
    uint32_t milliseconds;
    uint8_t taken[PIECES];
} heap;

static void rest(uint32_t milliseconds)
{
    struct timespec time = {.tv_nsec = (long)milliseconds * 1000000};
    (void)nanosleep(&time, NULL);
}

static bool take(void *self)
{
    heap *all = self;
    ff_crew_lock(all->crew);
    bool any = all->next < all->total;
    if (any) {
        all->taken[all->next++]++;
        all->at_once++;
        if (all->at_once > all->most_at_once)
            all->most_at_once = all->at_once;
    }
    ff_crew_unlock(all->crew);
    if (!any)
        return false;
    if (all->milliseconds)
        rest(all->milliseconds);
    ff_crew_lock(all->crew);
    all->at_once--;
    all->done++;
    ff_crew_unlock(all->crew);
    return true;
}

static void watch(void *self)
{
    ((heap *)self)->watched++;
}

static const struct {
    uint32_t hands, total, milliseconds;
} HEAPS[] = {{1, PIECES, 0}, {8, PIECES, 0}, {16, 3, 0}, {8, 0, 0}, {4, 12, 5}, {0, 5, 0}};

static void each_piece_is_done_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof HEAPS / sizeof *HEAPS; i++) {
        heap all = {.total = HEAPS[i].total, .milliseconds = HEAPS[i].milliseconds};
        assert_int_equal(ff_crew_new(&all.crew), FF_OK);
        ff_crew_task task = {.hands = HEAPS[i].hands, .work = take, .watch = watch, .self = &all};
        ff_crew_run(all.crew, &task);
        ff_crew_free(all.crew);
        assert_int_equal(all.done, HEAPS[i].total);
        for (uint32_t k = 0; k < HEAPS[i].total; k++)
            assert_int_equal(all.taken[k], 1);
        assert_true(all.watched >= 1);
        assert_true(all.most_at_once <= (HEAPS[i].hands ? HEAPS[i].hands : 1));
    }
}

/* Stacks of threads that have ended are used again: so this comes before all others. */
static void without_a_thread_the_caller_does_it_all(void **state)
{
    struct rlimit before;
    heap all = {.total = 5};
    (void)state;
    if (!room_leave(4 * 1024 * 1024, &before))
        skip();
    assert_int_equal(ff_crew_new(&all.crew), FF_OK);
    ff_crew_task task = {.hands = 8, .work = take, .watch = watch, .self = &all};
    ff_crew_run(all.crew, &task);
    room_restore(&before);
    ff_crew_free(all.crew);
    assert_int_equal(all.done, 5);
    assert_int_equal(all.most_at_once, 1);
    assert_int_equal(all.watched, 6); /* after each piece, and at the end */
}

static void who_watches_is_told_while_others_work(void **state)
{
    heap all = {.total = 2, .milliseconds = 3 * FF_CREW_TICK_MS};
    (void)state;
    assert_int_equal(ff_crew_new(&all.crew), FF_OK);
    ff_crew_task task = {.hands = 2, .work = take, .watch = watch, .self = &all};
    ff_crew_run(all.crew, &task);
    assert_int_equal(all.most_at_once, 2);
    assert_true(all.watched >= 3);
    ff_crew_free(all.crew);
}

static void a_crew_works_more_than_once_and_unwatched(void **state)
{
    heap all = {.total = 10};
    (void)state;
    assert_int_equal(ff_crew_new(&all.crew), FF_OK);
    ff_crew_task task = {.hands = 3, .work = take, .self = &all};
    ff_crew_run(all.crew, &task);
    all.total = 20;
    ff_crew_run(all.crew, &task);
    assert_int_equal(all.done, 20);
    ff_crew_free(all.crew);
    ff_crew_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_thread_the_caller_does_it_all),
        cmocka_unit_test(each_piece_is_done_once),
        cmocka_unit_test(who_watches_is_told_while_others_work),
        cmocka_unit_test(a_crew_works_more_than_once_and_unwatched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
