#!/bin/sh
# The shared library shows exactly the functions that the public headers mark FF_API, and inside the library every symbol
# that other files can see starts with ff_. Arguments: ROOT, the shared library, its object files.
. "$(dirname "$0")/tree.sh"
library=$2
shift 2

declared=$(find include -name '*.h' | sort | xargs awk -f "$here/code.awk" |
    sed -nE 's/.*FF_API .*[ *](ff_[a-z0-9_]+)\(.*/\1/p' | sort)
exported=$(nm -D --defined-only "$library" | awk '$2 ~ /[A-Z]/ { print $3 }' | grep '^ff_' | sort)

# used NAME: by another object, or by a test.
used()
{
    printf '%s\n' "$undefined" | grep -qx "$1" || grep -rqsw --include='*.[ch]' "$1" tests
}

undefined=$(nm -g --undefined-only "$@" | awk 'NF == 2 { print $2 }' | sort -u)

conclude "$(
    printf '%s\n' "$declared" | while IFS= read -r name; do
        printf '%s\n' "$exported" | grep -qx "$name" || echo "$name: declared with FF_API, not exported"
    done
    printf '%s\n' "$exported" | while IFS= read -r name; do
        printf '%s\n' "$declared" | grep -qx "$name" || echo "$name: exported, not declared with FF_API"
    done
    nm -g --defined-only "$@" | awk 'NF == 3 && $3 ~ /^ff_/ { print $3 }' | while IFS= read -r name; do
        printf '%s\n' "$declared" | grep -qx "$name" || used "$name" || echo "$name: visible to other files, used by none"
    done
    nm -g --defined-only "$@" | awk 'NF == 3 && $3 !~ /^(ff_|_|\.|main$)/ { print $3 ": visible to other files, without ff_" }'
)"
