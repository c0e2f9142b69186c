#include "source/names.h"

#include "base/keep.h"
#include "base/limits.h"
#include "base/utf8.h"

enum {
    CUT_UNITS = 90,    /* UTF-16 units that the service keeps of a job's name */
    FULL_BYTES = 2048, /* longer full names than this are cut by the service far earlier */
    REPLACEMENT = 0xFFFD,
    SHOWN_BYTES = 160,
};

static bool take_int(ff_slice *rest, int64_t *number)
{
    bool negative = ff_slice_take_prefix(rest, FF_LIT("-"));
    uint64_t value;
    if (!ff_slice_take_uint(rest, &value) || value > INT64_MAX)
        return false;
    *number = negative ? -(int64_t)value : (int64_t)value;
    return true;
}

/* `<number>_<rest>` without the `.txt` behind it, or false. */
static bool take_numbered(ff_slice file, int64_t *number, ff_slice *rest)
{
    if (!ff_slice_ends(file, FF_LIT(".txt")))
        return false;
    file.len -= 4;
    if (!take_int(&file, number) || !ff_slice_take_prefix(&file, FF_LIT("_")) || file.len == 0)
        return false;
    *rest = file;
    return true;
}

ff_entry_name ff_entry_name_parse(ff_slice name)
{
    ff_entry_name parsed = {.kind = FF_ENTRY_OTHER};
    size_t slash = ff_slice_find_byte(name, '/');
    if (slash == SIZE_MAX) {
        if (take_numbered(name, &parsed.number, &parsed.job))
            parsed.kind = FF_ENTRY_JOB;
        return parsed;
    }
    ff_slice file = ff_slice_from(name, slash + 1);
    if (slash == 0 || ff_slice_find_byte(file, '/') != SIZE_MAX)
        return parsed;
    if (ff_slice_eq(file, FF_LIT("system.txt")))
        parsed.kind = FF_ENTRY_SYSTEM;
    else if (take_numbered(file, &parsed.number, &parsed.step) && parsed.number >= 0)
        parsed.kind = FF_ENTRY_STEP;
    if (parsed.kind != FF_ENTRY_OTHER)
        parsed.job = ff_slice_cut(name, slash);
    return parsed;
}

/* Takes the next component; both separators count, because a name made elsewhere may be unpacked elsewhere. */
static bool take_component(ff_slice *rest, ff_slice *part)
{
    if (rest->len == 0)
        return false;
    size_t end = 0;
    while (end < rest->len && rest->ptr[end] != '/' && rest->ptr[end] != '\\')
        end++;
    *part = ff_slice_cut(*rest, end);
    *rest = ff_slice_from(*rest, end + 1);
    return true;
}

bool ff_entry_name_is_safe(ff_slice name)
{
    if (name.len == 0 || name.len > FF_LIMIT_NAME_BYTES || name.ptr[0] == '/' || name.ptr[0] == '\\')
        return false;
    if (name.len >= 3 && name.ptr[1] == ':' && (name.ptr[2] == '\\' || name.ptr[2] == '/'))
        return false; /* a drive of Windows */
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] < 0x20 || name.ptr[i] == 0x7F)
            return false;
    for (ff_slice part; take_component(&name, &part);)
        if (ff_slice_eq(part, FF_LIT("..")))
            return false;
    return true;
}

bool ff_entry_name_is_clutter(ff_slice name)
{
    static const ff_slice names[] = {{"__MACOSX", 8}, {".DS_Store", 9}, {"Thumbs.db", 9}, {"desktop.ini", 11}};
    if (ff_slice_ends(name, FF_LIT("/")))
        return true;
    for (ff_slice part; take_component(&name, &part);) {
        if (ff_slice_starts(part, FF_LIT("._")))
            return true; /* resource forks of macOS */
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (ff_slice_eq(part, names[i]))
                return true;
    }
    return false;
}

const char *ff_entry_name_shown(ff_arena *arena, ff_slice name)
{
    uint32_t redactions = 0; /* the name is counted where the run keeps it */
    ff_slice shown = ff_text_keep(arena, name, SHOWN_BYTES, &redactions);
    return shown.ptr ? shown.ptr : "?";
}

/* One character of a name: a code point, or one byte that is no UTF-8 (kept apart from every code point). */
static uint32_t take_char(ff_slice *rest)
{
    uint32_t code = 0;
    size_t used = ff_utf8_next(*rest, &code);
    if (used == 0) {
        code = 0x80000000u | (unsigned char)rest->ptr[0];
        used = 1;
    }
    *rest = ff_slice_from(*rest, used);
    return code;
}

static size_t units_of(uint32_t code)
{
    return code >= 0x10000 && code <= 0x10FFFF ? 2 : 1;
}

/* Characters that some version of the service does not write into file names. */
static bool is_replaced(uint32_t code)
{
    return code < 0x20 || (code < 0x80 && memchr("\"*/:<>?\\|", (int)code, 9) != NULL);
}

/* `spelled` as characters, each with the number of UTF-16 units in front of it. */
typedef struct spelling {
    uint32_t codes[CUT_UNITS + 1];
    size_t count;
    size_t units;
} spelling;

static bool read_spelling(ff_slice text, spelling *out)
{
    *out = (spelling){0};
    while (text.len) {
        uint32_t code = take_char(&text);
        out->units += units_of(code);
        if (out->units > CUT_UNITS)
            return false;
        out->codes[out->count++] = code;
    }
    return true;
}

/* `live[j]` says that the part of the full name seen so far can be spelled by the first j characters. A replaced
 * character leads to two ways: deleted, or `_`. */
static void advance(const spelling *spelled, bool live[CUT_UNITS + 2], uint32_t code)
{
    bool replaced = is_replaced(code);
    for (size_t j = spelled->count + 1; j-- > 0;) {
        bool reached = live[j] && replaced;
        if (j > 0 && live[j - 1])
            reached = reached || spelled->codes[j - 1] == code || (replaced && spelled->codes[j - 1] == '_');
        live[j] = reached;
    }
}

/* The service cut the name here: everything spelled but, perhaps, half of `code`. */
static bool is_cut_at(const spelling *spelled, const bool live[CUT_UNITS + 2], uint32_t code)
{
    if (spelled->units != CUT_UNITS)
        return false;
    if (live[spelled->count])
        return true;
    return units_of(code) == 2 && live[spelled->count - 1] && spelled->codes[spelled->count - 1] == REPLACEMENT;
}

static bool fits_exactly(ff_slice text, ff_slice full)
{
    spelling spelled;
    if (!read_spelling(text, &spelled))
        return false;
    bool live[CUT_UNITS + 2] = {true};
    while (full.len) {
        uint32_t code = take_char(&full);
        if (is_cut_at(&spelled, live, code))
            return true;
        advance(&spelled, live, code);
    }
    return live[spelled.count];
}

/* Drops ` (N)` from the end. */
static bool drop_duplicate_mark(ff_slice *text)
{
    if (!ff_slice_ends(*text, FF_LIT(")")))
        return false;
    size_t at = text->len - 1;
    while (at > 0 && text->ptr[at - 1] >= '0' && text->ptr[at - 1] <= '9')
        at--;
    if (at == text->len - 1 || at < 3 || text->ptr[at - 1] != '(' || text->ptr[at - 2] != ' ')
        return false;
    text->len = at - 2;
    return true;
}

bool ff_entry_name_fits(ff_slice spelled, ff_slice full)
{
    full = ff_slice_cut(full, FULL_BYTES);
    return fits_exactly(spelled, full) || (drop_duplicate_mark(&spelled) && fits_exactly(spelled, full));
}
