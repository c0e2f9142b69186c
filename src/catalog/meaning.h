/* What a rule means, as bytes for a digest: everything that can change a report, and nothing else.
 *
 *     ff_sha256 *digest = ff_sha256_new();
 *     ff_meaning_add(digest, &rule);
 *     status = ff_sha256_finish(digest, hex);
 *     ff_sha256_free(digest);
 *
 * Left out are paths, layers and positions, and the examples, which prove a rule without being part of it.
 */
#ifndef FF_CATALOG_MEANING_H
#define FF_CATALOG_MEANING_H

#include "base/sha256.h"
#include "catalog/rule.h"

/* Feeds one finished rule. A failure stays in the digest, see ff_sha256_finish. */
void ff_meaning_add(ff_sha256 *digest, const ff_rule *rule);

#endif
