#include "base/buf.h"
#include "repo/passage.h"
#include "repo/scene.h"

/* Where GitHub puts a checkout: `/home/runner/work/REPO/REPO/`, `/__w/REPO/REPO/` in a container, `/github/workspace/`
 * in a container action. */
static const struct {
    ff_slice prefix;
    int folders; /* behind it, that belong to it */
} CHECKOUTS[] = {
    {FF_TEXT("/home/runner/work/"), 2},   {FF_TEXT("/Users/runner/work/"), 2},      {FF_TEXT("/__w/"), 2},
    {FF_TEXT("/github/workspace/"), 0},   {FF_TEXT("${{ github.workspace }}/"), 0}, {FF_TEXT("$GITHUB_WORKSPACE/"), 0},
    {FF_TEXT("${GITHUB_WORKSPACE}/"), 0},
};

static ff_slice below_checkout(ff_slice path)
{
    ff_slice part;
    for (size_t i = 0; i < sizeof CHECKOUTS / sizeof *CHECKOUTS; i++) {
        if (!ff_slice_take_prefix(&path, CHECKOUTS[i].prefix))
            continue;
        for (int n = 0; n < CHECKOUTS[i].folders; n++)
            (void)ff_slice_take_until(&path, '/', &part);
        break;
    }
    return path;
}

/* Appends the components of `path` to `joined`, `.` and `..` taken away. False if it leads out. */
static bool join(ff_buf *joined, ff_slice path)
{
    ff_slice part;
    while (ff_slice_take_until(&path, '/', &part)) {
        if (!part.len || ff_slice_eq(part, FF_LIT(".")))
            continue;
        if (!ff_slice_eq(part, FF_LIT(".."))) {
            if (joined->len)
                ff_buf_add_byte(joined, '/');
            ff_buf_add(joined, part);
            continue;
        }
        if (!joined->len)
            return false;
        while (joined->len && joined->ptr[joined->len - 1] != '/')
            joined->len--;
        if (joined->len)
            joined->len--;
    }
    return true;
}

/* `path` from the folder `base`, in the repo's arena; empty if it leads out of the repository. */
static ff_status resolve(ff_repo *repo, ff_slice base, ff_slice path, ff_slice *resolved)
{
    ff_buf joined;
    ff_buf_init(&joined, base.len + path.len + 2);
    bool inside = join(&joined, base) && join(&joined, path);
    *resolved = inside ? ff_arena_dup(&repo->arena, ff_buf_slice(&joined)) : (ff_slice){0};
    ff_status status = repo->arena.failed ? FF_NOMEM : ff_buf_status(&joined);
    ff_buf_release(&joined);
    return status;
}

static bool is_glob(ff_slice path)
{
    return ff_slice_find_byte(path, '*') != SIZE_MAX || ff_slice_find_byte(path, '?') != SIZE_MAX;
}

/* Adds what the glob finds; `count` is increased by all of it. */
static ff_status add_matches(ff_repo *repo, ff_probe_answer *answer, ff_slice glob, size_t *count)
{
    const ff_tree_entry *entry;
    ff_status status = FF_OK;
    for (size_t at = 0; status == FF_OK && (entry = ff_tree_next(repo->tree, glob, &at)); ++*count)
        status = ff_probe_add_place(repo, answer, entry->path, 0, (ff_slice){0});
    return status;
}

/* A file or link of this very name, or whatever the glob finds, or a folder, which is what stands before a `/`. */
static ff_status look(ff_repo *repo, ff_probe_answer *answer, ff_slice path, size_t *count)
{
    const ff_tree_entry *entry = ff_tree_entry_of(repo->tree, path);
    if (entry) {
        ++*count;
        return ff_probe_add_place(repo, answer, entry->path, 0, (ff_slice){0});
    }
    if (is_glob(path))
        return add_matches(repo, answer, path, count);
    ff_slice inside = ff_arena_printf(&repo->arena, "%.*s/**/*", FF_ARG(path));
    return inside.len ? add_matches(repo, answer, inside, count) : FF_NOMEM;
}

/* The same name elsewhere, or in other letters, helps who has to correct the path. */
static ff_status say_missing(ff_repo *repo, ff_probe_answer *answer, ff_slice path, const char *where)
{
    size_t count = 0;
    ff_slice name = ff_slice_behind_last(path, '/'), folded = {0}, quote = ff_passage_quote(&repo->arena, path);
    for (size_t i = 0; i < repo->tree->entries.count && !is_glob(path) && !folded.len; i++)
        if (ff_slice_eq_nocase(repo->tree->entries.items[i].path, path))
            folded = repo->tree->entries.items[i].path;
    if (folded.len)
        return ff_probe_say(repo, answer, FF_PROBE_MISSING, "“%.*s” is not there%s, only “%.*s” in other letters",
                            FF_ARG(quote), where, FF_ARG(ff_passage_quote(&repo->arena, folded)));
    ff_slice anywhere = ff_arena_printf(&repo->arena, "**/%.*s", FF_ARG(is_glob(path) ? path : name));
    ff_status status = name.len ? add_matches(repo, answer, anywhere, &count) : FF_OK;
    if (status != FF_OK || !count)
        return status == FF_OK ? ff_probe_say(repo, answer, FF_PROBE_MISSING, "no file of the repository is “%.*s”%s",
                                              FF_ARG(quote), where)
                               : status;
    return ff_probe_say(repo, answer, FF_PROBE_MISSING, "“%.*s” is not there%s; “%.*s” is", FF_ARG(quote), where,
                        FF_ARG(ff_passage_quote(&repo->arena, answer->places.items[0].path)));
}

static ff_status say_found(ff_repo *repo, ff_probe_answer *answer, ff_slice path, size_t count)
{
    ff_slice first = ff_passage_quote(&repo->arena, answer->places.items[0].path);
    if (count == 1)
        return ff_probe_say(repo, answer, FF_PROBE_FOUND, "“%.*s” is in the repository", FF_ARG(first));
    return ff_probe_say(repo, answer, FF_PROBE_FOUND, "%zu files of the repository are “%.*s”, such as “%.*s”", count,
                        FF_ARG(ff_passage_quote(&repo->arena, path)), FF_ARG(first));
}

static bool is_elsewhere(ff_slice path)
{
    bool drive = path.len > 2 && path.ptr[1] == ':' && strchr("/\\", path.ptr[2]);
    return drive || ff_slice_starts(path, FF_LIT("/")) || ff_slice_starts(path, FF_LIT("~"));
}

/* Looks at `path` from `base`; `count` tells how much is there. A path that leads out finds nothing. */
static ff_status look_from(ff_repo *repo, ff_probe_answer *answer, ff_slice base, ff_slice path, size_t *count)
{
    ff_slice resolved;
    ff_status status = resolve(repo, base, path, &resolved);
    return status == FF_OK && resolved.len ? look(repo, answer, resolved, count) : status;
}

/* What was not found is missing only where nothing hides it. */
static ff_status say_nothing(ff_repo *repo, ff_probe_answer *answer, ff_slice path, ff_slice folder)
{
    ff_slice quote = ff_passage_quote(&repo->arena, path);
    if (!repo->tree->whole)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "“%.*s” is not among the names that could be read: %.*s",
                            FF_ARG(quote), FF_ARG(repo->tree->lacks));
    if (ff_slice_find(path, FF_LIT("$")) != SIZE_MAX || ff_slice_find(folder, FF_LIT("$")) != SIZE_MAX)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "where “%.*s” leads depends on a variable", FF_ARG(quote));
    ff_slice resolved;
    ff_status status = resolve(repo, (ff_slice){0}, path, &resolved);
    if (status != FF_OK)
        return status;
    if (!resolved.len)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "“%.*s” leads out of the repository", FF_ARG(quote));
    return say_missing(repo, answer, resolved, folder.len ? ", nor in the folder that the step works in" : "");
}

ff_status ff_probe_path_exists(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    ff_slice path = below_checkout(ff_probe_param_of(question, "path"));
    ff_workflow_site site;
    size_t count = 0;
    if (is_elsewhere(path))
        return ff_probe_say(repo, answer, FF_PROBE_MOOT, "“%.*s” is a path of the machine, not of the repository",
                            FF_ARG(ff_passage_quote(&repo->arena, path)));
    ff_scene_locate(repo, question->scene, &site);
    ff_slice folder = ff_workflow_folder_of(&site);
    ff_status status = look_from(repo, answer, (ff_slice){0}, path, &count);
    if (status == FF_OK && !count && folder.len)
        status = look_from(repo, answer, folder, path, &count);
    if (status != FF_OK)
        return status;
    return count ? say_found(repo, answer, path, count) : say_nothing(repo, answer, path, folder);
}
