#include "repo/django.h"

#include "base/buf.h"
#include "base/limits.h"
#include "repo/passage.h"

enum { ASIDES_SHOWN = 3 };

/* The last component of an app's name is its label. */
static bool is_called(const ff_django_app *app, ff_slice name)
{
    size_t tail = app->name.len > name.len ? app->name.len - name.len : 0;
    bool label = tail && ff_slice_find_byte(name, '.') == SIZE_MAX && app->name.ptr[tail - 1] == '.' &&
                 ff_slice_ends(app->name, name);
    bool package = app->known && ff_slice_eq_nocase(ff_slice_of(app->known->package), name) &&
                   !ff_slice_eq_nocase(name, FF_LIT("Django"));
    return ff_slice_eq(app->name, name) || ff_slice_eq(app->entry, name) || label || package;
}

const ff_django_app *ff_django_find(const ff_django_settings *settings, ff_slice name)
{
    const ff_django_app *found = NULL;
    for (size_t i = 0; i < settings->apps.count; i++) {
        const ff_django_app *app = &settings->apps.items[i];
        if (is_called(app, name) && (!found || (found->perhaps && !app->perhaps)))
            found = app;
    }
    return found;
}

ff_status ff_django_add_place(ff_repo *repo, ff_probe_answer *answer, ff_slice path, uint32_t line)
{
    ff_slice text = {0};
    ff_status status = line ? ff_tree_read(repo->tree, path, &text, NULL) : FF_OK;
    return status == FF_NOMEM ? status : ff_probe_add_place(repo, answer, path, line, ff_passage_line(text, line));
}

ff_slice ff_django_say_asides(ff_repo *repo, const ff_django_settings *settings, ff_slice name, ff_probe_answer *answer)
{
    ff_buf said;
    int count = 0;
    ff_buf_init(&said, FF_LIMIT_PROBE_TEXT_BYTES);
    for (size_t i = 0; i < settings->asides.count && count < ASIDES_SHOWN; i++) {
        const ff_django_aside *aside = &settings->asides.items[i];
        if (!ff_slice_eq(aside->name, name))
            continue;
        ff_buf_add(&said, count++ ? FF_LIT(", and ") : FF_LIT("; "));
        if (aside->list.len)
            ff_buf_printf(&said, "“%.*s” names it (%.*s:%u) and is no part of INSTALLED_APPS", FF_ARG(aside->list),
                          FF_ARG(aside->path), (unsigned)aside->line);
        else
            ff_buf_printf(&said, "“%.*s” is commented out in %.*s:%u", FF_ARG(name), FF_ARG(aside->path),
                          (unsigned)aside->line);
        if (ff_django_add_place(repo, answer, aside->path, aside->line) != FF_OK)
            repo->arena.failed = true;
    }
    ff_slice kept = ff_arena_dup(&repo->arena, ff_buf_slice(&said));
    repo->arena.failed = repo->arena.failed || ff_buf_status(&said) == FF_NOMEM;
    ff_buf_release(&said);
    return kept;
}

/* Both answers are told, each with its settings. */
static ff_status say_differ(ff_repo *repo, const ff_django_choice *choice, const ff_probe_answer *answers, size_t other,
                            ff_probe_answer *answer)
{
    *answer = answers[0];
    return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN,
                        "it depends on the settings, and nothing says which are used: with %.*s %.*s; with %.*s %.*s",
                        FF_ARG(choice->items[0]->path), FF_ARG(answers[0].text), FF_ARG(choice->items[other]->path),
                        FF_ARG(answers[other].text));
}

/* The first settings are those of manage.py, which count unless something else is set: others of which nothing is known
 * leave their answer as it is. */
static ff_status say_alike(ff_repo *repo, const ff_django_choice *choice, size_t alike, ff_probe_answer *answer)
{
    ff_slice text = answer->text;
    if (choice->more)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN,
                            "there are more settings than are read; with the first %.*s", FF_ARG(text));
    if (choice->count == 1)
        return FF_OK;
    if (alike == choice->count)
        return ff_probe_say(repo, answer, answer->outcome, "%.*s, in all %zu settings modules", FF_ARG(text), alike);
    return ff_probe_say(repo, answer, answer->outcome,
                        "%.*s, in %zu of %zu settings modules; of the others it is not known", FF_ARG(text), alike,
                        choice->count);
}

ff_status ff_django_answer(ff_repo *repo, const ff_probe_question *question, ff_django_judge judge,
                           ff_probe_answer *answer)
{
    ff_django_choice choice;
    ff_probe_answer answers[FF_LIMIT_SETTINGS] = {{.outcome = FF_PROBE_UNKNOWN}};
    ff_slice name = ff_probe_param_of(question, "name");
    ff_status status = ff_django_choose(repo, question, &choice);
    if (status == FF_OK && !choice.count)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "%.*s", FF_ARG(choice.why_not));
    for (size_t i = 0; i < choice.count && status == FF_OK; i++)
        status = judge(repo, choice.items[i], name, &answers[i]);
    if (status != FF_OK)
        return status;
    size_t alike = 0;
    for (size_t i = 0; i < choice.count; i++) {
        alike += answers[i].outcome == answers[0].outcome;
        if (answers[i].outcome != answers[0].outcome && answers[i].outcome != FF_PROBE_UNKNOWN)
            return say_differ(repo, &choice, answers, i, answer);
    }
    *answer = answers[0];
    return say_alike(repo, &choice, alike, answer);
}
