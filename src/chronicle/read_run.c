/* Reading: all attempts of a run, with all that was found out about each. */
#include "base/array.h"
#include "base/limits.h"
#include "chronicle/chronicle.h"
#include "chronicle/copy.h"
#include "digest/url.h"

static ff_status take_attempt(void *self, const ff_history_known *known)
{
    ff_chronicle *chronicle = self;
    chronicle->full = chronicle->attempts.count >= FF_LIMIT_CHRONICLE_RUNS;
    if (chronicle->full)
        return FF_END;
    ff_chronicle_attempt *added = FF_ARRAY_PUSH(chronicle->arena, &chronicle->attempts);
    if (!added)
        return FF_NOMEM;
    added->known = *known;
    ff_copy_known(chronicle->arena, &added->known);
    const ff_history_run *run = &added->known.run;
    added->url = ff_url_run(chronicle->arena, run->host, run->repository, run->id, run->attempt);
    return FF_OK;
}

/* An attempt that is being completed. */
typedef struct completion {
    ff_arena *arena;
    ff_chronicle_attempt *attempt;
} completion;

static ff_status take_failure(void *self, const ff_history_failure *failure)
{
    completion *to = self;
    ff_history_failure *added = FF_ARRAY_PUSH(to->arena, &to->attempt->failures);
    if (!added)
        return FF_NOMEM;
    *added = *failure;
    ff_copy_failure(to->arena, added);
    return FF_OK;
}

static ff_status take_diagnosis(void *self, const ff_history_diagnosis *diagnosis)
{
    completion *to = self;
    ff_history_diagnosis *added = FF_ARRAY_PUSH(to->arena, &to->attempt->diagnoses);
    if (!added)
        return FF_NOMEM;
    *added = *diagnosis;
    ff_copy_diagnosis(to->arena, added);
    return FF_OK;
}

ff_status ff_chronicle_read_run(ff_chronicle *chronicle, ff_history *history, const ff_history_window *window,
                                uint64_t id, ff_error *error)
{
    chronicle->kind = FF_CHRONICLE_RUN;
    ff_status status = ff_history_attempts(history, window, id, take_attempt, chronicle, error);
    for (size_t i = 0; i < chronicle->attempts.count && status == FF_OK; i++) {
        completion to = {chronicle->arena, &chronicle->attempts.items[i]};
        const ff_history_run *run = &to.attempt->known.run;
        status = ff_history_failures_of(history, run, take_failure, &to, error);
        if (status == FF_OK)
            status = ff_history_diagnoses_of(history, run, take_diagnosis, &to, error);
    }
    if (status == FF_OK && !chronicle->attempts.count)
        status = FF_NOT_FOUND;
    return ff_copy_status(chronicle->arena, status, error);
}
