#include "source/plan.h"
#include "source/definition.h"

#include "base/limits.h"
#include "source/definition.h"
#include "source/layout.h"
#include "source/names.h"
#include "source/phase.h"
#include "source/tally.h"

#include <stdlib.h>

enum { SYSTEM_BYTES = 64 * 1024, TROUBLES_MAX = 16 };

/* The parts of one job name: neighbours in the layout. */
struct group {
    const ff_member *wholes, *steps;
    const ff_member *system; /* NULL: none */
    size_t whole_count, step_count;
};

/* One job of the run to be. */
struct candidate {
    struct group group;     /* without steps where nobody can say whose they are */
    const ff_member *whole; /* NULL: none */
};

struct planner {
    const ff_shelf *shelf;
    ff_run *run;
    ff_arena *arena;
    ff_source_plan *plan;
    struct {
        struct candidate *items;
        size_t count, cap;
    } candidates;
    ff_tally troubles[TROUBLES_MAX];
    size_t trouble_count;
    char *scratch;        /* FF_LIMIT_READ_BYTES */
    uint64_t verify_left; /* of FF_LIMIT_VERIFY_BYTES */
};

static const ff_entry *entry_of(const struct planner *planner, const ff_member *part)
{
    return &planner->shelf->items[part->entry];
}

static void count_trouble(struct planner *planner, const ff_member *part)
{
    const ff_entry *entry = entry_of(planner, part);
    size_t row = 0;
    while (row < planner->trouble_count && planner->troubles[row].reason != entry->trouble.text)
        row++;
    if (row == TROUBLES_MAX)
        row--; /* unreachable while a shelf has fewer kinds of trouble */
    if (row == planner->trouble_count)
        planner->troubles[planner->trouble_count++] =
            (ff_tally){.code = entry->trouble.code, .reason = entry->trouble.text, .partial = true};
    ff_tally_count(&planner->troubles[row], entry->name);
}

/* ---- jobs from parts ---- */

static struct group take_group(const ff_layout *layout, size_t *at)
{
    struct group group = {0};
    ff_slice job = layout->items[*at].name.job;
    for (; *at < layout->count && ff_slice_eq(layout->items[*at].name.job, job); ++*at) {
        const ff_member *part = &layout->items[*at];
        if (part->name.kind == FF_ENTRY_JOB)
            group.wholes = group.whole_count++ ? group.wholes : part;
        else if (part->name.kind == FF_ENTRY_STEP)
            group.steps = group.step_count++ ? group.steps : part;
        else
            group.system = part;
    }
    return group;
}

static bool add_candidate(struct planner *planner, struct candidate made)
{
    struct candidate *added = FF_ARRAY_PUSH(planner->arena, &planner->candidates);
    if (added)
        *added = made;
    return added != NULL;
}

static bool is_usable(const struct planner *planner, const ff_member *part)
{
    return entry_of(planner, part)->trouble.code == NULL;
}

/* Two jobs of one name: whose the step files are cannot be told, but together the whole files hold everything. */
static bool add_ambiguous(struct planner *planner, const struct group *group)
{
    ff_notes_add(&planner->run->notes, false, "ambiguous-job",
                 "The %s holds %zu jobs spelled \"%s\"; each was read from its whole-job file.", planner->shelf->what,
                 group->whole_count, ff_entry_name_shown(planner->run->arena, group->wholes->name.job));
    for (size_t i = 0; i < group->whole_count; i++)
        if (!add_candidate(planner, (struct candidate){.whole = &group->wholes[i]}))
            return false;
    return true;
}

static bool add_group(struct planner *planner, struct group group)
{
    bool any = false;
    for (size_t i = 0; i < group.whole_count; i++)
        any = any || is_usable(planner, &group.wholes[i]);
    if (group.whole_count > 1 && (any || group.step_count == 0))
        return add_ambiguous(planner, &group);
    for (size_t i = 0; group.whole_count > 1 && i < group.whole_count; i++)
        count_trouble(planner, &group.wholes[i]); /* the step files are one job's only */
    return add_candidate(planner,
                         (struct candidate){.group = group, .whole = group.whole_count == 1 ? group.wholes : NULL});
}

static const ff_member *first_member(const struct candidate *candidate)
{
    if (candidate->whole)
        return candidate->whole;
    return candidate->group.step_count ? candidate->group.steps : candidate->group.system;
}

/* In the order of ordinals; jobs without one, and those that share one, by name. */
static int candidate_cmp(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    const ff_member *pa = first_member(a), *pb = first_member(b);
    if (!a->whole != !b->whole)
        return a->whole ? -1 : 1;
    int order = a->whole ? (pa->name.number > pb->name.number) - (pa->name.number < pb->name.number) : 0;
    if (order == 0)
        order = ff_slice_cmp(pa->name.job, pb->name.job);
    return order ? order : (pa->entry > pb->entry) - (pa->entry < pb->entry);
}

/* ---- which copy ---- */

/* Reads a step file to its end. False when it is damaged; true also when it is longer than what may be read here. */
static bool is_intact(struct planner *planner, const ff_member *part)
{
    ff_reader reader;
    ff_status status = planner->shelf->open(planner->shelf->self, part->entry, &reader, NULL);
    while (status == FF_OK) {
        size_t got = 0;
        status = reader.read(reader.self, planner->scratch, FF_LIMIT_READ_BYTES, &got, NULL);
        if (got > planner->verify_left)
            return true;
        planner->verify_left -= got;
    }
    return status == FF_END;
}

/* Damage inside a step file shows only when it is read, and then its lines have been handed out: so files of modest
 * size are read beforehand where there is another copy to turn to. */
static bool are_intact(struct planner *planner, const struct group *group)
{
    uint64_t total = 0;
    for (size_t i = 0; i < group->step_count; i++)
        total += entry_of(planner, &group->steps[i])->size;
    if (!planner->shelf->checked || total > planner->verify_left)
        return true;
    for (size_t i = 0; i < group->step_count; i++)
        if (!is_intact(planner, &group->steps[i]))
            return false;
    return true;
}

static bool are_complete(struct planner *planner, const struct group *group)
{
    bool numbered = false;
    for (size_t i = 0; i < group->step_count; i++) {
        const ff_entry *entry = entry_of(planner, &group->steps[i]);
        if (entry->trouble.code || entry->size == 0)
            return false;
        numbered = numbered || group->steps[i].name.number >= 1;
    }
    return numbered && are_intact(planner, group);
}

static bool reads_steps(struct planner *planner, const struct candidate *candidate)
{
    if (candidate->group.step_count == 0)
        return false;
    if (!candidate->whole || !is_usable(planner, candidate->whole) || entry_of(planner, candidate->whole)->size == 0)
        return true;
    if (candidate->group.step_count <= FF_LIMIT_STEPS && are_complete(planner, &candidate->group))
        return true;
    ff_notes_add(&planner->run->notes, false, "step-files-incomplete",
                 "Step files of job \"%s\" are missing or damaged; its whole-job file was read instead.",
                 ff_entry_name_shown(planner->run->arena, candidate->whole->name.job));
    return false;
}

/* ---- into the run ---- */

static bool add_item(struct planner *planner, ff_source_item made)
{
    ff_source_item *item = FF_ARRAY_PUSH(planner->arena, planner->plan);
    if (!item)
        return false;
    *item = made;
    ff_run_job(planner->run, made.job)->has_log = true;
    return true;
}

static bool add_step(struct planner *planner, uint32_t job, const ff_member *part)
{
    ff_step *step = ff_run_add_step(planner->run, job, part->name.step);
    if (!step)
        return false;
    step->file = ff_run_keep_name(planner->run, entry_of(planner, part)->name);
    if (!step->file.ptr || !step->name.ptr)
        return false;
    step->number = part->name.number;
    if (is_usable(planner, part))
        return add_item(planner, (ff_source_item){FF_STREAM_STEP, job, step->ordinal - 1, part->entry});
    count_trouble(planner, part);
    return true;
}

static bool add_whole(struct planner *planner, uint32_t job, const ff_member *part)
{
    if (is_usable(planner, part))
        return add_item(planner, (ff_source_item){FF_STREAM_JOB, job, FF_NO_INDEX, part->entry});
    count_trouble(planner, part);
    return true;
}

/* The runner's facts about a job: where it is defined; and for one that left no log, the last line `… Result: false`
 * says that its condition was not met. */
static void read_system(struct planner *planner, uint32_t job, const ff_member *part, bool has_log)
{
    char *text = planner->scratch;
    size_t len = 0, got = 0;
    ff_reader reader;
    ff_status status =
        is_usable(planner, part) ? planner->shelf->open(planner->shelf->self, part->entry, &reader, NULL) : FF_INVALID;
    while (status == FF_OK && len < SYSTEM_BYTES) {
        status = reader.read(reader.self, text + len, SYSTEM_BYTES - len, &got, NULL);
        len += status == FF_OK ? got : 0;
    }
    bool skipped = false;
    ff_definition_note_system(planner->run, (ff_slice){text, len});
    for (ff_slice rest = {text, len}, line; ff_slice_take_until(&rest, '\n', &line);) {
        line = ff_slice_trim_end(line);
        if (ff_slice_ends(line, FF_LIT("Result: false")) || ff_slice_ends(line, FF_LIT("Result: true")))
            skipped = ff_slice_ends(line, FF_LIT("false"));
    }
    if (skipped && !has_log) {
        ff_job *facts = ff_run_job(planner->run, job);
        facts->conclusion = FF_CONCLUSION_SKIPPED;
        facts->conclusion_known = true;
    }
}

static bool add_job(struct planner *planner, const struct candidate *candidate)
{
    ff_run *run = planner->run;
    ff_job *added = ff_run_add_job(run, first_member(candidate)->name.job);
    if (!added)
        return false;
    added->archive_name = added->name;
    if (!ff_slice_eq(added->name, first_member(candidate)->name.job)) /* it was masked or made safe */
        added->archive_name = ff_arena_dup(run->arena, first_member(candidate)->name.job);
    uint32_t job = (uint32_t)run->jobs.count - 1;
    bool has_log = candidate->whole || candidate->group.step_count;
    if (candidate->group.system)
        read_system(planner, job, candidate->group.system, has_log);
    if (reads_steps(planner, candidate)) {
        ff_run_expect_steps(run, job, candidate->group.step_count);
        for (size_t i = 0; i < candidate->group.step_count; i++)
            if (!add_step(planner, job, &candidate->group.steps[i]))
                break; /* no memory, or a bound that has made its note */
        ff_phase_assign(ff_run_job(run, job));
        return !run->arena->failed && !planner->arena->failed;
    }
    if (candidate->whole)
        return add_whole(planner, job, candidate->whole);
    return true;
}

/* ---- the whole ---- */

static ff_status no_log(const struct planner *planner, const ff_layout *layout, ff_error *error)
{
    const ff_shelf *shelf = planner->shelf;
    if (planner->trouble_count)
        return ff_error_set(error, FF_INVALID, "none of the logs in the %s can be read: \"%s\" is %s", shelf->what,
                            ff_entry_name_shown(planner->run->arena, planner->troubles[0].first),
                            planner->troubles[0].reason);
    if (layout->inner.len)
        return ff_error_set(error, FF_INVALID,
                            "the %s holds no log but other archives; give one of them, such as \"%s\"", shelf->what,
                            ff_entry_name_shown(planner->run->arena, layout->inner));
    if (shelf->count == 0)
        return ff_error_set(error, FF_INVALID, "the %s is empty", shelf->what);
    if (planner->run->jobs.count)
        return ff_error_set(error, FF_INVALID, "the %s holds no log, only the runner's facts about %zu jobs",
                            shelf->what, planner->run->jobs.count);
    return ff_error_set(error, FF_INVALID,
                        "the %s holds no log of a run, such as \"0_build.txt\" or \"build/1_Set up job.txt\"",
                        shelf->what);
}

static bool make_candidates(struct planner *planner, const ff_layout *layout)
{
    for (size_t at = 0; at < layout->count;)
        if (!add_group(planner, take_group(layout, &at)))
            return false;
    if (planner->candidates.count)
        qsort(planner->candidates.items, planner->candidates.count, sizeof *planner->candidates.items, candidate_cmp);
    return true;
}

ff_status ff_source_plan_make(ff_source_plan *plan, const ff_shelf *shelf, ff_run *run, ff_arena *arena,
                              ff_error *error)
{
    struct planner planner = {
        .shelf = shelf, .run = run, .arena = arena, .plan = plan, .verify_left = FF_LIMIT_VERIFY_BYTES};
    ff_layout layout = {0};
    ff_status status = ff_layout_make(&layout, shelf, run, arena, error);
    if (status != FF_OK)
        return status;
    planner.scratch = ff_arena_alloc(arena, FF_LIMIT_READ_BYTES);
    if (planner.scratch && make_candidates(&planner, &layout))
        for (size_t i = 0; i < planner.candidates.count; i++)
            if (!add_job(&planner, &planner.candidates.items[i]))
                break; /* no memory, or a bound that has made its note */
    if (arena->failed || run->arena->failed)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    for (size_t i = 0; i < planner.trouble_count; i++)
        ff_tally_note(&planner.troubles[i], run);
    return plan->count ? FF_OK : no_log(&planner, &layout, error);
}
