#include "repo/requirements.h"

#include "base/array.h"
#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>

typedef void (*read_fn)(const ff_requirements_file *file);

/* Locks come last: what a project asks for by name says more than what came of it. */
static const struct format {
    ff_slice glob;
    read_fn read;
    bool lock;
} FORMATS[] = {
    {FF_TEXT("**/*requirements*.txt"), ff_requirements_read_lines, false},
    {FF_TEXT("**/requirements/*.txt"), ff_requirements_read_lines, false},
    {FF_TEXT("**/*requirements*.in"), ff_requirements_read_lines, false},
    {FF_TEXT("**/requirements/*.in"), ff_requirements_read_lines, false},
    {FF_TEXT("**/pyproject.toml"), ff_requirements_read_toml, false},
    {FF_TEXT("**/Pipfile"), ff_requirements_read_toml, false},
    {FF_TEXT("**/setup.cfg"), ff_requirements_read_cfg, false},
    {FF_TEXT("**/setup.py"), ff_requirements_read_setup, false},
    {FF_TEXT("**/environment.yml"), ff_requirements_read_conda, false},
    {FF_TEXT("**/environment.yaml"), ff_requirements_read_conda, false},
    {FF_TEXT("**/poetry.lock"), ff_requirements_read_toml, true},
    {FF_TEXT("**/uv.lock"), ff_requirements_read_toml, true},
    {FF_TEXT("**/pdm.lock"), ff_requirements_read_toml, true},
};

/* ---- names ---- */

static bool is_separator(char c)
{
    return c == '-' || c == '_' || c == '.';
}

/* The next byte of a name as it is compared: lower case, one hyphen for each run of separators; 0 at its end. */
static char next_of(ff_slice *name)
{
    if (!name->len)
        return '\0';
    char c = *name->ptr;
    do
        *name = ff_slice_from(*name, 1);
    while (is_separator(c) && name->len && is_separator(*name->ptr));
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return is_separator(c) ? '-' : c;
}

bool ff_requirement_same(ff_slice a, ff_slice b)
{
    while (a.len || b.len)
        if (next_of(&a) != next_of(&b))
            return false;
    return true;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || is_separator(c);
}

/* Takes the name at the start of `text`, and its extras. */
static ff_slice take_name(ff_slice *text)
{
    size_t length = 0;
    while (length < text->len && is_name_byte(text->ptr[length]))
        length++;
    ff_slice name = ff_slice_cut(*text, length);
    *text = ff_slice_trim(ff_slice_from(*text, length));
    if (ff_slice_starts(*text, FF_LIT("[")) && ff_slice_find_byte(*text, ']') != SIZE_MAX)
        *text = ff_slice_trim(ff_slice_from(*text, ff_slice_find_byte(*text, ']') + 1));
    return name;
}

/* ---- what is found ---- */

static bool is_wanted(const ff_requirements *requirements, ff_slice name)
{
    for (size_t i = 0; name.len && i < requirements->wanted_count; i++)
        if (ff_requirement_same(name, requirements->wanted[i]))
            return true;
    return false;
}

static void push(const ff_requirements_file *file, const ff_requirement *found)
{
    ff_requirements *requirements = file->of;
    if (requirements->items.count == FF_REQUIREMENT_ITEMS)
        return;
    ff_requirement *kept = FF_ARRAY_PUSH(requirements->arena, &requirements->items);
    if (!kept)
        return;
    *kept = *found;
    kept->path = file->path;
    kept->locked = requirements->locks;
    kept->text = ff_arena_dup(requirements->arena, found->text);
    kept->version = ff_arena_dup(requirements->arena, found->version);
}

void ff_requirements_take(const ff_requirements_file *file, uint32_t line, ff_slice text)
{
    ff_slice rest = ff_slice_trim(text);
    ff_slice written = ff_slice_trim(ff_slice_cut(rest, ff_slice_find_byte(rest, ';')));
    rest = written;
    if (!is_wanted(file->of, take_name(&rest)))
        return;
    bool located = ff_slice_starts(rest, FF_LIT("@")); /* at a URL, of any version */
    push(file, &(ff_requirement){.line = line, .text = written, .version = located ? (ff_slice){0} : rest});
}

void ff_requirements_take_pair(const ff_requirements_file *file, uint32_t line, ff_slice name, ff_slice version,
                               ff_slice text)
{
    bool any = ff_slice_eq(version, FF_LIT("*"));
    if (is_wanted(file->of, name))
        push(file,
             &(ff_requirement){.line = line, .text = text, .version = any ? (ff_slice){0} : version, .exact = !any});
}

void ff_requirements_open(ff_requirements *requirements, const char *format, ...)
{
    char why[FF_LIMIT_PROBE_TEXT_BYTES];
    va_list args;
    if (!requirements->whole)
        return;
    va_start(args, format);
    (void)vsnprintf(why, sizeof why, format, args);
    va_end(args);
    requirements->whole = false;
    requirements->why = ff_arena_dup(requirements->arena, ff_slice_of(why));
}

/* ---- files ---- */

/* False if it was read, or is not to be; then also past the bound of files. */
static bool is_new(ff_requirements *requirements, ff_slice path)
{
    for (size_t i = 0; i < requirements->files.count; i++)
        if (ff_slice_eq(requirements->files.items[i], path))
            return false;
    if (requirements->files.count == FF_LIMIT_PROBE_FILES) {
        ff_requirements_open(requirements, "there are more files of requirements than are read");
        return false;
    }
    ff_slice *kept = FF_ARRAY_PUSH(requirements->arena, &requirements->files);
    if (kept)
        *kept = path;
    return kept;
}

static void read_file(ff_requirements *requirements, ff_slice path, read_fn read)
{
    ff_error reason = {0};
    ff_requirements_file file = {.of = requirements, .path = path, .folder = ff_slice_before_last(path, '/')};
    if (!is_new(requirements, path))
        return;
    ff_status status = ff_tree_read(requirements->repo->tree, path, &file.text, &reason);
    if (status == FF_NOMEM)
        requirements->arena->failed = true;
    else if (status != FF_OK)
        ff_requirements_open(requirements, "“%.*s” %s", FF_ARG(path), reason.text);
    else
        read(&file);
}

void ff_requirements_include(const ff_requirements_file *file, ff_slice path)
{
    read_file(file->of, path, ff_requirements_read_lines);
}

void ff_requirements_init(ff_requirements *requirements, ff_repo *repo, ff_arena *arena)
{
    *requirements = (ff_requirements){.repo = repo, .arena = arena, .whole = true};
}

void ff_requirements_want(ff_requirements *requirements, ff_slice name)
{
    if (name.len && requirements->wanted_count < FF_REQUIREMENT_NAMES)
        requirements->wanted[requirements->wanted_count++] = name;
}

/* Packages that somebody put into the repository have files of their own, which are not the project's. */
static bool is_foreign(ff_slice path)
{
    static const ff_slice folders[] = {FF_TEXT("node_modules/"), FF_TEXT("site-packages/"), FF_TEXT("vendor/")};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (ff_slice_find(path, folders[i]) != SIZE_MAX)
            return true;
    return false;
}

ff_status ff_requirements_read(ff_requirements *requirements)
{
    const ff_tree *tree = requirements->repo->tree;
    const ff_tree_entry *entry;
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        requirements->locks = FORMATS[i].lock;
        for (size_t at = 0; (entry = ff_tree_next(tree, FORMATS[i].glob, &at));)
            if (!is_foreign(entry->path))
                read_file(requirements, entry->path, FORMATS[i].read);
    }
    if (!tree->whole)
        ff_requirements_open(requirements, "%.*s", FF_ARG(tree->lacks));
    return requirements->arena->failed || requirements->repo->arena.failed ? FF_NOMEM : FF_OK;
}
