/* Folders of the user's own, where the program keeps what is for nobody else. */
#ifndef FF_BASE_FOLDER_H
#define FF_BASE_FOLDER_H

#include "base/error.h"

/* Makes what is missing of a path, 0700; `path` is changed on the way and as before at the end. A failure shows when
 * the folder is opened. */
void ff_folder_make(char *path);

/* Opens a folder that is to be the user's alone: nobody else may put files there, or read them. What others may do with
 * it is taken from them. The descriptor is the caller's, -1 unless FF_OK; else FF_IO for what is no folder or a link to
 * one, belongs to somebody else, or cannot be used, with a text that names it. */
ff_status ff_folder_open(int *folder, const char *path, ff_error *error);

#endif
