/* A pattern on the first line, subjects below: compiling is safe, a match holds a required literal, and the prefilter
 * says so; the interpreter and JIT agree on whether there is one. */
#include "fuzz.h"

#include "match/literal.h"
#include "match/prefilter.h"
#include "match/regex.h"

static bool holds_one(ff_texts set, ff_slice subject)
{
    for (size_t i = 0; i < set.count; i++)
        if (ff_slice_find_nocase(subject, set.items[i]) != SIZE_MAX)
            return true;
    return false;
}

static bool fulfils(const ff_literals *literals, ff_slice subject)
{
    for (size_t i = 0; i < literals->count; i++)
        if (!holds_one(literals->sets[i], subject))
            return false;
    return true;
}

static ff_regex_result run(ff_regex *regex, ff_slice subject, bool jit)
{
    ff_regex_work *work = NULL;
    ff_meter meter = {.budget = 20 * 1000 * 1000};
    FF_PROMISE(ff_regex_work_new(&work, ff_regex_groups(regex), jit) == FF_OK);
    ff_regex_result result = ff_regex_run(regex, work, subject, &meter);
    if (result == FF_REGEX_HIT) {
        ff_span *spans = calloc(ff_regex_names(regex) + 1, sizeof *spans);
        FF_PROMISE(spans);
        uint32_t count = ff_regex_spans(regex, work, subject, spans);
        FF_PROMISE(count <= ff_regex_names(regex));
        for (uint32_t i = 0; i < count; i++)
            FF_PROMISE(spans[i].value.ptr >= subject.ptr &&
                       spans[i].value.ptr + spans[i].value.len <= subject.ptr + subject.len);
        free(spans);
    }
    ff_regex_work_free(work);
    return result;
}

static void try_subject(ff_regex *regex, const ff_prefilter *prefilter, const ff_literals *literals, ff_slice subject)
{
    ff_regex_result result = run(regex, subject, true);
    ff_regex_result slow = run(regex, subject, false);
    uint64_t bits[FF_LITERAL_SETS];
    FF_PROMISE(ff_prefilter_words(prefilter) == FF_LITERAL_SETS);
    (void)ff_prefilter_run(prefilter, subject, bits);
    FF_PROMISE((bits[0] & 1) == fulfils(literals, subject));
    FF_PROMISE(result == FF_REGEX_FAILED || slow == FF_REGEX_FAILED || result == slow);
    FF_PROMISE(result != FF_REGEX_HIT || fulfils(literals, subject));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ff_slice rest = ff_fuzz_input(data, size), subject;
    ff_pattern pattern = {.at = {"fuzz", 1, 1}};
    ff_regex *regex = NULL;
    ff_prefilter *prefilter = NULL;
    ff_arena arena;
    ff_arena_init(&arena, 0);
    (void)ff_slice_take_until(&rest, '\n', &pattern.text);
    ff_literals literals = ff_literal_find(&arena, pattern.text);
    for (size_t i = 0; i < literals.count; i++)
        for (size_t j = 0; j < literals.sets[i].count; j++)
            FF_PROMISE(literals.sets[i].items[j].len >= FF_LITERAL_MIN &&
                       literals.sets[i].items[j].len <= FF_LITERAL_MAX);
    ff_prefilter_entry entry = {.literals = literals};
    if (ff_regex_new(&regex, &pattern, NULL) == FF_OK) {
        FF_PROMISE(ff_prefilter_new(&prefilter, &entry, 1) == FF_OK);
        while (ff_slice_take_until(&rest, '\n', &subject))
            try_subject(regex, prefilter, &literals, subject);
    }
    ff_prefilter_free(prefilter);
    ff_regex_free(regex);
    ff_arena_release(&arena);
    return 0;
}
