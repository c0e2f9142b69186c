/* Where in the run a question to the repository comes from: the step, its script, and what its job ran before. */
#ifndef FF_DIAGNOSE_STAGE_H
#define FF_DIAGNOSE_STAGE_H

#include "diagnose/case.h"

/* One scene for each script that the log echoes, in log order. Needs the steps' conclusions. FF_OK or FF_NOMEM. */
ff_status ff_stages_make(ff_case *c);

/* The scene of a diagnosis: that of the script which was running, else the bare names of job and step, in `bare`. */
const ff_probe_scene *ff_stage_of(const ff_case *c, const ff_diagnosis *diagnosis, ff_probe_scene *bare);

/* The script behind a scene, or NULL for a bare one. */
const ff_script *ff_stage_script(const ff_case *c, const ff_probe_scene *scene);

/* Where the step of a scene stands in the repository. False if there is none, or no one place. */
bool ff_stage_locate(const ff_case *c, const ff_probe_scene *scene, ff_workflow_site *site);

/* `path:line` of a line of the scene's script: in the workflow file, else in the log. In the run's arena. */
ff_slice ff_stage_place(const ff_case *c, const ff_probe_scene *scene, uint32_t line);

#endif
