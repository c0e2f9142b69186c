/* Folders with git behind them: which commit is read, what is said of it, and repositories made to do harm. */
#include "tree/git_objects.h"
#include "tree/tree.h"
#include "unit/tree/plot.h"
#include "unit/tree/read_back.h"

#include "base/buf.h"
#include "base/limits.h"

#include <git2.h>
#include <time.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const char ABSENT[] = "0123456789abcdef0123456789abcdef01234567";

static int start_git(void **state)
{
    (void)state;
    return git_libgit2_init() > 0 ? 0 : -1;
}

static int stop_git(void **state)
{
    (void)state;
    return git_libgit2_shutdown() == 0 ? 0 : -1; /* everybody else has ended it too */
}

/* ---- making repositories ---- */

static git_repository *make_repository(const char *path, unsigned bare)
{
    git_repository *repository = NULL;
    assert_int_equal(git_repository_init(&repository, path, bare), 0);
    return repository;
}

static git_oid write_object(git_repository *repository, const void *bytes, size_t len, git_object_t type)
{
    git_odb *odb = NULL;
    git_oid id;
    assert_int_equal(git_repository_odb(&odb, repository), 0);
    assert_int_equal(git_odb_write(&id, odb, bytes, len, type), 0);
    git_odb_free(odb);
    return id;
}

static git_oid write_text(git_repository *repository, const char *text)
{
    return write_object(repository, text, strlen(text), GIT_OBJECT_BLOB);
}

typedef struct row {
    const char *mode, *name;
    git_oid id;
} row;

/* Raw, so that it may hold what no tool would write. */
static git_oid write_tree(git_repository *repository, const row *rows, size_t count)
{
    ff_buf bytes;
    ff_buf_init(&bytes, 64 * 1024 * 1024);
    for (size_t i = 0; i < count; i++) {
        ff_buf_printf(&bytes, "%s %s", rows[i].mode, rows[i].name);
        ff_buf_add_byte(&bytes, '\0');
        ff_buf_add(&bytes, (ff_slice){(const char *)rows[i].id.id, GIT_OID_RAWSZ});
    }
    git_oid id = write_object(repository, bytes.ptr ? bytes.ptr : "", bytes.len, GIT_OBJECT_TREE);
    ff_buf_release(&bytes);
    return id;
}

/* A commit in hexadecimal; its parent is not there, as in a shallow clone. */
static const char *write_commit(git_repository *repository, git_oid tree)
{
    static char text[512], digits[4][GIT_OID_HEXSZ + 1];
    static unsigned next;
    char *kept = digits[next++ % COUNT(digits)];
    (void)snprintf(text, sizeof text,
                   "tree %s\nparent %s\nauthor A <a@example.org> 1 +0000\ncommitter A <a@example.org> 1 +0000\n\nx\n",
                   git_oid_tostr_s(&tree), ABSENT);
    git_oid id = write_object(repository, text, strlen(text), GIT_OBJECT_COMMIT);
    return git_oid_tostr(kept, GIT_OID_HEXSZ + 1, &id);
}

/* The files of most tests. */
static const char *write_files(git_repository *repository, const char *text)
{
    git_oid blob = write_text(repository, text), same = write_text(repository, "same\n"), sub;
    sub = write_tree(repository, (row[]){{"100644", "a", blob}, {"100755", "run", same}}, 2);
    git_oid root = write_tree(repository,
                              (row[]){{"40000", "dir", sub},
                                      {"120000", "link", write_text(repository, "dir/a")},
                                      {"160000", "module", blob},
                                      {"100644", "top", same}},
                              4);
    return write_commit(repository, root);
}

static void put_head(const char *git, const char *commit)
{
    char path[256], text[64];
    (void)snprintf(path, sizeof path, "%s/HEAD", git);
    (void)snprintf(text, sizeof text, "%s\n", commit);
    plot_put(path, text);
}

/* ---- what comes of them ---- */

static ff_tree *open_at(const char *directory, const char *commit, const char *repository)
{
    ff_tree *tree = NULL;
    ff_error error = {0};
    ff_tree_wish wish = {.commit = ff_slice_of(commit), .repository = ff_slice_of(repository)};
    if (ff_tree_open_checkout(&tree, directory, &wish, &error) != FF_OK)
        fail_msg("%s", error.text);
    return tree;
}

static void expect_names(const ff_tree *tree, const char *expected)
{
    expect_entries(tree, " ", expected);
}

/* The remark is `before`, the first digits of `head`, and `behind`. */
static void expect_judged(const ff_tree *tree, ff_tree_match match, const char *before, const char *head,
                          const char *behind)
{
    char text[512];
    (void)snprintf(text, sizeof text, "%s%.7s%s", before, head, behind);
    assert_int_equal(tree->match, match);
    if (!ff_slice_eq(tree->remark, ff_slice_of(text)))
        fail_msg("%.*s", FF_ARG(tree->remark));
    assert_true(ff_slice_eq(tree->commit, ff_slice_of(head)));
}

static void the_wanted_commit_is_read_whatever_lies_in_the_work_tree(void **state)
{
    (void)state;
    git_repository *repository = make_repository(".", 0);
    const char *first = write_files(repository, "first\n"), *second = write_files(repository, "second\n");
    put_head(".git", second);
    plot_put("dirty", "not in it\n");
    ff_tree *tree = open_at(".", first, "o/shop");
    assert_int_equal(tree->match, FF_TREE_EXACT);
    assert_int_equal(tree->remark.len, 0);
    assert_true(ff_slice_eq(tree->commit, ff_slice_of(first)));
    expect_read(tree, "dir/a", FF_OK, "first\n");
    expect_read(tree, "dirty", FF_NOT_FOUND, "is not there");
    ff_tree_close(tree);
    git_repository_free(repository);
}

static void its_files_are_those_of_the_commit(void **state)
{
    (void)state;
    git_repository *repository = make_repository(".", 0);
    const char *commit = write_files(repository, "first\n");
    ff_tree *tree = open_at(".", commit, "");
    expect_names(tree, "dir/a dir/run link@ module? top ");
    assert_true(tree->whole);
    expect_read(tree, "dir/a", FF_OK, "first\n");
    expect_read(tree, "top", FF_OK, "same\n");
    expect_read(tree, "link", FF_UNSUPPORTED, "is a link");
    expect_read(tree, "module", FF_UNSUPPORTED, "is no file");
    expect_read(tree, "dir", FF_NOT_FOUND, "is not there");
    ff_tree_close(tree);
    git_repository_free(repository);
}

static void changes_are_told_between_two_commits(void **state)
{
    (void)state;
    git_repository *repository = make_repository(".", 0);
    git_oid one = write_text(repository, "1"), two = write_text(repository, "2");
    git_oid inner = write_tree(repository, (row[]){{"100644", "x", one}, {"100644", "y", two}}, 2);
    git_oid other = write_tree(repository, (row[]){{"100644", "x", two}, {"100644", "y", two}}, 2);
    const char *base = write_commit(repository, write_tree(repository,
                                                           (row[]){{"100644", "a", one},
                                                                   {"100644", "gone", one},
                                                                   {"100644", "kind", one},
                                                                   {"100644", "mode", one},
                                                                   {"40000", "same", inner},
                                                                   {"40000", "sub", inner}},
                                                           6));
    const char *head = write_commit(repository, write_tree(repository,
                                                           (row[]){{"100644", "a", one},
                                                                   {"40000", "kind", inner},
                                                                   {"100755", "mode", one},
                                                                   {"100644", "new", one},
                                                                   {"40000", "same", inner},
                                                                   {"40000", "sub", other}},
                                                           6));
    ff_tree *tree = open_at(".", head, "");
    ff_tree_paths paths;
    ff_error reason = {0};
    ff_buf got;
    ff_buf_init(&got, 4096);
    assert_int_equal(ff_tree_changes(tree, ff_slice_of(base), &paths, NULL), FF_OK);
    assert_true(paths.whole);
    for (size_t i = 0; i < paths.count; i++)
        ff_buf_printf(&got, "%.*s ", FF_ARG(paths.items[i]));
    assert_string_equal(got.ptr, "gone kind kind/x kind/y mode new sub/x ");
    assert_int_equal(ff_tree_changes(tree, ff_slice_of(head), &paths, NULL), FF_OK);
    assert_int_equal(paths.count, 0);
    assert_int_equal(ff_tree_changes(tree, ff_slice_of(ABSENT), &paths, &reason), FF_NOT_FOUND);
    assert_string_equal(reason.text, "does not have the commit of the last green run");
    assert_int_equal(ff_tree_changes(tree, FF_LIT("main"), &paths, NULL), FF_NOT_FOUND);
    ff_buf_release(&got);
    ff_tree_close(tree);
    git_repository_free(repository);
}

static void another_commit_is_said(void **state)
{
    static const char behind[] = " and the run was at 0123456, which it does not have: what is said of files is of the "
                                 "checkout.";
    char longer[65];
    (void)state;
    git_repository *repository = make_repository(".", 0);
    const char *head = write_files(repository, "x");
    plot_put("work", "as it is\n");
    ff_tree *tree = open_at(".", ABSENT, "o/shop");
    expect_judged(tree, FF_TREE_OTHER_COMMIT,
                  "The checkout is at no commit and the run was at 0123456, which it does not have: what is said of "
                  "files is of the checkout.",
                  "", "");
    ff_tree_close(tree);
    put_head(".git", head);
    tree = open_at(".", ABSENT, "o/shop");
    expect_judged(tree, FF_TREE_OTHER_COMMIT, "The checkout is at ", head, behind);
    expect_names(tree, "work ");
    expect_read(tree, "work", FF_OK, "as it is\n");
    ff_tree_paths paths;
    assert_int_equal(ff_tree_changes(tree, ff_slice_of(head), &paths, NULL), FF_UNSUPPORTED);
    ff_tree_close(tree);
    (void)snprintf(longer, sizeof longer, "%s0123456789abcdef01234567", ABSENT); /* SHA-256 */
    tree = open_at(".", longer, "o/shop");
    expect_judged(tree, FF_TREE_OTHER_COMMIT, "The checkout is at ", head, behind);
    ff_tree_close(tree);
    git_repository_free(repository);
}

static void a_run_without_a_commit_and_a_plain_folder_are_unverified(void **state)
{
    static const char *const unknown[] = {"", "main", "0123456"};
    (void)state;
    plot_put("plain/x", "");
    ff_tree *tree = open_at("plain", ABSENT, "o/shop");
    expect_judged(tree, FF_TREE_UNVERIFIED,
                  "The folder is no git checkout, so its commit cannot be told: what is said of files is of the folder "
                  "as it is.",
                  "", "");
    expect_names(tree, "x ");
    ff_tree_close(tree);
    git_repository *repository = make_repository(".", 0);
    const char *head = write_files(repository, "x");
    put_head(".git", head);
    for (size_t i = 0; i < COUNT(unknown); i++) {
        tree = open_at(".", unknown[i], "o/shop");
        expect_judged(tree, FF_TREE_UNVERIFIED,
                      "The run's commit is not known: what is said of files is of the checkout, which is at ", head,
                      ".");
        ff_tree_close(tree);
    }
    tree = open_at("plain", ABSENT, "o/shop"); /* git is not looked for above the folder */
    assert_int_equal(tree->match, FF_TREE_UNVERIFIED);
    assert_int_equal(tree->commit.len, 0);
    ff_tree_close(tree);
    git_repository_free(repository);
}

static void a_repository_is_known_by_the_name_of_its_remotes(void **state)
{
    static const struct {
        const char *config, *repository;
        bool foreign;
    } rows[] = {
        {"", "o/shop", false},
        {"[core]\n\turl = https://github.com/o/other\n", "o/shop", false},
        {"[remote \"origin\"]\n\turl = https://github.com/o/other.git\n", "o/shop", true},
        {"[remote \"origin\"]\n\turl = https://github.com/o/other.git\n", "", false},
        {"[remote \"origin\"]\n\turl = https://github.com/fork/Shop.git\n", "o/shop", false},
        {"[remote \"origin\"]\n\turl = \"git@github.com:o/shop.GIT\" # mine\n", "o/shop", false},
        {"[Remote \"a\"]\n\tURL = x:shop\n", "o/shop", false},
        {"[remote \"a\"]\n\turl = /srv/shop.git/\n", "o/shop", false},
        {"[remote \"a\"]\n\turl = /srv/workshop\n", "o/shop", true},
        {"[remote \"a\"]\n\turl = /srv/shop/x\n", "o/shop", true},
        {"[remote \"a\"]\n\turl = y/z\n[remote \"b\"]\nurl=ssh://h/o/shop\n", "o/shop", false},
        {"[remote \"a\"]\n\tpushurl = o/shop\n\turl = y/z ; o/shop\n", "o/shop", true},
        {"[remote \"a\"]\n\turl =\n", "o/shop", true},
        {"[remote \"a\"]\n\turl = .git\n", "o/shop", true},
    };
    (void)state;
    git_repository *repository = make_repository(".", 0);
    const char *commit = write_files(repository, "x");
    put_head(".git", commit);
    for (size_t i = 0; i < COUNT(rows); i++) {
        plot_put(".git/config", rows[i].config);
        ff_tree *tree = open_at(".", ABSENT, rows[i].repository);
        if ((tree->match == FF_TREE_FOREIGN) != rows[i].foreign)
            fail_msg("%s: %.*s", rows[i].config, FF_ARG(tree->remark));
        if (rows[i].foreign)
            assert_true(ff_slice_eq(
                tree->remark, FF_LIT("The checkout is of another repository: no remote of it is called like o/shop.")));
        ff_tree_close(tree);
    }
    ff_tree *tree = open_at(".", commit, "o/shop"); /* the commit itself is proof enough */
    assert_int_equal(tree->match, FF_TREE_EXACT);
    ff_tree_close(tree);
    git_repository_free(repository);
}

static void bare_repositories_and_linked_work_trees_are_read(void **state)
{
    ff_tree *tree;
    ff_error error = {0};
    (void)state;
    git_repository *repository = make_repository("bare.git", 1);
    const char *commit = write_files(repository, "x\n");
    tree = open_at("bare.git", commit, "");
    assert_int_equal(tree->match, FF_TREE_EXACT);
    ff_tree_close(tree);
    ff_tree_wish wish = {.commit = ff_slice_of(ABSENT)};
    assert_int_equal(ff_tree_open_checkout(&tree, "bare.git", &wish, &error), FF_NOT_FOUND);
    assert_string_equal(error.text, "bare.git: a bare repository without a commit to read");
    char packed[256];
    (void)snprintf(packed, sizeof packed, "# pack-refs with: peeled\n%s refs/heads/old\n%s refs/heads/main\n^%s\n",
                   ABSENT, commit, ABSENT);
    plot_put("bare.git/packed-refs", packed);
    plot_put("bare.git/HEAD", "ref: refs/heads/main\n");
    tree = open_at("bare.git", ABSENT, "");
    assert_int_equal(tree->match, FF_TREE_OTHER_COMMIT);
    assert_true(ff_slice_eq(tree->commit, ff_slice_of(commit)));
    expect_read(tree, "dir/a", FF_OK, "x\n");
    ff_tree_close(tree);
    plot_put("linked/.git", "gitdir: ../bare.git/worktrees/linked\n");
    plot_put("linked/file", "");
    plot_put("bare.git/worktrees/linked/HEAD", "ref: refs/heads/main\n");
    plot_put("bare.git/worktrees/linked/commondir", "../..\n");
    tree = open_at("linked", ABSENT, "");
    assert_true(ff_slice_eq(tree->commit, ff_slice_of(commit)));
    expect_names(tree, "file ");
    ff_tree_close(tree);
    tree = open_at("linked", commit, "");
    assert_int_equal(tree->match, FF_TREE_EXACT);
    ff_tree_close(tree);
    git_repository_free(repository);
}

static void objects_in_packs_and_of_alternates_are_read(void **state)
{
    git_packbuilder *builder = NULL;
    git_oid id;
    (void)state;
    git_repository *repository = make_repository("source", 0);
    const char *commit = write_files(repository, "packed\n");
    assert_int_equal(git_oid_fromstr(&id, commit), 0);
    assert_int_equal(git_packbuilder_new(&builder, repository), 0);
    git_commit *object = NULL;
    assert_int_equal(git_commit_lookup(&object, repository, &id), 0);
    assert_int_equal(git_packbuilder_insert(builder, &id, NULL), 0);
    assert_int_equal(git_packbuilder_insert_tree(builder, git_commit_tree_id(object)), 0);
    git_repository_free(make_repository("packed", 0));
    assert_int_equal(git_packbuilder_write(builder, "packed/.git/objects/pack", 0, NULL, NULL), 0);
    git_packbuilder_free(builder);
    git_commit_free(object);
    git_repository_free(repository);
    git_repository_free(make_repository("borrower", 0));
    plot_put("borrower/.git/objects/info/alternates",
             "# comment\n../../../packed/.git/objects\n/nowhere\n../objects\n");
    plot_put("packed/.git/objects/info/alternates", "../../../borrower/.git/objects\n"); /* round in circles */
    static const char *const folders[] = {"packed", "borrower"};
    for (size_t i = 0; i < COUNT(folders); i++) {
        ff_tree *tree = open_at(folders[i], commit, "");
        assert_int_equal(tree->match, FF_TREE_EXACT);
        expect_read(tree, "dir/a", FF_OK, "packed\n");
        ff_tree_close(tree);
    }
}

/* The path of a loose object. */
static const char *path_of(const char *git, git_oid id)
{
    static char path[256];
    const char *digits = git_oid_tostr_s(&id);
    (void)snprintf(path, sizeof path, "%s/objects/%.2s/%s", git, digits, digits + 2);
    assert_int_equal(chmod(path, 0600), 0);
    return path;
}

static void what_a_clone_lacks_costs_its_own_files_only(void **state)
{
    (void)state;
    git_repository *repository = make_repository(".", 0);
    git_oid blob = write_text(repository, "here\n"), gone = write_text(repository, "gone\n");
    git_oid bad = write_text(repository, "bad\n"), sub;
    sub = write_tree(repository, (row[]){{"100644", "x", gone}}, 1);
    const char *commit = write_commit(
        repository,
        write_tree(
            repository,
            (row[]){{"100644", "bad", bad}, {"100644", "gone", gone}, {"100644", "here", blob}, {"40000", "sub", sub}},
            4));
    assert_int_equal(remove(path_of(".git", gone)), 0);
    assert_int_equal(remove(path_of(".git", sub)), 0);
    plot_put(path_of(".git", bad), "no deflate");
    ff_tree *tree = open_at(".", commit, "");
    assert_int_equal(tree->match, FF_TREE_EXACT);
    expect_names(tree, "bad gone here ");
    assert_true(ff_slice_eq(tree->lacks, FF_LIT("this clone lacks some of its folders")));
    expect_read(tree, "here", FF_OK, "here\n");
    expect_read(tree, "gone", FF_IO, "is not among the objects of this clone");
    expect_read(tree, "bad", FF_INVALID, "cannot be read out of git's objects");
    ff_tree_close(tree);
    git_repository_free(repository);
}

static void large_files_are_not_read(void **state)
{
    (void)state;
    git_repository *repository = make_repository(".", 0);
    char *bytes = malloc(FF_LIMIT_TREE_FILE_BYTES + 1);
    assert_non_null(bytes);
    memset(bytes, 'x', FF_LIMIT_TREE_FILE_BYTES + 1);
    git_oid fits = write_object(repository, bytes, FF_LIMIT_TREE_FILE_BYTES, GIT_OBJECT_BLOB);
    git_oid large = write_object(repository, bytes, FF_LIMIT_TREE_FILE_BYTES + 1, GIT_OBJECT_BLOB);
    git_oid padded = write_text(repository, "small\n");
    const char *commit = write_commit(
        repository,
        write_tree(repository,
                   (row[]){{"100644", "fits", fits}, {"100644", "large", large}, {"100644", "padded", padded}}, 3));
    assert_int_equal(truncate(path_of(".git", padded), 300 * 1024 * 1024), 0); /* it says that it is small */
    ff_tree *tree = open_at(".", commit, "");
    bytes[FF_LIMIT_TREE_FILE_BYTES] = '\0';
    expect_read(tree, "fits", FF_OK, bytes);
    expect_read(tree, "large", FF_LIMIT, "is larger than 2 MiB");
    expect_read(tree, "padded", FF_INVALID, "cannot be read out of git's objects");
    ff_tree_close(tree);
    free(bytes);
    git_repository_free(repository);
}

static void names_that_git_forbids_are_left_out(void **state)
{
    static const char *const names[] = {"..", ".", ".git", "a/b", "/etc", ".GIT"};
    (void)state;
    git_repository *repository = make_repository(".", 0);
    git_oid blob = write_text(repository, "x\n");
    for (size_t i = 0; i < COUNT(names); i++) {
        git_oid sub = write_tree(repository, (row[]){{"100644", "f", blob}}, 1);
        const char *commit = write_commit(
            repository,
            write_tree(repository,
                       (row[]){{i % 2 ? "40000" : "100644", names[i], i % 2 ? sub : blob}, {"100644", "good", blob}},
                       2));
        ff_tree *tree = open_at(".", commit, "");
        expect_names(tree, "good ");
        assert_true(ff_slice_eq(tree->lacks, FF_LIT("it has paths that git forbids")));
        ff_tree_close(tree);
    }
    git_repository_free(repository);
}

/* Each level holds the one below ten times: 10^20 files out of twenty objects, or as many empty folders. */
static void a_bomb_of_folders_ends_at_the_bound(void **state)
{
    static const char *const names[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    (void)state;
    git_repository *repository = make_repository(".", 0);
    clock_t start = clock();
    for (int with_files = 0; with_files < 2; with_files++) {
        const char *commits[2];
        for (int half = 0; half < 2; half++) {
            row rows[COUNT(names)];
            git_oid id = write_text(repository, half ? "x" : "y");
            id = write_tree(repository, (row[]){{"100644", "f", id}}, (size_t)with_files);
            for (int level = 0; level < 20; level++) {
                for (size_t i = 0; i < COUNT(names); i++)
                    rows[i] = (row){"40000", names[i], id};
                id = write_tree(repository, rows, COUNT(rows));
            }
            commits[half] = write_commit(repository, id);
        }
        ff_tree *tree = open_at(".", commits[0], "");
        ff_tree_paths paths;
        assert_int_equal(tree->match, FF_TREE_EXACT);
        assert_false(tree->whole);
        assert_true(ff_slice_eq(tree->lacks, FF_LIT("it has more files than are listed")));
        assert_int_equal(ff_tree_changes(tree, ff_slice_of(commits[1]), &paths, NULL), FF_OK);
        assert_true(paths.whole == !with_files); /* without files both are one object */
        ff_tree_close(tree);
    }
    assert_true(clock() - start < 30 * CLOCKS_PER_SEC);
    git_repository_free(repository);
}

static void folders_nested_too_deeply_are_left_out(void **state)
{
    (void)state;
    git_repository *repository = make_repository(".", 0);
    git_oid blob = write_text(repository, "x\n"), id = write_tree(repository, (row[]){{"100644", "f", blob}}, 1);
    for (unsigned i = 0; i < 10 * FF_LIMIT_TREE_DEPTH; i++)
        id = write_tree(repository, (row[]){{"40000", "d", id}, {"100644", "f", blob}}, 2);
    ff_tree *tree = open_at(".", write_commit(repository, id), "");
    assert_int_equal(tree->entries.count, FF_LIMIT_TREE_DEPTH + 1);
    assert_true(ff_slice_eq(tree->lacks, FF_LIT("it has folders nested too deeply")));
    ff_tree_close(tree);
    git_repository_free(repository);
}

/* What a `.git` may hold that is none: the files beside it are read all the same, and nothing waits. */
static void a_damaged_git_folder_leaves_the_files(void **state)
{
    static const struct {
        const char *path, *text;
        ff_tree_match match;
    } rows[] = {
        {".git", "gitdir: .git\n", FF_TREE_UNVERIFIED},
        {".git", "gitdir: /nowhere\n", FF_TREE_UNVERIFIED},
        {".git", "\xFF\xFF", FF_TREE_UNVERIFIED},
        {".git", "", FF_TREE_UNVERIFIED},
        {".git/HEAD", "", FF_TREE_UNVERIFIED},
        {".git/HEAD", "ref: refs/heads/main\n", FF_TREE_UNVERIFIED}, /* no objects */
    };
    (void)state;
    plot_put("file", "here\n");
    for (size_t i = 0; i < COUNT(rows); i++) {
        plot_put(rows[i].path, rows[i].text);
        ff_tree *tree = open_at(".", ABSENT, "o/shop");
        assert_int_equal(tree->match, rows[i].match);
        expect_names(tree, "file ");
        ff_tree_close(tree);
        if (strcmp(rows[i].path, ".git") == 0)
            assert_int_equal(remove(".git"), 0);
    }
}

static void a_head_that_leads_nowhere_is_no_commit(void **state)
{
    static const char *const heads[] = {
        "ref: refs/heads/none\n",
        "ref: refs/../../../etc/passwd\n",
        "ref: HEAD\n",
        "ref: refs/heads/loop\n",
        "0123456\n",
        "ref: \n",
        "ref:refs/heads//x",
        "\xFF",
    };
    (void)state;
    git_repository_free(make_repository(".", 0));
    plot_put(".git/refs/heads/loop", "ref: refs/heads/loop\n");
    for (size_t i = 0; i < COUNT(heads); i++) {
        plot_put(".git/HEAD", heads[i]);
        ff_tree *tree = open_at(".", ABSENT, "");
        assert_int_equal(tree->match, FF_TREE_OTHER_COMMIT);
        assert_int_equal(tree->commit.len, 0);
        ff_tree_close(tree);
    }
}

/* Settings are not followed, and what is neither file nor folder among the objects keeps libgit2 away from them. */
static void nothing_that_could_wait_is_opened(void **state)
{
    (void)state;
    git_repository *repository = make_repository(".", 0);
    const char *commit = write_files(repository, "x\n");
    put_head(".git", commit);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    plot_put(".git/config", "[include]\n\tpath = ../pipe\n[core]\n\tworktree = /\n[extensions]\n\tobjectformat = x\n");
    ff_tree *tree = open_at(".", commit, "");
    assert_int_equal(tree->match, FF_TREE_EXACT);
    ff_tree_close(tree);
    assert_int_equal(symlink("../../../pipe", ".git/objects/pack/pack-1.idx"), 0);
    tree = open_at(".", commit, "");
    expect_judged(tree, FF_TREE_UNVERIFIED, "The checkout is at the run's commit ", commit,
                  ", but git's objects cannot be read: what is said of files is of the checkout as it is.");
    expect_names(tree, "pipe? ");
    ff_tree_close(tree);
    assert_int_equal(remove(".git/HEAD"), 0);
    assert_int_equal(mkfifo(".git/HEAD", 0600), 0);
    tree = open_at(".", commit, "");
    assert_int_equal(tree->match, FF_TREE_UNVERIFIED);
    ff_tree_close(tree);
    git_repository_free(repository);
}

static void an_object_that_is_no_commit_is_not_taken_for_one(void **state)
{
    (void)state;
    git_repository *repository = make_repository(".", 0);
    static const char *const texts[] = {"tree 0123", "tree x123456789abcdef0123456789abcdef0123456\n", "",
                                        "parent x\n"};
    git_oid blob = write_text(repository, "x");
    const char *tree_id = git_oid_tostr_s(&blob);
    ff_tree *tree = open_at(".", tree_id, "");
    assert_int_equal(tree->match, FF_TREE_OTHER_COMMIT);
    ff_tree_close(tree);
    for (size_t i = 0; i < COUNT(texts); i++) {
        git_oid id = write_object(repository, texts[i], strlen(texts[i]), GIT_OBJECT_COMMIT);
        tree = open_at(".", git_oid_tostr_s(&id), "");
        assert_int_equal(tree->match, FF_TREE_OTHER_COMMIT);
        ff_tree_close(tree);
    }
    git_repository_free(repository);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLOT(the_wanted_commit_is_read_whatever_lies_in_the_work_tree),
        IN_PLOT(its_files_are_those_of_the_commit),
        IN_PLOT(changes_are_told_between_two_commits),
        IN_PLOT(another_commit_is_said),
        IN_PLOT(a_run_without_a_commit_and_a_plain_folder_are_unverified),
        IN_PLOT(a_repository_is_known_by_the_name_of_its_remotes),
        IN_PLOT(bare_repositories_and_linked_work_trees_are_read),
        IN_PLOT(objects_in_packs_and_of_alternates_are_read),
        IN_PLOT(what_a_clone_lacks_costs_its_own_files_only),
        IN_PLOT(large_files_are_not_read),
        IN_PLOT(names_that_git_forbids_are_left_out),
        IN_PLOT(a_bomb_of_folders_ends_at_the_bound),
        IN_PLOT(folders_nested_too_deeply_are_left_out),
        IN_PLOT(a_damaged_git_folder_leaves_the_files),
        IN_PLOT(a_head_that_leads_nowhere_is_no_commit),
        IN_PLOT(nothing_that_could_wait_is_opened),
        IN_PLOT(an_object_that_is_no_commit_is_not_taken_for_one),
    };
    return cmocka_run_group_tests(tests, start_git, stop_git);
}
