/* Files of a Python project as bytes, all of them the same: what is worked out of them is bounded, places lie inside
 * the file, and probes answer one clause. */
#include "fuzz.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "python/python_module.h"
#include "repo/probe.h"
#include "tree/listing.h"

/* A tree whose files all hold the input. */
typedef struct meadow {
    ff_tree tree;
    ff_slice text;
} meadow;

static const ff_slice PATHS[] = {
    FF_TEXT("environment.yml"),  FF_TEXT("manage.py"),   FF_TEXT("package.json"), FF_TEXT("pyproject.toml"),
    FF_TEXT("requirements.txt"), FF_TEXT("settings.py"), FF_TEXT("setup.cfg"),    FF_TEXT("setup.py"),
};

static ff_status meadow_read(ff_tree *tree, const ff_tree_entry *entry, ff_slice *bytes, ff_error *reason)
{
    (void)entry;
    (void)reason;
    *bytes = ((meadow *)tree)->text;
    return FF_OK;
}

static void meadow_close(ff_tree *tree)
{
    (void)tree;
}

static void open_tree(meadow *m, ff_slice text)
{
    static const ff_tree_methods methods = {.read = meadow_read, .close = meadow_close};
    ff_listing listing;
    ff_status status = FF_OK;
    *m = (meadow){.tree = {.methods = &methods}, .text = text};
    ff_listing_start(&listing, &m->tree);
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS && status == FF_OK; i++)
        status = ff_listing_add(&listing, &(ff_tree_entry){.path = PATHS[i], .size = text.len}, (ff_slice){0});
    FF_PROMISE(ff_listing_finish(&listing, status) == FF_OK);
}

static uint32_t count_lines(ff_slice text)
{
    uint32_t lines = 1;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    return lines;
}

static void check_value(const ff_python_value *value, uint32_t lines)
{
    FF_PROMISE(value->items.count <= FF_LIMIT_PYTHON_ITEMS);
    FF_PROMISE(value->sort != FF_VALUE_UNKNOWN || value->open);
    for (size_t i = 0; i < value->items.count; i++)
        FF_PROMISE(value->items.items[i].line >= 1 && value->items.items[i].line <= lines);
}

static void check_module(meadow *m, uint32_t lines)
{
    ff_arena arena;
    ff_python python;
    ff_arena_init(&arena, 0);
    ff_python_init(&python, &m->tree, &arena);
    const ff_python_module *module = ff_python_load(&python, FF_LIT("settings.py"), (ff_slice){0});
    FF_PROMISE(module && !arena.failed && module->scope.count <= FF_LIMIT_PYTHON_NAMES);
    for (size_t i = 0; i < module->scope.count; i++) {
        ff_python_value value = ff_python_get(module, module->scope.items[i]->name);
        check_value(&value, lines);
        FF_PROMISE(!i || ff_slice_cmp(module->scope.items[i - 1]->name, module->scope.items[i]->name) < 0);
    }
    for (size_t i = 0; i < module->source.statements.count; i++)
        FF_PROMISE(module->source.statements.items[i].line >= 1 && module->source.statements.items[i].line <= lines);
    ff_arena_release(&arena);
}

static void ask(ff_repo *repo, const char *probe, const char *name, uint32_t lines)
{
    ff_probe_param param = {FF_LIT("name"), ff_slice_of(name)};
    ff_probe_question question = {.probe = ff_slice_of(probe), .params = &param, .param_count = 1};
    ff_probe_answer answer;
    FF_PROMISE(ff_probe_ask(repo, &question, &answer) == FF_OK);
    FF_PROMISE(answer.text.len && answer.text.len <= FF_LIMIT_PROBE_TEXT_BYTES && ff_utf8_valid(answer.text));
    FF_PROMISE(answer.places.count <= FF_LIMIT_PROBE_PLACES);
    for (size_t i = 0; i < answer.places.count; i++)
        FF_PROMISE(answer.places.items[i].path.len && answer.places.items[i].line <= lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    meadow m;
    ff_repo *repo = NULL;
    ff_slice text = ff_fuzz_input(data, size);
    if (size > FF_LIMIT_TREE_FILE_BYTES)
        return 0;
    open_tree(&m, text);
    if (memchr(data, 0, size) == NULL)
        check_module(&m, count_lines(text));
    FF_PROMISE(ff_repo_open(&repo, &m.tree, &(ff_repo_facts){.why_not = NULL}) == FF_OK);
    ask(repo, "django-command", "migrate_schemas", count_lines(text));
    ask(repo, "app-installed", "silk", count_lines(text));
    ask(repo, "python-requirement", "yaml", count_lines(text));
    ask(repo, "npm-requirement", "react", count_lines(text));
    ff_repo_close(repo);
    ff_tree_close(&m.tree);
    return 0;
}
