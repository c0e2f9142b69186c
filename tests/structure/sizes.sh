#!/bin/sh
# Files and functions stay small, and no file has a name that says nothing. Prints the measures of src/ on the way.
# clang-format puts the braces around a function, and nothing else, at the start of a line: no parser is needed.
. "$(dirname "$0")/tree.sh"

functions()
{
    # shellcheck disable=SC2046 # file names of the project hold no blanks
    awk '/^\{$/ { start = FNR } /^\}$/ { if (start) print FNR - start + 1, FILENAME ":" start; start = 0 }' \
        $(sources) | sort -n
}

# shellcheck disable=SC2046
lines=$(awk 'FNR == 1 { if (name) print last, name; name = FILENAME } { last = FNR } END { print last, name }' \
    $(sources) | sort -n)
measured=$(functions)
printf '%s\n' "$lines" | awk '$1 > 500 { print "warning: " $2 " has " $1 " lines, aim at 500" }'
printf '%s\n' "$lines" | awk '{ n[NR] = $1 } END { print NR " files, median " n[int((NR + 1) / 2)] " lines, longest " n[NR] }'
printf '%s\n' "$measured" | awk 'NF { n[++count] = $1; if ($1 > 60) over++ }
    END { if (count) printf "%d functions, median %d lines, longest %d, %d%% within 60\n", count,
          n[int((count + 1) / 2)], n[count], 100 - 100 * over / count }'

conclude "$(
    printf '%s\n' "$lines" | awk '$1 > 800 { print $2 ": " $1 " lines, at most 800" }'
    printf '%s\n' "$measured" | awk '$1 > 100 { print $2 ": a function of " $1 " lines, at most 100" }'
    printf '%s\n' "$measured" | awk 'NF { count++; if ($1 > 60) { over++; list = list "\n" $2 ": " $1 " lines" } }
        END { if (over * 20 > count) print "more than 5 % of all functions are longer than 60 lines:" list }'
    project_files | grep -E '(^|/)(utils?|common|helpers?|misc)(\.[^/]*)?(/|$)' | sed 's/$/: a name that says nothing/'
)"
