/* What the names of a module stand for once it and what it imports have been read: assignments, `+=`, `append` and
 * imports are followed in the order in which they stand; nothing is executed.
 *
 *     ff_python python;
 *     ff_python_init(&python, tree, &arena);
 *     const ff_python_module *module = ff_python_load(&python, FF_LIT("shop/settings.py"), FF_LIT(""));
 *     ff_python_value apps = ff_python_get(module, FF_LIT("INSTALLED_APPS"));
 *     if (apps.sort == FF_VALUE_LIST) ... apps.items ... apps.open ...
 *
 * What stands under a condition is in the list `perhaps`. What cannot be known without running it, what comes from the
 * environment, and what a module brings that is not in the tree leave the value `open`, with the first reason.
 */
#ifndef FF_PYTHON_PYTHON_MODULE_H
#define FF_PYTHON_PYTHON_MODULE_H

#include "python/python.h"
#include "python/python_value.h"
#include "tree/tree.h"

typedef struct ff_python_module {
    ff_slice path, root; /* `root`: the folder that absolute imports start from, empty for the repository's */
    ff_python_source source;
    ff_python_scope scope;
} ff_python_module;

typedef struct ff_python {
    ff_tree *tree; /* borrowed */
    ff_python_room room;
    size_t bytes; /* of the modules so far */
    struct {
        ff_python_module **items;
        size_t count, cap;
    } modules;
} ff_python;

/* `folder/a/b` for the dotted name `a.b`; in the arena, the empty slice without memory. */
ff_slice ff_python_path(ff_arena *arena, ff_slice folder, ff_slice dotted);

/* The path in the tree of the module `dotted`, or of the package, below `folder`; empty if it is not there. The arena
 * is left as it was. */
ff_slice ff_python_file(const ff_tree *tree, ff_slice folder, ff_slice dotted, ff_arena *arena);

/* Starts without modules. `arena` is borrowed and keeps all that is worked out; after any call it tells with `failed`
 * that there was no memory. */
void ff_python_init(ff_python *python, ff_tree *tree, ff_arena *arena);

/* The module at this path, read once. One that cannot be read knows nothing, and says why. NULL without memory. */
const ff_python_module *ff_python_load(ff_python *python, ff_slice path, ff_slice root);

/* What a name stands for at the end of the module. */
ff_python_value ff_python_get(const ff_python_module *module, ff_slice name);

/* What an expression is worth in `module`, as far as that has been worked out; see python_evaluate.c. */
ff_python_value ff_python_evaluate(ff_python *python, const ff_python_module *module, const ff_python_node *node);

/* Adds what `node`, a member of a list, puts there: one text, none, or all of another list. */
void ff_python_add_member(ff_python *python, const ff_python_module *module, ff_python_value *list,
                          const ff_python_node *node, bool perhaps);

#endif
