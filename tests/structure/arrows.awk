# Reads arrows.txt, then C files; prints every #include that runs against the table.
function fault(text) { print FILENAME ":" FNR ": " text }

FILENAME == table {
    sub(/#.*/, "")
    if (NF == 0) next
    stage = $1
    if (!sub(/:$/, "", stage)) { fault("expected `stage: stage...`"); next }
    for (i = 2; i <= NF; i++) {
        split($i, part, "/")
        if (!(part[1] in known)) fault(stage " may not use " $i ": only stages above it")
        allowed[stage, $i] = 1
    }
    known[stage] = 1
    next
}

FNR == 1 {
    depth = split(FILENAME, path, "/")
    stage = path[1] == "include" ? "" : path[2]
    if (path[1] == "src" && (depth != 3 || !(stage in known))) fault("no stage of that name in arrows.txt")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    target = quoted[2]
    folder = target
    if (stage == "") fault("a public header includes only <firstfault/...>: " target)
    else if (!sub(/\/.*/, "", folder) || folder == "..") fault("write \"stage/noun.h\", not \"" target "\"")
    else if (folder != stage && !((stage, folder) in allowed) && !((stage, target) in allowed))
        fault(stage " may not include " target " (arrows.txt)")
}
