/* Source text without its remarks: comments, and Python's docstrings, which say nothing about what a program does.
 *
 * Which language a file is in tells its name. Lines and columns stay: what is taken away becomes blanks. One pass, no
 * grammar: a quote that the language does not end is taken to end with its line.
 */
#ifndef FF_REPO_REMARK_H
#define FF_REPO_REMARK_H

#include "base/arena.h"

/* `text` of the file `path` without remarks: a copy in `arena`, or `text` itself if its language has none that are
 * known. The empty slice without memory, and then `arena->failed`. */
ff_slice ff_remark_blank(ff_arena *arena, ff_slice path, ff_slice text);

#endif
