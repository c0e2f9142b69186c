#!/bin/sh
# docs/limits.md names every bound of limits.h and every note code that the sources add, and no bound that is gone.
. "$(dirname "$0")/tree.sh"
page=docs/limits.md

bounds()
{
    sed -n 's/^#define \(FF_LIMIT_[A-Z0-9_]*\) .*/\1/p' src/base/limits.h | sort
}

# The third argument of ff_notes_add, wherever the call is broken into lines.
codes()
{
    find src -name '*.c' -type f | sort | xargs -r cat | tr '\n' ' ' | sed 's/ff_notes_add(/\n&/g' |
        sed -n 's/^ff_notes_add([^"]*"\([a-z0-9-]*\)".*/\1/p' | sort -u
}

conclude "$(
    test -f "$page" || echo "$page: not there"
    test ! -f "$page" || {
        bounds | while IFS= read -r bound; do
            grep -qw "$bound" "$page" || echo "src/base/limits.h: $page does not name $bound"
        done
        codes | while IFS= read -r code; do
            grep -qF "\`$code\`" "$page" || echo "src: $page does not name the note $code"
        done
        grep -oE 'FF_LIMIT_[A-Z0-9_]+' "$page" | sort -u | while IFS= read -r bound; do
            bounds | grep -qx "$bound" || echo "$page: $bound is not in limits.h"
        done
    }
)"
