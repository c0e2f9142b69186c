#!/bin/sh
# Every prototype in a header says what it returns, who owns it and how it fails: it has a comment.
. "$(dirname "$0")/tree.sh"

# shellcheck disable=SC2046 # file names of the project hold no blanks
conclude "$(awk -f "$here/prototypes.awk" $(sources | grep '\.h$'))"
