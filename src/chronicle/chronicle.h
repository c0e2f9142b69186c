/* What the history knows over time: of all groups, of one group, or of one run; and its page.
 *
 *     ff_chronicle chronicle;
 *     ff_chronicle_init(&chronicle, &arena);
 *     if (ff_chronicle_read_group(&chronicle, history, &window, fingerprint, &error) == FF_OK)
 *         ff_chronicle_render(&chronicle, "text", &options, &out);
 *
 * Texts live in the arena, are UTF-8, and are untrusted: the writers make them inert.
 */
#ifndef FF_CHRONICLE_CHRONICLE_H
#define FF_CHRONICLE_CHRONICLE_H

#include "digest/legs.h"

enum { FF_CHRONICLE_MARKS = 52 }; /* of the line of days or weeks: the newest ones */

typedef enum ff_chronicle_kind { FF_CHRONICLE_GROUPS, FF_CHRONICLE_GROUP, FF_CHRONICLE_RUN } ff_chronicle_kind;

typedef struct ff_chronicle_group {
    char fingerprint[FF_SHA256_HEX + 1];
    ff_slice title, rule, verdict; /* of its newest run */
    ff_slice state;                /* as last said by a scan; empty: none told of it */
    int64_t said_at;
    int64_t first_seen, last_seen;
    uint64_t runs;
} ff_chronicle_group;

/* How often a name stands in the runs of a group. */
typedef struct ff_chronicle_count {
    ff_slice name;
    uint64_t runs;
} ff_chronicle_count;

typedef struct ff_chronicle_counts {
    ff_chronicle_count *items; /* most first, then by name */
    size_t count, cap;
} ff_chronicle_counts;

typedef struct ff_chronicle_member {
    ff_history_run run;
    ff_slice verdict, url;
} ff_chronicle_member;

/* An attempt of a run. */
typedef struct ff_chronicle_attempt {
    ff_history_known known;
    ff_slice url;
    struct {
        ff_history_failure *items;
        size_t count, cap;
    } failures;
    struct {
        ff_history_diagnosis *items;
        size_t count, cap;
    } diagnoses;
} ff_chronicle_attempt;

typedef struct ff_chronicle {
    ff_arena *arena; /* borrowed */
    ff_chronicle_kind kind;
    struct {
        ff_chronicle_group *items;
        size_t count, cap;
    } groups; /* newest first; of one group: it alone */
    /* Of one group. */
    struct {
        ff_chronicle_member *items;
        size_t count, cap;
    } members; /* newest first, FF_LIMIT_CHRONICLE_RUNS at most; the group counts all */
    ff_chronicle_counts repositories, branches, jobs;
    const ff_digest_job *folded; /* the jobs, legs of one matrix together */
    size_t folded_count;
    uint64_t marks[FF_CHRONICLE_MARKS]; /* runs a day or week, oldest first */
    size_t mark_count;
    int64_t first_mark; /* day since 1970-01-01 */
    uint32_t mark_days; /* 1 or 7 */
    struct {
        ff_history_said *items;
        size_t count, cap;
    } said;                     /* newest first */
    size_t example;             /* index of the member whose diagnosis shows it best */
    ff_history_diagnosis shown; /* that diagnosis; rank 0: none */
    /* Of one run: all attempts that are known, oldest first; runs of several repositories may have one id. */
    struct {
        ff_chronicle_attempt *items;
        size_t count, cap;
    } attempts;
    bool full; /* something was left out: groups beyond FF_LIMIT_CHRONICLE_ROWS, names beyond _NAMES, attempts beyond
                  _RUNS */
} ff_chronicle;

/* Starts an empty one; its memory comes from `arena` and goes with it. */
void ff_chronicle_init(ff_chronicle *chronicle, ff_arena *arena);

/* Each fills it for what `window` holds: its repositories, its times, its branch. As the functions of the history, and
 * FF_LIMIT. FF_NOT_FOUND if nothing is known of the group or run; never of all groups. */
ff_status ff_chronicle_read_groups(ff_chronicle *chronicle, ff_history *history, const ff_history_window *window,
                                   ff_error *error);
ff_status ff_chronicle_read_group(ff_chronicle *chronicle, ff_history *history, const ff_history_window *window,
                                  const char *fingerprint, ff_error *error);
ff_status ff_chronicle_read_run(ff_chronicle *chronicle, ff_history *history, const ff_history_window *window,
                                uint64_t id, ff_error *error);

/* The writers of the table in chronicle.c. */
void ff_chronicle_write_text(const ff_chronicle *chronicle, ff_buf *out);
void ff_chronicle_write_markdown(const ff_chronicle *chronicle, ff_buf *out);
void ff_chronicle_write_json(const ff_chronicle *chronicle, ff_buf *out);

/* Appends the page. FF_OK, FF_UNSUPPORTED for an unknown format, FF_LIMIT, FF_NOMEM. */
ff_status ff_chronicle_render(const ff_chronicle *chronicle, const char *format, const ff_digest_options *options,
                              ff_buf *out);

/* Appends a line of ff_history_export so that a runner of Actions takes no part of it for a command. */
void ff_chronicle_seal(ff_slice line, const ff_digest_options *options, ff_buf *out);

const char *ff_chronicle_format_name(size_t index); /* NULL past the last; static */

#endif
