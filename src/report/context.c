#include "report/context.h"

/* Of one kind, so that a matrix of twenty legs leaves room for the rest; and of all. */
enum { KIND_ROWS = 3, ROWS = 8 };

/* A new code without a row here is called `Noted`. */
static const struct {
    const char *code, *label;
} LABELS[] = {
    {"unfinished", "Still runs"}, {"not-read", "Not read"},      {"time-limit", "Time"},
    {"killed", "Time"},           {"cut-off", "Time"},           {"superseded", "Cancelled"},
    {"fail-fast", "Cancelled"},   {"cancelled-by", "Cancelled"}, {"annotation", "Annotation"},
    {"flicker", "Attempts"},      {"failed-again", "Attempts"},  {"shared-value", "Matrix"},
    {"one-leg", "Matrix"},        {"some-legs", "Matrix"},       {"all-legs", "Matrix"},
    {"last-green", "Last green"},
};

const char *ff_context_label(const ff_observation *observation)
{
    for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++)
        if (strcmp(LABELS[i].code, observation->code) == 0)
            return LABELS[i].label;
    return "Noted";
}

/* GitHub's own words on how the job ended stand in the first lines of its failure. */
static bool is_told(const ff_report *report, const ff_observation *observation)
{
    enum { COMPARED_BYTES = 60 };
    for (size_t i = 0; i < report->failure_count; i++) {
        const ff_failure *failure = &report->failures[i];
        if (!failure->stop || failure->follow_on || failure->job != observation->job)
            continue;
        ff_slice start = ff_slice_cut(failure->stop_words, COMPARED_BYTES);
        if (ff_slice_find(observation->text, start) != SIZE_MAX && ff_story_of(report, i).stop)
            return true;
    }
    /* The headline says it of a run in which nothing failed. */
    return report->failure_count == 0 && strcmp(observation->code, "unfinished") == 0;
}

/* How many with the same label stand before it. */
static size_t same_before(const ff_report *report, size_t at)
{
    size_t same = 0;
    const char *label = ff_context_label(&report->observations[at]);
    for (size_t i = 0; i < at; i++)
        same += strcmp(ff_context_label(&report->observations[i]), label) == 0;
    return same;
}

size_t ff_context_pick(const ff_report *report, const ff_observation **picked)
{
    size_t count = 0;
    for (size_t i = 0; i < report->observation_count && count < FF_CONTEXT_ROWS; i++)
        if (same_before(report, i) == 0 && !is_told(report, &report->observations[i]))
            picked[count++] = &report->observations[i];
    return count;
}

/* The table of the run's facts has it, with a link. */
static bool is_in_table(const ff_observation *observation)
{
    return strcmp(observation->code, "last-green") == 0;
}

void ff_context_write(const ff_page *page)
{
    const ff_report *report = page->report;
    size_t rows = 0, left = 0;
    for (size_t i = 0; i < report->observation_count; i++) {
        if (is_in_table(&report->observations[i]) || is_told(report, &report->observations[i]))
            continue;
        if (rows == ROWS || same_before(report, i) >= KIND_ROWS) {
            left++;
            continue;
        }
        ff_voice_say(&page->text, rows++ ? "- " : "## Worth knowing\n- ");
        ff_voice_prose(&page->text, report->observations[i].text);
        ff_voice_say(&page->text, "\n");
    }
    if (left)
        ff_buf_printf(page->out, "- %zu more, in the JSON report\n", left);
    ff_voice_say(&page->text, rows ? "\n" : "");
}
