#include "repo/passage.h"
#include "repo/reference.h"
#include "repo/scene.h"

/* As GitHub and the shell want names: a log says `Base URL` or `$1` as well. */
static bool is_variable_name(ff_slice name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i && c >= '0' && c <= '9'))
            return false;
    }
    return name.len > 0;
}

/* Whether, and how, the step gets something of this name. */
typedef struct ff_handing {
    ff_repo *repo;
    ff_probe_answer *answer;
    ff_slice name, given;      /* `given`: the name with a `=` behind it */
    bool secrets, environment; /* which kinds are asked for */
    ff_workflow_site site;
    ff_reference reference; /* of the first place that has one */
    bool found, emptied;    /* emptied: set to an empty text */
    bool open;              /* more may come from where this cannot look: a file of variables */
    uint32_t line;          /* of the first place */
} ff_handing;

static bool names_word(ff_slice line, ff_slice name)
{
    return !ff_slice_starts(ff_slice_trim(line), FF_LIT("#")) && ff_passage_names(line, name);
}

static ff_status add(ff_handing *handing, uint32_t line, ff_slice text, ff_reference reference)
{
    if (!handing->found) {
        handing->line = line;
        handing->reference = reference;
    }
    handing->found = true;
    return ff_probe_add_place(handing->repo, handing->answer, handing->site.file->path, line, text);
}

/* References in the step's own lines: its environment, its inputs, its script. */
static ff_status look_in_step(ff_handing *handing)
{
    const ff_workflow_step *step = handing->site.step;
    ff_passage passage = {.rest = handing->site.file->text};
    ff_slice line;
    ff_status status = FF_OK;
    while (status == FF_OK && handing->secrets && ff_passage_next(&passage, &line) && passage.line <= step->last_line) {
        ff_reference reference =
            passage.line < step->first_line ? FF_REFERENCE_NONE : ff_reference_in(line, handing->name);
        if (reference != FF_REFERENCE_NONE)
            status = add(handing, passage.line, line, reference);
    }
    return status;
}

/* An `env` hands over under its own names; what it refers to is handed over too. `own`: its lines were looked at. */
static ff_status look_in_env(ff_handing *handing, const ff_workflow_pairs *env, bool own)
{
    ff_status status = FF_OK;
    for (size_t i = 0; status == FF_OK && i < env->count; i++) {
        const ff_workflow_pair *pair = &env->items[i];
        ff_reference reference = handing->secrets ? ff_reference_in(pair->value, handing->name) : FF_REFERENCE_NONE;
        bool named = handing->environment && ff_slice_eq(pair->name, handing->name);
        if ((own && reference != FF_REFERENCE_NONE) || (reference == FF_REFERENCE_NONE && !named))
            continue;
        handing->emptied = handing->emptied || (named && !pair->value.len && !handing->found);
        ff_slice text = ff_arena_printf(&handing->repo->arena, "%.*s: %.*s", FF_ARG(pair->name), FF_ARG(pair->value));
        status = text.len ? add(handing, pair->line, text, reference) : FF_NOMEM;
    }
    return status;
}

/* A script that sets the variable itself, or takes variables from a file. */
static ff_status look_in_script(ff_handing *handing, const ff_workflow_step *step, bool before)
{
    ff_passage passage = {.rest = step->run.text};
    ff_slice line;
    ff_status status = FF_OK;
    while (status == FF_OK && handing->environment && ff_passage_next(&passage, &line)) {
        bool hands_on = ff_slice_find(line, FF_LIT("GITHUB_ENV")) != SIZE_MAX;
        bool file = ff_slice_find(line, FF_LIT("env-file")) != SIZE_MAX || ff_passage_names(line, FF_LIT(".env"));
        if ((!before || hands_on) && names_word(line, handing->given))
            status = add(handing, ff_workflow_line_of(step, passage.line), line, FF_REFERENCE_NONE);
        else if (file || (hands_on && ff_slice_find_byte(line, '=') == SIZE_MAX))
            handing->open = true;
    }
    return status;
}

/* What the steps before left in the job's environment, or handed to a container that this one talks to. */
static ff_status look_before(ff_handing *handing)
{
    ff_status status = FF_OK;
    const ff_workflow_job *job = handing->site.job;
    for (size_t i = 0; status == FF_OK && i < job->steps.count && &job->steps.items[i] != handing->site.step; i++)
        status = look_in_script(handing, &job->steps.items[i], true);
    return status;
}

static ff_status look(ff_handing *handing)
{
    const ff_workflow_site *site = &handing->site;
    ff_status status = look_in_step(handing);
    if (status == FF_OK)
        status = look_in_env(handing, &site->step->env, true);
    if (status == FF_OK)
        status = look_in_env(handing, &site->job->env, false);
    if (status == FF_OK)
        status = look_in_env(handing, &site->file->model.env, false);
    if (status == FF_OK)
        status = look_in_script(handing, site->step, false);
    return status == FF_OK ? look_before(handing) : status;
}

/* ---- reusable workflows ---- */

static bool passes(const ff_workflow_job *job, ff_slice name)
{
    bool passed = job->inherits || ff_slice_eq_nocase(name, FF_LIT("GITHUB_TOKEN"));
    for (size_t i = 0; i < job->secrets.count && !passed; i++)
        passed = ff_slice_eq_nocase(job->secrets.items[i].name, name);
    return passed;
}

/* The job that calls the step's workflow without handing the secret over; NULL if none does, or another one does hand
 * it over, so that nobody can tell which it was. */
static const ff_workflow_job *withholder(const ff_handing *handing, const ff_workflow_file **file)
{
    const ff_workflows *workflows = handing->repo->workflows;
    ff_slice run = handing->repo->workflow_path;
    const ff_workflow_job *found = NULL;
    for (size_t i = 0; i < workflows->files.count; i++) {
        const ff_workflow_file *caller = &workflows->files.items[i];
        if (run.len && !ff_slice_eq(run, caller->path))
            continue;
        for (size_t j = 0; j < caller->model.jobs.count; j++) {
            const ff_workflow_job *job = &caller->model.jobs.items[j];
            if (ff_workflows_called(workflows, job->uses.text, false) != handing->site.file)
                continue;
            if (passes(job, handing->name))
                return NULL;
            found = job;
            *file = caller;
        }
    }
    return found;
}

/* ---- environments ---- */

/* A job with an environment that uses the same secret, in this file. */
static const ff_workflow_job *user_with_environment(const ff_workflow_file *file, ff_slice name)
{
    ff_passage passage = {.rest = file->text};
    ff_slice line;
    size_t at = 0;
    while (ff_passage_next(&passage, &line)) {
        while (at < file->model.jobs.count && file->model.jobs.items[at].last_line < passage.line)
            at++;
        if (at == file->model.jobs.count)
            return NULL;
        const ff_workflow_job *job = &file->model.jobs.items[at];
        if (job->environment.text.len && job->first_line <= passage.line &&
            ff_reference_in(line, name) != FF_REFERENCE_NONE)
            return job;
    }
    return NULL;
}

/* Says that the job names no environment while others do; the empty slice where that is not so. */
static ff_slice environment_gap(const ff_handing *handing)
{
    const ff_workflows *workflows = handing->repo->workflows;
    if (handing->reference == FF_REFERENCE_NONE || handing->site.file->action ||
        handing->site.job->environment.text.len)
        return (ff_slice){0};
    for (size_t i = 0; i < workflows->files.count; i++) {
        const ff_workflow_job *user = user_with_environment(&workflows->files.items[i], handing->name);
        if (user)
            return ff_arena_printf(&handing->repo->arena,
                                   "; the job names no environment, and “%.*s” does, for the same name (%.*s:%u)",
                                   FF_ARG(ff_passage_quote(&handing->repo->arena, user->key)),
                                   FF_ARG(workflows->files.items[i].path), user->environment.line);
    }
    return (ff_slice){0};
}

/* ---- words ---- */

static const char *kind_of(const ff_handing *handing)
{
    static const char *const WORDS[] = {"the variable", "the secret", "the variable of the repository"};
    return WORDS[handing->reference];
}

static ff_status say_found(const ff_handing *handing)
{
    ff_repo *repo = handing->repo;
    ff_slice path = handing->site.file->path;
    const ff_workflow_file *file = NULL;
    const ff_workflow_job *job = handing->reference == FF_REFERENCE_SECRET ? withholder(handing, &file) : NULL;
    if (handing->emptied)
        return ff_probe_say(repo, handing->answer, FF_PROBE_MISSING, "“%.*s” is set to an empty text (%.*s:%u)",
                            FF_ARG(handing->name), FF_ARG(path), handing->line);
    if (job)
        return ff_probe_say(repo, handing->answer, FF_PROBE_MISSING,
                            "the step asks for the secret “%.*s” (%.*s:%u), but the job “%.*s”, which calls its "
                            "workflow, does not hand it over (%.*s:%u)",
                            FF_ARG(handing->name), FF_ARG(path), handing->line,
                            FF_ARG(ff_passage_quote(&repo->arena, job->key)), FF_ARG(file->path), job->uses.line);
    return ff_probe_say(repo, handing->answer, FF_PROBE_FOUND, "the step gets %s “%.*s” (%.*s:%u)%.*s",
                        kind_of(handing), FF_ARG(handing->name), FF_ARG(path), handing->line,
                        FF_ARG(environment_gap(handing)));
}

static ff_status say_nothing(const ff_handing *handing)
{
    const ff_workflow_file *file = handing->site.file;
    if (file->action || file->trouble.len || handing->open)
        return ff_probe_say(
            handing->repo, handing->answer, FF_PROBE_UNKNOWN, "no line of %.*s hands “%.*s” to the step, but %s",
            FF_ARG(file->path), FF_ARG(handing->name),
            file->action        ? "that is an action, which whoever uses it hands more to"
            : file->trouble.len ? "it was not read to its end"
                                : "the job uses a file of variables, and what stands in it is not known");
    return ff_probe_say(handing->repo, handing->answer, FF_PROBE_MISSING,
                        "nothing hands “%.*s” to the step: neither step, job nor workflow names it in %.*s",
                        FF_ARG(handing->name), FF_ARG(file->path));
}

ff_status ff_probe_secret_declared(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    ff_slice kind = ff_probe_param_of(question, "kind");
    ff_handing handing = {.repo = repo,
                          .answer = answer,
                          .secrets = !ff_slice_eq(kind, FF_LIT("environment")),
                          .environment = !ff_slice_eq(kind, FF_LIT("secret"))};
    handing.name = ff_passage_quote(&repo->arena, ff_probe_param_of(question, "name"));
    handing.given = ff_arena_printf(&repo->arena, "%.*s=", FF_ARG(handing.name));
    if (repo->arena.failed)
        return FF_NOMEM;
    if (!is_variable_name(ff_probe_param_of(question, "name")))
        return ff_probe_say(repo, answer, FF_PROBE_MOOT, "“%.*s” is no name of a secret or variable",
                            FF_ARG(handing.name));
    ff_scene_locate(repo, question->scene, &handing.site);
    if (!handing.site.step)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "no workflow file has the step");
    if (handing.site.differs)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "the step in %.*s is not the one that ran",
                            FF_ARG(handing.site.file->path));
    ff_status status = look(&handing);
    if (status != FF_OK)
        return status;
    return handing.found ? say_found(&handing) : say_nothing(&handing);
}
