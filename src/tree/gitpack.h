/* Packs of git's objects, looked at before libgit2 does.
 *
 * In a pack an object may be kept as what differs from another one, and that one likewise. A pack made for it goes
 * round in circles there, and libgit2 (as git itself) would follow for ever; or it leads to something of gigabytes. So
 * the way is followed here first, by headers alone. What a difference gives cannot be told without unpacking it.
 * Format: https://git-scm.com/docs/gitformat-pack, version 2 of packs and their indices.
 */
#ifndef FF_TREE_GITPACK_H
#define FF_TREE_GITPACK_H

#include "base/error.h"

#include <stdbool.h>

typedef struct ff_gitpacks ff_gitpacks;

/* Opens the packs of folders of objects, a list that ends with NULL; of others than version 2 none is used. FF_OK;
 * FF_LIMIT if there are more than FF_LIMIT_GIT_PACKS; FF_NOMEM. */
ff_status ff_gitpacks_open(ff_gitpacks **packs, const char *const *stores);
void ff_gitpacks_close(ff_gitpacks *packs); /* NULL is fine */

/* The path of an index, borrowed; NULL past the last. */
const char *ff_gitpacks_index(const ff_gitpacks *packs, size_t at);

/* True if the object of this id, of 20 bytes, comes to an end in every pack that has it: within FF_LIMIT_GIT_DELTAS
 * steps, and FF_LIMIT_GIT_DELTA_BYTES of all that it is made of. Also if none has it. */
bool ff_gitpacks_allow(const ff_gitpacks *packs, const unsigned char *id);

#endif
