/* Members of workflow files by their kind: texts, pairs, flags, minutes. What has another kind than it should counts as
 * not said, or as not known. */
#ifndef FF_WORKFLOW_WORKFLOW_FIELDS_H
#define FF_WORKFLOW_WORKFLOW_FIELDS_H

#include "base/yaml.h"
#include "workflow/workflow.h"

/* A member of a map, with and without the blanks at its ends. */
ff_workflow_text ff_workflow_text_of(const ff_yaml_node *map, const char *key);
ff_workflow_text ff_workflow_text_whole(const ff_yaml_node *map, const char *key);

/* The texts of a list with commas between them, or a text by itself, or the member `name` of a map. Not for other
 * nodes. False without memory. */
bool ff_workflow_text_joined(const ff_yaml_node *node, ff_arena *arena, ff_workflow_text *text);
ff_workflow_text ff_workflow_text_named(const ff_yaml_node *node);

/* All members of a map that stands under `key`. False without memory. */
bool ff_workflow_pairs_of(const ff_yaml_node *map, const char *key, ff_arena *arena, ff_workflow_pairs *pairs);

/* `true`, `false` or something else; `otherwise` where it is not written. `line`, which may be NULL, becomes its line.
 */
ff_workflow_flag ff_workflow_flag_of(const ff_yaml_node *map, const char *key, ff_workflow_flag otherwise,
                                     uint32_t *line);

ff_minutes ff_workflow_minutes_of(const ff_yaml_node *map); /* `timeout-minutes` */

size_t ff_workflow_count_children(const ff_yaml_node *node); /* of a list or map; NULL has none */

#endif
