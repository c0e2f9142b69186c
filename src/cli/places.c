#include "cli/places.h"

#include "base/limits.h"
#include "base/slice.h"
#include "fetch/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static ff_status add(ff_places *places, const char *repository, ff_error *error)
{
    if (places->count == places->cap) {
        size_t cap = places->cap ? 2 * places->cap : FF_LIST_MAX;
        const char **grown = realloc(places->items, cap * sizeof *grown);
        if (!grown)
            return ff_error_set(error, FF_NOMEM, "out of memory");
        places->items = grown;
        places->cap = cap;
    }
    places->items[places->count++] = repository;
    return FF_OK;
}

/* A FIFO is fine, as a shell's `<(…)` makes one. */
static ff_status read_file(ff_buf *text, const char *path, ff_error *error)
{
    char piece[4096];
    ssize_t got = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (fd >= 0 && ff_buf_status(text) == FF_OK &&
           ((got = read(fd, piece, sizeof piece)) > 0 || (got < 0 && errno == EINTR)))
        if (got > 0)
            ff_buf_add(text, (ff_slice){piece, (size_t)got});
    int reason = errno;
    if (fd >= 0)
        (void)close(fd);
    if (fd < 0 || got < 0)
        return ff_error_set(error, FF_IO, "%s: cannot be read: %s", path, strerror(reason));
    if (ff_buf_status(text) == FF_LIMIT)
        return ff_error_set(error, FF_LIMIT, "%s: is too long for a list of repositories", path);
    return ff_buf_status(text) == FF_OK ? FF_OK : ff_error_set(error, FF_NOMEM, "out of memory");
}

/* Lines end where the text is cut by zero bytes, so that each is a string. */
static ff_status add_lines(ff_places *places, const char *path, ff_error *error)
{
    ff_slice rest = ff_buf_slice(&places->text), line;
    ff_status status = FF_OK;
    for (uint32_t number = 1; status == FF_OK && ff_slice_take_until(&rest, '\n', &line); number++) {
        line = ff_slice_trim(ff_slice_cut(line, ff_slice_find_byte(line, '#')));
        if (!line.len)
            continue;
        if (!ff_target_is_repository(line))
            return ff_error_at(error, FF_INVALID, path, number, 1,
                               "'%.*s' is no repository: OWNER/REPO or "
                               "HOST/OWNER/REPO",
                               FF_ARG(line));
        char *start = places->text.ptr + (line.ptr - places->text.ptr);
        start[line.len] = '\0'; /* a blank, a comment, a line's end, or the zero byte behind the text */
        status = add(places, start, error);
    }
    return status;
}

static const char *of_environment(void)
{
    static const char *const variables[] = {"GH_REPO", "GITHUB_REPOSITORY"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value)
            return value;
    }
    return NULL;
}

ff_status ff_places_find(ff_places *places, const ff_options *options, ff_error *error)
{
    ff_status status = FF_OK;
    ff_buf_init(&places->text, FF_LIMIT_REPOSITORIES_BYTES);
    for (size_t i = 0; i < options->repositories.count && status == FF_OK; i++)
        status = add(places, options->repositories.items[i], error);
    if (status == FF_OK && options->repositories_file)
        status = read_file(&places->text, options->repositories_file, error);
    if (status == FF_OK && options->repositories_file)
        status = add_lines(places, options->repositories_file, error);
    if (status != FF_OK || places->count || options->organizations.count)
        return status;
    if (options->repositories_file)
        return ff_error_set(error, FF_INVALID, "%s: names no repository", options->repositories_file);
    const char *usual = of_environment();
    if (usual && ff_target_is_repository(ff_slice_of(usual)))
        return add(places, usual, error);
    if (usual)
        return ff_error_set(error, FF_INVALID, "GH_REPO or GITHUB_REPOSITORY holds '%s', which is no repository",
                            usual);
    return ff_error_set(error, FF_INVALID, "scan of which repositories? Give -R OWNER/REPO, --org ORG or --repos FILE");
}

void ff_places_release(ff_places *places)
{
    free(places->items);
    ff_buf_release(&places->text);
}
