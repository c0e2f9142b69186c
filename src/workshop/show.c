#include "workshop/show.h"

#include "base/utf8.h"
#include "log/line.h"
#include "match/literal.h"

enum { LABEL_COLUMN = 14 };

static void add_label(ff_buf *out, const char *label)
{
    ff_slice text = ff_slice_of(label);
    ff_buf_add(out, FF_LIT("  "));
    ff_buf_add(out, text);
    ff_buf_add_repeat(out, ' ', text.len < LABEL_COLUMN ? LABEL_COLUMN - text.len : 1);
}

/* A text of several lines stays in its column. */
static void add_text(ff_buf *out, const char *label, ff_slice text)
{
    ff_slice line;
    while (ff_slice_take_until(&text, '\n', &line)) {
        add_label(out, label);
        ff_utf8_add_safe(out, line);
        ff_buf_add_byte(out, '\n');
        label = "";
    }
}

static void add_texts(ff_buf *out, const char *label, ff_texts texts)
{
    if (texts.count == 0)
        return;
    add_label(out, label);
    for (size_t i = 0; i < texts.count; i++)
        ff_buf_printf(out, "%s%.*s", i ? ", " : "", FF_ARG(texts.items[i]));
    ff_buf_add_byte(out, '\n');
}

static void add_literals(ff_buf *out, ff_slice pattern)
{
    ff_arena arena;
    ff_arena_init(&arena, 0);
    ff_literals literals = ff_literal_find(&arena, pattern);
    add_label(out, "");
    ff_buf_add(out, literals.count ? FF_LIT("  needs ") : FF_LIT("  needs no literal: it runs on every line"));
    for (size_t i = 0; i < literals.count; i++) {
        ff_buf_add(out, i ? FF_LIT(" and ") : (ff_slice){0});
        for (size_t k = 0; k < literals.sets[i].count; k++) {
            ff_buf_add(out, k ? FF_LIT(" or \"") : FF_LIT("\""));
            ff_utf8_add_safe(out, literals.sets[i].items[k]);
            ff_buf_add_byte(out, '"');
        }
    }
    ff_buf_add_byte(out, '\n');
    ff_arena_release(&arena);
}

static void add_patterns(ff_buf *out, const char *label, const ff_patterns *patterns, bool literals)
{
    for (size_t i = 0; i < patterns->count; i++) {
        add_text(out, i ? "" : label, patterns->items[i].text);
        if (literals)
            add_literals(out, patterns->items[i].text);
    }
}

static void add_window(ff_buf *out, const char *label, const ff_rule_window *window)
{
    if (!window->lines)
        return;
    add_label(out, label);
    ff_buf_printf(out, "%u lines\n", window->lines);
    add_patterns(out, "  found", &window->found, false);
    add_patterns(out, "  maybe", &window->maybe, false);
    add_patterns(out, "  unless found", &window->unless_found, false);
    add_patterns(out, "  until", &window->until, false);
}

static void add_kinds(ff_buf *out, uint32_t kinds)
{
    if (kinds == FF_LINES_PRINTED)
        return;
    add_label(out, "looks at");
    for (unsigned kind = 0, told = 0; kind < FF_LINE_KIND_COUNT; kind++)
        if (kinds & FF_LINE_BIT(kind))
            ff_buf_printf(out, "%s%s", told++ ? ", " : "", ff_line_kind_name((ff_line_kind)kind));
    ff_buf_add_byte(out, '\n');
}

static void add_outcome(ff_buf *out, const ff_where *where)
{
    if (where->outcome == FF_OUTCOME_ANY)
        return;
    add_label(out, "only if");
    ff_buf_printf(out, "its step %s\n", where->outcome == FF_OUTCOME_FAILED ? "failed" : "passed");
}

static void add_params(ff_buf *out, const char *label, const ff_param *params, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add_label(out, i ? "" : label);
        ff_buf_printf(out, "%.*s: ", FF_ARG(params[i].name));
        ff_utf8_add_safe(out, params[i].value);
        ff_buf_add_byte(out, '\n');
    }
}

static void add_conditions(const ff_rule *rule, ff_buf *out)
{
    add_outcome(out, &rule->where);
    add_kinds(out, rule->where.kinds);
    add_texts(out, "in jobs", rule->where.jobs);
    add_texts(out, "in steps", rule->where.steps);
    add_patterns(out, "match", &rule->match, true);
    add_patterns(out, "unless", &rule->unless, false);
    add_window(out, "before", &rule->before);
    add_window(out, "follow", &rule->follow);
    add_params(out, "compose", rule->compose, rule->compose_count);
    if (rule->repeat.at_least > 1) {
        add_label(out, "at least");
        ff_buf_printf(out, "%u hits in a step\n", rule->repeat.at_least);
    }
    add_texts(out, "same", rule->repeat.same);
    add_patterns(out, "closed by", &rule->repeat.closed_by, true);
    add_patterns(out, rule->absent.same_step ? "absent (step)" : "absent", &rule->absent.patterns, true);
    add_texts(out, "same step", rule->requires.same_step);
    add_texts(out, "same job", rule->requires.same_job);
    add_texts(out, "same run", rule->requires.run);
}

static void add_examples(ff_buf *out, const char *label, const ff_example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add_text(out, i ? "" : label, examples[i].text);
        add_texts(out, "  also hit by", examples[i].also);
        for (size_t k = 0; k < examples[i].capture_count; k++) {
            add_label(out, "");
            ff_buf_printf(out, "  %.*s = ", FF_ARG(examples[i].captures[k].name));
            ff_utf8_add_safe(out, examples[i].captures[k].value);
            ff_buf_add_byte(out, '\n');
        }
    }
}

static void add_edit(ff_buf *out, const ff_fix *fix)
{
    add_text(out, "edit line", fix->edit_line.text);
    add_text(out, fix->edit_line.text.len ? "  becomes" : "", fix->edit_becomes);
    add_text(out, "edit drop", fix->edit_drop);
    add_text(out, "  instead", fix->edit_instead);
    add_text(out, "edit before", fix->edit_before.text);
    add_text(out, "  insert", fix->edit_insert);
}

void ff_show_rule(const ff_rule *rule, ff_buf *out)
{
    ff_buf_printf(out, "%.*s  (%s, %s)\n", FF_ARG(rule->id), ff_role_name(rule->role),
                  ff_severity_name(rule->severity));
    add_label(out, "from");
    ff_buf_printf(out, "%s, ", rule->layer);
    ff_utf8_add_safe(out, ff_slice_of(rule->at.file));
    ff_buf_printf(out, ":%u\n", rule->at.line);
    add_text(out, "title", rule->title);
    add_text(out, "about", rule->about);
    add_texts(out, "tags", rule->tags);
    add_conditions(rule, out);
    add_texts(out, "caused by", rule->caused_by);
    add_texts(out, "yields to", rule->yields_to);
    add_texts(out, "fingerprint", rule->stable);
    for (size_t i = 0; i < rule->fix_count; i++) {
        add_params(out, "fix when", rule->fixes[i].when, rule->fixes[i].when_count);
        add_text(out, "fix", rule->fixes[i].say);
        add_edit(out, &rule->fixes[i]);
    }
    for (size_t i = 0; i < rule->verify_count; i++) {
        add_text(out, "verify", rule->verify[i].probe);
        add_params(out, "", rule->verify[i].params, rule->verify[i].param_count);
        add_text(out, "  found", rule->verify[i].found);
        add_text(out, "  missing", rule->verify[i].missing);
    }
    for (size_t i = 0; i < rule->ask_count; i++) {
        add_text(out, "ask", rule->asks[i].command);
        add_text(out, "", rule->asks[i].why);
    }
    add_examples(out, "hits", rule->examples_match, rule->examples_match_count);
    add_examples(out, "spares", rule->examples_no_match, rule->examples_no_match_count);
}
