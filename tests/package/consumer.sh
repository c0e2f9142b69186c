#!/bin/sh
# Another project can use what `cmake --install` leaves, wherever it was moved to: with find_package, with pkg-config,
# and the program finds its catalog. Called by ctest; the environment names compiler, build folder and version.
set -eu

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
moved=$scratch/moved
cflags='-std=c11 -Wall -Wextra -Wpedantic -Werror'
test -z "$SANITIZE" || cflags="$cflags -fsanitize=$SANITIZE"

fail()
{
    echo "package: $*" >&2
    exit 1
}

# A consumer that works prints the version and the digest of an empty catalog.
expect_output()
{
    case $2 in
    "$VERSION "????????????????????????????????????????????????????????????????) echo "$1: $2" ;;
    *) fail "$1 printed '$2'" ;;
    esac
}

"$CMAKE" --install "$BUILD" --config "$CONFIG" --prefix "$scratch/first" >"$scratch/install.log"
mv "$scratch/first" "$moved"
for file in include/firstfault/firstfault.h share/firstfault/patterns share/man/man1/firstfault.1 \
    share/doc/firstfault/LICENSE; do
    test -e "$moved/$file" || fail "the installation lacks $file"
done
pc=$(find "$moved" -name firstfault.pc)
test -n "$pc" || fail "the installation lacks firstfault.pc"
LD_LIBRARY_PATH=$(dirname "$(dirname "$pc")")
PKG_CONFIG_PATH=$(dirname "$pc")${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
export LD_LIBRARY_PATH PKG_CONFIG_PATH

"$CMAKE" -S "$HERE/consumer" -B "$scratch/build" -DCMAKE_PREFIX_PATH="$moved" -DCMAKE_C_COMPILER="$CC" \
    -DCMAKE_C_FLAGS="$cflags" >"$scratch/configure.log" || fail "find_package does not find it"
"$CMAKE" --build "$scratch/build" >"$scratch/build.log" 2>&1 || { cat "$scratch/build.log"; fail "find_package: no build"; }
expect_output find_package "$("$scratch/build/consumer")"

test "$(pkg-config --modversion firstfault)" = "$VERSION" || fail "firstfault.pc states another version"
# shellcheck disable=SC2046,SC2086 # flags are words
"$CC" $cflags -o "$scratch/consumer" "$HERE/consumer/main.c" $(pkg-config --cflags --libs firstfault)
expect_output pkg-config "$("$scratch/consumer")"

test "$PROGRAM" = 1 || exit 0
# A rule that only the moved installation has shows that neither the source tree nor the first prefix is read.
cat >"$moved/share/firstfault/patterns/zz-moved.yaml" <<'RULE'
# yaml-language-server: $schema=../schema/catalog.schema.json
family: moved
rules:
  - id: moved.probe
    title: Only the moved installation has this rule
    role: cause
    match: '^moved installation probe$'
    examples: {match: [moved installation probe], no_match: [moved, probe]}
RULE
printf 'moved installation probe\n##[error]Process completed with exit code 1.\n' >"$scratch/run.log"
(cd / && XDG_CONFIG_HOME=$scratch "$moved/bin/firstfault" triage "$scratch/run.log" --format json) >"$scratch/report" ||
    fail "the installed program does not triage"
grep -q 'moved\.probe' "$scratch/report" || fail "the installed program does not read the catalog beside it"
echo 'program: reads the catalog beside it'
