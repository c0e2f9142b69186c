#include "tree/git_objects.h"

#include "base/buf.h"
#include "base/limits.h"
#include "tree/gitdir.h"
#include "tree/gitpack.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <stdlib.h>

struct ff_git_objects {
    git_odb *odb;
    git_repository *repository; /* over `odb` alone */
    const char *const *stores;
    ff_gitpacks *packs;
};

/* A comparison under way. */
typedef struct walk {
    ff_git_objects *objects;
    ff_git_comparison *comparison;
    ff_buf path;   /* of what is looked at */
    size_t seen;   /* names */
    uint64_t live; /* bytes of the folders that are open, one in the other */
} walk;

/* Two folders of the same path; of one that is not there `tree` is NULL. */
typedef struct side {
    git_tree *tree;
    size_t at, count;
    uint64_t bytes;
} side;

static ff_status status_of(int code)
{
    if (code >= 0)
        return FF_OK;
    const git_error *error = git_error_last();
    if (error && error->klass == GIT_ERROR_NOMEMORY)
        return FF_NOMEM;
    return code == GIT_ENOTFOUND ? FF_NOT_FOUND : FF_INVALID;
}

/* ---- opening ---- */

/* Takes over the backend. */
static ff_status add_backend(ff_git_objects *self, git_odb_backend *backend, int priority)
{
    ff_status status = status_of(git_odb_add_backend(self->odb, backend, priority));
    if (status != FF_OK)
        backend->free(backend);
    return status;
}

/* Pack by pack: given a folder, libgit2 would believe its `multi-pack-index`, which nobody has looked at. A pack that
 * it refuses is as good as not there. */
static ff_status add_packs(ff_git_objects *self)
{
    const char *path;
    ff_status status = FF_OK;
    for (size_t i = 0; status == FF_OK && (path = ff_gitpacks_index(self->packs, i)) != NULL; i++) {
        git_odb_backend *backend = NULL;
        status = status_of(git_odb_backend_one_pack(&backend, path));
        if (status == FF_OK)
            status = add_backend(self, backend, 1);
        else if (status != FF_NOMEM)
            status = FF_OK;
    }
    return status;
}

static ff_status add_stores(ff_git_objects *self)
{
    ff_status status = ff_gitpacks_open(&self->packs, self->stores);
    for (size_t i = 0; status == FF_OK && self->stores[i]; i++) {
        git_odb_backend *backend = NULL;
        status = status_of(git_odb_backend_loose(&backend, self->stores[i], 0, 0, 0, 0));
        if (status == FF_OK)
            status = add_backend(self, backend, 2);
    }
    return status == FF_OK ? add_packs(self) : status;
}

ff_status ff_git_objects_open(ff_git_objects **objects, const char *const *stores)
{
    *objects = NULL;
    if (git_libgit2_init() < 0)
        return FF_NOMEM;
    ff_git_objects *self = calloc(1, sizeof *self);
    if (!self) {
        (void)git_libgit2_shutdown();
        return FF_NOMEM;
    }
    self->stores = stores;
    ff_status status = status_of(git_odb_new(&self->odb));
    if (status == FF_OK)
        status = add_stores(self);
    if (status == FF_OK)
        status = status_of(git_repository_wrap_odb(&self->repository, self->odb));
    if (status == FF_OK)
        *objects = self;
    else
        ff_git_objects_close(self);
    return status == FF_OK || status == FF_NOMEM ? status : FF_INVALID;
}

void ff_git_objects_close(ff_git_objects *objects)
{
    if (!objects)
        return;
    git_repository_free(objects->repository);
    git_odb_free(objects->odb);
    ff_gitpacks_close(objects->packs);
    free(objects);
    (void)git_libgit2_shutdown();
}

/* ---- single objects ---- */

/* The size of an object, which must be of this type, and nothing that makes libgit2 read much more. */
static ff_status size_of(ff_git_objects *objects, const git_oid *id, git_object_t type, uint64_t *size)
{
    char digits[GIT_OID_HEXSZ + 1];
    size_t len = 0;
    git_object_t found = GIT_OBJECT_INVALID;
    *size = 0;
    if (!ff_gitpacks_allow(objects->packs, id->id))
        return FF_INVALID;
    ff_status status = status_of(git_odb_read_header(&len, &found, objects->odb, id));
    *size = len;
    if (status != FF_OK)
        return status;
    /* Deflate makes text longer by a fraction of a percent at most. */
    (void)git_oid_tostr(digits, sizeof digits, id);
    const uint64_t most = *size + *size / 8 + 4096;
    return found == type && ff_gitdir_is_small(objects->stores, digits, most) ? FF_OK : FF_INVALID;
}

static git_oid oid_of(const ff_git_id *id)
{
    git_oid oid;
    memcpy(oid.id, id->bytes, FF_GIT_ID_BYTES);
    return oid;
}

static ff_git_id id_of(const git_oid *oid)
{
    ff_git_id id;
    memcpy(id.bytes, oid->id, FF_GIT_ID_BYTES);
    return id;
}

/* A commit begins with a line `tree` and the id of its root. */
static ff_status root_of(ff_slice commit, ff_git_id *root)
{
    git_oid oid;
    if (!ff_slice_take_prefix(&commit, FF_LIT("tree ")) || commit.len <= GIT_OID_HEXSZ ||
        commit.ptr[GIT_OID_HEXSZ] != '\n' || git_oid_fromstrn(&oid, commit.ptr, GIT_OID_HEXSZ) < 0)
        return FF_INVALID;
    *root = id_of(&oid);
    return FF_OK;
}

ff_status ff_git_root(ff_git_objects *objects, ff_slice commit, ff_git_id *root)
{
    git_oid oid;
    uint64_t size = 0;
    git_odb_object *object = NULL;
    if (commit.len != GIT_OID_HEXSZ || git_oid_fromstrn(&oid, commit.ptr, commit.len) < 0)
        return FF_NOT_FOUND; /* an id of SHA-256, which this version of libgit2 does not know */
    ff_status status = size_of(objects, &oid, GIT_OBJECT_COMMIT, &size);
    if (status == FF_OK && size > FF_LIMIT_GIT_FILE_BYTES)
        status = FF_INVALID;
    if (status == FF_OK)
        status = status_of(git_odb_read(&object, objects->odb, &oid));
    if (status == FF_OK)
        status = root_of((ff_slice){git_odb_object_data(object), git_odb_object_size(object)}, root);
    git_odb_object_free(object);
    return status;
}

ff_status ff_git_size(ff_git_objects *objects, const ff_git_id *file, uint64_t *size)
{
    const git_oid oid = oid_of(file);
    return size_of(objects, &oid, GIT_OBJECT_BLOB, size);
}

ff_status ff_git_read(ff_git_objects *objects, const ff_git_id *file, ff_arena *arena, ff_slice *bytes)
{
    const git_oid oid = oid_of(file);
    git_odb_object *object = NULL;
    ff_status status = status_of(git_odb_read(&object, objects->odb, &oid));
    if (status == FF_OK) {
        *bytes = ff_arena_dup(arena, (ff_slice){git_odb_object_data(object), git_odb_object_size(object)});
        status = bytes->ptr ? FF_OK : FF_NOMEM;
    }
    git_odb_object_free(object);
    return status;
}

/* ---- comparing ---- */

static void lack(walk *w, const char *clause)
{
    if (!w->comparison->lacks)
        w->comparison->lacks = clause;
}

static ff_status open_side(walk *w, const git_oid *id, side *s)
{
    *s = (side){0};
    if (!id)
        return FF_OK;
    ff_status status = size_of(w->objects, id, GIT_OBJECT_TREE, &s->bytes);
    if (status == FF_OK && s->bytes > FF_LIMIT_GIT_FILE_BYTES - w->live)
        status = FF_INVALID;
    if (status == FF_OK)
        status = status_of(git_tree_lookup(&s->tree, w->objects->repository, id));
    if (status != FF_OK)
        return status;
    w->live += s->bytes;
    s->count = git_tree_entrycount(s->tree);
    return FF_OK;
}

static void close_side(walk *w, side *s)
{
    if (s->tree)
        w->live -= s->bytes;
    git_tree_free(s->tree);
}

static const git_tree_entry *entry_of(const side *s)
{
    return s->at < s->count ? git_tree_entry_byindex(s->tree, s->at) : NULL;
}

static bool is_folder(const git_tree_entry *entry)
{
    return git_tree_entry_filemode(entry) == GIT_FILEMODE_TREE;
}

static ff_tree_kind kind_of(const git_tree_entry *entry)
{
    git_filemode_t mode = git_tree_entry_filemode(entry);
    return mode == GIT_FILEMODE_LINK ? FF_TREE_LINK : mode == GIT_FILEMODE_COMMIT ? FF_TREE_OTHER : FF_TREE_FILE;
}

static bool are_equal(const git_tree_entry *a, const git_tree_entry *b)
{
    return a && b && git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) &&
           git_tree_entry_filemode(a) == git_tree_entry_filemode(b);
}

static ff_status compare_folders(walk *w, const git_oid *before, const git_oid *after, size_t depth);

/* A folder inside that cannot be read costs its own files only. */
static ff_status compare_below(walk *w, const git_tree_entry *before, const git_tree_entry *after, size_t depth)
{
    if (depth >= FF_LIMIT_TREE_DEPTH) {
        lack(w, "it has folders nested too deeply");
        return FF_OK;
    }
    ff_status status = compare_folders(w, before ? git_tree_entry_id(before) : NULL,
                                       after ? git_tree_entry_id(after) : NULL, depth + 1);
    if (status != FF_NOT_FOUND && status != FF_INVALID)
        return status;
    lack(w, status == FF_NOT_FOUND ? "this clone lacks some of its folders" : "some of its folders cannot be read");
    return FF_OK;
}

/* One of the two may be NULL. Files and folders of one name are different names, so both are of one kind. */
static ff_status compare_entries(walk *w, const git_tree_entry *before, const git_tree_entry *after, size_t depth)
{
    const git_tree_entry *entry = after ? after : before;
    ff_slice name = ff_slice_of(git_tree_entry_name(entry));
    if (are_equal(before, after))
        return FF_OK;
    if (ff_slice_find_byte(name, '/') != SIZE_MAX) {
        lack(w, "it has paths that git forbids");
        return FF_OK;
    }
    size_t length = w->path.len;
    if (length)
        ff_buf_add_byte(&w->path, '/');
    ff_buf_add(&w->path, name);
    ff_status status = ff_buf_status(&w->path);
    if (status == FF_LIMIT) {
        lack(w, "it has paths that are too long");
        w->path.status = FF_OK;
        status = FF_OK;
    } else if (status == FF_OK && is_folder(entry)) {
        status = compare_below(w, before, after, depth);
    } else if (status == FF_OK) {
        const ff_git_id id = id_of(git_tree_entry_id(entry));
        status = w->comparison->see(w->comparison->self, ff_buf_slice(&w->path), kind_of(entry), &id);
    }
    w->path.len = length;
    return status;
}

/* Git sorts the names in a folder, those of folders as if a slash stood behind them. */
static ff_status merge(walk *w, side *before, side *after, size_t depth)
{
    for (;;) {
        const git_tree_entry *left = entry_of(before), *right = entry_of(after);
        if (!left && !right)
            return FF_OK;
        if (++w->seen > FF_LIMIT_TREE_ENTRIES) {
            lack(w, "it has more files than are listed");
            return FF_END;
        }
        int order = !left ? 1 : !right ? -1 : git_tree_entry_cmp(left, right);
        before->at += order <= 0;
        after->at += order >= 0;
        ff_status status = compare_entries(w, order <= 0 ? left : NULL, order >= 0 ? right : NULL, depth);
        if (status != FF_OK)
            return status;
    }
}

static ff_status compare_folders(walk *w, const git_oid *before, const git_oid *after, size_t depth)
{
    side left, right = {0};
    ff_status status = open_side(w, before, &left);
    if (status == FF_OK)
        status = open_side(w, after, &right);
    if (status == FF_OK)
        status = merge(w, &left, &right, depth);
    close_side(w, &left);
    close_side(w, &right);
    return status;
}

ff_status ff_git_compare(ff_git_objects *objects, ff_git_comparison *comparison)
{
    walk w = {.objects = objects, .comparison = comparison};
    git_oid before = {{0}}, after = oid_of(comparison->after);
    if (comparison->before)
        before = oid_of(comparison->before);
    comparison->lacks = NULL;
    ff_buf_init(&w.path, FF_LIMIT_NAME_BYTES);
    ff_status status = compare_folders(&w, comparison->before ? &before : NULL, &after, 0);
    ff_buf_release(&w.path);
    return status == FF_END ? FF_OK : status;
}
