#include "diagnose/mask.h"

enum { WORK_DEPTH_MAX = 8 }; /* folders above a checkout */

typedef struct ff_folder {
    ff_slice prefix;
    uint32_t names; /* folders below it that go with it: OWNER/REPO, a user */
    ff_slice instead;
} ff_folder;

/* Longer ones before those that they begin with. */
static const ff_folder FOLDERS[] = {
    {FF_TEXT("/github/workspace"), 0, FF_TEXT("")},
    {FF_TEXT("/home" /* of Travis */ "/travis/build"), 2, FF_TEXT("")},
    {FF_TEXT("/builds"), 2, FF_TEXT("")},
    {FF_TEXT("/opt/hostedtoolcache"), 3, FF_TEXT("")}, /* its name, its version, the processor */
    {FF_TEXT("/hostedtoolcache/windows"), 3, FF_TEXT("")},
    {FF_TEXT("/Users/runner/hostedtoolcache"), 3, FF_TEXT("")},
    {FF_TEXT("/home"), 1, FF_TEXT("~/")},
    {FF_TEXT("/Users"), 1, FF_TEXT("~/")},
    {FF_TEXT("/root"), 0, FF_TEXT("~/")},
};

/* Below them stands what somebody needed for a moment. */
static const struct {
    ff_slice prefix;
    uint32_t names;
} TEMPORARY[] = {
    {FF_TEXT("/private/var/folders"), 3},
    {FF_TEXT("/var/folders"), 3},
    {FF_TEXT("/private/tmp"), 0},
    {FF_TEXT("/var/tmp"), 0},
    {FF_TEXT("/tmp"), 0},
};

/* Of packages only what is below these folders is theirs. */
static const ff_slice LIBRARIES[] = {FF_TEXT("/site-packages/"), FF_TEXT("/dist-packages/")};

static bool is_path_end(char c)
{
    return (unsigned char)c <= ' ' || strchr("\"'`:;,()<>|[]{}", c) != NULL;
}

static ff_slice path_of(ff_slice text, size_t from)
{
    size_t end = from;
    while (end < text.len && !is_path_end(text.ptr[end]))
        end++;
    while (end > from && text.ptr[end - 1] == '.')
        end--;
    return ff_slice_cut(text, end);
}

/* The next name of a path that stands at a `/`; false at its end. */
static bool take_name(ff_slice *path, ff_slice *name)
{
    if (!ff_slice_take_prefix(path, FF_LIT("/")))
        return false;
    size_t end = ff_slice_find_byte(*path, '/');
    *name = ff_slice_cut(*path, end);
    *path = ff_slice_from(*path, name->len);
    return name->len > 0;
}

static bool take_folder(ff_slice *path, ff_slice prefix, uint32_t names)
{
    ff_slice rest = *path, name;
    if (!ff_slice_take_prefix(&rest, prefix) || (rest.len && rest.ptr[0] != '/'))
        return false;
    for (uint32_t i = 0; i < names; i++)
        if (!take_name(&rest, &name))
            return false;
    *path = rest;
    return true;
}

static bool is_work(ff_slice name)
{
    static const ff_slice names[] = {FF_TEXT("work"), FF_TEXT("_work"), FF_TEXT("__w"), FF_TEXT("a")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ff_slice_eq(name, names[i]))
            return true;
    return false;
}

/* A runner's `work/REPO/REPO`, wherever it is installed; behind it stands the path in the repository. Its `_temp` is
 * told by `temporary`. */
static bool take_work(ff_slice *path, bool *temporary)
{
    ff_slice rest = *path, above = {0}, name, again;
    for (int depth = 0; depth < WORK_DEPTH_MAX && take_name(&rest, &name); depth++) {
        ff_slice below = rest;
        *temporary = is_work(above) && ff_slice_eq(name, FF_LIT("_temp"));
        if (*temporary || (is_work(above) && take_name(&below, &again) && ff_slice_eq(name, again))) {
            *path = *temporary ? rest : below;
            return true;
        }
        above = name;
    }
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Names below a temporary folder: the first one is somebody's invention if a digit or `tmp` is in it; further down
 * only digits are. */
static void add_temporary(ff_buf *out, ff_slice path)
{
    ff_slice name;
    ff_buf_add(out, FF_LIT("/tmp"));
    for (bool first = true; take_name(&path, &name); first = false) {
        bool digit = false;
        for (size_t i = 0; i < name.len; i++)
            digit = digit || is_digit(name.ptr[i]);
        ff_buf_add_byte(out, '/');
        if (first && (digit || ff_slice_starts(name, FF_LIT("tmp")) || ff_slice_starts(name, FF_LIT("pytest-of-")))) {
            ff_buf_add_byte(out, '#');
            continue;
        }
        for (size_t i = 0; i < name.len; i++)
            if (!is_digit(name.ptr[i]))
                ff_buf_add_byte(out, name.ptr[i]);
            else if (i == 0 || !is_digit(name.ptr[i - 1]))
                ff_buf_add_byte(out, '#');
    }
}

static bool take_temporary(ff_slice *path)
{
    for (size_t i = 0; i < sizeof TEMPORARY / sizeof *TEMPORARY; i++)
        if (take_folder(path, TEMPORARY[i].prefix, TEMPORARY[i].names))
            return true;
    size_t at = ff_slice_find(*path, FF_LIT("/AppData/Local/Temp"));
    if (at >= path->len)
        return false;
    *path = ff_slice_from(*path, at + sizeof "/AppData/Local/Temp" - 1);
    return true;
}

/* Behind `lib/python3.11/`, where that is in the path; empty if it is not. */
static ff_slice in_python(ff_slice path)
{
    size_t at = ff_slice_find(path, FF_LIT("/lib/python"));
    ff_slice rest = ff_slice_from(path, at < path.len ? at + sizeof "/lib/python" - 1 : path.len);
    while (rest.len && (is_digit(rest.ptr[0]) || rest.ptr[0] == '.'))
        rest = ff_slice_from(rest, 1);
    return ff_slice_starts(rest, FF_LIT("/")) ? rest : (ff_slice){0};
}

/* The end of the path of an installed package, from `site-packages/` on; of Python's own library what is below it;
 * empty if it is neither. */
static ff_slice in_library(ff_slice path)
{
    for (size_t i = 0; i < sizeof LIBRARIES / sizeof *LIBRARIES; i++) {
        size_t at = ff_slice_find(path, LIBRARIES[i]);
        if (at < path.len)
            return ff_slice_from(path, at + 1);
    }
    return in_python(path);
}

bool ff_mask_take_folder(ff_slice *text, ff_buf *out)
{
    size_t drive = text->len > 2 && text->ptr[1] == ':' ? 2 : 0;
    ff_slice whole = path_of(*text, drive), path = ff_slice_from(whole, drive), library = in_library(path);
    bool temporary = false;
    ff_slice rest = path;
    if (library.len) {
        ff_buf_add(out, ff_slice_starts(library, FF_LIT("/")) ? FF_LIT("lib/") : (ff_slice){0});
        rest = library;
    } else if (take_temporary(&rest) || (take_work(&rest, &temporary) && temporary)) {
        add_temporary(out, rest);
        rest = (ff_slice){0};
    } else if (rest.len == path.len) {
        size_t i = 0;
        while (i < sizeof FOLDERS / sizeof *FOLDERS && !take_folder(&rest, FOLDERS[i].prefix, FOLDERS[i].names))
            i++;
        if (i == sizeof FOLDERS / sizeof *FOLDERS)
            return false;
        ff_buf_add(out, FOLDERS[i].instead);
    }
    if (rest.len)
        (void)ff_slice_take_prefix(&rest, FF_LIT("/"));
    *text = ff_slice_from(*text, whole.len - rest.len);
    return true;
}
