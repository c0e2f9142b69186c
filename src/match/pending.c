#include "match/pending.h"

#include "base/keep.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <stdlib.h>

typedef struct waiting {
    struct waiting *next; /* younger */
    ff_arena memory;
    uint32_t rule;
    uint64_t until;        /* sequence of the last line that counts */
    ff_hit hit;            /* its texts are in `memory`, safe already */
    ff_span *spans;        /* of the hit, with room for those of `follow` */
    ff_kept_line *context; /* likewise */
    bool *seen;            /* of each pattern of `found` and `maybe` */
    uint32_t missing;      /* patterns of `found` not seen yet */
    uint32_t open;         /* patterns of both not seen yet */
    bool done;             /* its window is over */
} waiting;

struct ff_pending {
    const ff_matcher *matcher;
    ff_judge *judge;
    ff_fold *fold;
    ff_notes *notes;
    waiting *oldest;
    waiting **end; /* where the youngest is linked */
    uint32_t count;
    uint64_t looked_at; /* sequence of the last line that was searched for secrets; many rules hit one line */
    bool clean;         /* it has none */
    ff_watch_fn watch;  /* NULL: nobody watches */
    void *watcher;
    ff_span *spans;    /* room for those of one pattern */
    uint64_t *blocked; /* of each rule: sequence of the line on which a hit of it last went on waiting */
};

bool ff_sight_test(const ff_sight *sight, ff_judge *judge, const ff_matcher *matcher, uint32_t unit)
{
    enum { WORD = 64 };
    const ff_rule *rule = matcher->plans[matcher->units[unit].rule].rule;
    if (!sight->any_kind && !(rule->where.kinds & FF_LINE_BIT(sight->line->kind)))
        return false;
    if (!(sight->candidates[unit / WORD] & UINT64_C(1) << unit % WORD))
        return false;
    return ff_judge_test(judge, unit, sight->line->body);
}

ff_status ff_pending_new(ff_pending **pending, const ff_matcher *matcher, ff_judge *judge, ff_fold *fold,
                         ff_notes *notes)
{
    *pending = NULL;
    ff_pending *made = calloc(1, sizeof *made);
    if (!made)
        return FF_NOMEM;
    *made = (ff_pending){.matcher = matcher, .judge = judge, .fold = fold, .notes = notes, .end = &made->oldest};
    made->spans = calloc(matcher->spans_max + 1u, sizeof *made->spans);
    made->blocked = calloc(matcher->plan_count + 1u, sizeof *made->blocked);
    if (!made->spans || !made->blocked) {
        ff_pending_free(made);
        return FF_NOMEM;
    }
    *pending = made;
    return FF_OK;
}

void ff_pending_watch(ff_pending *pending, ff_watch_fn watch, void *self)
{
    pending->watch = watch;
    pending->watcher = self;
}

static void forget(ff_pending *pending, waiting **link)
{
    waiting *hit = *link;
    *link = hit->next;
    if (!*link)
        pending->end = link;
    pending->count--;
    ff_arena_release(&hit->memory);
    free(hit);
}

void ff_pending_free(ff_pending *pending)
{
    if (!pending)
        return;
    while (pending->oldest)
        forget(pending, &pending->oldest);
    free(pending->spans);
    free(pending->blocked);
    free(pending);
}

static uint32_t units_of(const ff_plan *plan, ff_use use)
{
    return plan->first[use + 1] - plan->first[use];
}

/* Patterns whose captures join: `found` and `maybe`, which are numbered one after the other. */
static uint32_t wanted_of(const ff_plan *plan)
{
    return units_of(plan, FF_USE_FOLLOW_FOUND) + units_of(plan, FF_USE_FOLLOW_MAYBE);
}

static bool is_clean(ff_pending *pending, ff_slice line, uint64_t sequence)
{
    if (pending->looked_at != sequence)
        pending->clean = ff_text_is_clean(line);
    pending->looked_at = sequence;
    return pending->clean;
}

static void add_span(waiting *hit, ff_span span, bool clean)
{
    ff_arena *memory = &hit->memory;
    span.value = clean
                     ? ff_utf8_keep(memory, span.value, FF_LIMIT_CAPTURE_BYTES)
                     : ff_text_keep_part(memory, span.whole, span.value, FF_LIMIT_CAPTURE_BYTES, &hit->hit.redactions);
    span.whole = span.value;
    hit->spans[hit->hit.span_count++] = span;
}

static void keep_line(waiting *hit, ff_kept_line *line, bool clean)
{
    line->text = clean ? ff_utf8_keep(&hit->memory, line->text, FF_LIMIT_KEPT_LINE_BYTES)
                       : ff_text_keep(&hit->memory, line->text, FF_LIMIT_KEPT_LINE_BYTES, &hit->hit.redactions);
}

static void add_context(waiting *hit, ff_kept_line line, bool clean)
{
    keep_line(hit, &line, clean);
    hit->context[hit->hit.context_count++] = line;
}

/* A capture of the line itself, not of one above it or of what the rule composes. */
static bool is_part(ff_slice part, ff_slice text)
{
    uintptr_t begin = (uintptr_t)text.ptr, at = (uintptr_t)part.ptr;
    return at >= begin && at + part.len <= begin + text.len;
}

/* The texts are made safe and short at once: a waiting hit takes little memory however long its lines are. */
static bool copy_hit(waiting *copy, const ff_plan *plan, const ff_hit *hit, uint32_t spans, bool clean)
{
    uint32_t wanted = wanted_of(plan);
    copy->spans = ff_arena_array(&copy->memory, spans + 1u, sizeof *copy->spans);
    copy->context = ff_arena_array(&copy->memory, hit->context_count + wanted + 1u, sizeof *copy->context);
    copy->seen = ff_arena_array(&copy->memory, wanted + 1u, sizeof *copy->seen);
    if (copy->memory.failed)
        return false;
    copy->missing = units_of(plan, FF_USE_FOLLOW_FOUND);
    copy->open = wanted;
    copy->hit = *hit;
    copy->hit.context_count = copy->hit.span_count = 0;
    copy->hit.spans = copy->spans;
    copy->hit.context = copy->context;
    for (uint32_t i = 0; i < hit->context_count; i++)
        add_context(copy, hit->context[i], false);
    for (uint32_t i = 0; i < hit->span_count; i++)
        add_span(copy, hit->spans[i], clean && is_part(hit->spans[i].whole, hit->line.text));
    keep_line(copy, &copy->hit.line, clean);
    return !copy->memory.failed;
}

ff_status ff_pending_add(ff_pending *pending, uint32_t rule, const ff_hit *hit)
{
    const ff_plan *plan = &pending->matcher->plans[rule];
    if (pending->count >= FF_LIMIT_PENDING_HITS) {
        ff_notes_add(pending->notes, true, "pending-limit", "More than %u hits at once waited for lines below them.",
                     FF_LIMIT_PENDING_HITS);
        return FF_OK;
    }
    waiting *copy = calloc(1, sizeof *copy);
    if (!copy)
        return FF_NOMEM;
    ff_arena_init(&copy->memory, 0);
    copy->rule = rule;
    copy->until = hit->line.sequence + plan->rule->follow.lines;
    if (!copy_hit(copy, plan, hit, pending->matcher->spans_max,
                  is_clean(pending, hit->line.text, hit->line.sequence))) {
        ff_arena_release(&copy->memory);
        free(copy);
        return FF_NOMEM;
    }
    *pending->end = copy;
    pending->end = &copy->next;
    pending->count++;
    return FF_OK;
}

/* True if the line fulfils a pattern of that use. */
static bool meets(ff_pending *pending, const waiting *hit, const ff_sight *sight, ff_use use)
{
    const ff_plan *plan = &pending->matcher->plans[hit->rule];
    for (uint32_t i = plan->first[use]; i < plan->first[use + 1]; i++)
        if (ff_sight_test(sight, pending->judge, pending->matcher, i))
            return true;
    return false;
}

static void look(ff_pending *pending, waiting *hit, const ff_sight *sight)
{
    const ff_line *line = sight->line;
    uint32_t first = pending->matcher->plans[hit->rule].first[FF_USE_FOLLOW_FOUND];
    uint32_t found = units_of(&pending->matcher->plans[hit->rule], FF_USE_FOLLOW_FOUND);
    uint32_t all = wanted_of(&pending->matcher->plans[hit->rule]);
    bool any = false, clean = false;
    for (uint32_t i = 0; i < all; i++) {
        if (hit->seen[i] || !ff_sight_test(sight, pending->judge, pending->matcher, first + i))
            continue;
        clean = is_clean(pending, line->text, sight->sequence);
        hit->seen[i] = any = true;
        hit->missing -= i < found;
        hit->open--;
        uint32_t count = ff_judge_spans(pending->judge, first + i, line->body, pending->spans);
        for (uint32_t j = 0; j < count; j++)
            add_span(hit, pending->spans[j], clean);
    }
    if (any)
        add_context(hit, (ff_kept_line){line->place, line->kind, line->text, sight->sequence}, clean);
}

static void lose(ff_pending *pending, waiting **link)
{
    if (pending->watch)
        pending->watch(pending->watcher, &(ff_watch_event){.kind = FF_WATCH_BELOW,
                                                           .rule = pending->matcher->plans[(*link)->rule].rule,
                                                           .sequence = (*link)->hit.line.sequence});
    forget(pending, link);
}

/* Folds the hit if nothing is missing and its rule is in force, and forgets it. */
static ff_status settle(ff_pending *pending, waiting **link)
{
    waiting *hit = *link;
    ff_status status = hit->memory.failed ? FF_NOMEM : FF_OK;
    if (hit->missing) {
        lose(pending, link);
        return status;
    }
    if (status == FF_OK && !ff_judge_is_aside(pending->judge, hit->rule))
        status = ff_fold_hit(pending->fold, hit->rule, &hit->hit);
    forget(pending, link);
    return status;
}

/* Shows the line to a hit. False if the hit is lost. */
static bool show(ff_pending *pending, waiting *hit, const ff_sight *sight)
{
    if (hit->done)
        return true;
    hit->done = meets(pending, hit, sight, FF_USE_FOLLOW_UNTIL);
    if (hit->done)
        return !hit->missing;
    if (meets(pending, hit, sight, FF_USE_FOLLOW_UNLESS))
        return false;
    look(pending, hit, sight);
    bool needs_no_more = !hit->open && !units_of(&pending->matcher->plans[hit->rule], FF_USE_FOLLOW_UNLESS);
    hit->done = needs_no_more || sight->sequence >= hit->until;
    return true;
}

/* Hits of one rule are folded in log order: one that is done waits for the older ones. */
ff_status ff_pending_line(ff_pending *pending, const ff_sight *sight)
{
    ff_status status = FF_OK;
    for (waiting **link = &pending->oldest; *link && status == FF_OK;) {
        waiting *hit = *link;
        if (!show(pending, hit, sight)) {
            lose(pending, link);
        } else if (hit->done && pending->blocked[hit->rule] != sight->sequence) {
            status = settle(pending, link);
        } else {
            pending->blocked[hit->rule] = sight->sequence;
            link = &hit->next;
        }
    }
    return status;
}

ff_status ff_pending_end_step(ff_pending *pending)
{
    ff_status status = FF_OK;
    while (pending->oldest && status == FF_OK)
        status = settle(pending, &pending->oldest);
    return status;
}
