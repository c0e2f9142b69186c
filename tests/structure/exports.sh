#!/bin/sh
# The shared library shows exactly the functions that the public headers mark FF_API, and inside the library every symbol
# that other files can see starts with ff_. Arguments: ROOT, the shared library, its object files.
. "$(dirname "$0")/tree.sh"
library=$2
shift 2

declared=$(find include -name '*.h' | sort | xargs awk -f "$here/code.awk" |
    sed -nE 's/.*FF_API .*[ *](ff_[a-z0-9_]+)\(.*/\1/p' | sort)
exported=$(nm -D --defined-only "$library" | awk '$2 ~ /[A-Z]/ { print $3 }' | grep '^ff_' | sort)

conclude "$(
    printf '%s\n' "$declared" | while IFS= read -r name; do
        printf '%s\n' "$exported" | grep -qx "$name" || echo "$name: declared with FF_API, not exported"
    done
    printf '%s\n' "$exported" | while IFS= read -r name; do
        printf '%s\n' "$declared" | grep -qx "$name" || echo "$name: exported, not declared with FF_API"
    done
    nm -g --defined-only "$@" | awk 'NF == 3 && $3 !~ /^(ff_|_|\.)/ { print $3 ": visible to other files, without ff_" }'
)"
