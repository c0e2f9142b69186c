#include "fetch/cache.h"

#include "base/folder.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "fetch/stored.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Files that are being written have names of their own until they are whole. */
#define UNFINISHED "new-"

enum {
    PATH_BYTES = 4096,
    NAME_BYTES = FF_SHA256_HEX + 1,
    STALE_SECONDS = 3600, /* a file that is unfinished so long was left behind */
    NAME_TRIES = 100,
};

/* Threads that use it at once meet in what is counted alone, and that may be as far off as with other processes. */
struct ff_cache {
    int folder;
    uint64_t max_bytes;
    size_t max_files;
    _Atomic uint64_t bytes; /* bytes and files as last looked up, and what was written since */
    _Atomic size_t files;
    _Atomic uint64_t added; /* bytes written since they were counted */
    atomic_bool counted;
    atomic_uint written; /* names of unfinished files */
};

/* One file of the folder. */
typedef struct kept_file {
    char name[NAME_BYTES];
    uint64_t size;
    struct timespec used;
} kept_file;

typedef struct kept_files {
    kept_file *items; /* owned */
    size_t count, cap;
    uint64_t bytes;
} kept_files;

/* Where the folder is. */

static ff_status name_folder(char path[PATH_BYTES], ff_error *error)
{
    const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int length;
    /* A relative one is to be ignored (XDG Base Directory Specification). */
    if (xdg && *xdg == '/')
        length = snprintf(path, PATH_BYTES, "%s/firstfault", xdg);
    else if (home && *home == '/')
        length = snprintf(path, PATH_BYTES, "%s/.cache/firstfault", home);
    else
        return ff_error_set(error, FF_NOT_FOUND, "neither XDG_CACHE_HOME nor HOME says where answers may be kept");
    if (length < 0 || length >= PATH_BYTES)
        return ff_error_set(error, FF_IO, "the path of the folder for kept answers is too long");
    return FF_OK;
}

static ff_status open_folder(int *folder, char *path, ff_error *error)
{
    for (size_t len = strlen(path); len > 1 && path[len - 1] == '/'; len--)
        path[len - 1] = '\0'; /* a link is refused by its last part */
    ff_folder_make(path);
    return ff_folder_open(folder, path, error);
}

ff_status ff_cache_open(ff_cache **cache, const char *folder, ff_error *error)
{
    char path[PATH_BYTES] = "";
    *cache = NULL;
    ff_status status = FF_OK;
    if (!folder)
        status = name_folder(path, error);
    else if (!*folder || strlen(folder) >= sizeof path)
        status = ff_error_set(error, FF_IO, "the path of the folder for kept answers is empty or too long");
    else
        memcpy(path, folder, strlen(folder) + 1);
    if (status != FF_OK)
        return status;
    ff_cache *made = calloc(1, sizeof *made);
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    made->max_bytes = FF_LIMIT_CACHE_BYTES;
    made->max_files = FF_LIMIT_CACHE_FILES;
    status = open_folder(&made->folder, path, error);
    if (status == FF_OK)
        *cache = made;
    else
        ff_cache_close(made);
    return status;
}

void ff_cache_close(ff_cache *cache)
{
    if (!cache)
        return;
    if (cache->folder >= 0)
        (void)close(cache->folder);
    free(cache);
}

void ff_cache_bound(ff_cache *cache, uint64_t bytes, size_t files)
{
    cache->max_bytes = bytes;
    cache->max_files = files;
}

/* Reading. */

static ff_status name_entry(char name[NAME_BYTES], ff_slice url)
{
    ff_sha256 *digest = ff_sha256_new();
    if (!digest)
        return FF_NOMEM;
    ff_sha256_field(digest, url);
    ff_status status = ff_sha256_finish(digest, name);
    ff_sha256_free(digest);
    return status;
}

static int open_entry(const ff_cache *cache, const char *name)
{
    struct stat facts;
    int fd = openat(cache->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd >= 0 && (fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_uid != geteuid())) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

static void init_entry(ff_cache_entry *entry)
{
    *entry = (ff_cache_entry){0};
    ff_buf_init(&entry->etag, FF_LIMIT_HEADER_BYTES);
    ff_buf_init(&entry->next, FF_LIMIT_HEADER_BYTES);
    ff_body_init(&entry->body, FF_LIMIT_CACHE_ENTRY_BYTES);
}

ff_status ff_cache_find(ff_cache *cache, ff_slice url, ff_cache_entry *entry)
{
    char name[NAME_BYTES];
    init_entry(entry);
    ff_status status = name_entry(name, url);
    if (status != FF_OK)
        return status;
    int fd = open_entry(cache, name);
    if (fd < 0)
        return FF_NOT_FOUND;
    status = ff_stored_read(fd, url, entry);
    if (status == FF_OK)
        (void)futimens(fd, NULL); /* where it fails, the entry only goes earlier */
    else if (status == FF_NOT_FOUND)
        (void)unlinkat(cache->folder, name, 0);
    (void)close(fd);
    if (status != FF_OK) { /* what was read before the damage showed is not to be used */
        ff_cache_entry_release(entry);
        init_entry(entry);
    }
    return status;
}

void ff_cache_entry_release(ff_cache_entry *entry)
{
    ff_buf_release(&entry->etag);
    ff_buf_release(&entry->next);
    if (entry->body.max) /* it was initialised */
        ff_body_release(&entry->body);
    *entry = (ff_cache_entry){0};
}

/* Making room. */

static bool is_entry_name(const char *name)
{
    return strlen(name) == FF_SHA256_HEX && strspn(name, "0123456789abcdef") == FF_SHA256_HEX;
}

static bool add_file(kept_files *files, const char *name, const struct stat *facts)
{
    if (files->count == files->cap) {
        size_t cap = files->cap ? files->cap * 2 : 256;
        kept_file *items = realloc(files->items, cap * sizeof *items);
        if (!items)
            return false;
        files->items = items;
        files->cap = cap;
    }
    kept_file *file = &files->items[files->count++];
    *file = (kept_file){.size = (uint64_t)facts->st_size, .used = facts->st_mtim};
    memcpy(file->name, name, NAME_BYTES);
    files->bytes += file->size;
    return true;
}

static void drop_stale(const ff_cache *cache, const char *name, const struct stat *facts)
{
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) == 0 && now.tv_sec - facts->st_mtim.tv_sec > STALE_SECONDS)
        (void)unlinkat(cache->folder, name, 0);
}

/* Lists the entries. Files that other processes remove meanwhile are not there any more, and foreign ones are none of
 * ours. False without memory or if the folder cannot be read. */
static bool list_files(const ff_cache *cache, kept_files *files)
{
    int fd = openat(cache->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        if (fd >= 0)
            (void)close(fd);
        return false;
    }
    bool listed = true;
    for (const struct dirent *found; listed && (found = readdir(dir)) != NULL;) {
        struct stat facts;
        if (fstatat(cache->folder, found->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(facts.st_mode))
            continue;
        if (ff_slice_starts(ff_slice_of(found->d_name), FF_LIT(UNFINISHED)))
            drop_stale(cache, found->d_name, &facts);
        else if (is_entry_name(found->d_name))
            listed = add_file(files, found->d_name, &facts);
    }
    return closedir(dir) == 0 && listed;
}

static int compare_use(const void *a, const void *b)
{
    const struct timespec *left = &((const kept_file *)a)->used, *right = &((const kept_file *)b)->used;
    if (left->tv_sec != right->tv_sec)
        return left->tv_sec < right->tv_sec ? -1 : 1;
    return (left->tv_nsec > right->tv_nsec) - (left->tv_nsec < right->tv_nsec);
}

/* Removes what was not used for longest until `size` more bytes fit and an eighth is free, so that not every write has
 * to look. */
static void make_room(ff_cache *cache, uint64_t size)
{
    /* Other processes write too: now and then it is counted anew. */
    bool known = cache->counted && cache->added < cache->max_bytes / 16;
    if (known && cache->bytes + size <= cache->max_bytes && cache->files < cache->max_files)
        return;
    cache->added = 0;
    kept_files files = {0};
    cache->counted = list_files(cache, &files);
    bool full = files.bytes + size > cache->max_bytes || files.count >= cache->max_files;
    uint64_t bytes = cache->max_bytes - cache->max_bytes / 8;
    size_t count = cache->max_files - cache->max_files / 8, dropped = 0;
    if (full && files.count)
        qsort(files.items, files.count, sizeof *files.items, compare_use);
    for (; full && dropped < files.count; dropped++) {
        if (files.bytes + size <= bytes && files.count - dropped < count)
            break;
        (void)unlinkat(cache->folder, files.items[dropped].name, 0); /* somebody else may have done it */
        files.bytes -= files.items[dropped].size;
    }
    cache->bytes = files.bytes;
    cache->files = files.count - dropped;
    free(files.items);
}

/* Writing. */

/* A new file in the folder, which mkstemp cannot make beside a descriptor. */
static int open_unfinished(ff_cache *cache, char name[NAME_BYTES])
{
    for (int i = 0; i < NAME_TRIES; i++) {
        struct timespec now = {0};
        (void)clock_gettime(CLOCK_REALTIME, &now);
        (void)snprintf(name, NAME_BYTES, UNFINISHED "%lld-%09ld-%u", (long long)getpid(), now.tv_nsec,
                       cache->written++);
        int fd = openat(cache->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

ff_status ff_cache_keep(ff_cache *cache, ff_slice url, ff_slice etag, ff_slice next, const ff_body *body)
{
    char name[NAME_BYTES], unfinished[NAME_BYTES];
    const ff_stored answer = {.url = url, .etag = etag, .next = next, .body = body};
    uint64_t size = ff_stored_size(&answer);
    if (!ff_stored_fits(&answer) || size > cache->max_bytes)
        return FF_LIMIT;
    ff_status status = name_entry(name, url);
    if (status != FF_OK)
        return status;
    make_room(cache, size);
    int fd = open_unfinished(cache, unfinished);
    if (fd < 0)
        return FF_IO;
    status = ff_stored_write(fd, &answer);
    if (close(fd) != 0 && status == FF_OK)
        status = FF_IO;
    if (status == FF_OK && renameat(cache->folder, unfinished, cache->folder, name) != 0)
        status = FF_IO;
    if (status != FF_OK) {
        (void)unlinkat(cache->folder, unfinished, 0);
        return status;
    }
    cache->bytes += size;
    cache->added += size;
    cache->files++;
    return FF_OK;
}

void ff_cache_forget(ff_cache *cache, ff_slice url)
{
    char name[NAME_BYTES];
    if (name_entry(name, url) == FF_OK)
        (void)unlinkat(cache->folder, name, 0);
}
