/* The page for a terminal and the one in Markdown: the same sentences, in the manner of each (folio.h). */
#include "base/clock.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "digest/chronicle.h"
#include "digest/folio.h"

#include <stdio.h>

enum {
    PRINT_DIGITS = 8, /* of a fingerprint in a list: enough to ask for it */
    TITLE_COLUMNS = 52,
    NAMES_SHOWN = 8,
    RUNS_SHOWN = 50,
    SAID_SHOWN = 20,
    NAME_BYTES = 80,
};

static ff_slice or_word(ff_slice text, const char *word)
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

static const char *verdict_of(ff_slice verdict)
{
    static const char *const words[] = {"confirmed", "likely", "possible", "undecided", NULL};
    return known_word(verdict, words, "undecided");
}

static const char *state_of(ff_slice state)
{
    static const char *const words[] = {"new", "known", "back", "fixed", NULL};
    return known_word(state, words, "-");
}

static const char *role_of(ff_slice role)
{
    static const char *const words[] = {"cause", "symptom", "consequence", "noise", NULL};
    return known_word(role, words, "of no role");
}

static void say(const ff_folio *folio, const char *words)
{
    ff_voice_say(&folio->voice, words);
}

static void name(const ff_folio *folio, ff_slice text)
{
    ff_voice_quote(&folio->voice, text, NAME_BYTES);
}

/* ---- all groups ---- */

static void add_day(ff_buf *out, int64_t time)
{
    ff_buf text;
    ff_buf_init(&text, 64);
    ff_clock_add_utc(&text, time);
    ff_slice day = ff_slice_cut(ff_buf_slice(&text), 10);
    ff_buf_printf(out, "%-10.*s", FF_ARG(day));
    ff_buf_inherit(out, &text);
    ff_buf_release(&text);
}

/* The first columns of a text, on one line. */
static void add_columns(ff_buf *out, ff_slice text, size_t columns)
{
    size_t end = 0, taken = 0;
    for (; end < text.len; end++) {
        bool begins = (text.ptr[end] & 0xC0) != 0x80;
        if (begins && taken == columns - 1 && columns < text.len)
            break;
        taken += begins;
    }
    ff_buf safe;
    ff_buf_init(&safe, out->max);
    ff_utf8_add_safe(&safe, ff_slice_cut(text, end));
    ff_buf_add(out, ff_buf_slice(&safe));
    if (end < text.len)
        ff_buf_add(out, FF_LIT("…"));
    ff_buf_inherit(out, &safe);
    ff_buf_release(&safe);
}

static void write_row(const ff_folio *folio, const ff_chronicle_group *group)
{
    ff_buf *out = folio->voice.out;
    bool markdown = folio->voice.markdown;
    ff_slice title = or_word(group->title, "a failure without a title");
    ff_buf_printf(out, markdown ? "| %s | `%.*s` | %llu | " : "%-5s  %.*s  %6llu  ", state_of(group->state),
                  PRINT_DIGITS, group->fingerprint, (unsigned long long)group->runs);
    add_day(out, group->first_seen);
    say(folio, markdown ? " | " : "  ");
    add_day(out, group->last_seen);
    say(folio, markdown ? " | " : "  ");
    if (markdown)
        ff_voice_prose(&folio->voice, ff_utf8_cut(title, 4 * TITLE_COLUMNS));
    else
        add_columns(out, title, TITLE_COLUMNS);
    say(folio, markdown ? " |\n" : "\n");
}

static void write_groups(const ff_folio *folio, const ff_chronicle *chronicle)
{
    const ff_folio cells = {{.out = folio->voice.out, .markdown = folio->voice.markdown, .in_cell = true}};
    if (!chronicle->groups.count) {
        say(folio, "The history knows of no failure with a diagnosis in these repositories and times.\n");
        return;
    }
    if (folio->voice.markdown)
        say(folio, "# What the history knows\n\n| state | group | runs | first seen | last seen | what failed |\n"
                   "| --- | --- | ---: | --- | --- | --- |\n");
    else
        say(folio, "STATE  GROUP       RUNS  FIRST SEEN  LAST SEEN   WHAT FAILED\n");
    for (size_t i = 0; i < chronicle->groups.count; i++)
        write_row(&cells, &chronicle->groups.items[i]);
    if (chronicle->full)
        say(folio, "\nThere are more groups than are listed here; --since and -R leave some out.\n");
}

/* ---- one group ---- */

static void say_counts(const ff_folio *folio, const char *label, const ff_chronicle_counts *counts)
{
    if (!counts->count)
        return;
    ff_folio_fact(folio, label);
    for (size_t i = 0; i < counts->count && i < NAMES_SHOWN; i++) {
        say(folio, i ? ", " : "");
        name(folio, counts->items[i].name);
        ff_buf_printf(folio->voice.out, " (%llu)", (unsigned long long)counts->items[i].runs);
    }
    if (counts->count > NAMES_SHOWN)
        ff_buf_printf(folio->voice.out, " and %zu more", counts->count - NAMES_SHOWN);
    ff_folio_end(folio);
}

/* A line of bars, one a day or week; `·` where no run failed. */
static void say_marks(const ff_folio *folio, const ff_chronicle *chronicle)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const int64_t day = (int64_t)86400 * 1000000000;
    uint64_t most = 0;
    for (size_t i = 0; i < chronicle->mark_count; i++)
        most = chronicle->marks[i] > most ? chronicle->marks[i] : most;
    if (chronicle->mark_count < 2 || !most)
        return;
    ff_folio_fact(folio, chronicle->mark_days == 1 ? "a day" : "a week");
    for (size_t i = 0; i < chronicle->mark_count; i++)
        say(folio, chronicle->marks[i] ? bars[(chronicle->marks[i] * 8 - 1) / most] : "·");
    say(folio, "  from ");
    add_day(folio->voice.out, chronicle->first_mark * day);
    ff_buf_printf(folio->voice.out, ", %llu at most", (unsigned long long)most);
    ff_folio_end(folio);
}

static void say_seen(const ff_folio *folio, const ff_chronicle_group *group)
{
    ff_folio_fact(folio, "seen");
    say(folio, "in ");
    ff_folio_count(folio, group->runs, "run, ", "runs, ");
    if (group->runs > 1) {
        say(folio, "from ");
        ff_folio_time(folio, group->first_seen);
        say(folio, " to ");
    }
    ff_folio_time(folio, group->last_seen);
    ff_folio_end(folio);
}

static void write_facts(const ff_folio *folio, const ff_chronicle *chronicle)
{
    const ff_chronicle_group *group = &chronicle->groups.items[0];
    const ff_history_diagnosis *shown = &chronicle->shown;
    ff_folio_fact(folio, "group");
    name(folio, ff_slice_of(group->fingerprint));
    ff_folio_end(folio);
    ff_folio_fact(folio, "rule");
    if (group->rule.len)
        name(folio, group->rule);
    else
        say(folio, "none made it");
    ff_buf_printf(folio->voice.out, ", %s", verdict_of(shown->verdict));
    ff_folio_end(folio);
    ff_folio_fact(folio, "state");
    if (group->state.len) {
        ff_buf_printf(folio->voice.out, "%s, as the scan said that ended at ", state_of(group->state));
        ff_folio_time(folio, group->said_at);
    } else {
        say(folio, "no finished scan told of it");
    }
    ff_folio_end(folio);
    say_seen(folio, group);
    say_marks(folio, chronicle);
    say_counts(folio, "where", &chronicle->repositories);
    say_counts(folio, "branches", &chronicle->branches);
    say_counts(folio, "jobs", &chronicle->jobs);
    if (chronicle->full)
        ff_folio_prose(folio, FF_LIT("It has more branches or jobs than were counted."));
}

static void write_evidence(const ff_folio *folio, const ff_history_diagnosis *diagnosis)
{
    for (size_t i = 0; i < diagnosis->evidence_count; i++) {
        const ff_history_evidence *evidence = &diagnosis->evidence[i];
        if (!evidence->text.len && !evidence->file.len)
            continue;
        ff_folio_fact(folio, "");
        ff_buf_printf(folio->voice.out, "E%u", evidence->number);
        if (evidence->file.len) {
            say(folio, " ");
            name(folio, evidence->file);
            if (evidence->line)
                ff_buf_printf(folio->voice.out, ", line %llu", (unsigned long long)evidence->line);
        }
        ff_folio_end(folio);
        if (folio->voice.markdown)
            ff_folio_end(folio);
        ff_folio_lines(folio, evidence->text);
    }
}

static void say_place(const ff_folio *folio, ff_slice job, ff_slice step_name)
{
    if (job.len) {
        say(folio, ", job ");
        name(folio, job);
    }
    if (step_name.len) {
        say(folio, ", step ");
        name(folio, step_name);
    }
}

static void say_run(const ff_folio *folio, const ff_history_run *run, ff_slice url)
{
    char id[48];
    (void)snprintf(id, sizeof id, run->attempt > 1 ? "%llu, attempt %u" : "%llu", (unsigned long long)run->id,
                   run->attempt);
    ff_folio_link(folio, ff_slice_of(id), url);
}

static void write_example(const ff_folio *folio, const ff_chronicle *chronicle)
{
    const ff_history_diagnosis *shown = &chronicle->shown;
    const ff_chronicle_member *member = &chronicle->members.items[chronicle->example];
    if (!shown->rank)
        return;
    ff_folio_heading(folio, "What shows it best");
    ff_folio_fact(folio, "");
    say_run(folio, &member->run, member->url);
    say_place(folio, shown->job, shown->step_name);
    ff_folio_end(folio);
    if (shown->summary.len)
        ff_folio_prose(folio, shown->summary);
    write_evidence(folio, shown);
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
        say(folio, "  ");
        ff_buf_printf(folio->voice.out, "%-5s  ", state_of(said->state));
        ff_folio_count(folio, said->count, "run in ", "runs in ");
        name(folio, said->repository);
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
        say(folio, "  ");
        say_run(folio, &member->run, member->url);
        say(folio, folio->voice.markdown ? " " : "\n      ");
        name(folio, member->run.workflow);
        say(folio, " on ");
        name(folio, member->run.head_branch);
        ff_buf_printf(folio->voice.out, ", %s", verdict_of(member->verdict));
        ff_folio_end(folio);
    }
    if (shown < chronicle->groups.items[0].runs) {
        ff_buf_printf(folio->voice.out, "%s%llu older ones are left out here; --format json names up to %u.\n",
                      folio->voice.markdown ? "\n" : "  ",
                      (unsigned long long)(chronicle->groups.items[0].runs - shown), FF_LIMIT_CHRONICLE_RUNS);
    }
}

/* ---- one run ---- */

static void write_failures(const ff_folio *folio, const ff_chronicle_attempt *attempt)
{
    for (size_t i = 0; i < attempt->failures.count; i++) {
        const ff_history_failure *failure = &attempt->failures.items[i];
        ff_folio_fact(folio, failure->follow_on ? "followed" : "failed");
        name(folio, or_word(failure->job, "a job without a name"));
        say_place(folio, (ff_slice){0}, failure->step_name);
        if (failure->conclusion.len) {
            say(folio, ": ");
            name(folio, failure->conclusion);
        }
        if (failure->rank)
            ff_buf_printf(folio->voice.out, ", by diagnosis %u", failure->rank);
        ff_folio_end(folio);
    }
}

static void write_diagnosis(const ff_folio *folio, const ff_history_diagnosis *diagnosis)
{
    ff_buf_printf(folio->voice.out, folio->voice.markdown ? "\n### %u. " : "\n  %u. ", diagnosis->rank);
    ff_voice_prose(&folio->voice, or_word(diagnosis->title, "A failure without a title"));
    say(folio, folio->voice.markdown ? "\n\n" : "\n");
    ff_folio_fact(folio, "");
    ff_buf_printf(folio->voice.out, "%s, %s", verdict_of(diagnosis->verdict), role_of(diagnosis->role));
    say_place(folio, diagnosis->job, diagnosis->step_name);
    say(folio, diagnosis->tolerated ? "; the step went on" : "");
    ff_folio_end(folio);
    ff_folio_fact(folio, "");
    ff_buf_printf(folio->voice.out, "group ");
    name(folio, ff_slice_cut(ff_slice_of(diagnosis->fingerprint), PRINT_DIGITS));
    if (diagnosis->rule.len) {
        say(folio, ", rule ");
        name(folio, diagnosis->rule);
    }
    for (size_t i = 0; i < diagnosis->caused_by_count; i++)
        ff_buf_printf(folio->voice.out, "%s%u", i ? ", " : ", caused by ", diagnosis->caused_by[i]);
    ff_folio_end(folio);
    if (diagnosis->summary.len)
        ff_folio_prose(folio, diagnosis->summary);
    write_evidence(folio, diagnosis);
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
    say(folio, states[known->state]);
    if (known->why.len) {
        say(folio, ": ");
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
    name(folio, run->repository);
    say(folio, ", ");
    name(folio, run->workflow);
    say(folio, " on ");
    name(folio, run->head_branch);
    say(folio, ", by ");
    name(folio, run->event);
    ff_folio_end(folio);
    ff_folio_fact(folio, "title");
    name(folio, run->title);
    ff_folio_end(folio);
    ff_folio_fact(folio, "page");
    say_run(folio, run, attempt->url);
    ff_folio_end(folio);
    ff_folio_fact(folio, "created");
    ff_folio_time(folio, run->created_at);
    ff_folio_end(folio);
    ff_folio_fact(folio, "ended");
    name(folio, or_word(run->conclusion, "not when it was listed"));
    ff_folio_end(folio);
    say_state(folio, &attempt->known);
    write_failures(folio, attempt);
    for (size_t i = 0; i < attempt->diagnoses.count; i++)
        write_diagnosis(folio, &attempt->diagnoses.items[i]);
}

/* ---- the whole ---- */

static void write_page(const ff_chronicle *chronicle, const ff_folio *folio)
{
    char title[64];
    switch (chronicle->kind) {
    case FF_CHRONICLE_GROUPS: write_groups(folio, chronicle); break;
    case FF_CHRONICLE_GROUP:
        ff_folio_title(folio, chronicle->groups.items[0].title);
        write_facts(folio, chronicle);
        write_said(folio, chronicle);
        write_example(folio, chronicle);
        write_members(folio, chronicle);
        break;
    case FF_CHRONICLE_RUN:
        (void)snprintf(title, sizeof title, "Run %llu", (unsigned long long)chronicle->attempts.items[0].known.run.id);
        ff_folio_title(folio, ff_slice_of(title));
        for (size_t i = 0; i < chronicle->attempts.count; i++)
            write_attempt(folio, &chronicle->attempts.items[i]);
        break;
    }
}

void ff_chronicle_write_text(const ff_chronicle *chronicle, ff_buf *out)
{
    const ff_folio folio = {{.out = out}};
    write_page(chronicle, &folio);
}

void ff_chronicle_write_markdown(const ff_chronicle *chronicle, ff_buf *out)
{
    const ff_folio folio = {{.out = out, .markdown = true}};
    write_page(chronicle, &folio);
}
