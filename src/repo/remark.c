#include "repo/remark.h"

typedef struct ff_language {
    const char *suffix;
    bool hash;          /* `#` at the start of a line or behind a blank */
    bool hash_anywhere; /* `#` behind anything */
    bool slashes;       /* `//` and C's own */
    bool docstrings;    /* three quotes */
} ff_language;

static const ff_language LANGUAGES[] = {
    {.suffix = ".py", .hash = true, .hash_anywhere = true, .docstrings = true},
    {.suffix = ".pyi", .hash = true, .hash_anywhere = true, .docstrings = true},
    {.suffix = ".toml", .hash = true, .hash_anywhere = true},
    {.suffix = ".sh", .hash = true},
    {.suffix = ".bash", .hash = true},
    {.suffix = ".yml", .hash = true},
    {.suffix = ".yaml", .hash = true},
    {.suffix = ".cfg", .hash = true},
    {.suffix = ".ini", .hash = true},
    {.suffix = ".conf", .hash = true},
    {.suffix = ".env", .hash = true},
    {.suffix = ".rb", .hash = true},
    {.suffix = ".mk", .hash = true},
    {.suffix = ".tf", .hash = true, .slashes = true},
    {.suffix = ".txt", .hash = true},
    {.suffix = "Dockerfile", .hash = true},
    {.suffix = "Makefile", .hash = true},
    {.suffix = ".js", .slashes = true},
    {.suffix = ".mjs", .slashes = true},
    {.suffix = ".cjs", .slashes = true},
    {.suffix = ".jsx", .slashes = true},
    {.suffix = ".ts", .slashes = true},
    {.suffix = ".tsx", .slashes = true},
    {.suffix = ".go", .slashes = true},
    {.suffix = ".rs", .slashes = true},
    {.suffix = ".java", .slashes = true},
    {.suffix = ".kt", .slashes = true},
    {.suffix = ".kts", .slashes = true},
    {.suffix = ".gradle", .slashes = true},
    {.suffix = ".php", .hash = true, .slashes = true},
    {.suffix = ".c", .slashes = true},
    {.suffix = ".h", .slashes = true},
    {.suffix = ".css", .slashes = true},
    {.suffix = ".scss", .slashes = true},
};

/* A place in the text, and what was seen before it. */
typedef struct ff_scan {
    const ff_language *language;
    char *text; /* the copy, which is blanked in place */
    size_t len, at;
    size_t depth;   /* of brackets */
    bool statement; /* nothing of the statement stands before */
} ff_scan;

static const ff_language *language_of(ff_slice path)
{
    for (size_t i = 0; i < sizeof LANGUAGES / sizeof *LANGUAGES; i++)
        if (ff_slice_ends(path, ff_slice_of(LANGUAGES[i].suffix)))
            return &LANGUAGES[i];
    return NULL;
}

static bool looking_at(const ff_scan *scan, const char *text)
{
    return ff_slice_starts((ff_slice){scan->text + scan->at, scan->len - scan->at}, ff_slice_of(text));
}

/* Blanks up to `end`, line ends aside. */
static void blank_to(ff_scan *scan, size_t end)
{
    for (; scan->at < end; scan->at++)
        if (scan->text[scan->at] != '\n' && scan->text[scan->at] != '\r')
            scan->text[scan->at] = ' ';
}

/* The offset behind the next `text` from `from` on; that of the end if there is none. */
static size_t behind_next(const ff_scan *scan, size_t from, ff_slice text)
{
    ff_slice rest = ff_slice_from((ff_slice){scan->text, scan->len}, from);
    size_t found = ff_slice_find(rest, text);
    return found == SIZE_MAX ? scan->len : from + found + text.len;
}

/* The offset behind the string that begins here with `quote`. Three quotes, and a backquote, go over lines. */
static size_t end_of_string(const ff_scan *scan, char quote, size_t width)
{
    size_t at = scan->at + width;
    for (; at < scan->len; at++) {
        if (scan->text[at] == '\\') {
            at++;
            continue;
        }
        if (scan->text[at] == '\n' && width == 1 && quote != '`')
            return at;
        if (scan->text[at] == quote &&
            (width == 1 || (at + 2 < scan->len && scan->text[at + 1] == quote && scan->text[at + 2] == quote)))
            return at + width;
    }
    return scan->len;
}

static void pass_string(ff_scan *scan)
{
    char quote = scan->text[scan->at];
    const char three[] = {quote, quote, quote, 0};
    bool triple = scan->language->docstrings && looking_at(scan, three);
    size_t end = end_of_string(scan, quote, triple ? 3 : 1);
    if (end > scan->len)
        end = scan->len;
    if (triple && scan->statement && !scan->depth)
        blank_to(scan, end);
    scan->at = end;
    scan->statement = false;
}

static bool is_hash_remark(const ff_scan *scan)
{
    char before = scan->at ? scan->text[scan->at - 1] : '\n';
    return scan->language->hash && scan->text[scan->at] == '#' &&
           (scan->language->hash_anywhere || before == ' ' || before == '\t' || before == '\n');
}

/* Passes a remark, if one begins here. */
static bool pass_remark(ff_scan *scan)
{
    bool line = is_hash_remark(scan) || (scan->language->slashes && looking_at(scan, "//"));
    if (line) {
        size_t end = behind_next(scan, scan->at, FF_LIT("\n"));
        blank_to(scan, end && end <= scan->len && scan->text[end - 1] == '\n' ? end - 1 : end);
        return true;
    }
    if (!scan->language->slashes || !looking_at(scan, "/*"))
        return false;
    blank_to(scan, behind_next(scan, scan->at + 2, FF_LIT("*/")));
    return true;
}

static void pass_byte(ff_scan *scan)
{
    char c = scan->text[scan->at++];
    if (c == '(' || c == '[' || c == '{')
        scan->depth++;
    else if ((c == ')' || c == ']' || c == '}') && scan->depth)
        scan->depth--;
    if (c == '\n')
        scan->statement = true;
    else if (c != ' ' && c != '\t' && c != '\r')
        scan->statement = false;
}

ff_slice ff_remark_blank(ff_arena *arena, ff_slice path, ff_slice text)
{
    const ff_language *language = language_of(path);
    if (!language)
        return text;
    ff_scan scan = {
        .language = language, .text = ff_arena_alloc(arena, text.len + 1), .len = text.len, .statement = true};
    if (!scan.text)
        return (ff_slice){0};
    if (text.len)
        memcpy(scan.text, text.ptr, text.len);
    while (scan.at < scan.len) {
        char c = scan.text[scan.at];
        if (pass_remark(&scan))
            continue;
        if (c == '"' || c == '\'' || (c == '`' && language->slashes))
            pass_string(&scan);
        else
            pass_byte(&scan);
    }
    return (ff_slice){scan.text, scan.len};
}
