/* The page of one group. */
#include "base/clock.h"
#include "base/limits.h"
#include "chronicle/page.h"
#include "chronicle/words.h"

enum { NAMES_SHOWN = 8, LEGS_SHOWN = 6, RUNS_SHOWN = 10, SAID_SHOWN = 10 };

/* The words of a fact that may be long. Its end writes them down. */
static ff_folio begin_words(const ff_folio *folio, ff_buf *words)
{
    ff_folio inner = *folio;
    ff_buf_init(words, folio->voice.out->max);
    inner.voice.out = words;
    return inner;
}

static void end_words(const ff_folio *folio, const char *label, ff_buf *words, size_t more)
{
    if (more)
        ff_buf_printf(words, " and %zu more", more);
    ff_folio_words(folio, label, words);
    ff_buf_release(words);
}

static void say_counts(const ff_folio *folio, const char *label, const ff_chronicle_counts *counts)
{
    ff_buf words;
    if (!counts->count)
        return;
    size_t shown = counts->count < NAMES_SHOWN ? counts->count : NAMES_SHOWN;
    ff_folio inner = begin_words(folio, &words);
    for (size_t i = 0; i < shown; i++) {
        ff_words_say(&inner, i ? ", " : "");
        ff_words_name(&inner, counts->items[i].name);
        ff_buf_printf(&words, " (%llu)", (unsigned long long)counts->items[i].runs);
    }
    end_words(folio, label, &words, counts->count - shown);
}

/* `lint (2), test (4; legs 3.11; 3.12; and 2 more)`. */
static void say_jobs(const ff_folio *folio, const ff_chronicle *chronicle)
{
    ff_buf words;
    if (!chronicle->folded_count)
        return;
    size_t shown = chronicle->folded_count < NAMES_SHOWN ? chronicle->folded_count : NAMES_SHOWN;
    ff_folio inner = begin_words(folio, &words);
    for (size_t i = 0; i < shown; i++) {
        const ff_digest_job *job = &chronicle->folded[i];
        ff_words_say(&inner, i ? ", " : "");
        ff_words_name(&inner, job->name);
        ff_buf_printf(&words, " (%u", job->runs);
        for (size_t leg = 0; leg < job->leg_count && leg < LEGS_SHOWN; leg++) {
            ff_words_say(&inner, leg ? "; " : "; legs ");
            ff_words_name(&inner, job->legs[leg]);
        }
        if (job->leg_count > LEGS_SHOWN)
            ff_buf_printf(&words, "; and %zu more", job->leg_count - LEGS_SHOWN);
        ff_words_say(&inner, ")");
    }
    end_words(folio, "jobs", &words, chronicle->folded_count - shown);
}

/* A line of bars, one a day or week; `·` where no run failed. */
static void say_marks(const ff_folio *folio, const ff_chronicle *chronicle)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    uint64_t most = 0;
    for (size_t i = 0; i < chronicle->mark_count; i++)
        most = chronicle->marks[i] > most ? chronicle->marks[i] : most;
    if (chronicle->mark_count < 2 || !most)
        return;
    bool daily = chronicle->mark_days == 1;
    int64_t last = chronicle->first_mark + (int64_t)(chronicle->mark_count * chronicle->mark_days) - 1;
    ff_folio_fact(folio, daily ? "days" : "weeks");
    for (size_t i = 0; i < chronicle->mark_count; i++)
        ff_words_say(folio, chronicle->marks[i] ? bars[(chronicle->marks[i] * 8 - 1) / most] : "·");
    ff_words_say(folio, "  ");
    ff_words_day(folio->voice.out, chronicle->first_mark * FF_CLOCK_DAY);
    ff_words_say(folio, " to ");
    ff_words_day(folio->voice.out, last * FF_CLOCK_DAY);
    ff_words_say(folio, "; the highest bar is ");
    ff_folio_count(folio, most, daily ? "run a day" : "run a week", daily ? "runs a day" : "runs a week");
    ff_folio_end(folio);
}

static void say_seen(const ff_folio *folio, const ff_chronicle_group *group)
{
    ff_folio_fact(folio, "seen");
    ff_words_say(folio, "in ");
    ff_folio_count(folio, group->runs, "run, ", "runs, ");
    if (group->runs > 1) {
        ff_words_say(folio, "from ");
        ff_folio_time(folio, group->first_seen);
        ff_words_say(folio, " to ");
    }
    ff_folio_time(folio, group->last_seen);
    ff_folio_end(folio);
}

static void write_facts(const ff_folio *folio, const ff_chronicle *chronicle)
{
    const ff_chronicle_group *group = &chronicle->groups.items[0];
    const ff_history_diagnosis *shown = &chronicle->shown;
    ff_folio_fact(folio, "group");
    ff_words_name(folio, ff_slice_of(group->fingerprint));
    ff_folio_end(folio);
    ff_folio_fact(folio, "rule");
    if (group->rule.len)
        ff_words_name(folio, group->rule);
    else
        ff_words_say(folio, "none made it");
    ff_folio_end(folio);
    ff_folio_fact(folio, "verdict");
    ff_words_say(folio, ff_words_verdict(shown->rank ? shown->verdict : group->verdict));
    ff_folio_end(folio);
    ff_folio_fact(folio, "state");
    if (group->state.len) {
        ff_buf_printf(folio->voice.out, "%s, as the scan said that ended at ", ff_words_state(group->state));
        ff_folio_time(folio, group->said_at);
    } else {
        ff_words_say(folio, "no scan told of it");
    }
    ff_folio_end(folio);
    say_seen(folio, group);
    say_marks(folio, chronicle);
    say_counts(folio, "where", &chronicle->repositories);
    say_counts(folio, "branches", &chronicle->branches);
    say_jobs(folio, chronicle);
    if (chronicle->full)
        ff_folio_prose(folio, FF_LIT("It has more branches or jobs than were counted."));
}

static void write_example(const ff_folio *folio, const ff_chronicle *chronicle)
{
    const ff_history_diagnosis *shown = &chronicle->shown;
    const ff_chronicle_member *member = &chronicle->members.items[chronicle->example];
    if (!shown->rank)
        return;
    ff_folio_heading(folio, "What shows it best");
    ff_folio_fact(folio, "");
    ff_words_run(folio, &member->run, member->url);
    ff_words_place(folio, shown->job, shown->step_name);
    ff_folio_end(folio);
    if (shown->summary.len)
        ff_folio_prose(folio, shown->summary);
    ff_words_evidence(folio, shown);
    if (shown->fix.len) {
        ff_folio_heading(folio, "The fix");
        ff_folio_advice(folio, shown->fix);
    }
    if (shown->command.len) {
        ff_folio_heading(folio, "To know more");
        ff_folio_lines(folio, shown->command);
    }
}

static void write_said(const ff_folio *folio, const ff_chronicle *chronicle)
{
    if (!chronicle->said.count)
        return;
    ff_folio_heading(folio, "What scans said, the last one first");
    for (size_t i = 0; i < chronicle->said.count && i < SAID_SHOWN; i++) {
        const ff_history_said *said = &chronicle->said.items[i];
        ff_folio_fact(folio, "");
        ff_folio_time(folio, said->said_at);
        ff_words_say(folio, "  ");
        ff_buf_printf(folio->voice.out, "%-5s  ", ff_words_state(said->state));
        ff_folio_count(folio, said->count, "run in ", "runs in ");
        ff_words_name(folio, said->repository);
        ff_folio_end(folio);
    }
    if (chronicle->said.count > SAID_SHOWN)
        ff_folio_prose(folio, FF_LIT("Earlier ones are in --format json."));
}

static void write_members(const ff_folio *folio, const ff_chronicle *chronicle)
{
    ff_folio_heading(folio, "Runs, the newest first");
    size_t shown = 0;
    for (; shown < chronicle->members.count && shown < RUNS_SHOWN; shown++) {
        const ff_chronicle_member *member = &chronicle->members.items[shown];
        ff_folio_fact(folio, "");
        ff_folio_time(folio, member->run.created_at);
        ff_words_say(folio, "  ");
        ff_words_run(folio, &member->run, member->url);
        ff_words_say(folio, folio->voice.markdown ? " " : "\n      ");
        ff_words_name(folio, member->run.workflow);
        ff_words_say(folio, " on ");
        ff_words_name(folio, member->run.head_branch);
        ff_buf_printf(folio->voice.out, ", %s", ff_words_verdict(member->verdict));
        ff_folio_end(folio);
    }
    if (shown < chronicle->groups.items[0].runs) {
        ff_buf_printf(folio->voice.out, "%s%llu older ones are left out here; --format json names up to %u.\n",
                      folio->voice.markdown ? "\n" : "  ",
                      (unsigned long long)(chronicle->groups.items[0].runs - shown), FF_LIMIT_CHRONICLE_RUNS);
    }
}

void ff_chronicle_say_group(const ff_folio *folio, const ff_chronicle *chronicle)
{
    ff_folio_title(folio, chronicle->groups.items[0].title);
    write_facts(folio, chronicle);
    write_said(folio, chronicle);
    write_example(folio, chronicle);
    write_members(folio, chronicle);
}
