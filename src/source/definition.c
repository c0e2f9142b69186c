#include "source/definition.h"

#include "base/utf8.h"

enum { OWNER_MAX = 100, PATH_MAX_BYTES = 512 };

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

bool ff_definition_is_repository(ff_slice text)
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

static void fill(ff_run *run, ff_slice *field, ff_slice value)
{
    if (field->len == 0)
        *field = ff_arena_dup(run->arena, value);
}

void ff_definition_note(ff_run *run, ff_slice definition)
{
    static const ff_slice folder = FF_TEXT("/.github/workflows/");
    size_t at = ff_slice_find(definition, FF_LIT("@refs/"));
    ff_slice ref = at == SIZE_MAX ? (ff_slice){0} : ff_slice_from(definition, at + 1);
    ff_slice where = ff_slice_cut(definition, at);
    size_t path = ff_slice_find(where, folder);
    if (path == SIZE_MAX || !ff_definition_is_repository(ff_slice_cut(where, path)) ||
        !is_path(ff_slice_from(where, path + 1)))
        return;
    if (run->repository.len && !ff_slice_eq_nocase(run->repository, ff_slice_cut(where, path)))
        return;
    fill(run, &run->repository, ff_slice_cut(where, path));
    fill(run, &run->workflow_path, ff_slice_from(where, path + 1));
    if (ff_slice_take_prefix(&ref, FF_LIT("refs/heads/")) && is_path(ref))
        fill(run, &run->head_branch, ref);
}

/* The text of a line behind its time stamp, if that ends in `Z `. */
static ff_slice behind_stamp(ff_slice line)
{
    size_t at = ff_slice_find(line, FF_LIT("Z "));
    enum { STAMP_MAX = 40 };
    return at == SIZE_MAX || at > STAMP_MAX ? line : ff_slice_from(line, at + 2);
}

void ff_definition_note_system(ff_run *run, ff_slice text)
{
    ff_slice line, definition = {0};
    bool chain = false;
    while (ff_slice_take_until(&text, '\n', &line)) {
        line = behind_stamp(ff_slice_trim_end(line));
        if (chain) {
            /* The first of the chain is the run's workflow; its commit stands behind it in brackets. */
            definition = ff_slice_cut(line, ff_slice_find(line, FF_LIT(" (")));
            break;
        }
        if (ff_slice_take_prefix(&line, FF_LIT("Job defined at: ")))
            definition = line;
        chain = definition.len && ff_slice_eq(line, FF_LIT("Reusable workflow chain:"));
    }
    ff_definition_note(run, definition);
}
