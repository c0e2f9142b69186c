/* Where the run's repository comes from for one analysis: a checkout, the server that the run came from, or nowhere. */
#ifndef FF_DIAGNOSE_REPOSITORY_H
#define FF_DIAGNOSE_REPOSITORY_H

#include "repo/repo.h"
#include "source/run.h"
#include "tree/hosted.h"

typedef struct ff_repository_ask {
    const char *checkout;    /* NULL: none was given */
    const ff_github *github; /* NULL: the run did not come from a server */
    bool wanted;             /* some rule has a question, so that it pays to ask the server */
    bool left_out;           /* it is one of many runs, so that there is neither of the two */
} ff_repository_ask;

/* Zero-initialise; close in any case. */
typedef struct ff_repository {
    ff_tree *tree;    /* owned; NULL: none */
    ff_repo *repo;    /* owned; there after a successful opening */
    const char *what; /* "the checkout", "GitHub"; NULL: no tree */
} ff_repository;

/* Opens it at the commit of the run, which must have been read. What stands in the way, and a checkout at another
 * commit, is noted in the run. FF_OK; FF_MISUSE if there is no such checkout, with one line for the user; FF_NOMEM. */
ff_status ff_repository_open(ff_repository *repository, ff_run *run, const ff_repository_ask *ask, ff_error *error);

/* Notes in the run what of its files was sought in vain, once everything was asked. */
void ff_repository_note(const ff_repository *repository, ff_run *run);

void ff_repository_close(ff_repository *repository); /* a zeroed one is fine */

#endif
