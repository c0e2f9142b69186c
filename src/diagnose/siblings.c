#include "diagnose/siblings.h"

/* Where the parenthesis that opens at `at` closes, or SIZE_MAX. Values may hold parentheses. */
static size_t closing(ff_slice name, size_t at)
{
    size_t depth = 0;
    for (size_t i = at; i < name.len; i++) {
        depth += name.ptr[i] == '(';
        depth -= name.ptr[i] == ')';
        if (depth == 0)
            return i;
    }
    return SIZE_MAX;
}

/* Values stand at the end of the name, or of the part in front of a called workflow's job. */
static bool ends_part(ff_slice rest)
{
    return rest.len == 0 || ff_slice_starts(rest, FF_LIT(" / "));
}

static void take_values(ff_leg *leg, ff_slice text)
{
    while (text.len && leg->value_count < FF_LEG_VALUES) {
        size_t comma = ff_slice_find(text, FF_LIT(", "));
        leg->values[leg->value_count++] = ff_slice_trim(ff_slice_cut(text, comma));
        text = comma == SIZE_MAX ? (ff_slice){0} : ff_slice_from(text, comma + 2);
    }
    leg->cut = leg->cut || text.len > 0;
}

ff_leg ff_leg_of(ff_slice name)
{
    ff_leg leg = {.part_count = 0};
    for (size_t from = 0; leg.part_count + 1 < FF_LEG_PARTS;) {
        size_t at = ff_slice_find(ff_slice_from(name, from), FF_LIT(" ("));
        if (at == SIZE_MAX)
            break;
        size_t open = from + at + 1, close = closing(name, open);
        if (close == SIZE_MAX && ff_slice_ends(name, FF_LIT("..."))) {
            leg.cut = true;
            close = name.len;
        } else if (close == SIZE_MAX || !ends_part(ff_slice_from(name, close + 1))) {
            from = open;
            continue;
        }
        leg.parts[leg.part_count++] = ff_slice_cut(name, open - 1);
        take_values(&leg, ff_slice_from(ff_slice_cut(name, close), open + 1));
        name = ff_slice_from(name, close < name.len ? close + 1 : close);
        from = 0;
    }
    leg.parts[leg.part_count++] = name;
    return leg;
}

bool ff_leg_is_sibling(const ff_leg *one, const ff_leg *other)
{
    if (one->part_count != other->part_count)
        return false;
    for (uint32_t i = 0; i < one->part_count; i++)
        if (!ff_slice_eq(one->parts[i], other->parts[i]))
            return false;
    return true;
}

typedef enum ff_fate { FATE_OPEN, FATE_PASSED, FATE_FAILED } ff_fate;

static ff_fate fate_of(const ff_job *job)
{
    if (!job->conclusion_known)
        return FATE_OPEN;
    if (job->conclusion == FF_CONCLUSION_SUCCESS)
        return FATE_PASSED;
    return job->conclusion == FF_CONCLUSION_FAILURE || job->conclusion == FF_CONCLUSION_TIMED_OUT ? FATE_FAILED
                                                                                                  : FATE_OPEN;
}

/* All jobs of the run taken apart, and the one whose siblings are looked at. */
typedef struct ff_matrix {
    const ff_run *run;
    const ff_leg *legs; /* one a job */
    const ff_leg *leg;
    uint32_t passed, failed, open;
} ff_matrix;

static bool is_in(const ff_matrix *matrix, uint32_t job)
{
    return matrix->legs[job].value_count && ff_leg_is_sibling(matrix->leg, &matrix->legs[job]);
}

static void count(ff_matrix *matrix)
{
    for (uint32_t job = 0; job < matrix->run->jobs.count; job++) {
        if (!is_in(matrix, job))
            continue;
        switch (fate_of(ff_run_job(matrix->run, job))) {
        case FATE_PASSED: matrix->passed++; break;
        case FATE_FAILED: matrix->failed++; break;
        case FATE_OPEN: matrix->open++; break;
        }
    }
}

/* True if all that failed have the value at `place` that this one has, and none that passed has it. */
static bool is_shared(const ff_matrix *matrix, uint32_t place)
{
    for (uint32_t job = 0; job < matrix->run->jobs.count; job++) {
        const ff_leg *other = &matrix->legs[job];
        ff_fate fate = is_in(matrix, job) ? fate_of(ff_run_job(matrix->run, job)) : FATE_OPEN;
        if (fate == FATE_OPEN)
            continue;
        if (other->cut || other->value_count != matrix->leg->value_count)
            return false;
        if (ff_slice_eq(other->values[place], matrix->leg->values[place]) != (fate == FATE_FAILED))
            return false;
    }
    return true;
}

/* `test (…)`: the name that the jobs share. */
static void say_base(ff_observer *observer, const ff_leg *leg)
{
    ff_buf name;
    ff_buf_init(&name, observer->said.max);
    for (uint32_t i = 0; i < leg->part_count; i++) {
        ff_buf_add(&name, i ? FF_LIT(" (…)") : FF_LIT(""));
        ff_buf_add(&name, leg->parts[i]);
    }
    ff_observer_name(observer, ff_buf_slice(&name));
    ff_buf_inherit(&observer->said, &name);
    ff_buf_release(&name);
}

static void say_open(ff_observer *observer, const ff_matrix *matrix)
{
    if (matrix->open)
        ff_buf_printf(&observer->said, "; %u more ended otherwise or not yet, and %s neither way", matrix->open,
                      matrix->open == 1 ? "counts" : "count");
}

static ff_status tell_count(ff_observer *observer, const ff_matrix *matrix, uint32_t job)
{
    uint32_t ended = matrix->passed + matrix->failed;
    const char *code = matrix->passed == 0 ? "all-legs" : matrix->failed == 1 ? "one-leg" : "some-legs";
    ff_buf *said = &observer->said;
    if (matrix->passed == 0) {
        ff_buf_printf(said, "All %u jobs ", ended);
        say_base(observer, matrix->leg);
        ff_buf_add(said, FF_LIT(" failed"));
    } else if (matrix->failed == 1) {
        ff_observer_name(observer, ff_run_job(matrix->run, job)->name);
        ff_buf_printf(said, " fails on one leg only: 1 of %u jobs ", ended);
        say_base(observer, matrix->leg);
        ff_buf_printf(said, " failed, the %s passed", matrix->passed == 1 ? "other one" : "others");
    } else {
        ff_buf_printf(said, "%u of %u jobs ", matrix->failed, ended);
        say_base(observer, matrix->leg);
        ff_buf_printf(said, " failed, the %s passed", matrix->passed == 1 ? "other one" : "others");
    }
    say_open(observer, matrix);
    return ff_observer_tell(observer, code, matrix->failed == 1 ? job : FF_NO_INDEX, FF_NO_INDEX);
}

static ff_status tell_shared(ff_observer *observer, const ff_matrix *matrix)
{
    ff_status status = FF_OK;
    for (uint32_t i = 0; i < matrix->leg->value_count && status == FF_OK; i++) {
        if (matrix->leg->values[i].len == 0 || !is_shared(matrix, i))
            continue;
        ff_buf_add(&observer->said, FF_LIT("Only legs with "));
        ff_observer_name(observer, matrix->leg->values[i]);
        ff_buf_add(&observer->said, FF_LIT(" failed, and all of them did: jobs "));
        say_base(observer, matrix->leg);
        status = ff_observer_tell(observer, "shared-value", FF_NO_INDEX, FF_NO_INDEX);
    }
    return status;
}

static ff_status tell_matrix(ff_observer *observer, ff_matrix *matrix, uint32_t job)
{
    count(matrix);
    if (matrix->failed + matrix->passed < 2)
        return FF_OK;
    ff_status status = FF_OK;
    /* Of a single value, and of a single failed leg, the count says it already. */
    if (matrix->failed > 1 && matrix->passed && matrix->leg->value_count > 1 && !matrix->leg->cut)
        status = tell_shared(observer, matrix);
    return status == FF_OK ? tell_count(observer, matrix, job) : status;
}

ff_status ff_siblings_observe(ff_observer *observer)
{
    const ff_case *c = observer->c;
    size_t jobs = c->run->jobs.count;
    if (!c->run->known || c->run->jobs_missing) /* the legs that are not known could be any */
        return FF_OK;
    ff_leg *legs = ff_arena_array(c->run->arena, jobs, sizeof *legs);
    bool *told = ff_arena_array(c->run->arena, jobs, sizeof *told);
    ff_status status = legs && told ? FF_OK : FF_NOMEM;
    for (size_t i = 0; i < jobs && status == FF_OK; i++)
        legs[i] = ff_leg_of(c->run->jobs.items[i].name);
    for (size_t i = 0; i < c->failures.count && status == FF_OK; i++) {
        uint32_t job = c->failures.items[i].job;
        if (job == FF_NO_INDEX || told[job] || legs[job].value_count == 0 ||
            fate_of(ff_run_job(c->run, job)) != FATE_FAILED)
            continue;
        ff_matrix matrix = {.run = c->run, .legs = legs, .leg = &legs[job]};
        for (uint32_t other = 0; other < jobs; other++)
            told[other] = told[other] || is_in(&matrix, other);
        status = tell_matrix(observer, &matrix, job);
    }
    return status;
}
