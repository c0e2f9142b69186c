#include "workshop/import.h"

#include "base/limits.h"
#include "catalog/path.h"
#include "workshop/import_plan.h"

#include <stdio.h>

ff_status ff_import_bytes(const ff_catalog *known, const char *name, ff_slice bytes, ff_buf *yaml, ff_buf *remarks,
                          ff_error *error)
{
    ff_arena arena;
    ff_issue_file file;
    ff_arena_init(&arena, 0);
    ff_import_plan plan = {.arena = &arena, .name = name, .error = error};
    ff_status status = ff_issue_file_read(&file, &arena, name, bytes, error);
    if (status == FF_OK)
        status = ff_import_plan_make(&plan, &file);
    if (status == FF_OK)
        status = ff_import_find_examples(&plan, known, remarks);
    if (status == FF_OK) {
        ff_import_print(&plan, yaml);
        status = ff_buf_status(yaml);
    }
    ff_arena_release(&arena);
    return status == FF_OK ? FF_OK : ff_error_set(error, status, "%s: %s", name, ff_status_name(status));
}

ff_status ff_import_run(const ff_catalog *known, const char *path, ff_buf *yaml, ff_buf *remarks, ff_error *error)
{
    ff_buf bytes;
    ff_buf_init(&bytes, FF_LIMIT_YAML_BYTES);
    ff_status status = ff_path_read_input(path, &bytes, error);
    if (status == FF_OK)
        status = ff_import_bytes(known, path, ff_buf_slice(&bytes), yaml, remarks, error);
    ff_buf_release(&bytes);
    return status;
}
