#include "workshop/export.h"

#include "base/json.h"
#include "workshop/list.h"

static const char *const SEVERITIES[] = {
    [FF_SEVERITY_NOTE] = "notice",
    [FF_SEVERITY_WARNING] = "warning",
    [FF_SEVERITY_ERROR] = "error",
    [FF_SEVERITY_FATAL] = "error",
};

/* ---- JSON ---- */

static void write_pattern(ff_json *json, const ff_export_pattern *pattern)
{
    ff_json_open(json, '{');
    ff_json_put_text(json, "regexp", pattern->regexp);
    for (int part = 0; part < FF_ISSUE_PARTS; part++)
        if (pattern->groups[part]) {
            ff_json_key(json, ff_issue_part_key((ff_issue_part)part));
            ff_json_uint(json, pattern->groups[part]);
        }
    if (pattern->loop) {
        ff_json_key(json, "loop");
        ff_json_bool(json, true);
    }
    ff_json_close(json, '}');
}

static void write_matcher(ff_json *json, const ff_rule *rule, const ff_export_matcher *matcher, ff_slice owner)
{
    ff_json_open(json, '{');
    ff_json_put_text(json, "owner", owner);
    ff_json_put_text(json, "severity", ff_slice_of(SEVERITIES[rule->severity]));
    ff_json_key(json, "pattern");
    ff_json_open(json, '[');
    for (size_t i = 0; i < matcher->patterns.count; i++)
        write_pattern(json, &matcher->patterns.items[i]);
    ff_json_close(json, ']');
    ff_json_close(json, '}');
}

/* ---- Rules ---- */

/* Any of the patterns under `match` makes a hit, so each becomes a matcher; all of them, or the rule is left out. */
static ff_status make_matchers(ff_arena *arena, const ff_rule *rule, ff_export_matcher *matchers, ff_error *error)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < rule->match.count && status == FF_OK; i++)
        status = ff_export_rule(&matchers[i], arena, rule, &rule->match.items[i], error);
    return status;
}

static ff_status export_rule(const ff_rule *rule, ff_json *json, ff_buf *remarks, size_t *exported)
{
    ff_arena arena;
    ff_error reason = {0};
    ff_arena_init(&arena, 0);
    ff_export_matcher *matchers = ff_arena_array(&arena, rule->match.count, sizeof *matchers);
    ff_status status = matchers ? make_matchers(&arena, rule, matchers, &reason) : FF_NOMEM;
    for (size_t i = 0; i < rule->match.count && status == FF_OK; i++) {
        ff_slice owner = i ? ff_arena_printf(&arena, "%.*s-%zu", FF_ARG(rule->id), i + 1) : rule->id;
        write_matcher(json, rule, &matchers[i], owner);
    }
    *exported += status == FF_OK;
    if (status == FF_UNSUPPORTED) {
        ff_buf_printf(remarks, "%.*s: %s\n", FF_ARG(rule->id), reason.text);
        status = FF_OK;
    }
    ff_arena_release(&arena);
    return status;
}

ff_status ff_export_run(const ff_export *export, ff_buf *json, ff_buf *remarks, ff_error *error)
{
    size_t count, exported = 0;
    const ff_rule *rules = ff_catalog_rules(export->catalog, &count);
    ff_list_choice choice = {.globs = export->globs, .glob_count = export->count};
    ff_json writer = {.out = json};
    ff_status status = ff_list_check(export->catalog, &choice, error);
    ff_json_open(&writer, '{');
    ff_json_key(&writer, "problemMatcher");
    ff_json_open(&writer, '[');
    for (size_t i = 0; i < count && status == FF_OK; i++)
        if (ff_list_has(&choice, &rules[i]))
            status = export_rule(&rules[i], &writer, remarks, &exported);
    ff_json_close(&writer, ']');
    ff_json_close(&writer, '}');
    ff_buf_add_byte(json, '\n');
    if (status == FF_OK && !exported)
        return ff_error_set(error, FF_UNSUPPORTED, "none of the rules can be told to a problem matcher");
    return status == FF_OK ? ff_buf_status(json) : status;
}
