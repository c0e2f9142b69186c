#include "log/download.h"

#include "base/hash.h"

static const ff_slice NAMINGS[] = {FF_TEXT("Download action repository '"),
                                   FF_TEXT("Download immutable action package '")};

/* A title names the action's folder inside the repository too; downloads are of repositories. */
static uint64_t hash_action(ff_slice action)
{
    size_t at = ff_slice_find_byte(action, '@');
    ff_slice path = ff_slice_cut(action, at);
    size_t owner = ff_slice_find_byte(path, '/');
    size_t repository = owner == SIZE_MAX ? SIZE_MAX : ff_slice_find_byte(ff_slice_from(path, owner + 1), '/');
    if (repository != SIZE_MAX)
        path = ff_slice_cut(path, owner + 1 + repository);
    ff_slice ref = at == SIZE_MAX ? (ff_slice){0} : ff_slice_from(action, at);
    return ff_hash(ff_hash(FF_HASH_START, path), ref);
}

static uint32_t find(const ff_downloads *downloads, uint64_t name)
{
    uint32_t i = 0;
    while (i < downloads->count && downloads->names[i] != name)
        i++;
    return i;
}

static void add(ff_downloads *downloads, ff_slice action, bool inside, ff_notes *notes)
{
    uint64_t name = hash_action(action);
    if (find(downloads, name) < downloads->count)
        return;
    if (downloads->count == FF_LIMIT_ACTIONS) {
        ff_notes_add(notes, true, "actions-limit",
                     "More than %u actions in one job; steps of composite actions may be listed as steps of the job.",
                     FF_LIMIT_ACTIONS);
        return;
    }
    downloads->names[downloads->count] = name;
    downloads->inside[downloads->count] = inside;
    downloads->count++;
}

void ff_downloads_line(ff_downloads *downloads, ff_slice text, bool in_setup, ff_notes *notes)
{
    if (ff_slice_starts(text, FF_LIT("Getting action download info")))
        downloads->round++;
    for (size_t i = 0; i < sizeof NAMINGS / sizeof *NAMINGS; i++) {
        ff_slice action;
        if (ff_slice_take_prefix(&text, NAMINGS[i]) && ff_slice_take_until(&text, '\'', &action))
            add(downloads, action, !in_setup || downloads->round > 1, notes);
    }
}

ff_action_use ff_downloads_use(const ff_downloads *downloads, ff_slice action)
{
    uint32_t at = find(downloads, hash_action(action));
    if (at == downloads->count)
        return FF_USED_UNKNOWN;
    return downloads->inside[at] ? FF_USED_INSIDE : FF_USED_BY_JOB;
}
