#include "repo/passage.h"
#include "repo/requirements.h"

/* A reader of lines, not of TOML: a table begins with its header on a line, a key stands at the start of its line, and
 * its value on that line or, for a list of strings, on those that follow. Dotted and quoted keys, and inline tables
 * over several lines, are not understood; nobody writes dependencies so, but what is written so is not seen. Format:
 * https://toml.io/en/v1.0.0 */

typedef enum table {
    OTHER,
    PROJECT, /* `dependencies` and `dynamic` are its keys */
    LISTS,   /* each key is a list of requirements */
    PAIRS,   /* each key is a package */
    PACKAGE, /* of a lock: `name` and `version` */
    NAMED,   /* a list of requirements if its key ends in `dependencies`, as `dev-dependencies` does */
    DYNAMIC, /* setuptools reads dependencies from files, which are read as such */
} table;

static const struct {
    ff_slice header; /* its beginning where it ends in a dot */
    table table;
} TABLES[] = {
    {FF_TEXT("[project]"), PROJECT},
    {FF_TEXT("[project.optional-dependencies]"), LISTS},
    {FF_TEXT("[dependency-groups]"), LISTS},
    {FF_TEXT("[tool.pdm.dev-dependencies]"), LISTS},
    {FF_TEXT("[tool.poetry.dependencies]"), PAIRS},
    {FF_TEXT("[tool.poetry.dev-dependencies]"), PAIRS},
    {FF_TEXT("[tool.poetry.group."), PAIRS},
    {FF_TEXT("[tool.uv]"), NAMED},
    {FF_TEXT("[tool.hatch.envs."), NAMED},
    {FF_TEXT("[packages]"), PAIRS},
    {FF_TEXT("[dev-packages]"), PAIRS},
    {FF_TEXT("[[package]]"), PACKAGE},
    {FF_TEXT("[tool.setuptools.dynamic]"), DYNAMIC},
};

typedef struct reader {
    const ff_requirements_file *file;
    table table;
    bool in_list;     /* the lines that follow are members of a list of requirements */
    bool in_dynamic;  /* of the list `dynamic` */
    ff_slice package; /* of a lock, whose version comes on the next line */
    bool dynamic, files;
    uint32_t line;
} reader;

static table table_of(ff_slice header)
{
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) {
        bool begins = ff_slice_ends(TABLES[i].header, FF_LIT("."));
        if (begins ? ff_slice_starts(header, TABLES[i].header) : ff_slice_eq(header, TABLES[i].header))
            return TABLES[i].table;
    }
    return OTHER;
}

/* Takes the next string in quotes; false at a comment, at `]` and at the end, which `*ended` tells apart. */
static bool take_string(ff_slice *rest, ff_slice *text, bool *closed)
{
    *closed = false;
    for (size_t i = 0; i < rest->len; i++) {
        char c = rest->ptr[i];
        *closed = c == ']';
        if (*closed || c == '#')
            return false;
        if (c != '"' && c != '\'')
            continue;
        ff_slice behind = ff_slice_from(*rest, i + 1);
        size_t length = ff_slice_find_byte(behind, c);
        *text = ff_slice_cut(behind, length);
        *rest = ff_slice_from(behind, length == SIZE_MAX ? behind.len : length + 1);
        return true;
    }
    return false;
}

static void take_list(reader *r, ff_slice rest)
{
    ff_slice text;
    bool closed;
    while (take_string(&rest, &text, &closed)) {
        if (r->in_list)
            ff_requirements_take(r->file, r->line, text);
        r->dynamic = r->dynamic || (r->in_dynamic && ff_slice_eq(text, FF_LIT("dependencies")));
    }
    if (closed)
        r->in_list = r->in_dynamic = false;
}

/* `"^4.2"`, or `{version = "^4.2", extras = […]}`. */
static ff_slice version_in(ff_slice value)
{
    static const ff_slice mark = FF_TEXT("version");
    ff_slice version = {0};
    bool closed;
    if (ff_slice_starts(value, FF_LIT("{"))) {
        size_t at = ff_slice_find(value, mark);
        if (at == SIZE_MAX)
            return (ff_slice){0};
        value = ff_slice_from(value, at + mark.len);
    }
    (void)take_string(&value, &version, &closed);
    return version;
}

static bool is_list_of(table kind, ff_slice key)
{
    static const ff_slice word = FF_TEXT("dependencies");
    return kind == LISTS || (kind == NAMED && ff_slice_ends(key, word)) || (kind == PROJECT && ff_slice_eq(key, word));
}

static void take_member(reader *r, ff_slice key, ff_slice value, ff_slice line)
{
    bool list = ff_slice_starts(value, FF_LIT("["));
    if (r->table == PAIRS)
        ff_requirements_take_pair(r->file, r->line, key, version_in(value), line);
    r->files = r->files || (r->table == DYNAMIC && ff_slice_eq(key, FF_LIT("dependencies")));
    r->in_list = list && is_list_of(r->table, key);
    r->in_dynamic = list && r->table == PROJECT && ff_slice_eq(key, FF_LIT("dynamic"));
    if (r->in_list || r->in_dynamic)
        take_list(r, ff_slice_from(value, 1));
    if (r->table == PACKAGE && ff_slice_eq(key, FF_LIT("name")))
        r->package = version_in(value);
    if (r->table == PACKAGE && ff_slice_eq(key, FF_LIT("version"))) {
        ff_requirements_take_pair(r->file, r->line, r->package, version_in(value), r->package);
        r->package = (ff_slice){0};
    }
}

static void take_line(reader *r, ff_slice line)
{
    size_t equals = ff_slice_find_byte(line, '=');
    if (r->in_list || r->in_dynamic) {
        take_list(r, line);
        return;
    }
    if (*line.ptr == '[') {
        size_t end = ff_slice_find_byte(line, '#');
        r->table = table_of(ff_slice_trim(ff_slice_cut(line, end)));
        return;
    }
    if (*line.ptr == '#' || equals == SIZE_MAX)
        return;
    ff_slice key = ff_slice_trim(ff_slice_cut(line, equals));
    if (key.len > 1 && (*key.ptr == '"' || *key.ptr == '\''))
        key = ff_slice_cut(ff_slice_from(key, 1), key.len - 2);
    take_member(r, key, ff_slice_trim(ff_slice_from(line, equals + 1)), line);
}

void ff_requirements_read_toml(const ff_requirements_file *file)
{
    ff_passage passage = {.rest = file->text};
    reader r = {.file = file};
    ff_slice line;
    while (ff_passage_next(&passage, &line)) {
        line = ff_slice_trim(line);
        r.line = passage.line;
        if (line.len)
            take_line(&r, line);
    }
    if (r.in_list || (r.dynamic && !r.files))
        ff_requirements_open(file->of, "%.*s %s", FF_ARG(file->path),
                             r.in_list ? "has a list that does not end" : "leaves its dependencies to a program");
}
