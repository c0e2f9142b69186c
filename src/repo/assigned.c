#include "repo/assigned.h"

#include "base/limits.h"

/* Names through which settings read the environment, those of django-environ and python-decouple included. */
static const char *const ENVIRONMENT[] = {"environ", "getenv", "env", "ENV", "config", "secrets", "get_secret"};

/* Calls that leave their argument what it is. */
static const char *const TRANSPARENT[] = {"list", "tuple", "set", "frozenset", "sorted"};

static const char *const CONSTANTS[] = {"True", "False", "None"};
static const char *const CHOICES[] = {"if", "else", "or", "and"};

#define HAS(table, word) has((table), sizeof(table) / sizeof *(table), (word))

/* Strings side by side are joined up to here; longer ones are no names of anything. More texts than these are no list
 * that people wrote; what comes behind them counts as computed. */
enum { JOINED_BYTES = 1024, TEXTS = 4096 };

/* How a method changes a list. */
static const struct {
    const char *name;
    bool adds; /* its arguments */
} METHODS[] = {{"append", true}, {"extend", true}, {"insert", true}, {"remove", false}, {"clear", false}};

typedef enum ff_before { BEFORE_NOTHING, BEFORE_TEXT, BEFORE_NAME, BEFORE_WRAPPER, BEFORE_CLOSE } ff_before;

typedef struct ff_reader {
    ff_slice code;
    size_t at;
    uint32_t line;
    ff_arena *arena;
    ff_assigned *found; /* NULL while a statement is passed that does not matter */
    size_t first;       /* of the texts of this statement */
    size_t strings;     /* that the last of them was joined of */
    bool perhaps;
    size_t depth, opaque; /* brackets; those from depth `opaque` on hold arguments, not items. 0: none */
    ff_before before;
} ff_reader;

static bool has(const char *const *table, size_t count, ff_slice word)
{
    for (size_t i = 0; i < count; i++)
        if (ff_slice_eq(word, ff_slice_of(table[i])))
            return true;
    return false;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static char peek(const ff_reader *reader)
{
    return reader->at < reader->code.len ? reader->code.ptr[reader->at] : 0;
}

static void skip_blanks(ff_reader *reader)
{
    while (peek(reader) == ' ' || peek(reader) == '\t')
        reader->at++;
}

static ff_slice take_name(ff_reader *reader)
{
    size_t from = reader->at;
    while (is_name_byte(peek(reader)))
        reader->at++;
    return (ff_slice){reader->code.ptr + from, reader->at - from};
}

static void open_value(ff_reader *reader, bool environment)
{
    ff_assigned *found = reader->found;
    if (!found)
        return;
    if (!found->open || (environment && !found->environment))
        found->open = reader->line;
    found->environment = found->environment || environment;
    found->computed = found->computed || !environment;
}

/* ---- texts ---- */

/* The inside of the string that begins here; the line is counted on. An unended one stops at its line's end. */
static ff_slice take_string(ff_reader *reader)
{
    char quote = peek(reader);
    ff_slice rest = ff_slice_from(reader->code, reader->at);
    const char three[] = {quote, quote, quote};
    size_t width = ff_slice_starts(rest, (ff_slice){three, 3}) ? 3 : 1, from = reader->at + width;
    for (reader->at = from; reader->at < reader->code.len; reader->at++) {
        char c = reader->code.ptr[reader->at];
        ff_slice here = ff_slice_from(reader->code, reader->at);
        if (c == '\n' && width == 1)
            break;
        if (ff_slice_starts(here, (ff_slice){three, width})) {
            ff_slice inside = {reader->code.ptr + from, reader->at - from};
            reader->at += width;
            return inside;
        }
        if (c == '\\' && here.len > 1)
            c = reader->code.ptr[++reader->at];
        reader->line += c == '\n';
    }
    return (ff_slice){reader->code.ptr + from, reader->at - from};
}

/* Strings side by side are one. */
static bool add_text(ff_reader *reader, ff_slice text, uint32_t line)
{
    ff_assigned *found = reader->found;
    if (reader->before == BEFORE_TEXT && found->texts.count > reader->first) {
        ff_assigned_text *last = &found->texts.items[found->texts.count - 1];
        if (!text.len)
            return true;
        if (last->text.len + text.len > JOINED_BYTES || ++reader->strings > FF_LIMIT_PYTHON_STRINGS) {
            open_value(reader, false);
            return true;
        }
        char *joined = ff_arena_alloc(reader->arena, last->text.len + text.len);
        if (!joined)
            return false;
        if (last->text.len)
            memcpy(joined, last->text.ptr, last->text.len);
        memcpy(joined + last->text.len, text.ptr, text.len);
        last->text = (ff_slice){joined, last->text.len + text.len};
        return true;
    }
    if (found->texts.count == TEXTS) {
        open_value(reader, false);
        return true;
    }
    ff_assigned_text *added = FF_ARRAY_PUSH(reader->arena, &found->texts);
    if (!added)
        return false;
    reader->strings = 1;
    *added = (ff_assigned_text){.text = text, .line = line, .perhaps = reader->perhaps};
    return true;
}

static bool read_string(ff_reader *reader, bool formatted)
{
    uint32_t line = reader->line;
    ff_slice text = take_string(reader);
    bool kept = true;
    if (reader->found && !reader->opaque) {
        if ((formatted && ff_slice_find_byte(text, '{') != SIZE_MAX) || ff_slice_find_byte(text, '\\') != SIZE_MAX)
            open_value(reader, false);
        kept = add_text(reader, text, line);
    }
    reader->before = BEFORE_TEXT;
    return kept;
}

/* ---- values ---- */

static bool read_name(ff_reader *reader)
{
    bool attribute = reader->at && reader->code.ptr[reader->at - 1] == '.';
    ff_slice name = take_name(reader);
    bool prefix = name.len <= 2 && (peek(reader) == '"' || peek(reader) == '\'');
    if (prefix)
        return read_string(reader, ff_slice_find_nocase(name, FF_LIT("f")) != SIZE_MAX);
    reader->before = BEFORE_NAME;
    if (!attribute && HAS(TRANSPARENT, name)) {
        reader->before = BEFORE_WRAPPER;
    } else if (HAS(CHOICES, name)) {
        reader->before = BEFORE_NOTHING;
        open_value(reader, false);
        reader->perhaps = true;
    } else if (!HAS(CONSTANTS, name) && (name.ptr[0] < '0' || name.ptr[0] > '9')) {
        open_value(reader, HAS(ENVIRONMENT, name));
    }
    return true;
}

/* A bracket behind a name or another bracket's end is a call or an index: what stands in it is no item. */
static void read_open(ff_reader *reader)
{
    bool argument = reader->before == BEFORE_NAME || reader->before == BEFORE_CLOSE || reader->before == BEFORE_TEXT;
    reader->depth++;
    if (argument && !reader->opaque)
        reader->opaque = reader->depth;
    reader->before = BEFORE_NOTHING;
}

static void read_close(ff_reader *reader)
{
    if (reader->depth && reader->depth == reader->opaque)
        reader->opaque = 0;
    reader->depth -= reader->depth > 0;
    reader->before = BEFORE_CLOSE;
}

static bool read_token(ff_reader *reader)
{
    char c = peek(reader);
    if (is_name_byte(c))
        return read_name(reader);
    if (c == '"' || c == '\'')
        return read_string(reader, false);
    reader->at++;
    if (c == '(' || c == '[' || c == '{')
        read_open(reader);
    else if (c == ')' || c == ']' || c == '}')
        read_close(reader);
    else if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\\')
        reader->before = c == '.' ? reader->before : BEFORE_NOTHING;
    reader->line += c == '\n';
    return true;
}

/* Reads on to the end of the statement: a line end outside of brackets that no backslash takes away. */
static bool read_statement(ff_reader *reader)
{
    bool kept = true;
    reader->before = BEFORE_NOTHING;
    while (kept && reader->at < reader->code.len) {
        bool end = peek(reader) == '\n' && !reader->depth && (!reader->at || reader->code.ptr[reader->at - 1] != '\\');
        kept = read_token(reader);
        if (end)
            break;
    }
    if (reader->depth)
        open_value(reader, false);
    reader->depth = reader->opaque = 0;
    return kept;
}

/* ---- statements ---- */

static void start_anew(ff_assigned *found)
{
    found->texts.count = 0;
    found->environment = found->computed = false;
    found->open = 0;
}

/* `NAME: list[str] = …`: what the name is said to be ends at the `=`. */
static void skip_annotation(ff_reader *reader)
{
    if (peek(reader) == ':')
        while (reader->at < reader->code.len && peek(reader) != '=' && peek(reader) != '\n')
            reader->at++;
}

/* Behind the name: `=`, `+=`, or a method that changes it. False: this statement does not assign. */
static bool take_operator(ff_reader *reader, bool *anew)
{
    skip_blanks(reader);
    *anew = false;
    if (peek(reader) == '.') {
        reader->at++;
        ff_slice method = take_name(reader);
        for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
            if (ff_slice_eq(method, ff_slice_of(METHODS[i].name))) {
                if (!METHODS[i].adds)
                    open_value(reader, false);
                return METHODS[i].adds;
            }
        return false;
    }
    skip_annotation(reader);
    ff_slice rest = ff_slice_from(reader->code, reader->at);
    bool more = ff_slice_take_prefix(&rest, FF_LIT("+"));
    if (!ff_slice_take_prefix(&rest, FF_LIT("=")) || ff_slice_starts(rest, FF_LIT("=")))
        return false;
    reader->at = reader->code.len - rest.len;
    *anew = !more;
    return true;
}

/* Reads one statement; `name` is what it must begin with to matter. */
static bool read_line(ff_reader *reader, ff_assigned *assigned, ff_slice name)
{
    size_t start = reader->at;
    bool anew = false;
    skip_blanks(reader);
    reader->found = assigned;
    reader->perhaps = reader->at > start;
    uint32_t line = reader->line;
    if (!ff_slice_eq(take_name(reader), name) || !take_operator(reader, &anew)) {
        reader->found = NULL;
        return read_statement(reader);
    }
    if (anew && !reader->perhaps)
        start_anew(assigned);
    if (!assigned->line || (anew && !reader->perhaps))
        assigned->line = line;
    assigned->certain = assigned->certain || !reader->perhaps;
    assigned->anew = assigned->anew || (anew && !reader->perhaps);
    reader->first = assigned->texts.count;
    bool kept = read_statement(reader);
    for (size_t i = reader->first; reader->perhaps && i < assigned->texts.count; i++)
        assigned->texts.items[i].perhaps = true;
    return kept;
}

ff_status ff_assigned_read(ff_assigned *assigned, ff_slice code, ff_slice name, ff_arena *arena)
{
    ff_reader reader = {.code = code, .line = 1, .arena = arena};
    *assigned = (ff_assigned){0};
    while (reader.at < code.len)
        if (!read_line(&reader, assigned, name))
            return FF_NOMEM;
    return FF_OK;
}
