#include "catalog/remedy_fields.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* What an answer of the repository does to the hypothesis. */
static bool is_bearing(ff_slice text)
{
    static const ff_slice words[] = {FF_TEXT("supports"), FF_TEXT("suggests"), FF_TEXT("weakens"),
                                     FF_TEXT("contradicts")};
    for (size_t i = 0; i < COUNT(words); i++)
        if (ff_slice_eq(text, words[i]))
            return true;
    return false;
}

static const ff_form BEARING = {is_bearing, "'supports', 'suggests', 'weakens' or 'contradicts'"};

static const ff_field VERIFY_ROWS[] = {
    {.key = "probe",
     .read = ff_field_text,
     .offset = offsetof(ff_verify, probe),
     .required = true,
     .form = &ff_form_name},
    {.key = "found", .read = ff_field_text, .offset = offsetof(ff_verify, found), .form = &BEARING},
    {.key = "missing", .read = ff_field_text, .offset = offsetof(ff_verify, missing), .form = &BEARING},
};

/* Probes are rows of a table elsewhere: which parameters one takes is not known here, so all others are kept. */
static ff_status finish_verify(ff_loader *loader, const ff_yaml_node *map, void *into)
{
    ff_verify *verify = into;
    verify->at = ff_loader_place(loader, map);
    return ff_params_read(loader, map, &ff_verify_fields, &ff_form_name, &verify->params, &verify->param_count);
}

const ff_fields ff_verify_fields = {VERIFY_ROWS, COUNT(VERIFY_ROWS), .size = sizeof(ff_verify), .open = true,
                                    .finish = finish_verify};

static const ff_field EDIT_ROWS[] = {
    {.key = "line", .read = ff_field_pattern, .offset = offsetof(ff_fix, edit_line), .form = &ff_form_pattern},
    {.key = "becomes", .read = ff_field_text, .offset = offsetof(ff_fix, edit_becomes), .form = &ff_form_any},
    {.key = "drop", .read = ff_field_text, .offset = offsetof(ff_fix, edit_drop), .form = &ff_form_line},
    {.key = "instead", .read = ff_field_text, .offset = offsetof(ff_fix, edit_instead), .form = &ff_form_line},
    {.key = "before", .read = ff_field_pattern, .offset = offsetof(ff_fix, edit_before), .form = &ff_form_pattern},
    {.key = "insert", .read = ff_field_text, .offset = offsetof(ff_fix, edit_insert), .form = &ff_form_line},
};

/* The three forms of an edit: the key that finds the place, and the text that goes with it. A line that becomes another
 * may want one above a third: what one writes the other shows. */
static const struct {
    const char *key, *text;
    bool needs_text;
} EDIT_FORMS[] = {{"line", "becomes", true}, {"drop", "instead", false}, {"before", "insert", true}};

static ff_status finish_edit(ff_loader *loader, const ff_yaml_node *map, void *into)
{
    const char *chosen = NULL;
    (void)into;
    for (size_t i = 0; i < COUNT(EDIT_FORMS); i++) {
        const ff_yaml_node *key = ff_yaml_get(map, EDIT_FORMS[i].key), *text = ff_yaml_get(map, EDIT_FORMS[i].text);
        if (!key && text)
            return FF_REFUSE(loader, text->key, "'%s' goes with '%s', which is not there", EDIT_FORMS[i].text,
                             EDIT_FORMS[i].key);
        bool pair = chosen && strcmp(chosen, "line") == 0 && strcmp(EDIT_FORMS[i].key, "before") == 0;
        if (key && chosen && !pair)
            return FF_REFUSE(loader, key->key, "'%s' and '%s' do not go together, an edit has one form", chosen,
                             EDIT_FORMS[i].key);
        if (key && !text && EDIT_FORMS[i].needs_text)
            return FF_REFUSE(loader, key->key, "'%s' needs '%s' beside it", EDIT_FORMS[i].key, EDIT_FORMS[i].text);
        if (key)
            chosen = EDIT_FORMS[i].key;
    }
    return chosen ? FF_OK : FF_REFUSE(loader, map, "an edit needs 'line', 'drop' or 'before'");
}

/* Fills members of the fix itself: an edit is no struct of its own. */
static const ff_fields EDIT_FIELDS = {EDIT_ROWS, COUNT(EDIT_ROWS), .size = sizeof(ff_fix), .finish = finish_edit};

static const ff_field FIX_ROWS[] = {
    {.key = "when",
     .read = ff_field_params,
     .offset = offsetof(ff_fix, when),
     .count_offset = offsetof(ff_fix, when_count),
     .form = &ff_form_capture},
    {.key = "say", .read = ff_field_text, .offset = offsetof(ff_fix, say), .required = true, .form = &ff_form_text},
    {.key = "edit", .read = ff_field_map, .fields = &EDIT_FIELDS},
};

const ff_fields ff_fix_fields = {FIX_ROWS, COUNT(FIX_ROWS), .size = sizeof(ff_fix)};

static const ff_field ASK_ROWS[] = {
    {.key = "command",
     .read = ff_field_text,
     .offset = offsetof(ff_ask, command),
     .required = true,
     .form = &ff_form_line},
    {.key = "why", .read = ff_field_text, .offset = offsetof(ff_ask, why), .required = true, .form = &ff_form_text},
};

const ff_fields ff_ask_fields = {ASK_ROWS, COUNT(ASK_ROWS), .size = sizeof(ff_ask)};

/* `node` is the map, or the bare text. */
static ff_status finish_example(ff_loader *loader, const ff_yaml_node *node, void *into)
{
    ((ff_example *)into)->at = ff_loader_place(loader, node);
    return FF_OK;
}

static const ff_field EXAMPLE_ROWS[] = {
    {.key = "text",
     .read = ff_field_text,
     .offset = offsetof(ff_example, text),
     .required = true,
     .form = &ff_form_text},
    {.key = "captures",
     .read = ff_field_params,
     .offset = offsetof(ff_example, captures),
     .count_offset = offsetof(ff_example, capture_count),
     .form = &ff_form_capture},
    {.key = "also", .read = ff_field_references, .offset = offsetof(ff_example, also), .form = &ff_form_reference},
};

const ff_fields ff_match_example_fields = {EXAMPLE_ROWS, COUNT(EXAMPLE_ROWS), .size = sizeof(ff_example),
                                           .shorthand = "text", .finish = finish_example};

/* The first row alone: what does not match has no captures. */
const ff_fields ff_no_match_example_fields = {EXAMPLE_ROWS, 1, .size = sizeof(ff_example), .shorthand = "text",
                                              .finish = finish_example};
