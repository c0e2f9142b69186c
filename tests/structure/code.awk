# Prints C files as `file:line:code`, with comments and the contents of strings and characters blanked.
FNR == 1 { comment = 0 }
{
    code = ""
    rest = $0
    while (length(rest)) {
        if (comment) {
            if (!(at = index(rest, "*/"))) break
            rest = substr(rest, at + 2)
            comment = 0
        } else if (match(rest, /\/\*|\/\/|"|'/)) {
            code = code substr(rest, 1, RSTART - 1)
            opener = substr(rest, RSTART, RLENGTH)
            rest = substr(rest, RSTART + RLENGTH)
            if (opener == "//") break
            if (opener == "/*") { comment = 1; continue }
            body = opener == "\"" ? "^([^\"\\\\]|\\\\.)*\"" : "^([^'\\\\]|\\\\.)*'"
            rest = match(rest, body) ? substr(rest, RLENGTH + 1) : ""
            code = code opener opener
        } else {
            code = code rest
            rest = ""
        }
    }
    if (code ~ /[^ \t]/) print FILENAME ":" FNR ":" code
}
