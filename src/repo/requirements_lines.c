#include "base/limits.h"
#include "repo/passage.h"
#include "repo/requirements.h"

/* Without its comment, which begins the line or stands behind a blank. */
static ff_slice without_comment(ff_slice line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] == '#' && (i == 0 || line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t'))
            return ff_slice_cut(line, i);
    return line;
}

/* The argument of one of an option's spellings: `-r base.txt`, `-rbase.txt`, `--requirement=base.txt`. */
static bool take_option(ff_slice line, const char *brief, const char *full, ff_slice *argument)
{
    if (!ff_slice_take_prefix(&line, ff_slice_of(full)) && !ff_slice_take_prefix(&line, ff_slice_of(brief)))
        return false;
    (void)ff_slice_take_prefix(&line, FF_LIT("="));
    *argument = ff_slice_trim(line);
    return true;
}

/* The path from the repository's root; empty if it leads out of it, or is a URL. */
static ff_slice resolve(const ff_requirements_file *file, ff_slice relative)
{
    ff_slice folder = file->folder;
    if (ff_slice_find(relative, FF_LIT("://")) != SIZE_MAX || relative.len > FF_LIMIT_NAME_BYTES)
        return (ff_slice){0};
    for (;;) {
        if (ff_slice_take_prefix(&relative, FF_LIT("../"))) {
            if (!folder.len)
                return (ff_slice){0};
            folder = ff_slice_before_last(folder, '/');
        } else if (!ff_slice_take_prefix(&relative, FF_LIT("./"))) {
            break;
        }
    }
    return ff_arena_printf(file->of->arena, "%.*s%s%.*s", FF_ARG(folder), folder.len ? "/" : "", FF_ARG(relative));
}

static void include(const ff_requirements_file *file, uint32_t line, ff_slice argument)
{
    ff_arena_mark mark = ff_arena_here(file->of->arena);
    const ff_tree_entry *entry = ff_tree_entry_of(file->of->repo->tree, resolve(file, argument));
    ff_arena_rewind(file->of->arena, mark);
    if (entry)
        ff_requirements_include(file, entry->path);
    else
        ff_requirements_open(file->of, "%.*s:%u includes a file that is not in the repository", FF_ARG(file->path),
                             (unsigned)line);
}

/* `git+https://…#egg=name`; a URL or a path without a name may be any package, but for the project itself. */
static void take_located(const ff_requirements_file *file, uint32_t line, ff_slice location)
{
    static const ff_slice egg = FF_TEXT("#egg=");
    size_t at = ff_slice_find(location, egg);
    if (at != SIZE_MAX) {
        ff_slice name = ff_slice_from(location, at + egg.len);
        name = ff_slice_cut(name, ff_slice_find_byte(name, '&'));
        ff_requirements_take_pair(file, line, ff_slice_cut(name, ff_slice_find_byte(name, '[')), FF_LIT("*"), location);
    } else if (!ff_slice_starts(location, FF_LIT("."))) {
        ff_requirements_open(file->of, "%.*s:%u requires a URL without a name", FF_ARG(file->path), (unsigned)line);
    }
}

static void take_line(const ff_requirements_file *file, uint32_t number, ff_slice line)
{
    ff_slice argument;
    size_t option = ff_slice_find(line, FF_LIT(" --"));
    if (take_option(line, "-r", "--requirement", &argument))
        include(file, number, argument);
    else if (take_option(line, "-e", "--editable", &argument))
        take_located(file, number, argument);
    else if (ff_slice_starts(line, FF_LIT("-")))
        return; /* an index, a hash, constraints: no requirement */
    else if (ff_slice_find(line, FF_LIT("://")) < ff_slice_find_byte(line, '@') || *line.ptr == '.' || *line.ptr == '/')
        take_located(file, number, line);
    else
        ff_requirements_take(file, number, ff_slice_trim(ff_slice_cut(line, option)));
}

/* A line that ends in a backslash goes on; what goes on there are hashes, so only its first part is looked at. */
void ff_requirements_read_lines(const ff_requirements_file *file)
{
    ff_passage passage = {.rest = file->text};
    ff_slice line;
    bool continued = false;
    while (ff_passage_next(&passage, &line)) {
        bool goes_on = ff_slice_ends(line, FF_LIT("\\"));
        line = ff_slice_trim(without_comment(goes_on ? ff_slice_cut(line, line.len - 1) : line));
        if (line.len && !continued)
            take_line(file, passage.line, line);
        continued = goes_on;
    }
}

/* ---- setup.cfg ---- */

/* https://setuptools.pypa.io/en/latest/userguide/declarative_config.html: requirements stand on indented lines below
 * their key, or behind it. */
void ff_requirements_read_cfg(const ff_requirements_file *file)
{
    ff_passage passage = {.rest = file->text};
    ff_slice line, section = {0};
    bool requires = false;
    while (ff_passage_next(&passage, &line)) {
        bool indented = line.len && (*line.ptr == ' ' || *line.ptr == '\t');
        ff_slice text = ff_slice_trim(without_comment(line));
        if (!text.len)
            continue;
        if (*line.ptr == '[') {
            section = text;
            requires = false;
        } else if (!indented) {
            size_t equals = ff_slice_find_byte(text, '=');
            ff_slice key = ff_slice_trim(ff_slice_cut(text, equals));
            requires = ff_slice_eq(section, FF_LIT("[options.extras_require]")) ||
                       (ff_slice_eq(section, FF_LIT("[options]")) && ff_slice_ends(key, FF_LIT("_require"))) ||
                       (ff_slice_eq(section, FF_LIT("[options]")) && ff_slice_eq(key, FF_LIT("install_requires")));
            text = equals == SIZE_MAX ? (ff_slice){0} : ff_slice_trim(ff_slice_from(text, equals + 1));
        }
        if (requires && text.len)
            ff_requirements_take(file, passage.line, text);
    }
}
