#include "diagnose/fixing.h"

#include "base/keep.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "diagnose/stage.h"
#include "diagnose/template.h"

/* True if every capture that must have a value has it. */
static bool has_captures(const ff_case *c, const ff_fix *fix, const ff_diagnosis *d)
{
    for (size_t i = 0; i < fix->when_count; i++) {
        const ff_capture *capture = ff_case_capture(c, d->finding, d->job, fix->when[i].name);
        bool found = false;
        for (uint32_t v = 0; capture && v < capture->count; v++)
            found = found || ff_slice_eq(capture->values[v], fix->when[i].value);
        if (!found)
            return false;
    }
    return true;
}

bool ff_fix_applies(const ff_case *c, const ff_diagnosis *diagnosis, const ff_fix *fix)
{
    bool special = false;
    for (size_t i = 0; i < diagnosis->rule->fix_count; i++) {
        const ff_fix *other = &diagnosis->rule->fixes[i];
        special = special || (other->when_count && has_captures(c, other, diagnosis));
    }
    return fix->say.len && has_captures(c, fix, diagnosis) && (!special || fix->when_count);
}

static ff_slice fill(const ff_case *c, ff_slice text, const ff_diagnosis *d)
{
    return ff_template_fill(c, text, d, FF_TEMPLATE_RAW);
}

/* The edit that the fix describes. False if it has none, or if a capture that it needs has no value. */
static bool wish_of(const ff_case *c, const ff_fix *fix, const ff_diagnosis *d, ff_edit_wish *wish)
{
    if (fix->edit_drop.len) {
        *wish = (ff_edit_wish){.kind = FF_EDIT_DROP, .text = fill(c, fix->edit_drop, d)};
        wish->instead = fill(c, fix->edit_instead, d);
        return wish->text.len > 0;
    }
    if (fix->edit_before.text.len && !fix->edit_line.text.len) {
        *wish = (ff_edit_wish){.kind = FF_EDIT_BEFORE, .pattern = fix->edit_before.text};
        wish->text = fill(c, fix->edit_insert, d);
        return wish->text.len > 0;
    }
    *wish = (ff_edit_wish){.kind = FF_EDIT_LINE, .pattern = fix->edit_line.text, .before = fix->edit_before.text};
    wish->text = fill(c, fix->edit_becomes, d);
    wish->insert = fill(c, fix->edit_insert, d);
    return fix->edit_line.text.len > 0 && (wish->text.len > 0 || fix->edit_becomes.len == 0) &&
           (wish->insert.len > 0 || fix->edit_insert.len == 0);
}

static ff_advice *add_advice(ff_case *c, ff_diagnosis *d)
{
    ff_advice *grown = ff_arena_array(c->run->arena, d->advice_count + 1u, sizeof *grown);
    if (!grown)
        return NULL;
    if (d->advice_count)
        memcpy(grown, d->advice, d->advice_count * sizeof *grown);
    d->advice = grown;
    return &grown[d->advice_count++];
}

/* What was printed is so, and still the files at hand say otherwise: then they are not the ones to repair. */
static bool is_disputed(const ff_diagnosis *d)
{
    for (uint32_t i = 0; i < d->check_count; i++)
        if (d->checks[i].result == FF_CHECK_CONTRADICTS && d->checks[i].of_fact)
            return true;
    return false;
}

/* A fault seen in one place may stand in others as well; only what was tolerated or explains a failure is repaired. */
static bool wants_edit(const ff_case *c, const ff_diagnosis *d)
{
    bool lesson = d->role == FF_ROLE_CONSEQUENCE;
    return c->repo && c->repo->tree && !is_disputed(d) && (lesson || d->standing != FF_STANDING_RIVAL);
}

bool ff_fix_is_showable(ff_slice diff)
{
    return ff_utf8_is_showable(diff) && ff_text_is_clean(diff);
}

ff_status ff_fix_edit(ff_case *c, const ff_diagnosis *d, const ff_fix *fix, ff_arena *arena, ff_edits *edits)
{
    ff_edit_wish wish;
    ff_probe_scene bare;
    if (!wants_edit(c, d) || !wish_of(c, fix, d, &wish))
        return FF_OK;
    (void)ff_stage_locate(c, ff_stage_of(c, d, &bare), &wish.site);
    if (wish.site.differs && !c->edited) /* another file than the one that ran */
        wish.site = (ff_workflow_site){0};
    wish.everywhere = true;
    ff_status status = ff_edit_make(c->repo, &wish, edits, arena);
    return status == FF_INVALID ? FF_OK : status; /* lint tells the author of the rule */
}

static ff_status add_edits(ff_case *c, ff_diagnosis *diagnosis, const ff_fix *fix, const ff_edits *edits)
{
    ff_advice *advice = add_advice(c, diagnosis);
    if (!advice)
        return FF_NOMEM;
    advice->text = ff_template_fill(c, fix->say, diagnosis, FF_TEMPLATE_MARKUP);
    if (edits->refused.len)
        advice->refused = ff_text_keep(c->run->arena, edits->refused, FF_LIMIT_KEPT_LINE_BYTES, &c->run->redactions);
    for (size_t i = 0; i < edits->count; i++) {
        advice = i ? add_advice(c, diagnosis) : advice;
        if (!advice)
            return FF_NOMEM;
        advice->path = ff_text_keep(c->run->arena, edits->items[i].path, FF_LIMIT_NAME_BYTES, &c->run->redactions);
        advice->start_line = edits->items[i].start_line;
        advice->end_line = edits->items[i].end_line;
        advice->diff = ff_fix_is_showable(edits->items[i].diff) ? ff_arena_dup(c->run->arena, edits->items[i].diff)
                                                                : (ff_slice){0};
    }
    return c->run->arena->failed ? FF_NOMEM : FF_OK;
}

ff_status ff_fix_advise(ff_case *c, ff_diagnosis *diagnosis, const ff_fix *fix)
{
    ff_edits edits = {0};
    ff_arena work; /* the new texts of whole files are not kept */
    ff_arena_init(&work, 0);
    ff_status status = ff_fix_edit(c, diagnosis, fix, &work, &edits);
    if (status == FF_OK)
        status = add_edits(c, diagnosis, fix, &edits);
    ff_arena_release(&work);
    return status;
}
