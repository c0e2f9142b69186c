#include "base/fill.h"
#include "base/utf8.h"
#include "workshop/list.h"

/* A text with gaps for readers: a gap is its name in backticks, or behind a dollar where it stands in code already; an
 * optional part stands in brackets. */
static void add_text(ff_buf *out, ff_slice text, bool in_title)
{
    while (text.len) {
        size_t at = ff_slice_find_byte(text, '$');
        ff_utf8_add_safe(out, ff_slice_cut(text, at));
        text = ff_slice_from(text, at);
        if (ff_slice_take_prefix(&text, FF_LIT("$${"))) {
            ff_buf_add(out, FF_LIT("${"));
        } else if (in_title && ff_slice_take_prefix(&text, FF_LIT("$["))) {
            ff_buf_add(out, FF_LIT("["));
        } else if (ff_slice_take_prefix(&text, FF_LIT("${"))) {
            ff_slice name = {0};
            (void)ff_slice_take_until(&text, '}', &name);
            (void)ff_fill_take_first(&name); /* no matter for a reader */
            ff_buf_printf(out, in_title ? "`%.*s`" : "${%.*s}", FF_ARG(name));
        } else if (text.len) {
            ff_buf_add_byte(out, '$');
            text = ff_slice_from(text, 1);
        }
    }
}

/* Each line of a text of the rule's author, behind `indent`. */
static void add_lines(ff_buf *out, const char *indent, ff_slice text)
{
    ff_slice line;
    bool first = true;
    while (ff_slice_take_until(&text, '\n', &line)) {
        if (!first)
            ff_buf_printf(out, "\n%s", line.len ? indent : "");
        add_text(out, ff_slice_trim_end(line), false);
        first = false;
    }
    ff_buf_add_byte(out, '\n');
}

static void add_references(ff_buf *out, const char *lead, ff_texts references)
{
    for (size_t i = 0; i < references.count; i++)
        ff_buf_printf(out, "%s`%.*s`", i ? ", " : lead, FF_ARG(references.items[i]));
    if (references.count)
        ff_buf_add(out, FF_LIT("\n"));
}

static void add_rule(ff_buf *out, const ff_rule *rule)
{
    ff_buf_printf(out, "\n### `%.*s`\n", FF_ARG(rule->id));
    add_text(out, rule->title, true);
    ff_buf_printf(out, " · *%s, %s*\n", ff_role_name(rule->role), ff_severity_name(rule->severity));
    if (rule->about.len) {
        ff_buf_add_byte(out, '\n');
        add_lines(out, "", rule->about);
    }
    ff_buf_add_byte(out, '\n');
    for (size_t i = 0; i < rule->fix_count; i++) {
        ff_buf_add(out, FF_LIT("- Do: "));
        for (size_t k = 0; k < rule->fixes[i].when_count; k++)
            ff_buf_printf(out, "(%.*s is `%.*s`) ", FF_ARG(rule->fixes[i].when[k].name),
                          FF_ARG(rule->fixes[i].when[k].value));
        add_lines(out, "  ", rule->fixes[i].say);
    }
    for (size_t i = 0; i < rule->ask_count; i++) {
        ff_buf_printf(out, "- Ask: `%.*s`: ", FF_ARG(rule->asks[i].command));
        add_lines(out, "  ", rule->asks[i].why);
    }
    add_references(out, "- Caused by ", rule->caused_by);
    add_references(out, "- Yields to ", rule->yields_to);
    ff_buf_add(out, FF_LIT("- Example:\n  ````text\n  "));
    add_lines(out, "  ", rule->examples_match[0].text);
    ff_buf_add(out, FF_LIT("  ````\n"));
}

void ff_list_markdown(const ff_catalog *catalog, const ff_list_choice *choice, ff_buf *out)
{
    size_t count, chosen = 0;
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    for (size_t i = 0; i < count; i++)
        chosen += ff_list_has(choice, &rules[i]);
    ff_buf_printf(out, "# %s\n\nMade by `firstfault catalog list", choice->glob_count ? choice->globs[0] : "The rules");
    for (size_t i = 0; i < choice->glob_count; i++)
        ff_buf_printf(out, " %s", choice->globs[i]);
    ff_buf_printf(out, " --format markdown`: %zu rule%s. `[…]` is left out when the log does not say it.\n", chosen,
                  chosen == 1 ? "" : "s");
    const ff_rule *last = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!ff_list_has(choice, &rules[i]))
            continue;
        if (!last || !ff_slice_eq(last->family, rules[i].family)) {
            ff_slice about = ff_list_about(catalog, rules[i].family);
            ff_buf_printf(out, "\n## The family %.*s\n", FF_ARG(rules[i].family));
            if (about.len)
                add_lines(out, "", about);
        }
        add_rule(out, &rules[i]);
        last = &rules[i];
    }
}
