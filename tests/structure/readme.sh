#!/bin/sh
# The report that README.md shows is what the program prints. Arguments: ROOT, the program. FIRSTFAULT_BLESS=1 puts the
# present report in.
. "$(dirname "$0")/tree.sh"
program=$2
page=README.md
start='<!-- report -->'
end='<!-- end of report -->'

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

command=$(sed -n 's/^\$ firstfault \(triage .*\)$/\1/p' "$page")
{
    printf '%s\n```text\n$ firstfault %s\n' "$start" "$command"
    # shellcheck disable=SC2086 # the words of the command
    XDG_CONFIG_HOME=$scratch GITHUB_ACTIONS='' "$program" $command --format text
    printf '```\n%s\n' "$end"
} >"$scratch/now"
sed -n "/^$start\$/,/^$end\$/p" "$page" >"$scratch/shown"

if test "${FIRSTFAULT_BLESS:-}" = 1; then
    sed -e "/^$start\$/,/^$end\$/{/^$end\$/r $scratch/now
d;}" "$page" >"$scratch/page"
    cat "$scratch/page" >"$page"
    conclude ''
fi
difference=$(diff "$scratch/shown" "$scratch/now") || :
conclude "${difference:+$page: the report is not what the program prints; FIRSTFAULT_BLESS=1 puts it right
$difference}"
