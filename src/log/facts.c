#include "log/facts.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "log/keep.h"
#include "source/names.h"

enum { COMMIT_DIGITS = 40, OWNER_MAX = 100, PATH_MAX_BYTES = 512 };

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

static bool is_name(ff_slice text)
{
    if (text.len == 0 || text.len > OWNER_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_name_byte(text.ptr[i]))
            return false;
    return !ff_slice_eq(text, FF_LIT(".")) && !ff_slice_eq(text, FF_LIT(".."));
}

static bool is_repository(ff_slice text)
{
    size_t slash = ff_slice_find_byte(text, '/');
    return slash != SIZE_MAX && is_name(ff_slice_cut(text, slash)) && is_name(ff_slice_from(text, slash + 1));
}

/* Workflow paths and branch names: printable, without what git forbids in references or a shell could mind. */
static bool is_path(ff_slice text)
{
    if (text.len == 0 || text.len > PATH_MAX_BYTES || !ff_utf8_valid(text))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] <= ' ' || text.ptr[i] == 0x7F || strchr("~^:?*[\\\"'`<>|", text.ptr[i]))
            return false;
    return ff_slice_find(text, FF_LIT("..")) == SIZE_MAX;
}

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
        job->name = ff_text_keep(run->arena, name, FF_LIMIT_NAME_BYTES, &run->redactions);
}

/* `owner/repository/.github/workflows/ci.yml@refs/heads/main` */
static void note_definition(ff_run *run, const ff_line *line, ff_slice rest)
{
    static const ff_slice folder = FF_TEXT("/.github/workflows/");
    (void)line;
    size_t at = ff_slice_find(rest, FF_LIT("@refs/"));
    ff_slice ref = at == SIZE_MAX ? (ff_slice){0} : ff_slice_from(rest, at + 1), where = ff_slice_cut(rest, at);
    size_t path = ff_slice_find(where, folder);
    if (path == SIZE_MAX || !is_repository(ff_slice_cut(where, path)) || !is_path(ff_slice_from(where, path + 1)))
        return;
    if (run->repository.len && !ff_slice_eq_nocase(run->repository, ff_slice_cut(where, path)))
        return;
    fill(run, &run->repository, ff_slice_cut(where, path));
    fill(run, &run->workflow_path, ff_slice_from(where, path + 1));
    if (ff_slice_take_prefix(&ref, FF_LIT("refs/heads/")) && is_path(ref))
        fill(run, &run->head_branch, ref);
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
    if (facts->checkout || !is_repository(repository))
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
