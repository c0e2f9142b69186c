"""Inputs that somebody might make in order to hurt: each function writes one below a folder and returns the target.

A maker that returns an iterator of bytes wants them on standard input.
"""
import os
import struct
import zlib

STAMP = b"2026-01-02T03:04:05.0000000Z "
SECRET = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"
OUTSIDE = b"this text lies outside of the folder"
BLOCK = 1 << 20


def log(*lines, head=True):
    """A job log that fails: the given lines stand between its beginning and its end."""
    begin = [b"Current runner version: '2.329.0'", b"Complete job name: build", b"##[group]Run make",
             b"\x1b[36;1mmake\x1b[0m", b"shell: /usr/bin/bash -e {0}", b"##[endgroup]"]
    end = [b"##[error]Process completed with exit code 2."]
    stamped = [STAMP + line for line in (begin if head else []) + list(lines) + end]
    return b"\xef\xbb\xbf" + b"\n".join(stamped) + b"\n"


def write(folder, name, data):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    return path


def deflated(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def local(name, packed, crc, size):
    return struct.pack("<IHHHIIIIHH", 0x04034B50, 20, 0, 8, 0, crc, len(packed), size, len(name), 0) + name + packed


def central(name, offset, packed, crc, size):
    return struct.pack("<IHHHHIIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, crc, packed, size, len(name),
                       0, 0, 0, 0, 0, offset) + name


def end(count, size, offset):
    return struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), size, offset, 0)


def archive(entries):
    """A plain ZIP of (name, bytes) pairs; names are bytes and may be anything."""
    body, directory = b"", b""
    for name, data in entries:
        packed, crc = deflated(data), zlib.crc32(data)
        directory += central(name, len(body), len(packed), crc, len(data))
        body += local(name, packed, crc, len(data))
    return body + directory + end(len(entries), len(directory), len(body))


def empty_file(folder):
    return write(folder, "empty.log", b"")


def null_device(_folder):
    return "/dev/null"


def picture(folder):
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1f\xf3\xffa"
    return write(folder, "run.zip", head + bytes(range(256)) * 40)


def truncated_archive(folder):
    data = archive([(b"0_build.txt", log(b"make: *** [all] Error 2") * 400)])
    return write(folder, "run.zip", data[:len(data) * 2 // 3])


def damaged_entry(folder):
    """One entry of two does not inflate; the other one is sound."""
    checked = b"".join(b"checked file %d\n" % n for n in range(300))
    data = bytearray(archive([(b"0_lint.txt", checked), (b"1_build.txt", log(b"boom"))]))
    data[60:90] = bytes(30)
    return write(folder, "run.zip", bytes(data))


def overlapping_bomb(folder):
    """A thousand names for the same 40 MB of zeros."""
    zeros = bytes(40 << 20)
    packed, crc = deflated(zeros), zlib.crc32(zeros)
    body = local(b"build/1_Build.txt", packed, crc, len(zeros))
    directory = b"".join(central(b"build/%d_Build.txt" % n, 0, len(packed), crc, len(zeros)) for n in range(1, 1001))
    return write(folder, "run.zip", body + directory + end(1000, len(directory), len(body)))


def million_entries(folder):
    """The end records claim a million entries; there is one."""
    body = archive([(b"0_build.txt", log(b"boom"))])[:-22]
    size = 46 + len(b"0_build.txt")
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 1000000, 1000000, size, len(body) - size)
    locator = struct.pack("<IIQI", 0x07064B50, 0, len(body), 1)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return write(folder, "run.zip", body + record + locator + tail)


def many_entries(folder):
    packed, crc = deflated(b"x\n"), zlib.crc32(b"x\n")
    body = local(b"0_build.txt", packed, crc, 2)
    directory = b"".join(central(b"%d_build.txt" % n, 0, len(packed), crc, 2) for n in range(60000))
    return write(folder, "run.zip", body + directory + end(60000, len(directory), len(body)))


def full_archive(folder):
    """As many entries as are allowed, each a step that fails, with names as long as the directory has room for."""
    failure = log(b"make: *** [all] Error 2", head=False)
    return write(folder, "run.zip", archive(
        [(b"job%d/%d_%s.txt" % (n % 10, n // 10 + 1, b"\xff" * 330), failure) for n in range(20000)]))


def quotes_in_names(folder):
    """In JSON a quotation mark takes twice the room."""
    failure = log(b'FAILED a.py::test_"""" - "" == "\'"', head=False)
    return write(folder, "run.zip", archive(
        [(b"%s%d/1_%s.txt" % (b'"' * 600, n, b'"' * 390), failure) for n in range(3900)]))


def gh_text(folder, jobs, steps, lines, name=b"step"):
    """What `gh run view --log` prints."""
    return write(folder, "run.log", b"".join(
        b"job %d\t%s %d\t%s%s\n" % (job, name, step, STAMP, line)
        for job in range(jobs) for step in range(steps) for line in lines))


def failures_everywhere(folder):
    return gh_text(folder, 2000, 3, [b"error: %s" % (bytes([97 + n]) * 500) for n in range(20)] + [
        b"ModuleNotFoundError: No module named 'quux'", b"##[error]Process completed with exit code 1."])


def failures_beyond(folder):
    """Steps that clean up run after a failed one and can fail too."""
    return gh_text(folder, 1000, 5, [b"##[error]Process completed with exit code 1."], b"teardown")


def failures_in_one_job(folder):
    """Each failure asks what the names of all later steps say."""
    return gh_text(folder, 1, 4096, [b"##[error]Process completed with exit code 1."], b"y" * 950 + b" teardown")


def everything_matches(folder):
    """Each line hits a rule, each time with other captures."""
    lines = [b"ModuleNotFoundError: No module named 'mod%d'", b"/bin/sh: 1: tool%d: not found",
             b"Unknown command: 'c%d'. Did you mean x?", b"FAILED tests/test_a.py::test_%d - assert 1",
             b'psycopg2.errors.UndefinedTable: relation "t%d" does not exist',
             b"fatal: unable to access 'https://h%d/': The requested URL returned error: 403"]
    return write(folder, "job.log", log(*(lines[n % len(lines)] % n for n in range(100000))))


def endless_line(_folder):
    """300 MB without a line end, on standard input; the failure stands behind it."""
    text = log(b"make: *** [all] Error 2")
    cut = text.index(STAMP + b"##[error]")
    yield text[:cut] + STAMP + b"progress: "
    for _ in range(300):
        yield b"x" * BLOCK
    yield b"\n" + text[cut:]


def nul_bytes(folder):
    steady = [b"compiled file %d" % n for n in range(1000)]
    return write(folder, "job.log", log(*steady, b"before\0after", b"\0" * 5000, b"make: *** [all] Error 2\0"))


def nul_flood(folder):
    """Nine bytes of ten are NUL: to call it binary is as good as to read it."""
    return write(folder, "job.log", log(b"\0" * 5000, b"make: *** [all] Error 2\0"))


def invalid_utf8(folder):
    broken = b"caf\xe9: \xff\xfe \xc0\x80 \xed\xa0\x80 \xf4\x90\x80\x80"
    return write(folder, "job.log", log(broken, b"make: *** [all\xe2\x82] Error 2"))


def lone_returns(folder):
    bar = b"\r".join(b"%3d%% [%s]" % (n, b"#" * (n // 4)) for n in range(101))
    return write(folder, "job.log", log(bar, b"make: *** [all] Error 2\r", b"\r\r\r"))


def terminal_escapes(folder):
    return write(folder, "job.log", log(
        b"\x1b]0;owned\x07make: *** [all] Error 2", b"\x1b]8;;http://evil.example/\x1b\\click\x1b]8;;\x1b\\",
        b"\x1bP1;2|payload\x1b\\", b"\x1b[2J\x1b[1;1Herror: hidden", b"\x9b31merror: eight bits", b"half \x1b[",
        b"\xc2\x9b31merror: C1 in UTF-8", "error: \u202eesrever\u202c \u2066isolate\u2069 \u200f".encode(),
        b"\x07\x08\x7f error: bells"))


def workflow_commands(folder):
    return write(folder, "job.log", log(
        b"::add-mask::all", b"::set-output name=x::y", b"  ::error file=a.c,line=1::error: made up",
        b"##[add-mask]all", b"error: ##[group]open", b"::stop-commands::token", b"%0A::warning::split", head=True))


def hostile_names(folder):
    names = [b"\x1b[31mred\x1b[0m", b"::error::name", b"@octocat `#1` <img src=x>", b"../../../../tmp/up",
             b"a|b\n::warning::x", b"\xff\xfe not text", "\u202ecod".encode(), b"n" * 900]
    entries = [(b"%d_%s.txt" % (n, name), log(b"make: *** [all] Error 2")) for n, name in enumerate(names)]
    entries += [(b"%s/2_%s.txt" % (name, name), log(b"make: *** [all] Error 2")) for name in names[:6]]
    return write(folder, "run.zip", archive(entries))


MARKDOWN = [
    b"error: @octocat see #1 and <img src=https://evil.example/x.png onerror=alert(1)>",
    b"error: ![x](https://evil.example/y.png) [link](https://evil.example/) https://evil.example/auto",
    b"error: ``` closes a fence", b"```", b"~~~~~~~~", b"````````````", b"error: `tick` ``two`` <!-- begin",
    b"error: <details><summary>open</summary>", b"error: | a | b | c |", b"error: &#64;octocat &lt;script&gt;",
    b"# error: heading", b"- [x] error: done", b"> error: quote", b"error: <script>alert(1)</script>",
    b"error: \\`escape\\`", b"make: *** [`all` | <b>x</b>] Error 2",
    b"FAILED tests/`a`|b.py::test_<img src=x> - @octocat",
]


def markdown_lines(folder):
    return write(folder, "job.log", log(*MARKDOWN))


def markdown_names(folder):
    name = b"`x` | <img src=https:evil.example> @octocat ![y](z) <!--"
    entries = [(b"0_%s.txt" % name, log(*MARKDOWN)), (b"%s/3_%s.txt" % (name, name), log(*MARKDOWN))]
    return write(folder, "run.zip", archive(entries))


def secrets(folder):
    secret = SECRET.encode()
    lines = [b"error: token " + secret + b" was refused", b"fatal: https://x:" + secret + b"@h/a"]
    return write(folder, "job.log", log(*lines))


def secret_captures(folder):
    """Rules capture these values without what tells that they are secrets."""
    secret, key = SECRET.encode(), SECRET[4:].encode()
    claims = b"eyJhbGciOiJIUzI1NiJ9.eyJ" + key + b"x" * 5000 + b"." + key
    return write(folder, "job.log", log(
        b"ModuleNotFoundError: No module named 'password=" + key + b"'", b"sh: 1: " + secret + b": not found",
        b"Unknown command: '" + secret + b"'. Did you mean x?", b"error: " + claims,
        b"psql: error: connection to server at \"postgres://me:" + key + b"@db\" failed: Connection refused",
        b"fatal: unable to access 'https://me:" + key + b"@github.com/o/r/': The requested URL returned error: 403"))


def secret_names(folder):
    """Of jobs, steps and files; a name is cut where it is quoted, but not in the middle of the secret."""
    secret, failure = SECRET.encode(), log(b"make: *** [all] Error 2")
    entries = [(b"0_build " + secret + b".txt", failure), (b"build " + secret + b"/2_Run " + secret + b".txt", failure),
               (b"1_" + secret + b".txt", b"\x89PNG\r\n\x1a\n"), (secret + b"/inner.zip", b"PK\3\4"), (secret, b"x")]
    entries += [(b"x" * n + secret, b"x") for n in range(100, 170, 3)]
    return write(folder, "run.zip", archive(entries))


def secret_target(folder):
    return write(folder, f"{SECRET}/6_Run {SECRET}.txt", log(b"make: *** [all] Error 2"))


def secret_missing(folder):
    return os.path.join(folder, "x" * 100 + SECRET)


def linked_folder(folder):
    outside = write(folder, "outside.txt", log(OUTSIDE, b"make: *** [all] Error 2"))
    write(folder, "run/1_build.txt", log(b"make: *** [all] Error 2"))
    links = {"0_stolen.txt": outside, "2_loop.txt": "2_loop.txt", "3_gone.txt": "nowhere", "stolen": folder, "up": ".."}
    for name, target in links.items():
        path = os.path.join(folder, "run", name)
        if not os.path.lexists(path):
            os.symlink(target, path)
    return os.path.join(folder, "run")


def folder_without_logs(folder):
    write(folder, "run/readme.md", b"# no log here\n")
    return os.path.join(folder, "run")


def special_files(folder):
    """A named pipe among the logs must not make the program wait."""
    write(folder, "run/1_build.txt", log(b"make: *** [all] Error 2"))
    pipe = os.path.join(folder, "run", "0_pipe.txt")
    if not os.path.lexists(pipe):
        os.mkfifo(pipe)
    return os.path.join(folder, "run")


def missing_file(folder):
    return os.path.join(folder, "no-such-file.zip")


def unreadable_file(folder):
    """Readable for root all the same; a path through a file is not for anybody."""
    return os.path.join(write(folder, "file.log", log(b"boom")), "run.zip")


def large_archive(folder):
    """1 GiB of log in one entry, about 8:1: one block of log lines, packed once, written a thousand times."""
    block, number = bytearray(), 0
    while len(block) < BLOCK:
        number += 1
        block += b"2026-01-02T03:%02d:%02d.%07dZ module-%d/file%d.c: compiled in %d ms\n" % (
            number // 60 % 60, number % 60, number * 7919 % 10000 * 1000, number % 97, number % 1009,
            number * 31 % 5000)
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(block)) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = log(b"make: *** [all] Error 2")[3:]
    last = deflated(tail)
    crc, name = 0, b"0_build.txt"
    for _ in range(1024):
        crc = zlib.crc32(block, crc)
    crc, size, packed = zlib.crc32(tail, crc), len(block) * 1024 + len(tail), len(piece) * 1024 + len(last)
    head = local(name, b"", crc, size)
    path = write(folder, "run.zip", head[:18] + struct.pack("<I", packed) + head[22:])
    with open(path, "ab") as file:
        for _ in range(1024):
            file.write(piece)
        file.write(last)
        offset, directory = file.tell(), central(name, 0, packed, crc, size)
        file.write(directory + end(1, len(directory), offset))
    return path
