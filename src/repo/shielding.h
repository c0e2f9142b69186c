/* Words for what becomes of a command that fails: what swallows its failure, or asks for it first.
 *
 *     ff_slice words = ff_shielding_words(&scene, command);   -> a failure of it is let pass by “|| true” (ci.yml:12)
 */
#ifndef FF_REPO_SHIELDING_H
#define FF_REPO_SHIELDING_H

#include "repo/scene.h"

/* One clause on the command's shield, with the construct and its place, in the repo's arena. The empty slice without
 * memory, and then the arena has failed. */
ff_slice ff_shielding_words(const ff_scene *scene, const ff_shell_command *command);

/* The command as a reader knows it, without its redirections, for typographic quotes. In the repo's arena. */
ff_slice ff_shielding_name(const ff_scene *scene, const ff_shell_command *command);

/* The choice around `command` that asks first for one of the words of `text`, the last of them first; NULL: none. */
const ff_shell_choice *ff_shielding_guard(const ff_scene *scene, const ff_shell_command *command, ff_slice text,
                                          bool *in_then);

/* True if the step, or its job, goes on whatever its script ended with; `where` is set to the line that says so. */
bool ff_shielding_of_step(const ff_scene *scene, ff_slice *where);

#endif
