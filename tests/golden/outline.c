/* Prints what stands in workflow files, so that a test can tell whether an edit left their jobs and steps alone.
 *
 *     golden_outline FILE...
 *
 * A line each: `job KEY`, `step LABEL`. Ends with 1 at the first file that is no workflow. */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "workflow/workflow.h"

#include <fcntl.h>
#include <stdio.h>

static ff_status print_outline(ff_slice text, ff_arena *arena, ff_error *error)
{
    ff_workflow workflow;
    ff_status status = ff_workflow_read(text, arena, &workflow, error);
    for (size_t i = 0; i < workflow.jobs.count; i++) {
        const ff_workflow_job *job = &workflow.jobs.items[i];
        (void)printf("job %.*s\n", FF_ARG(job->key));
        for (size_t k = 0; k < job->steps.count; k++)
            (void)printf("step %.*s\n", FF_ARG(job->steps.items[k].label));
    }
    return status;
}

static ff_status outline(const char *path, ff_error *error)
{
    ff_buf text;
    ff_arena arena;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ff_error_set(error, FF_IO, "cannot be opened");
    ff_buf_init(&text, FF_LIMIT_TREE_FILE_BYTES);
    ff_arena_init(&arena, 0);
    ff_status status = ff_file_read(fd, &text);
    if (status == FF_OK)
        status = print_outline(ff_buf_slice(&text), &arena, error);
    ff_arena_release(&arena);
    ff_buf_release(&text);
    return status;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        ff_error error = {0};
        if (outline(argv[i], &error) != FF_OK) {
            (void)fprintf(stderr, "%s: %s\n", argv[i], error.text);
            return 1;
        }
    }
    return 0;
}
