/* References of workflow files to secrets and variables: `${{ secrets.NAME }}`, `${{ vars['NAME'] }}`.
 *
 * GitHub compares their names without case.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#secrets-context
 */
#ifndef FF_REPO_REFERENCE_H
#define FF_REPO_REFERENCE_H

#include "base/slice.h"

typedef enum ff_reference { FF_REFERENCE_NONE, FF_REFERENCE_SECRET, FF_REFERENCE_VARIABLE } ff_reference;

/* What a line hands over under `name`. All secrets at once (`toJSON(secrets)`) are also this one, `github.token` is the
 * secret GITHUB_TOKEN. A line that is a comment hands over nothing. */
ff_reference ff_reference_in(ff_slice line, ff_slice name);

#endif
