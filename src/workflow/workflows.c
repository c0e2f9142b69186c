#include "workflow/workflows.h"

#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct loader {
    ff_workflows *workflows;
    ff_tree *tree;
    ff_arena *arena;
    size_t bytes; /* of models so far */
} loader;

/* Names of the file of an action, in the order in which the runner looks for them. */
static const char *const ACTION_FILES[] = {"action.yml", "action.yaml"};

/* What FF_LIMIT_NAME_BYTES cuts cannot be the path of a file that is called. */
typedef struct local_path {
    char bytes[FF_LIMIT_NAME_BYTES];
} local_path;

/* The path that `uses: ./…` means, from the root of the repository, with `file` behind it unless that is NULL; empty if
 * it means none. */
static ff_slice path_of(local_path *path, ff_slice uses, const char *file)
{
    if (!ff_slice_take_prefix(&uses, FF_LIT("./")) || ff_slice_find(uses, FF_LIT("..")) != SIZE_MAX)
        return (ff_slice){0};
    while (ff_slice_ends(uses, FF_LIT("/")))
        uses = ff_slice_cut(uses, uses.len - 1);
    int length = snprintf(path->bytes, sizeof path->bytes, "%.*s%s%s", FF_ARG(uses), file && uses.len ? "/" : "",
                          file ? file : "");
    bool fits = length > 0 && (size_t)length < sizeof path->bytes;
    return fits ? (ff_slice){path->bytes, (size_t)length} : (ff_slice){0};
}

/* ---- loading ---- */

/* Why a file is not all there: what base/yaml.h says, with the line in front and without the file. */
static ff_slice trouble_of(const ff_error *error, ff_arena *arena)
{
    ff_slice text = ff_slice_of(error->text);
    size_t at = ff_slice_find(text, FF_LIT(": "));
    if (!error->line || at == SIZE_MAX)
        return ff_arena_dup(arena, text);
    return ff_arena_printf(arena, "line %u: %.*s", (unsigned)error->line, FF_ARG(ff_slice_from(text, at + 2)));
}

static ff_status note_trouble(loader *l, ff_workflow_file *file, const ff_error *error)
{
    l->workflows->whole = false;
    file->trouble = trouble_of(error, l->arena);
    return file->trouble.ptr ? FF_OK : FF_NOMEM;
}

/* Keeps a model in the arena, unless it is too large together with the others. */
static ff_status keep_model(loader *l, ff_workflow_file *file, ff_arena *model, ff_error *error)
{
    if (model->used > FF_LIMIT_WORKFLOWS_BYTES - l->bytes) {
        file->model = (ff_workflow){0};
        *error = (ff_error){0};
        return ff_error_set(error, FF_LIMIT, "the workflow files are larger than all that is read of them");
    }
    l->bytes += model->used;
    return ff_arena_adopt(l->arena, model) ? error->status : FF_NOMEM;
}

/* An arena of its own: only then is it known how large the model is. */
static ff_status read_model(loader *l, ff_workflow_file *file, ff_error *error)
{
    ff_arena model;
    ff_arena_init(&model, 0);
    ff_status status = file->action ? ff_workflow_read_action(file->text, &model, &file->model, error)
                                    : ff_workflow_read_part(file->text, &model, &file->model, error);
    if (status != FF_NOMEM)
        status = keep_model(l, file, &model, error);
    if (status == FF_NOMEM)
        file->model = (ff_workflow){0};
    ff_arena_release(&model);
    return status;
}

static ff_status read_workflow(loader *l, ff_workflow_file *file)
{
    ff_error error = {0};
    ff_status status = ff_tree_read(l->tree, file->path, &file->text, &error);
    if (status == FF_OK)
        status = read_model(l, file, &error);
    return status == FF_OK || status == FF_NOMEM ? status : note_trouble(l, file, &error);
}

static ff_status add_file(loader *l, const ff_tree_entry *entry, bool action)
{
    if (l->workflows->files.count == FF_LIMIT_WORKFLOW_FILES) {
        l->workflows->whole = false;
        return FF_OK;
    }
    ff_workflow_file *file = FF_ARRAY_PUSH(l->arena, &l->workflows->files);
    if (!file)
        return FF_NOMEM;
    *file = (ff_workflow_file){.path = entry->path, .action = action};
    return read_workflow(l, file);
}

static ff_status add_matching(loader *l, ff_slice glob)
{
    size_t at = 0;
    ff_status status = FF_OK;
    const ff_tree_entry *entry;
    while (status == FF_OK && (entry = ff_tree_next(l->tree, glob, &at)) != NULL)
        status = add_file(l, entry, false);
    return status;
}

static bool is_loaded(const loader *l, const ff_tree_entry *entry)
{
    for (size_t i = 0; i < l->workflows->files.count; i++)
        if (l->workflows->files.items[i].path.ptr == entry->path.ptr)
            return true;
    return false;
}

static ff_status add_action(loader *l, ff_slice uses)
{
    for (size_t i = 0; i < sizeof ACTION_FILES / sizeof *ACTION_FILES; i++) {
        local_path path;
        ff_slice name = path_of(&path, uses, ACTION_FILES[i]);
        const ff_tree_entry *entry = name.len ? ff_tree_entry_of(l->tree, name) : NULL;
        if (entry)
            return is_loaded(l, entry) ? FF_OK : add_file(l, entry, true);
    }
    return FF_OK;
}

/* The list grows meanwhile: actions name further actions. */
static ff_status add_actions(loader *l)
{
    ff_status status = FF_OK;
    for (size_t f = 0; f < l->workflows->files.count && status == FF_OK; f++) {
        const ff_workflow model = l->workflows->files.items[f].model;
        for (size_t j = 0; j < model.jobs.count; j++)
            for (size_t s = 0; s < model.jobs.items[j].steps.count && status == FF_OK; s++)
                status = add_action(l, model.jobs.items[j].steps.items[s].uses.text);
    }
    return status;
}

static int compare_files(const void *a, const void *b)
{
    return ff_slice_cmp(((const ff_workflow_file *)a)->path, ((const ff_workflow_file *)b)->path);
}

ff_status ff_workflows_load(ff_workflows **workflows, ff_tree *tree, ff_arena *arena)
{
    *workflows = ff_arena_alloc(arena, sizeof **workflows);
    if (!*workflows)
        return FF_NOMEM;
    if (!tree)
        return FF_OK;
    loader l = {.workflows = *workflows, .tree = tree, .arena = arena};
    l.workflows->whole = tree->whole;
    ff_status status = add_matching(&l, FF_LIT(".github/workflows/*.yml"));
    if (status == FF_OK)
        status = add_matching(&l, FF_LIT(".github/workflows/*.yaml"));
    if (status == FF_OK)
        status = add_actions(&l);
    if (l.workflows->files.count)
        qsort(l.workflows->files.items, l.workflows->files.count, sizeof *l.workflows->files.items, compare_files);
    return status;
}

ff_status ff_workflows_reread(ff_workflows *workflows, ff_tree *tree, ff_slice path, ff_arena *arena)
{
    loader l = {.workflows = workflows, .tree = tree, .arena = arena};
    for (size_t i = 0; i < workflows->files.count; i++) {
        ff_workflow_file *file = &workflows->files.items[i];
        if (!ff_slice_eq(file->path, path))
            continue;
        *file = (ff_workflow_file){.path = file->path, .action = file->action};
        ff_status status = read_workflow(&l, file);
        if (status != FF_NOMEM || !arena->full)
            return status;
        workflows->whole = false;
        file->trouble = FF_LIT("its models are larger than all that is kept of them");
    }
    return FF_OK;
}

/* ---- looking up ---- */

const ff_workflow_file *ff_workflows_file(const ff_workflows *workflows, ff_slice path)
{
    const ff_workflow_file key = {.path = path};
    if (!workflows->files.count)
        return NULL;
    return bsearch(&key, workflows->files.items, workflows->files.count, sizeof key, compare_files);
}

const ff_workflow_file *ff_workflows_called(const ff_workflows *workflows, ff_slice uses, bool action)
{
    local_path path;
    const ff_workflow_file *file = NULL;
    if (!action)
        return ff_workflows_file(workflows, path_of(&path, uses, NULL));
    for (size_t i = 0; !file && i < sizeof ACTION_FILES / sizeof *ACTION_FILES; i++)
        file = ff_workflows_file(workflows, path_of(&path, uses, ACTION_FILES[i]));
    return file;
}

/* The first that says something. */
static ff_slice nearest(const ff_slice *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (texts[i].len)
            return texts[i];
    return (ff_slice){0};
}

ff_slice ff_workflow_shell_of(const ff_workflow_site *site)
{
    bool windows = ff_slice_find_nocase(site->job->runs_on.text, FF_LIT("windows")) != SIZE_MAX;
    ff_slice texts[] = {site->step->shell.text, site->job->shell.text, site->file->model.shell.text,
                        windows ? FF_LIT("pwsh") : (ff_slice){0}};
    return nearest(texts, sizeof texts / sizeof *texts);
}

ff_slice ff_workflow_folder_of(const ff_workflow_site *site)
{
    ff_slice texts[] = {site->step ? site->step->working_directory.text : (ff_slice){0},
                        site->job ? site->job->working_directory.text : (ff_slice){0},
                        site->file ? site->file->model.working_directory.text : (ff_slice){0}};
    return nearest(texts, sizeof texts / sizeof *texts);
}

uint32_t ff_workflow_line_of(const ff_workflow_step *step, uint32_t line)
{
    bool has_one = step->run_first_line && line && line - 1 <= step->run_last_line - step->run_first_line;
    return has_one ? step->run_first_line + line - 1 : 0;
}
