#include "base/limits.h"
#include "repo/passage.h"
#include "repo/scene.h"

/* The lines of one file that a step runs or hands over: a byte a line, by number. */
typedef struct ff_marks {
    char *set;
    uint32_t count; /* of lines */
} ff_marks;

typedef struct ff_search {
    ff_repo *repo;
    ff_probe_answer *answer;
    ff_slice text;
    ff_workflow_site site; /* its step's lines are told first */
    size_t count;
    ff_slice trouble; /* of the first file that was not read to its end */
    ff_slice troubled;
} ff_search;

/* Steps that share a node share its lines: what is marked already is not gone through again. */
static void mark(ff_marks *marks, uint32_t first, uint32_t last)
{
    if (last > marks->count)
        last = marks->count;
    if (!first || first > last || (marks->set[first] && marks->set[last]))
        return;
    memset(marks->set + first, 1, (size_t)last - first + 1);
}

/* The last line of a member that begins at `line`: the next member ends it, or the step. */
static uint32_t end_of(const ff_workflow_step *step, uint32_t line)
{
    uint32_t starts[] = {
        step->name.line,
        step->id.line,
        step->uses.line,
        step->run.line,
        step->shell.line,
        step->working_directory.line,
        step->condition.line,
        step->continues_line,
        step->env.count ? step->env.items[0].line - 1 : 0, /* below its `env:` */
        step->with.count ? step->with.items[0].line - 1 : 0,
    };
    uint32_t end = step->last_line;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (starts[i] > line && starts[i] - 1 < end)
            end = starts[i] - 1;
    return end;
}

static void mark_pairs(ff_marks *marks, const ff_workflow_step *step, const ff_workflow_pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        uint32_t line = pairs->items[i].line, last = line;
        if (i + 1 < pairs->count && pairs->items[i + 1].line > line)
            last = pairs->items[i + 1].line - 1;
        else if (i + 1 == pairs->count)
            last = end_of(step, line);
        mark(marks, line, last);
    }
}

static void mark_step(ff_marks *marks, const ff_workflow_step *step)
{
    mark(marks, step->uses.line, step->uses.line);
    if (step->run_first_line)
        mark(marks, step->run_first_line, step->run_last_line);
    else if (step->run.line)
        mark(marks, step->run.line, end_of(step, step->run.line));
    mark_pairs(marks, step, &step->with);
    mark_pairs(marks, step, &step->env);
}

static void mark_file(ff_marks *marks, const ff_workflow *workflow)
{
    for (size_t j = 0; j < workflow->jobs.count; j++) {
        const ff_workflow_job *job = &workflow->jobs.items[j];
        mark(marks, job->uses.line, job->uses.line);
        for (size_t i = 0; i < job->secrets.count; i++)
            mark(marks, job->secrets.items[i].line, job->secrets.items[i].line);
        for (size_t i = 0; i < job->steps.count; i++)
            mark_step(marks, &job->steps.items[i]);
    }
}

static uint32_t count_lines(ff_slice text)
{
    ff_passage passage = {.rest = text};
    ff_slice line;
    while (ff_passage_next(&passage, &line))
        ;
    return passage.line;
}

static bool is_own(const ff_search *search, const ff_workflow_file *file, uint32_t line)
{
    const ff_workflow_step *step = search->site.step;
    return step && file == search->site.file && line >= step->first_line && line <= step->last_line;
}

/* Adds the marked lines that name the text: those of the scene's own step, or all others. */
static ff_status add_lines(ff_search *search, const ff_workflow_file *file, const ff_marks *marks, bool own)
{
    ff_passage passage = {.rest = file->text};
    ff_slice line;
    ff_status status = FF_OK;
    while (status == FF_OK && ff_passage_next(&passage, &line)) {
        if (!marks->set[passage.line] || is_own(search, file, passage.line) != own ||
            ff_slice_starts(ff_slice_trim(line), FF_LIT("#")) || !ff_passage_names(line, search->text))
            continue;
        search->count++;
        status = ff_probe_add_place(search->repo, search->answer, file->path, passage.line, line);
    }
    return status;
}

static ff_status search_file(ff_search *search, const ff_workflow_file *file, bool own)
{
    ff_arena arena;
    ff_arena_init(&arena, FF_LIMIT_REPO_BYTES);
    ff_marks marks = {.count = count_lines(file->text)};
    marks.set = ff_arena_alloc(&arena, (size_t)marks.count + 1);
    ff_status status = marks.set ? FF_OK : FF_NOMEM;
    if (status == FF_OK) {
        mark_file(&marks, &file->model);
        status = add_lines(search, file, &marks, own);
    }
    ff_arena_release(&arena);
    return status;
}

static ff_status say(ff_search *search)
{
    ff_repo *repo = search->repo;
    ff_slice quote = ff_passage_quote(&repo->arena, search->text);
    if (search->count) {
        const ff_probe_place *first = &search->answer->places.items[0];
        return ff_probe_say(repo, search->answer, FF_PROBE_FOUND,
                            "%zu line%s of the workflow files name%s “%.*s” (%.*s:%u)", search->count,
                            search->count == 1 ? "" : "s", search->count == 1 ? "s" : "", FF_ARG(quote),
                            FF_ARG(first->path), first->line);
    }
    if (search->trouble.len)
        return ff_probe_say(repo, search->answer, FF_PROBE_UNKNOWN,
                            "no line that was read names “%.*s”, but %.*s was not read to its end: %.*s", FF_ARG(quote),
                            FF_ARG(search->troubled), FF_ARG(search->trouble));
    if (!repo->workflows->whole)
        return ff_probe_say(repo, search->answer, FF_PROBE_UNKNOWN,
                            "no line that was read names “%.*s”, but not all workflow files were", FF_ARG(quote));
    return ff_probe_say(repo, search->answer, FF_PROBE_MISSING, "no step of the workflow files names “%.*s”",
                        FF_ARG(quote));
}

/* The files of the run itself, or all others. */
static ff_status search_files(ff_search *search, ff_slice glob, bool of_run)
{
    const ff_workflows *workflows = search->repo->workflows;
    ff_status status = FF_OK;
    for (size_t i = 0; status == FF_OK && i < workflows->files.count; i++) {
        const ff_workflow_file *file = &workflows->files.items[i];
        bool own = file == search->site.file || ff_slice_eq(file->path, search->repo->workflow_path);
        if (own != of_run || (glob.len && !ff_tree_glob(glob, file->path)))
            continue;
        if (file->trouble.len && !search->trouble.len) {
            search->trouble = file->trouble;
            search->troubled = file->path;
        }
        status = search_file(search, file, false);
    }
    return status;
}

ff_status ff_probe_workflow_line(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    ff_search search = {.repo = repo, .answer = answer, .text = ff_probe_param_of(question, "text")};
    ff_slice glob = ff_probe_param_of(question, "path");
    ff_status status = FF_OK;
    ff_scene_locate(repo, question->scene, &search.site);
    if (search.site.step && (!glob.len || ff_tree_glob(glob, search.site.file->path)))
        status = search_file(&search, search.site.file, true);
    if (status == FF_OK)
        status = search_files(&search, glob, true);
    if (status == FF_OK)
        status = search_files(&search, glob, false);
    return status == FF_OK ? say(&search) : status;
}
