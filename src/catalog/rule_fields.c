#include "catalog/rule_fields.h"

#include "base/limits.h"
#include "catalog/remedy_fields.h"
#include "log/line.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* ff_field_word stores the index of a word into the enum. */
_Static_assert(sizeof(ff_role) == sizeof(uint32_t) && sizeof(ff_severity) == sizeof(uint32_t) &&
                   sizeof((ff_where){0}.outcome) == sizeof(uint32_t),
               "enums have the size of uint32_t");

static const char *role_word(uint32_t index)
{
    return index < FF_ROLE_COUNT ? ff_role_name((ff_role)index) : NULL;
}

static const char *severity_word(uint32_t index)
{
    return index < FF_SEVERITY_COUNT ? ff_severity_name((ff_severity)index) : NULL;
}

static const char *outcome_word(uint32_t index)
{
    static const char *const words[] = {
        [FF_OUTCOME_ANY] = "any", [FF_OUTCOME_FAILED] = "failed", [FF_OUTCOME_PASSED] = "passed"};
    return index < COUNT(words) ? words[index] : NULL;
}

static const char *within_word(uint32_t index)
{
    static const char *const words[] = {"job", "step"};
    return index < COUNT(words) ? words[index] : NULL;
}

/* The kinds of log/line.h, and one word more for all of them. */
static const char *kind_word(uint32_t index)
{
    if (index < FF_LINE_KIND_COUNT)
        return ff_line_kind_name((ff_line_kind)index);
    return index == FF_LINE_KIND_COUNT ? "any" : NULL;
}

/* `output` is what an author means by it: everything that was said while the step ran. */
static uint32_t kind_bits(uint32_t index)
{
    if (index == FF_LINE_KIND_COUNT)
        return FF_LINES_ANY;
    return index == FF_LINE_OUTPUT ? FF_LINES_PRINTED : FF_LINE_BIT(index);
}

static ff_status read_kinds(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    const bool is_list = value->type == FF_YAML_LIST;
    uint32_t kinds = 0;
    for (const ff_yaml_node *node = is_list ? value->child : value; node; node = is_list ? node->next : NULL) {
        uint32_t index;
        ff_status status = ff_field_word_index(loader, field, node, &index);
        if (status != FF_OK)
            return status;
        kinds |= kind_bits(index);
    }
    if (kinds == 0)
        return FF_REFUSE(loader, value, "'%s' must not be empty, at least one kind of line is needed", field->key);
    ((ff_where *)into)->kinds = kinds;
    return FF_OK;
}

static const ff_field WHERE_ROWS[] = {
    {.key = "text", .read = read_kinds, .word = kind_word},
    {.key = "job", .read = ff_field_texts, .offset = offsetof(ff_where, jobs), .form = &ff_form_line},
    {.key = "step", .read = ff_field_texts, .offset = offsetof(ff_where, steps), .form = &ff_form_line},
    {.key = "outcome", .read = ff_field_word, .offset = offsetof(ff_where, outcome), .word = outcome_word},
};

static const ff_fields WHERE_FIELDS = {WHERE_ROWS, COUNT(WHERE_ROWS), .size = sizeof(ff_where)};

static const ff_field WINDOW_ROWS[] = {
    {.key = "lines",
     .read = ff_field_number,
     .offset = offsetof(ff_rule_window, lines),
     .required = true,
     .max = FF_LIMIT_WINDOW_LINES},
    {.key = "found", .read = ff_field_patterns, .offset = offsetof(ff_rule_window, found), .form = &ff_form_pattern},
    {.key = "unless_found",
     .read = ff_field_patterns,
     .offset = offsetof(ff_rule_window, unless_found),
     .form = &ff_form_pattern},
    {.key = "maybe", .read = ff_field_patterns, .offset = offsetof(ff_rule_window, maybe), .form = &ff_form_pattern},
    {.key = "until", .read = ff_field_patterns, .offset = offsetof(ff_rule_window, until), .form = &ff_form_pattern},
};

static ff_status finish_window(ff_loader *loader, const ff_yaml_node *map, void *into)
{
    const ff_rule_window *window = into;
    if (window->found.count + window->unless_found.count + window->maybe.count == 0)
        return FF_REFUSE(loader, map, "a window needs 'found', 'unless_found' or 'maybe' with at least one pattern");
    return FF_OK;
}

static const ff_fields WINDOW_FIELDS = {WINDOW_ROWS, COUNT(WINDOW_ROWS), .size = sizeof(ff_rule_window),
                                        .finish = finish_window};

static const ff_field REPEAT_ROWS[] = {
    {.key = "at_least", .read = ff_field_number, .offset = offsetof(ff_repeat, at_least), .max = UINT32_MAX},
    {.key = "same", .read = ff_field_texts, .offset = offsetof(ff_repeat, same), .form = &ff_form_capture},
    {.key = "closed_by", .read = ff_field_patterns, .offset = offsetof(ff_repeat, closed_by), .form = &ff_form_pattern},
};

static ff_status finish_repeat(ff_loader *loader, const ff_yaml_node *map, void *into)
{
    const ff_repeat *repeat = into;
    if (repeat->same.count > FF_LIMIT_SAME_CAPTURES)
        return FF_REFUSE(loader, map, "'same' names %zu captures, allowed: at most %u", repeat->same.count,
                         FF_LIMIT_SAME_CAPTURES);
    return FF_OK;
}

static const ff_fields REPEAT_FIELDS = {REPEAT_ROWS, COUNT(REPEAT_ROWS), .size = sizeof(ff_repeat),
                                        .finish = finish_repeat};

/* A word that becomes a flag. */
static ff_status read_within(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    uint32_t index = 0;
    ff_status status = ff_field_word_index(loader, field, value, &index);
    ((ff_absent *)into)->same_step = index == 1;
    return status;
}

static const ff_field ABSENT_ROWS[] = {
    {.key = "found",
     .read = ff_field_patterns,
     .offset = offsetof(ff_absent, patterns),
     .required = true,
     .form = &ff_form_pattern},
    {.key = "within", .read = read_within, .word = within_word},
};

static const ff_fields ABSENT_FIELDS = {ABSENT_ROWS, COUNT(ABSENT_ROWS), .size = sizeof(ff_absent)};

static const ff_field REQUIRES_ROWS[] = {
    {.key = "same_step",
     .read = ff_field_references,
     .offset = offsetof(ff_requires, same_step),
     .form = &ff_form_reference},
    {.key = "same_job",
     .read = ff_field_references,
     .offset = offsetof(ff_requires, same_job),
     .form = &ff_form_reference},
    {.key = "run", .read = ff_field_references, .offset = offsetof(ff_requires, run), .form = &ff_form_reference},
};

static ff_status finish_requires(ff_loader *loader, const ff_yaml_node *map, void *into)
{
    const ff_requires *requires = into;
    if (requires->same_step.count + requires->same_job.count + requires->run.count == 0)
        return FF_REFUSE(loader, map, "'requires' needs at least one rule under 'same_step', 'same_job' or 'run'");
    return FF_OK;
}

static const ff_fields REQUIRES_FIELDS = {REQUIRES_ROWS, COUNT(REQUIRES_ROWS), .size = sizeof(ff_requires),
                                          .finish = finish_requires};

static const ff_field EXAMPLES_ROWS[] = {
    {.key = "match",
     .read = ff_field_list,
     .offset = offsetof(ff_rule, examples_match),
     .count_offset = offsetof(ff_rule, examples_match_count),
     .required = true,
     .fields = &ff_match_example_fields},
    {.key = "no_match",
     .read = ff_field_list,
     .offset = offsetof(ff_rule, examples_no_match),
     .count_offset = offsetof(ff_rule, examples_no_match_count),
     .required = true,
     .fields = &ff_no_match_example_fields},
};

/* Fills members of the rule itself. */
static const ff_fields EXAMPLES_FIELDS = {EXAMPLES_ROWS, COUNT(EXAMPLES_ROWS), .size = sizeof(ff_rule)};

static const ff_field RULE_ROWS[] = {
    {.key = "id", .read = ff_field_text, .offset = offsetof(ff_rule, id), .required = true, .form = &ff_form_id},
    {.key = "title",
     .read = ff_field_text,
     .offset = offsetof(ff_rule, title),
     .required = true,
     .form = &ff_form_line},
    {.key = "about", .read = ff_field_text, .offset = offsetof(ff_rule, about), .form = &ff_form_text},
    {.key = "role", .read = ff_field_word, .offset = offsetof(ff_rule, role), .required = true, .word = role_word},
    {.key = "severity", .read = ff_field_word, .offset = offsetof(ff_rule, severity), .word = severity_word},
    {.key = "tags", .read = ff_field_texts, .offset = offsetof(ff_rule, tags), .form = &ff_form_name},
    {.key = "where", .read = ff_field_map, .offset = offsetof(ff_rule, where), .fields = &WHERE_FIELDS},
    {.key = "match",
     .read = ff_field_patterns,
     .offset = offsetof(ff_rule, match),
     .required = true,
     .form = &ff_form_pattern},
    {.key = "unless", .read = ff_field_patterns, .offset = offsetof(ff_rule, unless), .form = &ff_form_pattern},
    {.key = "follow", .read = ff_field_map, .offset = offsetof(ff_rule, follow), .fields = &WINDOW_FIELDS},
    {.key = "before", .read = ff_field_map, .offset = offsetof(ff_rule, before), .fields = &WINDOW_FIELDS},
    {.key = "compose",
     .read = ff_field_params,
     .offset = offsetof(ff_rule, compose),
     .count_offset = offsetof(ff_rule, compose_count),
     .form = &ff_form_capture},
    {.key = "repeat", .read = ff_field_map, .offset = offsetof(ff_rule, repeat), .fields = &REPEAT_FIELDS},
    {.key = "absent", .read = ff_field_map, .offset = offsetof(ff_rule, absent), .fields = &ABSENT_FIELDS},
    {.key = "requires", .read = ff_field_map, .offset = offsetof(ff_rule, requires), .fields = &REQUIRES_FIELDS},
    {.key = "caused_by",
     .read = ff_field_references,
     .offset = offsetof(ff_rule, caused_by),
     .form = &ff_form_reference},
    {.key = "yields_to",
     .read = ff_field_references,
     .offset = offsetof(ff_rule, yields_to),
     .form = &ff_form_reference},
    {.key = "fingerprint", .read = ff_field_texts, .offset = offsetof(ff_rule, stable), .form = &ff_form_capture},
    {.key = "verify",
     .read = ff_field_list,
     .offset = offsetof(ff_rule, verify),
     .count_offset = offsetof(ff_rule, verify_count),
     .fields = &ff_verify_fields},
    {.key = "fix",
     .read = ff_field_list,
     .offset = offsetof(ff_rule, fixes),
     .count_offset = offsetof(ff_rule, fix_count),
     .fields = &ff_fix_fields},
    {.key = "ask",
     .read = ff_field_list,
     .offset = offsetof(ff_rule, asks),
     .count_offset = offsetof(ff_rule, ask_count),
     .fields = &ff_ask_fields},
    {.key = "examples", .read = ff_field_map, .required = true, .fields = &EXAMPLES_FIELDS},
};

/* Defaults that are not zero. `stable` stays empty: which captures vary from run to run is known where they are used.
 */
static const ff_rule INITIAL_RULE = {
    .severity = FF_SEVERITY_ERROR, .where = {.kinds = FF_LINES_PRINTED}, .repeat = {.at_least = 1}};

/* The family is that of the id, not of the file: a user's file may replace rules of several families. */
static ff_status finish_rule(ff_loader *loader, const ff_yaml_node *map, void *into)
{
    ff_rule *rule = into;
    rule->family = ff_slice_cut(rule->id, ff_slice_find_byte(rule->id, '.'));
    rule->layer = loader->layer;
    rule->at = ff_loader_place(loader, map);
    return FF_OK;
}

static const ff_fields RULE_FIELDS = {RULE_ROWS, COUNT(RULE_ROWS), .size = sizeof(ff_rule), .initial = &INITIAL_RULE,
                                      .finish = finish_rule};

static const ff_field FILE_ROWS[] = {
    {.key = "family",
     .read = ff_field_text,
     .offset = offsetof(ff_catalog_file, family),
     .required = true,
     .form = &ff_form_name},
    {.key = "about", .read = ff_field_text, .offset = offsetof(ff_catalog_file, about), .form = &ff_form_text},
    {.key = "disable", .read = ff_field_texts, .offset = offsetof(ff_catalog_file, disable), .form = &ff_form_id_glob},
    {.key = "rules",
     .read = ff_field_list,
     .offset = offsetof(ff_catalog_file, rules),
     .count_offset = offsetof(ff_catalog_file, rule_count),
     .fields = &RULE_FIELDS},
};

/* A file may only switch rules off. */
static ff_status finish_file(ff_loader *loader, const ff_yaml_node *map, void *into)
{
    const ff_catalog_file *file = into;
    if (file->rule_count + file->disable.count == 0)
        return FF_REFUSE(loader, map, "a catalog file needs at least one entry under 'rules' or 'disable'");
    return FF_OK;
}

const ff_fields ff_file_fields = {FILE_ROWS, COUNT(FILE_ROWS), .size = sizeof(ff_catalog_file), .finish = finish_file};
