#include "fetch/record.h"

#include "fetch/form.h"

static const ff_form_member index_members[] = {
    {"schema", offsetof(ff_record, schema), FF_FORM_NAME},
    {"target", offsetof(ff_record, target), FF_FORM_URL},
};

static const ff_form_member kept_members[] = {
    {"path", offsetof(ff_recorded, path), FF_FORM_URL},
    {"file", offsetof(ff_recorded, file), FF_FORM_NAME},
    {"next", offsetof(ff_recorded, next), FF_FORM_URL},
    {"text", offsetof(ff_recorded, text), FF_FORM_MESSAGE},
    {"http", offsetof(ff_recorded, http), FF_FORM_COUNT32},
    {"status", offsetof(ff_recorded, status), FF_FORM_SIGN32},
    {"refused", offsetof(ff_recorded, refused), FF_FORM_COUNT32},
    {"circles", offsetof(ff_recorded, circles), FF_FORM_COUNT32},
    {"unsent", offsetof(ff_recorded, unsent), FF_FORM_COUNT32},
};

static const ff_form index_form = FF_FORM(index_members), kept_form = FF_FORM(kept_members);

static bool add_kept(void *list, const ff_value *item, ff_arena *arena)
{
    ff_record *answers = list;
    ff_recorded *kept = FF_ARRAY_PUSH(arena, answers);
    if (kept)
        *kept = (ff_recorded){0};
    return kept && ff_form_read(kept, &kept_form, item, arena);
}

static bool finish_kept(void *list, const ff_value *root, ff_arena *arena)
{
    return ff_form_read(list, &index_form, root, arena);
}

static const ff_form_list answers_list = {
    .member = "answers",
    .absent = "holds no list of answers",
    .size = sizeof(ff_record),
    .count_at = offsetof(ff_record, count),
    .add = add_kept,
    .finish = finish_kept,
};

ff_status ff_record_parse(ff_record *list, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_form_parse_list(list, &answers_list, json, arena, error);
}
