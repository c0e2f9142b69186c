/* The steps of a job or composite action, and which lines of the file their scripts are. */
#ifndef FF_WORKFLOW_WORKFLOW_STEPS_H
#define FF_WORKFLOW_WORKFLOW_STEPS_H

#include "base/yaml.h"
#include "workflow/workflow.h"

/* Where the lines of a file start. Without any, no script is found in it. */
typedef struct ff_workflow_lines {
    ff_slice text;
    uint32_t *starts;
    size_t count;
} ff_workflow_lines;

/* Finds the lines of `text`, which is borrowed. A file with other line ends than LF and CRLF has none: YAML counts
 * them, editors do not. False without memory. */
bool ff_workflow_lines_find(ff_workflow_lines *lines, ff_slice text, ff_arena *arena);

/* Fills a zeroed step. False without memory. */
bool ff_workflow_read_step(ff_workflow_step *step, const ff_yaml_node *node, const ff_workflow_lines *lines,
                           ff_arena *arena);

#endif
