/* Logs in a folder: an archive that somebody unpacked. Nothing outside the folder is read: symbolic links are not
 * followed, neither now nor when a name is opened later. */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "source/kind.h"
#include "source/names.h"
#include "source/tally.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    int root; /* borrowed from the input */
    int file; /* the open entry, or -1 */
};

/* Why something in the folder is left out. */
enum reason {
    REASON_LINK,
    REASON_LOG_LINK,
    REASON_SPECIAL,
    REASON_LOG_SPECIAL,
    REASON_DEEP,
    REASON_CLOSED,
    REASON_COUNT
};

static const ff_tally REASONS[REASON_COUNT] = {
    [REASON_LINK] = {.code = "symlink-skipped", .reason = "a symbolic link"},
    [REASON_LOG_LINK] = {.code = "symlink-skipped", .reason = "a symbolic link", .partial = true},
    [REASON_SPECIAL] = {.code = "special-skipped", .reason = "neither a file nor a folder"},
    [REASON_LOG_SPECIAL] = {.code = "special-skipped", .reason = "neither a file nor a folder", .partial = true},
    [REASON_DEEP] = {.code = "folder-depth", .reason = "a folder nested too deeply", .partial = true},
    [REASON_CLOSED] = {.code = "entry-unreadable", .reason = "a folder that cannot be listed", .partial = true},
};

static const ff_trouble NOT_PERMITTED = {"entry-unreadable", "not readable for this user"};

struct walk {
    ff_source *source;
    ff_tally tallies[REASON_COUNT];
    ff_buf path; /* of what is looked at, from the root */
    uint32_t seen;
};

static bool accepts(const ff_input *input)
{
    return input->form == FF_INPUT_FOLDER;
}

static void leave_out(struct walk *walk, enum reason reason)
{
    ff_tally *tally = &walk->tallies[reason];
    ff_slice path = ff_buf_slice(&walk->path);
    ff_tally_count(tally, tally->count ? path : ff_arena_dup(&walk->source->arena, path));
}

static ff_status add_file(struct walk *walk, int parent, const char *name, const struct stat *facts)
{
    ff_entry *entry = FF_ARRAY_PUSH(&walk->source->arena, &walk->source->shelf);
    ff_slice path = ff_arena_dup(&walk->source->arena, ff_buf_slice(&walk->path));
    if (!entry || !path.ptr)
        return FF_NOMEM;
    *entry = (ff_entry){.name = path, .size = (uint64_t)facts->st_size};
    if (faccessat(parent, name, R_OK, AT_EACCESS) != 0)
        entry->trouble = NOT_PERMITTED;
    return FF_OK;
}

static ff_status walk_folder(struct walk *walk, int fd, size_t depth, ff_error *error);

static ff_status look_at(struct walk *walk, int parent, const char *name, size_t depth, ff_error *error)
{
    struct stat facts;
    if (++walk->seen > FF_LIMIT_ARCHIVE_ENTRIES)
        return ff_error_set(error, FF_LIMIT, "the folder holds more than %u files; give the folder of one run",
                            FF_LIMIT_ARCHIVE_ENTRIES);
    ff_slice path = ff_buf_slice(&walk->path);
    if (ff_entry_name_is_clutter(path) || fstatat(parent, name, &facts, AT_SYMLINK_NOFOLLOW) != 0)
        return FF_OK; /* gone since it was listed */
    bool log = ff_slice_ends(path, FF_LIT(".txt"));
    if (S_ISREG(facts.st_mode))
        return add_file(walk, parent, name, &facts);
    if (!S_ISDIR(facts.st_mode)) {
        bool link = S_ISLNK(facts.st_mode);
        leave_out(walk, link ? (log ? REASON_LOG_LINK : REASON_LINK) : (log ? REASON_LOG_SPECIAL : REASON_SPECIAL));
        return FF_OK;
    }
    if (depth >= FF_LIMIT_FOLDER_DEPTH) {
        leave_out(walk, REASON_DEEP);
        return FF_OK;
    }
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        leave_out(walk, REASON_CLOSED);
        return FF_OK;
    }
    return walk_folder(walk, fd, depth + 1, error);
}

/* Takes over `fd`. */
static ff_status walk_folder(struct walk *walk, int fd, size_t depth, ff_error *error)
{
    DIR *listing = fdopendir(fd);
    if (!listing) {
        (void)close(fd);
        return ff_error_set(error, FF_NOMEM, "out of memory");
    }
    ff_status status = FF_OK;
    size_t before = walk->path.len;
    for (const struct dirent *found; status == FF_OK && (found = readdir(listing)) != NULL;) {
        ff_slice name = ff_slice_of(found->d_name);
        if (ff_slice_eq(name, FF_LIT(".")) || ff_slice_eq(name, FF_LIT("..")))
            continue;
        if (before)
            ff_buf_add_byte(&walk->path, '/');
        ff_buf_add(&walk->path, name);
        status = ff_buf_status(&walk->path);
        if (status == FF_OK)
            status = look_at(walk, fd, found->d_name, depth, error);
        walk->path.len = before;
    }
    (void)closedir(listing);
    return status;
}

static int entry_cmp(const void *left, const void *right)
{
    return ff_slice_cmp(((const ff_entry *)left)->name, ((const ff_entry *)right)->name);
}

static ff_status list_entries(ff_source *source, ff_error *error)
{
    struct walk walk = {.source = source};
    memcpy(walk.tallies, REASONS, sizeof walk.tallies);
    ff_buf_init(&walk.path, (FF_LIMIT_FOLDER_DEPTH + 1) * (size_t)FF_LIMIT_NAME_BYTES);
    /* A listing of its own: the input's descriptor stays at its place for opening entries. */
    int fd = openat(source->input.fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ff_status status =
        fd < 0 ? ff_error_set(error, FF_IO, "cannot be read: %s", strerror(errno)) : walk_folder(&walk, fd, 1, error);
    if (status == FF_OK && source->shelf.count)
        qsort(source->shelf.items, source->shelf.count, sizeof *source->shelf.items, entry_cmp);
    for (size_t i = 0; i < REASON_COUNT; i++)
        ff_tally_note(&walk.tallies[i], source->run);
    ff_buf_release(&walk.path);
    return status == FF_OK ? FF_OK : ff_error_set(error, status, "the folder cannot be listed");
}

static ff_status read_file(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    struct folder *folder = self;
    ssize_t count;
    do
        count = read(folder->file, into, cap < FF_LIMIT_READ_BYTES ? cap : FF_LIMIT_READ_BYTES);
    while (count < 0 && errno == EINTR);
    *got = count > 0 ? (size_t)count : 0;
    if (count < 0)
        return ff_error_set(error, FF_IO, "%s", strerror(errno));
    return count == 0 ? FF_END : FF_OK;
}

static void leave(struct folder *folder)
{
    if (folder->file >= 0)
        (void)close(folder->file);
    folder->file = -1;
}

static ff_status open_entry(void *self, size_t entry, ff_reader *reader, ff_error *error)
{
    ff_source *source = self;
    struct folder *folder = source->self;
    struct stat facts;
    leave(folder);
    folder->file = ff_file_open_below(folder->root, source->shelf.items[entry].name);
    if (folder->file < 0 || fstat(folder->file, &facts) != 0)
        return ff_error_set(error, FF_IO, "%s", strerror(errno));
    if (!S_ISREG(facts.st_mode))
        return ff_error_set(error, FF_IO, "it is no file any more");
    *reader = (ff_reader){read_file, folder};
    return FF_OK;
}

static ff_status open_folder(ff_source *source, ff_error *error)
{
    struct folder *self = calloc(1, sizeof *self);
    if (!self)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    *self = (struct folder){.root = source->input.fd, .file = -1};
    source->self = self;
    source->shelf = (ff_shelf){.what = "folder", .open = open_entry, .self = source};
    ff_status status = list_entries(source, error);
    if (status != FF_OK)
        return status;
    return ff_source_open_shelf(source, error);
}

static void close_folder(ff_source *source)
{
    if (source->self)
        leave(source->self);
    free(source->self);
}

const ff_source_kind ff_source_folder = {
    .accepts = accepts,
    .open = open_folder,
    .next = ff_source_next_planned,
    .close = close_folder,
};
