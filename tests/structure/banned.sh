#!/bin/sh
# Calls that have a safe replacement are not made, and only src/cli prints or exits.
. "$(dirname "$0")/tree.sh"

unsafe='strcpy|strncpy|strcat|strncat|sprintf|vsprintf|strtok|strtok_r|atoi|atol|atoll|atof|gets|alloca|scanf|sscanf|fscanf|mktemp|tmpnam'
shells='system|popen|setjmp|longjmp'
speaks='printf|vprintf|fprintf|vfprintf|puts|fputs|putchar|perror|exit|_exit|abort'

code()
{
    find "$@" -name '*.[ch]' -type f | sort | xargs -r awk -f "$here/code.awk"
}

# calls NAMES: keeps the lines that call one of them.
calls()
{
    sed -nE "s/^([^:]*:[0-9]+):(.*[^A-Za-z0-9_])?($1)[ ]*\\(.*/\\1: \\3: $2/p"
}

folders=src
test ! -d tests || folders='src tests'
conclude "$(
    # shellcheck disable=SC2086 # two words
    code $folders include | calls "$unsafe" 'banned, use a bounded form'
    code src | calls "$shells" 'the library starts no program and does not jump'
    code src | grep -v '^src/cli/' | calls "$speaks" 'a library neither prints nor exits'
)"
