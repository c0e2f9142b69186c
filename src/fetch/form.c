#include "fetch/form.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "fetch/moment.h"

#include <assert.h>

static const char NO_MEMORY[] = "cannot be read: out of memory";

static bool keep_text(ff_slice *field, ff_slice text, ff_arena *arena)
{
    if (text.len)
        *field = ff_arena_dup(arena, text);
    return !text.len || field->ptr;
}

/* A value that has not the type of its field leaves it unknown. False without memory. */
static bool read_member(const ff_form_member *m, const ff_value *value, void *field, ff_arena *arena)
{
    ff_slice text = ff_value_slice(value);
    switch (m->kind) {
    case FF_FORM_NAME: return keep_text(field, ff_utf8_cut(text, FF_LIMIT_NAME_BYTES), arena);
    case FF_FORM_MESSAGE: return keep_text(field, ff_utf8_cut(text, FF_LIMIT_MESSAGE_BYTES), arena);
    case FF_FORM_URL: return keep_text(field, text.len <= FF_LIMIT_HEADER_BYTES ? text : (ff_slice){0}, arena);
    case FF_FORM_ID: *(uint64_t *)field = (uint64_t)ff_value_integer(value, 1, INT64_MAX); break;
    case FF_FORM_COUNT32: *(uint32_t *)field = (uint32_t)ff_value_integer(value, 1, UINT32_MAX); break;
    case FF_FORM_FLAG: *(uint32_t *)field = ff_value_is_true(value); break;
    case FF_FORM_SIGN32: *(int32_t *)field = (int32_t)ff_value_integer(value, INT32_MIN, INT32_MAX); break;
    case FF_FORM_NUMBER: *(int64_t *)field = ff_value_integer(value, 1, INT64_MAX); break;
    case FF_FORM_TIME:
        if (!ff_moment_read(text, field))
            *(int64_t *)field = FF_NO_TIME;
        break;
    }
    return true;
}

bool ff_form_read(void *into, const ff_form *f, const ff_value *object, ff_arena *arena)
{
    for (size_t i = 0; i < f->count; i++)
        if (!read_member(&f->members[i], ff_value_member(object, f->members[i].name), (char *)into + f->members[i].at,
                         arena))
            return false;
    return true;
}

/* Items that are no objects are passed over. */
static ff_status read_list(void *list, const ff_form_list *f, const ff_value *root, ff_arena *arena, ff_error *error)
{
    const ff_value *items = f->member ? ff_value_member(root, f->member) : root;
    size_t had, count = ff_value_count(items);
    if (!ff_value_is_list(items))
        return ff_error_set(error, FF_INVALID, "%s", f->absent);
    memcpy(&had, (const char *)list + f->count_at, sizeof had);
    if (f->max && had + count > f->max)
        return ff_error_set(error, FF_LIMIT, "makes the list longer than the %zu items allowed", f->max);
    if (f->read && count > f->read)
        count = f->read;
    for (size_t i = 0; i < count; i++) {
        const ff_value *item = ff_value_item(items, i);
        if (ff_value_is_object(item) && !f->add(list, item, arena))
            return ff_error_set(error, FF_NOMEM, NO_MEMORY);
    }
    return !f->finish || f->finish(list, root, arena) ? FF_OK : ff_error_set(error, FF_NOMEM, NO_MEMORY);
}

ff_status ff_form_parse_list(void *list, const ff_form_list *f, ff_slice json, ff_arena *arena, ff_error *error)
{
    ff_value *root;
    char before[FF_FORM_LIST_BYTES];
    assert(f->size <= sizeof before);
    memcpy(before, list, f->size);
    const ff_arena_mark mark = ff_arena_here(arena);
    ff_status status = ff_value_open(&root, json, f->values ? f->values : FF_LIMIT_JSON_VALUES, error);
    if (status == FF_OK)
        status = read_list(list, f, root, arena, error);
    ff_value_close(root);
    if (status != FF_OK) { /* the old list stands before the mark, whether it was moved or not */
        memcpy(list, before, f->size);
        ff_arena_rewind(arena, mark);
    }
    return status;
}

ff_status ff_form_parse_object(void *into, const ff_form_object *f, ff_slice json, ff_arena *arena, ff_error *error)
{
    ff_value *root;
    void *facts = NULL;
    const ff_arena_mark mark = ff_arena_here(arena);
    ff_status status = ff_value_open(&root, json, FF_LIMIT_JSON_VALUES, error);
    if (status == FF_OK && !ff_value_is_object(root))
        status = ff_error_set(error, FF_INVALID, "%s", f->absent);
    if (status == FF_OK) {
        facts = ff_arena_alloc(arena, f->size);
        if (!facts || !f->read(facts, root, arena))
            status = ff_error_set(error, FF_NOMEM, NO_MEMORY);
    }
    ff_value_close(root);
    if (status == FF_OK)
        memcpy(into, facts, f->size);
    else
        ff_arena_rewind(arena, mark);
    return status;
}
