#include "diagnose/opening.h"

/* Of `HOST/OWNER/REPO` what stands behind the host. */
static ff_slice repository_of(const char *given)
{
    ff_slice text = ff_slice_of(given), rest = text, host = {0};
    bool hosted = ff_slice_take_until(&rest, '/', &host) && ff_slice_find_byte(rest, '/') != SIZE_MAX;
    return hosted ? rest : text;
}

/* What the caller says of the run must not contradict what a kept one is: another run would be taken for this. */
static ff_status check_kept(const ff_run *run, const char *target, const ff_analysis_options *options, ff_error *error)
{
    uint32_t attempt = options->online ? options->online->attempt : 0;
    if (attempt && !run->known)
        return ff_error_set(error, FF_MISUSE, "%s: --attempt is for runs of GitHub; a log on disk is of one attempt",
                            target);
    if (attempt && run->attempt != attempt)
        return ff_error_set(error, FF_MISUSE, "%s: holds attempt %u of the run, not %u", target, run->attempt, attempt);
    if (options->repository && run->known && !ff_slice_eq_nocase(run->repository, repository_of(options->repository)))
        return ff_error_set(error, FF_MISUSE, "%s: holds a run of %.*s, and -R names %s", target,
                            FF_ARG(run->repository), options->repository);
    return FF_OK;
}

ff_status ff_opening_find(ff_source **source, ff_run *run, const char *target, const ff_analysis_options *options,
                          ff_error *error)
{
    if (options->online && ff_target_is_online(target)) {
        ff_source_online ask = {
            .target = target, .repository = options->repository, .online = options->online, .keep = options->keep};
        return ff_source_open_online(source, &ask, run, error);
    }
    if (options->keep)
        return ff_error_set(error, FF_MISUSE, "%s: names no run on a server, so there is nothing to keep", target);
    if (options->repository)
        run->repository = ff_run_keep_name(run, repository_of(options->repository));
    ff_status status = ff_source_open(source, target, run, error);
    return status == FF_OK ? check_kept(run, target, options, error) : status;
}
