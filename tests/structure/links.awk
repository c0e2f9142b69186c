# Reads Markdown files (names relative to the root, each once); prints `file:line:path#anchor` for every relative link and
# `anchor file#slug` for every heading. Fenced code is skipped, code spans are blanked.
function slug(text) {
    text = tolower(text)
    gsub(/`/, "", text)
    gsub(/[^a-z0-9 _\-\200-\377]/, "", text)
    gsub(/ /, "-", text)
    return text
}

FNR == 1 { fence = "" }
/^ *(```|~~~)/ {
    mark = $0
    sub(/^ */, "", mark)
    mark = substr(mark, 1, 3)
    if (fence == "") fence = mark
    else if (fence == mark) fence = ""
    next
}
fence != "" { next }
/^#+ / {
    heading = $0
    sub(/^#+ */, "", heading)
    sub(/ *#* *$/, "", heading)
    print "anchor " FILENAME "#" slug(heading)
}
{
    line = $0
    gsub(/`[^`]*`/, "``", line)
    while (match(line, /\]\([^() ]+\)/)) {
        target = substr(line, RSTART + 2, RLENGTH - 3)
        line = substr(line, RSTART + RLENGTH)
        if (target !~ /^(https?:|mailto:)/) print FILENAME ":" FNR ":" target
    }
}
