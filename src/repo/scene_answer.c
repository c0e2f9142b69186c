/* Questions about a command, put to the scripts of a job. */
#include "repo/passage.h"
#include "repo/scene.h"

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
static ff_status try_earlier(ff_scene **scene, const ff_probe_scene *from, ff_slice text, ff_scene_sight *sight)
{
    ff_scene *other = NULL;
    if (from->script.len && !could_have(from->script, text))
        return FF_OK;
    ff_status status = ff_scene_open(&other, (*scene)->repo, from);
    ff_scene_sight seen = status == FF_OK ? ff_scene_sight_of(other, text) : FF_SIGHT_NONE;
    if (seen != FF_SIGHT_NONE)
        *sight = seen;
    if (seen != FF_SIGHT_HERE) {
        ff_scene_close(other);
        return status;
    }
    ff_scene_close(*scene);
    *scene = other;
    return status;
}

/* `scene` must be closed in any case, and is the question's own where none has the text. */
static ff_status open_with(ff_scene **scene, ff_repo *repo, const ff_probe_question *question, ff_slice text,
                           ff_scene_sight *sight)
{
    const ff_probe_scene *from = question->scene;
    ff_status status = ff_scene_open(scene, repo, from);
    *sight = status == FF_OK ? ff_scene_sight_of(*scene, text) : FF_SIGHT_NONE;
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
    ff_scene *scene = NULL;
    ff_scene_sight sight;
    ff_status status = open_with(&scene, repo, question, text, &sight);
    if (status == FF_OK && sight == FF_SIGHT_HERE)
        status = answer_here(scene, text, answer);
    else if (status == FF_OK)
        status = say_absent(scene, answer, text, sight);
    ff_scene_close(scene);
    return status;
}

ff_status ff_scene_say_too_often(const ff_scene *scene, ff_probe_answer *answer, ff_slice text)
{
    return ff_probe_say(scene->repo, answer, FF_PROBE_UNKNOWN, "the script runs “%.*s” more than %d times",
                        FF_ARG(ff_passage_quote(&scene->repo->arena, text)), FF_SCENE_COMMANDS);
}
