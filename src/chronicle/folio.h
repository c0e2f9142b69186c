/* A page for a terminal or in Markdown, written by the same calls: titles, facts, quoted lines, advice.
 *
 *     ff_folio folio = {.voice = {.out = &buf, .markdown = true}};
 *     ff_folio_heading(&folio, "Runs");
 *     ff_folio_fact(&folio, "rule");
 *     ff_voice_name(&folio.voice, rule);
 *     ff_folio_end(&folio);
 *
 * On a terminal a line of the program's own has 100 columns at most, but for names and addresses, which stay whole.
 */
#ifndef FF_CHRONICLE_FOLIO_H
#define FF_CHRONICLE_FOLIO_H

#include "report/voice.h"

#include <stdint.h>

typedef struct ff_folio {
    ff_voice voice;
} ff_folio;

/* The name of the page; of a part of it. */
void ff_folio_title(const ff_folio *folio, ff_slice title);
void ff_folio_heading(const ff_folio *folio, const char *words);

/* One empty line, if something stands before it. */
void ff_folio_gap(const ff_folio *folio);

/* Begins a line of a list, with the name of a fact where there is one; ff_folio_end ends it. */
void ff_folio_fact(const ff_folio *folio, const char *label);
void ff_folio_end(const ff_folio *folio);

/* A whole fact, of words that were written in the manner of the page already; on a terminal in several lines. A failure
 * of `words` becomes one of the page. */
void ff_folio_words(const ff_folio *folio, const char *label, const ff_buf *words);

/* A paragraph of the program's or a rule's words; advice as rules give it; lines of a log. */
void ff_folio_prose(const ff_folio *folio, ff_slice text);
void ff_folio_advice(const ff_folio *folio, ff_slice text);
void ff_folio_lines(const ff_folio *folio, ff_slice lines);

/* A link: in Markdown behind `words`, on a terminal the address itself. `url` empty: the words alone. */
void ff_folio_link(const ff_folio *folio, ff_slice words, ff_slice url);

/* `2026-11-27 03:00 UTC`, or that it is not known. */
void ff_folio_time(const ff_folio *folio, int64_t time);

/* `1 run`, `2 runs`. */
void ff_folio_count(const ff_folio *folio, uint64_t count, const char *one, const char *several);

#endif
