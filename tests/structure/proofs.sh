#!/bin/sh
# Shows that each check can fail: makes a small clean tree, lets every check pass on it, then plants one fault at a time
# and demands that the check names it. Argument: a C compiler (for headers and exports).
# shellcheck disable=SC2016 # Markdown has backquotes
set -eu
here=$(cd "$(dirname "$0")" && pwd)
CC=${1:-cc}
unset FIRSTFAULT_BLESS
export CC
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tree=$scratch/tree
: >"$scratch/checked"
: >"$scratch/failed"

# Results are kept in files: most checks run at the end of a pipe.
failed()
{
    echo "proofs: $*" | tee -a "$scratch/failed"
    cat "$scratch/out"
}

clean_tree()
{
    rm -rf "$tree"
    mkdir -p "$tree/src/base" "$tree/src/log" "$tree/include/firstfault" "$tree/docs"
    cat >"$tree/include/firstfault/x.h" <<'C'
/* A public header. */
#include <stddef.h>
#define FF_API __attribute__((visibility("default")))

/* One. */
FF_API int ff_one(void);
C
    cat >"$tree/src/base/limits.h" <<'C'
#define FF_LIMIT_X 1u
C
    cat >"$tree/src/log/x.h" <<'C'
/* A header. */
#include "base/limits.h"

/* Two. */
int ff_two(void);
int ff_three(void); /* three */

typedef struct ff_x {
    int a; /* no prototype: ff_call(); */
} ff_x;
C
    cat >"$tree/src/log/x.c" <<'C'
#include "log/x.h"
#include <firstfault/x.h>

/* strcpy(a, b) in a comment, "and in a string" */
int ff_one(void)
{
    return sizeof "strcpy(a, \"b\")" > ff_three() ? '"' : '\'';
}
C
    printf '# Page\n\n## One `thing`, two\n\n[x](#one-thing-two) [l](docs/limits.md#limits) [w](https://example.org/)\n' >"$tree/README.md"
    printf '# Limits\n\n| `FF_LIMIT_X` | one | `x-limit` |\n\n```\n[not a link](nowhere.md)\n```\n' >"$tree/docs/limits.md"
}

expect_clean()
{
    echo "$1" >>"$scratch/checked"
    sh "$here/$1.sh" "$tree" >"$scratch/out" 2>&1 || failed "$1 complains about a clean tree:"
}

# expect_says TEXT CHECK ARGUMENT...: the check fails on the tree as it stands and says TEXT.
expect_says()
{
    text=$1
    check=$2
    shift 2
    echo "$check" >>"$scratch/checked"
    if sh "$here/$check.sh" "$tree" "$@" >"$scratch/out" 2>&1 || ! grep -qF -e "$text" "$scratch/out"; then
        failed "$check does not say '$text', but:"
    fi
}

# expect_fault CHECK TEXT FILE: the fault stands on standard input and is appended to FILE of a clean tree.
expect_fault()
{
    clean_tree
    mkdir -p "$tree/$(dirname "$3")"
    cat >>"$tree/$3"
    expect_says "$2" "$1"
}

lines()
{
    awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) print text }'
}

clean_tree
for check in arrows rooms sizes banned prototypes headers limits text links; do
    expect_clean "$check"
done

echo '#include "log/x.h"' | expect_fault arrows 'base may not include log/x.h' src/base/y.c
echo '#include "x.h"' | expect_fault arrows 'write "stage/noun.h"' src/log/y.c
echo '#include "../log/x.h"' | expect_fault arrows 'write "stage/noun.h"' src/base/y.c
echo '#include "diagnose/outcome.h"' | expect_fault arrows 'report may not include' src/report/y.c
echo 'int ff_y;' | expect_fault arrows 'no stage of that name' src/kitchen/y.c
echo '#include "base/limits.h"' | expect_fault arrows 'a public header includes only' include/firstfault/y.h
printf '#include "log/x.h"\n' | expect_fault arrows 'src/base/limits.h' src/base/limits.h
clean_tree
echo '#include "log/x.h"' >"$tree/src/log/z.h"
echo '#include "log/z.h"' >>"$tree/src/log/x.h"
expect_says 'src/log/x.h: stands in a circle' arrows
clean_tree
printf 'base:\nlog: base match\nmatch: base log\n' >"$scratch/arrows.txt"
expect_says 'log may not use match' arrows "$scratch/arrows.txt"

echo '#include <pcre2.h>' | expect_fault rooms '<pcre2.h> is included outside its room' src/match/scan.c
echo '#include <zip.h>' | expect_fault rooms '<zip.h> is included outside its room' src/archive/zip.h
echo '#  include <unistd.h>' | expect_fault rooms '<unistd.h> is included outside its room' src/report/y.c
echo '#include <lua.h>' | expect_fault rooms '<lua.h> has no room' src/log/y.c

lines 801 'int ff_y;' | expect_fault sizes '801 lines, at most 800' src/log/y.c
{ echo 'int f(void)' && echo '{' && lines 120 '    f();' && echo '}'; } | expect_fault sizes 'a function of 122 lines' src/log/y.c
{ echo 'int f(void)' && echo '{' && lines 70 '    f();' && echo '}'; } | expect_fault sizes 'longer than 60' src/log/y.c
echo 'int ff_y;' | expect_fault sizes 'a name that says nothing' src/log/utils.c
echo 'x' | expect_fault sizes 'a name that says nothing' scripts/helpers/x

echo '    strcpy(a, b);' | expect_fault banned 'strcpy: banned' src/log/y.c
echo '    x = "a" /* c */ + atoi (b);' | expect_fault banned 'atoi: banned' tests/unit/log/y_test.c
echo '    return system("ls");' | expect_fault banned 'system: the library starts no program' src/cli/y.c
echo '    printf("x");' | expect_fault banned 'printf: a library neither prints' src/log/y.c
echo '    if (x) exit(1);' | expect_fault banned 'exit: a library neither prints' src/base/y.c

printf '\nint ff_four(void);\n' | expect_fault prototypes 'ff_four has no comment' src/log/x.h
printf '\nstatic const int x = 1;\n\nFF_API ff_status ff_five(const char *text,\n    int count);\n' |
    expect_fault prototypes 'ff_five has no comment' include/firstfault/x.h
printf '/* Far away. */\n\n__attribute__((format(printf, 1, 2)))\nvoid ff_six(const char *, ...);\n' |
    expect_fault prototypes 'ff_six has no comment' src/log/y.h

echo 'ff_slice ff_y(void);' | expect_fault headers 'src/log/y.h' src/log/y.h
echo '#define FF_LIMIT_Y 2u' | expect_fault limits 'does not name FF_LIMIT_Y' src/base/limits.h
echo '`FF_LIMIT_Z`' | expect_fault limits 'FF_LIMIT_Z is not in limits.h' docs/limits.md
printf 'ff_notes_add(&run->notes, true,\n    "y-limit", "text");\n' | expect_fault limits 'the note y-limit' src/log/y.c

printf 'a\033[0m\n' | expect_fault text 'a control character' docs/y.md
printf 'a\r\n' | expect_fault text 'a control character' docs/y.md
printf 'a \n' | expect_fault text 'blanks at the end' docs/y.md
printf 'a' | expect_fault text 'no newline at the end' docs/y.md
printf 'a\377\n' | expect_fault text 'not UTF-8' docs/y.md
printf 'see /%s/somebody/x\n' home | expect_fault text 'a path into a home' docs/y.md
printf 'see %s/x\n' "$(cd "$tree" && pwd -P)" | expect_fault text 'a path into the checkout' docs/y.md

echo '[y](docs/nowhere.md)' | expect_fault links 'docs/nowhere.md does not exist' README.md
echo '[y](../README.md#nothing)' | expect_fault links 'no heading for ../README.md#nothing' docs/y.md
echo '[y](nowhere.md)' | expect_fault links 'docs/y.md:1: nowhere.md does not exist' docs/y.md

# A program with one command of two options, and its page.
clean_tree
cat >"$scratch/program" <<'SH'
#!/bin/sh
test "$1" = --help && echo '  firstfault triage TARGET' && exit
echo '  -o, --output FILE    write to FILE'
echo '      --format FORMAT  text or --json'
SH
chmod +x "$scratch/program"
page()
{
    printf '.Dd November 23, 2026\n.Dt X 1\n.Os\n.Sh NAME\n.Nm x\n.Nd y\n.Sh DESCRIPTION\n.Cm %s\n.Bl -tag -width Ds\n' "$1"
    shift
    printf '.It Fl %s\nText.\n' "$@"
    echo '.El'
}
page triage 'o , Fl -output Ar FILE' '-format Ar FORMAT' >"$tree/docs/firstfault.1"
sh "$here/manual.sh" "$tree" "$scratch/program" >"$scratch/out" 2>&1 || failed 'manual complains:'
page scan 'o , Fl -output Ar FILE' '-format Ar FORMAT' >"$tree/docs/firstfault.1"
expect_says 'does not describe the command triage' manual "$scratch/program"
page triage 'o , Fl -output Ar FILE' >"$tree/docs/firstfault.1"
expect_says 'does not describe --format' manual "$scratch/program"
page triage 'o , Fl -output Ar FILE' '-format Ar FORMAT' '-color' >"$tree/docs/firstfault.1"
expect_says '--color is not in the help' manual "$scratch/program"

# A page that shows what the program does not print (any more).
clean_tree
printf '<!-- report -->\n```text\n$ firstfault triage x.zip\nold\n```\n<!-- end of report -->\n' >"$tree/README.md"
expect_says 'the report is not what the program prints' readme "$scratch/program"
FIRSTFAULT_BLESS=1 sh "$here/readme.sh" "$tree" "$scratch/program" >"$scratch/out" 2>&1 || failed 'readme cannot be blessed:'
sh "$here/readme.sh" "$tree" "$scratch/program" >"$scratch/out" 2>&1 || failed 'readme complains:'

# build_library SOURCE: compiles it beside the clean tree's headers into a shared library.
build_library()
{
    clean_tree
    echo "$1" >"$scratch/y.c"
    (cd "$scratch" && "$CC" -fPIC -fvisibility=hidden -c y.c -o y.o && "$CC" -shared -o y.so y.o)
}

shown='__attribute__((visibility("default")))'
one="$shown int ff_one(void) { return 1; }"
build_library "$one static int inner(void) { return 1; } int ff_inner(void) { return inner(); }"
mkdir -p "$tree/tests/unit/x"
echo 'int main(void) { return ff_inner(); }' >"$tree/tests/unit/x/x_test.c"
sh "$here/exports.sh" "$tree" "$scratch/y.so" "$scratch/y.o" >"$scratch/out" 2>&1 || failed 'exports complains:'
build_library 'int ff_one(void) { return 1; }'
expect_says 'ff_one: declared with FF_API, not exported' exports "$scratch/y.so" "$scratch/y.o"
build_library "$one $shown int ff_inner(void) { return 1; }"
expect_says 'ff_inner: exported, not declared' exports "$scratch/y.so" "$scratch/y.o"
build_library "$one int ff_inner(void) { return 1; }"
expect_says 'ff_inner: visible to other files, used by none' exports "$scratch/y.so" "$scratch/y.o"
build_library "$one int inner(void) { return 1; }"
expect_says 'inner: visible to other files, without ff_' exports "$scratch/y.so" "$scratch/y.o"

echo "proofs: $(wc -l <"$scratch/checked") checked, $(wc -l <"$scratch/failed") failed"
test ! -s "$scratch/failed"
