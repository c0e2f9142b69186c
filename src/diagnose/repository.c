#include "diagnose/repository.h"

#include "base/keep.h"
#include "base/limits.h"

static const char NO_CHECKOUT[] = "no checkout was given (“--checkout DIR”)";
static const char LEFT_OUT[] = "a scan does not read the repositories of its runs";
static const char NOT_WANTED[] = "no rule had a question";
static const char NO_COMMIT[] = "the commit of the run is not known";
static const char BASE_RUNS[] = "the run took its files from the base branch, at a commit that is not known";
static const char NOT_READ[] = "GitHub did not show it";

static ff_status open_checkout(ff_repository *repository, ff_run *run, const char *folder, ff_error *error)
{
    ff_error reason = {0};
    ff_tree_wish wish = {.commit = run->head_sha, .repository = run->repository};
    ff_status status = ff_tree_open_checkout(&repository->tree, folder, &wish, &reason);
    if (status == FF_NOMEM)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    if (status != FF_OK)
        return ff_error_set(error, FF_MISUSE, "--checkout: %s", reason.text);
    repository->what = "the checkout";
    ff_slice remark = ff_text_keep(run->arena, repository->tree->remark, FF_LIMIT_KEPT_LINE_BYTES, &run->redactions);
    if (remark.len)
        ff_notes_add(&run->notes, false, "checkout-differs", "%.*s", FF_ARG(remark));
    return FF_OK;
}

/* Before all others, of which there may be more than are asked for. How it went is told by who reads it next. */
static ff_status read_own_workflow(ff_tree *tree, const ff_run *run)
{
    ff_slice bytes;
    return ff_tree_read(tree, run->workflow_path, &bytes, NULL) == FF_NOMEM ? FF_NOMEM : FF_OK;
}

/* A run whose repository cannot be seen is judged by its log, like one without a checkout. */
static ff_status open_hosted(ff_repository *repository, ff_run *run, const ff_github *github, const char **why_not,
                             ff_error *error)
{
    ff_error reason = {0};
    ff_tree_wish wish = {.commit = run->head_sha, .repository = run->repository};
    if (ff_slice_eq(run->event, FF_LIT("pull_request_target"))) {
        *why_not = BASE_RUNS;
        return FF_OK;
    }
    *why_not = run->head_sha.len ? NOT_READ : NO_COMMIT;
    ff_status status =
        run->head_sha.len ? ff_tree_open_hosted(&repository->tree, github, &wish, &reason) : FF_NOT_FOUND;
    if (status == FF_NOMEM)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    if (status != FF_OK && run->head_sha.len)
        ff_notes_add(&run->notes, false, "repository-unread", "The repository could not be read: %s.", reason.text);
    if (status != FF_OK)
        return FF_OK;
    repository->what = "GitHub";
    status = read_own_workflow(repository->tree, run);
    return status == FF_OK ? FF_OK : ff_error_set(error, status, "out of memory");
}

ff_status ff_repository_open(ff_repository *repository, ff_run *run, const ff_repository_ask *ask, ff_error *error)
{
    const char *why_not = ask->github && !ask->wanted ? NOT_WANTED : NO_CHECKOUT;
    ff_status status = FF_OK;
    if (ask->left_out)
        why_not = LEFT_OUT;
    if (ask->checkout)
        status = open_checkout(repository, run, ask->checkout, error);
    else if (ask->github && ask->wanted)
        status = open_hosted(repository, run, ask->github, &why_not, error);
    if (status != FF_OK)
        return status;
    ff_repo_facts facts = {.workflow_path = run->workflow_path, .why_not = why_not};
    status = ff_repo_open(&repository->repo, repository->tree, &facts);
    if (status == FF_OK && !repository->repo->tree)
        repository->what = NULL;
    return status == FF_OK ? FF_OK : ff_error_set(error, status, "out of memory");
}

void ff_repository_note(const ff_repository *repository, ff_run *run)
{
    const ff_tree *tree = repository->repo->tree;
    if (!tree)
        return;
    if (!tree->whole)
        ff_notes_add(&run->notes, false, "repository-incomplete", "Of the repository not all files are known: %.*s.",
                     FF_ARG(tree->lacks));
    ff_slice trouble = ff_text_keep(run->arena, tree->trouble, FF_LIMIT_KEPT_LINE_BYTES, &run->redactions);
    if (tree->unread == 1)
        ff_notes_add(&run->notes, false, "repository-incomplete", "A file of the repository %.*s.", FF_ARG(trouble));
    else if (tree->unread)
        ff_notes_add(&run->notes, false, "repository-incomplete",
                     "%u files of the repository were not read; the first one %.*s.", tree->unread, FF_ARG(trouble));
}

void ff_repository_close(ff_repository *repository)
{
    ff_repo_close(repository->repo);
    ff_tree_close(repository->tree);
    *repository = (ff_repository){0};
}
