#include "source/pairing.h"

#include "source/names.h"

/* A name without what the service may delete or replace. Comparing these first spares most of the real comparisons,
 * which are dear; a run may have thousands of jobs. */
typedef struct key {
    ff_slice whole;
    ff_slice base; /* without the mark of a duplicate, ` (1)`; empty: there is none */
    bool cut;      /* so long that the service may have cut it */
} key;

enum { CERTAINLY_WHOLE = 80, KEY_BYTES = 512 };

static bool can_have_log(const ff_job *job)
{
    return !(job->conclusion_known && job->conclusion == FF_CONCLUSION_SKIPPED);
}

static ff_slice strip(ff_arena *arena, ff_slice name)
{
    char kept[KEY_BYTES];
    size_t len = 0;
    for (size_t i = 0; i < name.len && len < sizeof kept; i++)
        if ((unsigned char)name.ptr[i] >= 0x20 && !strchr("\"*/:<>?\\|_", name.ptr[i]))
            kept[len++] = name.ptr[i];
    return ff_arena_dup(arena, (ff_slice){kept, len});
}

/* Where the cut went through a character, U+FFFD stands at the end. */
static key key_of(ff_arena *arena, ff_slice name)
{
    static const ff_slice half = FF_TEXT("\xEF\xBF\xBD");
    key made = {.cut = name.len >= CERTAINLY_WHOLE};
    size_t mark = name.len;
    while (mark > 0 && name.ptr[mark - 1] != '(')
        mark--;
    made.whole = strip(arena, ff_slice_ends(name, half) ? ff_slice_cut(name, name.len - half.len) : name);
    if (mark >= 2 && ff_slice_ends(name, FF_LIT(")"))) {
        ff_slice base = ff_slice_cut(name, mark - 2);
        made.base = strip(arena, ff_slice_ends(base, half) ? ff_slice_cut(base, base.len - half.len) : base);
    }
    return made;
}

static bool may_be(ff_slice spelled, ff_slice full, bool cut)
{
    return cut ? ff_slice_starts(full, spelled) : ff_slice_eq(full, spelled);
}

/* All that is compared. Without memory for keys everything is compared in full. */
typedef struct sides {
    const ff_run *staged, *run;
    key *staged_keys, *run_keys;
} sides;

static bool fits(const sides *both, uint32_t staged, uint32_t job)
{
    const ff_job *of_run = &both->run->jobs.items[job];
    if (!can_have_log(of_run))
        return false;
    if (both->staged_keys && both->run_keys) {
        const key *spelled = &both->staged_keys[staged];
        ff_slice full = both->run_keys[job].whole;
        if (!may_be(spelled->whole, full, spelled->cut) &&
            !(spelled->base.len && may_be(spelled->base, full, spelled->cut)))
            return false;
    }
    return ff_entry_name_fits(both->staged->jobs.items[staged].archive_name, of_run->name);
}

/* The only job that `staged` fits, FF_NO_INDEX or FF_PAIR_UNSURE. */
static uint32_t only_fit(const sides *both, uint32_t staged)
{
    uint32_t found = FF_NO_INDEX;
    for (uint32_t i = 0; i < both->run->jobs.count; i++) {
        if (!fits(both, staged, i))
            continue;
        if (found != FF_NO_INDEX)
            return FF_PAIR_UNSURE;
        found = i;
    }
    return found;
}

/* A job that several of the archive fit belongs to none of them for certain. */
static void give_up_shared(uint32_t *pairs, const sides *both, uint32_t job)
{
    size_t sharing = 0;
    for (uint32_t s = 0; s < both->staged->jobs.count; s++)
        sharing += pairs[s] == job || (pairs[s] == FF_PAIR_UNSURE && fits(both, s, job));
    for (uint32_t s = 0; s < both->staged->jobs.count && sharing > 1; s++)
        if (pairs[s] == job)
            pairs[s] = FF_PAIR_UNSURE;
}

static key *keys_of(ff_arena *arena, const ff_run *run, bool spelled)
{
    key *keys = ff_arena_array(arena, run->jobs.count, sizeof *keys);
    for (size_t i = 0; keys && i < run->jobs.count; i++)
        keys[i] = key_of(arena, spelled ? run->jobs.items[i].archive_name : run->jobs.items[i].name);
    return keys;
}

void ff_pairing_make(uint32_t *pairs, const ff_run *staged, const ff_run *run, ff_arena *arena)
{
    sides both = {.staged = staged, .run = run};
    ff_arena_mark mark = ff_arena_here(arena);
    both.staged_keys = keys_of(arena, staged, true);
    both.run_keys = keys_of(arena, run, false);
    for (uint32_t s = 0; s < staged->jobs.count; s++)
        pairs[s] = only_fit(&both, s);
    for (uint32_t s = 0; s < staged->jobs.count; s++)
        if (pairs[s] < FF_PAIR_UNSURE)
            give_up_shared(pairs, &both, pairs[s]);
    ff_arena_rewind(arena, mark);
}
