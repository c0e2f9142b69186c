/* The page of one run. */
#include "chronicle/page.h"
#include "chronicle/words.h"

#include <stdio.h>

static void write_failures(const ff_folio *folio, const ff_chronicle_attempt *attempt)
{
    for (size_t i = 0; i < attempt->failures.count; i++) {
        const ff_history_failure *failure = &attempt->failures.items[i];
        ff_folio_fact(folio, failure->follow_on ? "followed" : "failed");
        ff_words_name(folio, ff_words_or(failure->job, "a job without a name"));
        ff_words_place(folio, (ff_slice){0}, failure->step_name);
        if (failure->conclusion.len) {
            ff_words_say(folio, ": ");
            ff_words_name(folio, failure->conclusion);
        }
        if (failure->rank)
            ff_buf_printf(folio->voice.out, ", by diagnosis %u", failure->rank);
        ff_folio_end(folio);
    }
}

/* Only an origin puts the run in a group. */
static void say_group(const ff_folio *folio, const ff_history_diagnosis *diagnosis)
{
    const char *gap = "";
    if (!diagnosis->origin && !diagnosis->rule.len && !diagnosis->caused_by_count)
        return;
    ff_folio_fact(folio, "");
    if (diagnosis->origin) {
        ff_words_say(folio, "group ");
        ff_words_name(folio, ff_slice_cut(ff_slice_of(diagnosis->fingerprint), FF_PRINT_DIGITS));
        gap = ", ";
    }
    if (diagnosis->rule.len) {
        ff_words_say(folio, gap);
        ff_words_say(folio, "rule ");
        ff_words_name(folio, diagnosis->rule);
        gap = ", ";
    }
    for (size_t i = 0; i < diagnosis->caused_by_count; i++)
        ff_buf_printf(folio->voice.out, "%s%s%u", i ? ", " : gap, i ? "" : "caused by ", diagnosis->caused_by[i]);
    ff_folio_end(folio);
}

static void write_diagnosis(const ff_folio *folio, const ff_history_diagnosis *diagnosis)
{
    ff_folio_gap(folio);
    ff_buf_printf(folio->voice.out, folio->voice.markdown ? "### %u. " : "  %u. ", diagnosis->rank);
    ff_voice_prose(&folio->voice, ff_words_or(diagnosis->title, "A failure without a title"));
    ff_words_say(folio, folio->voice.markdown ? "\n\n" : "\n");
    ff_folio_fact(folio, "");
    ff_buf_printf(folio->voice.out, "%s, %s", ff_words_verdict(diagnosis->verdict), ff_words_role(diagnosis->role));
    ff_words_place(folio, diagnosis->job, diagnosis->step_name);
    ff_words_say(folio, diagnosis->tolerated ? "; the step went on" : "");
    ff_folio_end(folio);
    say_group(folio, diagnosis);
    if (diagnosis->summary.len)
        ff_folio_prose(folio, diagnosis->summary);
    ff_words_evidence(folio, diagnosis);
}

static void say_state(const ff_folio *folio, const ff_history_known *known)
{
    static const char *const states[] = {
        [FF_HISTORY_LISTED] = "listed; its logs were not read",
        [FF_HISTORY_ANALYSED] = "analysed",
        [FF_HISTORY_EXPIRED] = "its logs have expired",
        [FF_HISTORY_ERROR] = "it could not be read; the next scan tries again",
    };
    ff_folio_fact(folio, "known");
    ff_words_say(folio, states[known->state]);
    if (known->why.len) {
        ff_words_say(folio, ": ");
        ff_voice_prose(&folio->voice, known->why);
    }
    ff_folio_end(folio);
}

static void write_attempt(const ff_folio *folio, const ff_chronicle_attempt *attempt)
{
    const ff_history_run *run = &attempt->known.run;
    char heading[64];
    (void)snprintf(heading, sizeof heading, "Attempt %u", run->attempt);
    ff_folio_heading(folio, heading);
    ff_folio_fact(folio, "run");
    ff_words_name(folio, run->repository);
    ff_words_say(folio, ", ");
    ff_words_name(folio, run->workflow);
    ff_words_say(folio, " on ");
    ff_words_name(folio, run->head_branch);
    ff_words_say(folio, ", by ");
    ff_words_name(folio, run->event);
    ff_folio_end(folio);
    ff_folio_fact(folio, "title");
    ff_words_name(folio, run->title);
    ff_folio_end(folio);
    ff_folio_fact(folio, "page");
    ff_words_run(folio, run, attempt->url);
    ff_folio_end(folio);
    ff_folio_fact(folio, "created");
    ff_folio_time(folio, run->created_at);
    ff_folio_end(folio);
    ff_folio_fact(folio, "ended");
    if (run->conclusion.len)
        ff_words_name(folio, run->conclusion);
    else
        ff_words_say(folio, "not when it was listed");
    ff_folio_end(folio);
    say_state(folio, &attempt->known);
    write_failures(folio, attempt);
    for (size_t i = 0; i < attempt->diagnoses.count; i++)
        write_diagnosis(folio, &attempt->diagnoses.items[i]);
}

void ff_chronicle_say_run(const ff_folio *folio, const ff_chronicle *chronicle)
{
    char title[64];
    (void)snprintf(title, sizeof title, "Run %llu", (unsigned long long)chronicle->attempts.items[0].known.run.id);
    ff_folio_title(folio, ff_slice_of(title));
    for (size_t i = 0; i < chronicle->attempts.count; i++)
        write_attempt(folio, &chronicle->attempts.items[i]);
    if (chronicle->full)
        ff_folio_prose(folio, FF_LIT("More attempts are known than are listed here."));
}
