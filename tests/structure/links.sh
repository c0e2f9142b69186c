#!/bin/sh
# Every relative link of a Markdown file leads to a file of the tree, and to a heading in it.
. "$(dirname "$0")/tree.sh"

pages=$(project_files | grep '\.md$' | grep -vE '^corpus/.*/|^tests/') || pages=
test -n "$pages" || conclude ''
# shellcheck disable=SC2086 # file names of the project hold no blanks
found=$(awk -f "$here/links.awk" $pages)

conclude "$(
    printf '%s\n' "$found" | sed '/^anchor /d; /^$/d' | while IFS=: read -r file line target; do
        path=${target%%#*}
        anchor=${target#"$path"}
        case $path in
        '') path=$file ;;
        /*) path=${path#/} ;;
        *) test "$(dirname "$file")" = . || path=$(dirname "$file")/$path ;;
        esac
        # Links may hold `..`: the anchors are listed under the plain path.
        if ! test -e "$path"; then
            echo "$file:$line: $target does not exist"
        elif test -n "$anchor"; then
            plain=$(cd "$(dirname "$path")" && pwd)/$(basename "$path")
            plain=${plain#"$(pwd)"/}
            printf '%s\n' "$found" | grep -qxF "anchor $plain$anchor" || echo "$file:$line: no heading for $target"
        fi
    done
)"
