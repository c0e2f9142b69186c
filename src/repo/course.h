/* What the log shows of the course that a step's script took: which branches it entered and how far it came.
 *
 * The only witnesses are the texts that the script's own `echo` commands print: one that was printed, and that a single
 * place of the script prints, shows that this place was reached.
 *
 *     ff_slice text = {0};
 *     if (ff_course_of(&scene, command, &text) == FF_COURSE_NOT_TAKEN) ... the log shows `text`, of the other branch
 */
#ifndef FF_REPO_COURSE_H
#define FF_REPO_COURSE_H

#include "repo/scene.h"

typedef enum ff_course {
    FF_COURSE_UNCLEAR,
    FF_COURSE_TAKEN,     /* every branch around it is known to have been entered, or there is none */
    FF_COURSE_NOT_TAKEN, /* the other branch of a choice was entered */
} ff_course;

/* Whether one side of a choice was entered. `text` is set to what shows it, borrowed from the script, if anything does.
 */
ff_course ff_course_of_side(const ff_scene *scene, const ff_shell_choice *choice, bool in_then, ff_slice *text);

/* The same of all branches around a command, those around the script it stands in included. Without branches it was
 * come to if that is certain (ff_shell_proves). */
ff_course ff_course_of(const ff_scene *scene, const ff_shell_command *command, ff_slice *text);

/* True if the script is known to have gone on behind `command`: a later command that is reached for certain printed its
 * text, to which `text` is set, or the step passed, and then `text` is empty. */
bool ff_course_went_on(const ff_scene *scene, const ff_shell_command *command, ff_slice *text);

#endif
