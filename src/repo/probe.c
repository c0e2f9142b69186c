#include "repo/probe.h"

#include "base/keep.h"
#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>

/* Required parameters first, optional ones in brackets. Without a tree only what reads the echoed scripts can answer.
 */
static const struct row {
    const char *name, *params;
    bool needs_tree;
    ff_probe_fn ask;
} PROBES[] = {
    {"app-installed", "name [settings]", true, ff_probe_app_installed},
    {"changed-since-green", "path", true, ff_probe_changed},
    {"command-called", "text", false, ff_probe_command_called},
    {"command-guarded", "text", false, ff_probe_command_guarded},
    {"command-succeeded", "text", false, ff_probe_command_succeeded},
    {"django-command", "name [settings]", true, ff_probe_django_command},
    {"environment-declared", "[name]", true, ff_probe_environment_declared},
    {"file-matches", "path text [lists]", true, ff_probe_file_matches},
    {"mentions", "text", true, ff_probe_mentions},
    {"npm-requirement", "name", true, ff_probe_npm_requirement},
    {"path-exists", "path", true, ff_probe_path_exists},
    {"python-requirement", "name [version]", true, ff_probe_python_requirement},
    {"secret-declared", "name [kind]", true, ff_probe_secret_declared},
    {"workflow-line", "text [path]", true, ff_probe_workflow_line},
};

enum { PROBE_COUNT = sizeof PROBES / sizeof *PROBES };

static const struct row *row_of(ff_slice name)
{
    for (size_t i = 0; i < PROBE_COUNT; i++)
        if (ff_slice_eq(name, ff_slice_of(PROBES[i].name)))
            return &PROBES[i];
    return NULL;
}

bool ff_probe_needs_tree(ff_slice name)
{
    const struct row *row = row_of(name);
    return row && row->needs_tree;
}

static const ff_probe_param *param_of(const ff_probe_question *question, ff_slice name)
{
    for (size_t i = 0; i < question->param_count; i++)
        if (ff_slice_eq(question->params[i].name, name))
            return &question->params[i];
    return NULL;
}

/* The first parameter that is not as it must be: one that is needed and missing, or any that is empty. A capture that
 * did not take part leaves an optional one empty, and to answer without it would answer something else. */
static ff_slice missing_param(const struct row *row, const ff_probe_question *question)
{
    ff_slice params = ff_slice_of(row->params), word;
    while (ff_slice_take_until(&params, ' ', &word)) {
        bool optional = ff_slice_take_prefix(&word, FF_LIT("["));
        ff_slice name = ff_slice_cut(word, ff_slice_find_byte(word, ']'));
        const ff_probe_param *param = param_of(question, name);
        if (param ? ff_slice_trim(param->value).len == 0 : !optional)
            return name;
    }
    return (ff_slice){0};
}

const char *ff_probe_name(size_t index)
{
    return index < PROBE_COUNT ? PROBES[index].name : NULL;
}

const char *ff_probe_params(size_t index)
{
    return index < PROBE_COUNT ? PROBES[index].params : NULL;
}

ff_slice ff_probe_param_of(const ff_probe_question *question, const char *name)
{
    const ff_probe_param *param = param_of(question, ff_slice_of(name));
    return param ? ff_slice_trim(param->value) : (ff_slice){0};
}

ff_status ff_probe_say(ff_repo *repo, ff_probe_answer *answer, ff_probe_outcome outcome, const char *format, ...)
{
    char text[FF_LIMIT_PROBE_TEXT_BYTES + 8]; /* more than is kept, so that what is cut gets its mark */
    uint32_t redactions = 0;
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0)
        return FF_INVALID;
    ff_slice whole = ff_slice_cut((ff_slice){text, (size_t)length}, sizeof text - 1);
    answer->text = ff_text_keep(&repo->arena, whole, FF_LIMIT_PROBE_TEXT_BYTES, &redactions);
    answer->outcome = outcome;
    return repo->arena.failed ? FF_NOMEM : FF_OK;
}

ff_status ff_probe_add_place(ff_repo *repo, ff_probe_answer *answer, ff_slice path, uint32_t line, ff_slice text)
{
    uint32_t redactions = 0;
    if (answer->places.count == FF_LIMIT_PROBE_PLACES)
        return FF_OK;
    ff_probe_place *place = FF_ARRAY_PUSH(&repo->arena, &answer->places);
    if (!place)
        return FF_NOMEM;
    place->path = ff_arena_dup(&repo->arena, path);
    place->line = place->end_line = line;
    place->text = ff_text_keep(&repo->arena, ff_slice_trim(text), FF_LIMIT_KEPT_LINE_BYTES, &redactions);
    return repo->arena.failed ? FF_NOMEM : FF_OK;
}

static ff_status ask(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    const struct row *row = row_of(question->probe);
    if (!row)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "no probe is called “%.*s”", FF_ARG(question->probe));
    ff_slice missing = missing_param(row, question);
    if (missing.len)
        return ff_probe_say(repo, answer, FF_PROBE_MOOT, "nothing is known of the parameter “%.*s”", FF_ARG(missing));
    if (row->needs_tree && !repo->tree)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "%.*s", FF_ARG(repo->why_not));
    return row->ask(repo, question, answer);
}

/* What one repository may cost is a bound, and no lack of memory. Behind it nothing is asked: what an earlier question
 * left half read would be taken for all there is. */
ff_status ff_probe_ask(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    *answer = (ff_probe_answer){.outcome = FF_PROBE_UNKNOWN};
    ff_status status = repo->spent ? FF_NOMEM : ask(repo, question, answer);
    repo->spent = repo->spent || (status == FF_NOMEM && repo->arena.full);
    if (!repo->spent)
        return status;
    *answer = (ff_probe_answer){.text = FF_LIT("what was asked of the repository needed all the memory it may have")};
    return FF_OK;
}
