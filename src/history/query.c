#include "history/query.h"

/* Pieces that several questions have in common. CROSS JOIN tells SQLite which table to begin with. */

#define RUN                                                                                                     \
    "repository.host, repository.name, run.id, run.attempt, run.workflow_id, run.workflow, run.workflow_path, " \
    "run.event, run.head_branch, run.head_sha, run.title, run.conclusion, run.created_at, run.started_at, "     \
    "run.updated_at"
#define KNOWN RUN ", run.state, run.digest, run.why"
#define DIAGNOSIS                                                                                       \
    "diagnosis.rank, diagnosis.fingerprint, diagnosis.rule, diagnosis.family, diagnosis.role, "         \
    "diagnosis.title, diagnosis.verdict, diagnosis.standing, diagnosis.summary, diagnosis.confidence, " \
    "diagnosis.job, diagnosis.step_name, diagnosis.step, diagnosis.tolerated, diagnosis.origin, "       \
    "diagnosis.count, diagnosis.fix, diagnosis.command"

#define SAID                                                                                                   \
    "repository.host, repository.name, said.fingerprint, said.state, said.count, said.last_seen, said.said_at" \
    " FROM said CROSS JOIN repository ON repository.id = said.repository"

#define REPOSITORIES "IN (SELECT value FROM json_each(:repositories))"
#define WITH_REPOSITORY " CROSS JOIN repository ON repository.id = run.repository"

/* The window of a run. A workflow is meant by its name, its path, the name of its file, or its id. */
#define WINDOW                                                                                  \
    " run.repository " REPOSITORIES " AND run.created_at >= :since AND run.created_at < :until" \
    " AND (:branch = '' OR run.head_branch = :branch) AND (:event = '' OR run.event = :event)"  \
    " AND (:workflow = '' OR run.workflow = :workflow OR run.workflow_path = :workflow"         \
    " OR substr(run.workflow_path, -length(:workflow) - 1) = '/' || :workflow OR run.workflow_id = :workflow_id)"

#define BAD "('failure', 'timed_out', 'startup_failure', :cancelled)"
#define SAME(other) other ".repository = run.repository AND " other ".id = run.id"

/* No newer attempt is known. */
#define NEWEST " NOT EXISTS (SELECT 1 FROM run AS newer WHERE " SAME("newer") " AND newer.attempt > run.attempt)"

/* The attempt by which a run is in groups: the newest, if it failed; the newest that failed, if the newest passed. */
#define SPEAKS                                                                           \
    " run.conclusion IN " BAD " AND NOT EXISTS (SELECT 1 FROM run AS newer WHERE " SAME( \
        "newer") " AND newer.attempt > run.attempt AND newer.conclusion IN " BAD ")"     \
                 " AND (SELECT last.conclusion FROM run AS last WHERE " SAME(            \
                     "last") " ORDER BY last.attempt DESC LIMIT 1)"                      \
                             " IN ('success', 'failure', 'timed_out', 'startup_failure', :cancelled)"

#define FIRST_FAILED                                                                            \
    "(SELECT min(tried.attempt) FROM run AS tried WHERE " SAME(                                 \
        "tried") " AND tried.conclusion IN " BAD                                                \
                 " AND tried.attempt < (SELECT max(good.attempt) FROM run AS good WHERE " SAME( \
                     "good") " AND good.conclusion = 'success'))"

#define OF_RUN(table) \
    table ".repository = run.repository AND " table ".run = run.id AND " table ".attempt = run.attempt"

/* Of the origins of one fingerprint in a run, the one of the lowest rank. */
#define FOREMOST                                                                                      \
    " diagnosis.origin = 1 AND NOT EXISTS (SELECT 1 FROM diagnosis AS better WHERE " OF_RUN(          \
        "better") " AND better.rank < diagnosis.rank AND better.origin = 1 AND better.fingerprint = " \
                  "diagnosis.fingerprint)"

/* Names of the jobs where a fingerprint stands first, and of those whose failure it explains. */
#define JOBS                                                                                                    \
    "(SELECT group_concat(job, char(10)) FROM ("                                                                \
    "SELECT own.job AS job FROM diagnosis AS own WHERE " OF_RUN(                                                \
        "own") " AND own.origin = 1 AND own.fingerprint = diagnosis.fingerprint AND own.job <> ''"              \
               " UNION SELECT failure.job FROM failure JOIN diagnosis AS first ON first.repository = "          \
               "failure.repository"                                                                             \
               " AND first.run = failure.run AND first.attempt = failure.attempt AND first.rank = failure.rank" \
               " WHERE " OF_RUN(                                                                                \
                   "failure") " AND failure.follow_on = 0 AND first.origin = 1"                                 \
                              " AND first.fingerprint = diagnosis.fingerprint AND failure.job <> '' ORDER BY 1))"

#define NEWEST_FIRST "run.created_at DESC, repository.host, repository.name, run.id"
#define OLDEST_FIRST "run.created_at, repository.host, repository.name, run.id"

/* Nanoseconds of a day. */
#define DAY "86400000000000"

#define OF_GROUP                                                                                         \
    " FROM diagnosis CROSS JOIN run ON run.repository = diagnosis.repository AND run.id = diagnosis.run" \
    " AND run.attempt = diagnosis.attempt"
#define IN_GROUP " diagnosis.fingerprint = :fingerprint AND " FOREMOST " AND " WINDOW " AND " SPEAKS

static const char *const TEXTS[FF_QUERY_COUNT] = {
    [FF_QUERY_REPOSITORIES] = "SELECT json_group_array(id) FROM repository",
    [FF_QUERY_FAILED] = "SELECT " KNOWN " FROM run" WITH_REPOSITORY " WHERE " WINDOW " AND run.conclusion IN " BAD
                        " AND " NEWEST " ORDER BY " NEWEST_FIRST,
    [FF_QUERY_RUNS] = "SELECT " KNOWN ", " FIRST_FAILED " FROM run" WITH_REPOSITORY " WHERE " WINDOW " AND " NEWEST
                      " ORDER BY " OLDEST_FIRST,
    [FF_QUERY_PASSED_AFTER] =
        "SELECT " KNOWN ", " FIRST_FAILED " FROM run" WITH_REPOSITORY " WHERE run.repository = :repository"
        " AND run.workflow_id = :workflow_id AND run.head_branch = :branch AND run.created_at > :created_at"
        " AND (:workflow_id <> 0 OR run.workflow = :workflow) AND run.conclusion = 'success'"
        " AND (run.event LIKE 'pull\\_request%' ESCAPE '\\') = (:event LIKE 'pull\\_request%' ESCAPE '\\')"
        " AND " NEWEST " ORDER BY run.created_at, run.id LIMIT 1",
    [FF_QUERY_MEMBERS] =
        "SELECT " RUN ", " DIAGNOSIS ", " JOBS " FROM run CROSS JOIN diagnosis ON " OF_RUN("diagnosis") WITH_REPOSITORY
    " WHERE " WINDOW " AND " SPEAKS " AND " FOREMOST " ORDER BY diagnosis.fingerprint, " NEWEST_FIRST,
    [FF_QUERY_MEMBERS_OF] =
        "SELECT " RUN ", " DIAGNOSIS ", " JOBS OF_GROUP WITH_REPOSITORY " WHERE " IN_GROUP " ORDER BY " NEWEST_FIRST,
    [FF_QUERY_DIAGNOSIS] =
        "SELECT " DIAGNOSIS
        ", CASE WHEN json_valid(json) THEN json(json) ELSE '' END FROM diagnosis WHERE repository = :repository"
        " AND run = :run AND attempt = :attempt AND rank >= :rank AND rank <= :last ORDER BY rank",
    [FF_QUERY_EVIDENCE] = "SELECT number, kind, file, line, end_line, job_line, main, text FROM evidence"
                          " WHERE repository = :repository AND run = :run AND attempt = :attempt AND rank = :rank"
                          " ORDER BY position",
    [FF_QUERY_CAUSES] = "SELECT cause FROM cause WHERE repository = :repository AND run = :run"
                        " AND attempt = :attempt AND rank = :rank ORDER BY cause",
    [FF_QUERY_EDGES] =
        "SELECT effect, cause, count(*) FROM ("
        "SELECT DISTINCT effect.fingerprint AS effect, reason.fingerprint AS cause, run.repository, run.id FROM run"
        " CROSS JOIN cause ON " OF_RUN("cause") " CROSS JOIN diagnosis AS effect ON " OF_RUN(
            "effect") " AND effect.rank = cause.rank"
                      " CROSS JOIN diagnosis AS reason ON " OF_RUN(
                          "reason") " AND reason.rank = cause.cause"
                                    " WHERE " WINDOW " AND " SPEAKS " AND reason.verdict IN ('likely', 'confirmed')"
                                    " AND reason.fingerprint <> effect.fingerprint) GROUP BY effect, cause ORDER BY "
                                    "effect, cause",
    [FF_QUERY_DAYS] = "SELECT run.created_at / " DAY " AS day, sum(run.conclusion IN " BAD ") AS failed,"
                      " sum(run.conclusion = 'success') AS passed FROM run WHERE " WINDOW
                      " AND run.created_at >= 0 AND " NEWEST " GROUP BY day HAVING failed + passed > 0 ORDER BY day",
    [FF_QUERY_DAYS_OF] = "SELECT run.created_at / " DAY " AS day, count(*), 0" OF_GROUP " WHERE " IN_GROUP
                         " AND run.created_at >= 0 GROUP BY day ORDER BY day",
    [FF_QUERY_SEEN] = "SELECT min(run.created_at), max(run.created_at), count(*)" OF_GROUP " WHERE " IN_GROUP,
    [FF_QUERY_FIND] = "SELECT fingerprint FROM diagnosis WHERE origin = 1 AND fingerprint >= :first"
                      " AND fingerprint < :behind UNION SELECT fingerprint FROM said WHERE fingerprint >= :first"
                      " AND fingerprint < :behind ORDER BY 1 LIMIT :most",
    [FF_QUERY_LAST_SAID] =
        "SELECT " SAID " WHERE said.repository " REPOSITORIES " AND NOT EXISTS (SELECT 1 FROM said AS later"
        " WHERE later.repository = said.repository AND later.fingerprint = said.fingerprint"
        " AND (later.said_at, later.scan) > (said.said_at, said.scan))"
        " ORDER BY said.fingerprint, repository.host, repository.name",
    [FF_QUERY_SAID_OF] = "SELECT " SAID " WHERE said.fingerprint = :fingerprint AND said.repository " REPOSITORIES
                         " ORDER BY said.said_at DESC, repository.host, repository.name, said.scan DESC",
    [FF_QUERY_ATTEMPTS] = "SELECT " KNOWN " FROM run" WITH_REPOSITORY " WHERE run.repository " REPOSITORIES
                          " AND run.id = :run ORDER BY repository.host, repository.name, run.attempt",
    [FF_QUERY_OLD_RUNS] = "SELECT DISTINCT run.repository, run.id FROM run WHERE run.repository " REPOSITORIES
                          " AND run.created_at < :before LIMIT :most",
    [FF_QUERY_EXPORT_REPOSITORIES] = "SELECT host, name FROM repository WHERE id " REPOSITORIES " ORDER BY host, name",
    [FF_QUERY_EXPORT_RUNS] = "SELECT " KNOWN ", run.partial, run.repository FROM run" WITH_REPOSITORY " WHERE " WINDOW
                             " ORDER BY repository.host, repository.name, run.id, run.attempt",
    [FF_QUERY_FAILURES] = "SELECT job, step_name, conclusion, file, step, line, follow_on, rank FROM failure"
                          " WHERE repository = :repository AND run = :run AND attempt = :attempt ORDER BY number",
    [FF_QUERY_EXPORT_SCANS] =
        "SELECT id, started_at, ended_at, since, until, branch, event, workflow, cancelled, digest, listed, failed,"
        " analysed, known, expired, errors FROM scan WHERE ended_at >= :since AND ended_at < :until AND EXISTS (SELECT "
        "1 FROM scan_repository"
        " WHERE scan = scan.id AND repository " REPOSITORIES ") ORDER BY ended_at, started_at, id",
    [FF_QUERY_EXPORT_SCANNED] = "SELECT host, name FROM scan_repository JOIN repository ON repository.id = repository"
                                " WHERE scan = :scan ORDER BY host, name",
    [FF_QUERY_EXPORT_SAID] = "SELECT " SAID " WHERE said.scan = :scan"
                             " ORDER BY host, name, fingerprint",
};

const char *ff_query_text(ff_query query)
{
    return TEXTS[query];
}
