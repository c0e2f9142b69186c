#include "log/steps.h"

#include "base/hash.h"
#include "base/limits.h"
#include "log/align.h"

/* A composite's first inner step starts this soon after its header; no process starts and ends that fast. */
#define AT_ONCE_NANOSECONDS INT64_C(50000000)

/* Lines, and titles of groups, that begin a step of the runner's own. */
typedef enum opening_time { BEFORE_MAIN, AFTER_MAIN, ANY_TIME } opening_time;

static const struct opener {
    ff_slice text;
    bool group;
    opening_time when;
    ff_step_phase phase;
    ff_slice name; /* empty: the header that follows names it */
} OPENERS[] = {
    {FF_TEXT("Post job cleanup."), false, ANY_TIME, FF_STEP_POST, FF_TEXT("Post job cleanup")},
    {FF_TEXT("Print service container logs: "), false, ANY_TIME, FF_STEP_POST, FF_TEXT("Stop containers")},
    {FF_TEXT("Stop and remove container: "), false, AFTER_MAIN, FF_STEP_POST, FF_TEXT("Stop containers")},
    {FF_TEXT("Cleaning up orphan processes"), false, ANY_TIME, FF_STEP_COMPLETE, FF_TEXT("Complete job")},
    {FF_TEXT("Prepare all required actions"), false, AFTER_MAIN, FF_STEP_MAIN, FF_TEXT("")},
    {FF_TEXT("Checking docker version"), true, BEFORE_MAIN, FF_STEP_SETUP, FF_TEXT("Initialize containers")},
    {FF_TEXT("Build container for action use: "), true, BEFORE_MAIN, FF_STEP_SETUP, FF_TEXT("Build container")},
    {FF_TEXT("Pull down action image "), true, BEFORE_MAIN, FF_STEP_SETUP, FF_TEXT("Pull container")},
};

/* What the first lines of a job's log say, by version of the runner and kind of machine. */
static const ff_slice SETUP_STARTS[] = {
    FF_TEXT("Requested labels: "),
    FF_TEXT("Job defined at: "),
    FF_TEXT("Waiting for a runner to pick up this job"),
    FF_TEXT("Job is waiting for a hosted runner"),
    FF_TEXT("Job is about to start running on"),
    FF_TEXT("Current runner version: "),
    FF_TEXT("Runner name: "),
    FF_TEXT("Runner Image Provisioner"),
    FF_TEXT("Starting: Prepare job"),
    FF_TEXT("Found online and idle "),
};

static const struct phase_row {
    ff_slice name;
    ff_step_phase phase;
} PHASES[] = {
    {FF_TEXT("Set up job"), FF_STEP_SETUP},
    {FF_TEXT("Set up runner"), FF_STEP_SETUP},
    {FF_TEXT("Initialize containers"), FF_STEP_SETUP},
    {FF_TEXT("Stop containers"), FF_STEP_POST},
    {FF_TEXT("Complete job"), FF_STEP_COMPLETE},
    {FF_TEXT("Complete runner"), FF_STEP_COMPLETE},
};

ff_step_phase ff_steps_phase(ff_slice name)
{
    for (size_t i = 0; i < sizeof PHASES / sizeof *PHASES; i++)
        if (ff_slice_eq(PHASES[i].name, name))
            return PHASES[i].phase;
    return FF_STEP_MAIN;
}

bool ff_steps_is_setup(ff_slice text)
{
    for (size_t i = 0; i < sizeof SETUP_STARTS / sizeof *SETUP_STARTS; i++)
        if (ff_slice_starts(text, SETUP_STARTS[i]))
            return true;
    return false;
}

void ff_steps_begin(ff_steps *steps, ff_run *run, uint32_t job, bool split)
{
    const ff_job *facts = ff_run_job(run, job);
    *steps = (ff_steps){.run = run, .job = job, .step = FF_NO_INDEX, .split = split, .header_time = FF_NO_TIME};
    steps->aligned = split && facts->known && facts->steps.count > 0;
}

static ff_step *current(const ff_steps *steps)
{
    return steps->step == FF_NO_INDEX ? NULL : ff_run_step(steps->run, steps->job, steps->step);
}

static void name_step(const ff_steps *steps, ff_step *step, ff_slice name)
{
    if (!steps->aligned)
        step->name = ff_run_keep_name(steps->run, name);
}

/* What is known of the step that begins. */
static void start_step(ff_steps *steps, bool named)
{
    steps->main_seen |= current(steps)->phase == FF_STEP_MAIN && named;
    steps->opened = NULL;
    steps->preparing = steps->composite = steps->marked = steps->action = false;
    steps->last_shell = steps->inner_shell = 0;
    steps->depth = 0;
}

/* The step is one of those that are known; or still the current one. */
static void enter_known(ff_steps *steps, ff_slice name, ff_step_phase phase)
{
    const ff_job *job = ff_run_job(steps->run, steps->job);
    uint32_t step = ff_align_opening(job, steps->step, name, phase, steps->time);
    if (step == steps->step)
        return;
    steps->step = step;
    start_step(steps, true);
}

static ff_status open_step(ff_steps *steps, ff_slice name, ff_step_phase phase)
{
    if (steps->aligned) {
        enter_known(steps, name, phase);
        return FF_OK;
    }
    ff_step *step = ff_run_add_step(steps->run, steps->job, name);
    const ff_job *job = ff_run_job(steps->run, steps->job);
    if (!step && (steps->run->arena->failed || job->steps.count == 0))
        return FF_NOMEM;
    steps->step = (uint32_t)(job->steps.count - 1);
    if (!step)
        return FF_OK; /* beyond the bound, which has made its note: the text goes on in the last step */
    step->phase = phase;
    start_step(steps, name.len > 0);
    return FF_OK;
}

static ff_status open_setup(ff_steps *steps)
{
    static const ff_slice name = FF_TEXT("Set up job");
    ff_status status = open_step(steps, name, FF_STEP_SETUP);
    ff_step *step = current(steps);
    if (step && !steps->aligned && steps->step == 0)
        step->number = 1;
    return status;
}

/* Hooks of self-hosted runners have headers like steps: `Run '/home/runner/…/index.js'`, run by the runner's own node.
 */
static bool is_hook(const ff_header_survey *header)
{
    return ff_slice_starts(header->title, FF_LIT("Run '")) && ff_slice_ends(header->title, FF_LIT(".js'")) &&
           ff_slice_find(header->shell, FF_LIT("node")) != SIZE_MAX;
}

/* What a `run:` gets that names no shell. Inside a composite action every script must name its shell, and then bash has
 * more options. */
static bool is_default_shell(ff_slice shell)
{
    return ff_slice_ends(ff_slice_trim_end(shell), FF_LIT("bash -e {0}"));
}

static uint64_t shell_of(const ff_header_survey *header)
{
    return header->shell.len ? ff_hash(FF_HASH_START, ff_slice_trim_end(header->shell)) : 0;
}

static bool has_ended(const ff_step_signs *signs)
{
    return signs->exit_code != FF_NO_EXIT_CODE || signs->cancelled || signs->timed_out || signs->lost;
}

static bool comes_at_once(const ff_steps *steps, const ff_front *front)
{
    if (!steps->action || !steps->silent)
        return false;
    return !front->stamped || steps->header_time == FF_NO_TIME ||
           front->time - steps->header_time <= AT_ONCE_NANOSECONDS;
}

static bool script_is_inside(const ff_steps *steps, const ff_front *front, const ff_header_survey *header)
{
    if (is_default_shell(header->shell) || (!steps->action && !steps->composite))
        return false;
    if (comes_at_once(steps, front))
        return true;
    /* Later scripts of a composite look like scripts of the job, unless those are known to run in another shell. */
    uint64_t shell = shell_of(header);
    return steps->composite && steps->job_shell && shell != steps->job_shell && shell == steps->inner_shell;
}

static bool action_is_inside(const ff_steps *steps, const ff_front *front, const ff_header_survey *header)
{
    ff_slice action = ff_slice_from(header->title, FF_LIT("Run ").len);
    switch (ff_downloads_use(&steps->downloads, action)) {
    case FF_USED_INSIDE: return true;
    case FF_USED_BY_JOB: return false;
    case FF_USED_UNKNOWN: break;
    }
    return front->stamped && comes_at_once(steps, front);
}

/* Does the header belong to a composite action, or is it the next step of the job? In doubt it is the next step. */
static bool is_inside(const ff_steps *steps, const ff_front *front, const ff_header_survey *header)
{
    const ff_step *step = current(steps);
    if (step && steps->aligned)
        return ff_align_opening(ff_run_job(steps->run, steps->job), steps->step, header->title, FF_STEP_MAIN,
                                front->time) == steps->step;
    if (!step || step->phase != FF_STEP_MAIN || has_ended(&step->signs))
        return false;
    if (steps->marked)
        return steps->depth > 0;
    return header->scripted ? script_is_inside(steps, front, header) : action_is_inside(steps, front, header);
}

static void note_shell(ff_steps *steps, const ff_header_survey *header, bool inside, bool was_composite)
{
    if (inside && !steps->inner_shell)
        steps->inner_shell = header->scripted ? shell_of(header) : steps->last_shell;
    if (!header->scripted)
        return;
    steps->last_shell = shell_of(header);
    bool is_default = is_default_shell(header->shell);
    if (!inside && (is_default || (!was_composite && !steps->job_default))) {
        steps->job_shell = steps->last_shell;
        steps->job_default = is_default;
    }
}

static ff_status look_at_header(ff_steps *steps, const ff_front *front, const ff_header_survey *header)
{
    ff_status status = FF_OK;
    if (steps->preparing && current(steps)) {
        name_step(steps, current(steps), header->title);
        steps->preparing = false;
        steps->main_seen = true;
    } else {
        bool inside = is_inside(steps, front, header), was_composite = steps->composite;
        if (!inside)
            status = open_step(steps, header->title, FF_STEP_MAIN);
        steps->composite |= inside;
        note_shell(steps, header, inside, was_composite);
    }
    steps->action = !header->scripted;
    steps->silent = true;
    steps->header_time = front->time;
    return status;
}

static const struct opener *find_opener(const ff_steps *steps, const ff_front *front)
{
    bool group = front->marker.word == FF_MARKER_GROUP;
    if (front->echoed || (!group && front->marker.word != FF_MARKER_NONE))
        return NULL;
    for (size_t i = 0; i < sizeof OPENERS / sizeof *OPENERS; i++) {
        const struct opener *opener = &OPENERS[i];
        if (opener->group != group || !ff_slice_starts(front->text, opener->text))
            continue;
        bool fits = opener->when == ANY_TIME || (opener->when == AFTER_MAIN) == steps->main_seen;
        return fits && steps->depth == 0 ? opener : NULL;
    }
    return NULL;
}

/* `Build container for action use: '/…/_actions/owner/name/v2/Dockerfile'.` is the step "Build owner/name@v2". */
static ff_slice build_name(const ff_steps *steps, ff_slice text)
{
    static const ff_slice folder = FF_TEXT("/_actions/");
    size_t at = ff_slice_find(text, folder);
    ff_slice rest = ff_slice_from(text, at == SIZE_MAX ? text.len : at + folder.len), part[3] = {{0}};
    for (size_t i = 0; i < 3; i++)
        if (!ff_slice_take_until(&rest, '/', &part[i]))
            return (ff_slice){0};
    return ff_arena_printf(steps->run->arena, "Build %.*s/%.*s@%.*s", FF_ARG(part[0]), FF_ARG(part[1]),
                           FF_ARG(part[2]));
}

static ff_status open_by(ff_steps *steps, const struct opener *opener, ff_slice text)
{
    /* "Stop containers" goes on over several such lines. */
    if (steps->opened && ff_slice_eq(((const struct opener *)steps->opened)->name, opener->name) &&
        ff_slice_eq(opener->name, FF_LIT("Stop containers")))
        return FF_OK;
    ff_slice built = ff_slice_starts(opener->name, FF_LIT("Build")) ? build_name(steps, text) : (ff_slice){0};
    ff_status status = open_step(steps, built.len ? built : opener->name, opener->phase);
    steps->opened = opener;
    steps->preparing = opener->name.len == 0;
    return status;
}

static void look_at_marks(ff_steps *steps, const ff_front *front)
{
    if (front->marker.word == FF_MARKER_START_ACTION)
        steps->depth++;
    if (front->marker.word == FF_MARKER_END_ACTION && steps->depth > 0)
        steps->depth--;
    steps->marked |= front->marker.word == FF_MARKER_START_ACTION || front->marker.word == FF_MARKER_END_ACTION;
}

/* Text cut out of a job's log may begin inside its set-up; this line ends it. */
static void look_for_end_of_setup(ff_steps *steps, const ff_front *front)
{
    ff_step *step = current(steps);
    if (!step || steps->aligned || steps->step != 0 || step->name.len ||
        !ff_slice_starts(front->text, FF_LIT("Complete job name: ")))
        return;
    name_step(steps, step, FF_LIT("Set up job"));
    step->phase = FF_STEP_SETUP;
    step->number = 1;
}

ff_status ff_steps_look(ff_steps *steps, const ff_front *front, const ff_header_survey *header, bool stamps)
{
    if (!steps->split)
        return FF_OK;
    bool whole = front->stamped || !stamps;
    ff_status status = FF_OK;
    steps->time = front->stamped ? front->time : FF_NO_TIME;
    const struct opener *opener = whole ? find_opener(steps, front) : NULL;
    if (header && is_hook(header))
        header = NULL;
    if (header && whole)
        status = look_at_header(steps, front, header);
    else if (opener)
        status = open_by(steps, opener, front->text);
    else if (steps->aligned && steps->step != FF_NO_INDEX)
        steps->step = ff_align_line(ff_run_job(steps->run, steps->job), steps->step, steps->time);
    else if (steps->step == FF_NO_INDEX)
        status = ff_steps_is_setup(front->text) ? open_setup(steps) : open_step(steps, (ff_slice){0}, FF_STEP_MAIN);
    if (status != FF_OK)
        return status;
    look_at_marks(steps, front);
    look_for_end_of_setup(steps, front);
    if (front->marker.word == FF_MARKER_GROUP && !ff_header_starts(front))
        steps->silent = false;
    return FF_OK;
}

void ff_steps_note(ff_steps *steps, const ff_line *line)
{
    if (!steps->split)
        return;
    if (line->kind == FF_LINE_RUNNER)
        ff_downloads_line(&steps->downloads, line->text, !steps->main_seen, &steps->run->notes);
    else if (line->kind == FF_LINE_SCRIPT || line->kind == FF_LINE_GROUP)
        steps->header_time = line->place.time;
    else
        steps->silent = false;
}
