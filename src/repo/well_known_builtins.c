#include "repo/well_known.h"

/* Modules of Python that a version dropped or a build may lack, so that logs call them missing; those that begin with
 * an underscore are Python's own anyway. https://docs.python.org/3/library/, https://peps.python.org/pep-0594/ */
static const char *const PYTHON[] = {
    "aifc",    "asynchat", "asyncore", "audioop",   "bz2",       "cgi",         "cgitb",  "chunk",     "crypt",
    "ctypes",  "curses",   "dbm",      "distutils", "ensurepip", "gdbm",        "imghdr", "imp",       "lib2to3",
    "lzma",    "mailcap",  "msilib",   "nis",       "nntplib",   "ossaudiodev", "parser", "pipes",     "readline",
    "smtpd",   "sndhdr",   "spwd",     "sqlite3",   "ssl",       "sunau",       "symbol", "telnetlib", "tkinter",
    "tomllib", "uu",       "venv",     "xdrlib",    "zlib",
};

/* Modules of Node, which a bundler for browsers does not find. https://nodejs.org/api/ */
static const char *const NODE[] = {
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "constants",
    "crypto",
    "dgram",
    "dns",
    "domain",
    "events",
    "fs",
    "http",
    "http2",
    "https",
    "inspector",
    "module",
    "net",
    "os",
    "path",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "repl",
    "stream",
    "string_decoder",
    "sys",
    "timers",
    "tls",
    "trace_events",
    "tty",
    "url",
    "util",
    "v8",
    "vm",
    "wasi",
    "worker_threads",
    "zlib",
};

static bool is_among(const char *const *names, size_t count, ff_slice name)
{
    for (size_t i = 0; i < count; i++)
        if (ff_slice_eq(name, ff_slice_of(names[i])))
            return true;
    return false;
}

bool ff_known_python_module(ff_slice name)
{
    name = ff_slice_cut(name, ff_slice_find_byte(name, '.'));
    return ff_slice_starts(name, FF_LIT("_")) || is_among(PYTHON, sizeof PYTHON / sizeof *PYTHON, name);
}

bool ff_known_node_module(ff_slice name)
{
    return is_among(NODE, sizeof NODE / sizeof *NODE, name);
}
