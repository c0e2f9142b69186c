#include "repo/django.h"

static ff_status say_installed(ff_repo *repo, const ff_django_app *app, ff_probe_answer *answer)
{
    ff_status status = app->perhaps
                           ? ff_probe_say(repo, answer, FF_PROBE_UNKNOWN,
                                          "“%.*s” is in INSTALLED_APPS only under a condition (%.*s:%u)",
                                          FF_ARG(app->entry), FF_ARG(app->path), (unsigned)app->line)
                           : ff_probe_say(repo, answer, FF_PROBE_FOUND, "“%.*s” is in INSTALLED_APPS (%.*s:%u)",
                                          FF_ARG(app->entry), FF_ARG(app->path), (unsigned)app->line);
    return status == FF_OK ? ff_django_add_place(repo, answer, app->path, app->line) : status;
}

/* The module of an app that a question calls by its package: `django-tenants`. */
static ff_slice module_of(ff_slice name)
{
    const ff_known_app *app;
    for (size_t i = 0; (app = ff_known_app_at(i)); i++)
        if (ff_slice_eq_nocase(ff_slice_of(app->package), name) && !ff_slice_eq_nocase(name, FF_LIT("Django")))
            return ff_slice_of(app->module);
    return name;
}

static ff_status judge(ff_repo *repo, const ff_django_settings *settings, ff_slice name, ff_probe_answer *answer)
{
    const ff_django_app *app = ff_django_find(settings, name);
    if (app)
        return say_installed(repo, app, answer);
    ff_slice asides = ff_django_say_asides(repo, settings, module_of(name), answer);
    if (!settings->whole)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN,
                            "“%.*s” is not among the apps that are known of %.*s, but there may be more: %.*s%.*s",
                            FF_ARG(name), FF_ARG(settings->path), FF_ARG(settings->why), FF_ARG(asides));
    ff_status status = ff_probe_say(repo, answer, FF_PROBE_MISSING, "“%.*s” is not in INSTALLED_APPS of %.*s%.*s",
                                    FF_ARG(name), FF_ARG(settings->path), FF_ARG(asides));
    if (status != FF_OK || answer->places.count)
        return status;
    return ff_django_add_place(repo, answer, settings->path, 0);
}

ff_status ff_probe_app_installed(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    return ff_django_answer(repo, question, judge, answer);
}
