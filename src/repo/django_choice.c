#include "base/array.h"
#include "base/limits.h"
#include "python/python_module.h"
#include "repo/django.h"
#include "repo/scene.h"

/* Names of settings modules that a script can mention. */
enum { NAMED_MAX = 8, NAME_BYTES = 200 };

static const ff_slice VARIABLE = FF_TEXT("DJANGO_SETTINGS_MODULE");

typedef struct names {
    ff_slice items[NAMED_MAX];
    size_t count;
} names;

/* Settings while they are chosen. */
typedef struct draft {
    ff_repo *repo;
    ff_django_choice *choice;
    ff_status status;
} draft;

/* ---- names of modules ---- */

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* The dotted name at the start of `text`, which may stand in quotes; empty for `${{ … }}`, `$X` and the like. */
static ff_slice name_at(ff_slice text)
{
    size_t length = 0;
    if (text.len && (*text.ptr == '"' || *text.ptr == '\''))
        text = ff_slice_from(text, 1);
    while (length < text.len && length < NAME_BYTES && is_name_byte(text.ptr[length]))
        length++;
    return ff_slice_cut(text, length);
}

static void add_name(names *found, ff_slice name)
{
    for (size_t i = 0; i < found->count; i++)
        if (ff_slice_eq(found->items[i], name))
            return;
    if (name.len && found->count < NAMED_MAX)
        found->items[found->count++] = name;
}

/* What a script hands to Django, wherever it does. */
static void find_names(ff_slice script, names *found)
{
    static const ff_slice marks[] = {FF_TEXT("DJANGO_SETTINGS_MODULE="), FF_TEXT("--settings="),
                                     FF_TEXT("--settings ")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        for (ff_slice rest = script; ff_slice_find(rest, marks[i]) != SIZE_MAX;) {
            rest = ff_slice_from(rest, ff_slice_find(rest, marks[i]) + marks[i].len);
            add_name(found, name_at(rest));
        }
}

static void find_in_environment(const ff_workflow_pairs *pairs, names *found)
{
    for (size_t i = 0; i < pairs->count && !found->count; i++)
        if (ff_slice_eq(pairs->items[i].name, VARIABLE))
            add_name(found, name_at(ff_slice_trim(pairs->items[i].value)));
}

/* The nearest says it: the command, the step, the job, the workflow. */
static void find_in_scene(const ff_repo *repo, const ff_probe_scene *scene, names *found)
{
    ff_workflow_site site;
    if (!scene)
        return;
    ff_scene_locate(repo, scene, &site);
    find_names(scene->script, found);
    if (!found->count && site.step) {
        find_names(site.step->run.text, found);
        find_in_environment(&site.step->env, found);
    }
    if (!found->count && site.job)
        find_in_environment(&site.job->env, found);
    if (!found->count && site.file)
        find_in_environment(&site.file->model.env, found);
}

/* ---- files ---- */

static ff_slice folder_of(ff_slice path)
{
    return ff_slice_before_last(path, '/');
}

static ff_slice base_of(ff_slice path)
{
    return ff_slice_behind_last(path, '/');
}

static void add_file(draft *d, ff_slice path, ff_slice root)
{
    const ff_django_settings *settings = NULL;
    ff_django_choice *choice = d->choice;
    for (size_t i = 0; i < choice->count; i++)
        if (ff_slice_eq(choice->items[i]->path, path))
            return;
    choice->more = choice->more || choice->count == FF_LIMIT_SETTINGS;
    if (choice->more || d->status != FF_OK)
        return;
    d->status = ff_django_read(d->repo, path, root, &settings);
    if (d->status == FF_OK && settings->defined)
        choice->items[choice->count++] = settings;
}

/* Every file in the repository that could be the module, if Python's path led there. */
static bool add_anywhere(draft *d, ff_slice name)
{
    ff_arena *arena = &d->repo->arena;
    const ff_tree *tree = d->repo->tree;
    ff_slice relative = ff_python_path(arena, (ff_slice){0}, name);
    ff_slice tails[] = {ff_arena_printf(arena, "%.*s.py", FF_ARG(relative)),
                        ff_arena_printf(arena, "%.*s/__init__.py", FF_ARG(relative))};
    bool found = false;
    for (size_t i = 0; i < tree->entries.count && !arena->failed; i++)
        for (size_t t = 0; t < 2; t++) {
            ff_slice path = tree->entries.items[i].path;
            size_t root = path.len - tails[t].len;
            if (!ff_slice_ends(path, tails[t]) || (root && path.ptr[root - 1] != '/'))
                continue;
            add_file(d, path, ff_slice_cut(path, root ? root - 1 : 0));
            found = true;
        }
    return found;
}

/* `root/name.py` of each root that has it, since nothing says which of them is meant; else wherever it is. */
static bool add_module(draft *d, ff_slice name, const ff_slice *roots, size_t count)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        ff_slice path = ff_python_file(d->repo->tree, roots[i], name, &d->repo->arena);
        if (path.len)
            add_file(d, path, roots[i]);
        found = found || path.len;
    }
    return found || add_anywhere(d, name);
}

/* `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")`, or an assignment to it. */
static ff_slice default_of(ff_slice text)
{
    for (size_t at; (at = ff_slice_find(text, VARIABLE)) != SIZE_MAX;) {
        text = ff_slice_from(text, at + VARIABLE.len + 1);
        ff_slice rest = text;
        while (rest.len && strchr(" \t\r\n,]=(", *rest.ptr))
            rest = ff_slice_from(rest, 1);
        ff_slice name = rest.len && (*rest.ptr == '"' || *rest.ptr == '\'') ? name_at(rest) : (ff_slice){0};
        if (name.len)
            return name;
    }
    return (ff_slice){0};
}

/* Modules beside the one at `path`: all of a folder `settings`, else those whose name has `settings` in it. */
static void add_siblings(draft *d, ff_slice path, ff_slice root)
{
    ff_slice folder = folder_of(path);
    bool all = ff_slice_eq(base_of(folder), FF_LIT("settings"));
    const ff_tree *tree = d->repo->tree;
    for (size_t i = 0; i < tree->entries.count; i++) {
        ff_slice entry = tree->entries.items[i].path;
        if (!ff_slice_starts(entry, folder))
            continue;
        ff_slice base = base_of(entry);
        if (ff_slice_eq(folder_of(entry), folder) && ff_slice_ends(base, FF_LIT(".py")) &&
            (all || ff_slice_find(base, FF_LIT("settings")) != SIZE_MAX))
            add_file(d, entry, root);
    }
}

/* A module that another one of the choice imports is a part of it, and not used alone; the one of manage.py is. */
static void drop_parts(ff_django_choice *choice, const ff_django_settings *kept)
{
    size_t count = 0;
    for (size_t i = 0; i < choice->count; i++) {
        bool part = false;
        for (size_t j = 0; j < choice->count; j++)
            for (size_t p = 0; j != i && p < choice->items[j]->parts.count; p++)
                part = part || ff_slice_eq(choice->items[j]->parts.items[p], choice->items[i]->path);
        if (!part || choice->items[i] == kept)
            choice->items[count++] = choice->items[i];
    }
    choice->count = count ? count : choice->count;
}

/* ---- projects ---- */

/* The folder that a step works in, as its workflow says; empty: the repository's own, or not known. */
static ff_slice working_directory(const ff_repo *repo, const ff_probe_scene *scene)
{
    ff_workflow_site site;
    ff_scene_locate(repo, scene, &site);
    ff_slice folder = ff_workflow_folder_of(&site);
    (void)ff_slice_take_prefix(&folder, FF_LIT("./"));
    return ff_slice_ends(folder, FF_LIT("/")) ? ff_slice_cut(folder, folder.len - 1) : folder;
}

/* The one project that the step works in stands for all. */
static size_t narrow(ff_slice *roots, ff_slice *manages, size_t count, ff_slice folder)
{
    for (size_t i = 0; i < count && folder.len; i++)
        if (ff_slice_eq(roots[i], folder)) {
            roots[0] = roots[i];
            manages[0] = manages[i];
            return 1;
        }
    return count;
}

/* The folders of all files manage.py. */
static size_t find_roots(const draft *d, ff_slice *roots, ff_slice *manages, size_t max)
{
    size_t at = 0, count = 0;
    const ff_tree_entry *entry;
    while (count < max && (entry = ff_tree_next(d->repo->tree, FF_LIT("**/manage.py"), &at))) {
        roots[count] = folder_of(entry->path);
        manages[count++] = entry->path;
    }
    return count;
}

/* Those that manage.py names, and what stands beside them. */
static void add_defaults(draft *d, const ff_slice *roots, const ff_slice *manages, size_t count)
{
    for (size_t i = 0; i < count && d->status == FF_OK; i++) {
        ff_slice text = {0};
        ff_status status = ff_tree_read(d->repo->tree, manages[i], &text, NULL);
        d->status = status == FF_NOMEM ? status : d->status;
        ff_slice name = status == FF_OK ? default_of(text) : (ff_slice){0};
        if (name.len)
            (void)add_module(d, name, &roots[i], 1);
    }
}

static void add_found(draft *d)
{
    static const ff_slice globs[] = {FF_TEXT("**/settings.py"), FF_TEXT("**/settings/*.py")};
    const ff_tree_entry *entry;
    for (size_t i = 0; i < sizeof globs / sizeof *globs; i++)
        for (size_t at = 0; (entry = ff_tree_next(d->repo->tree, globs[i], &at));) {
            ff_slice folder = folder_of(entry->path);
            add_file(d, entry->path, folder_of(i ? folder_of(folder) : folder));
        }
}

static void choose_unnamed(draft *d, const ff_slice *roots, const ff_slice *manages, size_t count)
{
    ff_django_choice *choice = d->choice;
    add_defaults(d, roots, manages, count);
    const ff_django_settings *first = choice->count ? choice->items[0] : NULL;
    for (size_t i = 0, defaults = choice->count; i < defaults; i++)
        add_siblings(d, choice->items[i]->path, choice->items[i]->root);
    if (!choice->count)
        add_found(d);
    drop_parts(choice, first);
    if (!choice->count)
        choice->why_not = count ? FF_LIT("no settings of Django were found that install apps")
                                : FF_LIT("the repository has no manage.py and no settings of Django");
}

static ff_slice why_not_there(draft *d, ff_slice name)
{
    return ff_arena_printf(&d->repo->arena, "the settings “%.*s” are not in the repository", FF_ARG(name));
}

ff_status ff_django_choose(ff_repo *repo, const ff_probe_question *question, ff_django_choice *choice)
{
    enum { ROOTS_MAX = 16 };
    ff_slice roots[ROOTS_MAX], manages[ROOTS_MAX];
    draft d = {.repo = repo, .choice = choice};
    names named = {.count = 0};
    *choice = (ff_django_choice){.count = 0};
    size_t count = find_roots(&d, roots, manages, ROOTS_MAX);
    count = narrow(roots, manages, count, working_directory(repo, question->scene));
    add_name(&named, ff_probe_param_of(question, "settings"));
    if (!named.count)
        find_in_scene(repo, question->scene, &named);
    for (size_t i = 0; i < named.count && d.status == FF_OK; i++)
        if (!add_module(&d, named.items[i], roots, count))
            choice->why_not = why_not_there(&d, named.items[i]);
    if (choice->why_not.len)
        choice->count = 0; /* half of what the step runs with proves nothing */
    else if (!named.count)
        choose_unnamed(&d, roots, manages, count);
    else if (!choice->count)
        choice->why_not = FF_LIT("the settings that are named install no apps");
    return d.status == FF_OK && repo->arena.failed ? FF_NOMEM : d.status;
}
