#include "catalog/path.h"

#include "base/array.h"
#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A path that leads nowhere is expected (a user without own rules), everything else is the system's refusal. */
static ff_status refuse_system(ff_error *error, const char *path, int code)
{
    char reason[128] = "";
    if (strerror_r(code, reason, sizeof reason) != 0)
        (void)snprintf(reason, sizeof reason, "error %d", code);
    ff_status status = code == ENOENT || code == ENOTDIR ? FF_NOT_FOUND : FF_IO;
    return ff_error_at(error, code == ENOMEM ? FF_NOMEM : status, path, 0, 0, "%s", reason);
}

static ff_status add_file(ff_arena *arena, const char *path, ff_path_list *files, ff_error *error)
{
    if (files->count == FF_LIMIT_CATALOG_FILES)
        return ff_error_at(error, FF_LIMIT, path, 0, 0, "more files than the %u allowed in one folder",
                           FF_LIMIT_CATALOG_FILES);
    const char **file = FF_ARRAY_PUSH(arena, files);
    if (!file)
        return ff_error_at(error, FF_NOMEM, path, 0, 0, "no memory left for the catalog");
    *file = path;
    return FF_OK;
}

/* Links are followed: the folder is the user's own. Anything but a regular file is left out, so no pipe can block. */
static ff_status add_entry(ff_arena *arena, const char *folder, const char *name, ff_path_list *files, ff_error *error)
{
    ff_slice text = ff_slice_of(name);
    if (ff_slice_starts(text, FF_LIT("."))) /* an editor's lock or backup */
        return FF_OK;
    if (!ff_slice_ends(text, FF_LIT(".yaml")) && !ff_slice_ends(text, FF_LIT(".yml")))
        return FF_OK;
    const char *slash = ff_slice_ends(ff_slice_of(folder), FF_LIT("/")) ? "" : "/";
    ff_slice path = ff_arena_printf(arena, "%s%s%s", folder, slash, name);
    if (!path.ptr)
        return ff_error_at(error, FF_NOMEM, folder, 0, 0, "no memory left for the catalog");
    struct stat facts;
    if (stat(path.ptr, &facts) != 0)
        return refuse_system(error, path.ptr, errno);
    return S_ISREG(facts.st_mode) ? add_file(arena, path.ptr, files, error) : FF_OK;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static ff_status list_folder(ff_arena *arena, const char *path, ff_path_list *files, ff_error *error)
{
    DIR *folder = opendir(path);
    if (!folder)
        return refuse_system(error, path, errno);
    ff_status status = FF_OK;
    const struct dirent *entry;
    while (status == FF_OK && (errno = 0, entry = readdir(folder)) != NULL)
        status = add_entry(arena, path, entry->d_name, files, error);
    if (status == FF_OK && errno != 0)
        status = refuse_system(error, path, errno);
    (void)closedir(folder);
    if (status == FF_OK && files->count == 0)
        status = ff_error_at(error, FF_NOT_FOUND, path, 0, 0, "no *.yaml or *.yml in this folder");
    if (status == FF_OK)
        qsort(files->items, files->count, sizeof *files->items, compare_paths);
    return status;
}

ff_status ff_path_list_files(ff_arena *arena, const char *path, ff_path_list *files, ff_error *error)
{
    struct stat facts;
    if (stat(path, &facts) != 0)
        return refuse_system(error, path, errno);
    if (S_ISDIR(facts.st_mode))
        return list_folder(arena, path, files, error);
    ff_slice copy = ff_arena_dup(arena, ff_slice_of(path));
    if (!copy.ptr)
        return ff_error_at(error, FF_NOMEM, path, 0, 0, "no memory left for the catalog");
    return add_file(arena, copy.ptr, files, error);
}

/* The buffer's maximum ends the reading, so a device without an end is refused like a large file. */
static ff_status read_stream(FILE *stream, const char *path, ff_buf *bytes, ff_error *error)
{
    char piece[16 * 1024];
    size_t got;
    while (ff_buf_status(bytes) == FF_OK && (got = fread(piece, 1, sizeof piece, stream)) > 0)
        ff_buf_add(bytes, (ff_slice){piece, got});
    if (ff_buf_status(bytes) == FF_LIMIT)
        return ff_error_at(error, FF_LIMIT, path, 0, 0, "larger than the %zu bytes allowed for one file", bytes->max);
    if (ff_buf_status(bytes) != FF_OK)
        return ff_error_at(error, FF_NOMEM, path, 0, 0, "no memory left for the catalog");
    return ferror(stream) ? refuse_system(error, path, errno) : FF_OK;
}

ff_status ff_path_read(const char *path, ff_buf *bytes, ff_error *error)
{
    ff_buf_reset(bytes);
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return refuse_system(error, path, errno);
    ff_status status = read_stream(stream, path, bytes, error);
    (void)fclose(stream);
    return status;
}

ff_status ff_path_read_input(const char *path, ff_buf *bytes, ff_error *error)
{
    if (strcmp(path, "-") != 0)
        return ff_path_read(path, bytes, error);
    ff_buf_reset(bytes);
    return read_stream(stdin, path, bytes, error);
}

ff_slice ff_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return ff_slice_of(slash ? slash + 1 : path);
}
