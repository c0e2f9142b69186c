/* Rows of the questions as the structures that visitors get, column by column as query.c lists them. Texts are
 * borrowed from the row. */
#ifndef FF_HISTORY_ROW_H
#define FF_HISTORY_ROW_H

#include "history/query.h"
#include "history/statement.h"

/* Each reads the next columns. */
void ff_row_run(ff_statement *row, ff_history_run *run);
void ff_row_known(ff_statement *row, ff_history_known *known);
void ff_row_diagnosis(ff_statement *row, ff_history_diagnosis *diagnosis);
void ff_row_evidence(ff_statement *row, ff_history_evidence *evidence);
void ff_row_failure(ff_statement *row, ff_history_failure *failure);
void ff_row_said(ff_statement *row, ff_history_said *said);
void ff_row_fingerprint(ff_statement *row, char fingerprint[FF_SHA256_HEX + 1]);

/* Likewise: the state of a run, FF_HISTORY_LISTED for a word that is none. */
ff_history_state ff_row_state(ff_statement *row);

/* Opens a question and sets its window (NULL: everything). As ff_database_failed; to be closed in any case. */
ff_status ff_row_ask(ff_statement *statement, ff_history *history, ff_query query, const ff_history_window *window,
                     ff_error *error);

/* Closes it. `status` of the visit, FF_OK for the end of the rows. */
ff_status ff_row_end(ff_statement *statement, ff_status status);

#endif
