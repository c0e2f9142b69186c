#include "base/utf8.h"
#include "workshop/list.h"

/* A title as Markdown: `${capture}` becomes code, the brackets of optional parts go. */
static void add_title(ff_buf *out, ff_slice title)
{
    while (title.len) {
        size_t at = ff_slice_find_byte(title, '$');
        ff_utf8_add_safe(out, ff_slice_cut(title, at));
        title = ff_slice_from(title, at);
        if (ff_slice_take_prefix(&title, FF_LIT("$${"))) {
            ff_buf_add(out, FF_LIT("${"));
        } else if (ff_slice_take_prefix(&title, FF_LIT("$["))) {
            ff_buf_add(out, FF_LIT("["));
        } else if (ff_slice_take_prefix(&title, FF_LIT("${"))) {
            ff_slice name = {0};
            (void)ff_slice_take_until(&title, '}', &name);
            name = ff_slice_cut(name, ff_slice_find_byte(name, ':')); /* `:first` is no matter for a reader */
            ff_buf_printf(out, "`%.*s`", FF_ARG(name));
        } else if (title.len) {
            ff_buf_add_byte(out, '$');
            title = ff_slice_from(title, 1);
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
        ff_utf8_add_safe(out, ff_slice_trim_end(line));
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
    add_title(out, rule->title);
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
