#include "repo/scene.h"

#include "base/limits.h"
#include "repo/passage.h"

#include <stdlib.h>

enum { PIECE_BYTES = 64 * 1024 }; /* of memory that an arena takes for the first and the last of its texts */

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
    if (scene->from.script.len) {
        scene->script = scene->from.script;
        scene->options = scene->from.shell;
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

static ff_status read_script(ff_scene *scene)
{
    choose_script(scene);
    if (!scene->known)
        return FF_OK;
    ff_status status = ff_shell_read(&scene->shell, scene->script, &scene->options, &scene->arena);
    return status == FF_OK ? ff_voices_read(&scene->voices, &scene->shell, scene->from.printed,
                                            scene->from.printed_count, &scene->arena)
                           : status;
}

/* ---- keeping ---- */

static bool is_same_text(ff_slice a, ff_slice b)
{
    return a.ptr == b.ptr && a.len == b.len;
}

/* All that a scene is made of; its texts stay as they are while the repo is open. */
static bool is_same(const ff_probe_scene *a, const ff_probe_scene *b)
{
    return is_same_text(a->job, b->job) && is_same_text(a->step, b->step) && is_same_text(a->script, b->script) &&
           a->shell.errexit == b->shell.errexit && a->shell.pipefail == b->shell.pipefail && a->passed == b->passed &&
           a->printed == b->printed && a->printed_count == b->printed_count;
}

static ff_scene *find_kept(const ff_repo *repo, const ff_probe_scene *from)
{
    ff_scene *scene = repo->scenes;
    while (scene && !is_same(&scene->from, from))
        scene = scene->next;
    return scene;
}

static void keep(ff_scene *scene)
{
    ff_repo *repo = scene->repo;
    size_t bytes = PIECE_BYTES + scene->arena.used;
    if (bytes > FF_LIMIT_SCENES_BYTES - repo->scenes_bytes)
        return;
    repo->scenes_bytes += bytes;
    scene->kept = true;
    scene->next = repo->scenes;
    repo->scenes = scene;
}

static void release(ff_scene *scene)
{
    ff_arena_release(&scene->arena);
    free(scene);
}

ff_status ff_scene_open(ff_scene **scene, ff_repo *repo, const ff_probe_scene *from)
{
    static const ff_probe_scene nowhere = {.passed = false};
    from = from ? from : &nowhere;
    *scene = find_kept(repo, from);
    if (*scene)
        return FF_OK;
    ff_scene *made = calloc(1, sizeof *made);
    if (!made)
        return FF_NOMEM;
    *made = (ff_scene){.repo = repo, .from = *from};
    ff_arena_init(&made->arena, FF_LIMIT_REPO_BYTES);
    ff_scene_locate(repo, from, &made->site);
    ff_status status = read_script(made);
    if (status != FF_OK) {
        release(made);
        return status;
    }
    keep(made);
    *scene = made;
    return FF_OK;
}

void ff_scene_close(ff_scene *scene)
{
    if (scene && !scene->kept)
        release(scene);
}

void ff_scene_drop_kept(ff_repo *repo)
{
    while (repo->scenes) {
        ff_scene *next = repo->scenes->next;
        release(repo->scenes);
        repo->scenes = next;
    }
    repo->scenes_bytes = 0;
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
