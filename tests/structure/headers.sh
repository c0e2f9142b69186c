#!/bin/sh
# Every header can be included alone: it brings what it uses. CC names the compiler.
. "$(dirname "$0")/tree.sh"

conclude "$(
    find src include -name '*.h' -type f | sort | while IFS= read -r header; do
        name=${header#*/}
        printf '#include <%s>\ntypedef int ff_nothing;\n' "$name" |
            "${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude -Wall -Wextra -Werror -fsyntax-only -x c - 2>&1 |
            sed -n "s|^.*error: |$header: |p"
    done
)"
