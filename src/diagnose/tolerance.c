#include "diagnose/tolerance.h"

#include "base/keep.h"
#include "base/limits.h"
#include "diagnose/stage.h"

enum { TEXT_BYTES = 160, SAID_BYTES_MIN = 8 };

static const char CONTINUES[] = "`continue-on-error: true`";

static ff_slice keep(ff_case *c, ff_slice text)
{
    return ff_text_keep(c->run->arena, text, TEXT_BYTES, &c->run->redactions);
}

/* The step or its job says that it may fail. */
static bool name_workflow(ff_case *c, const ff_probe_scene *scene, ff_tolerance *tolerance)
{
    ff_workflow_site site;
    if (!ff_stage_locate(c, scene, &site) || site.differs)
        return false;
    bool step = site.step && site.step->continues == FF_FLAG_ON;
    if (!step && site.job->continues != FF_FLAG_ON)
        return false;
    uint32_t line = step ? site.step->continues_line : site.job->continues_line;
    tolerance->construct = CONTINUES;
    tolerance->at = ff_arena_printf(c->run->arena, "%.*s:%u", FF_ARG(keep(c, site.file->path)), line);
    return true;
}

/* The command that the finding is about by name, such as `migrate_schemas`, if its failure is passed over. */
static const ff_shell_command *find_named(const ff_diagnosis *d, const ff_shell_script *script)
{
    const ff_capture *named = d->finding ? ff_finding_capture(d->finding, FF_LIT("command")) : NULL;
    const ff_shell_command *found = NULL;
    for (uint32_t i = 0; named && i < named->count; i++)
        while ((found = ff_shell_find(script, named->values[i], found)))
            if (found->shield != FF_SHIELD_NONE && found->shield != FF_SHIELD_CONDITION)
                return found;
    return NULL;
}

/* What stands behind `||`, or in the `except`, is what the finding's line says. */
static bool says_line(const ff_shell_command *command, ff_slice line)
{
    ff_slice said = ff_slice_trim(line);
    return said.len >= SAID_BYTES_MIN && ff_slice_find(command->shield_text, said) != SIZE_MAX;
}

static bool is_same_construct(const ff_shell_command *one, const ff_shell_command *other)
{
    return one->shield == other->shield && one->shield_line == other->shield_line;
}

static bool passes_over(const ff_shell_command *command)
{
    return command->shield == FF_SHIELD_FALLBACK || command->shield == FF_SHIELD_IGNORED ||
           command->shield == FF_SHIELD_EXCEPT || command->shield == FF_SHIELD_NO_ERREXIT;
}

/* The one construct that is there, or the one whose message was printed; NULL if several could be. */
static const ff_shell_command *find_only(const ff_diagnosis *d, const ff_shell_script *script)
{
    const ff_shell_command *only = NULL;
    bool several = false;
    for (size_t i = 0; i < script->commands.count; i++) {
        const ff_shell_command *command = &script->commands.items[i];
        if (!passes_over(command))
            continue;
        if (d->finding && says_line(command, d->finding->first.text))
            return command;
        several = several || (only && !is_same_construct(only, command));
        only = only ? only : command;
    }
    return several ? NULL : only;
}

static ff_status name_script(ff_case *c, const ff_diagnosis *d, const ff_probe_scene *scene, ff_tolerance *tolerance)
{
    const ff_script *script = ff_stage_script(c, scene);
    if (!script || !script->is_shell)
        return FF_OK;
    ff_arena work;
    ff_shell_script model;
    ff_arena_init(&work, FF_LIMIT_REPO_BYTES);
    ff_status status = ff_shell_read(&model, script->text, &script->options, &work);
    const ff_shell_command *command = status == FF_OK ? find_named(d, &model) : NULL;
    if (status == FF_OK && !command)
        command = find_only(d, &model);
    if (command) {
        tolerance->construct = ff_shield_name(command->shield);
        tolerance->text = keep(c, command->shield_text);
        tolerance->at = ff_stage_place(c, scene, command->shield_line);
    }
    ff_arena_release(&work);
    return status;
}

ff_status ff_tolerance_name_all(ff_case *c)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < c->diagnoses.count && status == FF_OK; i++) {
        ff_diagnosis *d = &c->diagnoses.items[i];
        ff_probe_scene bare;
        if (!d->tolerated || d->step == FF_NO_INDEX)
            continue;
        const ff_probe_scene *scene = ff_stage_of(c, d, &bare);
        if (!name_workflow(c, scene, &d->tolerance))
            status = name_script(c, d, scene, &d->tolerance);
    }
    return status == FF_OK && c->run->arena->failed ? FF_NOMEM : status;
}
