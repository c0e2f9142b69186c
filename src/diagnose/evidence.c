#include "diagnose/evidence.h"

#include "base/array.h"

#include <stdlib.h>

static int by_line(const void *a, const void *b)
{
    const ff_kept_line *left = a, *right = b;
    return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

static bool same_line(const ff_kept_line *a, const ff_kept_line *b)
{
    return a->place.line == b->place.line && ff_slice_eq(a->place.file, b->place.file);
}

/* All lines of a finding in log order, each once. NULL without memory. */
static ff_kept_line *lines_of(ff_arena *arena, const ff_finding *finding, uint32_t *count)
{
    ff_kept_line *lines = ff_arena_array(arena, finding->context_count + 2u, sizeof *lines);
    if (!lines)
        return NULL;
    uint32_t n = 0;
    lines[n++] = finding->first;
    for (uint32_t i = 0; i < finding->context_count; i++)
        lines[n++] = finding->context[i];
    if (finding->count > 1)
        lines[n++] = finding->last;
    qsort(lines, n, sizeof *lines, by_line);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < n; i++)
        if (!same_line(&lines[i], &lines[kept - 1]))
            lines[kept++] = lines[i];
    *count = kept;
    return lines;
}

static ff_status cut_into_blocks(ff_case *c, ff_diagnosis *diagnosis, const ff_kept_line *lines, uint32_t count,
                                 const ff_kept_line *primary)
{
    const ff_finding *finding = diagnosis->finding;
    bool dense = finding && finding->count > 1 && ff_slice_eq(finding->first.place.file, finding->last.place.file) &&
                 finding->last.place.line - finding->first.place.line + 1 == finding->count;
    struct {
        ff_evidence *items;
        size_t count, cap;
    } blocks = {0};
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && ff_slice_eq(lines[to].place.file, lines[from].place.file); to++) {
            bool inside = dense && lines[to].place.line > finding->first.place.line &&
                          lines[to].place.line <= finding->last.place.line;
            bool adjacent = lines[to].place.line == lines[to - 1].place.line + 1;
            if (!inside && (!adjacent || same_line(&lines[to], primary)))
                break;
        }
        ff_evidence *block = FF_ARRAY_PUSH(c->run->arena, &blocks);
        if (!block)
            return FF_NOMEM;
        *block = (ff_evidence){.kind = FF_EVIDENCE_LOG,
                               .job = diagnosis->job,
                               .step = diagnosis->step,
                               .place = lines[from].place,
                               .end_line = lines[to - 1].place.line,
                               .lines = lines + from,
                               .line_count = to - from};
        for (uint32_t i = from; i < to; i++)
            block->primary = block->primary || same_line(&lines[i], primary);
    }
    diagnosis->evidence = blocks.items;
    diagnosis->evidence_count = (uint32_t)blocks.count;
    return FF_OK;
}

ff_status ff_evidence_from_finding(ff_case *c, ff_diagnosis *diagnosis)
{
    uint32_t count = 0;
    ff_kept_line *lines = lines_of(c->run->arena, diagnosis->finding, &count);
    return lines ? cut_into_blocks(c, diagnosis, lines, count, &diagnosis->finding->first) : FF_NOMEM;
}

ff_status ff_evidence_from_lines(ff_case *c, ff_diagnosis *diagnosis, const ff_kept_line *lines, uint32_t count)
{
    return cut_into_blocks(c, diagnosis, lines, count, &lines[0]);
}

static ff_status add_block(ff_case *c, ff_diagnosis *diagnosis, ff_evidence_kind kind, const ff_slice *texts,
                           uint32_t count)
{
    uint32_t before = diagnosis->evidence_count;
    ff_evidence *blocks = ff_arena_array(c->run->arena, before + 1u, sizeof *blocks);
    ff_kept_line *lines = ff_arena_array(c->run->arena, count, sizeof *lines);
    if (!blocks || !lines)
        return FF_NOMEM;
    for (uint32_t i = 0; i < before; i++)
        blocks[i] = diagnosis->evidence[i];
    for (uint32_t i = 0; i < count; i++)
        lines[i] = (ff_kept_line){.place = {.time = FF_NO_TIME}, .text = texts[i]};
    blocks[before] = (ff_evidence){.kind = kind,
                                   .primary = before == 0,
                                   .job = diagnosis->job,
                                   .step = diagnosis->step,
                                   .place = {.time = FF_NO_TIME},
                                   .lines = lines,
                                   .line_count = count};
    diagnosis->evidence = blocks;
    diagnosis->evidence_count = before + 1;
    return FF_OK;
}

ff_status ff_evidence_add_stated(ff_case *c, ff_diagnosis *diagnosis, const ff_slice *texts, uint32_t count)
{
    return add_block(c, diagnosis, FF_EVIDENCE_API, texts, count);
}

ff_status ff_evidence_add_repo(ff_case *c, ff_diagnosis *diagnosis, const ff_slice *texts, uint32_t count)
{
    return add_block(c, diagnosis, FF_EVIDENCE_REPO, texts, count);
}

void ff_evidence_number(ff_case *c, ff_diagnosis *diagnosis)
{
    ff_evidence *blocks = ff_arena_array(c->run->arena, diagnosis->evidence_count, sizeof *blocks);
    if (!blocks)
        return; /* the arena remembers; the analysis reports it */
    for (uint32_t i = 0; i < diagnosis->evidence_count; i++) {
        blocks[i] = diagnosis->evidence[i];
        blocks[i].number = ++c->evidence_count;
    }
    diagnosis->evidence = blocks;
}
