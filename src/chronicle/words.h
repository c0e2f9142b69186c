/* What the pages of a chronicle say in several places. */
#ifndef FF_CHRONICLE_WORDS_H
#define FF_CHRONICLE_WORDS_H

#include "chronicle/folio.h"
#include "history/history.h"

enum { FF_PRINT_DIGITS = 8 }; /* of a fingerprint in a list: enough to ask for it */

/* `text`, or `word` where there is none. */
ff_slice ff_words_or(ff_slice text, const char *word);

/* A word of the program's own; what else a database may hold is none of them. Static. */
const char *ff_words_verdict(ff_slice verdict);
const char *ff_words_state(ff_slice state); /* `-` for none */
const char *ff_words_role(ff_slice role);

/* The program's words; a name, cut where it is long. */
void ff_words_say(const ff_folio *folio, const char *words);
void ff_words_name(const ff_folio *folio, ff_slice text);

/* `2026-11-27`; blanks where it is not known. */
void ff_words_day(ff_buf *out, int64_t time);

/* `, job x, step y`, as far as they are known. */
void ff_words_place(const ff_folio *folio, ff_slice job, ff_slice step_name);

/* A run with its link. */
void ff_words_run(const ff_folio *folio, const ff_history_run *run, ff_slice url);

/* All evidence of a diagnosis, with its lines. */
void ff_words_evidence(const ff_folio *folio, const ff_history_diagnosis *diagnosis);

#endif
