#include "history/schema.h"

/* Keys are what names a thing on GitHub, so that the content does not depend on the order in which things came. The
 * number of a repository is made of its name (window.c). Times are nanoseconds since 1970; those of `created_at` that
 * are not known are the smallest number, others NULL. Tables of what was found out hang on the attempt of the run. */
static const char *const VERSION_1[] = {
    "CREATE TABLE repository (id INTEGER PRIMARY KEY, host TEXT NOT NULL COLLATE NOCASE, "
    "name TEXT NOT NULL COLLATE NOCASE, UNIQUE (host, name)) STRICT",
    "CREATE TABLE run (repository INTEGER NOT NULL REFERENCES repository (id), id INTEGER NOT NULL, "
    "attempt INTEGER NOT NULL, workflow_id INTEGER NOT NULL, workflow TEXT NOT NULL, "
    "workflow_path TEXT NOT NULL, event TEXT NOT NULL, head_branch TEXT NOT NULL, head_sha TEXT NOT NULL, "
    "title TEXT NOT NULL, conclusion TEXT NOT NULL, created_at INTEGER NOT NULL, started_at INTEGER, "
    "updated_at INTEGER, state TEXT NOT NULL DEFAULT 'listed' CHECK (state IN ('listed', 'error', 'expired', "
    "'analysed')), digest TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '', "
    "partial INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (repository, id, attempt)) STRICT, WITHOUT ROWID",
    "CREATE INDEX run_created ON run (repository, created_at, conclusion)",
    "CREATE INDEX run_branch ON run (repository, workflow_id, head_branch, created_at)",
    "CREATE TABLE failure (repository INTEGER NOT NULL, run INTEGER NOT NULL, attempt INTEGER NOT NULL, "
    "number INTEGER NOT NULL, job TEXT NOT NULL, step INTEGER NOT NULL, step_name TEXT NOT NULL, "
    "conclusion TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, follow_on INTEGER NOT NULL, "
    "rank INTEGER NOT NULL, PRIMARY KEY (repository, run, attempt, number), FOREIGN KEY (repository, run, "
    "attempt) REFERENCES run ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE diagnosis (repository INTEGER NOT NULL, run INTEGER NOT NULL, attempt INTEGER NOT NULL, "
    "rank INTEGER NOT NULL, fingerprint TEXT NOT NULL, rule TEXT NOT NULL, family TEXT NOT NULL, "
    "role TEXT NOT NULL, title TEXT NOT NULL, verdict TEXT NOT NULL, standing TEXT NOT NULL, "
    "summary TEXT NOT NULL, confidence REAL NOT NULL, job TEXT NOT NULL, step_name TEXT NOT NULL, "
    "step INTEGER NOT NULL, tolerated INTEGER NOT NULL, origin INTEGER NOT NULL, count INTEGER NOT NULL, "
    "fix TEXT NOT NULL, command TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (repository, run, attempt, "
    "rank), FOREIGN KEY (repository, run, attempt) REFERENCES run ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE INDEX diagnosis_group ON diagnosis (fingerprint, repository, run, attempt) WHERE origin = 1",
    "CREATE TABLE evidence (repository INTEGER NOT NULL, run INTEGER NOT NULL, attempt INTEGER NOT NULL, "
    "rank INTEGER NOT NULL, position INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, "
    "file TEXT NOT NULL, line INTEGER NOT NULL, end_line INTEGER NOT NULL, job_line INTEGER NOT NULL, "
    "main INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (repository, run, attempt, rank, position), "
    "FOREIGN KEY (repository, run, attempt, rank) REFERENCES diagnosis ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE cause (repository INTEGER NOT NULL, run INTEGER NOT NULL, attempt INTEGER NOT NULL, "
    "rank INTEGER NOT NULL, cause INTEGER NOT NULL, PRIMARY KEY (repository, run, attempt, rank, cause), "
    "FOREIGN KEY (repository, run, attempt, rank) REFERENCES diagnosis ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE scan (id INTEGER PRIMARY KEY, started_at INTEGER, ended_at INTEGER NOT NULL, since INTEGER, "
    "until INTEGER, branch TEXT NOT NULL, event TEXT NOT NULL, workflow TEXT NOT NULL, "
    "cancelled INTEGER NOT NULL, digest TEXT NOT NULL, listed INTEGER NOT NULL, failed INTEGER NOT NULL, "
    "analysed INTEGER NOT NULL, known INTEGER NOT NULL, expired INTEGER NOT NULL, "
    "errors INTEGER NOT NULL) STRICT",
    "CREATE TABLE scan_repository (scan INTEGER NOT NULL REFERENCES scan (id) ON DELETE CASCADE, "
    "repository INTEGER NOT NULL REFERENCES repository (id), PRIMARY KEY (scan, repository)) STRICT, "
    "WITHOUT ROWID",
    "CREATE INDEX scan_repository_of ON scan_repository (repository)",
    "CREATE TABLE said (repository INTEGER NOT NULL REFERENCES repository (id), fingerprint TEXT NOT NULL, "
    "said_at INTEGER NOT NULL, scan INTEGER NOT NULL REFERENCES scan (id) ON DELETE CASCADE, "
    "state TEXT NOT NULL, count INTEGER NOT NULL, last_seen INTEGER, PRIMARY KEY (repository, fingerprint, "
    "said_at, scan)) STRICT, WITHOUT ROWID",
    "CREATE INDEX said_scan ON said (scan)",
    "CREATE INDEX said_group ON said (fingerprint)",
    NULL,
};

/* Row N leads from version N to the one after it. */
static const char *const *const STEPS[] = {VERSION_1};

int64_t ff_schema_newest(void)
{
    return (int64_t)(sizeof STEPS / sizeof *STEPS);
}

const char *const *ff_schema_step(int64_t version)
{
    return STEPS[version];
}
