/* Asks probes about a repository that is a table, and compares what they answer. */
#ifndef FF_TESTS_ASKING_H
#define FF_TESTS_ASKING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "repo/probe.h"
#include "unit/tree/grove.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

enum { ASK_PARAMS = 3 };

typedef struct ask_row {
    const char *probe;
    struct {
        const char *name, *value;
    } params[ASK_PARAMS];
    ff_probe_outcome outcome;
    const char *text;
    const char *places; /* `path:line path:line`; a line of the echoed script is `-:line` */
} ask_row;

static inline void ask_places(ff_buf *out, const ff_probe_answer *answer)
{
    for (size_t i = 0; i < answer->places.count; i++) {
        const ff_probe_place *place = &answer->places.items[i];
        ff_buf_printf(out, "%s%.*s:%u", i ? " " : "", FF_ARG(place->path.len ? place->path : FF_LIT("-")), place->line);
    }
}

static inline void ask_one(ff_repo *repo, const ff_probe_scene *scene, const ask_row *row)
{
    ff_probe_param params[ASK_PARAMS];
    ff_probe_question question = {.probe = ff_slice_of(row->probe), .params = params, .scene = scene};
    ff_probe_answer answer;
    ff_buf places;
    while (question.param_count < ASK_PARAMS && row->params[question.param_count].name) {
        params[question.param_count] = (ff_probe_param){ff_slice_of(row->params[question.param_count].name),
                                                        ff_slice_of(row->params[question.param_count].value)};
        question.param_count++;
    }
    assert_int_equal(ff_probe_ask(repo, &question, &answer), FF_OK);
    ff_buf_init(&places, 65536);
    ask_places(&places, &answer);
    if (answer.outcome != row->outcome || !ff_slice_eq(answer.text, ff_slice_of(row->text)) ||
        !ff_slice_eq(ff_buf_slice(&places), ff_slice_of(row->places)))
        fail_msg("%s %s: outcome %d, text\n  %.*s\nplaces %.*s\nnot\n  %s\nplaces %s", row->probe,
                 row->params[0].value ? row->params[0].value : "", answer.outcome, FF_ARG(answer.text),
                 FF_ARG(ff_buf_slice(&places)), row->text, row->places ? row->places : "");
    ff_buf_release(&places);
}

/* `files` NULL: no repository was given. */
static inline void ask_all(const grove_file *files, size_t file_count, const char *workflow,
                           const ff_probe_scene *scene, const ask_row *rows, size_t count)
{
    ff_tree *tree = files ? ff_grove(files, file_count) : NULL;
    if (tree)
        tree->match = FF_TREE_UNVERIFIED;
    ff_repo *repo = NULL;
    ff_repo_facts facts = {.workflow_path = ff_slice_of(workflow), .why_not = "no checkout was given"};
    assert_int_equal(ff_repo_open(&repo, tree, &facts), FF_OK);
    for (size_t i = 0; i < count; i++)
        ask_one(repo, scene, &rows[i]);
    ff_repo_close(repo);
    ff_tree_close(tree);
}

#endif
