#include "report/ending.h"

#include "base/clock.h"
#include "report/exhibit.h"

#include <assert.h>

/* The runner's last words: they say that a step failed, which the headline says too. */
static const char *const RUNNER_WORDS[] = {
    "Process completed with exit code ",
    "The operation was canceled.",
    "The job running on runner ",
    "The runner has received a shutdown signal",
    "The action '",
};

static bool is_runners(const ff_kept_line *line)
{
    for (size_t i = 0; i < sizeof RUNNER_WORDS / sizeof *RUNNER_WORDS; i++)
        if (ff_slice_starts(line->text, ff_slice_of(RUNNER_WORDS[i])))
            return true;
    return false;
}

/* Printed by the failing step, up to the line that says that it failed. */
static bool is_of(const ff_failure *failure, const ff_excerpt_line *row)
{
    const ff_place *end = &failure->place, *at = &row->line.place;
    if (row->job != failure->job || (failure->step != FF_NO_INDEX && row->step != failure->step))
        return false;
    if (!(FF_LINE_BIT(row->line.kind) & FF_LINES_PRINTED) || ff_slice_trim(row->line.text).len == 0)
        return false;
    return end->line == 0 || !ff_slice_eq(end->file, at->file) || at->line <= end->line;
}

/* The last lines of the step in log order; the runner's words are passed over. */
static uint32_t pick(const ff_story *story, uint32_t max, const ff_kept_line **rows)
{
    const ff_report *report = story->report;
    uint32_t count = 0;
    for (size_t i = report->excerpt_count; story->failure && i-- > 0 && count < max;)
        if (is_of(story->failure, &report->excerpt[i]) && !is_runners(&report->excerpt[i].line))
            rows[count++] = &report->excerpt[i].line;
    for (uint32_t i = 0; i < count / 2; i++) {
        const ff_kept_line *swapped = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = swapped;
    }
    return count;
}

static bool holds(const ff_diagnosis *diagnosis, const ff_kept_line *line)
{
    for (uint32_t i = 0; i < diagnosis->evidence_count; i++) {
        const ff_evidence *block = &diagnosis->evidence[i];
        if (ff_slice_eq(block->place.file, line->place.file) && line->place.line >= block->place.line &&
            line->place.line <= block->end_line)
            return true;
    }
    return false;
}

/* Drops what the lines of the symptom show already. */
static uint32_t drop_shown(const ff_story *story, const ff_kept_line **rows, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!story->shown || !holds(story->shown, rows[i]))
            rows[kept++] = rows[i];
    return kept;
}

/* The line that the title of a failure without a rule quotes, unless it is among the last ones already. */
static const ff_kept_line *telling_line(const ff_story *story, const ff_kept_line *const *rows, uint32_t count)
{
    const ff_evidence *primary = story->unknown ? ff_story_primary(story->unknown) : NULL;
    if (!primary || primary->line_count == 0 || primary->kind != FF_EVIDENCE_LOG)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        if (rows[i]->place.line <= primary->place.line && ff_slice_eq(rows[i]->place.file, primary->place.file))
            return NULL;
    return &primary->lines[0];
}

bool ff_ending_add(ff_buf *out, const ff_story *story, uint32_t max)
{
    const ff_kept_line *rows[FF_ENDING_ROWS + 1] = {NULL};
    assert(max <= FF_ENDING_ROWS);
    uint32_t count = drop_shown(story, rows + 1, pick(story, max, rows + 1));
    rows[0] = telling_line(story, rows + 1, count);
    uint32_t first = rows[0] == NULL;
    uint32_t total = count + 1 - first;
    if (total)
        ff_exhibit_add_lines(out, rows + first, total);
    return total > 0;
}

/* When the runner stepped in: the time of its first words behind `line`, else of the line that says that it failed. */
static int64_t end_of(const ff_story *story, const ff_kept_line *line)
{
    const ff_report *report = story->report;
    for (size_t i = 0; i < report->excerpt_count; i++) {
        const ff_excerpt_line *row = &report->excerpt[i];
        if (row->line.place.line > line->place.line && is_of(story->failure, row) && is_runners(&row->line))
            return row->line.place.time;
    }
    return story->failure->place.line ? story->failure->place.time : FF_NO_TIME;
}

bool ff_ending_say_silence(const ff_story *story, const ff_voice *voice)
{
    enum { QUOTED_BYTES = 100 };
    static const int64_t WORTH_TELLING = (int64_t)2 * 1000000000;
    const ff_failure *failure = story->failure;
    const ff_kept_line *last = NULL;
    if (!failure ||
        (failure->conclusion != FF_CONCLUSION_CANCELLED && failure->conclusion != FF_CONCLUSION_TIMED_OUT) ||
        pick(story, 1, &last) == 0)
        return false;
    int64_t silent = ff_clock_between(last->place.time, end_of(story, last));
    ff_buf_printf(voice->out, "line %llu, ", (unsigned long long)last->place.line);
    ff_voice_say(voice, voice->markdown ? "" : "\"");
    ff_voice_quote(voice, ff_slice_trim(last->text), QUOTED_BYTES);
    ff_voice_say(voice, voice->markdown ? "" : "\"");
    if (silent < WORTH_TELLING)
        return true;
    ff_voice_say(voice, ", then silent for ");
    ff_clock_add_duration(voice->out, silent);
    return true;
}
