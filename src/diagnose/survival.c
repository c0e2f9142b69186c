#include "diagnose/survival.h"

#include "base/limits.h"
#include "diagnose/candidates.h"
#include "diagnose/stage.h"

typedef enum ff_sight {
    SIGHT_ABSENT,  /* the script does not call the command by its name */
    SIGHT_CALLED,  /* it does */
    SIGHT_IGNORED, /* it does, and its failure can never end the script */
} ff_sight;

/* What asks a service that runs is another command than the one that failed, whatever that was. */
static bool asks_service(const ff_rule *rule)
{
    return ff_rule_has_tag(rule, "http") || ff_slice_eq(rule->family, FF_LIT("health"));
}

/* A program of tests may print such words itself, of a command that a test calls. */
static bool is_of_another_command(const ff_rule *rule, bool named)
{
    return asks_service(rule) || (named && ff_rule_has_tag(rule, "test"));
}

/* Rules that ask what guards a call are about commands that prepare something; `curl`, say, could be the check itself.
 */
static bool asks_for_guard(const ff_rule *rule)
{
    for (size_t i = 0; i < rule->verify_count; i++)
        if (ff_slice_eq(rule->verify[i].probe, FF_LIT("command-guarded")))
            return true;
    return false;
}

/* A printed cause of the failing step that names a command. */
static const ff_capture *named_of(const ff_case *c, const ff_diagnosis *d)
{
    if (!d->finding || d->inferred || d->role != FF_ROLE_CAUSE || d->step == FF_NO_INDEX || !asks_for_guard(d->rule) ||
        !ff_candidate_is_at_failure(c, d))
        return NULL;
    return ff_finding_capture(d->finding, FF_LIT("command"));
}

static bool is_symptom_beside(const ff_case *c, const ff_diagnosis *d, const ff_diagnosis *other)
{
    return other->finding && other->role == FF_ROLE_SYMPTOM && !other->inferred && other->job == d->job &&
           other->step == d->step && ff_candidate_is_at_failure(c, other);
}

/* Another command failed behind it, and none had before: of a service that was asked before, these are the logs. */
static bool is_followed(const ff_case *c, const ff_diagnosis *d, bool named)
{
    bool followed = false;
    for (size_t i = 0; i < c->diagnoses.count; i++) {
        const ff_diagnosis *other = &c->diagnoses.items[i];
        if (!is_symptom_beside(c, d, other) || !is_of_another_command(other->rule, named))
            continue;
        if (other->finding->first.sequence < d->finding->last.sequence)
            return false;
        followed = true;
    }
    return followed;
}

/* `|| rc=$?` keeps the failure for later. */
static bool is_lost(const ff_shell_command *command)
{
    return (command->shield == FF_SHIELD_IGNORED || command->shield == FF_SHIELD_EXCEPT) && !command->ends &&
           ff_slice_find_byte(command->shield_text, '=') == SIZE_MAX;
}

static ff_sight sight_in(const ff_shell_script *script, const ff_capture *named)
{
    ff_sight sight = SIGHT_ABSENT;
    for (uint32_t i = 0; i < named->count; i++) {
        const ff_shell_command *at = NULL;
        while ((at = ff_shell_find(script, named->values[i], at))) {
            if (at->shield == FF_SHIELD_CONDITION) /* asks for it, or takes its failure for an answer */
                continue;
            if (!is_lost(at))
                return SIGHT_CALLED;
            sight = SIGHT_IGNORED;
        }
    }
    return script->whole || sight == SIGHT_ABSENT ? sight : SIGHT_CALLED;
}

static ff_status look(const ff_case *c, const ff_diagnosis *d, const ff_capture *named, ff_sight *sight)
{
    ff_probe_scene bare;
    const ff_script *script = ff_stage_script(c, ff_stage_of(c, d, &bare));
    *sight = SIGHT_ABSENT;
    if (!script || !script->is_shell)
        return FF_OK;
    ff_arena work;
    ff_shell_script model;
    ff_arena_init(&work, FF_LIMIT_REPO_BYTES);
    ff_status status = ff_shell_read(&model, script->text, &script->options, &work);
    if (status == FF_OK)
        *sight = sight_in(&model, named);
    ff_arena_release(&work);
    return status;
}

ff_status ff_survival_mark_all(ff_case *c)
{
    bool survived[FF_LIMIT_DIAGNOSES] = {false};
    for (size_t i = 0; i < c->diagnoses.count; i++) {
        const ff_diagnosis *d = &c->diagnoses.items[i];
        const ff_capture *named = named_of(c, d);
        ff_sight sight = SIGHT_ABSENT;
        ff_status status = named ? look(c, d, named, &sight) : FF_OK;
        if (status != FF_OK)
            return status;
        survived[i] = sight == SIGHT_IGNORED || (sight == SIGHT_CALLED && is_followed(c, d, true));
    }
    for (size_t i = 0; i < c->diagnoses.count; i++)
        if (survived[i]) {
            c->diagnoses.items[i].standing = FF_STANDING_TOLERATED;
            c->diagnoses.items[i].tolerated = true;
        }
    return FF_OK;
}

bool ff_survival_is_open(const ff_case *c, const ff_diagnosis *diagnosis)
{
    return named_of(c, diagnosis) && is_followed(c, diagnosis, false);
}
