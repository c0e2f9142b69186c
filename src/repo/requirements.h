/* What the files of a repository require of Python packages: requirements*.txt with what they include, pyproject.toml,
 * Pipfile, setup.cfg, setup.py, environment.yml, and the locks of Poetry, PDM and uv.
 *
 *     ff_requirements requirements;
 *     ff_requirements_init(&requirements, repo, &arena);
 *     ff_requirements_want(&requirements, FF_LIT("Pillow"));
 *     if (ff_requirements_read(&requirements) == FF_OK) ... requirements.items ... requirements.whole ...
 *
 * Only what is wanted is kept. Names are compared as packaging tools do: without case, `-`, `_` and `.` alike
 * (https://packaging.python.org/en/latest/specifications/name-normalization/).
 */
#ifndef FF_REPO_REQUIREMENTS_H
#define FF_REPO_REQUIREMENTS_H

#include "repo/repo.h"

enum { FF_REQUIREMENT_NAMES = 8, FF_REQUIREMENT_ITEMS = 64 };

typedef struct ff_requirement {
    ff_slice path;
    uint32_t line;
    ff_slice text;    /* the requirement as written, or the line it stands in */
    ff_slice version; /* `==4.2.7`, `^4.2`; empty: any */
    bool exact;       /* a version without a sign is one, and means itself (Poetry, a lock) */
    bool locked;      /* it stands in a lock: something else may require it */
} ff_requirement;

typedef struct ff_requirements {
    ff_repo *repo;   /* borrowed */
    ff_arena *arena; /* borrowed: all that is found */
    ff_slice wanted[FF_REQUIREMENT_NAMES];
    size_t wanted_count;
    struct {
        ff_requirement *items; /* FF_REQUIREMENT_ITEMS at most; locks last */
        size_t count, cap;
    } items;
    struct {
        ff_slice *items; /* paths of files that were read */
        size_t count, cap;
    } files;
    bool whole;   /* all that the files require is known */
    ff_slice why; /* why it is not, a clause */
    bool locks;   /* a lock is being read */
} ff_requirements;

/* Starts without names; both are borrowed. */
void ff_requirements_init(ff_requirements *requirements, ff_repo *repo, ff_arena *arena);

/* Adds a name to look for; past FF_REQUIREMENT_NAMES it is left out. */
void ff_requirements_want(ff_requirements *requirements, ff_slice name);

/* Reads all files, FF_LIMIT_PROBE_FILES at most. FF_OK or FF_NOMEM. */
ff_status ff_requirements_read(ff_requirements *requirements);

/* ---- for the files of formats ---- */

/* One file in its format; `folder` is where it stands. */
typedef struct ff_requirements_file {
    ff_requirements *of;
    ff_slice path, folder, text;
} ff_requirements_file;

/* `name[extra]>=1; marker`, as pip writes it:
 * https://packaging.python.org/en/latest/specifications/dependency-specifiers/
 */
void ff_requirements_take(const ff_requirements_file *file, uint32_t line, ff_slice text);

/* A name and its version, where the format keeps them apart; `text` is what is shown. */
void ff_requirements_take_pair(const ff_requirements_file *file, uint32_t line, ff_slice name, ff_slice version,
                               ff_slice text);

/* More may be required than is known; only the first reason (printf style, a clause) is kept. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void ff_requirements_open(ff_requirements *requirements, const char *format, ...);

/* Reads a file of lines that another one includes; `path` is an entry's of the tree. */
void ff_requirements_include(const ff_requirements_file *file, ff_slice path);

/* True if both name one package. */
bool ff_requirement_same(ff_slice a, ff_slice b);

/* The readers. What they do not understand makes `whole` false; without memory the arena has failed. */
void ff_requirements_read_lines(const ff_requirements_file *file);
void ff_requirements_read_toml(const ff_requirements_file *file);
void ff_requirements_read_cfg(const ff_requirements_file *file);
void ff_requirements_read_setup(const ff_requirements_file *file);
void ff_requirements_read_conda(const ff_requirements_file *file);

#endif
