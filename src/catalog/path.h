/* Catalog files on disk: which ones a path stands for, and their bytes.
 *
 *     ff_path_list files = {0};
 *     status = ff_path_list_files(&arena, "patterns", &files, &error);
 *     ff_buf bytes;
 *     ff_buf_init(&bytes, FF_LIMIT_YAML_BYTES);
 *     for (size_t i = 0; i < files.count && status == FF_OK; i++)
 *         status = ff_path_read(files.items[i], &bytes, &error);
 */
#ifndef FF_CATALOG_PATH_H
#define FF_CATALOG_PATH_H

#include "base/arena.h"
#include "base/buf.h"

typedef struct ff_path_list {
    const char **items; /* in the arena */
    size_t count, cap;
} ff_path_list;

/* The path itself, or the regular files *.yaml and *.yml of a folder in byte order of their names, without those that
 * start with a dot. FF_OK;
 * FF_NOT_FOUND if nothing is there, a folder without such files too; FF_IO, FF_LIMIT, FF_NOMEM. */
ff_status ff_path_list_files(ff_arena *arena, const char *path, ff_path_list *files, ff_error *error);

/* Replaces the content of `bytes` by that of the file; `bytes->max` is the largest that is read. FF_OK, FF_NOT_FOUND,
 * FF_IO, FF_LIMIT, FF_NOMEM. */
ff_status ff_path_read(const char *path, ff_buf *bytes, ff_error *error);

/* The same; `-` is standard input. */
ff_status ff_path_read_input(const char *path, ff_buf *bytes, ff_error *error);

/* The last part of a path; borrowed. */
ff_slice ff_path_name(const char *path);

#endif
