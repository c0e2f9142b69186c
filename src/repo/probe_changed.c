#include "repo/passage.h"
#include "repo/scene.h"

enum { SHORT_COMMIT = 7 };

static ff_status add_changed(ff_repo *repo, ff_probe_answer *answer, const ff_tree_paths *paths, ff_slice glob,
                             size_t *count)
{
    ff_status status = FF_OK;
    for (size_t i = 0; status == FF_OK && i < paths->count; i++) {
        if (!ff_tree_glob(glob, paths->items[i]))
            continue;
        ++*count;
        status = ff_probe_add_place(repo, answer, paths->items[i], 0, (ff_slice){0});
    }
    return status;
}

static ff_status say(ff_repo *repo, ff_probe_answer *answer, const ff_probe_question *question, size_t count,
                     bool whole)
{
    ff_slice glob = ff_passage_quote(&repo->arena, ff_probe_param_of(question, "path"));
    ff_slice green = ff_slice_cut(question->scene->last_green, SHORT_COMMIT);
    if (!count && !whole)
        return ff_probe_say(
            repo, answer, FF_PROBE_UNKNOWN,
            "the list of what changed since the last green run (%.*s) is not whole, and names no “%.*s”", FF_ARG(green),
            FF_ARG(glob));
    if (!count)
        return ff_probe_say(repo, answer, FF_PROBE_MISSING, "no “%.*s” changed since the last green run (%.*s)",
                            FF_ARG(glob), FF_ARG(green));
    return ff_probe_say(repo, answer, FF_PROBE_FOUND,
                        "%s%zu file%s “%.*s” changed since the last green run (%.*s), such as “%.*s”",
                        whole ? "" : "at least ", count, count == 1 ? "" : "s", FF_ARG(glob), FF_ARG(green),
                        FF_ARG(ff_passage_quote(&repo->arena, answer->places.items[0].path)));
}

ff_status ff_probe_changed(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    const ff_probe_scene *scene = question->scene;
    ff_tree_paths paths = {.whole = true};
    ff_error reason = {0};
    size_t count = 0;
    if (!scene || !scene->last_green.len)
        return ff_probe_say(repo, answer, FF_PROBE_MOOT, "no run of this workflow that passed is known");
    ff_status status = ff_tree_changes(repo->tree, scene->last_green, &paths, &reason);
    if (status == FF_NOMEM)
        return status;
    if (status != FF_OK)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "what changed since the last green run is not known: %s",
                            reason.text[0] ? reason.text : ff_status_name(status));
    status = add_changed(repo, answer, &paths, ff_probe_param_of(question, "path"), &count);
    return status == FF_OK ? say(repo, answer, question, count, paths.whole) : status;
}
