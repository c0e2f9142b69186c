# Sourced by every check here: `sh CHECK.sh ROOT` looks at the tree at ROOT, prints one line a fault on stderr and exits
# 1 if there was any. What all checks share stands here: the lists of files, and the end. Plain POSIX sh and awk.
# shellcheck shell=sh
set -eu
LC_ALL=C
export LC_ALL
# shellcheck disable=SC2034 # for the checks
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:?usage: $0 ROOT}"

# C files of the library and the program.
sources()
{
    find src include -name '*.[ch]' -type f | sort
}

# Every file that belongs to the project: what git knows or would add; without git, all but build folders.
project_files()
{
    if git rev-parse --show-prefix >/dev/null 2>&1 && test -z "$(git rev-parse --show-prefix)"; then
        git ls-files --cached --others --exclude-standard | while IFS= read -r file; do
            test ! -f "$file" || printf '%s\n' "$file"
        done
    else
        find . \( -name .git -o -name 'build*' -o -name .cache \) -prune -o -type f -print | sed 's|^\./||'
    fi | sort
}

# Ends the check: clean, if the text given is empty.
conclude()
{
    if test -n "$1"; then
        printf '%s\n' "$1" >&2
        echo "$(basename "$0" .sh): $(printf '%s\n' "$1" | wc -l) fault(s)" >&2
        exit 1
    fi
    echo "$(basename "$0" .sh): clean"
    exit 0
}
