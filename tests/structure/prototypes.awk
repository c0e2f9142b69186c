# Prints every prototype of a header that has no comment above it, above its group (lines without a blank line between
# them) or behind it.
FNR == 1 { comment = depth = statement_open = documented = 0 }

comment { if (/\*\//) comment = 0; next }
/^[ \t]*$/ { if (!depth && !statement_open) documented = 0; next }
/^[ \t]*\/[*\/]/ { documented = 1; comment = /\/\*/ && !/\*\//; next }
continued { continued = /\\$/; next }
/^[ \t]*#/ { continued = /\\$/; next }

{
    line = $0
    has_comment = line ~ /\/[*\/]/
    comment = line ~ /\/\*/ && line !~ /\*\//
    sub(/\/[*\/].*/, "", line)
    if (!statement_open) { statement = ""; start = FNR; own = 0 }
    statement = statement " " line
    own = own || has_comment
    depth += gsub(/\{/, "{", line) - gsub(/\}/, "}", line)
    statement_open = depth > 0 || line !~ /[;}][ \t]*$/
    if (statement ~ /^ *__attribute__ *\(\(.*\)\) *$/) statement_open = 0
    if (!statement_open && statement ~ /\(.*\) *; *$/ && statement !~ /^ *(typedef|static|struct|enum|union)[ {].*[{]/ &&
        statement !~ /^ *typedef/) {
        total++
        if (!documented && !own) {
            match(statement, /ff_[a-z0-9_]* *\(/)
            print FILENAME ":" start ": " substr(statement, RSTART, RLENGTH - 1) " has no comment"
        }
    }
}

END { if (counting) print total > "/dev/stderr" }
