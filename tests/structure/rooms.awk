# Reads rooms.txt, then C files; prints every <header> outside its room.
function fault(text) { print FILENAME ":" FNR ": " text }

function as_regex(glob) {
    gsub(/\./, "\\.", glob)
    gsub(/\*/, "[^/]*", glob)
    return glob == "anywhere" ? "." : "^" glob "$"
}

FILENAME == table {
    sub(/#.*/, "")
    if (NF == 0) next
    colon = 0
    for (i = 1; i <= NF; i++) if ($i == ":") colon = i
    if (colon < 2 || colon == NF) { fault("expected `header... : place...`"); next }
    for (i = 1; i < colon; i++)
        for (j = colon + 1; j <= NF; j++) rooms[$i] = rooms[$i] " " as_regex($j)
    next
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    header = $0
    sub(/^[^<]*</, "", header)
    sub(/>.*/, "", header)
    if (header ~ /^firstfault\//) next
    count = split(rooms[header], places, " ")
    found = 0
    for (i = 1; i <= count; i++) if (FILENAME ~ places[i]) found = 1
    if (!count) fault("<" header "> has no room in rooms.txt")
    else if (!found) fault("<" header "> is included outside its room")
}
