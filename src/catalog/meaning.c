#include "catalog/meaning.h"

#include <stdio.h>

/* Lists are preceded by their length, so that no two rules spell the same fields. */
static void add_number(ff_sha256 *digest, size_t number)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%zu", number);
    ff_sha256_field(digest, (ff_slice){text, length > 0 ? (size_t)length : 0});
}

static void add_texts(ff_sha256 *digest, const ff_texts *texts)
{
    add_number(digest, texts->count);
    for (size_t i = 0; i < texts->count; i++)
        ff_sha256_field(digest, texts->items[i]);
}

static void add_patterns(ff_sha256 *digest, const ff_patterns *patterns)
{
    add_number(digest, patterns->count);
    for (size_t i = 0; i < patterns->count; i++)
        ff_sha256_field(digest, patterns->items[i].text);
}

static void add_params(ff_sha256 *digest, const ff_param *params, size_t count)
{
    add_number(digest, count);
    for (size_t i = 0; i < count; i++) {
        ff_sha256_field(digest, params[i].name);
        ff_sha256_field(digest, params[i].value);
    }
}

static void add_window(ff_sha256 *digest, const ff_rule_window *window)
{
    add_number(digest, window->lines);
    add_patterns(digest, &window->found);
    add_patterns(digest, &window->unless_found);
    add_patterns(digest, &window->maybe);
    add_patterns(digest, &window->until);
}

static void add_where(ff_sha256 *digest, const ff_where *where)
{
    add_number(digest, where->kinds);
    add_texts(digest, &where->jobs);
    add_texts(digest, &where->steps);
    add_number(digest, where->outcome);
}

/* What decides whether a line is a hit, and how hits fold. */
static void add_conditions(ff_sha256 *digest, const ff_rule *rule)
{
    add_where(digest, &rule->where);
    add_patterns(digest, &rule->match);
    add_patterns(digest, &rule->unless);
    add_window(digest, &rule->follow);
    add_window(digest, &rule->before);
    add_params(digest, rule->compose, rule->compose_count);
    add_number(digest, rule->repeat.at_least);
    add_texts(digest, &rule->repeat.same);
    add_patterns(digest, &rule->repeat.closed_by);
    add_patterns(digest, &rule->absent.patterns);
    add_number(digest, rule->absent.same_step);
    add_texts(digest, &rule->requires.same_step);
    add_texts(digest, &rule->requires.same_job);
    add_texts(digest, &rule->requires.run);
}

/* What the report says beyond the finding: checks, advice, next evidence. */
static void add_remedies(ff_sha256 *digest, const ff_rule *rule)
{
    add_number(digest, rule->verify_count);
    for (size_t i = 0; i < rule->verify_count; i++) {
        const ff_verify *verify = &rule->verify[i];
        ff_sha256_field(digest, verify->probe);
        add_params(digest, verify->params, verify->param_count);
        ff_sha256_field(digest, verify->found);
        ff_sha256_field(digest, verify->missing);
    }
    add_number(digest, rule->fix_count);
    for (size_t i = 0; i < rule->fix_count; i++) {
        const ff_fix *fix = &rule->fixes[i];
        add_params(digest, fix->when, fix->when_count);
        ff_sha256_field(digest, fix->say);
        ff_sha256_field(digest, fix->edit_line.text);
        ff_sha256_field(digest, fix->edit_becomes);
        ff_sha256_field(digest, fix->edit_drop);
        ff_sha256_field(digest, fix->edit_instead);
        ff_sha256_field(digest, fix->edit_before.text);
        ff_sha256_field(digest, fix->edit_insert);
    }
    add_number(digest, rule->ask_count);
    for (size_t i = 0; i < rule->ask_count; i++) {
        ff_sha256_field(digest, rule->asks[i].command);
        ff_sha256_field(digest, rule->asks[i].why);
    }
}

void ff_meaning_add(ff_sha256 *digest, const ff_rule *rule)
{
    ff_sha256_field(digest, rule->id);
    ff_sha256_field(digest, rule->title);
    ff_sha256_field(digest, rule->about);
    ff_sha256_field(digest, ff_slice_of(ff_role_name(rule->role)));
    ff_sha256_field(digest, ff_slice_of(ff_severity_name(rule->severity)));
    add_texts(digest, &rule->tags);
    add_texts(digest, &rule->caused_by);
    add_texts(digest, &rule->yields_to);
    add_number(digest, rule->stable.items != NULL);
    add_texts(digest, &rule->stable);
    add_conditions(digest, rule);
    add_remedies(digest, rule);
}
