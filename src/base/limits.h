/* Every bound of firstfault, by name. docs/limits.md has one line for each; reaching one is reported, never silent.
 *
 * Bytes unless the name says otherwise. Where a row of docs/limits.md names a note code, reaching the bound adds that
 * note to the report, makes it partial and the exit status 3.
 */
#ifndef FF_BASE_LIMITS_H
#define FF_BASE_LIMITS_H

/* Memory of one analysis: run facts, kept lines, findings, diagnoses. */
#define FF_LIMIT_ARENA_BYTES ((size_t)56 * 1024 * 1024)

/* Archive. */
#define FF_LIMIT_ARCHIVE_ENTRIES 20000u                         /* entries in one ZIP or folder */
#define FF_LIMIT_DIRECTORY_BYTES ((size_t)8 * 1024 * 1024)      /* central directory of one ZIP */
#define FF_LIMIT_ENTRY_BYTES ((uint64_t)4 * 1024 * 1024 * 1024) /* produced from one entry */
#define FF_LIMIT_RUN_BYTES ((uint64_t)16 * 1024 * 1024 * 1024)  /* produced from one run */
#define FF_LIMIT_NAME_BYTES 1024u                               /* name of one entry */
#define FF_LIMIT_FOLDER_DEPTH 8u                                /* nesting of an unpacked folder */
#define FF_LIMIT_SPOOL_BYTES ((uint64_t)4 * 1024 * 1024 * 1024) /* standard input kept on disk */
#define FF_LIMIT_VERIFY_BYTES ((uint64_t)4 * 1024 * 1024)       /* step files checked before they are read */

/* Run facts. */
#define FF_LIMIT_JOBS 4096u
#define FF_LIMIT_STEPS 4096u                            /* in one job */
#define FF_LIMIT_FACTS_BYTES ((size_t)16 * 1024 * 1024) /* jobs, steps and their names */

/* Fetching from GitHub. */
#define FF_LIMIT_ANSWER_BYTES ((size_t)8 * 1024 * 1024)            /* one answer of the API */
#define FF_LIMIT_JSON_DEPTH 64u                                    /* nesting in an answer */
#define FF_LIMIT_JSON_VALUES 250000u                               /* in an answer */
#define FF_LIMIT_NODES_VALUES 450000u                              /* in a list of the files of a repository */
#define FF_LIMIT_MESSAGE_BYTES 4096u                               /* of one annotation */
#define FF_LIMIT_DOWNLOAD_BYTES ((uint64_t)4 * 1024 * 1024 * 1024) /* one archive or job log */
#define FF_LIMIT_MEMORY_BODY_BYTES ((size_t)1024 * 1024)  /* of a body kept in memory; a longer one goes to disk */
#define FF_LIMIT_HEADER_BYTES ((size_t)16 * 1024)         /* of one header of an answer that is kept */
#define FF_LIMIT_REFUSAL_BYTES ((size_t)64 * 1024)        /* of a body that is no success */
#define FF_LIMIT_REPOSITORIES_BYTES ((size_t)1024 * 1024) /* a file of names of repositories */
#define FF_LIMIT_REFUSED_RUNS 3u    /* runs in a row whose logs the token may not read, then the repository is left */
#define FF_LIMIT_LISTED_RUNS 20000u /* of one repository, whatever became of them */
#define FF_LIMIT_LISTED_SPANS 500u  /* parts of the time of a scan, of one repository */
#define FF_LIMIT_PAGES 50u          /* of one listing */
#define FF_LIMIT_REDIRECTS 5u       /* of one download */
#define FF_LIMIT_TRIES 5u           /* of one request */
#define FF_LIMIT_FRESH_URLS 3u      /* signed URLs the store refused, per download */
#define FF_LIMIT_KEPT_BYTES ((uint64_t)4 * 1024 * 1024 * 1024) /* all answers of a kept run together */
#define FF_LIMIT_JOB_LOGS 25u                                  /* logs of single jobs, where the archive lacks them */
#define FF_LIMIT_CHECK_BYTES ((uint64_t)64 * 1024 * 1024)      /* of an archive read beforehand to find damage */
#define FF_LIMIT_ANNOTATED_JOBS 10u                            /* whose annotations are asked for */
#define FF_LIMIT_LISTED_ANNOTATED_JOBS 1u                      /* likewise, of one of many runs */
#define FF_LIMIT_OTHER_ATTEMPTS 2u                             /* whose jobs are compared */
#define FF_LIMIT_PARALLEL 4u                                   /* requests at once */
#define FF_LIMIT_PARALLEL_MOST 16u                             /* the same, for those who set it */
#define FF_LIMIT_CONNECT_SECONDS 15
#define FF_LIMIT_SILENT_SECONDS 30                         /* without a byte */
#define FF_LIMIT_WAIT_SECONDS 86400u                       /* the most that --max-wait takes */
#define FF_LIMIT_ANNOTATIONS 50u                           /* of one job */
#define FF_LIMIT_CACHE_BYTES ((uint64_t)512 * 1024 * 1024) /* all of the cache */
#define FF_LIMIT_CACHE_FILES 20000u
#define FF_LIMIT_CACHE_ENTRY_BYTES ((uint64_t)128 * 1024 * 1024) /* a longer body is not cached */

/* Log text. */
#define FF_LIMIT_READ_BYTES ((size_t)64 * 1024) /* one piece of input */
#define FF_LIMIT_LINE_BYTES ((size_t)16 * 1024) /* scanned at each end of a longer line */
#define FF_LIMIT_KEPT_LINE_BYTES ((size_t)400)  /* of one line shown or stored */
#define FF_LIMIT_HEADER_LINES 1000u /* of a step's header whose end is not in sight, without an echoed line */
#define FF_LIMIT_ACTIONS 256u       /* actions whose download a job's log tells */

/* Catalog. */
#define FF_LIMIT_YAML_BYTES ((size_t)4 * 1024 * 1024) /* one file */
#define FF_LIMIT_YAML_DEPTH 64u
#define FF_LIMIT_YAML_NODES 200000u
#define FF_LIMIT_YAML_ANCHORS 256u                        /* in a file that may have them */
#define FF_LIMIT_CATALOG_BYTES ((size_t)32 * 1024 * 1024) /* memory of all rules together */
#define FF_LIMIT_CATALOG_FILES 1000u                      /* in one folder */
#define FF_LIMIT_RULES 4096u
#define FF_LIMIT_ID_BYTES 100u
#define FF_LIMIT_PATTERN_BYTES ((size_t)4 * 1024)
#define FF_LIMIT_WINDOW_LINES 64u /* `follow` and `before` */

/* Problem matchers. */
#define FF_LIMIT_MATCHERS 256u        /* in one file */
#define FF_LIMIT_MATCHER_PATTERNS 32u /* of one matcher; its windows reach FF_LIMIT_WINDOW_LINES */
#define FF_LIMIT_REGEXP_DEPTH 100u    /* groups inside one another; PCRE2 takes 250 */

/* Matching. */
#define FF_LIMIT_MATCH_STEPS 200000u                      /* PCRE2 match_limit */
#define FF_LIMIT_MATCH_HEAP_KIB 8192u                     /* PCRE2 heap_limit */
#define FF_LIMIT_RULE_NANOSECONDS ((int64_t)2000000000)   /* CPU of one rule on one log, then it is set aside */
#define FF_LIMIT_RULE_JOBS 8                              /* in which a rule is set aside, then it is for the run */
#define FF_LIMIT_PREFILTER_STATES 262144u                 /* of the automaton of literals */
#define FF_LIMIT_SAME_CAPTURES 8u                         /* captures in one `repeat: {same}` */
#define FF_LIMIT_FINDINGS 4096u                           /* of one run */
#define FF_LIMIT_FINDINGS_PER_RULE 64u                    /* of one rule in one step */
#define FF_LIMIT_FINDING_BYTES ((size_t)10 * 1024 * 1024) /* all findings of one run together */
#define FF_LIMIT_PENDING_HITS 512u                        /* hits that wait for their `follow` lines */
#define FF_LIMIT_CAPTURE_VALUES 256u                      /* distinct values kept of one capture */
#define FF_LIMIT_CAPTURE_BYTES ((size_t)256)
#define FF_LIMIT_COMPOSED_BYTES ((size_t)16 * 1024) /* all texts that one hit composes */
#define FF_LIMIT_EVIDENCE_LINES 12u                 /* kept of one finding */

/* Repository. */
#define FF_LIMIT_TREE_ENTRIES 200000u                        /* names in one repository */
#define FF_LIMIT_TREE_BYTES ((size_t)48 * 1024 * 1024)       /* names and files of it that are kept */
#define FF_LIMIT_TREE_NAMES_BYTES ((size_t)24 * 1024 * 1024) /* of that, for names */
#define FF_LIMIT_TREE_FILE_BYTES ((size_t)2 * 1024 * 1024)   /* of one file */
#define FF_LIMIT_GIT_FILE_BYTES ((size_t)16 * 1024 * 1024)   /* of what git keeps: settings, references, one folder */
#define FF_LIMIT_GIT_PACKS 128u                              /* files of packed objects that are open */
#define FF_LIMIT_GIT_DELTAS 4096u /* an object that differs from one that differs from one …; git makes 4095 */
#define FF_LIMIT_GIT_DELTA_BYTES ((uint64_t)64 * 1024 * 1024) /* of all of them together */
#define FF_LIMIT_HOSTED_FILES 64u                             /* asked for of one repository on a server */
#define FF_LIMIT_HOSTED_SETTINGS 40u                          /* of these, below .github */
#define FF_LIMIT_HOSTED_LISTS 16u                             /* of folders, where one of all files is too long */
#define FF_LIMIT_TREE_DEPTH 64u                               /* folders in one another */
#define FF_LIMIT_SCENES_BYTES ((size_t)8 * 1024 * 1024)       /* scripts of steps, kept as they were read */
#define FF_LIMIT_REPO_BYTES ((size_t)32 * 1024 * 1024)        /* workflow models, answers and diffs */
#define FF_LIMIT_WORKFLOW_JOBS 1024u                          /* in one file */
#define FF_LIMIT_WORKFLOW_STEPS 8192u                         /* of all jobs in one file */
#define FF_LIMIT_WORKFLOW_FILES 1000u                         /* workflows and composite actions */
#define FF_LIMIT_WORKFLOWS_BYTES ((size_t)16 * 1024 * 1024)   /* models of all of them */
#define FF_LIMIT_LOCATE_BYTES ((size_t)16 * 1024 * 1024)      /* compared to find the place of one step */
#define FF_LIMIT_SCRIPT_BYTES ((size_t)256 * 1024)            /* of one script */
#define FF_LIMIT_SCRIPT_COMMANDS 8192u                        /* in one script */
#define FF_LIMIT_SCRIPT_DEPTH 32u                             /* constructs and scripts in one another */
#define FF_LIMIT_PROBE_PLACES 16u                             /* of one answer */
#define FF_LIMIT_PROBE_FILES 512u                             /* read for one answer */
#define FF_LIMIT_PROBE_TEXT_BYTES ((size_t)1000)              /* of the words of one answer */
#define FF_LIMIT_SCRIPTS_BYTES ((size_t)4 * 1024 * 1024)      /* echoed scripts of one run */
#define FF_LIMIT_CHECKS 256u                                  /* questions of one run */
#define FF_LIMIT_EDIT_FILES 16u                               /* changed by one fix */
#define FF_LIMIT_EDIT_SCRIPTS 128u                            /* shell scripts read for one fix */

/* Python files of a repository. */
#define FF_LIMIT_PYTHON_DEPTH 100u    /* blocks, or brackets, in one another */
#define FF_LIMIT_PYTHON_NODES 50000u  /* statements and parts of expressions of one module */
#define FF_LIMIT_PYTHON_FILES 64u     /* modules that import one another */
#define FF_LIMIT_PYTHON_NAMES 4096u   /* bound in one module */
#define FF_LIMIT_PYTHON_ITEMS 1024u   /* of one list; comments kept of one module */
#define FF_LIMIT_PYTHON_STEPS 100000u /* parts, items and names that are looked at for one settings module */
#define FF_LIMIT_PYTHON_STRINGS 8u    /* behind one another, which are one */
#define FF_LIMIT_PYTHON_BYTES ((size_t)4 * 1024 * 1024) /* of all modules that settings are made of */
#define FF_LIMIT_SETTINGS 16u                           /* settings modules that are read */

/* Diagnosis. */
#define FF_LIMIT_TRACES_BYTES ((size_t)4 * 1024 * 1024) /* lines kept of failed steps */
#define FF_LIMIT_FAILURES 4096u                         /* of one run */
#define FF_LIMIT_DIAGNOSES 512u                         /* of one run */
#define FF_LIMIT_OBSERVATIONS 64u                       /* of one run */

/* History. */
#define FF_LIMIT_HISTORY_BUSY_SECONDS 30                        /* to wait for another program */
#define FF_LIMIT_HISTORY_TEXT_BYTES ((size_t)64 * 1024)         /* of one text that is kept */
#define FF_LIMIT_HISTORY_JSON_BYTES ((size_t)1024 * 1024)       /* of one diagnosis as JSON */
#define FF_LIMIT_HISTORY_VALUE_BYTES (16 * 1024 * 1024)         /* of any value in the database */
#define FF_LIMIT_CHRONICLE_ROWS 10000u                          /* groups in one list */
#define FF_LIMIT_CHRONICLE_RUNS 1000u                           /* of one group that are named one by one */
#define FF_LIMIT_CHRONICLE_NAMES 1000u                          /* branches, or jobs, of one group that are counted */
#define FF_LIMIT_HISTORY_LINE_BYTES ((size_t)256 * 1024 * 1024) /* of one line of an export */

/* Reports. */
#define FF_LIMIT_REPORT_BYTES ((size_t)128 * 1024 * 1024)
#define FF_LIMIT_PROPOSAL_BYTES ((size_t)65536) /* the body of a pull request, as GitHub takes it */
#define FF_LIMIT_DIGEST_BYTES ((size_t)65536)   /* a digest in Markdown: an issue, as GitHub takes it */
#define FF_LIMIT_DIGEST_RUNS 200000u            /* in one window */
#define FF_LIMIT_DIGEST_SCRATCH_BYTES ((size_t)56 * 1024 * 1024) /* while it is made */
#define FF_LIMIT_GROUPS 5000u                                    /* of one digest */
#define FF_LIMIT_GROUP_JOBS 256u                                 /* names of jobs and legs of one group */
#define FF_LIMIT_GROUP_BRANCHES 256u
#define FF_LIMIT_EXAMPLE_BYTES ((size_t)256 * 1024)        /* evidence and JSON of one group */
#define FF_LIMIT_EXAMPLES_BYTES ((size_t)12 * 1024 * 1024) /* of all of them together */
#define FF_LIMIT_DIGEST_HTML_BYTES ((size_t)16 * 1024 * 1024)
#define FF_LIMIT_NOTES 200u
#define FF_LIMIT_NOTES_PER_CODE 20u     /* so that one kind cannot crowd out the others */
#define FF_LIMIT_SHOWN_ANNOTATIONS 500u /* in one JSON report */
#define FF_LIMIT_EXCERPT_LINES 10000u   /* the most that --excerpt-lines takes */
#define FF_LIMIT_THREADS 256u           /* the most that --threads takes */

#endif
