/* A file of GitHub's problem matchers, as `::add-matcher::` takes it.
 *
 *     ff_issue_file file;
 *     status = ff_issue_file_read(&file, &arena, "eslint.json", bytes, &error);
 *
 * JSON is read as the YAML that it is. What GitHub's runner refuses is refused too, and keys that it would not read are
 * named: a key that is spelled wrong would silently do nothing.
 */
#ifndef FF_WORKSHOP_ISSUE_FILE_H
#define FF_WORKSHOP_ISSUE_FILE_H

#include "catalog/rule.h"
#include "workshop/regexp.h"
#include "workshop/tier.h"

typedef enum ff_issue_part {
    FF_ISSUE_FILE,
    FF_ISSUE_FROM_PATH,
    FF_ISSUE_LINE,
    FF_ISSUE_COLUMN,
    FF_ISSUE_SEVERITY,
    FF_ISSUE_CODE,
    FF_ISSUE_MESSAGE,
    FF_ISSUE_PARTS
} ff_issue_part;

typedef struct ff_issue_pattern {
    ff_regexp regexp;
    uint32_t groups[FF_ISSUE_PARTS]; /* index of the group that gives the part, or FF_NO_GROUP */
    bool loop;
    ff_source_position at; /* of the regular expression */
} ff_issue_pattern;

typedef struct ff_issue_matcher {
    ff_slice owner;
    ff_tier severity; /* where no group gives one */
    ff_slice from_path;
    struct {
        ff_issue_pattern *items;
        size_t count, cap;
    } patterns;
    ff_source_position at; /* of the owner */
} ff_issue_matcher;

typedef struct ff_issue_file {
    struct {
        ff_issue_matcher *items;
        size_t count, cap;
    } matchers;
} ff_issue_file;

/* The key of a part in JSON, and the name of the capture that it becomes. Static texts. */
const char *ff_issue_part_key(ff_issue_part part);
ff_slice ff_issue_part_capture(ff_issue_part part);

/* Reads a file into the arena; `name` is borrowed as long as that. FF_OK; FF_INVALID and FF_LIMIT with a position;
 * FF_NOMEM. */
ff_status ff_issue_file_read(ff_issue_file *file, ff_arena *arena, const char *name, ff_slice bytes, ff_error *error);

#endif
