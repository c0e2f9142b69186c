#include "tree/gitdir.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/object_id.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    REFERENCES = 5,         /* symbolic ones, one after the other, as git's own limit */
    REMOTES = 100,          /* that are looked at */
    LINE_BYTES = 16 * 1024, /* of a file of one line, or a few */
};

/* What is being found, and where. Paths end with a NUL. */
typedef struct search {
    ff_gitdir *found;
    ff_arena *arena;
    ff_slice own, shared; /* of this work tree; of all that share its objects */
    size_t stores, seen;  /* folders of objects, and files in them */
    bool refused;
} search;

/* ---- small files ---- */

/* `name` in the folder, unless it is a path of its own; the empty slice without memory. */
static ff_slice join(ff_arena *arena, ff_slice folder, ff_slice name)
{
    if (ff_slice_starts(name, FF_LIT("/")))
        return ff_arena_dup(arena, name);
    return ff_arena_printf(arena, "%.*s/%.*s", FF_ARG(folder), FF_ARG(name));
}

/* The bytes of a file, none for what cannot be read or is longer than `bytes` may be. Links are followed: old
 * repositories have them. */
static ff_slice read_bytes(const search *s, ff_slice folder, ff_slice name, ff_buf *bytes)
{
    ff_slice path = join(s->arena, folder, name);
    int fd = path.ptr ? open(path.ptr, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
    if (fd < 0)
        return (ff_slice){0};
    return ff_file_read(fd, bytes) == FF_OK ? ff_buf_slice(bytes) : (ff_slice){0};
}

/* The same, kept. */
static ff_slice read_file(const search *s, ff_slice folder, ff_slice name, size_t max)
{
    ff_buf bytes;
    ff_buf_init(&bytes, max);
    ff_slice kept = ff_arena_dup(s->arena, read_bytes(s, folder, name, &bytes));
    ff_buf_release(&bytes);
    return kept;
}

/* The first line of a file that has one. */
static ff_slice read_line(const search *s, ff_slice folder, ff_slice name)
{
    ff_slice line = {0}, text = read_file(s, folder, name, LINE_BYTES);
    (void)ff_slice_take_until(&text, '\n', &line);
    return ff_slice_trim(line);
}

static bool is_folder(ff_slice path)
{
    struct stat facts;
    return path.len && stat(path.ptr, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* ---- commits and references ---- */

/* Below `refs/`, without a way out of it. */
static bool is_reference(ff_slice name)
{
    ff_slice part;
    if (!ff_slice_starts(name, FF_LIT("refs/")) || name.len > FF_LIMIT_NAME_BYTES)
        return false;
    while (ff_slice_take_until(&name, '/', &part))
        if (!part.len || ff_slice_eq(part, FF_LIT("..")))
            return false;
    return true;
}

/* Lines `<id> <name>`; others are comments and what tags stand for. */
static ff_slice find_packed(const search *s, ff_slice name)
{
    ff_buf bytes;
    ff_slice line, id, kept = {0};
    ff_buf_init(&bytes, FF_LIMIT_GIT_FILE_BYTES);
    ff_slice rest = read_bytes(s, s->shared, FF_LIT("packed-refs"), &bytes);
    while (!kept.len && ff_slice_take_until(&rest, '\n', &line))
        if (ff_slice_take_until(&line, ' ', &id) && ff_slice_eq(ff_slice_trim_end(line), name))
            kept = ff_arena_dup(s->arena, id);
    ff_buf_release(&bytes);
    return kept;
}

static ff_slice read_reference(const search *s, ff_slice name)
{
    ff_slice text = read_line(s, s->own, name);
    if (!text.len)
        text = read_line(s, s->shared, name);
    return text.len ? text : find_packed(s, name);
}

static ff_slice lower(ff_arena *arena, ff_slice id)
{
    char *copy = ff_arena_alloc(arena, id.len + 1);
    for (size_t i = 0; copy && i < id.len; i++)
        copy[i] = id.ptr[i] >= 'A' && id.ptr[i] <= 'F' ? (char)(id.ptr[i] - 'A' + 'a') : id.ptr[i];
    return (ff_slice){copy, copy ? id.len : 0};
}

static void find_head(search *s)
{
    ff_slice text = read_line(s, s->own, FF_LIT("HEAD"));
    for (int i = 0; i < REFERENCES && ff_slice_take_prefix(&text, FF_LIT("ref:")); i++) {
        ff_slice name = ff_slice_trim(text);
        text = is_reference(name) ? read_reference(s, name) : (ff_slice){0};
    }
    if (ff_object_id_is(text))
        s->found->head = lower(s->arena, text);
}

/* ---- stores ---- */

/* Anything else could block or never end when it is opened, and libgit2 opens what has the right name. */
static bool holds_only_files(search *s, const char *path, unsigned depth)
{
    bool good = true;
    DIR *listing = opendir(path);
    if (!listing)
        return false;
    for (const struct dirent *found; good && (found = readdir(listing)) != NULL;) {
        struct stat facts;
        ff_slice name = ff_slice_of(found->d_name);
        if (ff_slice_eq(name, FF_LIT(".")) || ff_slice_eq(name, FF_LIT("..")))
            continue;
        if (++s->seen > FF_LIMIT_TREE_ENTRIES) {
            good = false;
        } else if (fstatat(dirfd(listing), found->d_name, &facts, 0) != 0) {
            good = errno == ENOENT;          /* git has packed it since */
        } else if (S_ISDIR(facts.st_mode)) { /* objects stand in folders of the first level */
            const ff_arena_mark mark = ff_arena_here(s->arena);
            ff_slice below = join(s->arena, ff_slice_of(path), name);
            good = depth > 0 || (below.len && holds_only_files(s, below.ptr, depth + 1));
            ff_arena_rewind(s->arena, mark);
        } else {
            good = S_ISREG(facts.st_mode);
        }
    }
    (void)closedir(listing);
    return good;
}

static void add_store(search *s, ff_slice path)
{
    if (!is_folder(path) || s->stores == FF_GITDIR_STORES)
        return;
    if (!holds_only_files(s, path.ptr, 0))
        s->refused = true;
    else
        s->found->stores[s->stores++] = path.ptr;
}

/* A line of `alternates` is a path, from the folder of objects. */
static void find_stores(search *s)
{
    add_store(s, join(s->arena, s->shared, FF_LIT("objects")));
    for (size_t i = 0; i < s->stores && !s->refused; i++) {
        ff_slice store = ff_slice_of(s->found->stores[i]), line;
        ff_slice rest = read_file(s, store, FF_LIT("info/alternates"), LINE_BYTES);
        while (!s->refused && ff_slice_take_until(&rest, '\n', &line))
            if (line.len && line.ptr[0] != '#')
                add_store(s, join(s->arena, store, line));
    }
    if (s->refused)
        s->found->stores[0] = NULL;
}

bool ff_gitdir_is_small(const char *const *stores, const char *id, uint64_t most)
{
    enum { PATH_BYTES = 4096 };
    char path[PATH_BYTES];
    struct stat facts;
    for (; *stores; stores++) {
        int len = snprintf(path, sizeof path, "%s/%.2s/%s", *stores, id, id + 2);
        if (len < 0 || (size_t)len >= sizeof path)
            return false;
        if (stat(path, &facts) == 0 && (uint64_t)facts.st_size > most)
            return false;
    }
    return true;
}

/* ---- settings ---- */

/* `"text" # comment`, without the escapes that no URL needs. */
static ff_slice value_of(ff_slice text)
{
    ff_slice value;
    text = ff_slice_trim(text);
    if (ff_slice_take_prefix(&text, FF_LIT("\"")))
        return ff_slice_take_until(&text, '"', &value) ? value : (ff_slice){0};
    value = ff_slice_cut(text, ff_slice_find(text, FF_LIT(" #")));
    return ff_slice_trim(ff_slice_cut(value, ff_slice_find(value, FF_LIT(" ;"))));
}

/* `url = …` in sections `[remote "…"]`. */
static void find_remotes(search *s)
{
    ff_slice line, key, rest = read_file(s, s->shared, FF_LIT("config"), FF_LIMIT_GIT_FILE_BYTES);
    bool in_remote = false;
    while (s->found->remotes.count < REMOTES && ff_slice_take_until(&rest, '\n', &line)) {
        line = ff_slice_trim(line);
        if (ff_slice_starts(line, FF_LIT("[")))
            in_remote = ff_slice_eq_nocase(ff_slice_cut(line, 8), FF_LIT("[remote "));
        else if (in_remote && ff_slice_find_byte(line, '=') != SIZE_MAX && ff_slice_take_until(&line, '=', &key) &&
                 ff_slice_eq_nocase(ff_slice_trim(key), FF_LIT("url"))) {
            ff_slice *url = FF_ARRAY_PUSH(s->arena, &s->found->remotes);
            if (url)
                *url = value_of(line);
        }
    }
}

/* The last part of a URL or path, without `.git`. */
static ff_slice name_of(ff_slice url)
{
    while (ff_slice_ends(url, FF_LIT("/")))
        url.len--;
    if (ff_slice_eq_nocase(ff_slice_from(url, url.len > 4 ? url.len - 4 : 0), FF_LIT(".git")))
        url.len -= 4;
    size_t from = url.len;
    while (from && url.ptr[from - 1] != '/' && url.ptr[from - 1] != ':')
        from--;
    return ff_slice_from(url, from);
}

bool ff_gitdir_is_of(const ff_gitdir *found, ff_slice repository)
{
    ff_slice name = name_of(repository);
    if (!name.len || !found->remotes.count)
        return true;
    for (size_t i = 0; i < found->remotes.count; i++)
        if (ff_slice_eq_nocase(name_of(found->remotes.items[i]), name))
            return true;
    return false;
}

/* ---- the folder ---- */

/* `.git` is a folder, or `gitdir: …`. */
static ff_slice find_own(const search *s, ff_slice directory)
{
    ff_slice git = join(s->arena, directory, FF_LIT(".git"));
    if (is_folder(git))
        return git;
    ff_slice line = read_line(s, directory, FF_LIT(".git"));
    if (ff_slice_take_prefix(&line, FF_LIT("gitdir:")))
        return join(s->arena, directory, ff_slice_trim(line));
    return (ff_slice){0};
}

static bool looks_like_git(const search *s, ff_slice folder)
{
    return is_folder(join(s->arena, folder, FF_LIT("objects"))) && is_folder(join(s->arena, folder, FF_LIT("refs"))) &&
           read_line(s, folder, FF_LIT("HEAD")).len;
}

/* A linked work tree has its own HEAD, and names the folder that has the rest. */
static void find_shared(search *s)
{
    ff_slice line = read_line(s, s->own, FF_LIT("commondir"));
    s->shared = line.len ? join(s->arena, s->own, line) : s->own;
}

ff_status ff_gitdir_find(ff_gitdir *found, const char *directory, ff_arena *arena)
{
    search s = {.found = found, .arena = arena};
    *found = (ff_gitdir){.bare = false};
    s.own = find_own(&s, ff_slice_of(directory));
    if (!is_folder(s.own)) {
        s.own = join(arena, ff_slice_of(directory), FF_LIT("."));
        found->bare = true;
    }
    find_shared(&s);
    if (!arena->failed && !looks_like_git(&s, s.shared))
        return FF_NOT_FOUND;
    find_head(&s);
    find_remotes(&s);
    find_stores(&s);
    return arena->failed ? FF_NOMEM : s.refused ? FF_UNSUPPORTED : FF_OK;
}
