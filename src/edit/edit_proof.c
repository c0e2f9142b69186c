#include "edit/edit_proof.h"

#include "base/limits.h"
#include "base/yaml.h"
#include "tree/diff.h"

/* ---- scripts ---- */

/* True for a command that runs a script inside: its text changes with that script. */
static void find_hosts(const ff_shell_script *script, bool *hosts)
{
    for (size_t i = 0; i < script->commands.count; i++)
        if (script->commands.items[i].inner_of < script->commands.count)
            hosts[script->commands.items[i].inner_of] = true;
}

typedef struct reading {
    const ff_shell_script *script;
    bool *hosts;
} reading;

static bool same_command(const reading *a, size_t i, const reading *b, size_t k, bool strict)
{
    const ff_shell_command *left = &a->script->commands.items[i], *right = &b->script->commands.items[k];
    if (strict && left->shield != right->shield)
        return false;
    if (a->hosts[i] || b->hosts[k])
        return a->hosts[i] == b->hosts[k] && left->word_count && right->word_count &&
               ff_slice_eq(left->words[0], right->words[0]);
    return ff_slice_eq(left->text, right->text);
}

/* True if the commands of `few` are among those of `many`, in their order; `strict`: and fail in the same way. Those of
 * `few` that stand in `added` need not be. */
static bool is_within(const reading *few, const reading *many, ff_slice added, bool strict)
{
    size_t k = 0;
    for (size_t i = 0; i < few->script->commands.count; i++) {
        const ff_shell_command *command = &few->script->commands.items[i];
        size_t start = k;
        while (k < many->script->commands.count && !same_command(few, i, many, k, strict))
            k++;
        if (k < many->script->commands.count)
            k++;
        else if (added.len && (ff_slice_find(added, command->text) != SIZE_MAX || ff_slice_ends(command->text, added)))
            k = start;
        else
            return false;
    }
    return true;
}

ff_status ff_edit_prove_script(const ff_edit_script *script, ff_slice after, ff_edit_kind kind, ff_slice added,
                               bool *sound)
{
    ff_shell_script again;
    *sound = true;
    if (!script->options)
        return FF_OK;
    if (ff_shell_read(&again, after, script->options, script->arena) != FF_OK)
        return FF_NOMEM;
    reading before = {&script->shell, ff_arena_array(script->arena, script->shell.commands.count, sizeof(bool))};
    reading later = {&again, ff_arena_array(script->arena, again.commands.count, sizeof(bool))};
    if (!before.hosts || !later.hosts)
        return FF_NOMEM;
    find_hosts(before.script, before.hosts);
    find_hosts(later.script, later.hosts);
    *sound = again.whole || !script->shell.whole;
    if (kind == FF_EDIT_DROP)
        *sound = *sound && is_within(&later, &before, added, false);
    if (kind == FF_EDIT_BEFORE)
        *sound = *sound && is_within(&before, &later, (ff_slice){0}, true);
    return FF_OK;
}

/* ---- files ---- */

typedef struct comparison {
    const ff_edit_swap *swaps;
    size_t count, next; /* the next one that must be met */
} comparison;

/* A script may differ in the blanks at its ends from what the model of the workflow keeps. */
static bool is_swap(comparison *c, const ff_yaml_node *before, const ff_yaml_node *after)
{
    if (c->next == c->count || !before->key || !ff_slice_eq(before->key->text, FF_LIT("run")) ||
        !ff_slice_eq(ff_slice_trim(before->text), ff_slice_trim(c->swaps[c->next].before)) ||
        !ff_slice_eq(ff_slice_trim(after->text), ff_slice_trim(c->swaps[c->next].after)))
        return false;
    c->next++;
    return true;
}

static bool same_nodes(comparison *c, const ff_yaml_node *before, const ff_yaml_node *after);

/* Items or members one by one; the depth of a tree is bounded by its reader. */
static bool same_children(comparison *c, const ff_yaml_node *before, const ff_yaml_node *after)
{
    const ff_yaml_node *a = before->child, *b = after->child;
    for (; a && b; a = a->next, b = b->next)
        if (!same_nodes(c, a, b))
            return false;
    return !a && !b;
}

static bool same_nodes(comparison *c, const ff_yaml_node *before, const ff_yaml_node *after)
{
    bool keyed = before->key && after->key && ff_slice_eq(before->key->text, after->key->text);
    if (before->type != after->type || before->quoted != after->quoted || (!keyed && (before->key || after->key)))
        return false;
    if (before->type != FF_YAML_SCALAR)
        return same_children(c, before, after);
    return ff_slice_eq(before->text, after->text) || is_swap(c, before, after);
}

static ff_status read_tree(ff_slice text, ff_arena *arena, const ff_yaml_node **root)
{
    const ff_yaml_reading how = {.file = "", .nodes = arena, .texts = arena, .lenient = true};
    (void)ff_slice_take_prefix(&text, FF_LIT("\xEF\xBB\xBF"));
    ff_status status = ff_yaml_read(&how, text, root, NULL);
    if (status != FF_OK)
        *root = NULL;
    return status == FF_NOMEM ? status : FF_OK;
}

ff_status ff_edit_prove_file(ff_slice before, ff_slice after, const ff_edit_swap *swaps, size_t count, bool *sound)
{
    comparison c = {.swaps = swaps, .count = count};
    const ff_yaml_node *old = NULL, *new = NULL;
    ff_arena arena;
    ff_arena_init(&arena, 2 * FF_LIMIT_ARENA_BYTES); /* two trees at once */
    ff_status status = read_tree(before, &arena, &old);
    if (status == FF_OK)
        status = read_tree(after, &arena, &new);
    *sound = status == FF_OK && old && new &&same_nodes(&c, old, new) && c.next == c.count;
    ff_arena_release(&arena);
    return status;
}

ff_status ff_edit_prove_diff(ff_slice before, ff_slice diff, ff_slice after, bool *sound)
{
    ff_slice again = {0};
    ff_arena arena;
    ff_arena_init(&arena, 0);
    ff_status status = ff_diff_apply(before, diff, &arena, &again);
    *sound = status == FF_OK && ff_slice_eq(again, after);
    ff_arena_release(&arena);
    return status == FF_NOMEM ? status : FF_OK;
}
