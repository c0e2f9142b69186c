/* A tree on GitHub over a made-up exchange: what is asked, what is asked once, and what is not known. */
#include "tree/hosted.h"

#include "base/buf.h"
#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define COMMIT "0123456789abcdef0123456789abcdef01234567"
#define BASE "1123456789abcdef0123456789abcdef01234567"
#define ID(digits) digits "00000000000000000000000000000000000000"
#define TREE "git/trees/" COMMIT "?recursive=1"
#define ROOT "git/trees/" COMMIT
#define FOLDER(digits) "git/trees/" ID(digits)
#define DEEP "?recursive=1"
#define BLOB(digits) "git/blobs/" ID(digits)
#define COMPARE "compare/" BASE "..." COMMIT "?per_page=1"

/* What the server says to a path behind `/repos/o/r/`; others are not found. */
typedef struct said {
    const char *path, *body;
    ff_status status;
} said;

typedef struct server {
    ff_exchange exchange; /* first */
    const said *answers;
    size_t count;
    bool every_blob; /* is there */
    uint32_t http;   /* of what fails; 0: nobody was asked */
    bool all_lasting;
    ff_buf asked; /* the paths, one a line */
} server;

static void answer(server *s, ff_call *call)
{
    ff_slice path = call->path;
    const char *body = NULL;
    assert_true(ff_slice_take_prefix(&path, FF_LIT("/repos/o/r/")));
    ff_buf_printf(&s->asked, "%.*s\n", FF_ARG(path));
    s->all_lasting = s->all_lasting && call->lasting;
    call->status = FF_NOT_FOUND;
    for (size_t i = 0; i < s->count; i++)
        if (ff_slice_eq(path, ff_slice_of(s->answers[i].path))) {
            call->status = s->answers[i].status;
            body = s->answers[i].body;
        }
    if (s->every_blob && ff_slice_starts(path, FF_LIT("git/blobs/"))) {
        call->status = FF_OK;
        body = "{\"encoding\": \"base64\", \"content\": \"\"}";
    }
    call->http = call->status == FF_OK ? 200 : s->http;
    call->unsent = !call->http;
    ff_body_init(&call->body, FF_LIMIT_ANSWER_BYTES);
    if (call->status == FF_OK)
        assert_int_equal(ff_body_add(&call->body, ff_slice_of(body), NULL), FF_OK);
    else
        (void)ff_error_set(&call->error, call->status, "%s: %s", call->what, body ? body : "not found");
}

static void get(ff_exchange *exchange, ff_call *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        answer((server *)exchange, &calls[i]);
}

static void forget(ff_exchange *exchange, ff_slice path)
{
    (void)exchange;
    (void)path;
}

static void close_server(ff_exchange *exchange)
{
    ff_buf_release(&((server *)exchange)->asked);
}

static const ff_exchange_kind FAKE = {.get = get, .forget = forget, .close = close_server};

static server server_of(const said *answers, size_t count)
{
    server s = {.exchange = {.kind = &FAKE}, .answers = answers, .count = count, .all_lasting = true};
    ff_buf_init(&s.asked, 65536);
    return s;
}

static ff_status open_at(server *s, const char *commit, ff_tree **tree, ff_error *error)
{
    ff_github github = {.exchange = &s->exchange, .owner = FF_LIT("o"), .name = FF_LIT("r")};
    ff_tree_wish wish = {.commit = ff_slice_of(commit), .repository = FF_LIT("o/r")};
    return ff_tree_open_hosted(tree, &github, &wish, error);
}

static ff_tree *open_tree(server *s)
{
    ff_tree *tree = NULL;
    ff_error error = {0};
    if (open_at(s, COMMIT, &tree, &error) != FF_OK)
        fail_msg("%s", error.text);
    return tree;
}

#define NODE(path, mode, type, digits, size) \
    "{\"path\":\"" path "\",\"mode\":\"" mode "\",\"type\":\"" type "\",\"sha\":\"" ID(digits) "\",\"size\":" size "}"

#define LIST(nodes) "{\"tree\":[" nodes "]}"

static const char NODES[] = "{\"sha\":\"x\",\"truncated\":false,\"tree\":["
    /* clang-format off */
                            NODE("src", "040000", "tree", "aa", "0") ","
                            NODE("src/a.py", "100644", "blob", "a1", "3") ","
                            NODE("run", "100755", "blob", "a2", "2") ","
                            NODE("link", "120000", "blob", "a3", "3") ","
                            NODE("lib", "160000", "commit", "a4", "0") ","
                            NODE("large", "100644", "blob", "a5", "2097153") ","
                            NODE("lost", "100644", "blob", "a6", "1") ","
                            NODE("liar", "100644", "blob", "a7", "1") ","
                            NODE("broken", "100644", "blob", "a8", "1")
    /* clang-format on */
    "]}";

static const said ANSWERS[] = {
    {TREE, NODES, FF_OK},
    {BLOB("a1"), "{\"size\":3,\"encoding\":\"base64\",\"content\":\"b25l\\n\"}", FF_OK},
    {BLOB("a2"), "{\"size\":2,\"encoding\":\"base64\",\"content\":\"AAA=\"}", FF_OK},
    {BLOB("a7"), "{\"encoding\":\"base64\",\"content\":\"bG9uZ2Vy\"}", FF_OK},
    {BLOB("a8"), "the kept run does not have it", FF_IO},
    {COMPARE,
     "{\"status\":\"ahead\",\"files\":[{\"filename\":\"b\"},{\"filename\":\"a\",\"previous_filename\":\"z\"}]}", FF_OK},
};

static void names_come_at_once_and_every_file_once(void **state)
{
    static const struct {
        const char *path;
        ff_status status;
        const char *text;
    } rows[] = {
        {"src/a.py", FF_OK, "one"},
        {"liar", FF_OK, "longer"},
        {"run", FF_UNSUPPORTED, "is no text"},
        {"link", FF_UNSUPPORTED, "is a link"},
        {"lib", FF_UNSUPPORTED, "is no file"},
        {"large", FF_LIMIT, "is larger than 2 MiB"},
        {"lost", FF_IO, "cannot be had: not found"},
        {"broken", FF_IO, "cannot be had: the kept run does not have it"},
        {"src", FF_NOT_FOUND, "is not there"},
    };
    server s = server_of(ANSWERS, COUNT(ANSWERS));
    ff_tree *tree = open_tree(&s);
    (void)state;
    assert_int_equal(tree->match, FF_TREE_EXACT);
    assert_true(tree->whole);
    assert_int_equal(tree->remark.len, 0);
    assert_true(ff_slice_eq(tree->commit, FF_LIT(COMMIT)));
    assert_int_equal(tree->entries.count, 8);
    for (size_t i = 0; i < 2 * COUNT(rows); i++) {
        ff_slice bytes;
        ff_error reason = {0};
        size_t row = i % COUNT(rows);
        assert_int_equal(ff_tree_read(tree, ff_slice_of(rows[row].path), &bytes, &reason), rows[row].status);
        if (rows[row].status == FF_OK)
            assert_true(ff_slice_eq(bytes, ff_slice_of(rows[row].text)));
        else
            assert_string_equal(reason.text, rows[row].text);
    }
    assert_string_equal(s.asked.ptr,
                        TREE "\n" BLOB("a1") "\n" BLOB("a7") "\n" BLOB("a2") "\n" BLOB("a6") "\n" BLOB("a8") "\n");
    assert_true(s.all_lasting);
    ff_tree_close(tree);
    ff_exchange_close(&s.exchange);
}

static void a_list_with_something_missing_is_not_whole(void **state)
{
    static const struct {
        const char *body, *lacks;
        size_t count;
    } rows[] = {
        {"{\"tree\":[]}", "", 0},
        {"{\"truncated\":true,\"tree\":[" NODE("a", "100644", "blob", "a1", "3") "]}", "GitHub's list of it is cut off",
         1},
        {"{\"tree\":[{\"path\":\"a\",\"type\":\"blob\",\"sha\":\"ab\"}]}",
         "GitHub's list of it has files without a name", 0},
        {"{\"tree\":[{\"type\":\"blob\",\"sha\":\"" ID("ab") "\"},7]}", "GitHub's list of it has files without a name",
         0},
        {"{\"tree\":[" NODE("../a", "100644", "blob", "a1", "3") "]}", "it has paths that git forbids", 0},
        {"{\"tree\":[" NODE("a", "100644", "blob", "..", "3") "]}", "GitHub's list of it has files without a name", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const said answers[] = {{TREE, rows[i].body, FF_OK}};
        server s = server_of(answers, 1);
        ff_tree *tree = open_tree(&s);
        assert_int_equal(tree->entries.count, rows[i].count);
        assert_true(ff_slice_eq(tree->lacks, ff_slice_of(rows[i].lacks)));
        assert_true(tree->whole == (rows[i].lacks[0] == '\0'));
        ff_tree_close(tree);
        ff_exchange_close(&s.exchange);
    }
}

#define SUBTREE(path, digits) NODE(path, "040000", "tree", digits, "0")
#define ENTRY(path) NODE(path, "100644", "blob", "a1", "3")

/* All names of a tree, and why some may be missing. */
static void assert_lists(server *s, const char *names, const char *lacks)
{
    ff_buf got;
    ff_buf_init(&got, 4096);
    ff_tree *tree = open_tree(s);
    for (size_t i = 0; i < tree->entries.count; i++)
        ff_buf_printf(&got, "%.*s ", FF_ARG(tree->entries.items[i].path));
    assert_string_equal(got.ptr ? got.ptr : "", names);
    assert_true(ff_slice_eq(tree->lacks, ff_slice_of(lacks)));
    ff_buf_release(&got);
    ff_tree_close(tree);
    ff_exchange_close(&s->exchange);
}

static void a_list_that_is_too_long_comes_folder_by_folder(void **state)
{
    static const said answers[] = {
        {TREE, "too long", FF_LIMIT},
        {ROOT, LIST(ENTRY("a") "," SUBTREE("b", "b0") "," SUBTREE(".github", "b1") "," SUBTREE("c", "b2")), FF_OK},
        {FOLDER("b1") DEEP, LIST(ENTRY("w/x")), FF_OK},
        {FOLDER("b0") DEEP, "too long", FF_LIMIT},
        {FOLDER("b0"), LIST(ENTRY("d") "," SUBTREE("e", "b3")), FF_OK},
        {FOLDER("b2") DEEP, LIST(ENTRY("f") "," SUBTREE("g", "b4") "," ENTRY("g/h")), FF_OK},
        {FOLDER("b3") DEEP, LIST(ENTRY("i")), FF_OK},
    };
    static const uint32_t how[] = {200, 0}; /* too long; not kept, because it was */
    (void)state;
    for (size_t i = 0; i < COUNT(how); i++) {
        said told[COUNT(answers)];
        memcpy(told, answers, sizeof told);
        told[0].status = told[3].status = how[i] ? FF_LIMIT : FF_IO;
        server s = server_of(told, COUNT(told));
        s.http = how[i];
        assert_lists(&s, ".github/w/x a b/d b/e/i c/f c/g/h ", "");
    }
}

static void a_folder_that_cannot_be_listed_is_lacking(void **state)
{
    static const struct {
        said folder;
        const char *names, *lacks;
    } rows[] = {
        {{FOLDER("b0") DEEP, "no luck", FF_LIMIT}, "a ", "GitHub did not list all folders of it"},
        {{FOLDER("b0") DEEP, LIST(ENTRY("../x")), FF_OK}, "a ", "it has paths that git forbids"},
        {{FOLDER("b0") DEEP, "{\"truncated\":true,\"tree\":[" ENTRY("x") "]}", FF_OK},
         "a b/x ",
         "GitHub's list of it is cut off"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const said answers[] = {
            {TREE, "too long", FF_LIMIT}, {ROOT, LIST(ENTRY("a") "," SUBTREE("b", "b0")), FF_OK}, rows[i].folder};
        server s = server_of(answers, COUNT(answers));
        s.http = 200;
        assert_lists(&s, rows[i].names, rows[i].lacks);
    }
}

static void so_many_folders_are_listed_and_no_more(void **state)
{
    ff_buf body, folders;
    said answers[2 + FF_LIMIT_HOSTED_LISTS] = {{TREE, "too long", FF_LIMIT}};
    char paths[FF_LIMIT_HOSTED_LISTS][80];
    (void)state;
    ff_buf_init(&body, 65536);
    ff_buf_init(&folders, 65536);
    for (unsigned i = 0; i < FF_LIMIT_HOSTED_LISTS; i++) {
        ff_buf_printf(&body, "%s{\"path\":\"d%02u\",\"type\":\"tree\",\"sha\":\"%040u\"}", i ? "," : "{\"tree\":[", i,
                      i);
        (void)snprintf(paths[i], sizeof paths[i], "git/trees/%040u" DEEP, i);
        answers[2 + i] = (said){paths[i], LIST(ENTRY("x")), FF_OK};
        if (i + 2 < FF_LIMIT_HOSTED_LISTS)
            ff_buf_printf(&folders, "d%02u/x ", i);
    }
    ff_buf_add(&body, FF_LIT("]}"));
    answers[1] = (said){ROOT, body.ptr, FF_OK};
    server s = server_of(answers, COUNT(answers));
    s.http = 200;
    assert_lists(&s, folders.ptr, "it has more folders than are listed");
    ff_buf_release(&folders);
    ff_buf_release(&body);
}

static void what_cannot_be_listed_is_an_error(void **state)
{
    static const struct {
        const char *commit;
        said answer;
        ff_status status;
        const char *text;
    } rows[] = {
        {"main", {TREE, NODES, FF_OK}, FF_MISUSE, "its commit cannot be asked for"},
        {"", {TREE, NODES, FF_OK}, FF_MISUSE, "its commit cannot be asked for"},
        {COMMIT, {TREE, NULL, FF_NOT_FOUND}, FF_NOT_FOUND, "the list of files: not found"},
        {COMMIT, {TREE, "this token may not", FF_DENIED}, FF_DENIED, "the list of files: this token may not"},
        {COMMIT, {TREE, "too long", FF_LIMIT}, FF_NOT_FOUND, "the list of files: not found"},
        {COMMIT, {TREE, "{}", FF_OK}, FF_INVALID, "GitHub's answer for the list of files holds no list of files"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        server s = server_of(&rows[i].answer, 1);
        s.http = 200;
        ff_tree *tree;
        ff_error error = {0};
        assert_int_equal(open_at(&s, rows[i].commit, &tree, &error), rows[i].status);
        assert_string_equal(error.text, rows[i].text);
        assert_null(tree);
        ff_exchange_close(&s.exchange);
    }
}

static void equal_files_are_asked_for_once(void **state)
{
    const said answers[] = {
        {TREE,
         LIST(NODE("a", "100644", "blob", "a1", "3") "," NODE("b", "100644", "blob", "a1", "3") "," NODE(
             "c", "100644", "blob", "a2", "2") "," NODE("d", "100644", "blob", "a2", "2")),
         FF_OK},
        ANSWERS[1],
        ANSWERS[2],
    };
    static const char *const paths[] = {"a", "b", "c", "d"};
    server s = server_of(answers, COUNT(answers));
    ff_tree *tree = open_tree(&s);
    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++) {
        ff_slice bytes;
        bool text = i < 2;
        assert_int_equal(ff_tree_read(tree, ff_slice_of(paths[i]), &bytes, NULL), text ? FF_OK : FF_UNSUPPORTED);
        assert_true(ff_slice_eq(bytes, text ? FF_LIT("one") : (ff_slice){0}));
    }
    /* What is no text is not kept, so it comes again. */
    assert_string_equal(s.asked.ptr, TREE "\n" BLOB("a1") "\n" BLOB("a2") "\n" BLOB("a2") "\n");
    assert_int_equal(tree->unread, 0);
    ff_tree_close(tree);
    ff_exchange_close(&s.exchange);
}

static void a_server_that_gives_no_more_is_not_asked_on(void **state)
{
    static const struct {
        ff_status status;
        uint32_t http;
        bool over;
    } rows[] = {
        {FF_NOT_FOUND, 404, false}, {FF_LIMIT, 200, false}, {FF_LIMIT, 429, true},   {FF_DENIED, 403, true},
        {FF_IO, 502, true},         {FF_IO, 0, false},      {FF_INVALID, 200, true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const said answers[] = {
            {TREE, LIST(NODE("a", "100644", "blob", "a0", "3") "," NODE("b", "100644", "blob", "a1", "3")), FF_OK},
            {BLOB("a0"), "no luck", rows[i].status},
            ANSWERS[1],
        };
        server s = server_of(answers, COUNT(answers));
        s.http = rows[i].http;
        ff_tree *tree = open_tree(&s);
        ff_slice bytes;
        ff_error reason = {0};
        ff_status first = rows[i].status == FF_NOT_FOUND ? FF_IO : rows[i].status;
        assert_int_equal(ff_tree_read(tree, FF_LIT("a"), &bytes, &reason), first);
        assert_string_equal(reason.text, "cannot be had: no luck");
        reason = (ff_error){0};
        assert_int_equal(ff_tree_read(tree, FF_LIT("b"), &bytes, &reason), rows[i].over ? FF_IO : FF_OK);
        assert_string_equal(reason.text, rows[i].over ? "was not asked for: an earlier file could not be had" : "");
        assert_int_equal(tree->unread, rows[i].over ? 2 : 1);
        assert_true(ff_slice_eq(tree->trouble, FF_LIT("cannot be had: no luck")));
        ff_tree_close(tree);
        ff_exchange_close(&s.exchange);
    }
}

static void a_file_that_is_longer_than_stated_is_its_own_fault(void **state)
{
    ff_buf body;
    (void)state;
    ff_buf_init(&body, FF_LIMIT_ANSWER_BYTES);
    ff_buf_add(&body, FF_LIT("{\"encoding\":\"base64\",\"content\":\""));
    for (size_t i = 0; i <= FF_LIMIT_TREE_FILE_BYTES / 3; i++)
        ff_buf_add(&body, FF_LIT("QUJD"));
    ff_buf_add(&body, FF_LIT("\"}"));
    const said answers[] = {{TREE, LIST(NODE("a", "100644", "blob", "a1", "3")), FF_OK}, {BLOB("a1"), body.ptr, FF_OK}};
    server s = server_of(answers, COUNT(answers));
    ff_tree *tree = open_tree(&s);
    ff_slice bytes;
    ff_error reason = {0};
    assert_int_equal(ff_tree_read(tree, FF_LIT("a"), &bytes, &reason), FF_LIMIT);
    assert_string_equal(reason.text, "is larger than 2 MiB");
    assert_int_equal(tree->unread, 0);
    ff_tree_close(tree);
    ff_exchange_close(&s.exchange);
    ff_buf_release(&body);
}

/* Each under a folder, with an id of its own: what happens to the one at `last`, after all before it were read. */
static void read_many(const char *folder, unsigned last, ff_status status, const char *text)
{
    ff_buf body;
    ff_buf_init(&body, 65536);
    ff_buf_add(&body, FF_LIT("{\"tree\":["));
    for (unsigned i = 0; i <= last; i++)
        ff_buf_printf(&body, "%s{\"path\":\"%sf%03u\",\"type\":\"blob\",\"sha\":\"%040u\"}", i ? "," : "", folder, i,
                      i);
    ff_buf_add(&body, FF_LIT("]}"));
    const said answers[] = {{TREE, body.ptr, FF_OK}};
    server s = server_of(answers, 1);
    s.every_blob = true;
    ff_tree *tree = open_tree(&s);
    for (unsigned i = 0; i <= last; i++) {
        char path[32];
        ff_slice bytes;
        ff_error reason = {0};
        (void)snprintf(path, sizeof path, "%sf%03u", folder, i);
        ff_status got = ff_tree_read(tree, ff_slice_of(path), &bytes, &reason);
        assert_int_equal(got, i < last ? FF_OK : status);
        assert_string_equal(reason.text, i < last ? "" : text);
    }
    assert_int_equal(tree->unread, 1);
    assert_true(ff_slice_eq(tree->trouble, ff_slice_of(text)));
    ff_tree_close(tree);
    ff_exchange_close(&s.exchange);
    ff_buf_release(&body);
}

static void no_more_files_are_asked_for_than_the_limit(void **state)
{
    (void)state;
    read_many("", FF_LIMIT_HOSTED_FILES, FF_LIMIT, "was not asked for: 64 files were");
    read_many("src/", FF_LIMIT_HOSTED_FILES, FF_LIMIT, "was not asked for: 64 files were");
    read_many(".github/", FF_LIMIT_HOSTED_SETTINGS, FF_LIMIT, "was not asked for: 40 files below .github were");
}

static void changes_are_whole_only_from_the_commit_itself(void **state)
{
    static const struct {
        const char *body;
        bool whole;
        const char *paths;
    } rows[] = {
        {"{\"status\":\"ahead\",\"files\":[{\"filename\":\"b\"},{\"filename\":\"a\",\"previous_filename\":\"z\"}]}",
         true, "a b z "},
        {"{\"status\":\"identical\",\"files\":[]}", true, ""},
        {"{\"status\":\"diverged\",\"files\":[{\"filename\":\"b\"}]}", false, "b "},
        {"{\"status\":\"behind\",\"files\":[]}", false, ""},
        {"{\"files\":[]}", false, ""},
        {"{\"status\":\"ahead\",\"files\":[{}]}", false, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const said answers[] = {{TREE, NODES, FF_OK}, {COMPARE, rows[i].body, FF_OK}};
        server s = server_of(answers, 2);
        ff_tree *tree = open_tree(&s);
        ff_tree_paths paths;
        ff_buf got;
        ff_buf_init(&got, 4096);
        assert_int_equal(ff_tree_changes(tree, FF_LIT(BASE), &paths, NULL), FF_OK);
        for (size_t at = 0; at < paths.count; at++)
            ff_buf_printf(&got, "%.*s ", FF_ARG(paths.items[at]));
        assert_string_equal(got.ptr ? got.ptr : "", rows[i].paths);
        assert_true(paths.whole == rows[i].whole);
        ff_buf_release(&got);
        ff_tree_close(tree);
        ff_exchange_close(&s.exchange);
    }
}

static void three_hundred_changes_may_be_more_and_are_asked_for_once(void **state)
{
    ff_buf body;
    ff_tree_paths paths;
    (void)state;
    ff_buf_init(&body, 65536);
    ff_buf_add(&body, FF_LIT("{\"status\":\"ahead\",\"files\":["));
    for (unsigned i = 0; i < 300; i++)
        ff_buf_printf(&body, "%s{\"filename\":\"f%u\"}", i ? "," : "", i);
    ff_buf_add(&body, FF_LIT("]}"));
    const said answers[] = {{TREE, NODES, FF_OK}, {COMPARE, body.ptr, FF_OK}};
    server s = server_of(answers, 2);
    ff_tree *tree = open_tree(&s);
    assert_int_equal(ff_tree_changes(tree, FF_LIT(BASE), &paths, NULL), FF_OK);
    assert_int_equal(paths.count, 300);
    assert_false(paths.whole);
    assert_int_equal(ff_tree_changes(tree, FF_LIT(BASE), &paths, NULL), FF_OK);
    assert_int_equal(paths.count, 300);
    for (int again = 0; again < 2; again++) {
        ff_error reason = {0};
        assert_int_equal(ff_tree_changes(tree, FF_LIT(COMMIT), &paths, &reason), FF_NOT_FOUND);
        assert_string_equal(reason.text, "cannot be compared with the last green run: not found");
        assert_int_equal(paths.count, 0);
    }
    assert_string_equal(s.asked.ptr, TREE "\n" COMPARE "\ncompare/" COMMIT "..." COMMIT "?per_page=1\n");
    ff_tree_close(tree);
    ff_exchange_close(&s.exchange);
    ff_buf_release(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_come_at_once_and_every_file_once),
        cmocka_unit_test(a_list_with_something_missing_is_not_whole),
        cmocka_unit_test(a_list_that_is_too_long_comes_folder_by_folder),
        cmocka_unit_test(a_folder_that_cannot_be_listed_is_lacking),
        cmocka_unit_test(so_many_folders_are_listed_and_no_more),
        cmocka_unit_test(what_cannot_be_listed_is_an_error),
        cmocka_unit_test(equal_files_are_asked_for_once),
        cmocka_unit_test(a_server_that_gives_no_more_is_not_asked_on),
        cmocka_unit_test(a_file_that_is_longer_than_stated_is_its_own_fault),
        cmocka_unit_test(no_more_files_are_asked_for_than_the_limit),
        cmocka_unit_test(changes_are_whole_only_from_the_commit_itself),
        cmocka_unit_test(three_hundred_changes_may_be_more_and_are_asked_for_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
