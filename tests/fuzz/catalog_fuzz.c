/* A catalog file: loading it is safe and says where it is wrong; what loads can be compiled and run on its examples. */
#include "fuzz.h"

#include "base/limits.h"
#include "catalog/catalog.h"
#include "match/example.h"

static void try_examples(const ff_matcher *matcher, const ff_rule *rule)
{
    for (size_t i = 0; i < rule->examples_match_count; i++) {
        ff_arena arena;
        ff_run run;
        ff_findings findings;
        ff_arena_init(&arena, 0);
        ff_run_init(&run, &arena);
        ff_status status = ff_match_example(matcher, rule, rule->examples_match[i].text, &run, &findings);
        FF_PROMISE(status == FF_OK || status == FF_NOMEM);
        ff_arena_release(&arena);
    }
}

static void try_rules(const ff_catalog *catalog)
{
    size_t count = 0;
    ff_matcher *matcher = NULL;
    ff_error error = {0};
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    if (ff_matcher_new(&matcher, catalog, &error) == FF_OK)
        for (size_t i = 0; i < count && i < 8; i++)
            try_examples(matcher, &rules[i]);
    else
        FF_PROMISE(error.text[0] && error.line > 0);
    ff_matcher_free(matcher);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    FF_PROMISE(ff_catalog_new(&catalog) == FF_OK);
    ff_status status = ff_catalog_add_bytes(catalog, "fuzz.yaml", ff_fuzz_input(data, size), "user", &error);
    if (status == FF_OK)
        status = ff_catalog_finish(catalog, &error);
    if (status == FF_OK)
        try_rules(catalog);
    else
        FF_PROMISE(error.status == status && error.text[0]);
    ff_catalog_free(catalog);
    return 0;
}
