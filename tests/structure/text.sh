#!/bin/sh
# Text files hold text: UTF-8, no control characters, no blanks at line ends, a newline at the end, and no path of the
# machine that they were written on. What was recorded (corpus, inputs and expectations of tests) is left as it came.
. "$(dirname "$0")/tree.sh"

# A path is the machine's if it leads into this very checkout or into somebody's home; `runner` is the user of GitHub's machines.
checkout=$(pwd -P)
case $checkout in
/*/*) ;;
*) checkout='' ;;
esac

list=$(project_files | grep -vE '^corpus/|^tests/.*/(input|expected|corpus|seeds)|^tests/golden/cases/[^/]*/pr\.|\.(zip|gz|png|bin|log)$')

conclude "$(
    printf '%s\n' "$list" | while IFS= read -r file; do
        test -s "$file" || continue
        iconv -f UTF-8 -t UTF-8 <"$file" >/dev/null 2>&1 || echo "$file: not UTF-8"
        test -z "$(tail -c 1 "$file")" || echo "$file: no newline at the end"
    done
    printf '%s\n' "$list" | tr '\n' '\0' | xargs -0 awk -v checkout="$checkout" -f "$here/text.awk"
)"
