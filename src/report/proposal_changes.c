#include "report/proposal_changes.h"

#include "base/limits.h"
#include "report/patch.h"
#include "report/place.h"

static void begin_by_hand(const ff_page *page)
{
    const ff_report *report = page->report;
    if (report->repository || !report->repository_why_not.len) {
        ff_voice_say(&page->text, "To be made by hand, no edit of these is known to be safe:\n\n");
        return;
    }
    ff_voice_say(&page->text, "To be made by hand; there is no diff, because ");
    ff_voice_prose(&page->text, report->repository_why_not);
    ff_voice_say(&page->text, ":\n\n");
}

/* What the diagnoses advise in words where there is no diff. */
static void write_by_hand(const ff_page *page, ff_proposal_kind kind)
{
    size_t written = 0;
    for (size_t i = 0; i < page->report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        for (uint32_t k = 0; ff_proposal_is_for(diagnosis, kind) && k < diagnosis->advice_count; k++) {
            const ff_advice *advice = &diagnosis->advice[k];
            if (advice->diff.len || advice->text.len == 0)
                continue;
            if (written++ == 0)
                begin_by_hand(page);
            ff_voice_say(&page->text, "- ");
            ff_voice_prose(&page->text, advice->text);
            ff_voice_say(&page->text, "\n");
        }
    }
    ff_voice_say(&page->text, written ? "\n" : "");
}

bool ff_proposal_is_pipeline(const ff_change_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (!ff_slice_starts(set->items[i].path, FF_LIT(".github/")))
            return false;
    return true;
}

/* The words of the fix that changes the file: one fix has words once, and a diff for each of its files. */
static ff_slice purpose_of(const ff_diagnosis *diagnosis, ff_slice path)
{
    ff_slice text = {0};
    for (uint32_t i = 0; i < diagnosis->advice_count; i++) {
        const ff_advice *advice = &diagnosis->advice[i];
        text = advice->text.len ? advice->text : text;
        if (advice->diff.len && ff_slice_eq(advice->path, path))
            return ff_slice_trim(text);
    }
    return diagnosis->advice_count ? ff_slice_trim(diagnosis->advice[0].text) : (ff_slice){0};
}

/* The advice behind a diff, one item each. */
static void say_purpose(const ff_page *page, const ff_change *change)
{
    ff_slice told = {0};
    for (uint32_t i = 0; i < change->diagnosis_count; i++) {
        ff_slice text = purpose_of(&page->report->diagnoses[change->diagnoses[i]], change->path);
        if (text.len == 0 || ff_slice_eq(text, told))
            continue;
        ff_voice_say(&page->text, "- ");
        ff_voice_prose(&page->text, text);
        ff_voice_say(&page->text, "\n");
        told = text;
    }
    ff_voice_say(&page->text, told.len ? "\n" : "");
}

/* True if all that `one` is for was told with `other`. */
static bool is_part_of(const ff_change *one, const ff_change *other)
{
    for (uint32_t i = 0; i < one->diagnosis_count; i++) {
        bool found = false;
        for (uint32_t k = 0; k < other->diagnosis_count; k++)
            found = found || one->diagnoses[i] == other->diagnoses[k];
        if (!found)
            return false;
    }
    return true;
}

/* Half of the body at most: the rest of the diffs stands in the JSON report. */
void ff_proposal_write_changes(const ff_page *page, ff_proposal_kind kind)
{
    const ff_change_set *set = &page->report->changes[kind];
    size_t most = FF_LIMIT_PROPOSAL_BYTES / 2, start = page->out->len;
    for (size_t i = 0; i < set->count; i++) {
        const ff_change *change = &set->items[i];
        if (i == 0 || !is_part_of(change, change - 1))
            say_purpose(page, change);
        ff_voice_name(&page->text, change->path);
        if (page->out->len - start + change->diff.len > most) {
            ff_voice_say(&page->text, ": its diff is too long for this page, and stands in the JSON report\n\n");
            continue;
        }
        ff_voice_say(&page->text, "\n");
        ff_patch_write(page, change->diff, "", SIZE_MAX);
        ff_voice_say(&page->text, "\n");
    }
    if (set->refused.len) {
        ff_voice_say(&page->text, "Left alone: ");
        ff_voice_prose(&page->text, set->refused);
        ff_voice_say(&page->text, "\n\n");
    }
    write_by_hand(page, kind);
}

/* True if one of the diffs changes this line already. */
static bool is_changed(const ff_change_set *set, ff_slice place)
{
    uint64_t line = 0;
    size_t colon = ff_slice_find_byte(place, ':');
    bool lined = colon != SIZE_MAX && ff_slice_to_uint(ff_slice_from(place, colon + 1), &line);
    for (size_t i = 0; i < set->count; i++)
        if (ff_slice_eq(set->items[i].path, ff_slice_cut(place, colon)) &&
            (!lined || (line >= set->items[i].start_line && line <= set->items[i].end_line)))
            return true;
    return false;
}

/* Everywhere else that names what is changed, by the probe `mentions`. */
void ff_proposal_write_elsewhere(const ff_page *page, ff_proposal_kind kind)
{
    size_t written = 0;
    for (size_t i = 0; i < page->report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        for (uint32_t k = 0; ff_proposal_is_for(diagnosis, kind) && k < diagnosis->check_count; k++) {
            const ff_check *check = &diagnosis->checks[k];
            if (!ff_slice_eq(check->probe, FF_LIT("mentions")))
                continue;
            for (uint32_t n = 0; n < check->place_count; n++) {
                if (is_changed(&page->report->changes[kind], check->places[n]))
                    continue;
                ff_voice_say(&page->text, written++ ? ", " : "These name it too and were left as they are: ");
                ff_place_say_at(&page->text, page->report, check->places[n]);
            }
        }
    }
    ff_voice_say(&page->text, written ? "\n\n" : "");
}
