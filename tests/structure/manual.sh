#!/bin/sh
# The manual page and the program name the same commands and options. Arguments: ROOT, the program.
. "$(dirname "$0")/tree.sh"
program=$2
page=docs/firstfault.1

commands()
{
    "$program" --help | sed -n 's/^ *firstfault \([a-z][a-z]*\).*/\1/p' | sort -u
}

# Options as `-R` and `--repo`, one a line.
helped()
{
    for command in $(commands); do
        "$program" "$command" --help
    done | sed -nE 's/^ +((-[A-Za-z], +)?--[a-z-]+).*/\1/p' | tr -d ' ' | tr ',' '\n' | sort -u
}

# `.It Fl R , Fl -repo Ar OWNER/REPO`: the word behind Fl is an option without its first hyphen.
described()
{
    awk '/^\.It Fl / { for (i = 3; i <= NF; i++) if ($(i - 1) == "Fl") print "-" $i }' "$page" | sort -u
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
helped >"$scratch/helped"
described >"$scratch/described"

conclude "$(
    test -s "$scratch/helped" || echo "$program: its help names no option"
    for command in $(commands); do
        grep -q "^\.Cm $command\$" "$page" || echo "$page: does not describe the command $command"
    done
    comm -23 "$scratch/helped" "$scratch/described" | sed "s|.*|$page: does not describe &|"
    comm -13 "$scratch/helped" "$scratch/described" | sed "s|.*|$page: & is not in the help|"
    if command -v groff >/dev/null 2>&1; then
        groff -mdoc -ww -z -Tutf8 "$page" 2>&1
    fi
)"
