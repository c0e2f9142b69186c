#include "repo/passage.h"
#include "repo/scene.h"

static ff_status say_environment(ff_repo *repo, ff_probe_answer *answer, const ff_workflow_site *site, ff_slice name)
{
    const ff_workflow_text *environment = &site->job->environment;
    ff_slice job = ff_passage_quote(&repo->arena, site->job->key);
    ff_slice quote = ff_passage_quote(&repo->arena, environment->text);
    bool open = ff_slice_find(environment->text, FF_LIT("${{")) != SIZE_MAX;
    bool other = name.len && !ff_slice_eq_nocase(environment->text, name);
    ff_status status = ff_probe_add_place(repo, answer, site->file->path, environment->line,
                                          ff_arena_printf(&repo->arena, "environment: %.*s", FF_ARG(quote)));
    if (status != FF_OK)
        return status;
    if (other && open)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN,
                            "which environment the job “%.*s” runs in depends on an expression (%.*s:%u)", FF_ARG(job),
                            FF_ARG(site->file->path), environment->line);
    return ff_probe_say(repo, answer, other ? FF_PROBE_MISSING : FF_PROBE_FOUND,
                        "the job “%.*s” runs in the environment “%.*s” (%.*s:%u)", FF_ARG(job), FF_ARG(quote),
                        FF_ARG(site->file->path), environment->line);
}

ff_status ff_probe_environment_declared(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    ff_workflow_site site;
    ff_scene_locate(repo, question->scene, &site);
    if (!site.job || site.file->action)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "no workflow file has the job");
    if (site.job->environment.text.len)
        return say_environment(repo, answer, &site, ff_probe_param_of(question, "name"));
    if (site.file->trouble.len)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "%.*s was not read to its end: %.*s",
                            FF_ARG(site.file->path), FF_ARG(site.file->trouble));
    ff_status status = ff_probe_add_place(repo, answer, site.file->path, site.job->first_line, (ff_slice){0});
    if (status != FF_OK)
        return status;
    return ff_probe_say(repo, answer, FF_PROBE_MISSING, "the job “%.*s” names no environment (%.*s:%u)",
                        FF_ARG(ff_passage_quote(&repo->arena, site.job->key)), FF_ARG(site.file->path),
                        site.job->first_line);
}
