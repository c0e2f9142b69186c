#include "workshop/regexp.h"

enum { STEPS_MAX = 100000 };

/* What a made-up text is made of, the most readable first. */
static const char PREFERRED[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456789 0./-_:#,;=\"'()[]{}<>@+*!?"
    "%&|~^$`\\\t";

typedef struct sampler {
    const ff_regexp *regexp;
    const ff_regexp_taste *taste;
    ff_buf *out;
    uint32_t steps;
    struct {
        size_t from, to;
    } made[64]; /* what groups gave, for what refers to them; more of them give nothing */
} sampler;

static void sample_branches(sampler *s, const ff_regexp_node *branches, uint32_t group);

static bool fits_item(const ff_regexp_item *item, unsigned char c)
{
    bool digit = c >= '0' && c <= '9', blank = c == ' ' || (c >= '\t' && c <= '\r');
    bool word = digit || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    switch (item->escape) {
    case 'd': return digit;
    case 'D': return !digit;
    case 's': return blank;
    case 'S': return !blank;
    case 'w': return word;
    case 'W': return !word;
    default: return c >= item->first && c <= item->last;
    }
}

static bool fits(const ff_regexp_class *class_, unsigned char c)
{
    bool found = false;
    for (size_t i = 0; i < class_->count && !found; i++)
        found = fits_item(&class_->items[i], c);
    return found != class_->negated;
}

static void add_code(ff_buf *out, uint32_t code)
{
    ff_regexp_node node = {.kind = FF_REGEXP_CHAR, .code = code};
    ff_regexp_add_word(out, &(ff_regexp_node){.kind = FF_REGEXP_SEQUENCE, .child = &node});
}

static void sample_class(sampler *s, const ff_regexp_class *class_)
{
    size_t skip = s->taste->variant % 3, wanted = 0;
    const char *best = NULL;
    for (const char *c = PREFERRED; *c && wanted <= skip; c++)
        if (fits(class_, (unsigned char)*c)) {
            best = c;
            wanted += *c == ' ' ? skip + 1 : 1; /* a blank is as good as any other */
        }
    if (best)
        ff_buf_add_byte(s->out, *best);
    for (size_t i = 0; !best && i < class_->count; i++)
        if (!class_->items[i].escape && !class_->negated) {
            add_code(s->out, class_->items[i].first);
            return;
        }
}

static const ff_regexp_wish *find_wish(const sampler *s, uint32_t group)
{
    for (size_t i = 0; i < s->taste->wish_count; i++)
        if (s->taste->wishes[i].group == group)
            return &s->taste->wishes[i];
    return NULL;
}

/* True if a wish is for something inside the node. */
static bool is_wanted(const sampler *s, const ff_regexp_node *node)
{
    if (node->kind == FF_REGEXP_GROUP && node->group != FF_NO_GROUP && find_wish(s, node->group))
        return true;
    for (const ff_regexp_node *child = node->child; child; child = child->next)
        if (is_wanted(s, child))
            return true;
    return false;
}

static void sample_group(sampler *s, const ff_regexp_node *node)
{
    static const char *const AROUND[] = {"(?=", "(?!", "(?<=", "(?<!"};
    for (size_t i = 0; i < sizeof AROUND / sizeof *AROUND; i++)
        if (ff_slice_eq(node->text, ff_slice_of(AROUND[i])))
            return;
    const ff_regexp_wish *wish = node->group == FF_NO_GROUP ? NULL : find_wish(s, node->group);
    size_t from = s->out->len;
    if (wish && wish->text.len)
        ff_buf_add(s->out, wish->text);
    else
        sample_branches(s, node->child, node->group);
    if (node->group < sizeof s->made / sizeof *s->made) {
        s->made[node->group].from = from;
        s->made[node->group].to = s->out->len;
    }
}

static void sample_reference(sampler *s, uint32_t group)
{
    if (group >= sizeof s->made / sizeof *s->made)
        return;
    for (size_t at = s->made[group].from; at < s->made[group].to && ff_buf_status(s->out) == FF_OK; at++)
        ff_buf_add_byte(s->out, s->out->ptr[at]);
}

static void sample_item(sampler *s, const ff_regexp_node *node)
{
    if (++s->steps > STEPS_MAX)
        s->out->status = FF_LIMIT;
    if (ff_buf_status(s->out) != FF_OK)
        return;
    switch (node->kind) {
    case FF_REGEXP_CHAR: add_code(s->out, node->code); break;
    case FF_REGEXP_CLASS: sample_class(s, node->class_); break;
    case FF_REGEXP_ANY: ff_buf_add_byte(s->out, (char)('x' + s->taste->variant % 2)); break;
    case FF_REGEXP_BACK: sample_reference(s, node->group); break;
    case FF_REGEXP_GROUP: sample_group(s, node); break;
    case FF_REGEXP_REPEAT: {
        bool more = node->least == 0 && node->most && is_wanted(s, node->child);
        for (uint32_t i = 0; i < node->least + more && ff_buf_status(s->out) == FF_OK; i++)
            sample_item(s, node->child);
        break;
    }
    case FF_REGEXP_ASSERT:
    case FF_REGEXP_FLAGS:
    case FF_REGEXP_BRANCHES:
    case FF_REGEXP_SEQUENCE: break;
    }
}

/* The first branch with something that is wanted in it, else the first that stays. */
static void sample_branches(sampler *s, const ff_regexp_node *branches, uint32_t group)
{
    const ff_regexp_narrowing *narrowing = &s->taste->narrowing;
    const ff_regexp_node *chosen = NULL;
    for (const ff_regexp_node *branch = branches->child; branch; branch = branch->next) {
        if (narrowing->keeps && narrowing->group == group && !narrowing->keeps(narrowing->self, branch))
            continue;
        if (!chosen || (!is_wanted(s, chosen) && is_wanted(s, branch)))
            chosen = branch;
    }
    for (const ff_regexp_node *item = chosen ? chosen->child : NULL; item; item = item->next)
        sample_item(s, item);
}

bool ff_regexp_is_words(const ff_regexp_node *branches)
{
    for (const ff_regexp_node *branch = branches->child; branch; branch = branch->next) {
        if (!branch->child)
            return false;
        for (const ff_regexp_node *item = branch->child; item; item = item->next)
            if (item->kind != FF_REGEXP_CHAR)
                return false;
    }
    return true;
}

void ff_regexp_sample(const ff_regexp *regexp, const ff_regexp_taste *taste, ff_buf *out)
{
    sampler s = {.regexp = regexp, .taste = taste, .out = out};
    const ff_regexp_wish *wish = find_wish(&s, 0);
    if (wish && wish->text.len)
        ff_buf_add(out, wish->text);
    else
        sample_branches(&s, regexp->root, 0);
}
