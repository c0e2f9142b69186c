#include "base/limits.h"
#include "base/yaml.h"
#include "repo/probe.h"
#include "repo/well_known.h"

/* Why a package is there: https://docs.npmjs.com/cli/configuring-npm/package-json */
static const struct {
    const char *key, *words;
} KINDS[] = {
    {"dependencies", "requires"},
    {"devDependencies", "requires, for development,"},
    {"peerDependencies", "expects"},
    {"optionalDependencies", "requires, where it can be had,"},
};

/* What the files package.json say, one after the other. */
typedef struct search {
    ff_repo *repo;
    ff_slice name;
    ff_probe_answer *answer;
    uint32_t files;
    ff_slice first; /* of them */
    ff_slice why;   /* why one was not read, a clause */
    bool found;
} search;

/* `lodash/fp` is a part of `lodash`, `@scope/name/part` of `@scope/name`; `eslint@9.1.0` is a version of `eslint`. */
static ff_slice package_of(ff_slice module)
{
    size_t scope = ff_slice_starts(module, FF_LIT("@")) ? ff_slice_find_byte(module, '/') : SIZE_MAX;
    size_t end = scope == SIZE_MAX ? 0 : scope + 1;
    while (end < module.len && module.ptr[end] != '/' && (module.ptr[end] != '@' || end == 0))
        end++;
    return ff_slice_cut(module, end);
}

/* What a name is if it is not a package's; NULL for one that may be.
 * https://github.com/npm/validate-npm-package-name has the rules of names. */
static const char *other_than_package(ff_slice name)
{
    ff_slice package = package_of(name);
    if (strchr("./\\", *name.ptr) || (name.len > 1 && name.ptr[1] == ':'))
        return "a file, not a package";
    if (strchr("~#", *name.ptr) || ff_slice_starts(name, FF_LIT("@/")))
        return "an alias for a file, not a package";
    if (ff_slice_starts(name, FF_LIT("node:")) || ff_known_node_module(package))
        return "a part of Node itself, not a package";
    for (size_t i = 0; i < package.len; i++)
        if (strchr(" :\"'<>|*?!()", package.ptr[i]))
            return "no name of a package";
    return NULL;
}

static ff_status take_package(search *s, ff_slice path, const ff_yaml_node *root)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        const ff_yaml_node *kind = ff_yaml_get(root, KINDS[i].key);
        for (const ff_yaml_node *each = kind && kind->type == FF_YAML_MAP ? kind->child : NULL; each;
             each = each->next) {
            if (!ff_slice_eq(each->key->text, s->name))
                continue;
            ff_status status = FF_OK;
            if (!s->found)
                status = ff_probe_say(s->repo, s->answer, FF_PROBE_FOUND, "%.*s:%u %s “%.*s” “%.*s”", FF_ARG(path),
                                      (unsigned)each->key->line, KINDS[i].words, FF_ARG(s->name), FF_ARG(each->text));
            s->found = true;
            ff_slice text =
                ff_arena_printf(&s->repo->arena, "\"%.*s\": \"%.*s\"", FF_ARG(each->key->text), FF_ARG(each->text));
            if (status != FF_OK)
                return status;
            return ff_probe_add_place(s->repo, s->answer, path, each->key->line, text);
        }
    }
    return FF_OK;
}

/* JSON is YAML; what YAML refuses of it (a key above 1024 bytes) is said to be broken. */
static ff_status read_package(search *s, ff_slice path)
{
    ff_slice text = {0};
    ff_error reason = {0};
    ff_arena arena;
    const ff_yaml_node *root = NULL;
    ff_arena_init(&arena, 0);
    ff_yaml_reading reading = {.file = "package.json", .nodes = &arena, .texts = &arena, .lenient = true};
    ff_status status = ff_tree_read(s->repo->tree, path, &text, &reason), told = FF_OK;
    if (status == FF_OK)
        status = ff_yaml_read(&reading, text, &root, &reason);
    if (status != FF_OK && status != FF_NOMEM && !s->why.len)
        s->why = ff_arena_printf(&s->repo->arena, "%.*s could not be read to its end", FF_ARG(path));
    if (root && status != FF_NOMEM)
        told = take_package(s, path, root);
    ff_arena_release(&arena);
    return status == FF_NOMEM ? status : told;
}

static ff_status read_packages(search *s)
{
    const ff_tree_entry *entry;
    ff_status status = FF_OK;
    for (size_t at = 0; status == FF_OK && (entry = ff_tree_next(s->repo->tree, FF_LIT("**/package.json"), &at));) {
        if (ff_slice_find(entry->path, FF_LIT("node_modules/")) != SIZE_MAX)
            continue;
        if (s->files == FF_LIMIT_PROBE_FILES) {
            s->why = FF_LIT("there are more files package.json than are read");
            break;
        }
        s->first = s->files++ ? s->first : entry->path;
        status = read_package(s, entry->path);
    }
    return status;
}

static ff_status say_none(const search *s)
{
    ff_slice why = s->why.len || s->repo->tree->whole ? s->why : s->repo->tree->lacks;
    if (!s->files)
        return ff_probe_say(s->repo, s->answer, FF_PROBE_UNKNOWN, "no package.json was found");
    if (why.len)
        return ff_probe_say(s->repo, s->answer, FF_PROBE_UNKNOWN, "what could be read does not name “%.*s”, but %.*s",
                            FF_ARG(s->name), FF_ARG(why));
    if (s->files > 1)
        return ff_probe_say(s->repo, s->answer, FF_PROBE_MISSING, "none of %u files package.json names “%.*s”",
                            (unsigned)s->files, FF_ARG(s->name));
    return ff_probe_say(s->repo, s->answer, FF_PROBE_MISSING, "%.*s does not name “%.*s”", FF_ARG(s->first),
                        FF_ARG(s->name));
}

ff_status ff_probe_npm_requirement(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    ff_slice name = ff_probe_param_of(question, "name");
    search s = {.repo = repo, .name = package_of(name), .answer = answer};
    const char *other = other_than_package(name);
    if (other)
        return ff_probe_say(repo, answer, FF_PROBE_MOOT, "“%.*s” is %s", FF_ARG(name), other);
    ff_status status = read_packages(&s);
    return status == FF_OK && !s.found ? say_none(&s) : status;
}
