/* The plan as a catalog file. Texts of others stand in quotes, without a control character. */
#include "base/limits.h"
#include "base/utf8.h"
#include "base/yaml.h"
#include "catalog/path.h"
#include "workshop/import_plan.h"

enum { OWNER_BYTES = 60 };

static const struct {
    const char *role, *severity; /* where a matcher has only this tier */
    const char *severity_apart;  /* where it tells them apart: its errors are told as such, so this is no reason */
} WEIGHTS[] = {
    [FF_TIER_ERROR] = {"cause", "error", "error"},
    [FF_TIER_WARNING] = {"symptom", "warning", "note"},
    [FF_TIER_NOTICE] = {"symptom", "note", "note"},
};

/* ---- Scalars ---- */

/* Any text; what could not be seen becomes an escape of YAML. */
static void add_double(ff_buf *out, ff_slice text)
{
    ff_buf_add_byte(out, '"');
    for (size_t used; text.len; text = ff_slice_from(text, used)) {
        uint32_t code = 0;
        used = ff_utf8_next(text, &code);
        used = used ? used : 1;
        if (code == '"' || code == '\\')
            ff_buf_printf(out, "\\%c", (char)code);
        else if (code == '\n' || code == '\t')
            ff_buf_add(out, code == '\n' ? FF_LIT("\\n") : FF_LIT("\\t"));
        else if (ff_utf8_is_control(code))
            ff_buf_printf(out, "\\U%08x", code);
        else
            ff_buf_add(out, ff_slice_cut(text, used));
    }
    ff_buf_add_byte(out, '"');
}

static bool is_plain(ff_slice text)
{
    uint32_t code;
    for (size_t used; text.len; text = ff_slice_from(text, used))
        if ((used = ff_utf8_next(text, &code)) == 0 || ff_utf8_is_control(code))
            return false;
    return true;
}

static void add_text(ff_buf *out, ff_slice text)
{
    if (is_plain(text))
        ff_yaml_add_quoted(out, text);
    else
        add_double(out, text);
}

/* Several lines as a block, if nothing in them needs an escape. */
static void add_lines(ff_buf *out, ff_slice text, size_t indent)
{
    ff_slice rest = text, line;
    bool plain = ff_slice_find_byte(text, '\n') != SIZE_MAX && !ff_slice_ends(text, FF_LIT("\n"));
    while (plain && ff_slice_take_until(&rest, '\n', &line))
        plain = line.len && is_plain(line) && ff_slice_trim(line).len;
    if (!plain) {
        add_text(out, text);
        return;
    }
    ff_buf_add(out, FF_LIT("|2-"));
    while (ff_slice_take_until(&text, '\n', &line)) {
        ff_buf_add_byte(out, '\n');
        ff_buf_add_repeat(out, ' ', indent);
        ff_buf_add(out, line);
    }
}

static void add_list(ff_buf *out, const char *key, const ff_import_texts *texts, const char *indent)
{
    if (!texts->count)
        return;
    ff_buf_printf(out, "%s%s: [", indent, key);
    for (size_t i = 0; i < texts->count; i++) {
        ff_buf_add(out, i ? FF_LIT(", ") : FF_LIT(""));
        ff_yaml_add_quoted(out, texts->items[i]);
    }
    ff_buf_add(out, FF_LIT("]\n"));
}

/* An owner in a sentence; `$` would begin a gap that is filled in. */
static void add_owner(ff_buf *out, const ff_import_rule *rule)
{
    ff_slice owner = ff_utf8_cut(rule->matcher->owner, OWNER_BYTES), part;
    while (ff_slice_take_until(&owner, '$', &part))
        ff_utf8_add_safe(out, part);
}

/* A line `key: text` whose text is put together by `add`. */
static void add_made(ff_buf *out, const char *key, const ff_import_rule *rule,
                     void (*add)(ff_buf *out, const ff_import_rule *rule))
{
    ff_buf text;
    ff_buf_init(&text, FF_LIMIT_LINE_BYTES);
    add(&text, rule);
    ff_buf_inherit(out, &text);
    ff_buf_add(out, ff_slice_of(key));
    add_text(out, ff_buf_slice(&text));
    ff_buf_add_byte(out, '\n');
    ff_buf_release(&text);
}

/* ---- A rule ---- */

/* `(.*)` may be nothing: then a title must do without it. */
static bool always_has_message(const ff_import_rule *rule)
{
    bool always = true;
    for (size_t i = 0; i < rule->example_count && always; i++) {
        always = false;
        for (size_t k = 0; k < rule->examples[i].capture_count; k++)
            always = always || ff_slice_eq(rule->examples[i].captures[k].name, FF_LIT("message"));
    }
    return always;
}

static void add_title(ff_buf *out, const ff_import_rule *rule)
{
    add_owner(out, rule);
    ff_buf_add(out, always_has_message(rule) ? FF_LIT(": ${message}") : FF_LIT("$[: ${message}]"));
    ff_buf_add(out, ff_import_rule_has(rule, FF_ISSUE_CODE) ? FF_LIT("$[ (${code})]") : FF_LIT(""));
}

static void add_about(ff_buf *out, const ff_import_rule *rule)
{
    ff_buf_printf(out, "What the problem matcher \"");
    add_owner(out, rule);
    ff_buf_printf(out, "\" marks as %s %s.", rule->tier == FF_TIER_ERROR ? "an" : "a", ff_tier_name(rule->tier));
}

static void add_advice(ff_buf *out, const ff_import_rule *rule)
{
    if (rule->tier != FF_TIER_ERROR && rule->apart) {
        ff_buf_printf(out, "A %s fails no step by itself, unless ", ff_tier_name(rule->tier));
        add_owner(out, rule);
        ff_buf_add(out, FF_LIT(" is told to take it for an error. Look for its errors first."));
        return;
    }
    if (ff_import_rule_has(rule, FF_ISSUE_FILE)) {
        ff_buf_add(out, FF_LIT("Look at `${file}`"));
        if (ff_import_rule_has(rule, FF_ISSUE_LINE))
            ff_buf_add(out, FF_LIT("$[, line ${line}]"));
        ff_buf_add(out, FF_LIT(", and settle what "));
    } else {
        ff_buf_add(out, FF_LIT("Settle what "));
    }
    add_owner(out, rule);
    ff_buf_add(out, FF_LIT(" says. The same check on your machine, before the next push, shows whether that is all."));
}

static void add_comments(ff_buf *out, const ff_import_rule *rule)
{
    if (!ff_import_rule_is_exact(rule))
        ff_buf_printf(
            out,
            "  # GitHub wants the %zu lines of this one right behind one another; here they only have to stand"
            " near.\n",
            rule->matcher->patterns.count);
    if (ff_import_rule_loops(rule))
        ff_buf_printf(out, "  # A line further than %u below its headline is not found.\n", FF_LIMIT_WINDOW_LINES);
    if (rule->apart && !rule->graver && rule->matcher->severity != FF_TIER_NOTICE)
        ff_buf_add(out, FF_LIT("  # Notes and other notices are left out: they are never the reason.\n"));
    if (rule->matcher->from_path.len)
        ff_buf_add(out, FF_LIT("  # `fromPath` is left out: files are shown as the tool names them.\n"));
}

static void add_patterns(ff_buf *out, const ff_import_rule *rule, size_t from, size_t to)
{
    const char *indent = to - from > 1 ? "\n        - " : " ";
    for (size_t i = from; i < to; i++) {
        ff_buf_add(out, ff_slice_of(indent));
        ff_yaml_add_quoted(out, rule->patterns[i]);
    }
    ff_buf_add_byte(out, '\n');
}

static void add_window(ff_buf *out, const ff_import_rule *rule, const char *key, size_t from, size_t to)
{
    if (from == to)
        return;
    size_t lines = ff_import_rule_loops(rule) ? FF_LIMIT_WINDOW_LINES : to - from;
    ff_buf_printf(out, "    %s:\n      lines: %zu\n      found:", key, lines);
    add_patterns(out, rule, from, to);
    if (rule->until.len) {
        ff_buf_add(out, FF_LIT("      until: "));
        ff_yaml_add_quoted(out, rule->until);
        ff_buf_add_byte(out, '\n');
    }
}

static void add_matching(ff_buf *out, const ff_import_rule *rule)
{
    ff_buf_add(out, FF_LIT("    match: "));
    ff_yaml_add_quoted(out, rule->patterns[rule->pivot]);
    ff_buf_add_byte(out, '\n');
    add_window(out, rule, "before", 0, rule->pivot);
    add_window(out, rule, "follow", rule->pivot + 1, rule->matcher->patterns.count);
}

/* ---- Examples ---- */

static void add_example(ff_buf *out, const ff_import_rule *rule, const ff_import_example *example)
{
    ff_buf_add(out, FF_LIT("        - text: "));
    add_lines(out, example->text, 12);
    ff_buf_add_byte(out, '\n');
    for (size_t i = 0; i < example->capture_count; i++) {
        ff_buf_printf(out, "%s%.*s: ", i ? ", " : "          captures: {", FF_ARG(example->captures[i].name));
        add_text(out, example->captures[i].value);
    }
    ff_buf_add(out, example->capture_count ? FF_LIT("}\n") : FF_LIT(""));
    add_list(out, "also", &rule->also, "          ");
}

static void add_examples(ff_buf *out, const ff_import_rule *rule)
{
    ff_buf_add(out, FF_LIT("    examples:\n      match:\n"));
    for (size_t i = 0; i < rule->example_count; i++)
        add_example(out, rule, &rule->examples[i]);
    if (!rule->example_count)
        ff_buf_add(out, FF_LIT("        # put a real line here\n"));
    ff_buf_add(out, FF_LIT("      no_match:\n"));
    for (size_t i = 0; i < rule->miss_count; i++) {
        ff_buf_add(out, FF_LIT("        - "));
        add_lines(out, rule->misses[i], 10);
        ff_buf_add_byte(out, '\n');
    }
    if (!rule->miss_count)
        ff_buf_add(out, FF_LIT("        # put a line here that it must not hit\n"));
}

static void add_rule(ff_buf *out, const ff_import_rule *rule)
{
    const char *severity = rule->apart ? WEIGHTS[rule->tier].severity_apart : WEIGHTS[rule->tier].severity;
    ff_buf_add_byte(out, '\n');
    add_comments(out, rule);
    ff_buf_printf(out, "  - id: %.*s\n", FF_ARG(rule->id));
    add_made(out, "    title: ", rule, add_title);
    add_made(out, "    about: ", rule, add_about);
    ff_buf_printf(out, "    role: %s\n    severity: %s\n", WEIGHTS[rule->tier].role, severity);
    add_matching(out, rule);
    add_list(out, "yields_to", &rule->yields_to, "    ");
    add_made(out, "    fix:\n      - say: ", rule, add_advice);
    add_examples(out, rule);
}

void ff_import_print(const ff_import_plan *plan, ff_buf *out)
{
    ff_buf name;
    ff_buf_init(&name, FF_LIMIT_LINE_BYTES);
    ff_buf_add(&name, FF_LIT("What the problem matchers of "));
    ff_utf8_add_safe(&name, strcmp(plan->name, "-") == 0 ? FF_LIT("standard input") : ff_path_name(plan->name));
    ff_buf_add(&name, FF_LIT(" find."));
    ff_buf_inherit(out, &name);
    ff_buf_add(out,
               FF_LIT("# Made by `firstfault catalog import`. The examples are made up: real lines are better.\n"));
    ff_buf_printf(out, "family: %.*s\nabout: ", FF_ARG(plan->family));
    add_text(out, ff_buf_slice(&name));
    ff_buf_add(out, FF_LIT("\n\nrules:"));
    for (size_t i = 0; i < plan->rules.count; i++)
        add_rule(out, plan->rules.items[i]);
    ff_buf_release(&name);
}
