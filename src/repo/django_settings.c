#include "base/array.h"
#include "base/limits.h"
#include "python/python_module.h"
#include "repo/django.h"

enum {
    APP_BYTES = 200,     /* of an app's name; a longer one is none */
    COMMENT_BYTES = 400, /* of a comment; what is longer is not looked at */
    SCANS_MAX = 64,      /* apps whose folder is looked for in the whole tree */
};

static const ff_slice INSTALLED = FF_TEXT("INSTALLED_APPS");

/* Settings while they are read. */
typedef struct draft {
    ff_repo *repo;
    ff_django_settings *settings;
    ff_python *python;
    const ff_python_module *module;
    int scans;
} draft;

/* ---- names ---- */

static bool is_module_name(ff_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
        if (!letter && !(c >= '0' && c <= '9') && c != '.')
            return false;
    }
    return text.len && text.len <= APP_BYTES && text.ptr[0] != '.' && text.ptr[text.len - 1] != '.';
}

/* The last component of a dotted name. */
static ff_slice last_of(ff_slice name)
{
    return ff_slice_behind_last(name, '.');
}

/* Django takes an app's package or its configuration class, which by custom stands in `apps`. */
static ff_slice package_of(ff_slice entry)
{
    static const char *const modules[] = {"apps", "app", "config", "conf"};
    ff_slice last = last_of(entry);
    if (last.len == entry.len || !last.len || *last.ptr < 'A' || *last.ptr > 'Z')
        return entry;
    ff_slice module = ff_slice_cut(entry, entry.len - last.len - 1);
    last = last_of(module);
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        if (last.len < module.len && ff_slice_eq(last, ff_slice_of(modules[i])))
            return ff_slice_cut(module, module.len - last.len - 1);
    return module;
}

/* ---- folders ---- */

/* The folder of a package that is reached through an entry of Python's path of its own, wherever it stands. */
static ff_slice scan_for(const ff_tree *tree, ff_slice relative, ff_arena *arena)
{
    ff_slice tail = ff_arena_printf(arena, "/%.*s/__init__.py", FF_ARG(relative));
    for (size_t i = 0; tail.len && i < tree->entries.count; i++) {
        ff_slice path = tree->entries.items[i].path;
        if (ff_slice_ends(path, tail))
            return ff_slice_cut(path, path.len - (sizeof "/__init__.py" - 1));
    }
    return (ff_slice){0};
}

/* The folder of the package below the settings' root, or empty. */
static ff_slice folder_of(const draft *d, ff_slice name)
{
    ff_arena *arena = &d->repo->arena;
    ff_arena_mark mark = ff_arena_here(arena);
    ff_slice path = ff_python_path(arena, d->settings->root, name);
    ff_slice folder = ff_arena_printf(arena, "%.*s/", FF_ARG(path));
    if (folder.len && ff_tree_has_folder(d->repo->tree, folder))
        return path;
    ff_arena_rewind(arena, mark);
    return (ff_slice){0};
}

static void place_app(draft *d, ff_django_app *app)
{
    app->folder = folder_of(d, app->entry);
    if (!app->folder.len) {
        app->name = package_of(app->entry);
        app->folder = folder_of(d, app->name);
    }
    if (!app->folder.len && !app->known && d->scans++ < SCANS_MAX)
        app->folder =
            scan_for(d->repo->tree, ff_python_path(&d->repo->arena, (ff_slice){0}, app->name), &d->repo->arena);
    app->here = app->folder.len > 0;
}

/* ---- apps and what is none ---- */

static void take_app(draft *d, const ff_python_item *item)
{
    ff_arena *arena = &d->repo->arena;
    if (!is_module_name(item->text))
        return;
    ff_django_app *app = FF_ARRAY_PUSH(arena, &d->settings->apps);
    if (!app)
        return;
    app->entry = app->name = ff_arena_dup(arena, item->text);
    app->path = ff_arena_dup(arena, item->path);
    app->line = item->line;
    app->perhaps = item->perhaps;
    app->known = ff_known_app_of(app->entry);
    app->known = app->known ? app->known : ff_known_app_of(package_of(app->entry));
    place_app(d, app);
}

static void take_aside(draft *d, ff_slice list, const ff_python_item *item)
{
    ff_arena *arena = &d->repo->arena;
    if (!is_module_name(item->text) || d->settings->asides.count == FF_LIMIT_PYTHON_ITEMS)
        return;
    ff_django_aside *aside = FF_ARRAY_PUSH(arena, &d->settings->asides);
    if (aside)
        *aside = (ff_django_aside){package_of(ff_arena_dup(arena, item->text)), list, ff_arena_dup(arena, item->path),
                                   item->line};
}

/* `# "django_tenants",`: quoted texts of a comment that begins like code, not like prose. */
static void take_comment(draft *d, const ff_python_module *module, const ff_python_comment *comment)
{
    ff_slice rest = ff_slice_cut(comment->text, COMMENT_BYTES);
    while (ff_slice_take_prefix(&rest, FF_LIT("#")))
        rest = ff_slice_trim(rest);
    if (!rest.len || !(*rest.ptr == '"' || *rest.ptr == '\'' || ff_slice_starts(rest, INSTALLED)))
        return;
    for (size_t from;
         (from = ff_slice_find_byte(rest, '"')) != SIZE_MAX || (from = ff_slice_find_byte(rest, '\'')) != SIZE_MAX;) {
        char quote = rest.ptr[from];
        rest = ff_slice_from(rest, from + 1);
        size_t length = ff_slice_find_byte(rest, quote);
        if (length == SIZE_MAX)
            return;
        ff_python_item item = {ff_slice_cut(rest, length), module->path, comment->line, false};
        take_aside(d, (ff_slice){0}, &item);
        rest = ff_slice_from(rest, length + 1);
    }
}

/* Lists of apps that stand beside INSTALLED_APPS, such as SHARED_APPS. Whether they went into it is another matter. */
static void take_list(draft *d, const ff_python_binding *binding)
{
    if (binding->value.sort != FF_VALUE_LIST || ff_slice_eq(binding->name, INSTALLED) ||
        ff_slice_find(binding->name, FF_LIT("APPS")) == SIZE_MAX || binding->name.len > APP_BYTES)
        return;
    ff_slice list = ff_arena_dup(&d->repo->arena, binding->name);
    for (size_t i = 0; i < binding->value.items.count; i++)
        take_aside(d, list, &binding->value.items.items[i]);
}

static void take_part(draft *d, const ff_python_module *module)
{
    ff_slice *part = FF_ARRAY_PUSH(&d->repo->arena, &d->settings->parts);
    if (part)
        *part = ff_arena_dup(&d->repo->arena, module->path);
    for (size_t i = 0; i < module->source.comment_count; i++)
        take_comment(d, module, &module->source.comments[i]);
}

static void take_all(draft *d)
{
    ff_django_settings *settings = d->settings;
    ff_python_value installed = ff_python_get(d->module, INSTALLED);
    settings->defined = installed.sort == FF_VALUE_LIST || d->module->scope.open.words ||
                        ff_python_scope_find(&d->module->scope, INSTALLED);
    settings->whole = installed.sort == FF_VALUE_LIST && !installed.open;
    if (!settings->whole)
        settings->why = ff_python_why_say(&installed.why, &d->repo->arena);
    for (size_t i = 0; i < installed.items.count; i++)
        take_app(d, &installed.items.items[i]);
    for (size_t i = 0; i < d->python->modules.count; i++)
        take_part(d, d->python->modules.items[i]);
    for (size_t i = 0; i < d->module->scope.count; i++)
        take_list(d, d->module->scope.items[i]);
}

static ff_django *django_of(ff_repo *repo)
{
    if (!repo->django)
        repo->django = ff_arena_alloc(&repo->arena, sizeof *repo->django);
    return repo->django;
}

ff_status ff_django_read(ff_repo *repo, ff_slice path, ff_slice root, const ff_django_settings **settings)
{
    ff_django *django = django_of(repo);
    for (size_t i = 0; django && i < django->settings.count; i++)
        if (ff_slice_eq(django->settings.items[i]->path, path)) {
            *settings = django->settings.items[i];
            return FF_OK;
        }
    ff_django_settings *made = django ? ff_arena_alloc(&repo->arena, sizeof *made) : NULL;
    if (!made || !ff_array_room(&repo->arena, &django->settings.items, django->settings.count, &django->settings.cap,
                                sizeof *django->settings.items))
        return FF_NOMEM;
    *made = (ff_django_settings){.path = path, .root = root};
    django->settings.items[django->settings.count++] = made;
    ff_arena arena; /* of the modules, which are of no use afterwards */
    ff_python python;
    ff_arena_init(&arena, 0);
    ff_python_init(&python, repo->tree, &arena);
    draft d = {.repo = repo, .settings = made, .python = &python, .module = ff_python_load(&python, path, root)};
    if (d.module)
        take_all(&d);
    *settings = made;
    ff_status status = arena.failed || repo->arena.failed ? FF_NOMEM : FF_OK;
    ff_arena_release(&arena);
    return status;
}
