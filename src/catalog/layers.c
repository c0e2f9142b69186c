#include "catalog/layers.h"

#include "base/array.h"
#include "base/limits.h"
#include "catalog/choice.h"
#include "catalog/rule_fields.h"

#include <stdlib.h>

static ff_status no_memory(ff_error *error)
{
    return ff_error_set(error, FF_NOMEM, "no memory left for the catalog");
}

static ff_status rank_of(ff_layers *layers, ff_loader *loader, size_t *rank)
{
    for (*rank = 0; *rank < layers->names.count; ++*rank)
        if (strcmp(layers->names.items[*rank], loader->layer) == 0)
            return FF_OK;
    const char **name = FF_ARRAY_PUSH(loader->arena, &layers->names);
    if (!name)
        return no_memory(loader->error);
    *name = loader->layer;
    return FF_OK;
}

static ff_status refuse_rule(ff_loader *loader, const ff_rule *rule, const ff_rule *first)
{
    return ff_error_at(loader->error, FF_INVALID, rule->at.file, rule->at.line, rule->at.column,
                       "id '%.*s' is taken, first given at %s:%u:%u; ids are unique in a layer", FF_ARG(rule->id),
                       first->at.file, first->at.line, first->at.column);
}

/* Searches linearly: FF_LIMIT_RULES squared is a few milliseconds, and most catalogs have some hundred rules. */
static ff_status add_rule(ff_layers *layers, ff_loader *loader, const ff_rule *rule, size_t rank)
{
    for (size_t i = 0; i < layers->rules.count; i++) {
        const ff_ranked_rule *other = &layers->rules.items[i];
        if (other->rank == rank && ff_slice_eq(other->rule->id, rule->id))
            return refuse_rule(loader, rule, other->rule);
    }
    if (layers->rules.count == FF_LIMIT_RULES)
        return ff_error_at(loader->error, FF_LIMIT, rule->at.file, rule->at.line, rule->at.column,
                           "more rules than the %u allowed in all files together", FF_LIMIT_RULES);
    ff_ranked_rule *added = FF_ARRAY_PUSH(loader->arena, &layers->rules);
    if (!added)
        return no_memory(loader->error);
    *added = (ff_ranked_rule){rule, rank};
    return FF_OK;
}

/* Bounded like the rules, because each entry is held against each rule in the end. */
static ff_status add_disabled(ff_layers *layers, ff_loader *loader, const ff_yaml_node *at, ff_slice glob, size_t rank)
{
    if (layers->disabled.count == FF_LIMIT_RULES)
        return ff_error_at(loader->error, FF_LIMIT, loader->file, at->line, at->column,
                           "more entries under 'disable' than the %u allowed in all files together", FF_LIMIT_RULES);
    ff_disabled *added = FF_ARRAY_PUSH(loader->arena, &layers->disabled);
    if (!added)
        return no_memory(loader->error);
    *added = (ff_disabled){glob, rank, ff_loader_place(loader, at)};
    return FF_OK;
}

static ff_status add_family(ff_layers *layers, ff_loader *loader, const ff_catalog_file *file)
{
    ff_family *added = FF_ARRAY_PUSH(loader->arena, &layers->families);
    if (!added)
        return no_memory(loader->error);
    *added = (ff_family){file->family, file->about, loader->file, loader->layer};
    return FF_OK;
}

ff_status ff_layers_add(ff_layers *layers, ff_loader *loader, const ff_yaml_node *root)
{
    ff_catalog_file file = {0};
    size_t rank = 0;
    ff_status status = ff_fields_read(loader, &ff_file_fields, root, &file);
    if (status == FF_OK)
        status = rank_of(layers, loader, &rank);
    if (status == FF_OK)
        status = add_family(layers, loader, &file);
    for (size_t i = 0; i < file.rule_count && status == FF_OK; i++)
        status = add_rule(layers, loader, &file.rules[i], rank);
    for (size_t i = 0; i < file.disable.count && status == FF_OK; i++)
        status = add_disabled(layers, loader, root, file.disable.items[i], rank);
    return status;
}

/* Within an id the highest layer comes last; ranks of one id differ, so the order is total. */
static int compare_ranked(const void *a, const void *b)
{
    const ff_ranked_rule *left = a, *right = b;
    int order = ff_slice_cmp(left->rule->id, right->rule->id);
    return order ? order : (left->rank > right->rank) - (left->rank < right->rank);
}

static int compare_id(const void *key, const void *element)
{
    return ff_slice_cmp(*(const ff_slice *)key, ((const ff_ranked_rule *)element)->rule->id);
}

static bool is_disabled(const ff_layers *layers, const ff_ranked_rule *ranked)
{
    for (size_t i = 0; i < layers->disabled.count; i++) {
        const ff_disabled *disabled = &layers->disabled.items[i];
        if (disabled->rank > ranked->rank && ff_slice_glob(disabled->glob, ranked->rule->id))
            return true;
    }
    return false;
}

/* Ids were copied into the arena with a NUL behind them: they serve as strings here. */
static ff_status refuse_reference(const ff_layers *layers, const ff_reference *reference, ff_error *error)
{
    ff_choice choice;
    ff_choice_init(&choice, reference->text);
    for (size_t i = 0; i < layers->rules.count; i++)
        ff_choice_offer(&choice, layers->rules.items[i].rule->id.ptr);
    return ff_error_at(error, FF_INVALID, reference->at.file, reference->at.line, reference->at.column,
                       "no rule has the id '%.*s'%s%s%s allowed: ids of the catalog, globs, '#tag'",
                       FF_ARG(reference->text), choice.nearest ? ", did you mean '" : "",
                       choice.nearest ? choice.nearest : "", choice.nearest ? "'?" : ";");
}

/* A reference may name a rule that is switched off, but not one that was never there: that is a typing error. */
static ff_status check_references(const ff_layers *layers, ff_error *error)
{
    for (size_t i = 0; i < layers->references.count; i++) {
        const ff_reference *reference = &layers->references.items[i];
        if (!ff_form_is_open(reference->text) &&
            !(layers->rules.count && bsearch(&reference->text, layers->rules.items, layers->rules.count,
                                             sizeof *layers->rules.items, compare_id)))
            return refuse_reference(layers, reference, error);
    }
    return FF_OK;
}

ff_status ff_layers_settle(ff_layers *layers, ff_arena *arena, const ff_rule **rules, size_t *count, ff_error *error)
{
    const size_t all = layers->rules.count;
    const ff_ranked_rule *ranked = layers->rules.items;
    if (all)
        qsort(layers->rules.items, all, sizeof *layers->rules.items, compare_ranked);
    ff_status status = check_references(layers, error);
    if (status != FF_OK)
        return status;
    ff_rule *kept = ff_arena_array(arena, all, sizeof *kept);
    if (!kept)
        return no_memory(error);
    size_t used = 0;
    for (size_t i = 0; i < all; i++) {
        bool is_highest = i + 1 == all || !ff_slice_eq(ranked[i].rule->id, ranked[i + 1].rule->id);
        if (is_highest && !is_disabled(layers, &ranked[i]))
            kept[used++] = *ranked[i].rule;
    }
    *rules = kept;
    *count = used;
    return FF_OK;
}
