#include "repo/scene.h"

#include "base/limits.h"
#include "repo/passage.h"

static const ff_probe_scene NOWHERE = {.passed = false};

static bool is_empty(ff_slice line)
{
    return ff_slice_trim(line).len == 0;
}

/* Lines from the first to the last that is not empty; `first` is the number of the first one. */
static uint32_t count_lines(ff_slice text, uint32_t *first)
{
    ff_passage passage = {.rest = text};
    ff_slice line;
    uint32_t last = 0;
    *first = 0;
    while (ff_passage_next(&passage, &line)) {
        if (is_empty(line))
            continue;
        last = passage.line;
        *first = *first ? *first : passage.line;
    }
    return last ? last - *first + 1 : 0;
}

/* An expression may have become several lines, and then the lines of file and echo differ; so may empty lines above.
 */
static void map_lines(ff_scene *scene)
{
    uint32_t echoed, written;
    uint32_t count = count_lines(scene->script, &echoed);
    scene->mapped = count_lines(scene->site.step->run.text, &written) == count;
    scene->shift = (int64_t)written - echoed;
}

/* Chooses the script: what the log shows is what ran. */
static void choose_script(ff_scene *scene)
{
    const ff_workflow_site *site = &scene->site;
    if (scene->from->script.len) {
        scene->script = scene->from->script;
        scene->options = scene->from->shell;
        scene->known = true;
        if (site->step && site->confirmed)
            map_lines(scene);
    } else if (site->step && site->step->run.text.len) {
        scene->script = site->step->run.text;
        scene->mapped = true;
        scene->known = ff_shell_options_of(ff_workflow_shell_of(site), &scene->options);
    }
}

void ff_scene_locate(const ff_repo *repo, const ff_probe_scene *from, ff_workflow_site *site)
{
    *site = (ff_workflow_site){0};
    if (!from || !repo->tree)
        return;
    ff_workflow_ask ask = {.path = repo->workflow_path, .job = from->job, .step = from->step, .script = from->script};
    if (!ff_workflows_locate(repo->workflows, &ask, site))
        *site = (ff_workflow_site){0};
}

ff_status ff_scene_open(ff_scene *scene, ff_repo *repo, const ff_probe_scene *from)
{
    *scene = (ff_scene){.repo = repo, .from = from ? from : &NOWHERE};
    ff_arena_init(&scene->arena, FF_LIMIT_REPO_BYTES);
    ff_scene_locate(repo, from, &scene->site);
    choose_script(scene);
    if (!scene->known)
        return FF_OK;
    ff_status status = ff_shell_read(&scene->shell, scene->script, &scene->options, &scene->arena);
    return status == FF_OK ? ff_voices_read(&scene->voices, &scene->shell, scene->from->printed,
                                            scene->from->printed_count, &scene->arena)
                           : status;
}

void ff_scene_close(ff_scene *scene)
{
    ff_arena_release(&scene->arena);
    *scene = (ff_scene){0};
}

/* ---- lines ---- */

/* The line in the file; that of `run:` where the script's lines are not lines of the file. 0: none. */
static uint32_t file_line(const ff_scene *scene, uint32_t line)
{
    int64_t written = line + scene->shift;
    uint32_t found = scene->mapped && written > 0 ? ff_workflow_line_of(scene->site.step, (uint32_t)written) : 0;
    return found || !scene->mapped ? found : scene->site.step->run.line;
}

ff_slice ff_scene_where(const ff_scene *scene, uint32_t line)
{
    ff_arena *arena = &scene->repo->arena;
    uint32_t found = file_line(scene, line);
    if (found)
        return ff_arena_printf(arena, "%.*s:%u", FF_ARG(scene->site.file->path), found);
    return ff_arena_printf(arena, "line %u of the script", line);
}

ff_status ff_scene_add_place(const ff_scene *scene, ff_probe_answer *answer, uint32_t line)
{
    uint32_t found = file_line(scene, line);
    ff_slice path = found ? scene->site.file->path : (ff_slice){0};
    return ff_probe_add_place(scene->repo, answer, path, found ? found : line, ff_passage_line(scene->script, line));
}

/* ---- commands ---- */

static bool has_word(const ff_shell_command *command, ff_slice word)
{
    for (uint32_t i = 0; i < command->word_count; i++)
        if (ff_slice_eq(command->words[i], word))
            return true;
    return false;
}

/* Commands that take the name of another one without running it. */
static bool only_names(const ff_shell_command *command)
{
    static const ff_slice ASKING[] = {FF_TEXT("which"), FF_TEXT("type"),   FF_TEXT("hash"),
                                      FF_TEXT("echo"),  FF_TEXT("printf"), FF_TEXT("print")};
    ff_slice first = command->word_count ? command->words[0] : (ff_slice){0};
    for (size_t i = 0; i < sizeof ASKING / sizeof *ASKING; i++)
        if (ff_slice_eq(first, ASKING[i]))
            return true;
    return (ff_slice_eq(first, FF_LIT("command")) && has_word(command, FF_LIT("-v"))) ||
           has_word(command, FF_LIT("help")) || has_word(command, FF_LIT("--help"));
}

const ff_shell_command *ff_scene_next(const ff_scene *scene, ff_slice text, const ff_shell_command *after)
{
    do {
        after = ff_shell_find(&scene->shell, text, after);
    } while (after && only_names(after));
    return after;
}

/* ---- the scripts of a job ---- */

/* A script that lacks the last word of the text does not have the command, whatever the shell makes of it. */
static bool could_have(ff_slice script, ff_slice text)
{
    return ff_slice_find(script, ff_slice_behind_last(ff_slice_trim(text), ' ')) != SIZE_MAX;
}

ff_scene_sight ff_scene_sight_of(const ff_scene *scene, ff_slice text)
{
    bool action = scene->site.step && scene->site.step->uses.text.len && !scene->site.differs;
    if (!scene->known)
        return action ? FF_SIGHT_NONE : FF_SIGHT_UNCLEAR;
    if (ff_scene_next(scene, text, NULL))
        return FF_SIGHT_HERE;
    return scene->shell.whole || !could_have(scene->script, text) ? FF_SIGHT_NONE : FF_SIGHT_UNCLEAR;
}

/* Puts an earlier scene in place of `scene` if it has the text. */
static ff_status try_earlier(ff_scene *scene, const ff_probe_scene *from, ff_slice text, ff_scene_sight *sight)
{
    ff_scene other;
    if (from->script.len && !could_have(from->script, text))
        return FF_OK;
    ff_status status = ff_scene_open(&other, scene->repo, from);
    ff_scene_sight seen = status == FF_OK ? ff_scene_sight_of(&other, text) : FF_SIGHT_NONE;
    if (seen != FF_SIGHT_NONE)
        *sight = seen;
    if (seen != FF_SIGHT_HERE) {
        ff_scene_close(&other);
        return status;
    }
    ff_scene_close(scene);
    *scene = other;
    return status;
}

/* `scene` must be closed in any case, and is the question's own where none has the text. */
static ff_status open_with(ff_scene *scene, ff_repo *repo, const ff_probe_question *question, ff_slice text,
                           ff_scene_sight *sight)
{
    const ff_probe_scene *from = question->scene;
    ff_status status = ff_scene_open(scene, repo, from);
    *sight = status == FF_OK ? ff_scene_sight_of(scene, text) : FF_SIGHT_NONE;
    for (size_t i = from ? from->earlier_count : 0; status == FF_OK && *sight != FF_SIGHT_HERE && i-- > 0;)
        status = try_earlier(scene, &from->earlier[i], text, sight);
    return status;
}

/* Why there is no script. */
static const char *lack_of(const ff_scene *scene)
{
    if (scene->script.len)
        return "no shell runs the step's script";
    if (scene->site.step)
        return "the step runs no script";
    return scene->repo->tree ? "the log does not show the step's script, and no workflow file has the step"
                             : "the log does not show the step's script";
}

/* For a text that no script of the job has, or that none is known to have. */
static ff_status say_absent(const ff_scene *scene, ff_probe_answer *answer, ff_slice text, ff_scene_sight sight)
{
    ff_slice quote = ff_passage_quote(&scene->repo->arena, text);
    if (sight == FF_SIGHT_NONE)
        return ff_probe_say(scene->repo, answer, FF_PROBE_UNKNOWN, "no script of the job runs “%.*s”", FF_ARG(quote));
    return ff_probe_say(scene->repo, answer, FF_PROBE_UNKNOWN, "no script that was read runs “%.*s”, and %s",
                        FF_ARG(quote), scene->known ? "one was not understood to its end" : lack_of(scene));
}

ff_status ff_scene_answer(ff_repo *repo, const ff_probe_question *question, ff_scene_answer_fn *answer_here,
                          ff_probe_answer *answer)
{
    ff_slice text = ff_probe_param_of(question, "text");
    ff_scene scene;
    ff_scene_sight sight;
    ff_status status = open_with(&scene, repo, question, text, &sight);
    if (status == FF_OK && sight == FF_SIGHT_HERE)
        status = answer_here(&scene, text, answer);
    else if (status == FF_OK)
        status = say_absent(&scene, answer, text, sight);
    ff_scene_close(&scene);
    return status;
}

ff_status ff_scene_say_too_often(const ff_scene *scene, ff_probe_answer *answer, ff_slice text)
{
    return ff_probe_say(scene->repo, answer, FF_PROBE_UNKNOWN, "the script runs “%.*s” more than %d times",
                        FF_ARG(ff_passage_quote(&scene->repo->arena, text)), FF_SCENE_COMMANDS);
}
