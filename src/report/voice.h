/* The same sentence in Markdown and on a terminal: what the program itself says, and what it quotes.
 *
 *     ff_voice voice = {.out = &buf, .markdown = true};
 *     ff_voice_say(&voice, "the job ");
 *     ff_voice_name(&voice, job->name);
 *     ff_voice_prose(&voice, diagnosis->title);
 *
 * Quoted text is inert in Markdown (see inert.h) and free of control bytes on a terminal.
 */
#ifndef FF_REPORT_VOICE_H
#define FF_REPORT_VOICE_H

#include "base/buf.h"

typedef struct ff_voice {
    ff_buf *out; /* borrowed */
    bool markdown;
    bool in_cell; /* of a Markdown table */
} ff_voice;

/* The program's own words, as they are. */
void ff_voice_say(const ff_voice *voice, const char *words);

/* A name, a command or a line of a log. */
void ff_voice_name(const ff_voice *voice, ff_slice text);

/* The same, cut at `max` bytes with `…`. */
void ff_voice_quote(const ff_voice *voice, ff_slice text, size_t max);

/* A sentence that may hold captures. Rules write theirs over several lines: these are joined. */
void ff_voice_prose(const ff_voice *voice, ff_slice text);

/* Begins or ends strong text in Markdown. */
void ff_voice_strong(const ff_voice *voice);

/* ` [E1]` in Markdown; nothing on a terminal, where no table of evidence follows, or for number 0. */
void ff_voice_cite(const ff_voice *voice, uint32_t evidence);

#endif
