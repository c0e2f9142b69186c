#include "base/utf8.h"
#include "workshop/regexp.h"

enum { DELETE = 0x7F };

typedef struct writer {
    const ff_regexp *regexp;
    ff_regexp_style *style;
    ff_buf *out;
} writer;

static void write_branches(writer *w, const ff_regexp_node *branches, const ff_regexp_narrowing *narrowing);

/* ---- Characters ---- */

static bool is_in(uint32_t code, const char *set)
{
    return code && code <= DELETE && strchr(set, (int)code);
}

static void add_utf8(ff_buf *out, uint32_t code, bool escaped)
{
    unsigned char bytes[4];
    size_t length = 0;
    if (code < 0x80)
        bytes[length++] = (unsigned char)code;
    else if (code < 0x800)
        bytes[length++] = (unsigned char)(0xC0 | code >> 6);
    else if (code < 0x10000)
        bytes[length++] = (unsigned char)(0xE0 | code >> 12);
    else
        bytes[length++] = (unsigned char)(0xF0 | code >> 18);
    size_t more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    while (more--)
        bytes[length++] = (unsigned char)(0x80 | (code >> 6 * more & 0x3F));
    for (size_t i = 0; i < length; i++)
        if (escaped)
            ff_buf_printf(out, "\\x%02x", bytes[i]);
        else
            ff_buf_add_byte(out, (char)bytes[i]);
}

/* What a reader could not see is written as an escape. */
static void add_code(const writer *w, uint32_t code, const char *special)
{
    bool pcre2 = w->style->dialect == FF_DIALECT_PCRE2;
    if (is_in(code, special)) {
        ff_buf_printf(w->out, "\\%c", (char)code);
    } else if (code == '\t') {
        ff_buf_add(w->out, FF_LIT("\\t"));
    } else if (ff_utf8_is_control(code)) {
        if (pcre2 || code <= DELETE)
            add_utf8(w->out, code, true);
        else if (code <= UINT16_MAX)
            ff_buf_printf(w->out, "\\u%04x", code);
        else
            ff_buf_printf(w->out, "\\u%04x\\u%04x", 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + (code & 0x3FF));
    } else {
        add_utf8(w->out, code, false);
    }
}

static void add_char(const writer *w, uint32_t code)
{
    add_code(w, code, "\\^$.|?*+()[]{}");
}

void ff_regexp_add_word(ff_buf *out, const ff_regexp_node *sequence)
{
    for (const ff_regexp_node *node = sequence->child; node; node = node->next)
        add_utf8(out, node->code, false);
}

/* ---- Classes ---- */

static void add_items(const writer *w, const ff_regexp_class *class_, bool negated, bool wide)
{
    ff_buf_add(w->out, negated ? FF_LIT("[^") : FF_LIT("["));
    for (size_t i = 0; i < class_->count; i++) {
        const ff_regexp_item *item = &class_->items[i];
        if (item->escape) {
            ff_buf_printf(w->out, "\\%c", item->escape);
        } else if (wide || item->first <= DELETE) {
            add_code(w, item->first, "\\[]^-");
            if (item->last != item->first) {
                ff_buf_add_byte(w->out, '-');
                add_code(w, item->last, "\\[]^-");
            }
        }
    }
    ff_buf_add_byte(w->out, ']');
}

static size_t count_narrow(const ff_regexp_class *class_)
{
    size_t count = 0;
    for (size_t i = 0; i < class_->count; i++)
        count += class_->items[i].escape || class_->items[i].first <= DELETE;
    return count;
}

static void add_wide(const writer *w, const ff_regexp_class *class_)
{
    for (size_t i = 0, written = 0; i < class_->count; i++)
        if (class_->items[i].first > DELETE) {
            ff_buf_add(w->out, written++ ? FF_LIT("|") : FF_LIT(""));
            add_char(w, class_->items[i].first);
        }
}

/* In byte mode a character beyond ASCII is a sequence, so a class that holds one becomes a choice. */
static void add_class(const writer *w, const ff_regexp_class *class_)
{
    size_t narrow = count_narrow(class_);
    bool wide = class_->wide && w->style->dialect == FF_DIALECT_PCRE2;
    if (class_->count == 1 && class_->items[0].escape && !class_->negated) {
        ff_buf_printf(w->out, "\\%c", class_->items[0].escape);
    } else if (!wide) {
        add_items(w, class_, class_->negated, true);
    } else {
        ff_buf_add(w->out, class_->negated ? FF_LIT("(?:(?!") : FF_LIT("(?:"));
        add_wide(w, class_);
        ff_buf_add(w->out, class_->negated ? FF_LIT(")") : narrow ? FF_LIT("|") : FF_LIT(""));
        if (narrow)
            add_items(w, class_, class_->negated, false);
        else if (class_->negated)
            ff_buf_add(w->out, FF_LIT("[\\s\\S]"));
        ff_buf_add_byte(w->out, ')');
    }
}

/* ---- Groups ---- */

static size_t count_labels(const writer *w, uint32_t group)
{
    size_t count = 0;
    for (size_t i = 0; i < w->style->label_count; i++)
        count += w->style->labels[i].group == group;
    return count;
}

static void open_label(writer *w, uint32_t group, ff_slice name)
{
    w->style->next++;
    if (w->style->numbers && !w->style->numbers[group])
        w->style->numbers[group] = w->style->next;
    if (name.len && w->style->dialect == FF_DIALECT_PCRE2)
        ff_buf_printf(w->out, "(?<%.*s>", FF_ARG(name));
    else
        ff_buf_add_byte(w->out, '(');
}

/* Opens what captures the group and returns how many brackets that took. Numbers need one only. */
static size_t open_capture(writer *w, uint32_t group)
{
    size_t labels = count_labels(w, group), opened = 0;
    bool numbers = w->style->dialect == FF_DIALECT_ACTIONS;
    for (size_t i = 0; i < w->style->label_count; i++)
        if (w->style->labels[i].group == group && !(numbers && opened)) {
            open_label(w, group, w->style->labels[i].name);
            opened++;
        }
    if (!labels && group && w->regexp->groups.items[group].referenced) {
        open_label(w, group, (ff_slice){0});
        opened++;
    }
    return opened;
}

static bool has_flags(const ff_regexp_node *branches)
{
    for (const ff_regexp_node *item = branches->child->child; item; item = item->next)
        if (item->kind == FF_REGEXP_FLAGS)
            return true;
    return false;
}

/* A group that captures nothing any more is left away where its brackets hold nothing together. */
static void write_group(writer *w, const ff_regexp_node *node, bool repeated)
{
    size_t brackets = 1;
    if (node->group != FF_NO_GROUP)
        brackets = open_capture(w, node->group);
    else
        ff_buf_add(w->out, node->text);
    bool narrowed = node->group != FF_NO_GROUP && node->group == w->style->narrowing.group;
    bool bare = !brackets && !narrowed && !repeated && !node->child->child->next && !has_flags(node->child);
    ff_buf_add(w->out, brackets || bare ? FF_LIT("") : FF_LIT("(?:"));
    write_branches(w, node->child, narrowed ? &w->style->narrowing : NULL);
    ff_buf_add_repeat(w->out, ')', brackets || bare ? brackets : 1);
}

/* JavaScript matches a group that was left out as nothing, PCRE2 does not match it. */
static void write_reference(const writer *w, const ff_regexp_node *node)
{
    uint32_t number = w->style->numbers ? w->style->numbers[node->group] : 0;
    if (w->style->dialect == FF_DIALECT_ACTIONS)
        ff_buf_printf(w->out, "(?:\\%u)", number); /* a digit may stand behind it */
    else if (w->regexp->groups.items[node->group].skippable)
        ff_buf_printf(w->out, "(?(%u)\\g{%u})", number, number);
    else
        ff_buf_printf(w->out, "\\g{%u}", number);
}

/* ---- The tree ---- */

static void write_item(writer *w, const ff_regexp_node *node, bool repeated);

static void write_repeat(writer *w, const ff_regexp_node *node)
{
    bool wrap = node->child->kind == FF_REGEXP_CHAR && node->child->code > DELETE;
    ff_buf_add(w->out, wrap ? FF_LIT("(?:") : FF_LIT(""));
    write_item(w, node->child, true);
    ff_buf_add(w->out, wrap ? FF_LIT(")") : FF_LIT(""));
    if (node->most == FF_REGEXP_FOREVER && node->least <= 1)
        ff_buf_add_byte(w->out, node->least ? '+' : '*');
    else if (node->least == 0 && node->most == 1)
        ff_buf_add_byte(w->out, '?');
    else if (node->most == FF_REGEXP_FOREVER)
        ff_buf_printf(w->out, "{%u,}", node->least);
    else if (node->most == node->least)
        ff_buf_printf(w->out, "{%u}", node->least);
    else
        ff_buf_printf(w->out, "{%u,%u}", node->least, node->most);
    ff_buf_add(w->out, node->lazy ? FF_LIT("?") : FF_LIT(""));
}

static void write_item(writer *w, const ff_regexp_node *node, bool repeated)
{
    switch (node->kind) {
    case FF_REGEXP_CHAR: add_char(w, node->code); break;
    case FF_REGEXP_CLASS: add_class(w, node->class_); break;
    case FF_REGEXP_ANY: ff_buf_add_byte(w->out, '.'); break;
    case FF_REGEXP_ASSERT:
    case FF_REGEXP_FLAGS: ff_buf_add(w->out, node->text); break;
    case FF_REGEXP_BACK: write_reference(w, node); break;
    case FF_REGEXP_GROUP: write_group(w, node, repeated); break;
    case FF_REGEXP_REPEAT: write_repeat(w, node); break;
    case FF_REGEXP_BRANCHES:
    case FF_REGEXP_SEQUENCE: break; /* never an item */
    }
}

static void write_branches(writer *w, const ff_regexp_node *branches, const ff_regexp_narrowing *narrowing)
{
    size_t written = 0;
    bool front = narrowing && narrowing->front.len, wrap = front && branches->child->next;
    if (front)
        ff_buf_add(w->out, narrowing->front);
    ff_buf_add(w->out, wrap ? FF_LIT("(?:") : FF_LIT(""));
    for (const ff_regexp_node *branch = branches->child; branch; branch = branch->next) {
        if (narrowing && narrowing->keeps && !narrowing->keeps(narrowing->self, branch))
            continue;
        ff_buf_add(w->out, written++ ? FF_LIT("|") : FF_LIT(""));
        for (const ff_regexp_node *item = branch->child; item; item = item->next)
            write_item(w, item, false);
    }
    ff_buf_add(w->out, wrap ? FF_LIT(")") : FF_LIT(""));
}

void ff_regexp_write(const ff_regexp *regexp, ff_regexp_style *style, ff_buf *out)
{
    writer w = {regexp, style, out};
    size_t brackets = open_capture(&w, 0);
    write_branches(&w, regexp->root, style->narrowing.group == 0 ? &style->narrowing : NULL);
    ff_buf_add_repeat(out, ')', brackets);
}

void ff_regexp_write_group(const ff_regexp *regexp, uint32_t group, ff_dialect dialect, ff_buf *out)
{
    ff_regexp_style style = {.dialect = dialect, .narrowing = {.group = FF_NO_GROUP}};
    writer w = {regexp, &style, out};
    write_branches(&w, regexp->groups.items[group].body, NULL);
}
