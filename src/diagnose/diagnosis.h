/* What an analysis says: failures, and the diagnoses that explain them. Owned by the analysis, read by the reports. */
#ifndef FF_DIAGNOSE_DIAGNOSIS_H
#define FF_DIAGNOSE_DIAGNOSIS_H

#include "base/sha256.h"
#include "diagnose/stop.h"
#include "match/finding.h"
#include "source/run.h"

typedef enum ff_verdict {
    FF_VERDICT_REFUTED,
    FF_VERDICT_UNDECIDED,
    FF_VERDICT_POSSIBLE,
    FF_VERDICT_LIKELY,
    FF_VERDICT_CONFIRMED,
    FF_VERDICT_COUNT
} ff_verdict;

/* "refuted" …; never NULL for a valid verdict. */
const char *ff_verdict_name(ff_verdict verdict);

typedef enum ff_evidence_kind { FF_EVIDENCE_LOG, FF_EVIDENCE_API, FF_EVIDENCE_REPO } ff_evidence_kind;

/* "log", "api", "repo"; never NULL for a valid kind. */
const char *ff_evidence_kind_name(ff_evidence_kind kind);

typedef struct ff_evidence {
    uint32_t number; /* E1, E2 …: unique in the report */
    ff_evidence_kind kind;
    bool primary;
    uint32_t job, step;        /* FF_NO_INDEX: not from a step */
    ff_place place;            /* of the first line */
    uint64_t end_line;         /* physical line of the last one; equals place.line for a single line */
    const ff_kept_line *lines; /* what is shown: the whole range, or head and tail of it */
    uint32_t line_count;
} ff_evidence;

/* One named term of the score, so that the report can say why the first is first. */
typedef struct ff_reason {
    const char *term; /* static, stable: docs/diagnosis.md lists them */
    double weight;    /* as added to the score */
    ff_slice text;    /* one clause for the reader */
} ff_reason;

typedef enum ff_check_result { FF_CHECK_SUPPORTS, FF_CHECK_CONTRADICTS, FF_CHECK_UNKNOWN } ff_check_result;

/* One question put to the repository, and what its answer does to the diagnosis. */
typedef struct ff_check {
    ff_slice probe;
    ff_slice subject; /* what was asked about */
    ff_slice at;      /* `path:line`, or empty */
    ff_slice text;    /* the answer as one clause; the reason where it is not known */
    ff_check_result result;
    bool bears;             /* some answer would mean something for the diagnosis; others only list places */
    bool known;             /* the question was answered: unknown is only what it means for the diagnosis */
    const ff_slice *places; /* `path:line` of all that the answer names, `at` first */
    uint32_t place_count;
    bool decides; /* it can confirm, or refute */
    bool of_fact; /* it says whether the thing is so; others say whether that mattered */
} ff_check;

/* What passed over a failure: `cmd || other`, `continue-on-error` … */
typedef struct ff_tolerance {
    const char *construct; /* static; NULL: not known */
    ff_slice text;         /* as written */
    ff_slice at;           /* `path:line` */
} ff_tolerance;

typedef struct ff_advice {
    ff_slice text; /* Markdown of the rule's author, captures substituted inertly; empty: that of the one before */
    ff_slice path; /* the file that the diff changes; empty: words only */
    uint32_t start_line, end_line;
    ff_slice diff;    /* unified, checked: it applies to the file. Untrusted */
    ff_slice refused; /* why a place that needs the edit was left alone, as a clause; empty: none was */
} ff_advice;

typedef struct ff_next_evidence {
    ff_slice command, why; /* no command: `why` says what to do instead */
} ff_next_evidence;

/* How a diagnosis stands to the failure it is about. */
typedef enum ff_standing {
    FF_STANDING_EXPLAINS,    /* on the chain from the first fault to the failing step */
    FF_STANDING_RIVAL,       /* could be, but something else explains the failure better */
    FF_STANDING_TOLERATED,   /* happened, and its step or job went on */
    FF_STANDING_CONSEQUENCE, /* follows from the failure */
} ff_standing;

/* "explains" …; never NULL for a valid standing. */
const char *ff_standing_name(ff_standing standing);

typedef struct ff_diagnosis {
    uint32_t number;           /* D1, D2 …: unique in the report */
    uint32_t rank;             /* from 1; 0 when refuted */
    const ff_rule *rule;       /* NULL: no catalog rule made it */
    const ff_finding *finding; /* NULL for a failure that no rule knows */
    ff_role role;
    ff_slice title;   /* captures substituted */
    ff_slice summary; /* one or two sentences */
    ff_verdict verdict;
    double confidence; /* 0 to 1 */
    double score;
    ff_standing standing;
    uint32_t failure; /* index of the failure it is about, or FF_NO_INDEX */
    uint32_t job, step;
    bool inferred; /* drawn from a script or from other findings: the run never printed it */
    bool tolerated;
    ff_tolerance tolerance; /* if tolerated */
    uint32_t count;
    int64_t first_time, last_time;
    const ff_capture *captures;
    uint32_t capture_count;
    const ff_evidence *evidence; /* exactly one of it is primary */
    uint32_t evidence_count;
    const ff_reason *reasons;
    uint32_t reason_count;
    const ff_check *checks;
    uint32_t check_count;
    const uint32_t *caused_by; /* indices of diagnoses in the same analysis */
    uint32_t caused_by_count;
    const ff_advice *advice;
    uint32_t advice_count;
    const ff_next_evidence *next_evidence;
    uint32_t next_evidence_count;
    char fingerprint[FF_SHA256_HEX + 1];
} ff_diagnosis;

/* A failed step. */
typedef struct ff_failure {
    uint32_t job, step; /* step FF_NO_INDEX: the job failed and no step of it says so; job too: the run, without jobs */
    ff_conclusion conclusion;
    bool follow_on;       /* it failed because something else did */
    uint32_t follows;     /* index of the failure it follows from, or FF_NO_INDEX */
    ff_place place;       /* the line that says that it failed; line 0 if none does */
    int64_t at;           /* when it failed, by that line or the API; FF_NO_TIME */
    uint32_t first_fault; /* index of the diagnosis that stands first for it, or FF_NO_INDEX */
    const ff_stop *stop;  /* why GitHub ended it or never began it, where that is stated; NULL */
    ff_slice stop_words;  /* in GitHub's words */
} ff_failure;

/* What a pull request can be for. */
typedef enum ff_proposal_kind {
    FF_PROPOSAL_FIX,      /* repairs what is at least likely to have caused a failure */
    FF_PROPOSAL_DIAGNOSE, /* makes the next failure explain itself */
    FF_PROPOSAL_COUNT
} ff_proposal_kind;

/* True if a check shows that what the diagnosis says is not so, rather than that it was not the cause. */
bool ff_diagnosis_is_untrue(const ff_diagnosis *diagnosis);

/* True if a proposal of this kind repairs what the diagnosis tells of. */
bool ff_proposal_is_for(const ff_diagnosis *diagnosis, ff_proposal_kind kind);

/* All edits of a proposal in one file. */
typedef struct ff_change {
    ff_slice path;
    uint32_t start_line, end_line; /* of the old file */
    ff_slice diff;
    const uint32_t *diagnoses; /* indices of those that it is for */
    uint32_t diagnosis_count;
} ff_change;

typedef struct ff_change_set {
    const ff_change *items;
    size_t count;
    ff_slice refused; /* why an edit that was wanted is not among them; empty: none */
} ff_change_set;

typedef struct ff_excerpt_line {
    uint32_t job, step;
    ff_kept_line line;
    bool primary; /* the primary line of a diagnosis */
} ff_excerpt_line;

/* Something that a failing job had begun and did not finish or undo: a rule tagged `half-done` saw it. */
typedef struct ff_half_done {
    ff_slice title; /* of the rule, captures substituted */
    uint32_t job, step;
    const ff_evidence *evidence;
} ff_half_done;

/* Something worth knowing beside the diagnoses, by what GitHub's API states or the time stamps show. */
typedef struct ff_observation {
    const char *code; /* static, stable: docs/report.md lists them */
    ff_slice text;    /* one sentence without a full stop; names and quotes stand in typographic quotes */
    uint32_t job, step;
} ff_observation;

/* The whole result. Arrays are borrowed from the analysis. */
typedef struct ff_report {
    const ff_run *run;
    ff_slice target;            /* as given on the command line, made safe */
    const char *catalog_digest; /* 64 hexadecimal digits */
    size_t catalog_rules;
    bool partial;
    const ff_failure *failures; /* origins in time order, then follow-ons */
    size_t failure_count;
    const ff_diagnosis *diagnoses; /* by rank; refuted ones last */
    size_t diagnosis_count;        /* all */
    size_t refuted_count;          /* the last ones */
    const ff_half_done *half_done;
    size_t half_done_count;
    const char *repository;      /* what was read of it: "the checkout", "GitHub"; NULL: nothing */
    ff_slice repository_commit;  /* of what was read; empty where not known */
    ff_slice repository_why_not; /* then why, as a clause */
    ff_change_set changes[FF_PROPOSAL_COUNT];
    const ff_observation *observations; /* most useful first */
    size_t observation_count;
    const ff_excerpt_line *excerpt;
    size_t excerpt_count;
} ff_report;

#endif
