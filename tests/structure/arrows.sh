#!/bin/sh
# Data flows one way: every #include follows arrows.txt, and no headers include each other in a circle.
. "$(dirname "$0")/tree.sh"
table=${2:-$here/arrows.txt}

# shellcheck disable=SC2046 # file names of the project hold no blanks
against=$(awk -v table="$table" -f "$here/arrows.awk" "$table" $(sources))

edges()
{
    find src -name '*.h' -type f | while IFS= read -r header; do
        sed -n 's|^[ \t]*#[ \t]*include[ \t]*"\(.*\)".*|'"${header#src/}"' \1|p' "$header"
    done
}
circles=$(edges | tsort 2>&1 >/dev/null | sed -n 's|^tsort: \([^-].*\.h\)$|src/\1: stands in a circle of includes|p')

conclude "$against${circles:+
$circles}"
