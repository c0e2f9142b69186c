#include "repo/passage.h"
#include "repo/probe.h"
#include "repo/requirements.h"
#include "repo/well_known.h"

/* What a module is installed as, and itself. */
static void want_module(ff_requirements *requirements, ff_slice name)
{
    const char *packages = ff_known_packages_of(name);
    ff_slice rest = ff_slice_of(packages), package;
    size_t dot = ff_slice_find_byte(name, '.');
    ff_requirements_want(requirements, name);
    while (ff_slice_take_until(&rest, ' ', &package))
        ff_requirements_want(requirements, package);
    if (!packages && dot != SIZE_MAX)
        want_module(requirements, ff_slice_cut(name, dot)); /* `yaml.constructor` */
}

/* The name at the start of `text`: of `six>=1.9` and `requests[socks]` what stands before the signs. Empty: none. */
static ff_slice name_in(ff_slice text)
{
    size_t end = 0;
    text = ff_slice_trim(text);
    while (end < text.len && !strchr("=<>!~;[(@ ,", text.ptr[end]))
        end++;
    ff_slice name = ff_slice_cut(text, end);
    for (size_t i = 0; i < name.len; i++)
        if (strchr("/\\:'\"", name.ptr[i]))
            return (ff_slice){0};
    return name;
}

/* All of `psycopg2 or psycopg`. */
static void want_names(ff_requirements *requirements, ff_slice text)
{
    static const ff_slice OR = FF_TEXT(" or ");
    while (text.len) {
        size_t at = ff_slice_find(text, OR);
        ff_slice name = name_in(ff_slice_cut(text, at));
        if (name.len)
            want_module(requirements, name);
        text = at == SIZE_MAX ? (ff_slice){0} : ff_slice_from(text, at + OR.len);
    }
}

/* A file of the repository that makes `name` a module of its own, or NULL. */
static const ff_tree_entry *module_in(ff_repo *repo, ff_slice name)
{
    static const char *const SHAPES[] = {".py", "/__init__.py", "/*.py"};
    const ff_tree_entry *found = NULL;
    ff_slice first = ff_slice_cut(name, ff_slice_find_byte(name, '.'));
    if (ff_slice_find_byte(first, '*') != SIZE_MAX || ff_slice_find_byte(first, '?') != SIZE_MAX)
        return NULL;
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES && !found; i++) {
        size_t at = 0;
        ff_slice glob = ff_arena_printf(&repo->arena, "**/%.*s%s", FF_ARG(first), SHAPES[i]);
        found = glob.len ? ff_tree_next(repo->tree, glob, &at) : NULL;
    }
    return found;
}

/* The one version that a requirement allows; empty if it allows several. */
static ff_slice pinned(const ff_requirement *requirement)
{
    ff_slice version = requirement->version;
    bool pins = ff_slice_take_prefix(&version, FF_LIT("===")) || ff_slice_take_prefix(&version, FF_LIT("==")) ||
                ff_slice_take_prefix(&version, FF_LIT("=")) || requirement->exact;
    version = ff_slice_trim(version);
    for (size_t i = 0; i < version.len; i++)
        if (strchr("*,<>=!~^ |", version.ptr[i]))
            return (ff_slice){0};
    return pins ? version : (ff_slice){0};
}

/* `4.2` is any 4.2.x. */
static bool is_version(ff_slice version, ff_slice wanted)
{
    return ff_slice_starts(version, wanted) && (version.len == wanted.len || version.ptr[wanted.len] == '.');
}

static ff_status add_places(ff_repo *repo, const ff_requirements *requirements, ff_probe_answer *answer)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < requirements->items.count && status == FF_OK; i++) {
        const ff_requirement *each = &requirements->items.items[i];
        status = ff_probe_add_place(repo, answer, each->path, each->line, each->text);
    }
    return status;
}

/* `and so do 2 other places`; nothing for one. */
static const char *others_in_words(size_t count)
{
    return count == 2 ? ", and so does one other place" : count > 2 ? ", and so do others" : "";
}

static ff_status say_required(ff_repo *repo, const ff_requirements *requirements, ff_probe_answer *answer)
{
    const ff_requirement *first = &requirements->items.items[0];
    if (first->locked)
        return ff_probe_say(repo, answer, FF_PROBE_FOUND,
                            "%.*s:%u locks “%.*s” at %.*s; no other file asks for it by name", FF_ARG(first->path),
                            (unsigned)first->line, FF_ARG(first->text), FF_ARG(first->version));
    return ff_probe_say(repo, answer, FF_PROBE_FOUND, "%.*s:%u requires “%.*s”%s%s", FF_ARG(first->path),
                        (unsigned)first->line, FF_ARG(first->text), first->version.len ? "" : ", in any version",
                        others_in_words(requirements->items.count));
}

/* The first place that pins this version decides; then one that allows several; then one that pins another. */
static ff_status say_version(ff_repo *repo, const ff_requirements *requirements, ff_slice wanted,
                             ff_probe_answer *answer)
{
    const ff_requirement *open = NULL, *first = &requirements->items.items[0];
    for (size_t i = 0; i < requirements->items.count; i++) {
        const ff_requirement *each = &requirements->items.items[i];
        ff_slice version = pinned(each);
        if (version.len && is_version(version, wanted))
            return ff_probe_say(repo, answer, FF_PROBE_FOUND, "%.*s:%u requires “%.*s” at %.*s", FF_ARG(each->path),
                                (unsigned)each->line, FF_ARG(each->text), FF_ARG(version));
        open = !version.len && !open ? each : open;
    }
    if (open)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "%.*s:%u requires “%.*s”, which does not tell one version",
                            FF_ARG(open->path), (unsigned)open->line, FF_ARG(open->text));
    return ff_probe_say(repo, answer, FF_PROBE_MISSING, "%.*s:%u requires “%.*s”, which is not %.*s",
                        FF_ARG(first->path), (unsigned)first->line, FF_ARG(first->text), FF_ARG(wanted));
}

static ff_status say_own(ff_repo *repo, const ff_tree_entry *entry, ff_slice name, ff_probe_answer *answer)
{
    ff_status status = ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "“%.*s” may be a module of the repository (%.*s)",
                                    FF_ARG(name), FF_ARG(entry->path));
    return status == FF_OK ? ff_probe_add_place(repo, answer, entry->path, 0, (ff_slice){0}) : status;
}

static ff_status say_none(ff_repo *repo, const ff_requirements *requirements, ff_slice name, ff_probe_answer *answer)
{
    const ff_tree_entry *own = module_in(repo, name);
    if (own)
        return say_own(repo, own, name, answer);
    if (!requirements->files.count)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "no file of Python requirements was found");
    if (!requirements->whole)
        return ff_probe_say(repo, answer, FF_PROBE_UNKNOWN, "what could be read does not require “%.*s”, but %.*s",
                            FF_ARG(name), FF_ARG(requirements->why));
    if (requirements->files.count == 1)
        return ff_probe_say(repo, answer, FF_PROBE_MISSING, "%.*s does not require “%.*s”",
                            FF_ARG(requirements->files.items[0]), FF_ARG(name));
    return ff_probe_say(repo, answer, FF_PROBE_MISSING, "none of %zu files requires “%.*s”", requirements->files.count,
                        FF_ARG(name));
}

ff_status ff_probe_python_requirement(ff_repo *repo, const ff_probe_question *question, ff_probe_answer *answer)
{
    ff_slice name = ff_probe_param_of(question, "name"), version = ff_probe_param_of(question, "version");
    const char *other = !name_in(name).len             ? "no name of a package"
                        : ff_known_python_module(name) ? "a part of Python itself, not a package"
                                                       : NULL;
    ff_requirements requirements;
    ff_arena arena;
    if (other)
        return ff_probe_say(repo, answer, FF_PROBE_MOOT, "“%.*s” is %s", FF_ARG(ff_passage_quote(&repo->arena, name)),
                            other);
    ff_arena_init(&arena, 0);
    ff_requirements_init(&requirements, repo, &arena);
    want_names(&requirements, name);
    ff_status status = ff_requirements_read(&requirements);
    if (status == FF_OK && !requirements.items.count)
        status = say_none(repo, &requirements, name, answer);
    else if (status == FF_OK)
        status =
            version.len ? say_version(repo, &requirements, version, answer) : say_required(repo, &requirements, answer);
    if (status == FF_OK)
        status = add_places(repo, &requirements, answer);
    ff_arena_release(&arena);
    return status;
}
