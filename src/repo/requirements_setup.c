#include "base/yaml.h"
#include "python/python_module.h"
#include "repo/requirements.h"

/* ---- setup.py ---- */

static void take_keyword(const ff_requirements_file *file, ff_python *python, const ff_python_module *module,
                         const ff_python_node *keyword)
{
    ff_python_value value = ff_python_evaluate(python, module, keyword->child);
    for (size_t i = 0; i < value.items.count; i++)
        ff_requirements_take(file, value.items.items[i].line, value.items.items[i].text);
    if (value.sort != FF_VALUE_LIST || value.open) {
        ff_slice why = ff_python_why_say(&value.why, file->of->arena);
        ff_requirements_open(file->of, "%.*s", FF_ARG(why));
    }
}

/* `extras_require` and the like are dictionaries, which are not looked into: what they bring is asked for by nobody
 * unless he names it. False if the statement is no call of setup(). */
static bool take_setup(const ff_requirements_file *file, ff_python *python, const ff_python_module *module,
                       const ff_python_node *call)
{
    if (!ff_python_is(call->child, "setup") && !ff_python_is(call->child, "setuptools.setup"))
        return false;
    for (const ff_python_node *each = call->child->next; each; each = each->next) {
        if (each->type != FF_PYTHON_KEYWORD)
            continue;
        if (ff_slice_eq(each->text, FF_LIT("install_requires")))
            take_keyword(file, python, module, each);
        else if (!each->text.len)
            ff_requirements_open(file->of, "%.*s:%u hands over what is not known", FF_ARG(file->path),
                                 (unsigned)each->line);
    }
    return true;
}

void ff_requirements_read_setup(const ff_requirements_file *file)
{
    ff_arena arena;
    ff_python python;
    bool found = false;
    ff_arena_init(&arena, 0);
    ff_python_init(&python, file->of->repo->tree, &arena);
    const ff_python_module *module = ff_python_load(&python, file->path, file->folder);
    for (size_t i = 0; module && i < module->source.statements.count; i++) {
        const ff_python_statement *statement = &module->source.statements.items[i];
        if (statement->verb == FF_PYTHON_DO && take_setup(file, &python, module, statement->value))
            found = true;
    }
    if (module && module->source.trouble)
        ff_requirements_open(file->of, "“%.*s” cannot be read to its end: %s (line %u)", FF_ARG(file->path),
                             module->source.trouble, (unsigned)module->source.trouble_line);
    else if (!found)
        ff_requirements_open(file->of, "“%.*s” calls setup() where it cannot be seen", FF_ARG(file->path));
    file->of->arena->failed = file->of->arena->failed || arena.failed;
    ff_arena_release(&arena);
}

/* ---- environment.yml ---- */

/* `channel::name=1.2=build`: https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html */
static void take_conda(const ff_requirements_file *file, const ff_yaml_node *node)
{
    ff_slice text = ff_slice_trim(node->text);
    size_t channel = ff_slice_find(text, FF_LIT("::"));
    ff_requirements_take(file, node->line, channel == SIZE_MAX ? text : ff_slice_from(text, channel + 2));
}

static void take_dependencies(const ff_requirements_file *file, const ff_yaml_node *list)
{
    for (const ff_yaml_node *each = list ? list->child : NULL; each; each = each->next) {
        const ff_yaml_node *pip = ff_yaml_get(each, "pip");
        if (each->type == FF_YAML_SCALAR)
            take_conda(file, each);
        for (const ff_yaml_node *of = pip ? pip->child : NULL; of; of = of->next) {
            if (of->type == FF_YAML_SCALAR && !ff_slice_starts(of->text, FF_LIT("-")))
                ff_requirements_take(file, of->line, of->text);
            else
                ff_requirements_open(file->of, "%.*s:%u includes other files", FF_ARG(file->path), (unsigned)of->line);
        }
    }
}

void ff_requirements_read_conda(const ff_requirements_file *file)
{
    ff_arena arena;
    const ff_yaml_node *root = NULL;
    ff_error error = {0};
    ff_arena_init(&arena, 0);
    ff_yaml_reading reading = {.file = "environment", .nodes = &arena, .texts = &arena, .lenient = true};
    ff_status status = ff_yaml_read(&reading, file->text, &root, &error);
    take_dependencies(file, ff_yaml_get(root, "dependencies"));
    if (status == FF_NOMEM)
        file->of->arena->failed = true;
    else if (status != FF_OK)
        ff_requirements_open(file->of, "“%.*s” is broken YAML", FF_ARG(file->path));
    ff_arena_release(&arena);
}
