#include "base/limits.h"
#include "repo/course.h"
#include "repo/passage.h"
#include "repo/shielding.h"

/* What the scripts of the job say together. */
typedef struct ff_calling {
    ff_repo *repo;
    ff_probe_answer *answer;
    ff_slice text;
    ff_probe_outcome outcome;
    bool stands, unread, runs_files; /* somewhere; a script was not read to its end; one runs files of scripts */
    ff_slice words;                  /* the first of what decides */
} ff_calling;

/* Programs that run what stands in a file. */
static bool runs_file(const ff_shell_command *command)
{
    static const ff_slice RUNNERS[] = {FF_TEXT("make"), FF_TEXT("just"), FF_TEXT("npm"),    FF_TEXT("yarn"),
                                       FF_TEXT("pnpm"), FF_TEXT("tox"),  FF_TEXT("source"), FF_TEXT(".")};
    for (size_t i = 0; command->word_count && i < sizeof RUNNERS / sizeof *RUNNERS; i++)
        if (ff_slice_eq(command->words[0], RUNNERS[i]))
            return true;
    for (uint32_t i = 0; i < command->word_count; i++)
        if (ff_slice_ends(command->words[i], FF_LIT(".sh")))
            return true;
    return false;
}

static ff_status decide(ff_calling *calling, const ff_scene *scene, uint32_t line, ff_probe_outcome outcome,
                        ff_slice words)
{
    bool first = !calling->stands;
    bool better = first || (calling->outcome != FF_PROBE_FOUND && outcome == FF_PROBE_FOUND) ||
                  (calling->outcome == FF_PROBE_MISSING && outcome == FF_PROBE_UNKNOWN);
    calling->stands = true;
    if (!better)
        return FF_OK;
    calling->outcome = outcome;
    calling->words = words;
    calling->answer->places.count = 0; /* those of what it was better than */
    return scene->repo->arena.failed ? FF_NOMEM : ff_scene_add_place(scene, calling->answer, line);
}

static ff_status judge(ff_calling *calling, const ff_scene *scene, const ff_shell_command *command)
{
    ff_arena *arena = &scene->repo->arena;
    ff_slice text = {0}, later = {0};
    ff_course course = ff_course_of(scene, command, &text);
    ff_slice where = ff_scene_where(scene, command->first_line), name = ff_shielding_name(scene, command);
    uint32_t line = command->first_line;
    if (course == FF_COURSE_NOT_TAKEN)
        return decide(
            calling, scene, line, FF_PROBE_MISSING,
            ff_arena_printf(arena, "“%.*s” stands only in a branch that was not entered (%.*s): the log shows “%.*s”",
                            FF_ARG(name), FF_ARG(where), FF_ARG(ff_passage_quote(arena, text))));
    if (course == FF_COURSE_UNCLEAR)
        return decide(calling, scene, line, FF_PROBE_UNKNOWN,
                      ff_arena_printf(arena,
                                      "“%.*s” stands in a branch, and the log does not show whether that was entered "
                                      "(%.*s)",
                                      FF_ARG(name), FF_ARG(where)));
    if (!ff_course_went_on(scene, command, &later))
        return decide(calling, scene, line, FF_PROBE_UNKNOWN,
                      ff_arena_printf(arena, "nothing shows that the script came as far as “%.*s” (%.*s)", FF_ARG(name),
                                      FF_ARG(where)));
    return decide(calling, scene, line, FF_PROBE_FOUND,
                  ff_arena_printf(arena, "the script ran “%.*s” (%.*s) and went on", FF_ARG(name), FF_ARG(where)));
}

static ff_status judge_all(ff_calling *calling, const ff_scene *scene)
{
    ff_status status = FF_OK;
    const ff_shell_command *command = NULL;
    for (size_t i = 0; i < scene->shell.commands.count && !calling->runs_files; i++)
        calling->runs_files = runs_file(&scene->shell.commands.items[i]);
    for (size_t n = 0; status == FF_OK && (command = ff_scene_next(scene, calling->text, command)) != NULL; n++) {
        if (n == FF_SCENE_COMMANDS) {
            calling->unread = true;
            break;
        }
        status = judge(calling, scene, command);
    }
    return status;
}

static ff_status judge_scene(ff_calling *calling, const ff_probe_scene *from)
{
    ff_scene *scene = NULL;
    ff_status status = ff_scene_open(&scene, calling->repo, from);
    ff_scene_sight sight = status == FF_OK ? ff_scene_sight_of(scene, calling->text) : FF_SIGHT_NONE;
    calling->unread = calling->unread || sight == FF_SIGHT_UNCLEAR;
    if (status == FF_OK && scene->known)
        status = judge_all(calling, scene);
    ff_scene_close(scene);
    return status;
}

/* Steps of the job that the caller has not shown, by the workflow file. */
static void judge_unshown(ff_calling *calling, const ff_probe_scene *from)
{
    ff_workflow_site site;
    ff_scene_locate(calling->repo, from, &site);
    if (!site.step || from->earlier_count)
        return;
    for (size_t i = 0; i < site.job->steps.count && &site.job->steps.items[i] != site.step; i++) {
        ff_passage passage = {.rest = site.job->steps.items[i].run.text};
        ff_slice line;
        while (ff_passage_next(&passage, &line))
            calling->unread = calling->unread || ff_passage_names(line, calling->text);
    }
}

/* ---- files of scripts ---- */

static bool names_text(ff_calling *calling, ff_slice path)
{
    ff_error reason = {0};
    ff_slice text, line;
    if (ff_tree_read(calling->repo->tree, path, &text, &reason) != FF_OK)
        return true; /* it may */
    ff_passage passage = {.rest = text};
    while (ff_passage_next(&passage, &line))
        if (!ff_slice_starts(ff_slice_trim(line), FF_LIT("#")) && ff_passage_names(line, calling->text))
            return true;
    return false;
}

/* The first file that a step could run and that may call the command; the empty slice if there is none. */
static ff_slice caller_of(ff_calling *calling)
{
    static const char *const GLOBS[] = {"**/*.sh",     "**/Makefile",     "**/*.mk",
                                        "**/justfile", "**/package.json", "tox.ini"};
    const ff_tree_entry *entry;
    size_t files = 0;
    for (size_t i = 0; i < sizeof GLOBS / sizeof *GLOBS; i++)
        for (size_t at = 0; (entry = ff_tree_next(calling->repo->tree, ff_slice_of(GLOBS[i]), &at));)
            if (files++ == FF_LIMIT_PROBE_FILES || names_text(calling, entry->path))
                return entry->path;
    return (ff_slice){0};
}

/* No script of the job has it: then only what those scripts run could. */
static ff_status say_nowhere(ff_calling *calling)
{
    ff_repo *repo = calling->repo;
    ff_slice quote = ff_passage_quote(&repo->arena, calling->text);
    if (calling->runs_files && !repo->tree)
        return ff_probe_say(repo, calling->answer, FF_PROBE_UNKNOWN,
                            "no script of the job runs “%.*s” itself, and what the files do that they run is not known",
                            FF_ARG(quote));
    ff_slice caller = calling->runs_files ? caller_of(calling) : (ff_slice){0};
    if (caller.len)
        return ff_probe_say(repo, calling->answer, FF_PROBE_UNKNOWN,
                            "no script of the job runs “%.*s” itself, but “%.*s”, which one may run, may",
                            FF_ARG(quote), FF_ARG(ff_passage_quote(&repo->arena, caller)));
    return ff_probe_say(repo, calling->answer, FF_PROBE_MISSING, "no script of the job runs “%.*s”", FF_ARG(quote));
}

static ff_status say(ff_calling *calling)
{
    if (calling->stands && calling->outcome == FF_PROBE_FOUND)
        return ff_probe_say(calling->repo, calling->answer, FF_PROBE_FOUND, "%.*s", FF_ARG(calling->words));
    if (calling->unread && (!calling->stands || calling->outcome == FF_PROBE_MISSING))
        return ff_probe_say(calling->repo, calling->answer, FF_PROBE_UNKNOWN,
                            "not all scripts of the job could be read");
    if (calling->stands)
        return ff_probe_say(calling->repo, calling->answer, calling->outcome, "%.*s", FF_ARG(calling->words));
    return say_nowhere(calling);
}

ff_status ff_probe_command_called(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    const ff_probe_scene *from = question->scene;
    ff_calling calling = {.repo = repo, .answer = answer, .text = ff_probe_param_of(question, "text")};
    if (!from)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "no step is known that could have called it");
    ff_status status = judge_scene(&calling, from);
    for (size_t i = from->earlier_count; status == FF_OK && i-- > 0 && calling.outcome != FF_PROBE_FOUND;)
        status = judge_scene(&calling, &from->earlier[i]);
    judge_unshown(&calling, from);
    return status == FF_OK ? say(&calling) : status;
}
