#include "source/layout.h"

#include "base/limits.h"
#include "source/tally.h"

#include <stdlib.h>

/* Why an entry is no part. */
typedef enum reason { REASON_UNSAFE, REASON_TWICE, REASON_INNER, REASON_OTHER, REASON_COUNT } reason;

static const ff_tally REASONS[REASON_COUNT] = {
    [REASON_UNSAFE] = {.code = "entry-name", .reason = "the name is unsafe or too long", .partial = true},
    [REASON_TWICE] = {.code = "entry-twice", .reason = "a second entry of the same name", .partial = true},
    [REASON_INNER] = {.code = "inner-archive", .reason = "an archive inside; unpack it to read it", .partial = true},
    [REASON_OTHER] = {.code = "entry-unexpected", .reason = "not part of a run's logs", .partial = false},
};

/* A name of a text file behind `skip` bytes of wrapping folders; the empty slice for all else. */
static ff_slice text_name(const ff_shelf *shelf, size_t entry, size_t skip)
{
    ff_slice name = shelf->items[entry].name;
    bool counts = ff_entry_name_is_safe(name) && !ff_entry_name_is_clutter(name) && ff_slice_ends(name, FF_LIT(".txt"));
    return counts ? ff_slice_from(name, skip) : (ff_slice){0};
}

/* `logs_123`, the name under which GitHub offers an archive for download. */
static bool is_download_name(ff_slice folder)
{
    uint64_t id;
    return ff_slice_take_prefix(&folder, FF_LIT("logs_")) && ff_slice_to_uint(folder, &id);
}

/* Signs, in the part of a name behind its first folder, that this folder is no job's: a folder below it, or a number
 * that ordinals have and steps have not. */
static bool speaks_for_wrapper(ff_slice rest)
{
    if (ff_slice_find_byte(rest, '/') != SIZE_MAX)
        return true;
    ff_entry_name parsed = ff_entry_name_parse(rest);
    return parsed.kind == FF_ENTRY_JOB && parsed.number <= 0;
}

/* Length of the folder name, with its `/`, that stands before everything behind `skip`; 0 if there is none. */
static size_t find_wrapper(const ff_shelf *shelf, size_t skip)
{
    ff_slice folder = {0};
    bool wraps = false;
    for (size_t i = 0; i < shelf->count; i++) {
        ff_slice name = text_name(shelf, i, skip);
        if (name.len == 0)
            continue;
        size_t slash = ff_slice_find_byte(name, '/');
        if (slash == SIZE_MAX || (folder.len && !ff_slice_eq(folder, ff_slice_cut(name, slash))))
            return 0;
        folder = ff_slice_cut(name, slash);
        wraps = wraps || speaks_for_wrapper(ff_slice_from(name, slash + 1));
    }
    return folder.len && (wraps || is_download_name(folder)) ? folder.len + 1 : 0;
}

static size_t find_wrappers(const ff_shelf *shelf)
{
    size_t skip = 0;
    for (size_t more, depth = 0; depth < FF_LIMIT_FOLDER_DEPTH && (more = find_wrapper(shelf, skip)) > 0; depth++)
        skip += more;
    return skip;
}

/* Folders of several runs side by side: no whole-job file at the top, and most step files two folders down. */
static ff_status refuse_several(const ff_shelf *shelf, size_t skip, const ff_run *run, ff_error *error)
{
    ff_slice deep = {0};
    size_t deep_count = 0, step_count = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        ff_slice name = text_name(shelf, i, skip);
        ff_entry_kind kind = ff_entry_name_parse(name).kind;
        size_t slash = ff_slice_find_byte(name, '/');
        if (kind == FF_ENTRY_JOB)
            return FF_OK;
        step_count += kind != FF_ENTRY_OTHER;
        if (slash == SIZE_MAX || ff_entry_name_parse(ff_slice_from(name, slash + 1)).kind < FF_ENTRY_STEP)
            continue;
        deep_count++;
        deep = ff_slice_cut(name, slash);
    }
    if (deep_count <= step_count)
        return FF_OK;
    return ff_error_set(error, FF_INVALID, "the %s holds the logs of several runs; give one of them, such as \"%s\"",
                        shelf->what, ff_entry_name_shown(run->arena, deep));
}

static bool is_archive_name(ff_slice name)
{
    static const ff_slice endings[] = {FF_TEXT(".zip"), FF_TEXT(".gz"), FF_TEXT(".tgz"), FF_TEXT(".tar"),
                                       FF_TEXT(".7z")};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ff_slice_ends(name, endings[i]))
            return true;
    return false;
}

static bool add_member(ff_layout *layout, ff_arena *arena, ff_entry_name name, size_t entry)
{
    ff_member *part = FF_ARRAY_PUSH(arena, layout);
    if (part)
        *part = (ff_member){.name = name, .entry = (uint32_t)entry};
    return part != NULL;
}

static bool sort_out(ff_layout *layout, const ff_shelf *shelf, ff_arena *arena, ff_tally tallies[REASON_COUNT])
{
    size_t skip = find_wrappers(shelf);
    for (size_t i = 0; i < shelf->count; i++) {
        ff_slice name = shelf->items[i].name;
        if (!ff_entry_name_is_safe(name)) {
            ff_tally_count(&tallies[REASON_UNSAFE], name);
            continue;
        }
        if (ff_entry_name_is_clutter(name))
            continue;
        ff_entry_name parsed = ff_entry_name_parse(ff_slice_from(name, skip));
        if (parsed.kind == FF_ENTRY_OTHER)
            ff_tally_count(&tallies[is_archive_name(name) ? REASON_INNER : REASON_OTHER], name);
        else if (!add_member(layout, arena, parsed, i))
            return false;
    }
    layout->inner = tallies[REASON_INNER].first;
    return true;
}

static int member_cmp(const void *left, const void *right)
{
    const ff_member *a = left, *b = right;
    int order = ff_slice_cmp(a->name.job, b->name.job);
    if (order == 0)
        order = (a->name.kind > b->name.kind) - (a->name.kind < b->name.kind);
    if (order == 0)
        order = (a->name.number > b->name.number) - (a->name.number < b->name.number);
    if (order == 0)
        order = ff_slice_cmp(a->name.step, b->name.step);
    return order ? order : (a->entry > b->entry) - (a->entry < b->entry);
}

/* Of entries with one name the first in the shelf is used. A second one that is equal by checksum is no loss. */
static void drop_seconds(ff_layout *layout, const ff_shelf *shelf, ff_tally *twice)
{
    size_t kept = 0;
    for (size_t i = 0; i < layout->count; i++) {
        const ff_entry *this = &shelf->items[layout->items[i].entry];
        const ff_entry *last = kept ? &shelf->items[layout->items[kept - 1].entry] : NULL;
        if (!last || !ff_slice_eq(this->name, last->name))
            layout->items[kept++] = layout->items[i];
        else if (!shelf->checked || this->crc != last->crc || this->size != last->size)
            ff_tally_count(twice, this->name);
    }
    layout->count = kept;
}

ff_status ff_layout_make(ff_layout *layout, const ff_shelf *shelf, ff_run *run, ff_arena *arena, ff_error *error)
{
    ff_tally tallies[REASON_COUNT];
    memcpy(tallies, REASONS, sizeof tallies);
    ff_status status = refuse_several(shelf, find_wrappers(shelf), run, error);
    if (status != FF_OK)
        return status;
    if (!sort_out(layout, shelf, arena, tallies))
        return ff_error_set(error, FF_NOMEM, "out of memory");
    if (layout->count)
        qsort(layout->items, layout->count, sizeof *layout->items, member_cmp);
    drop_seconds(layout, shelf, &tallies[REASON_TWICE]);
    for (size_t i = 0; i < REASON_COUNT; i++)
        ff_tally_note(&tallies[i], run);
    return FF_OK;
}
