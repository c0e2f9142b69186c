/* Questions put to the repository, and to the scripts that the log echoes: one row a probe, one file a probe.
 *
 *     ff_probe_param params[] = {{FF_LIT("name"), FF_LIT("migrate_schemas")}};
 *     ff_probe_question question = {.probe = FF_LIT("django-command"), .params = params, .param_count = 1, .scene =
 * &scene}; ff_probe_answer answer; ff_probe_ask(repo, &question, &answer); if (answer.outcome == FF_PROBE_MISSING) ...
 *
 * A probe never guesses: what it cannot see is `unknown`, with the reason. What cannot be asked, such as whether a
 * relative path is a package, is moot. What an answer means for a hypothesis is
 * said by the rule that asked (`found: supports`), not here. A new probe is one file and one row in probe.c.
 */
#ifndef FF_REPO_PROBE_H
#define FF_REPO_PROBE_H

#include "repo/repo.h"
#include "shell/shell.h"

typedef struct ff_probe_param {
    ff_slice name, value;
} ff_probe_param;

/* Where in the run the question comes from. Zeroed where nothing is known. Its texts stay as they are while the repo is
 * open. */
typedef struct ff_probe_scene {
    ff_slice job, step;     /* names, as the API has them */
    ff_slice script;        /* of the step, as the runner echoed it; empty: not known */
    ff_shell_options shell; /* as the log's `shell:` line says */
    bool passed;            /* the step is known to have ended with success */
    const ff_slice
        *printed; /* texts of the script's own `echo` commands that the step printed, or its job did before */
    size_t printed_count;
    ff_slice last_green; /* commit of the last run that passed; empty: not known */
    /* The scripts that the job ran before, the oldest first. */
    const struct ff_probe_scene *earlier;
    size_t earlier_count;
} ff_probe_scene;

typedef struct ff_probe_question {
    ff_slice probe;
    const ff_probe_param *params;
    size_t param_count;
    const ff_probe_scene *scene; /* NULL: none */
} ff_probe_question;

typedef enum ff_probe_outcome {
    FF_PROBE_UNKNOWN,
    FF_PROBE_FOUND,
    FF_PROBE_MISSING,
    FF_PROBE_MOOT, /* the question does not arise here, so that it stays open tells a reader nothing */
} ff_probe_outcome;

typedef struct ff_probe_place {
    ff_slice path;           /* in the repository; empty: a line of the echoed script, which no file was found for */
    uint32_t line, end_line; /* 1-based; 0: the file as a whole */
    ff_slice text;           /* of the line, without blanks at its ends, untrusted */
} ff_probe_place;

typedef struct ff_probe_answer {
    ff_probe_outcome outcome;
    ff_slice text; /* one clause for the reader, without a full stop: `no app of INSTALLED_APPS has it`. Names and
                    * quoted text stand in typographic quotes. Says the reason where the outcome is unknown */
    struct {
        ff_probe_place *items; /* the most telling first; FF_LIMIT_PROBE_PLACES at most */
        size_t count, cap;
    } places;
} ff_probe_answer;

/* The name of the probe at `index` and of its parameters, space-separated, those in brackets optional; NULL past the
 * last. For lint and documentation. */
const char *ff_probe_name(size_t index);
const char *ff_probe_params(size_t index);

/* True if it asks the repository's files, and so what is there; the others ask the scripts, and so what mattered. */
bool ff_probe_needs_tree(ff_slice name);

/* Answers; everything in `answer` lives in the repo's arena. A probe that does not exist, one without a parameter that
 * it needs, and one whose parameter is empty are unknown too. FF_OK or FF_NOMEM. */
ff_status ff_probe_ask(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer);

/* ---- for the files of probes ---- */

/* The value of a parameter, or empty. */
ff_slice ff_probe_param_of(const ff_probe_question *question, const char *name);

/* Sets outcome and text (printf style, one clause); adds a place. FF_OK or FF_NOMEM, FF_OK also at the bound of places,
 * which the text need not tell. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
ff_status
ff_probe_say(ff_repo *repo, ff_probe_answer *answer, ff_probe_outcome outcome, const char *format, ...);
ff_status ff_probe_add_place(ff_repo *repo, ff_probe_answer *answer, ff_slice path, uint32_t line, ff_slice text);

/* Probes, each in probe_<name>.c; rows in probe.c. */
typedef ff_status (*ff_probe_fn)(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer);
ff_status ff_probe_app_installed(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_changed(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_command_called(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_command_guarded(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_command_succeeded(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_django_command(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_environment_declared(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_file_matches(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_mentions(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_npm_requirement(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_path_exists(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_python_requirement(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_secret_declared(ff_repo *, const ff_probe_question *, ff_probe_answer *);
ff_status ff_probe_workflow_line(ff_repo *, const ff_probe_question *, ff_probe_answer *);

#endif
