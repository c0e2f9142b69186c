#include "diagnose/stage.h"

static bool has_passed(const ff_step *step)
{
    return step->conclusion == FF_CONCLUSION_SUCCESS && !step->tolerated && !step->doubtful;
}

/* What the script's own commands are known to have printed. */
static bool list_printed(ff_case *c, const ff_script *script, ff_probe_scene *scene)
{
    ff_slice *printed = ff_arena_array(c->run->arena, script->saying_count, sizeof *printed);
    if (!printed)
        return false;
    for (uint32_t i = 0; i < script->saying_count; i++)
        if (script->sayings[i].printed)
            printed[scene->printed_count++] = script->sayings[i].text;
    scene->printed = printed;
    return true;
}

ff_status ff_stages_make(ff_case *c)
{
    size_t count = c->scripts ? ff_scripts_count(c->scripts) : 0, first = 0;
    ff_probe_scene *scenes = ff_arena_array(c->run->arena, count, sizeof *scenes);
    if (!scenes)
        return FF_NOMEM;
    for (size_t i = 0; i < count; i++) {
        const ff_script *script = ff_scripts_get(c->scripts, i);
        const ff_step *step = ff_run_step(c->run, script->job, script->step);
        if (script->job != ff_scripts_get(c->scripts, first)->job)
            first = i;
        scenes[i] = (ff_probe_scene){.job = ff_run_job(c->run, script->job)->name,
                                     .step = step->name,
                                     .script = script->text,
                                     .shell = script->options,
                                     .passed = has_passed(step),
                                     .last_green = c->run->last_green.head_sha,
                                     .earlier = &scenes[first],
                                     .earlier_count = i - first};
        if (!list_printed(c, script, &scenes[i]))
            return FF_NOMEM;
    }
    c->scenes = scenes;
    c->scene_count = count;
    return FF_OK;
}

const ff_probe_scene *ff_stage_of(const ff_case *c, const ff_diagnosis *diagnosis, ff_probe_scene *bare)
{
    uint64_t sequence = diagnosis->finding ? diagnosis->finding->first.sequence : UINT64_MAX;
    const ff_script *script = c->scripts ? ff_scripts_at(c->scripts, diagnosis->job, diagnosis->step, sequence) : NULL;
    for (size_t i = 0; script && i < c->scene_count; i++)
        if (ff_scripts_get(c->scripts, i) == script)
            return &c->scenes[i];
    *bare = (ff_probe_scene){.last_green = c->run->last_green.head_sha};
    if (diagnosis->job != FF_NO_INDEX)
        bare->job = ff_run_job(c->run, diagnosis->job)->name;
    if (diagnosis->step != FF_NO_INDEX)
        bare->step = ff_run_step(c->run, diagnosis->job, diagnosis->step)->name;
    return bare;
}

const ff_script *ff_stage_script(const ff_case *c, const ff_probe_scene *scene)
{
    bool own = c->scene_count && scene >= c->scenes && scene < c->scenes + c->scene_count;
    return own ? ff_scripts_get(c->scripts, (size_t)(scene - c->scenes)) : NULL;
}

bool ff_stage_locate(const ff_case *c, const ff_probe_scene *scene, ff_workflow_site *site)
{
    *site = (ff_workflow_site){0};
    ff_workflow_ask ask = {
        .path = c->run->workflow_path, .job = scene->job, .step = scene->step, .script = scene->script};
    return c->repo && ff_workflows_locate(c->repo->workflows, &ask, site);
}

ff_slice ff_stage_place(const ff_case *c, const ff_probe_scene *scene, uint32_t line)
{
    ff_workflow_site site;
    if (ff_stage_locate(c, scene, &site) && site.step && !site.differs) {
        uint32_t at = ff_workflow_line_of(site.step, line);
        if (at)
            return ff_arena_printf(c->run->arena, "%.*s:%u", FF_ARG(site.file->path), at);
    }
    const ff_script *script = ff_stage_script(c, scene);
    if (!script || line == 0)
        return (ff_slice){0};
    return ff_arena_printf(c->run->arena, "%.*s:%llu", FF_ARG(script->place.file),
                           (unsigned long long)(script->place.line + line - 1));
}
