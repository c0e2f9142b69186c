/* Escapes and classes, where the dialects differ most. */
#include "base/array.h"
#include "workshop/regexp_parser.h"

enum { DELETE = 0x7F, HIGH = 0xD800, LOW = 0xDC00, SURROGATE_END = 0xE000 };

static const struct {
    char letter;
    uint32_t code;
} CONTROLS[] = {{'t', 0x09}, {'n', 0x0A}, {'v', 0x0B}, {'f', 0x0C}, {'r', 0x0D}, {'a', 0x07}, {'e', 0x1B}};

static bool is_in(char byte, const char *set)
{
    return byte && strchr(set, byte);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool take_hex(ff_regexp_parser *p, size_t digits, uint32_t *code)
{
    *code = 0;
    for (size_t i = 0; i < digits; i++) {
        char c = ff_regexp_peek(p, i);
        const char *all = "0123456789abcdef0123456789ABCDEF";
        if (!is_in(c, all))
            return false;
        *code = *code << 4 | (uint32_t)((strchr(all, c) - all) % 16);
    }
    p->rest = ff_slice_from(p->rest, digits);
    return true;
}

/* \uXXXX; two that are halves of one character are one. */
static bool take_unicode(ff_regexp_parser *p, size_t at, uint32_t *code)
{
    uint32_t low = 0;
    if (ff_regexp_peek(p, 0) == '{')
        return ff_regexp_refuse(p, at, "`\\u{…}` needs JavaScript's flag u, which Actions does not set"), false;
    if (!take_hex(p, 4, code))
        return ff_regexp_refuse(p, at, "`\\u` takes four hexadecimal digits"), false;
    if (*code < HIGH || *code >= SURROGATE_END)
        return true;
    if (*code >= LOW || !ff_regexp_take(p, "\\u") || !take_hex(p, 4, &low) || low < LOW || low >= SURROGATE_END)
        return ff_regexp_refuse(p, at, "half of a surrogate pair is no character"), false;
    *code = 0x10000 + ((*code - HIGH) << 10 | (low - LOW));
    return true;
}

static bool take_octal(ff_regexp_parser *p, uint32_t *code)
{
    *code = 0;
    for (int digits = 0; digits < 2 && is_in(ff_regexp_peek(p, 0), "01234567"); digits++) {
        *code = *code * 8 + (uint32_t)(ff_regexp_peek(p, 0) - '0');
        p->rest = ff_slice_from(p->rest, 1);
    }
    return true;
}

static bool take_control(ff_regexp_parser *p, size_t at, uint32_t *code)
{
    char letter = ff_regexp_peek(p, 0);
    if (!is_letter(letter))
        return ff_regexp_refuse(p, at, "`\\c` takes a letter"), false;
    *code = (uint32_t)letter & 0x1F;
    p->rest = ff_slice_from(p->rest, 1);
    return true;
}

/* The character that `\letter` stands for, in a class and outside; the letter is taken already. */
static bool take_escaped(ff_regexp_parser *p, uint32_t letter, size_t at, uint32_t *code)
{
    bool pcre2 = p->dialect == FF_DIALECT_PCRE2;
    for (size_t i = 0; i < sizeof CONTROLS / sizeof *CONTROLS; i++)
        if (letter == (uint32_t)CONTROLS[i].letter && !(pcre2 && letter == 'v')) {
            *code = CONTROLS[i].code;
            return true;
        }
    if (letter == 'u' && !pcre2)
        return take_unicode(p, at, code);
    if (letter == 'c')
        return take_control(p, at, code);
    if (letter == '0')
        return take_octal(p, code);
    if (letter == 'x' && take_hex(p, 2, code)) {
        if (pcre2 && *code > DELETE)
            (void)ff_regexp_refuse(p, at, "a byte that is no character has no counterpart");
        return p->fault->what[0] == '\0';
    }
    if (letter == 'p' || letter == 'P')
        return ff_regexp_refuse(p, at, "`\\%c{…}` asks for Unicode's tables, patterns run on bytes", (char)letter),
               false;
    if (letter <= DELETE && (is_letter((char)letter) || is_in((char)letter, "123456789")))
        return ff_regexp_refuse(p, at, "`\\%c` has no counterpart", (char)letter), false;
    *code = letter;
    return true;
}

/* ---- Outside of classes ---- */

static ff_regexp_node *class_of(ff_regexp_parser *p, const ff_regexp_item *items, size_t count, bool negated)
{
    ff_regexp_node *node = ff_regexp_node_new(p, FF_REGEXP_CLASS);
    if (!node)
        return NULL;
    node->class_ = ff_arena_alloc(p->arena, sizeof *node->class_);
    for (size_t i = 0; node->class_ && i < count; i++) {
        ff_regexp_item *item = FF_ARRAY_PUSH(p->arena, node->class_);
        if (item)
            *item = items[i];
    }
    if (node->class_)
        node->class_->negated = negated;
    return p->arena->failed ? NULL : node;
}

static ff_regexp_node *parse_reference(ff_regexp_parser *p, char letter, size_t at)
{
    uint64_t number = 0;
    if (letter != 'k' && letter != 'g') {
        (void)ff_slice_take_uint(&p->rest, &number);
        return ff_regexp_refer(p, (ff_slice){0}, number, at);
    }
    p->rest = ff_slice_from(p->rest, 1);
    if (letter == 'g') {
        if (!ff_regexp_take(p, "{") || !ff_slice_take_uint(&p->rest, &number) || !ff_regexp_take(p, "}"))
            return ff_regexp_refuse(p, at, "of `\\g` only `\\g{number}` is understood");
        return ff_regexp_refer(p, (ff_slice){0}, number, at);
    }
    char open = ff_regexp_peek(p, 0);
    if (!is_in(open, "<'{") || (open == '{' && p->dialect == FF_DIALECT_ACTIONS))
        return ff_regexp_refuse(p, at, "`\\k` takes a name in `<>`");
    p->rest = ff_slice_from(p->rest, 1);
    ff_slice name = ff_regexp_take_name(p, open == '<' ? '>' : open == '{' ? '}' : '\'');
    return name.len ? ff_regexp_refer(p, name, 0, at) : NULL;
}

ff_regexp_node *ff_regexp_parse_escape(ff_regexp_parser *parser)
{
    static const ff_regexp_item BLANKS[] = {{'\0', ' ', ' '}, {'\0', '\t', '\t'}};
    size_t at = ff_regexp_offset(parser);
    ff_slice whole = ff_slice_cut(parser->rest, 2);
    (void)ff_regexp_take(parser, "\\");
    char letter = ff_regexp_peek(parser, 0);
    if (is_in(letter, "123456789k") || (letter == 'g' && parser->dialect == FF_DIALECT_PCRE2))
        return parse_reference(parser, letter, at);
    uint32_t code = 0;
    if (!ff_regexp_take_code(parser, &code))
        return NULL;
    if (is_in(letter, "dwsDWS"))
        return class_of(parser, &(ff_regexp_item){.escape = letter}, 1, false);
    if ((letter == 'h' || letter == 'H') && parser->dialect == FF_DIALECT_PCRE2)
        return class_of(parser, BLANKS, 2, letter == 'H');
    bool asserts = is_in(letter, "bBAzZ");
    ff_regexp_node *node = ff_regexp_node_new(parser, asserts ? FF_REGEXP_ASSERT : FF_REGEXP_CHAR);
    if (!node)
        return NULL;
    node->text = asserts ? whole : (ff_slice){0};
    return asserts || take_escaped(parser, code, at, &node->code) ? node : NULL;
}

/* ---- Classes ---- */

/* True if a `]` that closes stands further on. */
static bool closes(ff_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ']')
            return true;
        i += text.ptr[i] == '\\';
    }
    return false;
}

/* A code point or an escape that stands for many. */
static bool take_member(ff_regexp_parser *p, ff_regexp_item *item)
{
    size_t at = ff_regexp_offset(p);
    bool escaped = ff_regexp_take(p, "\\");
    char letter = ff_regexp_peek(p, 0);
    uint32_t code = 0;
    if (!ff_regexp_take_code(p, &code))
        return false;
    *item = (ff_regexp_item){.first = code, .last = code};
    if (escaped && is_in(letter, "dwsDWS"))
        *item = (ff_regexp_item){.escape = letter};
    else if (escaped && letter == 'b')
        item->first = item->last = 0x08;
    else if (escaped && !take_escaped(p, code, at, &item->first))
        return false;
    else if (escaped)
        item->last = item->first;
    if (p->dialect == FF_DIALECT_PCRE2 && item->first > DELETE)
        return ff_regexp_refuse(p, at, "a class of the bytes of a character has no counterpart"), false;
    return true;
}

static bool refuse_set_operations(ff_regexp_parser *p, bool first)
{
    static const struct {
        const char *token;
        ff_dialect dialect;
        const char *what;
    } rows[] = {
        {"-[", FF_DIALECT_ACTIONS, "the subtraction of a class, which only .NET has"},
        {"--", FF_DIALECT_ACTIONS, "a set operation of JavaScript's flag v"},
        {"&&", FF_DIALECT_ACTIONS, "a set operation of JavaScript's flag v"},
        {"[:", FF_DIALECT_PCRE2, "a POSIX class has no counterpart"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].dialect == p->dialect && (!first || rows[i].token[0] == '[') &&
            ff_slice_starts(p->rest, ff_slice_of(rows[i].token)))
            return ff_regexp_refuse(p, ff_regexp_offset(p), "%s", rows[i].what), true;
    return false;
}

static bool take_range(ff_regexp_parser *p, ff_regexp_item *item)
{
    ff_regexp_item last;
    size_t at = ff_regexp_offset(p);
    if (ff_regexp_peek(p, 0) != '-' || ff_regexp_peek(p, 1) == ']' || item->escape)
        return true;
    if (p->dialect == FF_DIALECT_ACTIONS && ff_regexp_peek(p, 1) == '[')
        return true; /* refused as the subtraction that it is */
    (void)ff_regexp_take(p, "-");
    if (!take_member(p, &last))
        return false;
    if (last.escape || last.first < item->first)
        return ff_regexp_refuse(p, at, "a range goes from a character to one behind it"), false;
    if (last.first > DELETE)
        return ff_regexp_refuse(p, at, "a range beyond ASCII: patterns run on bytes"), false;
    item->last = last.first;
    return true;
}

static ff_regexp_node *parse_members(ff_regexp_parser *p, ff_regexp_node *node, size_t at)
{
    for (bool first = true; first || ff_regexp_peek(p, 0) != ']'; first = false) {
        ff_regexp_item member;
        if (!p->rest.len)
            return ff_regexp_refuse(p, at, "a class is not closed");
        if (refuse_set_operations(p, first) || !take_member(p, &member) || !take_range(p, &member))
            return NULL;
        ff_regexp_item *item = FF_ARRAY_PUSH(p->arena, node->class_);
        if (!item)
            return NULL;
        *item = member;
        node->class_->wide = node->class_->wide || member.first > DELETE;
    }
    (void)ff_regexp_take(p, "]");
    return node;
}

/* `[]…]` holds a bracket to .NET and PCRE2. Only where that would not close is `[]` JavaScript's nothing and `[^]` its
 * anything: Actions cannot run it then, but other readers of matchers do. */
ff_regexp_node *ff_regexp_parse_class(ff_regexp_parser *parser)
{
    static const ff_regexp_item ANYTHING[] = {{'s', 0, 0}, {'S', 0, 0}};
    size_t at = ff_regexp_offset(parser);
    (void)ff_regexp_take(parser, "[");
    bool negated = ff_regexp_take(parser, "^");
    if (parser->dialect == FF_DIALECT_ACTIONS && ff_regexp_peek(parser, 0) == ']' &&
        !closes(ff_slice_from(parser->rest, 1))) {
        (void)ff_regexp_take(parser, "]");
        return class_of(parser, ANYTHING, 2, !negated);
    }
    ff_regexp_node *node = class_of(parser, NULL, 0, negated);
    return node ? parse_members(parser, node, at) : NULL;
}
