#!/bin/sh
# Each third-party header is included in one place: rooms.txt says where.
. "$(dirname "$0")/tree.sh"
table=${2:-$here/rooms.txt}

# shellcheck disable=SC2046 # file names of the project hold no blanks
conclude "$(awk -v table="$table" -f "$here/rooms.awk" "$table" $(sources))"
