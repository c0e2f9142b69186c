/* Django projects in a repository: their settings modules, and the apps that these install.
 *
 *     ff_django_choice choice;
 *     if ((status = ff_django_choose(repo, question, &choice)) == FF_OK)
 *         for (size_t i = 0; i < choice.count; i++)
 *             ... choice.items[i]->apps ... choice.items[i]->whole ...
 *
 * Nothing is executed: python_module.h works out INSTALLED_APPS, and says where it cannot.
 */
#ifndef FF_REPO_DJANGO_H
#define FF_REPO_DJANGO_H

#include "base/limits.h"
#include "repo/probe.h"
#include "repo/well_known.h"

/* One member of INSTALLED_APPS. */
typedef struct ff_django_app {
    ff_slice entry; /* as written: `tenants.apps.TenantsConfig` */
    ff_slice name;  /* of the app's package: `tenants`; a part of `entry` */
    ff_slice path;
    uint32_t line;
    bool perhaps;              /* under a condition */
    bool here;                 /* its package is in the repository */
    ff_slice folder;           /* then where */
    const ff_known_app *known; /* NULL: nothing is known of it */
} ff_django_app;

/* A place in the settings that names an app without installing it. */
typedef struct ff_django_aside {
    ff_slice name, list; /* `list`: the name of another list; empty: it is commented out */
    ff_slice path;
    uint32_t line;
} ff_django_aside;

/* What one settings module amounts to, with all that it imports. In the repo's arena. */
typedef struct ff_django_settings {
    ff_slice path, root; /* `root`: the folder of its manage.py */
    struct {
        ff_django_app *items;
        size_t count, cap;
    } apps;
    bool defined; /* INSTALLED_APPS is assigned, or may be */
    bool whole;   /* the apps are all there are */
    ff_slice why; /* why they are not, a clause */
    struct {
        ff_django_aside *items;
        size_t count, cap;
    } asides;
    struct {
        ff_slice *items; /* paths of the modules that it imports, itself too */
        size_t count, cap;
    } parts;
} ff_django_settings;

/* What a repo keeps of its settings, each read once. */
typedef struct ff_django {
    struct {
        ff_django_settings **items;
        size_t count, cap;
    } settings;
} ff_django;

/* Settings that the command of a question may run with: the likeliest first. */
typedef struct ff_django_choice {
    const ff_django_settings *items[FF_LIMIT_SETTINGS];
    size_t count;
    bool more;        /* there are others, beyond the bound */
    ff_slice why_not; /* why there are none, a clause */
} ff_django_choice;

/* Reads the settings at `path`; a second time they are there already. FF_OK or FF_NOMEM. */
ff_status ff_django_read(ff_repo *repo, ff_slice path, ff_slice root, const ff_django_settings **settings);

/* The settings that a question is about: those it names, else those that its step names, in a command or in its
 * environment, else those of manage.py and their siblings. FF_OK or FF_NOMEM. */
ff_status ff_django_choose(ff_repo *repo, const ff_probe_question *question, ff_django_choice *choice);

/* Answers by one module of settings. */
typedef ff_status (*ff_django_judge)(ff_repo *repo, const ff_django_settings *settings, ff_slice name,
                                     ff_probe_answer *answer);

/* Lets `judge` answer for all settings that the question may be about, with its parameter `name`; where they differ it
 * is unknown. FF_OK or FF_NOMEM. */
ff_status ff_django_answer(ff_repo *repo, const ff_probe_question *question, ff_django_judge judge,
                           ff_probe_answer *answer);

/* The app of this name, label or package, or NULL; one that is there for certain before others. */
const ff_django_app *ff_django_find(const ff_django_settings *settings, ff_slice name);

/* Adds line `line` of a file to the places of an answer. FF_OK or FF_NOMEM. */
ff_status ff_django_add_place(ff_repo *repo, ff_probe_answer *answer, ff_slice path, uint32_t line);

/* Where the settings name an app without installing it: `; it is commented out in …`, empty if they do not. Adds these
 * places to `answer`. In the repo's arena, which has failed where there was no memory. */
ff_slice ff_django_say_asides(ff_repo *repo, const ff_django_settings *settings, ff_slice name,
                              ff_probe_answer *answer);

#endif
