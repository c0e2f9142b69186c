/* A run whose job `build` fails in its second step, held against a repository over a table.
 *
 *     held h;
 *     held_open(&h, FILES, COUNT(FILES));                  FILES NULL: no repository was given
 *     held_script(&h, HELD_BUILD, "make\n");
 *     held_find(&h, &RULE, HELD_BUILD, "make: *** Error", NULL, NULL);
 *     held_prepare(&h), then a stage alone; or held_diagnose(&h), which runs them all
 *     held_close(&h);
 */
#ifndef FF_TEST_DIAGNOSE_HELD_H
#define FF_TEST_DIAGNOSE_HELD_H

#include "base/limits.h"
#include "diagnose/candidates.h"
#include "diagnose/stage.h"
#include "unit/diagnose/known.h"
#include "unit/tree/grove.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define HELD_CI ".github/workflows/ci.yml"
#define HELD_SHELL "/usr/bin/bash -e {0}"

/* Steps of the job: the first passes. */
enum { HELD_PREPARE, HELD_BUILD };

typedef struct held {
    known k;
    ff_scripts *scripts;
    ff_tree *tree;
    ff_repo *repo;
    uint64_t sequence;
} held;

static void held_open(held *h, const grove_file *files, size_t count)
{
    static const known_step steps[] = {{"Prepare", 's', 5}, {"Build", 'f', 60}, {0}};
    *h = (held){.tree = files ? ff_grove(files, count) : NULL};
    known_open(&h->k);
    (void)known_job(&h->k, "build", 'f', 70, steps);
    assert_int_equal(ff_scripts_new(&h->scripts, &h->k.run), FF_OK);
    ff_repo_facts facts = {.workflow_path = h->k.run.workflow_path, .why_not = "no checkout was given"};
    assert_int_equal(ff_repo_open(&h->repo, h->tree, &facts), FF_OK);
}

static void held_close(held *h)
{
    ff_repo_close(h->repo);
    ff_tree_close(h->tree);
    ff_scripts_free(h->scripts);
    known_close(&h->k);
}

/* The next line of the log, which is one file. */
static ff_place held_line(held *h, ff_line_kind kind, uint32_t step, ff_slice text)
{
    ff_line line = {.kind = kind, .step = step, .text = text, .body = text};
    line.place = (ff_place){FF_LIT("log"), h->sequence + 1, 0, FF_NO_TIME};
    assert_int_equal(ff_scripts_line(h->scripts, &line, ++h->sequence), FF_OK);
    return line.place;
}

static inline void held_script_of(held *h, uint32_t step, const char *script, const char *shell)
{
    ff_slice rest = ff_slice_of(script), text;
    char key[200];
    (void)snprintf(key, sizeof key, "shell: %s", shell);
    while (ff_slice_take_until(&rest, '\n', &text))
        (void)held_line(h, FF_LINE_SCRIPT, step, text);
    (void)held_line(h, FF_LINE_SCRIPT, step, ff_arena_dup(&h->k.arena, ff_slice_of(key)));
}

static inline void held_script(held *h, uint32_t step, const char *script)
{
    held_script_of(h, step, script, HELD_SHELL);
}

/* A line is printed, and a rule hits it; it captures one value, unless `name` is NULL. A finding is inferred if its
 * rule looks at scripts only, wherever the line stands. */
static inline ff_finding *held_find(held *h, const ff_rule *rule, uint32_t step, const char *text, const char *name,
                                    const char *value)
{
    ff_finding *finding = FF_ARRAY_PUSH(&h->k.arena, &h->k.findings);
    ff_capture *capture = ff_arena_array(&h->k.arena, 1, sizeof *capture);
    ff_slice *values = ff_arena_array(&h->k.arena, 1, sizeof *values);
    assert_true(finding && capture && values);
    *finding = (ff_finding){.rule = rule, .step = step, .count = 1};
    finding->first.place = held_line(h, FF_LINE_OUTPUT, step, ff_slice_of(text));
    finding->first.kind = FF_LINE_OUTPUT;
    finding->first.text = ff_slice_of(text);
    finding->first.sequence = h->sequence;
    finding->last = finding->first;
    if (name) {
        *values = ff_slice_of(value);
        *capture = (ff_capture){.name = ff_slice_of(name), .values = values, .count = 1};
        finding->captures = capture;
        finding->capture_count = 1;
    }
    return finding;
}

/* All was read, and nothing is diagnosed yet. */
static inline void held_read(held *h)
{
    known *k = &h->k;
    assert_int_equal(ff_suspects_finish(k->suspects), FF_OK);
    k->work = (ff_case){
        .run = &k->run, .findings = &k->findings, .suspects = k->suspects, .scripts = h->scripts, .repo = h->repo};
}

static inline void held_diagnose(held *h)
{
    held_read(h);
    assert_int_equal(ff_course_run(&h->k.work, 50, &h->k.report), FF_OK);
}

/* Candidates and scenes are there, and no question was asked. */
static inline void held_prepare(held *h)
{
    ff_case *c = &h->k.work;
    held_read(h);
    ff_outcome_infer(c->run);
    assert_int_equal(ff_failures_collect(c->run, c->findings, &c->failures), FF_OK);
    assert_int_equal(ff_candidates_collect(c), FF_OK);
    assert_int_equal(ff_stages_make(c), FF_OK);
}

/* The first diagnosis of the rule, or NULL. */
static inline const ff_diagnosis *held_of(const held *h, const ff_rule *rule)
{
    for (size_t i = 0; i < h->k.work.diagnoses.count; i++)
        if (h->k.work.diagnoses.items[i].rule == rule)
            return &h->k.work.diagnoses.items[i];
    return NULL;
}

#endif
