#include "chronicle/words.h"

#include "base/clock.h"
#include "digest/digest.h"

#include <stdio.h>

enum { NAME_BYTES = 80, FILE_BYTES = 240 }; /* a file is named after its job and step: its end tells most */

ff_slice ff_words_or(ff_slice text, const char *word)
{
    return text.len ? text : ff_slice_of(word);
}

const char *ff_words_verdict(ff_slice verdict)
{
    const char *known = ff_digest_verdict_name(ff_digest_weakness(verdict));
    return known ? known : "undecided";
}

const char *ff_words_state(ff_slice state)
{
    for (int i = 0; i < FF_GROUP_STATE_COUNT; i++)
        if (ff_slice_eq(state, ff_slice_of(ff_group_state_name((ff_group_state)i))))
            return ff_group_state_name((ff_group_state)i);
    return "-";
}

const char *ff_words_role(ff_slice role)
{
    static const char *const roles[] = {"cause", "symptom", "consequence", "noise"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (ff_slice_eq(role, ff_slice_of(roles[i])))
            return roles[i];
    return "of no role";
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
    if (!ff_clock_add_date(out, time))
        ff_buf_add_repeat(out, ' ', sizeof "2026-11-27" - 1);
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
            ff_voice_quote(&folio->voice, evidence->file, FILE_BYTES);
            if (evidence->line)
                ff_buf_printf(folio->voice.out, ", line %llu", (unsigned long long)evidence->line);
        }
        ff_folio_end(folio);
        ff_folio_lines(folio, evidence->text);
    }
}
