#include "base/utf8.h"
#include "workshop/list.h"

enum { NAME_COLUMN = 18, ID_COLUMN = 40, ABOUT_BYTES = 76 };

static void add_padded(ff_buf *out, ff_slice text, size_t width)
{
    ff_buf_add(out, text);
    ff_buf_add_repeat(out, ' ', text.len < width ? width - text.len : 1);
}

static void add_rules(const ff_catalog *catalog, const ff_list_choice *choice, ff_buf *out)
{
    size_t count;
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    for (size_t i = 0; i < count; i++) {
        if (!ff_list_has(choice, &rules[i]))
            continue;
        add_padded(out, rules[i].id, ID_COLUMN);
        add_padded(out, ff_slice_of(ff_role_name(rules[i].role)), 12);
        add_padded(out, ff_slice_of(ff_severity_name(rules[i].severity)), 8);
        add_padded(out, ff_slice_of(rules[i].layer), 11);
        ff_utf8_add_safe(out, rules[i].title);
        ff_buf_add_byte(out, '\n');
    }
}

/* One line for each family of each layer: rules are sorted by id, so those of a family stand together. */
static void add_family(const ff_catalog *catalog, const ff_rule *rules, size_t count, const char *layer, ff_buf *out)
{
    size_t in_layer = 0, roles[FF_ROLE_COUNT] = {0};
    for (size_t i = 0; i < count; i++)
        if (strcmp(rules[i].layer, layer) == 0) {
            in_layer++;
            roles[rules[i].role]++;
        }
    if (in_layer == 0)
        return;
    add_padded(out, rules->family, NAME_COLUMN);
    ff_buf_printf(out, "%5zu  %6zu  %8zu  %12zu  %5zu  ", in_layer, roles[FF_ROLE_CAUSE], roles[FF_ROLE_SYMPTOM],
                  roles[FF_ROLE_CONSEQUENCE], roles[FF_ROLE_NOISE]);
    add_padded(out, ff_slice_of(layer), 11);
    ff_utf8_add_safe(out, ff_utf8_cut(ff_list_about(catalog, rules->family), ABOUT_BYTES));
    ff_buf_add_byte(out, '\n');
}

static size_t family_end(const ff_rule *rules, size_t from, size_t count)
{
    size_t to = from + 1;
    while (to < count && ff_slice_eq(rules[to].family, rules[from].family))
        to++;
    return to;
}

/* True if no rule before it, in the same family, comes from its layer. */
static bool is_first_of_layer(const ff_rule *rules, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(rules[i].layer, rules[at].layer) == 0)
            return false;
    return true;
}

static void add_disabled(const ff_catalog *catalog, ff_buf *out)
{
    size_t count;
    const ff_disabled *disabled = ff_catalog_disabled(catalog, &count);
    for (size_t i = 0; i < count; i++) {
        ff_buf_add(out, FF_LIT("switched off: "));
        ff_utf8_add_safe(out, disabled[i].glob);
        ff_buf_add(out, FF_LIT(", in "));
        ff_utf8_add_safe(out, ff_slice_of(disabled[i].at.file));
        ff_buf_add_byte(out, '\n');
    }
}

static void add_families(const ff_catalog *catalog, ff_buf *out)
{
    size_t count, family_count = 0;
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    add_padded(out, FF_LIT("family"), NAME_COLUMN);
    ff_buf_add(out, FF_LIT("rules  causes  symptoms  consequences  noise  origin     about\n"));
    for (size_t from = 0, to; from < count; from = to, family_count++) {
        to = family_end(rules, from, count);
        for (size_t i = 0; i < to - from; i++)
            if (is_first_of_layer(rules + from, i))
                add_family(catalog, rules + from, to - from, rules[from + i].layer, out);
    }
    ff_buf_printf(out, "\n%zu rule%s, %zu famil%s, digest sha256:%.16s\n", count, count == 1 ? "" : "s", family_count,
                  family_count == 1 ? "y" : "ies", ff_catalog_digest(catalog));
    add_disabled(catalog, out);
}

void ff_list_text(const ff_catalog *catalog, const ff_list_choice *choice, ff_buf *out)
{
    if (choice->glob_count)
        add_rules(catalog, choice, out);
    else
        add_families(catalog, out);
}
