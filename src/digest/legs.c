#include "digest/legs.h"

#include "base/array.h"
#include "base/limits.h"

#include <stdlib.h>

/* GitHub puts the values of a matrix in parentheses behind the name; values may hold parentheses themselves. */
static bool split(ff_slice name, ff_slice *base, ff_slice *leg)
{
    size_t depth = 0;
    *base = *leg = (ff_slice){0};
    if (!ff_slice_ends(name, FF_LIT(")")))
        return false;
    for (size_t i = name.len; i-- > 0;) {
        if (name.ptr[i] == ')')
            depth++;
        else if (name.ptr[i] == '(' && --depth == 0) {
            *base = ff_slice_trim_end(ff_slice_cut(name, i));
            *leg = ff_slice_trim(ff_slice_cut(ff_slice_from(name, i + 1), name.len - i - 2));
            return base->len > 0 && base->len < i && leg->len > 0;
        }
    }
    return false;
}

static size_t find_job(const ff_legs *legs, uint32_t base, bool has_leg)
{
    size_t at = 0;
    while (at < legs->jobs.count && (legs->jobs.items[at].base != base || legs->jobs.items[at].has_leg != has_leg))
        at++;
    return at;
}

static bool has_leg(const ff_legs *legs, size_t job, uint32_t name)
{
    for (size_t i = 0; i < legs->legs.count; i++)
        if (legs->legs.items[i].job == job && legs->legs.items[i].name == name)
            return true;
    return false;
}

static bool has_room(const ff_legs *legs)
{
    return legs->jobs.count + legs->legs.count < FF_LIMIT_GROUP_JOBS;
}

/* The name's number. Names for which there is no room are not kept either: FF_NO_NAME, with `full` set. */
static uint32_t number_of(ff_legs *legs, ff_slice name)
{
    uint32_t number = ff_names_find(legs->names, name);
    if (number == FF_NO_NAME && has_room(legs))
        number = ff_names_put(legs->names, name);
    legs->full |= number == FF_NO_NAME;
    return number;
}

static void add_leg(ff_legs *legs, size_t job, ff_slice name)
{
    uint32_t number = number_of(legs, name);
    if (number == FF_NO_NAME || has_leg(legs, job, number))
        return;
    ff_legs_leg *leg = has_room(legs) ? FF_ARRAY_PUSH(legs->pad, &legs->legs) : NULL;
    legs->full |= !leg;
    if (!leg)
        return;
    *leg = (ff_legs_leg){(uint32_t)job, number};
    legs->jobs.items[job].legs++;
}

/* The place of a job, which is added if there is room; SIZE_MAX if not. */
static size_t add_job(ff_legs *legs, ff_slice base, ff_slice whole, bool legged)
{
    uint32_t number = number_of(legs, base);
    size_t at = find_job(legs, number, legged);
    if (number == FF_NO_NAME)
        return SIZE_MAX;
    if (at < legs->jobs.count)
        return at;
    uint32_t whole_number = number_of(legs, whole);
    ff_legs_job *job = has_room(legs) && whole_number != FF_NO_NAME ? FF_ARRAY_PUSH(legs->pad, &legs->jobs) : NULL;
    legs->full |= !job;
    if (!job)
        return SIZE_MAX;
    *job = (ff_legs_job){.base = number, .whole = whole_number, .has_leg = legged};
    return at;
}

static void add_name(ff_legs *legs, ff_slice name)
{
    ff_slice base, leg;
    bool legged = split(name, &base, &leg);
    size_t at = add_job(legs, legged ? base : name, name, legged);
    if (at == SIZE_MAX)
        return;
    ff_legs_job *job = &legs->jobs.items[at];
    job->runs += job->last != legs->runs;
    job->last = legs->runs;
    if (legged)
        add_leg(legs, at, leg);
}

bool ff_legs_add(ff_legs *legs, ff_slice jobs)
{
    legs->runs++; /* from 1: 0 is no run */
    for (ff_slice name; ff_slice_take_until(&jobs, '\n', &name);)
        if (name.len)
            add_name(legs, name);
    return !legs->pad->failed && !legs->names->arena->failed && !legs->names->tables->failed;
}

static int by_name(const void *a, const void *b)
{
    const ff_slice *x = a, *y = b;
    return ff_slice_cmp_natural(*x, *y);
}

static int by_runs(const void *a, const void *b)
{
    const ff_digest_job *x = a, *y = b;
    if (x->runs != y->runs)
        return x->runs > y->runs ? -1 : 1;
    int order = ff_slice_cmp(x->name, y->name);
    return order ? order : (x->leg_count > y->leg_count) - (x->leg_count < y->leg_count);
}

/* A single leg is no matrix as far as anybody can see. */
static bool fold(const ff_legs *legs, size_t at, ff_arena *arena, ff_digest_job *job)
{
    const ff_legs_job *from = &legs->jobs.items[at];
    bool several = from->legs > 1;
    *job = (ff_digest_job){.name = ff_names_text(legs->names, several ? from->base : from->whole), .runs = from->runs};
    if (!several)
        return true;
    ff_slice *list = ff_arena_array(arena, from->legs, sizeof *list);
    if (!list)
        return false;
    for (size_t i = 0; i < legs->legs.count; i++)
        if (legs->legs.items[i].job == at)
            list[job->leg_count++] = ff_names_text(legs->names, legs->legs.items[i].name);
    qsort(list, job->leg_count, sizeof *list, by_name);
    job->legs = list;
    return true;
}

ff_digest_job *ff_legs_fold(const ff_legs *legs, ff_arena *arena, size_t *count)
{
    *count = 0;
    ff_digest_job *jobs = ff_arena_array(arena, legs->jobs.count, sizeof *jobs);
    for (size_t i = 0; jobs && i < legs->jobs.count; i++)
        if (!fold(legs, i, arena, &jobs[i]))
            return NULL;
    if (jobs && legs->jobs.count > 1)
        qsort(jobs, legs->jobs.count, sizeof *jobs, by_runs);
    *count = jobs ? legs->jobs.count : 0;
    return jobs;
}
