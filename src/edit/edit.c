#include "edit/edit.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "edit/edit_drop.h"
#include "edit/edit_pattern.h"
#include "edit/edit_sheet.h"
#include "tree/diff.h"

#include <stdlib.h>

/* Of a path that is named in a refusal. */
enum { PATH_SHOWN = 200 };

typedef struct maker {
    ff_repo *repo;
    const ff_edit_wish *wish;
    ff_edits *edits;
    ff_arena *arena;  /* for what is handed out */
    ff_arena scratch; /* of one file */
    ff_arena shared;  /* of the whole wish */
    ff_edit_pattern pattern, before;
    ff_edit_lines lines; /* of the site's step: those that match */
    size_t refused;
} maker;

/* In which lines of a place the edit may be made. */
typedef enum scope { SCOPE_NONE, SCOPE_ALL, SCOPE_SAME_LINES } scope;

/* ---- what is left alone ---- */

static ff_status refuse(maker *m, ff_slice path, uint32_t line, const char *why)
{
    if (m->refused++)
        return FF_OK;
    ff_slice shown = ff_utf8_keep(m->arena, path, PATH_SHOWN);
    m->edits->refused = line ? ff_arena_printf(m->arena, "%.*s:%u was left alone: %s", FF_ARG(shown), line, why)
                             : ff_arena_printf(m->arena, "%.*s was left alone: %s", FF_ARG(shown), why);
    return m->edits->refused.len ? FF_OK : FF_NOMEM;
}

static ff_status count_refused(maker *m)
{
    size_t others = m->refused ? m->refused - 1 : 0;
    if (!others)
        return FF_OK;
    m->edits->refused = ff_arena_printf(m->arena, "%.*s; so %s %zu further place%s", FF_ARG(m->edits->refused),
                                        others == 1 ? "was" : "were", others, others == 1 ? "" : "s");
    return m->edits->refused.len ? FF_OK : FF_NOMEM;
}

/* The line of the file that a line of the script is, or the nearest that is known. */
static uint32_t line_in_file(const ff_workflow_site *at, uint32_t line)
{
    uint32_t found = at->step ? ff_workflow_line_of(at->step, line) : line;
    return found ? found : at->step->run.line;
}

/* ---- where ---- */

static scope scope_of(const maker *m, const ff_workflow_site *at)
{
    const ff_workflow_site *site = &m->wish->site;
    if (site->step ? at->step == site->step : site->job && at->job == site->job)
        return SCOPE_ALL;
    if (!site->job)
        return SCOPE_ALL;
    if (!m->wish->everywhere)
        return SCOPE_NONE;
    if (m->wish->kind == FF_EDIT_BEFORE &&
        !(at->step && site->step->name.text.len && ff_slice_eq(at->step->name.text, site->step->name.text)))
        return SCOPE_NONE;
    return m->wish->kind == FF_EDIT_DROP ? SCOPE_ALL : SCOPE_SAME_LINES;
}

/* How the script is run; false: by no shell that is known here. A file of its own says nothing of that. */
static bool find_options(const ff_workflow_site *at, ff_shell_options *options)
{
    *options = (ff_shell_options){.errexit = false};
    return !at->step || ff_shell_options_of(ff_workflow_shell_of(at), options);
}

/* ---- one script ---- */

/* Whether it is worth while to read a script: it names the last word of the command. */
static bool may_hold(const ff_edit_wish *wish, ff_slice text)
{
    ff_slice word = ff_slice_behind_last(ff_slice_trim(wish->text), ' ');
    return wish->kind != FF_EDIT_DROP || (word.len && ff_slice_find(text, word) != SIZE_MAX);
}

/* Of the lines put above others those stay whose shell is one of the replaced lines: no other has what these made. */
static bool drop_foreign(ff_edit_script *script)
{
    bool stays = false;
    for (uint32_t i = 0; i < script->count; i++) {
        ff_edit_row *row = &script->rows[i];
        bool own = false;
        for (uint32_t k = 0; k < script->count && row->above.len && !own; k++)
            own = !ff_slice_eq(script->rows[k].text, script->rows[k].old) &&
                  ff_edit_script_shell(script, k) == ff_edit_script_shell(script, i);
        if (!own)
            row->above = (ff_slice){0};
        stays = stays || own;
    }
    return stays;
}

static ff_status change_lines(maker *m, ff_edit_script *script, const ff_edit_lines *only)
{
    const ff_edit_wish *wish = m->wish;
    ff_status status = ff_edit_pattern_replace(&m->pattern, script, wish->text, only);
    if (status != FF_OK || !wish->before.len || !ff_edit_script_changed(script))
        return status;
    status = ff_edit_pattern_insert(&m->before, script, wish->insert, NULL);
    if (status != FF_OK || drop_foreign(script))
        return status;
    for (uint32_t i = 0; i < script->count; i++) {
        script->rows[i].text = script->rows[i].old;
        script->rows[i].gone = false;
    }
    return FF_OK;
}

static ff_status change(maker *m, ff_edit_script *script, scope where)
{
    const ff_edit_wish *wish = m->wish;
    const ff_edit_lines *only = where == SCOPE_SAME_LINES ? &m->lines : NULL;
    switch (wish->kind) {
    case FF_EDIT_DROP: return script->options ? ff_edit_drop(script, wish->text, wish->instead) : FF_OK;
    case FF_EDIT_LINE: return change_lines(m, script, only);
    case FF_EDIT_BEFORE: return ff_edit_pattern_insert(&m->pattern, script, wish->text, only);
    }
    return FF_OK;
}

static ff_status note_refusals(maker *m, const ff_edit_sheet *sheet, const ff_edit_script *script,
                               const ff_workflow_site *at)
{
    ff_status status = FF_OK;
    if (script->refused.count)
        status = refuse(m, sheet->path, line_in_file(at, script->refused.line), script->refused.why);
    m->refused += script->refused.count ? script->refused.count - 1 : 0;
    return status;
}

/* Tries the edit in one script, and adds it to the file's sheet if something changed. */
static ff_status do_script(maker *m, ff_edit_sheet *sheet, const ff_workflow_site *at, ff_slice text)
{
    ff_edit_script script;
    ff_shell_options options;
    const char *why = NULL;
    scope where = scope_of(m, at);
    if (where == SCOPE_NONE || !text.len || !may_hold(m->wish, text))
        return FF_OK;
    ff_arena_mark mark = ff_arena_here(&m->scratch);
    ff_status status = ff_edit_script_read(&script, text, find_options(at, &options) ? &options : NULL, &m->scratch);
    if (status == FF_LIMIT)
        return refuse(m, sheet->path, line_in_file(at, 1), "its script is too long");
    if (status == FF_OK)
        status = change(m, &script, where);
    if (status == FF_OK)
        status = note_refusals(m, sheet, &script, at);
    if (status != FF_OK)
        return status;
    if (!ff_edit_script_changed(&script)) {
        ff_arena_rewind(&m->scratch, mark);
        return FF_OK;
    }
    status = ff_edit_sheet_add(sheet, &script, at->step, m->wish, &why);
    sheet->at_site |= !why && m->wish->site.step && at->step == m->wish->site.step;
    return status == FF_OK && why ? refuse(m, sheet->path, line_in_file(at, 1), why) : status;
}

/* ---- one file ---- */

static ff_status hand_out(maker *m, const ff_edit_sheet *sheet, ff_slice after)
{
    bool sound = false;
    ff_slice diff = {0};
    ff_arena_mark mark = ff_arena_here(m->arena);
    ff_status status = ff_diff_make(sheet->path, sheet->text, after, m->arena, &diff);
    if (status == FF_OK && diff.len)
        status = ff_edit_prove_diff(sheet->text, diff, after, &sound);
    if (status == FF_NOMEM)
        return status;
    if (!sound) {
        ff_arena_rewind(m->arena, mark);
        return refuse(m, sheet->path, 0, "no diff can be made of it");
    }
    ff_edit *edit = FF_ARRAY_PUSH(m->arena, m->edits);
    if (!edit)
        return FF_NOMEM;
    *edit = (ff_edit){.path = ff_arena_dup(m->arena, sheet->path), .diff = diff, .at_site = sheet->at_site};
    edit->after = ff_arena_dup(m->arena, after);
    edit->start_line = sheet->patches.items[0].line;
    edit->end_line = sheet->patches.items[sheet->patches.count - 1].line;
    return m->arena->failed ? FF_NOMEM : FF_OK;
}

/* Proves what became of the file, and hands out the diff. */
static ff_status finish(maker *m, const ff_edit_sheet *sheet)
{
    bool sound = true;
    ff_slice after = {0};
    if (!sheet->patches.count)
        return FF_OK;
    if (m->edits->count >= FF_LIMIT_EDIT_FILES)
        return refuse(m, sheet->path, sheet->patches.items[0].line, "more files need the edit than one fix may change");
    ff_status status = ff_edit_sheet_write(sheet, &after);
    if (status == FF_OK && sheet->swaps.count)
        status = ff_edit_prove_file(sheet->text, after, sheet->swaps.items, sheet->swaps.count, &sound);
    if (status != FF_OK)
        return status;
    return sound ? hand_out(m, sheet, after)
                 : refuse(m, sheet->path, sheet->patches.items[0].line, "the file would not mean the same besides");
}

static ff_status do_workflow(maker *m, const ff_workflow_file *file)
{
    ff_edit_sheet sheet;
    ff_status status = FF_OK;
    ff_edit_sheet_init(&sheet, file->path, file->text, &m->scratch);
    for (size_t i = 0; i < file->model.jobs.count; i++) {
        const ff_workflow_job *job = &file->model.jobs.items[i];
        for (size_t k = 0; k < job->steps.count && status == FF_OK; k++) {
            const ff_workflow_site at = {.file = file, .job = job, .step = &job->steps.items[k]};
            status = do_script(m, &sheet, &at, at.step->run.text);
        }
    }
    if (status == FF_OK)
        status = finish(m, &sheet);
    ff_arena_release(&m->scratch);
    return status;
}

static ff_status do_shell_script(maker *m, ff_slice path)
{
    const ff_workflow_site at = {.file = NULL}; /* a shell script stands in no step */
    ff_edit_sheet sheet;
    ff_slice text = {0};
    /* What cannot be read is not known to need the edit. */
    ff_status status = ff_tree_read(m->repo->tree, path, &text, NULL);
    if (status != FF_OK)
        return status == FF_NOMEM ? status : FF_OK;
    ff_edit_sheet_init(&sheet, path, text, &m->scratch);
    status = do_script(m, &sheet, &at, text);
    if (status == FF_OK)
        status = finish(m, &sheet);
    ff_arena_release(&m->scratch);
    return status;
}

/* ---- all files ---- */

static ff_status do_shell_scripts(maker *m)
{
    const ff_tree_entry *entry;
    ff_status status = FF_OK;
    uint32_t count = 0;
    size_t at = 0;
    if (m->wish->kind != FF_EDIT_DROP || !m->wish->everywhere || !m->repo->tree)
        return FF_OK;
    while (status == FF_OK && (entry = ff_tree_next(m->repo->tree, FF_LIT("**/*.sh"), &at))) {
        if (count++ == FF_LIMIT_EDIT_SCRIPTS)
            return refuse(m, entry->path, 0, "more shell scripts are there than are read for one fix");
        status = do_shell_script(m, entry->path);
    }
    return status;
}

/* The site's file first: the bound of files must not leave it out. */
static ff_status do_files(maker *m)
{
    const ff_workflow_file *first = m->wish->site.file;
    const ff_workflows *all = m->repo->workflows;
    ff_status status = first ? do_workflow(m, first) : FF_OK;
    for (size_t i = 0; all && i < all->files.count && status == FF_OK; i++)
        if (&all->files.items[i] != first)
            status = do_workflow(m, &all->files.items[i]);
    return status == FF_OK ? do_shell_scripts(m) : status;
}

/* The lines that match at the site, which are looked for elsewhere. */
static ff_status collect_lines(maker *m)
{
    ff_edit_script script;
    const ff_workflow_step *step = m->wish->site.step;
    if (!step || !m->wish->everywhere)
        return FF_OK;
    ff_status status = ff_edit_script_read(&script, step->run.text, NULL, &m->shared);
    if (status == FF_OK)
        status = ff_edit_pattern_collect(&m->pattern, &script, &m->lines, &m->shared);
    ff_edit_lines_sort(&m->lines);
    return status == FF_LIMIT ? FF_OK : status;
}

static int by_site_and_path(const void *a, const void *b)
{
    const ff_edit *left = a, *right = b;
    return left->at_site != right->at_site ? right->at_site - left->at_site : ff_slice_cmp(left->path, right->path);
}

ff_status ff_edit_make(ff_repo *repo, const ff_edit_wish *wish, ff_edits *edits, ff_arena *arena)
{
    maker m = {.repo = repo, .wish = wish, .edits = edits, .arena = arena};
    bool matches = wish->kind != FF_EDIT_DROP;
    *edits = (ff_edits){.items = NULL};
    /* Without a step nobody knows where the line is meant. */
    if (wish->kind == FF_EDIT_BEFORE && (!wish->site.step || !wish->text.len))
        return FF_OK;
    ff_arena_init(&m.scratch, 0);
    ff_arena_init(&m.shared, 0);
    ff_status status = matches ? ff_edit_pattern_open(&m.pattern, wish->pattern, &m.shared) : FF_OK;
    if (status == FF_OK && wish->before.len)
        status = ff_edit_pattern_open(&m.before, wish->before, &m.shared);
    if (status == FF_OK && matches)
        status = collect_lines(&m);
    if (status == FF_OK)
        status = do_files(&m);
    if (status == FF_OK && (m.pattern.failed || m.before.failed))
        edits->refused = FF_LIT("the pattern took too long, so further lines were not looked at");
    else if (status == FF_OK)
        status = count_refused(&m);
    if (edits->count)
        qsort(edits->items, edits->count, sizeof *edits->items, by_site_and_path);
    ff_edit_pattern_close(&m.pattern);
    ff_edit_pattern_close(&m.before);
    ff_arena_release(&m.scratch);
    ff_arena_release(&m.shared);
    return status;
}
