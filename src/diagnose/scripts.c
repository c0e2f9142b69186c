#include "diagnose/scripts.h"

#include "base/array.h"
#include "base/keep.h"
#include "base/limits.h"

#include <stdlib.h>

enum { SAYINGS_MAX = 64, SAYING_BYTES_MIN = 4 };

struct ff_scripts {
    ff_run *run;     /* borrowed */
    ff_buf echo;     /* the script that is being echoed */
    ff_script open;  /* its facts; lines 0: none is being echoed */
    size_t script;   /* of `echo`, so many bytes stand before the last `shell: ` line; SIZE_MAX: no such line yet */
    uint32_t lines;  /* and so many lines */
    ff_slice shell;  /* what that line says; in the arena */
    uint64_t filter; /* a bit for each length of a saying of the last script, modulo 64 */
    size_t kept_bytes;
    struct {
        ff_script *items;
        size_t count, cap;
    } list;
};

static const ff_slice SHELL_KEY = FF_TEXT("shell: ");

ff_status ff_scripts_new(ff_scripts **scripts, ff_run *run)
{
    ff_scripts *made = calloc(1, sizeof *made);
    *scripts = made;
    if (!made)
        return FF_NOMEM;
    made->run = run;
    ff_buf_init(&made->echo, FF_LIMIT_SCRIPT_BYTES);
    return FF_OK;
}

void ff_scripts_free(ff_scripts *scripts)
{
    if (!scripts)
        return;
    ff_buf_release(&scripts->echo);
    free(scripts);
}

/* ---- the echo ---- */

static void begin(ff_scripts *s, const ff_line *line, uint64_t sequence)
{
    s->open = (ff_script){.job = line->job, .step = line->step, .sequence = sequence, .place = line->place};
    s->script = SIZE_MAX;
    s->shell = (ff_slice){0};
    ff_buf_reset(&s->echo);
}

static void add_line(ff_scripts *s, const ff_line *line)
{
    if (ff_slice_starts(line->text, SHELL_KEY)) {
        s->script = s->echo.len;
        s->lines = s->open.lines;
        s->shell = ff_arena_dup(s->run->arena, ff_slice_from(line->text, SHELL_KEY.len));
    }
    ff_buf_add(&s->echo, line->text);
    ff_buf_add_byte(&s->echo, '\n');
    s->open.lines++;
}

/* The program that runs it, by the runner's `shell:` line: `/usr/bin/bash -e {0}`. */
static void read_shell(ff_script *script, ff_slice shell)
{
    static const ff_slice shells[] = {FF_TEXT("bash"), FF_TEXT("sh"),       FF_TEXT("dash"),  FF_TEXT("ash"),
                                      FF_TEXT("zsh"),  FF_TEXT("bash.exe"), FF_TEXT("sh.exe")};
    ff_slice program = ff_slice_cut(shell, ff_slice_find(shell, FF_LIT(" -")));
    program = ff_slice_cut(program, ff_slice_find(program, FF_LIT(" {")));
    ff_slice options = ff_slice_from(shell, program.len);
    program = ff_slice_behind_last(ff_slice_behind_last(program, '/'), '\\');
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        script->is_shell = script->is_shell || ff_slice_eq_nocase(program, shells[i]);
    script->options = ff_shell_options_read(options);
}

static bool is_said(const ff_script *script, ff_slice text)
{
    for (uint32_t i = 0; i < script->saying_count; i++)
        if (ff_slice_eq(script->sayings[i].text, text))
            return true;
    return false;
}

/* The texts that its `echo` commands print. What was read of the script is given back. */
static ff_status find_sayings(ff_scripts *s, ff_script *script)
{
    ff_arena *arena = s->run->arena;
    ff_shell_script model;
    script->sayings = ff_arena_array(arena, SAYINGS_MAX, sizeof *script->sayings);
    if (!script->sayings)
        return FF_NOMEM;
    ff_arena work;
    ff_arena_init(&work, FF_LIMIT_REPO_BYTES);
    ff_status status = ff_shell_read(&model, script->text, &script->options, &work);
    for (size_t i = 0; status == FF_OK && i < model.commands.count && script->saying_count < SAYINGS_MAX; i++) {
        ff_slice text = ff_slice_trim(ff_shell_says(&model.commands.items[i]));
        if (text.len < SAYING_BYTES_MIN || is_said(script, text))
            continue;
        script->sayings[script->saying_count++].text = ff_arena_dup(arena, text);
        s->filter |= UINT64_C(1) << (text.len % 64);
    }
    ff_arena_release(&work);
    return arena->failed ? FF_NOMEM : FF_OK;
}

/* The lines up to the runner's own `shell:`; without one it is an action with its inputs, or cut off. */
static ff_status end(ff_scripts *s)
{
    ff_script script = s->open;
    bool whole = ff_buf_status(&s->echo) == FF_OK && s->script != SIZE_MAX && s->script > 0;
    s->open.lines = 0;
    s->filter = 0;
    if (!whole || s->kept_bytes + s->script > FF_LIMIT_SCRIPTS_BYTES)
        return ff_buf_status(&s->echo) == FF_NOMEM ? FF_NOMEM : FF_OK;
    script.text = ff_arena_dup(s->run->arena, ff_slice_cut(ff_buf_slice(&s->echo), s->script));
    script.lines = s->lines;
    read_shell(&script, s->shell);
    s->kept_bytes += s->script;
    ff_script *kept = FF_ARRAY_PUSH(s->run->arena, &s->list);
    if (!kept || !script.text.ptr)
        return FF_NOMEM;
    *kept = script;
    return kept->is_shell ? find_sayings(s, kept) : FF_OK;
}

/* ---- what it prints ---- */

static void hear(ff_scripts *s, const ff_line *line, uint64_t sequence)
{
    ff_slice text = ff_slice_trim(line->body);
    ff_script *script = &s->list.items[s->list.count - 1];
    if (!(s->filter >> (text.len % 64) & 1) || script->job != line->job || script->step != line->step)
        return;
    for (uint32_t i = 0; i < script->saying_count; i++) {
        ff_saying *saying = &script->sayings[i];
        if (saying->printed || !ff_slice_eq(saying->text, text))
            continue;
        saying->printed = true;
        saying->line = (ff_kept_line){.place = line->place, .kind = line->kind, .sequence = sequence};
        saying->line.text = ff_text_keep(s->run->arena, line->text, FF_LIMIT_KEPT_LINE_BYTES, &s->run->redactions);
        return;
    }
}

ff_status ff_scripts_line(ff_scripts *s, const ff_line *line, uint64_t sequence)
{
    bool same_step = s->open.job == line->job && s->open.step == line->step;
    ff_status status = FF_OK;
    if (s->open.lines && (line->kind != FF_LINE_SCRIPT || !same_step))
        status = end(s);
    if (line->kind == FF_LINE_SCRIPT) {
        if (s->open.lines == 0)
            begin(s, line, sequence);
        add_line(s, line);
    } else if (s->filter && s->list.count) {
        hear(s, line, sequence);
    }
    return s->run->arena->failed ? FF_NOMEM : status;
}

size_t ff_scripts_count(const ff_scripts *scripts)
{
    return scripts->list.count;
}

const ff_script *ff_scripts_get(const ff_scripts *scripts, size_t index)
{
    return &scripts->list.items[index];
}

const ff_script *ff_scripts_at(const ff_scripts *scripts, uint32_t job, uint32_t step, uint64_t sequence)
{
    const ff_script *found = NULL;
    for (size_t i = 0; i < scripts->list.count; i++) {
        const ff_script *script = &scripts->list.items[i];
        if (script->job == job && script->step == step && (script->sequence <= sequence || !found))
            found = script;
    }
    return found;
}
