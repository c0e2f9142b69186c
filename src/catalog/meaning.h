/* What a rule means, as bytes for a digest: everything that can change a report, and nothing else.
 *
 *     ff_digest *digest = ff_digest_new();
 *     ff_meaning_add(digest, &rule);
 *     status = ff_digest_finish(digest, hex);
 *     ff_digest_free(digest);
 *
 * Left out are paths, layers and positions, and the examples, which prove a rule without being part of it.
 */
#ifndef FF_CATALOG_MEANING_H
#define FF_CATALOG_MEANING_H

#include "base/digest.h"
#include "catalog/rule.h"

/* Feeds one finished rule. A failure stays in the digest, see ff_digest_finish. */
void ff_meaning_add(ff_digest *digest, const ff_rule *rule);

#endif
