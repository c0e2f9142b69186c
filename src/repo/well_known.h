/* What is known of Python packages without looking at them: which management commands an app of Django brings, and
 * under which name a module is installed.
 *
 *     const ff_known_app *app = ff_known_app_of(FF_LIT("django_extensions"));
 *     if (app && ff_known_app_has(app, FF_LIT("shell_plus"))) ...
 *
 * The tables name what the documentation of these packages names; a package that is not in them is not known.
 */
#ifndef FF_REPO_WELL_KNOWN_H
#define FF_REPO_WELL_KNOWN_H

#include "base/slice.h"

typedef struct ff_known_app {
    const char *module;   /* as INSTALLED_APPS names it; `x.*` stands for all modules in x */
    const char *package;  /* as PyPI names it */
    const char *commands; /* separated by blanks; empty: it has none */
} ff_known_app;

/* True for a command that Django has without any app. */
bool ff_known_core_command(ff_slice command);

/* The app of this module, or NULL. */
const ff_known_app *ff_known_app_of(ff_slice module);

/* The app at `index`, sorted by module; NULL past the last. */
const ff_known_app *ff_known_app_at(size_t index);

/* True if the app brings this command. */
bool ff_known_app_has(const ff_known_app *app, ff_slice command);

/* The packages that bring the module `name`, separated by blanks, the usual one first; NULL for one that is called like
 * its package, or is not known. */
const char *ff_known_packages_of(ff_slice name);

/* The module at `index` of that table, sorted; NULL past the last. */
const char *ff_known_module_at(size_t index);

/* well_known_builtins.c: true for a module that comes with Python (`sqlite3.dbapi2` too), or with Node. */
bool ff_known_python_module(ff_slice name);
bool ff_known_node_module(ff_slice name);

#endif
