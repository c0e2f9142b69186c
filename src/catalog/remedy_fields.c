#include "catalog/remedy_fields.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* What an answer of the repository does to the hypothesis. */
static bool is_bearing(ff_slice text)
{
    return ff_slice_eq(text, FF_LIT("supports")) || ff_slice_eq(text, FF_LIT("contradicts"));
}

static const ff_form BEARING = {is_bearing, "'supports' or 'contradicts'"};

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
    {.key = "line",
     .read = ff_field_pattern,
     .offset = offsetof(ff_fix, edit_line),
     .required = true,
     .form = &ff_form_pattern},
    {.key = "becomes",
     .read = ff_field_text,
     .offset = offsetof(ff_fix, edit_becomes),
     .required = true,
     .form = &ff_form_any},
};

/* Fills members of the fix itself: an edit is no struct of its own. */
static const ff_fields EDIT_FIELDS = {EDIT_ROWS, COUNT(EDIT_ROWS), .size = sizeof(ff_fix)};

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
