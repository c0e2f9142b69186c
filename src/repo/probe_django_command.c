#include "base/buf.h"
#include "base/limits.h"
#include "repo/django.h"

#include <stdio.h>

enum { NAME_BYTES = 100, OWNERS_SHOWN = 4 };

/* A file of a management command in the repository, and the folder of the app that it belongs to. */
typedef struct command_file {
    ff_slice path, folder;
} command_file;

static const ff_slice MIDDLE = FF_TEXT("/management/commands/");

static bool is_command_name(ff_slice name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    }
    return name.len && name.len <= NAME_BYTES;
}

/* The next file of this command behind `*at`. Django takes no command whose name begins with an underscore. */
static bool next_file(ff_repo *repo, ff_slice name, size_t *at, command_file *file)
{
    char glob[NAME_BYTES + 64];
    (void)snprintf(glob, sizeof glob, "**/management/commands/%.*s.py", FF_ARG(name));
    const ff_tree_entry *entry = *name.ptr == '_' ? NULL : ff_tree_next(repo->tree, ff_slice_of(glob), at);
    if (!entry)
        return false;
    size_t tail = MIDDLE.len + name.len + 3;
    file->path = entry->path;
    file->folder = ff_slice_cut(entry->path, entry->path.len > tail ? entry->path.len - tail : 0);
    return true;
}

/* The app whose folder this is; one that is installed for certain before others. */
static const ff_django_app *app_in(const ff_django_settings *settings, ff_slice folder)
{
    const ff_django_app *found = NULL;
    for (size_t i = 0; i < settings->apps.count; i++) {
        const ff_django_app *app = &settings->apps.items[i];
        if (app->here && ff_slice_eq(app->folder, folder) && (!found || found->perhaps))
            found = app;
    }
    return found;
}

/* The installed app that is known to bring the command, or NULL. */
static const ff_django_app *owner_in(const ff_django_settings *settings, ff_slice name)
{
    const ff_django_app *found = NULL;
    for (size_t i = 0; i < settings->apps.count; i++) {
        const ff_django_app *app = &settings->apps.items[i];
        if (app->known && ff_known_app_has(app->known, name) && (!found || found->perhaps))
            found = app;
    }
    return found;
}

/* ---- found ---- */

static ff_status say_file(ff_repo *repo, const ff_django_app *app, const command_file *file, ff_probe_answer *answer)
{
    ff_status status = app->perhaps
                           ? ff_probe_say(repo, answer, FF_PROBE_UNKNOWN,
                                          "it is in %.*s, whose app is installed only under a condition (%.*s:%u)",
                                          FF_ARG(file->path), FF_ARG(app->path), (unsigned)app->line)
                           : ff_probe_say(repo, answer, FF_PROBE_FOUND, "“%.*s”, which is installed (%.*s:%u), has it",
                                          FF_ARG(app->entry), FF_ARG(app->path), (unsigned)app->line);
    if (status == FF_OK)
        status = ff_django_add_place(repo, answer, file->path, 1);
    return status == FF_OK ? ff_django_add_place(repo, answer, app->path, app->line) : status;
}

static ff_status say_owner(ff_repo *repo, const ff_django_app *app, ff_probe_answer *answer)
{
    ff_status status =
        app->perhaps ? ff_probe_say(repo, answer, FF_PROBE_UNKNOWN,
                                    "“%.*s” has it, and is installed only under a condition (%.*s:%u)",
                                    FF_ARG(app->entry), FF_ARG(app->path), (unsigned)app->line)
                     : ff_probe_say(repo, answer, FF_PROBE_FOUND, "“%.*s” has it, and is in INSTALLED_APPS (%.*s:%u)",
                                    FF_ARG(app->entry), FF_ARG(app->path), (unsigned)app->line);
    return status == FF_OK ? ff_django_add_place(repo, answer, app->path, app->line) : status;
}

/* The best reason to say that it is there; false if there is none. */
static bool is_there(ff_repo *repo, const ff_django_settings *settings, ff_slice name, ff_probe_answer *answer,
                     ff_status *status)
{
    const ff_django_app *owner = owner_in(settings, name), *app = NULL;
    command_file file, best = {.path = {0}};
    for (size_t at = 0; next_file(repo, name, &at, &file);) {
        const ff_django_app *in = app_in(settings, file.folder);
        if (in && (!app || app->perhaps)) {
            app = in;
            best = file;
        }
    }
    if (app && (!app->perhaps || !owner || owner->perhaps))
        *status = say_file(repo, app, &best, answer);
    else if (owner)
        *status = say_owner(repo, owner, answer);
    else
        return false;
    return true;
}

/* ---- not found ---- */

/* What is to be said of a command that no installed app is known to have. */
typedef struct absence {
    ff_repo *repo;
    const ff_django_settings *settings;
    ff_slice name;
    ff_probe_answer *answer;
    ff_slice owners, asides; /* known apps that have it, in words; where the settings name these */
    command_file file;       /* one of an app that is not installed; no path: there is none */
} absence;

static void find_owners(absence *a)
{
    ff_buf said;
    int count = 0;
    const ff_known_app *app;
    ff_buf_init(&said, FF_LIMIT_PROBE_TEXT_BYTES);
    for (size_t i = 0; (app = ff_known_app_at(i)) && count < OWNERS_SHOWN; i++) {
        if (!ff_known_app_has(app, a->name))
            continue;
        ff_buf_printf(&said, "%s“%s”", count++ ? " or " : "", app->module);
        ff_slice asides = ff_django_say_asides(a->repo, a->settings, ff_slice_of(app->module), a->answer);
        a->asides = a->asides.len ? a->asides : asides;
    }
    a->owners = ff_arena_dup(&a->repo->arena, ff_buf_slice(&said));
    a->repo->arena.failed = a->repo->arena.failed || ff_buf_status(&said) == FF_NOMEM;
    ff_buf_release(&said);
}

/* True if the folder's last component is the app's: it may be that app, reached in another way. */
static bool is_alike(ff_slice folder, const ff_django_app *app)
{
    ff_slice last = ff_slice_behind_last(folder, '/');
    return ff_slice_ends(app->name, last) &&
           (app->name.len == last.len || app->name.ptr[app->name.len - last.len - 1] == '.');
}

/* An app that could have the command, because nothing is known of it; NULL if there is none. Where the command's file
 * or its only owners are known, others are not thought of. */
static const ff_django_app *stranger_of(const absence *a)
{
    for (size_t i = 0; i < a->settings->apps.count; i++) {
        const ff_django_app *app = &a->settings->apps.items[i];
        if (app->here || app->known)
            continue;
        if (a->file.path.len ? is_alike(a->file.folder, app) : !a->owners.len)
            return app;
    }
    return NULL;
}

static ff_status say_not_known(const absence *a)
{
    const ff_django_app *stranger = stranger_of(a);
    if (!a->settings->whole)
        return ff_probe_say(a->repo, a->answer, FF_PROBE_UNKNOWN,
                            "no app that is known of %.*s has it, but there may be more: %.*s%.*s",
                            FF_ARG(a->settings->path), FF_ARG(a->settings->why), FF_ARG(a->asides));
    if (!a->repo->tree->whole)
        return ff_probe_say(a->repo, a->answer, FF_PROBE_UNKNOWN, "it was not found, but not all files are known: %.*s",
                            FF_ARG(a->repo->tree->lacks));
    return ff_probe_say(a->repo, a->answer, FF_PROBE_UNKNOWN,
                        "no app that is known has it, but of “%.*s” nothing is known here (%.*s:%u)",
                        FF_ARG(stranger->entry), FF_ARG(stranger->path), (unsigned)stranger->line);
}

static ff_status say_missing(const absence *a)
{
    ff_probe_answer *answer = a->answer;
    if (a->owners.len && !a->file.path.len)
        return ff_probe_say(a->repo, answer, FF_PROBE_MISSING,
                            "no app of INSTALLED_APPS (%.*s) has it, only %.*s would%.*s", FF_ARG(a->settings->path),
                            FF_ARG(a->owners), FF_ARG(a->asides));
    if (a->file.path.len)
        return ff_probe_say(a->repo, answer, FF_PROBE_MISSING,
                            "it is in %.*s, whose app INSTALLED_APPS of %.*s does not name", FF_ARG(a->file.path),
                            FF_ARG(a->settings->path));
    return ff_probe_say(a->repo, answer, FF_PROBE_MISSING, "no app of INSTALLED_APPS in %.*s has it",
                        FF_ARG(a->settings->path));
}

static ff_status say_absent(absence *a)
{
    size_t at = 0;
    ff_status status = FF_OK;
    if (next_file(a->repo, a->name, &at, &a->file))
        status = ff_django_add_place(a->repo, a->answer, a->file.path, 1);
    find_owners(a);
    if (status != FF_OK || a->repo->arena.failed)
        return FF_NOMEM;
    if (!a->settings->whole || !a->repo->tree->whole || stranger_of(a))
        return say_not_known(a);
    status = say_missing(a);
    return status == FF_OK && !a->answer->places.count ? ff_django_add_place(a->repo, a->answer, a->settings->path, 0)
                                                       : status;
}

static ff_status judge(ff_repo *repo, const ff_django_settings *settings, ff_slice name, ff_probe_answer *answer)
{
    ff_status status = FF_OK;
    if (is_there(repo, settings, name, answer, &status))
        return status;
    if (ff_known_core_command(name))
        return ff_probe_say(repo, answer, FF_PROBE_FOUND, "Django itself has it");
    absence a = {.repo = repo, .settings = settings, .name = name, .answer = answer};
    return say_absent(&a);
}

ff_status ff_probe_django_command(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    ff_slice given = ff_probe_param_of(question, "name");
    ff_slice name = ff_slice_cut(given, ff_slice_find_byte(given, ' ')); /* `migrate_schemas --shared` */
    if (!is_command_name(name))
        return ff_probe_say(repo, answer, FF_PROBE_MOOT, "“%.*s” is no name of a command", FF_ARG(name));
    return ff_django_answer(repo, question, judge, answer);
}
