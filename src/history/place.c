#include "history/place.h"

#include "base/folder.h"
#include "history/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PATH_BYTES = 4096,
    HEADER_BYTES = 100, /* https://www.sqlite.org/fileformat2.html#the_database_header */
    VERSION_AT = 60,
    APPLICATION_AT = 68,
    JOURNAL_BYTES = 28, /* https://www.sqlite.org/fileformat2.html#the_rollback_journal */
    JOURNAL_PAGES_AT = 16,
};

/* Where it is. */

static ff_status name_usual(char path[PATH_BYTES], ff_error *error)
{
    const char *xdg = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int length;
    /* A relative one is to be ignored (XDG Base Directory Specification). */
    if (xdg && *xdg == '/')
        length = snprintf(path, PATH_BYTES, "%s/firstfault/history.db", xdg);
    else if (home && *home == '/')
        length = snprintf(path, PATH_BYTES, "%s/.local/state/firstfault/history.db", home);
    else
        return ff_error_set(error, FF_MISUSE,
                            "neither XDG_STATE_HOME nor HOME says where the history is; name a file with --db FILE");
    if (length < 0 || length >= PATH_BYTES)
        return ff_error_set(error, FF_MISUSE, "the path of the history is too long");
    return FF_OK;
}

/* The folder of the usual place is nobody else's. */
static ff_status check_folder(const char *folder, ff_error *error)
{
    int fd;
    ff_status status = ff_folder_open(&fd, folder, error);
    if (status == FF_OK)
        (void)close(fd);
    return status;
}

/* Cuts `path` into its folder, `.` if none is named, and the name behind it. */
static const char *split(char path[PATH_BYTES], char folder[PATH_BYTES])
{
    char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    memcpy(folder, path, len);
    folder[len] = '\0';
    if (!slash)
        memcpy(folder, ".", 2);
    else if (!len)
        memcpy(folder, "/", 2);
    return slash ? slash + 1 : path;
}

/* Links among the folders are followed, once, so that SQLite can refuse all that it meets. */
static ff_status resolve(char **path, const char *folder, const char *name, bool make, ff_error *error)
{
    char *real = realpath(folder, NULL);
    if (!real && errno == ENOENT && !make)
        return ff_error_set(error, FF_NOT_FOUND, "%s/%s: " FF_PLACE_NOTHING_YET, folder, name);
    if (!real)
        return ff_error_set(error,
                            errno == ENOMEM   ? FF_NOMEM
                            : errno == ENOENT ? FF_NOT_FOUND
                                              : FF_IO,
                            "%s: %s", folder, strerror(errno));
    size_t size = strlen(real) + strlen(name) + 2;
    *path = malloc(size);
    if (*path)
        (void)snprintf(*path, size, "%s/%s", strcmp(real, "/") == 0 ? "" : real, name);
    free(real);
    return *path ? FF_OK : ff_error_set(error, FF_NOMEM, "out of memory");
}

ff_status ff_place_find(char **path, const char *named, bool make, ff_error *error)
{
    char whole[PATH_BYTES], folder[PATH_BYTES];
    ff_status status = FF_OK;
    *path = NULL;
    if (!named)
        status = name_usual(whole, error);
    else if (!*named || strlen(named) >= sizeof whole)
        status = ff_error_set(error, FF_MISUSE, "the path of the history is empty or too long");
    else
        memcpy(whole, named, strlen(named) + 1);
    if (status != FF_OK)
        return status;
    const char *name = split(whole, folder);
    if (make)
        ff_folder_make(folder);
    if (make && !named)
        status = check_folder(folder, error);
    return status == FF_OK ? resolve(path, folder, name, make, error) : status;
}

/* What is there. */

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* How many bytes stand at the start of a file, `most` at most; -1 with errno. */
static ssize_t read_start(const char *path, unsigned char *bytes, size_t most)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    struct stat facts;
    ssize_t got = -1;
    if (fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode))
        got = pread(fd, bytes, most, 0);
    else
        errno = S_ISDIR(facts.st_mode) ? EISDIR : EINVAL;
    int reason = errno;
    (void)close(fd);
    errno = reason;
    return got;
}

/* A process that made the database was killed within that: a journal stands beside it, and says that there was nothing
 * before. SQLite will undo it. */
static bool is_half_made(const char *path)
{
    static const unsigned char magic[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    unsigned char bytes[JOURNAL_BYTES];
    char journal[PATH_BYTES + 16];
    int length = snprintf(journal, sizeof journal, "%s-journal", path);
    return length > 0 && (size_t)length < sizeof journal &&
           read_start(journal, bytes, sizeof bytes) == (ssize_t)sizeof bytes &&
           memcmp(bytes, magic, sizeof magic) == 0 && big_endian(bytes + JOURNAL_PAGES_AT) == 0;
}

static ff_status refuse(const char *path, ff_error *error)
{
    switch (errno) {
    case ELOOP: return ff_error_set(error, FF_INVALID, "%s: is a symbolic link, which is not followed", path);
    case EISDIR: return ff_error_set(error, FF_INVALID, "%s: is a folder; name a file with --db FILE", path);
    case EINVAL: return ff_error_set(error, FF_INVALID, "%s: is no file; name another one with --db FILE", path);
    default: return ff_error_set(error, FF_IO, "%s: %s", path, strerror(errno));
    }
}

ff_status ff_place_look(const char *path, ff_place_kind *kind, ff_error *error)
{
    unsigned char header[HEADER_BYTES] = {0};
    ssize_t got = read_start(path, header, sizeof header);
    *kind = FF_PLACE_NOTHING;
    if (got == 0 || (got < 0 && errno == ENOENT))
        return FF_OK;
    if (got < 0)
        return refuse(path, error);
    if (is_half_made(path))
        return FF_OK;
    if (got < HEADER_BYTES || memcmp(header, "SQLite format 3", 16) != 0)
        return ff_error_set(error, FF_INVALID, "%s: is no database, or damaged; " FF_DATABASE_ELSEWHERE, path);
    if (big_endian(header + APPLICATION_AT) != FF_SCHEMA_APPLICATION)
        return ff_error_set(error, FF_INVALID, "%s: is the database of another program; " FF_DATABASE_ELSEWHERE, path);
    if (big_endian(header + VERSION_AT) > ff_schema_newest())
        return ff_error_set(error, FF_UNSUPPORTED, "%s: a newer firstfault made this history; " FF_DATABASE_ELSEWHERE,
                            path);
    *kind = FF_PLACE_HISTORY;
    return FF_OK;
}

ff_status ff_place_make(const char *path, ff_error *error)
{
    static const int flags = O_RDWR | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC;
    int fd = open(path, flags | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
    bool there = fd < 0 && errno == EEXIST;
    if (there)
        fd = open(path, flags);
    if (fd < 0)
        return ff_error_set(error, FF_IO, "%s: %s", path, errno == ELOOP ? "is a symbolic link" : strerror(errno));
    struct stat facts;
    bool open_to_others = there && fstat(fd, &facts) == 0 && (facts.st_mode & (S_IRWXG | S_IRWXO));
    ff_status status = FF_OK;
    if (open_to_others && fchmod(fd, S_IRUSR | S_IWUSR) != 0)
        status =
            ff_error_set(error, FF_IO, "%s: others may read it, and that cannot be changed: %s", path, strerror(errno));
    (void)close(fd);
    return status;
}

bool ff_place_has_wal(const char *path)
{
    char wal[PATH_BYTES + 16];
    struct stat facts;
    int length = snprintf(wal, sizeof wal, "%s-wal", path);
    return length > 0 && (size_t)length < sizeof wal && lstat(wal, &facts) == 0 && facts.st_size > 0;
}
