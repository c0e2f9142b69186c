/* tests/phrases/: what tools print, written apart from the rules. Each block `== family.slug` holds lines that the rule
 * must hit, and every rule of the tree has a block: a rule that is lost or grows too narrow fails here. */
#include "base/limits.h"
#include "catalog/catalog.h"
#include "catalog/path.h"
#include "match/example.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define FOLDER FF_SOURCE_DIR "/tests/phrases"

typedef struct state {
    ff_catalog *catalog;
    ff_matcher *matcher;
    const ff_rule *rules;
    size_t count;
    bool *heard; /* of each rule: it has a block */
    int failed;
} state;

static int load(void **out)
{
    static state s;
    ff_error error = {0};
    *out = &s;
    if (ff_catalog_new(&s.catalog) != FF_OK ||
        ff_catalog_add_path(s.catalog, FF_SOURCE_DIR "/patterns", "built-in", &error) != FF_OK ||
        ff_catalog_finish(s.catalog, &error) != FF_OK || ff_matcher_new(&s.matcher, s.catalog, &error) != FF_OK) {
        print_error("%s\n", error.text);
        return 1;
    }
    s.rules = ff_catalog_rules(s.catalog, &s.count);
    s.heard = calloc(s.count, sizeof *s.heard);
    return s.heard ? 0 : 1;
}

static int unload(void **in)
{
    state *s = *in;
    free(s->heard);
    ff_matcher_free(s->matcher);
    ff_catalog_free(s->catalog);
    return 0;
}

static bool is_hit(const state *s, const ff_rule *rule, ff_slice text)
{
    ff_arena arena;
    ff_run run;
    ff_findings findings = {0};
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    assert_int_equal(ff_match_example(s->matcher, rule, text, &run, &findings), FF_OK);
    bool hit = findings.count > 0;
    ff_arena_release(&arena);
    return hit;
}

static void try_block(state *s, const char *file, ff_slice id, ff_slice lines)
{
    const ff_rule *rule = ff_catalog_find(s->catalog, id);
    if (!rule) {
        print_error("%s: no rule has the id %.*s\n", file, FF_ARG(id));
        s->failed++;
        return;
    }
    s->heard[rule - s->rules] = true;
    if (!lines.len || !is_hit(s, rule, lines)) {
        print_error("%s: %.*s does not hit: %.*s\n", file, FF_ARG(id), FF_ARG(lines));
        s->failed++;
    }
}

static void try_file(state *s, const char *name)
{
    char path[1024];
    ff_buf bytes;
    ff_error error = {0};
    (void)snprintf(path, sizeof path, "%s/%s", FOLDER, name);
    ff_buf_init(&bytes, FF_LIMIT_YAML_BYTES);
    assert_int_equal(ff_path_read(path, &bytes, &error), FF_OK);
    ff_slice rest = ff_buf_slice(&bytes);
    assert_true(ff_slice_take_prefix(&rest, FF_LIT("== ")));
    while (rest.len) {
        ff_slice id = {0};
        (void)ff_slice_take_until(&rest, '\n', &id);
        size_t end = ff_slice_find(rest, FF_LIT("\n== "));
        ff_slice block = ff_slice_cut(rest, end);
        while (ff_slice_ends(block, FF_LIT("\n")))
            block.len--;
        try_block(s, name, ff_slice_trim(id), block);
        rest = end == SIZE_MAX ? (ff_slice){0} : ff_slice_from(rest, end + strlen("\n== "));
    }
    ff_buf_release(&bytes);
}

static void every_phrase_is_hit_and_every_rule_has_one(void **in)
{
    state *s = *in;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (ff_slice_ends(ff_slice_of(entry->d_name), FF_LIT(".txt")))
            try_file(s, entry->d_name);
    (void)closedir(folder);
    for (size_t i = 0; i < s->count; i++)
        if (!s->heard[i]) {
            print_error("%s:%u: %.*s has no block in tests/phrases/%.*s.txt\n", s->rules[i].at.file,
                        s->rules[i].at.line, FF_ARG(s->rules[i].id),
                        FF_ARG(ff_slice_cut(s->rules[i].id, ff_slice_find(s->rules[i].id, FF_LIT(".")))));
            s->failed++;
        }
    assert_int_equal(s->failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_phrase_is_hit_and_every_rule_has_one)};
    return cmocka_run_group_tests(tests, load, unload);
}
