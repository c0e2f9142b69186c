"""Lines of a log: what they show, how the sets count them, and which step the log itself puts them in.

firstfault counts LF alone; CiDiff counts as Java's readLine does: CR, LF and CRLF each end a line.
"""
import re

ANSI = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")
HEADER = re.compile(rb"^(?:[^\t\n]*\t[^\t\n]*\t)?(?:\xef\xbb\xbf)?\d{4}-\d\d-\d\dT[\d:.]+Z ##\[group\]Run ")


def shown(raw):
    return ANSI.sub(b"", raw).strip()


class Log:
    """The bytes of a log, with its lines in the counting of its set (`java` or LF alone)."""

    def __init__(self, data, java=False):
        self.data, self.java = data, java
        self.rows = data.split(b"\n")
        if self.rows and not self.rows[-1]:
            self.rows.pop()
        self.lines, self.first = [], []
        for row in self.rows:
            self.first.append(len(self.lines))
            self.lines += self._parts(row)

    def _parts(self, row):
        return row.removesuffix(b"\r").split(b"\r") if self.java else [row]

    def counted(self, row):
        """The line, as the set counts, that firstfault's line number means: of several parts the last that shows
        anything, for that is what it reads. None if there is no such line."""
        if row is None or not 1 <= row <= len(self.rows):
            return None
        parts = self._parts(self.rows[row - 1])
        seen = [at for at, part in enumerate(parts) if shown(part)]
        return self.first[row - 1] + (seen[-1] if seen else 0) + 1

    def row_of(self, line):
        """The other way round: the line of firstfault in which a line of the set stands."""
        low, high = 0, len(self.first)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.first[middle] < line else (low, middle)
        return low

    def text(self, line):
        if not 1 <= line <= len(self.lines):
            return ""
        return shown(self.lines[line - 1]).decode("utf-8", "replace")

    def texts(self, first, last, most=2):
        """The first lines of a span that show anything."""
        return [text for text in map(self.text, range(first, last + 1)) if text][:most]

    def header_above(self, row):
        """The line of firstfault with the nearest `##[group]Run …` at or above `row`, or None."""
        return next((at for at in range(min(row, len(self.rows)), 0, -1) if HEADER.match(self.rows[at - 1])), None)

    def plain(self):
        return "\n".join(shown(line).decode("utf-8", "replace") for line in self.lines)


def distance(line, spans):
    """How far a line is from the nearest of the spans; 0 is inside, None is nowhere."""
    if line is None or not spans:
        return None
    return min(max(first - line, line - last, 0) for first, last in spans)
