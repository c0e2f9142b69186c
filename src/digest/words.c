#include "digest/words.h"

#include "base/clock.h"

#include <stdio.h>

enum { NAME_BYTES = 80 };

ff_slice ff_words_or(ff_slice text, const char *word)
{
    return text.len ? text : ff_slice_of(word);
}

/* Words that only this program writes; what else may stand in a database is none of them. */
static const char *known_word(ff_slice word, const char *const *words, const char *other)
{
    for (; *words; words++)
        if (ff_slice_eq(word, ff_slice_of(*words)))
            return *words;
    return other;
}

const char *ff_words_verdict(ff_slice verdict)
{
    static const char *const words[] = {"confirmed", "likely", "possible", "undecided", NULL};
    return known_word(verdict, words, "undecided");
}

const char *ff_words_state(ff_slice state)
{
    static const char *const words[] = {"new", "known", "back", "fixed", NULL};
    return known_word(state, words, "-");
}

const char *ff_words_role(ff_slice role)
{
    static const char *const words[] = {"cause", "symptom", "consequence", "noise", NULL};
    return known_word(role, words, "of no role");
}

void ff_words_say(const ff_folio *folio, const char *words)
{
    ff_voice_say(&folio->voice, words);
}

void ff_words_name(const ff_folio *folio, ff_slice text)
{
    ff_voice_quote(&folio->voice, text, NAME_BYTES);
}

void ff_words_day(ff_buf *out, int64_t time)
{
    ff_buf text;
    ff_buf_init(&text, 64);
    ff_clock_add_utc(&text, time);
    ff_slice day = ff_slice_cut(ff_buf_slice(&text), 10);
    ff_buf_printf(out, "%-10.*s", FF_ARG(day));
    ff_buf_inherit(out, &text);
    ff_buf_release(&text);
}

void ff_words_place(const ff_folio *folio, ff_slice job, ff_slice step_name)
{
    if (job.len) {
        ff_words_say(folio, ", job ");
        ff_words_name(folio, job);
    }
    if (step_name.len) {
        ff_words_say(folio, ", step ");
        ff_words_name(folio, step_name);
    }
}

void ff_words_run(const ff_folio *folio, const ff_history_run *run, ff_slice url)
{
    char id[48];
    (void)snprintf(id, sizeof id, run->attempt > 1 ? "%llu, attempt %u" : "%llu", (unsigned long long)run->id,
                   run->attempt);
    ff_folio_link(folio, ff_slice_of(id), url);
}

void ff_words_evidence(const ff_folio *folio, const ff_history_diagnosis *diagnosis)
{
    for (size_t i = 0; i < diagnosis->evidence_count; i++) {
        const ff_history_evidence *evidence = &diagnosis->evidence[i];
        if (!evidence->text.len && !evidence->file.len)
            continue;
        ff_folio_fact(folio, "");
        ff_buf_printf(folio->voice.out, "E%u", evidence->number);
        if (ff_slice_eq(evidence->kind, FF_LIT("api")))
            ff_words_say(folio, ", as GitHub states it");
        if (ff_slice_eq(evidence->kind, FF_LIT("repo")))
            ff_words_say(folio, ", of the repository");
        if (evidence->file.len) {
            ff_words_say(folio, " ");
            ff_words_name(folio, evidence->file);
            if (evidence->line)
                ff_buf_printf(folio->voice.out, ", line %llu", (unsigned long long)evidence->line);
        }
        ff_folio_end(folio);
        ff_folio_lines(folio, evidence->text);
    }
}
