#include "match/literal.h"

#include "match/part.h"

#include <ctype.h>

_Static_assert((int)FF_LITERAL_SETS == (int)FF_PART_SETS, "all that is known of a pattern is handed out");

enum {
    DEPTH_MAX = 100, /* groups in groups; PCRE2 allows 250 */
    CLASS_MAX = 4,   /* bytes of a class that is written out */
};

typedef struct parser {
    ff_arena *arena;
    ff_slice rest;
    bool extended; /* (?x): white space and # comments mean nothing */
    bool digits;   /* write \d out */
    bool lost;     /* something was not understood: no literal at all */
    uint32_t depth;
} parser;

static const ff_slice DIGIT_TEXTS[] = {FF_TEXT("0"), FF_TEXT("1"), FF_TEXT("2"), FF_TEXT("3"), FF_TEXT("4"),
                                       FF_TEXT("5"), FF_TEXT("6"), FF_TEXT("7"), FF_TEXT("8"), FF_TEXT("9")};
static const ff_words DIGITS = {DIGIT_TEXTS, 10};

static ff_part parse_branches(parser *p);

static bool take(parser *p, const char *token)
{
    return ff_slice_take_prefix(&p->rest, ff_slice_of(token));
}

static char take_byte(parser *p)
{
    if (!p->rest.len) {
        p->lost = true;
        return '\0';
    }
    char byte = p->rest.ptr[0];
    p->rest = ff_slice_from(p->rest, 1);
    return byte;
}

static void skip_past(parser *p, char end)
{
    size_t at = ff_slice_find_byte(p->rest, end);
    if (at == SIZE_MAX)
        p->lost = true;
    p->rest = ff_slice_from(p->rest, at == SIZE_MAX ? p->rest.len : at + 1);
}

/* A name and what ends it; not the `*` of (?<*, which is no name. */
static void skip_name(parser *p, char end)
{
    while (p->rest.len && (isalnum((unsigned char)p->rest.ptr[0]) || p->rest.ptr[0] == '_'))
        p->rest = ff_slice_from(p->rest, 1);
    p->lost = p->lost || take_byte(p) != end;
}

static bool is_in(char byte, const char *set)
{
    return byte && strchr(set, byte);
}

static bool next_is_in(const parser *p, const char *set)
{
    return p->rest.len && is_in(p->rest.ptr[0], set);
}

/* What may stand between an item and its quantifier: comments and, under (?x), white space. */
static void skip_blanks(parser *p)
{
    for (;;) {
        if (take(p, "(?#"))
            skip_past(p, ')');
        else if (p->extended && next_is_in(p, " \t\n\v\f\r"))
            (void)take_byte(p);
        else if (p->extended && take(p, "#")) {
            size_t at = ff_slice_find_byte(p->rest, '\n');
            p->rest = ff_slice_from(p->rest, at == SIZE_MAX ? p->rest.len : at);
        } else if (!take(p, "\\E") && !take(p, "\\Q\\E"))
            return;
    }
}

/* {n}, {n,} or {n,m}; anything else in braces is literal text, but what later versions of PCRE2 read as a quantifier
 * ({,m}, blanks inside) is not worth a guess. */
static bool take_braces(parser *p, uint64_t *least, uint64_t *most)
{
    ff_slice at = ff_slice_from(p->rest, 1);
    if (ff_slice_take_uint(&at, least)) {
        *most = *least;
        if (ff_slice_take_prefix(&at, FF_LIT(",")) && !ff_slice_take_uint(&at, most))
            *most = UINT64_MAX;
        if (ff_slice_take_prefix(&at, FF_LIT("}"))) {
            p->rest = at;
            return true;
        }
    }
    size_t inside = 1;
    while (inside < p->rest.len && is_in(p->rest.ptr[inside], "0123456789, \t"))
        inside++;
    p->lost = p->lost || (inside > 1 && inside < p->rest.len && p->rest.ptr[inside] == '}');
    return false;
}

static bool take_quantifier(parser *p, uint64_t *least, uint64_t *most)
{
    if (!p->rest.len)
        return false;
    switch (p->rest.ptr[0]) {
    case '*': *least = 0, *most = UINT64_MAX; break;
    case '+': *least = 1, *most = UINT64_MAX; break;
    case '?': *least = 0, *most = 1; break;
    case '{': return take_braces(p, least, most);
    default: return false;
    }
    (void)take_byte(p);
    return true;
}

/* \x41, \x{41}, behind the x. */
static ff_part hexadecimal(parser *p)
{
    bool braces = take(p, "{");
    uint32_t value = 0, digits = 0;
    while ((braces || digits < 2) && next_is_in(p, "0123456789abcdefABCDEF") && digits < 8) {
        char byte = take_byte(p);
        value = value * 16 + (uint32_t)(byte <= '9' ? byte - '0' : (byte | 0x20) - 'a' + 10);
        digits++;
    }
    if ((braces && (!digits || !take(p, "}"))) || value > 0xFF) {
        p->lost = true;
        return ff_part_anything();
    }
    return ff_part_byte(p->arena, (char)value);
}

/* The reference behind \g or \k, or the property behind \p. */
static ff_part reference(parser *p)
{
    static const char OPEN[] = "{<'", CLOSE[] = "}>'";
    if (next_is_in(p, OPEN))
        skip_past(p, CLOSE[strchr(OPEN, take_byte(p)) - OPEN]);
    else {
        (void)take_byte(p);
        while (next_is_in(p, "0123456789"))
            (void)take_byte(p);
    }
    return ff_part_anything();
}

/* An escape outside a class, behind the backslash. Digits are a back-reference or octal: either way no text that
 * could be relied on, so all of them are taken. */
static ff_part escape(parser *p)
{
    static const char NAMED[] = "aefnrt", BYTES[] = "\a\x1b\f\n\r\t";
    char byte = take_byte(p);
    if (is_in(byte, NAMED))
        return ff_part_byte(p->arena, BYTES[strchr(NAMED, byte) - NAMED]);
    if (is_in(byte, "bBAzZK"))
        return ff_part_nothing();
    if (byte == 'd' && p->digits)
        return ff_part_exactly(DIGITS);
    if (is_in(byte, "dDwWsShHvVNRX"))
        return ff_part_anything();
    if (byte == 'x')
        return hexadecimal(p);
    if (is_in(byte, "gkpPo"))
        return reference(p);
    if (byte == 'c') {
        (void)take_byte(p);
        return ff_part_anything();
    }
    if (byte >= '0' && byte <= '9') {
        while (next_is_in(p, "0123456789"))
            (void)take_byte(p);
        return ff_part_anything();
    }
    p->lost = p->lost || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
    return ff_part_byte(p->arena, byte);
}

/* True, and past it, if a [:name:] stands here, as PCRE2 looks for one: its end before any `]`. */
static bool take_posix(parser *p)
{
    if (p->rest.len < 4 || p->rest.ptr[0] != '[' || !is_in(p->rest.ptr[1], ":.="))
        return false;
    for (size_t i = 2; i + 1 < p->rest.len && !is_in(p->rest.ptr[i], "]\\["); i++)
        if (p->rest.ptr[i] == p->rest.ptr[1] && p->rest.ptr[i + 1] == ']') {
            p->rest = ff_slice_from(p->rest, i + 2);
            return true;
        }
    return false;
}

/* One member of a class as a byte; false if it is more than that. An escaped letter or digit may be a class or a code:
 * what follows it is read as further members, which is harmless, since the class is not written out any more. */
static bool class_member(parser *p, char *byte)
{
    if (take_posix(p))
        return false;
    *byte = take_byte(p);
    if (*byte != '\\')
        return true;
    *byte = take_byte(p);
    if (*byte == 'Q') {
        size_t end = ff_slice_find(p->rest, FF_LIT("\\E"));
        p->lost = p->lost || end == SIZE_MAX;
        p->rest = ff_slice_from(p->rest, end == SIZE_MAX ? p->rest.len : end + 2);
        return false;
    }
    if (*byte == 'c')
        (void)take_byte(p);
    return !((*byte | 0x20) >= 'a' && (*byte | 0x20) <= 'z') && !(*byte >= '0' && *byte <= '9');
}

/* A class, behind its `[`: written out if it is a few single bytes. A `-` makes it a range, or is at least not worth
 * telling apart; under (?x) blanks in it may or may not count (xx). */
static ff_part class_of_bytes(parser *p)
{
    bool plain = !take(p, "^") && !p->extended;
    ff_words texts = {0};
    bool first = true;
    for (; !p->lost && (first || !take(p, "]")); first = false) {
        char byte;
        bool single = class_member(p, &byte);
        plain = plain && single && (byte != '-' || first || next_is_in(p, "]"));
        if (plain)
            plain = ff_words_add(p->arena, &texts, ff_part_byte(p->arena, byte).head, CLASS_MAX);
    }
    return plain ? ff_part_exactly(texts) : ff_part_anything();
}

/* The letters of (?i) or (?^x-i:, up to the `)` or `:`. */
static void take_flags(parser *p)
{
    bool on = true;
    if (take(p, "^"))
        p->extended = false;
    while (next_is_in(p, "imsxnJU-")) {
        char flag = take_byte(p);
        on = on && flag != '-';
        if (flag == 'x')
            p->extended = on;
    }
}

/* (?(condition)yes|no), behind `(?(`: nothing is made of it but its end. */
static ff_part conditional(parser *p)
{
    if (next_is_in(p, "?*")) {
        p->lost = true; /* an assertion as condition: rare enough */
        return ff_part_anything();
    }
    skip_past(p, ')');
    (void)parse_branches(p);
    return ff_part_anything();
}

typedef enum group_kind { PLAIN, HOLDS, HOLDS_NOT, BACKWARD } group_kind;

/* How a group begins, behind its `(`; longer openings stand before their prefixes. */
static const struct opening {
    const char *token;
    group_kind kind;
    char name_end; /* a name stands between the token and this */
} OPENINGS[] = {
    {"?:", PLAIN, '\0'},     {"?|", PLAIN, '\0'},   {"?>", PLAIN, '\0'},      {"?=", HOLDS, '\0'},
    {"?!", HOLDS_NOT, '\0'}, {"?<=", HOLDS, '\0'},  {"?<!", HOLDS_NOT, '\0'}, {"?P<", PLAIN, '>'},
    {"?<", PLAIN, '>'},      {"?'", PLAIN, '\''},   {"?P=", BACKWARD, ')'},   {"?P>", BACKWARD, ')'},
    {"?&", BACKWARD, ')'},   {"?R", BACKWARD, ')'},
};

static ff_part group_body(parser *p, group_kind kind)
{
    ff_part inside = parse_branches(p);
    p->lost = p->lost || !take(p, ")");
    switch (kind) {
    case HOLDS:
        inside = (ff_part){
            .exact = true, .head = ff_part_nothing().head, .tail = ff_part_nothing().tail, .required = inside.required};
        break;
    case HOLDS_NOT: inside = ff_part_nothing(); break;
    case PLAIN:
    case BACKWARD: break;
    }
    return inside;
}

/* A group whose opening is in no table row: flags, a call by number, a condition, or what is not understood. */
static ff_part other_group(parser *p)
{
    if (take(p, "?(")) {
        ff_part inside = conditional(p);
        p->lost = p->lost || !take(p, ")");
        return inside;
    }
    ff_slice call = ff_slice_from(p->rest, 1);
    if (call.len > 1 && is_in(call.ptr[0], "+-"))
        call = ff_slice_from(call, 1);
    if (call.len && call.ptr[0] >= '0' && call.ptr[0] <= '9') {
        skip_past(p, ')');
        return ff_part_anything();
    }
    (void)take(p, "?");
    take_flags(p);
    if (take(p, ":"))
        return group_body(p, PLAIN);
    p->lost = true;
    return ff_part_nothing();
}

static ff_part group(parser *p)
{
    if (next_is_in(p, "*")) { /* verbs such as (*ACCEPT) end a match early */
        p->lost = true;
        return ff_part_nothing();
    }
    if (!next_is_in(p, "?"))
        return group_body(p, PLAIN);
    for (size_t i = 0; i < sizeof OPENINGS / sizeof *OPENINGS; i++) {
        if (!take(p, OPENINGS[i].token))
            continue;
        if (OPENINGS[i].name_end)
            skip_name(p, OPENINGS[i].name_end);
        return OPENINGS[i].kind == BACKWARD ? ff_part_anything() : group_body(p, OPENINGS[i].kind);
    }
    return other_group(p);
}

/* (?i) alone sets flags to the end of the group around it, further alternatives included. */
static bool take_bare_flags(parser *p)
{
    parser ahead = *p;
    if (!take(&ahead, "(?"))
        return false;
    take_flags(&ahead);
    if (!take(&ahead, ")"))
        return false;
    *p = ahead;
    return true;
}

static ff_part item(parser *p)
{
    char byte = take_byte(p);
    switch (byte) {
    case '\\': return escape(p);
    case '[': return class_of_bytes(p);
    case '.': return ff_part_anything();
    case '^':
    case '$': return ff_part_nothing();
    case '*':
    case '+':
    case '?': p->lost = true; return ff_part_nothing();
    case '(': break;
    default: return ff_part_byte(p->arena, byte);
    }
    if (++p->depth > DEPTH_MAX)
        p->lost = true;
    bool extended = p->extended;
    ff_part inside = p->lost ? ff_part_nothing() : group(p);
    p->extended = extended;
    p->depth--;
    return inside;
}

static void quantified(parser *p, ff_sequence *seq, ff_part once)
{
    skip_blanks(p);
    uint64_t least = 1, most = 1;
    while (!p->lost && take_quantifier(p, &least, &most)) {
        once = ff_part_repeat(p->arena, once, least, most);
        skip_blanks(p);
        if (next_is_in(p, "?+")) /* lazy or possessive */
            (void)take_byte(p);
        skip_blanks(p);
    }
    ff_sequence_append(p->arena, seq, once);
}

/* \Q…\E, behind \Q: each byte is an item, so that a quantifier behind it takes the last one. */
static void quoted(parser *p, ff_sequence *seq)
{
    while (p->rest.len && !take(p, "\\E")) {
        ff_part once = ff_part_byte(p->arena, take_byte(p));
        if (take(p, "\\E")) {
            quantified(p, seq, once);
            return;
        }
        ff_sequence_append(p->arena, seq, once);
    }
}

static ff_part parse_sequence(parser *p)
{
    ff_sequence seq = ff_sequence_start();
    for (;;) {
        skip_blanks(p);
        if (p->lost || !p->rest.len || next_is_in(p, "|)"))
            return ff_sequence_end(&seq);
        if (take_bare_flags(p))
            continue;
        if (take(p, "\\Q"))
            quoted(p, &seq);
        else
            quantified(p, &seq, item(p));
    }
}

static ff_part parse_branches(parser *p)
{
    ff_part all = parse_sequence(p);
    while (!p->lost && take(p, "|"))
        all = ff_part_either(p->arena, all, parse_sequence(p));
    return all;
}

/* A text that holds another one of the set adds nothing; of equal ones the first stays. */
static ff_texts without_needless(ff_words set, ff_slice *items)
{
    size_t count = 0;
    for (uint32_t i = 0; i < set.count; i++) {
        bool needless = false;
        for (uint32_t j = 0; j < set.count && !needless; j++)
            needless =
                (set.items[j].len < set.items[i].len || j < i) && ff_slice_find(set.items[i], set.items[j]) != SIZE_MAX;
        if (!needless)
            items[count++] = set.items[i];
    }
    return (ff_texts){items, count};
}

/* What parsing makes on its way is twenty times what it finds, and goes with the arena of the parser. */
static ff_texts keep(ff_arena *arena, ff_words set)
{
    ff_slice *items = ff_arena_array(arena, set.count, sizeof *items);
    if (!items)
        return (ff_texts){0};
    ff_texts kept = without_needless(set, items);
    for (size_t i = 0; i < kept.count; i++)
        items[i] = ff_arena_dup(arena, items[i]);
    return kept;
}

static ff_literals find(ff_arena *arena, ff_slice pattern, bool digits)
{
    ff_arena work;
    ff_arena_init(&work, arena->limit);
    parser p = {.arena = &work, .rest = pattern, .digits = digits};
    ff_part whole = parse_branches(&p);
    ff_literals found = {0};
    bool fine = !p.lost && !p.rest.len && !work.failed;
    for (size_t i = 0; fine && i < FF_LITERAL_SETS && whole.required.sets[i].count; i++)
        found.sets[found.count++] = keep(arena, whole.required.sets[i]);
    arena->failed = arena->failed || work.failed;
    ff_arena_release(&work);
    return arena->failed ? (ff_literals){0} : found;
}

/* Ten literals for a digit are worth it only where there is no other (`\.E\d{3}`). */
ff_literals ff_literal_find(ff_arena *arena, ff_slice pattern)
{
    ff_literals found = find(arena, pattern, false);
    return found.count ? found : find(arena, pattern, true);
}
