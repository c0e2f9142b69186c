/* Files are asked for by their own id (`git/blobs`), not by path and commit (`contents`): such an answer is the same
 * for every commit that has the file, so the next run finds it in the cache, and it comes up to 100 MB instead of 1 MB.
 */
#include "tree/hosted.h"

#include "base/limits.h"
#include "base/object_id.h"
#include "tree/listing.h"

#include <stdlib.h>

/* GitHub tells no more of one comparison. */
enum { CHANGES_TOLD = 300 };

/* What came under an id: files without content, of which there are many, are one. */
typedef struct arrival {
    ff_slice id, bytes;
} arrival;

/* What differs from one commit, which every question of that kind asks for. */
typedef struct comparison {
    ff_slice base; /* empty: nobody has asked */
    ff_status status;
    ff_error problem;
    ff_tree_paths paths;
} comparison;

typedef struct hosted {
    ff_tree tree; /* first */
    ff_github github;
    ff_github_outcome outcome;
    size_t id_len; /* of the files: as long as that of the commit */
    unsigned asked;
    unsigned settings; /* of these, below .github */
    bool over;         /* the server was found to give nothing more */
    ff_error trouble;  /* of the first file that did not come; the tree shows its text */
    arrival came[FF_LIMIT_HOSTED_FILES];
    size_t came_count;
    comparison compared;
} hosted;

static ff_tree_kind kind_of(const ff_api_node *node)
{
    if (!ff_slice_eq(node->type, FF_LIT("blob")))
        return FF_TREE_OTHER;
    return ff_slice_eq(node->mode, FF_LIT("120000")) ? FF_TREE_LINK : FF_TREE_FILE;
}

/* ---- the list of files ---- */

/* A folder of the repository that is to be listed; the root has no path. */
typedef struct folder {
    ff_slice id, path;
} folder;

/* GitHub gives all names at once, unless that is too long: then folder by folder. */
typedef struct survey {
    hosted *self;
    ff_listing listing;
    ff_arena arena; /* of the folders */
    ff_buf path;    /* of one node, from the root */
    struct {
        folder *items;
        size_t count, cap;
    } folders;
    size_t next; /* folder */
    unsigned asked;
} survey;

static bool is_usable(const survey *s, const ff_api_node *node)
{
    return node->path.len && node->sha.len == s->self->id_len && ff_object_id_is(node->sha);
}

/* The workflows come first: without them little can be said of a run. */
static ff_status add_folder(survey *s, ff_slice id, ff_slice path)
{
    if (path.len > FF_LIMIT_NAME_BYTES) {
        ff_listing_lack(&s->listing, "it has paths that are too long");
        return FF_OK;
    }
    folder *made = FF_ARRAY_PUSH(&s->arena, &s->folders);
    if (!made)
        return FF_NOMEM;
    *made = (folder){ff_arena_dup(&s->arena, id), ff_arena_dup(&s->arena, path)};
    if (s->arena.failed)
        return FF_NOMEM;
    if (ff_slice_eq(path, FF_LIT(".github"))) {
        folder first = *made;
        *made = s->folders.items[s->next];
        s->folders.items[s->next] = first;
    }
    return FF_OK;
}

/* A node that cannot be used leaves the list incomplete. */
static ff_status list_node(survey *s, const ff_api_node *node, ff_slice below, bool deep)
{
    bool is_folder = ff_slice_eq(node->type, FF_LIT("tree"));
    if (is_folder && deep)
        return FF_OK;
    if (!is_usable(s, node)) {
        ff_listing_lack(&s->listing, "GitHub's list of it has files without a name");
        return FF_OK;
    }
    ff_buf_reset(&s->path);
    ff_buf_add(&s->path, below);
    ff_buf_add(&s->path, below.len ? FF_LIT("/") : (ff_slice){0});
    ff_buf_add(&s->path, node->path);
    if (ff_buf_status(&s->path) != FF_OK) /* no path of a folder is so long that it could be the bound */
        return FF_NOMEM;
    if (is_folder)
        return add_folder(s, node->sha, ff_buf_slice(&s->path));
    ff_tree_entry entry = {.path = ff_buf_slice(&s->path), .size = node->size, .kind = kind_of(node)};
    return ff_listing_add(&s->listing, &entry, node->sha);
}

static ff_status list_nodes(survey *s, const ff_api_nodes *nodes, ff_slice below, bool deep)
{
    ff_status status = FF_OK;
    if (nodes->truncated)
        ff_listing_lack(&s->listing, "GitHub's list of it is cut off");
    for (size_t i = 0; i < nodes->count && status == FF_OK; i++)
        status = list_node(s, &nodes->items[i], below, deep);
    return status;
}

/* The answer is read into an arena of its own: what it says may be much longer than what is kept of it. */
static ff_status ask_nodes(survey *s, const folder *f, bool deep, ff_error *problem)
{
    ff_arena scratch;
    ff_api_nodes nodes = {0};
    ff_github github = s->self->github;
    github.arena = &scratch;
    github.outcome = &s->self->outcome;
    s->asked++;
    ff_arena_init(&scratch, FF_LIMIT_TREE_BYTES);
    ff_status status = ff_github_nodes(&github, f->id, deep, &nodes, problem);
    if (status == FF_OK)
        status = list_nodes(s, &nodes, f->path, deep);
    ff_arena_release(&scratch);
    return status;
}

/* True if it pays to ask for less: the answer was too long, or, where it costs nothing, was not kept for that. */
static bool may_be_too_long(const ff_github_outcome *outcome, ff_status status)
{
    return (status == FF_LIMIT && outcome->http == 200) || (status == FF_IO && outcome->unsent);
}

/* Lists a folder with everything below or, if that is too long, alone: the folders in it are then to be listed. */
static ff_status list_folder(survey *s, const folder *f, ff_error *problem)
{
    ff_error first = {0};
    ff_status status = ask_nodes(s, f, true, &first);
    if (may_be_too_long(&s->self->outcome, status))
        return ask_nodes(s, f, false, problem);
    return first.status == FF_OK ? status : ff_error_set(problem, first.status, "%s", first.text);
}

/* Without the root there is no list; without another folder it lacks something, and what is known is used. */
static ff_status list_folders(survey *s, ff_error *problem)
{
    ff_status status = FF_OK;
    while (status == FF_OK && s->next < s->folders.count) {
        const folder f = s->folders.items[s->next++];
        if (s->asked >= FF_LIMIT_HOSTED_LISTS) {
            ff_listing_lack(&s->listing, "it has more folders than are listed");
            return FF_OK;
        }
        status = list_folder(s, &f, problem);
        if (status != FF_OK && status != FF_END && status != FF_NOMEM && f.path.len) {
            ff_listing_lack(&s->listing, "GitHub did not list all folders of it");
            return FF_OK;
        }
    }
    return status;
}

static ff_status ask_files(hosted *self, ff_error *error)
{
    survey s = {.self = self};
    ff_error problem = {0};
    ff_listing_start(&s.listing, &self->tree);
    ff_buf_init(&s.path, 2 * FF_LIMIT_HEADER_BYTES);
    ff_status status = add_folder(&s, self->tree.commit, (ff_slice){0});
    if (status == FF_OK)
        status = list_folders(&s, &problem);
    status = ff_listing_finish(&s.listing, status);
    ff_buf_release(&s.path);
    ff_arena_release(&s.arena);
    return status == FF_OK ? FF_OK
                           : ff_error_set(error, status, "%s", problem.text[0] ? problem.text : "out of memory");
}

/* ---- files ---- */

/* The first trouble tells most: what follows is often only not asked for. */
static ff_status missed(hosted *self, const ff_error *problem)
{
    if (!self->tree.unread++)
        self->trouble = *problem;
    self->tree.trouble = ff_slice_of(self->trouble.text);
    return problem->status;
}

/* The text of a failure without what was asked for, which the reader knows. */
static ff_slice reason_of(const ff_error *problem, ff_slice what)
{
    ff_slice text = ff_slice_of(problem->text);
    (void)ff_slice_take_prefix(&text, what);
    return text;
}

/* That a file of the list cannot be found is a trouble of the server's, not an answer about the repository. */
static ff_status cannot_be_had(hosted *self, const ff_error *cause, ff_error *problem)
{
    ff_status status = cause->status == FF_NOT_FOUND ? FF_IO : cause->status;
    (void)ff_error_set(problem, status, "cannot be had: %.*s", FF_ARG(reason_of(cause, FF_LIT("the file: "))));
    return missed(self, problem);
}

/* True if what the last call met will meet the next one too: a limit, a refusal, a server or a network that is down.
 * What is kept or cached can be asked for at no cost. */
static bool is_over(const ff_github_outcome *outcome)
{
    bool too_long = outcome->status == FF_LIMIT && outcome->http == 200;
    return outcome->status != FF_OK && outcome->status != FF_NOT_FOUND && !too_long && !outcome->unsent;
}

static ff_status ask_file(hosted *self, ff_slice id, ff_slice *bytes, ff_error *problem)
{
    ff_arena scratch;
    ff_slice came;
    ff_error cause = {0};
    ff_github github = self->github;
    github.arena = &scratch;
    github.outcome = &self->outcome;
    self->outcome = (ff_github_outcome){0};
    ff_arena_init(&scratch, 0);
    ff_status status = ff_github_blob(&github, id, &came, &cause);
    self->over = is_over(&self->outcome);
    if (status == FF_OK)
        status = ff_listing_room(&self->tree, came.len, problem);
    else if (status != FF_NOMEM)
        status = cannot_be_had(self, &cause, problem);
    if (status == FF_OK) {
        *bytes = ff_arena_dup(&self->tree.arena, came);
        status = bytes->ptr ? FF_OK : FF_NOMEM;
    }
    ff_arena_release(&scratch);
    return status;
}

static bool is_setting(ff_slice path)
{
    return ff_slice_starts(path, FF_LIT(".github/"));
}

/* FF_OK if a file may be asked for; else why not. */
static ff_status may_ask(const hosted *self, const ff_tree_entry *entry, ff_error *problem)
{
    if (self->over)
        return ff_error_set(problem, FF_IO, "was not asked for: an earlier file could not be had");
    if (self->asked == FF_LIMIT_HOSTED_FILES)
        return ff_error_set(problem, FF_LIMIT, "was not asked for: %u files were", FF_LIMIT_HOSTED_FILES);
    if (is_setting(entry->path) && self->settings == FF_LIMIT_HOSTED_SETTINGS)
        return ff_error_set(problem, FF_LIMIT, "was not asked for: %u files below .github were",
                            FF_LIMIT_HOSTED_SETTINGS);
    return FF_OK;
}

static ff_status fetch_file(hosted *self, const ff_tree_entry *entry, ff_slice *bytes, ff_error *problem)
{
    ff_slice id = ff_listing_key(entry, self->id_len);
    if (may_ask(self, entry, problem) != FF_OK)
        return missed(self, problem);
    self->asked++;
    self->settings += is_setting(entry->path);
    ff_status status = ask_file(self, id, bytes, problem);
    /* Bytes that are no text are not kept by the tree. */
    if (status == FF_OK && ff_slice_find_byte(*bytes, '\0') == SIZE_MAX)
        self->came[self->came_count++] = (arrival){id, *bytes};
    return status;
}

static bool find_arrival(const hosted *self, ff_slice id, ff_slice *bytes)
{
    for (size_t i = 0; i < self->came_count; i++)
        if (ff_slice_eq(self->came[i].id, id)) {
            *bytes = self->came[i].bytes;
            return true;
        }
    return false;
}

static ff_status read_file(ff_tree *tree, const ff_tree_entry *entry, ff_slice *bytes, ff_error *reason)
{
    hosted *self = (hosted *)tree;
    ff_error problem = {0};
    ff_status status = ff_listing_room(tree, entry->size, reason);
    if (status != FF_OK || find_arrival(self, ff_listing_key(entry, self->id_len), bytes))
        return status;
    status = fetch_file(self, entry, bytes, &problem);
    return status == FF_OK || status == FF_NOMEM ? status : ff_error_set(reason, status, "%s", problem.text);
}

/* ---- changes ---- */

/* GitHub compares with the last commit that both have. Where that is not `base`, what `base` itself changed since is
 * missing. */
static ff_status keep_changes(ff_tree *tree, const ff_api_comparison *found, ff_tree_paths *paths)
{
    paths->whole = found->count < CHANGES_TOLD &&
                   (ff_slice_eq(found->status, FF_LIT("ahead")) || ff_slice_eq(found->status, FF_LIT("identical")));
    for (size_t i = 0; i < found->count && i < CHANGES_TOLD; i++) {
        const ff_api_change *change = &found->items[i];
        if (!ff_listing_add_change(tree, paths, change->path) ||
            (change->before.len && !ff_listing_add_change(tree, paths, change->before)))
            return FF_NOMEM;
    }
    return FF_OK;
}

static ff_status ask_changes(hosted *self, ff_slice base, comparison *compared)
{
    ff_arena scratch;
    ff_api_comparison found = {0};
    ff_github github = self->github;
    github.arena = &scratch;
    ff_arena_init(&scratch, 0);
    ff_status status = ff_github_compare(&github, base, self->tree.commit, &found, &compared->problem);
    if (status == FF_OK)
        status = keep_changes(&self->tree, &found, &compared->paths);
    ff_arena_release(&scratch);
    return status;
}

/* Asked once, however it went. */
static ff_status list_changes(ff_tree *tree, ff_slice base, ff_tree_paths *paths, ff_error *reason)
{
    hosted *self = (hosted *)tree;
    comparison *known = &self->compared;
    if (!known->base.len || !ff_slice_eq(known->base, base)) {
        *known = (comparison){.base = ff_arena_dup(&tree->arena, base)};
        if (!known->base.ptr)
            return FF_NOMEM;
        known->status = ask_changes(self, base, known);
    }
    *paths = known->paths;
    return known->status == FF_OK
               ? FF_OK
               : ff_error_set(reason, known->status, "cannot be compared with the last green run: %.*s",
                              FF_ARG(reason_of(&known->problem, FF_LIT("the changes: "))));
}

static void close_hosted(ff_tree *tree)
{
    free(tree);
}

static const ff_tree_methods METHODS = {.read = read_file, .changes = list_changes, .close = close_hosted};

ff_status ff_tree_open_hosted(ff_tree **tree, const ff_github *github, const ff_tree_wish *wish, ff_error *error)
{
    *tree = NULL;
    hosted *self = calloc(1, sizeof *self);
    if (!self)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    *self = (hosted){.tree.methods = &METHODS, .github = *github, .id_len = wish->commit.len};
    ff_arena_init(&self->tree.arena, FF_LIMIT_TREE_BYTES);
    self->tree.commit = ff_arena_dup(&self->tree.arena, wish->commit);
    ff_status status = self->tree.commit.ptr ? ask_files(self, error) : ff_error_set(error, FF_NOMEM, "out of memory");
    if (status == FF_OK)
        *tree = &self->tree;
    else
        ff_tree_close(&self->tree);
    return status;
}
