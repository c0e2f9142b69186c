#include "python/python_module.h"

#include "base/array.h"

/* Modules that bind no settings, though everything is imported of them. */
static const char *const HARMLESS[] = {
    "os", "sys", "typing", "pathlib", "datetime", "decouple", "environ", "os.path", "django.conf.global_settings",
};

typedef struct run {
    ff_python *python;
    ff_python_module *module;
    const ff_python_statement *statement; /* being worked out */
} run;

static ff_python_room *room_of(const run *r)
{
    return &r->python->room;
}

static ff_python_why why_of(const run *r, ff_slice name, const char *words)
{
    return (ff_python_why){.words = words, .name = name, .path = r->module->path, .line = r->statement->line};
}

static void open_all(const run *r, ff_python_why why)
{
    ff_python_scope_open(room_of(r), &r->module->scope, why);
}

/* ---- binding ---- */

static void mark_perhaps(const run *r, ff_python_value *value)
{
    if (value->sort == FF_VALUE_LIST)
        ff_python_value_drop(room_of(r), value, (ff_slice){0}, true);
}

static void bind(const run *r, ff_slice name, const ff_python_value *value)
{
    ff_python_binding *known = ff_python_scope_find(&r->module->scope, name);
    ff_python_binding *binding = known ? known : ff_python_scope_bind(room_of(r), &r->module->scope, name);
    ff_python_value bound = *value;
    if (!binding)
        return;
    if (r->statement->perhaps && known)
        bound = ff_python_value_either(room_of(r), &known->value, value);
    else if (r->statement->perhaps)
        mark_perhaps(r, &bound);
    binding->value = bound;
    binding->line = r->statement->line;
}

static void assign(const run *r)
{
    const ff_python_statement *statement = r->statement;
    ff_python_value value = statement->value
                                ? ff_python_evaluate(r->python, r->module, statement->value)
                                : ff_python_value_unknown(why_of(r, statement->name, "is not a plain value"));
    bind(r, statement->name, &value);
}

/* The binding of a name that is changed where it stands; NULL, and bound to nothing known, if it was not bound. */
static ff_python_binding *changed(const run *r, ff_slice name)
{
    ff_python_binding *binding = ff_python_scope_find(&r->module->scope, name);
    if (binding)
        return binding;
    ff_python_why why =
        r->module->scope.open.words ? r->module->scope.open : why_of(r, name, "is changed before it is assigned");
    binding = ff_python_scope_bind(room_of(r), &r->module->scope, name);
    if (binding)
        binding->value = (ff_python_value){.sort = FF_VALUE_LIST, .open = true, .why = why};
    return binding;
}

static void extend(const run *r)
{
    ff_python_value value = ff_python_evaluate(r->python, r->module, r->statement->value);
    ff_python_binding *binding = changed(r, r->statement->name);
    if (binding && (binding->value.sort == FF_VALUE_LIST || binding->value.sort == FF_VALUE_UNKNOWN)) {
        ff_python_value_join(room_of(r), &binding->value, &value, r->statement->perhaps);
        binding->value.sort = FF_VALUE_LIST;
    } else if (binding) {
        binding->value = ff_python_value_unknown(why_of(r, r->statement->name, "is not a plain value"));
    }
}

static void change(const run *r)
{
    ff_python_binding *binding = changed(r, r->statement->name);
    if (!binding)
        return;
    mark_perhaps(r, &binding->value);
    ff_python_value_open(&binding->value, why_of(r, r->statement->name, "is changed in part"));
}

/* ---- methods of lists ---- */

typedef enum deed { ADD, JOIN, DROP, CLEAR, POP, NOTHING } deed;

static const struct method {
    const char *name;
    deed deed;
    uint32_t index; /* of the argument */
} METHODS[] = {
    {"append", ADD, 0},  {"add", ADD, 0},      {"insert", ADD, 1},      {"extend", JOIN, 0},
    {"update", JOIN, 0}, {"remove", DROP, 0},  {"discard", DROP, 0},    {"clear", CLEAR, 0},
    {"pop", POP, 0},     {"sort", NOTHING, 0}, {"reverse", NOTHING, 0},
};

static void drop(const run *r, ff_python_value *list, const ff_python_node *node)
{
    ff_python_value text = ff_python_evaluate(r->python, r->module, node);
    bool known = text.sort == FF_VALUE_TEXT && text.text.len;
    ff_python_value_drop(room_of(r), list, known ? text.text : (ff_slice){0}, r->statement->perhaps || !known);
}

static void apply(const run *r, const struct method *method, ff_python_value *list)
{
    const ff_python_node *node = r->statement->value->child->next;
    for (uint32_t i = 0; i < method->index && node; i++)
        node = node->next;
    if (method->deed == CLEAR || method->deed == POP)
        ff_python_value_drop(room_of(r), list, (ff_slice){0}, r->statement->perhaps || method->deed == POP);
    if (!node)
        return;
    if (method->deed == ADD)
        ff_python_add_member(r->python, r->module, list, node, r->statement->perhaps);
    if (method->deed == JOIN) {
        ff_python_value value = ff_python_evaluate(r->python, r->module, node);
        ff_python_value_join(room_of(r), list, &value, r->statement->perhaps);
    }
    if (method->deed == DROP)
        drop(r, list, node);
}

/* `NAME.method(…)`; false if it is something else. */
static bool call_method(const run *r, const ff_python_node *callee)
{
    if (callee->type != FF_PYTHON_ATTRIBUTE || callee->child->type != FF_PYTHON_NAME)
        return false;
    ff_python_binding *binding = ff_python_scope_find(&r->module->scope, callee->child->text);
    if (!binding || (binding->value.sort != FF_VALUE_LIST && binding->value.sort != FF_VALUE_UNKNOWN))
        return false;
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
        if (ff_slice_eq(callee->text, ff_slice_of(METHODS[i].name))) {
            apply(r, &METHODS[i], &binding->value);
            return true;
        }
    return false;
}

/* ---- calls that may do anything ---- */

/* `globals()`, `locals()`, `vars()`. */
static bool is_namespace(const ff_python_node *node)
{
    return node->type == FF_PYTHON_CALL && (ff_python_is(node->child, "globals") ||
                                            ff_python_is(node->child, "locals") || ff_python_is(node->child, "vars"));
}

/* What is handed a namespace, or runs another file, can bind any name; what is handed a list can change it. */
static void call_unknown(const run *r, const ff_python_node *callee)
{
    static const char *const runs[] = {"exec", "execfile", "include"};
    static const char *const shows[] = {"print", "pprint", "pprint.pprint", "len", "isinstance"};
    bool anything = callee->type == FF_PYTHON_ATTRIBUTE && is_namespace(callee->child);
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        anything = anything || ff_python_is(callee, runs[i]);
    for (size_t i = 0; i < sizeof shows / sizeof *shows; i++)
        if (ff_python_is(callee, shows[i]))
            return;
    for (const ff_python_node *each = callee->next; each; each = each->next) {
        const ff_python_node *given =
            each->type == FF_PYTHON_KEYWORD || each->type == FF_PYTHON_STAR ? each->child : each;
        ff_python_binding *binding =
            given->type == FF_PYTHON_NAME ? ff_python_scope_find(&r->module->scope, given->text) : NULL;
        anything = anything || is_namespace(given);
        if (binding && binding->value.sort == FF_VALUE_LIST)
            ff_python_value_open(&binding->value, why_of(r, callee->text, "may change it"));
    }
    if (anything)
        open_all(r, why_of(r, callee->text, "may bind any name"));
}

static void perform(const run *r)
{
    const ff_python_node *callee = r->statement->value->child;
    if (!call_method(r, callee))
        call_unknown(r, callee);
}

/* ---- imports ---- */

/* The file of a module as an import names it, or empty. */
static ff_slice file_of(const run *r, ff_slice from)
{
    ff_slice folder = r->module->path, path;
    bool relative = ff_slice_starts(from, FF_LIT("."));
    if (from.len > FF_LIMIT_NAME_BYTES)
        return (ff_slice){0};
    while (ff_slice_take_prefix(&from, FF_LIT(".")))
        folder = ff_slice_before_last(folder, '/');
    if (relative)
        return ff_python_file(r->python->tree, folder, from, r->python->room.arena);
    path = ff_python_file(r->python->tree, r->module->root, from, r->python->room.arena);
    return path.len || !r->module->root.len
               ? path
               : ff_python_file(r->python->tree, (ff_slice){0}, from, r->python->room.arena);
}

static void import_all(const run *r)
{
    ff_slice from = r->statement->from, path = file_of(r, from);
    for (size_t i = 0; i < sizeof HARMLESS / sizeof *HARMLESS; i++)
        if (ff_slice_eq(from, ff_slice_of(HARMLESS[i])))
            return;
    const ff_python_module *module = path.len ? ff_python_load(r->python, path, r->module->root) : NULL;
    if (!module) {
        open_all(r, why_of(r, from, "is imported whole and is not in the repository"));
        return;
    }
    if (module == r->module)
        return;
    if (module->scope.open.words)
        open_all(r, module->scope.open);
    for (size_t i = 0; i < module->scope.count; i++) {
        ff_python_value value = ff_python_scope_value(&module->scope, module->scope.items[i]);
        if (!ff_python_room_spend(room_of(r), 1 + value.items.count)) {
            open_all(r, ff_python_why_spent());
            return;
        }
        bind(r, module->scope.items[i]->name, &value);
    }
}

static ff_python_value module_value(const run *r, ff_slice path, ff_slice from)
{
    const ff_python_module *module = path.len ? ff_python_load(r->python, path, r->module->root) : NULL;
    return module ? (ff_python_value){.sort = FF_VALUE_MODULE, .module = module}
                  : ff_python_value_unknown(why_of(r, from, "is not in the repository"));
}

static void import_module(const run *r)
{
    ff_python_value value = module_value(r, file_of(r, r->statement->from), r->statement->from);
    bind(r, r->statement->name, &value);
}

/* The file of the module that `from package import name` may mean. */
static ff_slice file_inside(const run *r)
{
    const ff_python_statement *statement = r->statement;
    ff_arena *arena = r->python->room.arena;
    ff_arena_mark mark = ff_arena_here(arena);
    const char *dot = ff_slice_ends(statement->from, FF_LIT(".")) ? "" : ".";
    ff_slice inside = {0}, path;
    if (statement->from.len < FF_LIMIT_NAME_BYTES && statement->text.len < FF_LIMIT_NAME_BYTES)
        inside = ff_arena_printf(arena, "%.*s%s%.*s", FF_ARG(statement->from), dot, FF_ARG(statement->text));
    path = inside.len ? file_of(r, inside) : (ff_slice){0};
    ff_arena_rewind(arena, mark);
    return path;
}

/* A name of the package goes before a module in it. */
static void import_name(const run *r)
{
    const ff_python_statement *statement = r->statement;
    ff_python_value package = module_value(r, file_of(r, statement->from), statement->from);
    bool known = package.sort == FF_VALUE_MODULE;
    bool bound = known && ff_python_scope_find(&package.module->scope, statement->text);
    ff_slice path = bound ? (ff_slice){0} : file_inside(r);
    ff_python_value value = path.len ? module_value(r, path, statement->text)
                            : known  ? ff_python_get(package.module, statement->text)
                                     : package;
    if (ff_python_room_spend(room_of(r), value.items.count))
        bind(r, statement->name, &value);
}

static void (*const BY_VERB[])(const run *r) = {
    [FF_PYTHON_ASSIGN] = assign,        [FF_PYTHON_EXTEND] = extend,      [FF_PYTHON_CHANGE] = change,
    [FF_PYTHON_DO] = perform,           [FF_PYTHON_IMPORT] = import_name, [FF_PYTHON_IMPORT_ALL] = import_all,
    [FF_PYTHON_MODULE] = import_module,
};

/* ---- modules ---- */

static void work_out(ff_python *python, ff_python_module *module)
{
    static const ff_python_statement end = {.line = 0};
    run r = {.python = python, .module = module, .statement = &end};
    for (size_t i = 0; i < module->source.statements.count && !python->room.arena->failed; i++) {
        r.statement = &module->source.statements.items[i];
        BY_VERB[r.statement->verb](&r);
    }
    r.statement = &end;
    if (module->source.trouble)
        open_all(&r, (ff_python_why){module->source.trouble, {0}, module->path, module->source.trouble_line});
    else if (!python->room.steps)
        open_all(&r, ff_python_why_spent());
}

/* Why a file is not read, as static words; NULL: it was. */
static const char *read_text(ff_python *python, const ff_python_module *module, ff_slice *text)
{
    ff_error reason = {0};
    if (!python->room.steps)
        return "is too much to work out";
    ff_status status = ff_tree_read(python->tree, module->path, text, &reason);
    if (status == FF_NOMEM)
        python->room.arena->failed = true;
    if (status != FF_OK)
        return "cannot be read";
    python->bytes += text->len;
    return python->bytes > FF_LIMIT_PYTHON_BYTES ? "more text is imported than is read" : NULL;
}

ff_slice ff_python_path(ff_arena *arena, ff_slice folder, ff_slice dotted)
{
    size_t slash = folder.len && dotted.len ? 1 : 0;
    char *path = ff_arena_alloc(arena, folder.len + slash + dotted.len + 1);
    if (!path)
        return (ff_slice){0};
    if (folder.len)
        memcpy(path, folder.ptr, folder.len);
    if (slash)
        path[folder.len] = '/';
    for (size_t i = 0; i < dotted.len; i++)
        path[folder.len + slash + i] = dotted.ptr[i] == '.' ? '/' : dotted.ptr[i];
    return (ff_slice){path, folder.len + slash + dotted.len};
}

ff_slice ff_python_file(const ff_tree *tree, ff_slice folder, ff_slice dotted, ff_arena *arena)
{
    ff_arena_mark mark = ff_arena_here(arena);
    ff_slice path = ff_python_path(arena, folder, dotted);
    ff_slice module = ff_arena_printf(arena, "%.*s.py", FF_ARG(path));
    ff_slice package = ff_arena_printf(arena, "%.*s%s__init__.py", FF_ARG(path), path.len ? "/" : "");
    const ff_tree_entry *entry = dotted.len ? ff_tree_entry_of(tree, module) : NULL;
    entry = entry ? entry : ff_tree_entry_of(tree, package);
    ff_arena_rewind(arena, mark);
    return entry ? entry->path : (ff_slice){0};
}

void ff_python_init(ff_python *python, ff_tree *tree, ff_arena *arena)
{
    *python = (ff_python){.tree = tree, .room = {.arena = arena, .steps = FF_LIMIT_PYTHON_STEPS}};
}

const ff_python_module *ff_python_load(ff_python *python, ff_slice path, ff_slice root)
{
    static const ff_python_module beyond = {.scope.open.words = "more modules import one another than are read"};
    for (size_t i = 0; i < python->modules.count; i++)
        if (ff_slice_eq(python->modules.items[i]->path, path))
            return python->modules.items[i];
    if (python->modules.count == FF_LIMIT_PYTHON_FILES)
        return &beyond;
    ff_arena *arena = python->room.arena;
    ff_python_module *module = ff_arena_alloc(arena, sizeof *module);
    if (!module || !ff_array_room(arena, &python->modules.items, python->modules.count, &python->modules.cap,
                                  sizeof *python->modules.items))
        return NULL;
    python->modules.items[python->modules.count++] = module;
    ff_slice text = {0};
    *module = (ff_python_module){.path = ff_arena_dup(arena, path), .root = root};
    const char *trouble = read_text(python, module, &text);
    if (trouble)
        module->scope.open = (ff_python_why){.words = trouble, .name = module->path};
    else if (ff_python_read(&module->source, text, arena) == FF_OK &&
             ff_python_room_spend(&python->room, module->source.nodes))
        work_out(python, module);
    else
        module->scope.open = (ff_python_why){.words = "is too much to work out", .name = module->path};
    return module;
}

ff_python_value ff_python_get(const ff_python_module *module, ff_slice name)
{
    const ff_python_binding *binding = ff_python_scope_find(&module->scope, name);
    if (binding)
        return ff_python_scope_value(&module->scope, binding);
    if (module->scope.open.words)
        return ff_python_value_unknown(module->scope.open);
    return ff_python_value_unknown((ff_python_why){.words = "is assigned nowhere in what was read", .name = name});
}
