#include "fetch/link.h"

/* A link's parameters, as far as they count here. */
typedef struct link_facts {
    ff_slice target;
    ff_slice relations; /* separated by blanks */
    bool has_relations;
    bool anchored; /* it is a link of something else than the answer */
} link_facts;

static void skip_blanks(ff_slice *rest)
{
    while (rest->len && (*rest->ptr == ' ' || *rest->ptr == '\t'))
        *rest = ff_slice_from(*rest, 1);
}

static bool is_token_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           (byte && strchr("!#$%&'*+-.^_`|~", byte));
}

static bool take_token(ff_slice *rest, ff_slice *token)
{
    size_t len = 0;
    while (len < rest->len && is_token_byte(rest->ptr[len]))
        len++;
    *token = ff_slice_cut(*rest, len);
    *rest = ff_slice_from(*rest, len);
    return len > 0;
}

static bool is_uri_byte(char byte)
{
    return byte > ' ' && byte < 0x7F && !strchr("<>\"\\^`{|}", byte);
}

static bool take_target(ff_slice *rest, ff_slice *target)
{
    if (!ff_slice_take_prefix(rest, FF_LIT("<")))
        return false;
    size_t len = 0;
    while (len < rest->len && is_uri_byte(rest->ptr[len]))
        len++;
    *target = ff_slice_cut(*rest, len);
    *rest = ff_slice_from(*rest, len);
    return ff_slice_take_prefix(rest, FF_LIT(">"));
}

/* The text between the quotes, escapes as they stand: no relation has one. */
static bool take_quoted(ff_slice *rest, ff_slice *value)
{
    if (!ff_slice_take_prefix(rest, FF_LIT("\"")))
        return false;
    size_t len = 0;
    while (len < rest->len && rest->ptr[len] != '"')
        len += rest->ptr[len] == '\\' ? 2 : 1;
    *value = ff_slice_cut(*rest, len);
    *rest = ff_slice_from(*rest, len);
    return ff_slice_take_prefix(rest, FF_LIT("\""));
}

/* Of a parameter given twice the first counts (RFC 8288, 3.3). */
static bool take_parameter(ff_slice *rest, link_facts *link)
{
    ff_slice name, value = {0};
    if (!take_token(rest, &name))
        return false;
    skip_blanks(rest);
    if (ff_slice_take_prefix(rest, FF_LIT("="))) {
        skip_blanks(rest);
        if (!(ff_slice_starts(*rest, FF_LIT("\"")) ? take_quoted(rest, &value) : take_token(rest, &value)))
            return false;
    }
    if (ff_slice_eq_nocase(name, FF_LIT("rel")) && !link->has_relations) {
        link->relations = value;
        link->has_relations = true;
    }
    link->anchored |= ff_slice_eq_nocase(name, FF_LIT("anchor"));
    return true;
}

static bool take_link(ff_slice *rest, link_facts *link)
{
    *link = (link_facts){0};
    if (!take_target(rest, &link->target))
        return false;
    for (skip_blanks(rest); ff_slice_take_prefix(rest, FF_LIT(";")); skip_blanks(rest)) {
        skip_blanks(rest);
        bool empty = !rest->len || *rest->ptr == ';' || *rest->ptr == ',';
        if (!empty && !take_parameter(rest, link))
            return false;
    }
    return !rest->len || *rest->ptr == ',';
}

static bool has_relation(ff_slice relations, ff_slice wanted)
{
    ff_slice one;
    while (ff_slice_take_until(&relations, ' ', &one))
        if (ff_slice_eq_nocase(one, wanted))
            return true;
    return false;
}

/* The whole header must be well formed, or none of it counts. */
ff_slice ff_link_next(ff_slice header)
{
    ff_slice next = {0};
    link_facts link;
    while (header.len) {
        skip_blanks(&header);
        if (ff_slice_take_prefix(&header, FF_LIT(",")) || !header.len)
            continue;
        if (!take_link(&header, &link))
            return (ff_slice){0};
        if (!next.len && !link.anchored && has_relation(link.relations, FF_LIT("next")))
            next = link.target;
    }
    return next;
}
