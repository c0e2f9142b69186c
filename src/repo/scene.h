/* The step that a question is about: its script, read once for all questions, and where each line of it stands.
 *
 *     ff_scene *scene = NULL;
 *     if ((status = ff_scene_open(&scene, repo, question->scene)) == FF_OK && scene->known)
 *         command = ff_shell_find(&scene->shell, text, NULL);
 *     ff_scene_close(scene);
 *
 * The script is the one that the runner echoed, else the `run` of the step that the workflow files have under this
 * name. A line of it is told as a line of the file only if the file's script is the one that ran.
 */
#ifndef FF_REPO_SCENE_H
#define FF_REPO_SCENE_H

#include "repo/probe.h"
#include "repo/voices.h"

typedef struct ff_scene {
    ff_repo *repo;
    ff_probe_scene from;   /* zeroed where nothing is known */
    ff_workflow_site site; /* zeroed where the files do not have the step */
    bool known;            /* there is a script, and a shell runs it */
    bool mapped;           /* its lines are those of the file */
    int64_t shift;         /* then so many lines farther down in the script of the file */
    ff_slice script;
    ff_shell_script shell;
    ff_voices voices;
    ff_shell_options options; /* as the script starts */
    ff_arena arena;           /* owned: what was read of the script */
    struct ff_scene *next;    /* of those that the repo keeps */
    bool kept;                /* it is one of them */
} ff_scene;

/* Opens the scene of a question; `from` may be NULL. FF_OK, also where nothing is known of it; FF_NOMEM, and nothing is
 * opened. The repo keeps what was read, up to FF_LIMIT_SCENES_BYTES, for the next question about the same step. */
ff_status ff_scene_open(ff_scene **scene, ff_repo *repo, const ff_probe_scene *from);
void ff_scene_close(ff_scene *scene); /* NULL is fine */

/* Frees those that the repo keeps, of which none may be open. */
void ff_scene_drop_kept(ff_repo *repo);

/* Finds the step alone, for questions that need no script: FF_OK and a zeroed `site` if the files do not have it. */
void ff_scene_locate(const ff_repo *repo, const ff_probe_scene *from, ff_workflow_site *site);

/* Words for a line of the script, in the repo's arena: `.github/workflows/ci.yml:12`, or `line 3 of the script`. The
 * empty slice without memory. */
ff_slice ff_scene_where(const ff_scene *scene, uint32_t line);

/* Adds a line of the script to the places of an answer. FF_OK or FF_NOMEM. */
ff_status ff_scene_add_place(const ff_scene *scene, ff_probe_answer *answer, uint32_t line);

/* The next command behind `after` (NULL: from the start) that runs `text`, as ff_shell_find: not one that only asks
 * whether there is such a command (`help migrate`, `command -v docker`) or prints its name. */
const ff_shell_command *ff_scene_next(const ff_scene *scene, ff_slice text, const ff_shell_command *after);

/* Where a command stands among the scripts of a job. */
typedef enum ff_scene_sight {
    FF_SIGHT_NONE,    /* in none of them */
    FF_SIGHT_UNCLEAR, /* in none that was read, but some could not be, or not to the end */
    FF_SIGHT_HERE,    /* in the script of the opened scene */
} ff_scene_sight;

/* Whether the script has a command of `text`. */
ff_scene_sight ff_scene_sight_of(const ff_scene *scene, ff_slice text);

/* Answers a question about the command in its parameter `text` from the scene whose script has it: the question's own,
 * else the latest of those before it. Where none has it the answer is `unknown`. FF_OK or FF_NOMEM. */
typedef ff_status ff_scene_answer_fn(const ff_scene *scene, ff_slice text, ff_probe_answer *answer);
ff_status ff_scene_answer(ff_repo *repo, const ff_probe_question *question, ff_scene_answer_fn *answer_here,
                          ff_probe_answer *answer);

/* Commands of one text that are looked at; a script that has more is not one that people wrote. */
enum { FF_SCENE_COMMANDS = 64 };

/* Answers `unknown` for a script that has more than FF_SCENE_COMMANDS of them. FF_OK or FF_NOMEM. */
ff_status ff_scene_say_too_often(const ff_scene *scene, ff_probe_answer *answer, ff_slice text);

#endif
