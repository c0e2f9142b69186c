/* The SQL of everything that is asked: one text a question, so that a test can look at the plans of all of them. */
#ifndef FF_HISTORY_QUERY_H
#define FF_HISTORY_QUERY_H

typedef enum ff_query {
    FF_QUERY_REPOSITORIES, /* the numbers of all, as JSON */
    FF_QUERY_FAILED,       /* known runs */
    FF_QUERY_RUNS,         /* known runs, first_failed */
    FF_QUERY_PASSED_AFTER, /* likewise */
    FF_QUERY_MEMBERS,      /* runs, diagnoses without evidence, jobs */
    FF_QUERY_MEMBERS_OF,   /* likewise of one group */
    FF_QUERY_DIAGNOSIS,    /* those of an attempt from one rank to another, with json */
    FF_QUERY_EVIDENCE,     /* of a diagnosis */
    FF_QUERY_CAUSES,       /* likewise: ranks */
    FF_QUERY_EDGES,        /* fingerprints, runs */
    FF_QUERY_DAYS,         /* days, failed, passed */
    FF_QUERY_DAYS_OF,      /* likewise of one group */
    FF_QUERY_SEEN,         /* first, last, runs */
    FF_QUERY_FIND,         /* fingerprints */
    FF_QUERY_LAST_SAID,    /* repositories, what was said */
    FF_QUERY_SAID_OF,      /* likewise, all of one group */
    FF_QUERY_ATTEMPTS,     /* known runs */
    FF_QUERY_OLD_RUNS,     /* keys of runs to be forgotten */
    FF_QUERY_EXPORT_REPOSITORIES,
    FF_QUERY_EXPORT_RUNS,
    FF_QUERY_FAILURES, /* of an attempt */
    FF_QUERY_EXPORT_SCANS,
    FF_QUERY_EXPORT_SCANNED, /* repositories of a scan */
    FF_QUERY_EXPORT_SAID,    /* by a scan */
    FF_QUERY_COUNT
} ff_query;

/* Static. */
const char *ff_query_text(ff_query query);

#endif
