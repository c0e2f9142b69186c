#include "base/buf.h"
#include "base/limits.h"
#include "repo/passage.h"
#include "repo/scene.h"

enum { GLOBS = 6, KINDS = 6 };

/* Where a name is worth looking for, the most telling first. */
static const struct {
    const char *words; /* behind a number of lines: `of workflows` */
    const char *globs[GLOBS];
} PLACES[KINDS] = {
    {"workflows", {".github/workflows/*.yml", ".github/workflows/*.yaml"}},
    {"actions", {"**/action.yml", "**/action.yaml"}},
    {"shell scripts", {"**/*.sh", "**/*.bash"}},
    {"makefiles", {"**/Makefile", "**/makefile", "**/GNUmakefile", "**/*.mk", "**/justfile"}},
    {"container files",
     {"**/Dockerfile", "**/Dockerfile.*", "**/*.Dockerfile", "**/docker-compose*.y*ml", "**/compose*.y*ml"}},
    {"documents", {"**/*.md", "**/*.rst", "**/docs/**/*.txt", "**/doc/**/*.txt"}},
};

typedef struct ff_search {
    ff_repo *repo;
    ff_probe_answer *answer;
    ff_slice text;
    ff_workflow_site site; /* its step is not told: the question comes from there */
    size_t counts[KINDS];
    size_t files, skipped;
} ff_search;

static bool is_own(const ff_search *search, ff_slice path, uint32_t line)
{
    const ff_workflow_step *step = search->site.step;
    return step && line >= step->first_line && line <= step->last_line && ff_slice_eq(path, search->site.file->path);
}

static ff_status search_text(ff_search *search, ff_slice path, ff_slice text, size_t *count)
{
    ff_passage passage = {.rest = text};
    ff_slice line;
    ff_status status = FF_OK;
    while (status == FF_OK && ff_passage_next(&passage, &line)) {
        if (!ff_passage_names(line, search->text) || is_own(search, path, passage.line))
            continue;
        ++*count;
        status = ff_probe_add_place(search->repo, search->answer, path, passage.line, line);
    }
    return status;
}

static ff_status search_file(ff_search *search, const ff_tree_entry *entry, size_t *count)
{
    ff_slice text;
    if (search->files == FF_LIMIT_PROBE_FILES) {
        search->skipped++;
        return FF_OK;
    }
    search->files++;
    ff_status status = ff_tree_read(search->repo->tree, entry->path, &text, NULL);
    if (status == FF_OK)
        return search_text(search, entry->path, text, count);
    search->skipped++;
    return status == FF_NOMEM ? status : FF_OK;
}

static ff_status search_kind(ff_search *search, size_t kind)
{
    const ff_tree_entry *entry;
    ff_status status = FF_OK;
    for (size_t i = 0; i < GLOBS && PLACES[kind].globs[i]; i++)
        for (size_t at = 0;
             status == FF_OK && (entry = ff_tree_next(search->repo->tree, ff_slice_of(PLACES[kind].globs[i]), &at));)
            status = search_file(search, entry, &search->counts[kind]);
    return status;
}

/* `2 lines of workflows, 1 of makefiles` */
static void list_counts(const ff_search *search, ff_buf *out)
{
    for (size_t i = 0; i < KINDS; i++) {
        size_t count = search->counts[i];
        if (!count)
            continue;
        ff_buf_printf(out, "%s%zu", out->len ? ", " : "", count);
        if (ff_slice_find(ff_buf_slice(out), FF_LIT("line")) == SIZE_MAX)
            ff_buf_printf(out, " line%s", count == 1 ? "" : "s");
        ff_buf_printf(out, " of %s", PLACES[i].words);
    }
}

/* What was not looked at, as a clause; empty if everything was. */
static ff_slice gap_of(const ff_search *search)
{
    ff_repo *repo = search->repo;
    if (search->skipped)
        return ff_arena_printf(&repo->arena, "%zu file%s could not be read", search->skipped,
                               search->skipped == 1 ? "" : "s");
    return repo->tree->whole ? (ff_slice){0} : repo->tree->lacks;
}

static ff_status say(const ff_search *search)
{
    ff_repo *repo = search->repo;
    ff_slice quote = ff_passage_quote(&repo->arena, search->text), gap = gap_of(search);
    const char *other = search->site.step ? "other " : "";
    ff_buf counts;
    ff_buf_init(&counts, FF_LIMIT_PROBE_TEXT_BYTES);
    list_counts(search, &counts);
    ff_status status = ff_buf_status(&counts);
    if (status == FF_OK && counts.len)
        status = ff_probe_say(repo, search->answer, FF_PROBE_FOUND, "“%.*s” also stands in %.*s%s%.*s", FF_ARG(quote),
                              FF_ARG(ff_buf_slice(&counts)), gap.len ? "; " : "", FF_ARG(gap));
    else if (status == FF_OK && (gap.len || !repo->tree->whole))
        status = ff_probe_say(repo, search->answer, FF_PROBE_UNKNOWN, "no %splace that was read names “%.*s”; %.*s",
                              other, FF_ARG(quote), FF_ARG(gap));
    else if (status == FF_OK)
        status = ff_probe_say(repo, search->answer, FF_PROBE_MISSING,
                              "no %sworkflow, script, makefile, container file or document names “%.*s”", other,
                              FF_ARG(quote));
    ff_buf_release(&counts);
    return status;
}

ff_status ff_probe_mentions(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    ff_search search = {.repo = repo, .answer = answer, .text = ff_probe_param_of(question, "text")};
    ff_status status = FF_OK;
    ff_scene_locate(repo, question->scene, &search.site);
    for (size_t kind = 0; status == FF_OK && kind < KINDS; kind++)
        status = search_kind(&search, kind);
    return status == FF_OK ? say(&search) : status;
}
