#include "log/facts.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "source/definition.h"
#include "source/names.h"

enum { COMMIT_DIGITS = 40 };

static bool is_commit(ff_slice text)
{
    if (text.len != COMMIT_DIGITS)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!((text.ptr[i] >= '0' && text.ptr[i] <= '9') || (text.ptr[i] >= 'a' && text.ptr[i] <= 'f')))
            return false;
    return true;
}

static void fill(ff_run *run, ff_slice *field, ff_slice value)
{
    if (field->len == 0)
        *field = ff_arena_dup(run->arena, value);
}

static void note_job_name(ff_run *run, const ff_line *line, ff_slice name)
{
    ff_job *job = ff_run_job(run, line->job);
    bool fits = job->archive_name.len ? ff_entry_name_fits(job->archive_name, name) : job->name.len == 0;
    if (fits && name.len)
        job->name = ff_run_keep_name(run, name);
}

static void note_definition(ff_run *run, const ff_line *line, ff_slice rest)
{
    (void)line;
    ff_definition_note(run, rest);
}

static const struct statement {
    ff_slice start;
    void (*note)(ff_run *run, const ff_line *line, ff_slice rest);
} STATEMENTS[] = {
    {FF_TEXT("Complete job name: "), note_job_name},
    {FF_TEXT("Job defined at: "), note_definition},
};

static void note_checkout(ff_facts *facts, ff_run *run, const ff_line *line, ff_slice repository)
{
    if (facts->checkout || !ff_definition_is_repository(repository))
        return;
    fill(run, &run->repository, repository);
    facts->checkout = true;
    facts->job = line->job;
    facts->step = line->step;
    facts->ours = ff_slice_eq_nocase(run->repository, repository);
}

/* The commands of actions/checkout: what is fetched and checked out, and the question for the commit. */
static void look_at_command(ff_facts *facts, ff_slice text)
{
    if (ff_slice_find(text, FF_LIT("refs/remotes/pull/")) != SIZE_MAX)
        facts->merge = true;
    facts->commit_follows = ff_slice_find(text, FF_LIT("git log -1 --format=")) != SIZE_MAX;
}

static void look_at_checkout(ff_facts *facts, ff_run *run, const ff_line *line)
{
    if (line->kind == FF_LINE_COMMAND) {
        look_at_command(facts, line->text);
        return;
    }
    if (!facts->commit_follows)
        return;
    facts->commit_follows = false;
    ff_slice commit = ff_slice_trim(line->text);
    if (ff_slice_take_prefix(&commit, FF_LIT("'")) && commit.len)
        commit.len--;
    if (!facts->merge && is_commit(commit))
        fill(run, &run->head_sha, commit);
}

void ff_facts_line(ff_facts *facts, ff_run *run, const ff_line *line)
{
    if (line->kind == FF_LINE_RUNNER) {
        for (size_t i = 0; i < sizeof STATEMENTS / sizeof *STATEMENTS; i++) {
            ff_slice rest = line->text;
            if (ff_slice_take_prefix(&rest, STATEMENTS[i].start))
                STATEMENTS[i].note(run, line, ff_slice_trim_end(rest));
        }
        return;
    }
    ff_slice rest = line->text;
    if (line->kind == FF_LINE_OUTPUT && ff_slice_take_prefix(&rest, FF_LIT("Syncing repository: ")))
        note_checkout(facts, run, line, ff_slice_trim_end(rest));
    else if (facts->ours && facts->step == line->step && facts->job == line->job)
        look_at_checkout(facts, run, line);
}
