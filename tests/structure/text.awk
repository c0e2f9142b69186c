# Prints what does not belong into a text file. `checkout` is the path of the tree, or empty.
function fault(text) { print FILENAME ":" FNR ": " text }

/[\001-\010\013-\037\177]/ { fault("a control character") }
/[ \t]$/ { fault("blanks at the end of the line") }
/\/(home|Users)\/[a-z]/ {
    line = $0
    gsub(/\/(home|Users)\/runner/, "", line)
    if (line ~ /\/(home|Users)\/[a-z]/) fault("a path into a home")
}
checkout && index($0, checkout "/") { fault("a path into the checkout") }
