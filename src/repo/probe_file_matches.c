#include "base/limits.h"
#include "repo/assigned.h"
#include "repo/django.h"
#include "repo/passage.h"
#include "repo/remark.h"
#include "repo/scene.h"

/* What one file says of the value that is sought. */
typedef enum ff_view {
    VIEW_NONE,        /* it does not assign the name */
    VIEW_EMPTY,       /* an empty list, which another file may fill */
    VIEW_LACKS,       /* literal texts, none of which names it */
    VIEW_NAMES,       /* one names it */
    VIEW_PERHAPS,     /* one does under a condition */
    VIEW_COMPUTED,    /* more comes from other names */
    VIEW_ENVIRONMENT, /* more comes from the environment or a secret */
    VIEW_COUNT
} ff_view;

/* One file of each view, the first, stands for the others. */
typedef struct ff_sighting {
    size_t files;
    ff_slice path, text;
    uint32_t line;
} ff_sighting;

typedef struct ff_search {
    ff_repo *repo;
    ff_probe_answer *answer;
    ff_slice glob, text, value; /* value empty: lines that hold the text are sought */
    size_t files, lines, skipped;
    ff_sighting views[VIEW_COUNT];
    const ff_django_settings *settings; /* the ones in force; NULL: not known, or there are none */
    ff_view decisive;                   /* what these set themselves, whatever their parts do */
} ff_search;

/* ---- lists ---- */

/* How Django compares a host with ALLOWED_HOSTS: without case and port, `*` is every host, `.example.com` the domain
 * and all below it. https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts */
static bool allows_host(ff_slice pattern, ff_slice host)
{
    host = ff_slice_cut(host, ff_slice_find_byte(host, ':'));
    if (ff_slice_eq(pattern, FF_LIT("*")) || ff_slice_eq_nocase(pattern, host))
        return true;
    if (!ff_slice_starts(pattern, FF_LIT(".")))
        return false;
    if (ff_slice_eq_nocase(ff_slice_from(pattern, 1), host))
        return true;
    return host.len > pattern.len && ff_slice_eq_nocase(ff_slice_from(host, host.len - pattern.len), pattern);
}

static bool names_value(const ff_search *search, ff_slice text)
{
    text = ff_slice_trim(text);
    return ff_slice_eq(search->text, FF_LIT("ALLOWED_HOSTS")) ? allows_host(text, search->value)
                                                              : ff_slice_eq(text, search->value);
}

static ff_view view_of(const ff_search *search, const ff_assigned *assigned, uint32_t *line)
{
    ff_view view = assigned->texts.count ? VIEW_LACKS : VIEW_EMPTY;
    *line = assigned->line;
    for (size_t i = 0; i < assigned->texts.count; i++) {
        const ff_assigned_text *text = &assigned->texts.items[i];
        if (!names_value(search, text->text) || (text->perhaps && view == VIEW_PERHAPS))
            continue;
        *line = text->line;
        if (!text->perhaps)
            return VIEW_NAMES;
        view = VIEW_PERHAPS;
    }
    if (!assigned->line)
        return VIEW_NONE;
    if (assigned->environment || assigned->computed) {
        *line = assigned->open;
        return assigned->environment ? VIEW_ENVIRONMENT : VIEW_COMPUTED;
    }
    return view == VIEW_LACKS && !assigned->certain ? VIEW_PERHAPS : view;
}

static ff_status note_view(ff_search *search, ff_slice path, ff_slice text, ff_view view, uint32_t line)
{
    ff_sighting *sighting = &search->views[view];
    if (sighting->files++ == 0)
        *sighting = (ff_sighting){1, path, ff_passage_quote(&search->repo->arena, ff_passage_line(text, line)), line};
    return search->repo->arena.failed ? FF_NOMEM : FF_OK;
}

static ff_status look_at_list(ff_search *search, ff_slice path, ff_slice text, ff_slice code, ff_arena *arena)
{
    ff_assigned assigned;
    uint32_t line = 0;
    ff_status status = ff_assigned_read(&assigned, code, search->text, arena);
    ff_view view = status == FF_OK ? view_of(search, &assigned, &line) : VIEW_NONE;
    if (search->settings && assigned.anew && ff_slice_eq(path, search->settings->path))
        search->decisive = view;
    return view == VIEW_NONE ? status : note_view(search, path, text, view, line);
}

/* Which view decides, and what it means; the first that any file has. Files that disagree decide nothing, as which of
 * them is in force is not known here. */
static const struct {
    ff_view view;
    ff_probe_outcome outcome;
    const char *words; /* behind the name in quotes */
} VERDICTS[] = {
    {VIEW_ENVIRONMENT, FF_PROBE_UNKNOWN, "comes from the environment"},
    {VIEW_COMPUTED, FF_PROBE_UNKNOWN, "is computed from other names"},
    {VIEW_PERHAPS, FF_PROBE_UNKNOWN, "depends on a condition"},
    {VIEW_NAMES, FF_PROBE_FOUND, "names it"},
    {VIEW_LACKS, FF_PROBE_MISSING, "does not name it"},
    {VIEW_EMPTY, FF_PROBE_MISSING, "is empty"},
};

enum { VERDICT_COUNT = sizeof VERDICTS / sizeof *VERDICTS };

static ff_status add_sightings(const ff_search *search)
{
    ff_status status = FF_OK;
    for (size_t i = 0; status == FF_OK && i < VERDICT_COUNT; i++) {
        const ff_sighting *sighting = &search->views[VERDICTS[i].view];
        if (sighting->files)
            status = ff_probe_add_place(search->repo, search->answer, sighting->path, sighting->line, sighting->text);
    }
    return status;
}

/* What a module of settings sets anew is what its parts set no more. */
static void drop_overridden(ff_search *search)
{
    for (size_t i = 0; search->decisive != VIEW_NONE && i < VIEW_COUNT; i++)
        if (i != search->decisive)
            search->views[i] = (ff_sighting){.files = 0};
}

static ff_status say_list(ff_search *search)
{
    ff_repo *repo = search->repo;
    ff_slice name = ff_passage_quote(&repo->arena, search->text);
    const ff_sighting *names = &search->views[VIEW_NAMES], *lacks = &search->views[VIEW_LACKS];
    drop_overridden(search);
    ff_status status = add_sightings(search);
    if (status != FF_OK)
        return status;
    size_t i = 0;
    while (i < VERDICT_COUNT && !search->views[VERDICTS[i].view].files)
        i++;
    if (i == VERDICT_COUNT)
        return ff_probe_say(repo, search->answer, FF_PROBE_UNKNOWN, "no file “%.*s” assigns “%.*s”",
                            FF_ARG(ff_passage_quote(&repo->arena, search->glob)), FF_ARG(name));
    if (VERDICTS[i].view == VIEW_NAMES && lacks->files)
        return ff_probe_say(repo, search->answer, FF_PROBE_UNKNOWN,
                            "“%.*s” names it in %.*s:%u and does not in %.*s:%u, and which is in force is not known",
                            FF_ARG(name), FF_ARG(names->path), names->line, FF_ARG(lacks->path), lacks->line);
    const ff_sighting *at = &search->views[VERDICTS[i].view];
    bool gap = VERDICTS[i].outcome == FF_PROBE_MISSING && (search->skipped || !repo->tree->whole);
    return ff_probe_say(repo, search->answer, gap ? FF_PROBE_UNKNOWN : VERDICTS[i].outcome, "“%.*s” %s (%.*s:%u)%s",
                        FF_ARG(name), VERDICTS[i].words, FF_ARG(at->path), at->line,
                        gap ? ", and not all files could be read" : "");
}

/* ---- lines ---- */

static ff_status look_at_lines(ff_search *search, ff_slice path, ff_slice text, ff_slice code)
{
    ff_passage lines = {.rest = text}, passage = {.rest = code};
    ff_slice line, written;
    ff_status status = FF_OK;
    while (status == FF_OK && ff_passage_next(&passage, &line) && ff_passage_next(&lines, &written)) {
        if (ff_slice_find(line, search->text) == SIZE_MAX)
            continue;
        search->lines++;
        status = ff_probe_add_place(search->repo, search->answer, path, passage.line, written);
    }
    return status;
}

static ff_status say_lines(const ff_search *search)
{
    ff_repo *repo = search->repo;
    ff_slice quote = ff_passage_quote(&repo->arena, search->text), glob = ff_passage_quote(&repo->arena, search->glob);
    if (search->lines) {
        const ff_probe_place *first = &search->answer->places.items[0];
        return ff_probe_say(repo, search->answer, FF_PROBE_FOUND, "“%.*s” stands in %.*s:%u%s", FF_ARG(quote),
                            FF_ARG(first->path), first->line, search->lines > 1 ? " and elsewhere" : "");
    }
    if (search->skipped || !repo->tree->whole)
        return ff_probe_say(repo, search->answer, FF_PROBE_UNKNOWN,
                            "no line that was read of “%.*s” holds “%.*s”, but not all files could be read",
                            FF_ARG(glob), FF_ARG(quote));
    return ff_probe_say(repo, search->answer, FF_PROBE_MISSING, "no line of “%.*s” holds “%.*s”", FF_ARG(glob),
                        FF_ARG(quote));
}

/* ---- files ---- */

static ff_status look_at_text(ff_search *search, ff_slice path, ff_slice text)
{
    ff_arena arena;
    ff_arena_init(&arena, FF_LIMIT_REPO_BYTES);
    ff_slice code = ff_remark_blank(&arena, path, text);
    ff_status status = arena.failed             ? FF_NOMEM
                       : search->value.len == 0 ? look_at_lines(search, path, text, code)
                                                : look_at_list(search, path, text, code, &arena);
    ff_arena_release(&arena);
    return status;
}

/* Where one module of settings is in force, other Python files are not. */
static bool is_out_of_force(const ff_search *search, ff_slice path)
{
    const ff_django_settings *settings = search->settings;
    if (!settings || !ff_slice_ends(path, FF_LIT(".py")))
        return false;
    for (size_t i = 0; i < settings->parts.count; i++)
        if (ff_slice_eq(settings->parts.items[i], path))
            return false;
    return true;
}

static ff_status look_at_file(ff_search *search, ff_slice path)
{
    ff_error reason = {0};
    ff_slice text;
    if (is_out_of_force(search, path))
        return FF_OK;
    if (search->files++ >= FF_LIMIT_PROBE_FILES) {
        search->skipped++;
        return FF_OK;
    }
    ff_status status = ff_tree_read(search->repo->tree, path, &text, &reason);
    if (status == FF_OK)
        return look_at_text(search, path, text);
    search->skipped++;
    return status == FF_NOMEM ? status : FF_OK;
}

ff_status ff_probe_file_matches(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    ff_search search = {.repo = repo,
                        .answer = answer,
                        .glob = ff_probe_param_of(question, "path"),
                        .text = ff_probe_param_of(question, "text"),
                        .value = ff_probe_param_of(question, "lists")};
    ff_django_choice choice = {.count = 0};
    const ff_tree_entry *entry;
    ff_status status = search.value.len ? ff_django_choose(repo, question, &choice) : FF_OK;
    search.settings = choice.count == 1 && !choice.more ? choice.items[0] : NULL;
    ff_slice globs = search.glob, glob;
    while (status == FF_OK && ff_slice_take_until(&globs, ' ', &glob))
        for (size_t at = 0; status == FF_OK && (entry = ff_tree_next(repo->tree, glob, &at));)
            status = look_at_file(&search, entry->path);
    if (status != FF_OK)
        return status;
    /* Without a file there is nothing that could lack the text. */
    if (!search.files)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "no file of the repository is “%.*s”",
                            FF_ARG(ff_passage_quote(&repo->arena, search.glob)));
    return search.value.len ? say_list(&search) : say_lines(&search);
}
