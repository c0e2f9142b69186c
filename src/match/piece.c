#include "match/piece.h"

#include "base/array.h"
#include "base/keep.h"
#include "base/limits.h"
#include "base/secret.h"

#include <stdlib.h>

/* Of the evidence lines of a finding, first and last not counted: the second hit, a few before the last, and the rest
 * for the lines around the first hit. */
enum { TAIL = 4, CONTEXT = FF_LIMIT_EVIDENCE_LINES - TAIL - 1, RING = TAIL + 1 };
enum { KNOWN_MAX = 32 }; /* combinations of values that a piece remembers */
/* Most lines of a loop are overwritten by later ones, so a line is made safe only when the piece becomes a finding.
 * Until then as much of it is kept as decides what is shown: a secret that begins within may end behind it. */
enum { RAW_BYTES = FF_LIMIT_KEPT_LINE_BYTES + FF_SECRET_BYTES + 1 };
/* Loops repeat themselves: a value that comes again right away is known without making it safe first. */
enum { AGAIN_BYTES = 64 };

typedef struct kept {
    ff_kept_line line;
    char *room; /* RAW_BYTES, used again by later lines */
} kept;

typedef struct values {
    ff_slice name;
    ff_slice *items;
    size_t count, cap;
    bool more;
    char again[AGAIN_BYTES]; /* the last value as read, if it was short */
    size_t again_len;
} values;

struct ff_piece {
    ff_arena memory;
    uint32_t job, step;
    uint32_t count;  /* hits */
    uint32_t pushed; /* hit lines seen, absorbed pieces give only those that they kept */
    bool closed;
    kept first, second, ring[RING]; /* ring: from the third line on, by `pushed` */
    kept context[CONTEXT];
    uint32_t context_count;
    struct {
        values *items;
        size_t count, cap;
    } captures;
    uint32_t redactions; /* in captures, and before the piece saw the texts */
    uint64_t known[KNOWN_MAX][FF_PIECE_SAME_MAX];
    uint32_t known_count;
};

ff_piece *ff_piece_new(void)
{
    ff_piece *piece = calloc(1, sizeof *piece);
    if (piece)
        ff_arena_init(&piece->memory, 0);
    return piece;
}

void ff_piece_free(ff_piece *piece)
{
    if (piece)
        ff_arena_release(&piece->memory);
    free(piece);
}

static ff_status keep_line(ff_piece *piece, kept *into, const ff_kept_line *line)
{
    if (!into->room)
        into->room = ff_arena_alloc(&piece->memory, RAW_BYTES);
    if (!into->room)
        return FF_NOMEM;
    ff_slice text = ff_slice_cut(line->text, RAW_BYTES);
    if (text.len)
        memcpy(into->room, text.ptr, text.len);
    into->line = *line;
    into->line.text = (ff_slice){into->room, text.len};
    return FF_OK;
}

static ff_status push_line(ff_piece *piece, const ff_kept_line *line)
{
    kept *into = piece->pushed == 0   ? &piece->first
                 : piece->pushed == 1 ? &piece->second
                                      : &piece->ring[(piece->pushed - 2) % RING];
    piece->pushed++;
    return keep_line(piece, into, line);
}

static const kept *last_line(const ff_piece *piece)
{
    return piece->pushed <= 1   ? &piece->first
           : piece->pushed == 2 ? &piece->second
                                : &piece->ring[(piece->pushed - 3) % RING];
}

static values *values_of(ff_piece *piece, ff_slice name)
{
    for (size_t i = 0; i < piece->captures.count; i++)
        if (ff_slice_eq(piece->captures.items[i].name, name))
            return &piece->captures.items[i];
    values *made = FF_ARRAY_PUSH(&piece->memory, &piece->captures);
    if (made)
        made->name = ff_arena_dup(&piece->memory, name);
    return made;
}

static bool holds(const values *of, ff_slice value)
{
    for (size_t i = 0; i < of->count; i++)
        if (ff_slice_eq(of->items[i], value))
            return true;
    return false;
}

/* True if adding `value` would change nothing. */
static bool is_needless(const values *of, ff_slice value)
{
    if (of->more && of->count >= FF_LIMIT_CAPTURE_VALUES)
        return true;
    return of->again_len && ff_slice_eq((ff_slice){of->again, of->again_len}, value);
}

static void remember(values *of, ff_slice value)
{
    of->again_len = value.len <= AGAIN_BYTES ? value.len : 0;
    memcpy(of->again, value.ptr, of->again_len);
}

static ff_status add_value(ff_piece *piece, const ff_span *span)
{
    values *of = values_of(piece, span->name);
    if (!of)
        return FF_NOMEM;
    if (is_needless(of, span->value))
        return FF_OK;
    remember(of, span->value);
    ff_arena_mark mark = ff_arena_here(&piece->memory);
    uint32_t redactions = 0;
    ff_slice safe = ff_text_keep_part(&piece->memory, span->whole, span->value, FF_LIMIT_CAPTURE_BYTES, &redactions);
    bool old = holds(of, safe);
    if (old || of->count >= FF_LIMIT_CAPTURE_VALUES) {
        of->more = of->more || !old;
        ff_arena_rewind(&piece->memory, mark);
        return piece->memory.failed ? FF_NOMEM : FF_OK;
    }
    ff_slice *slot = FF_ARRAY_PUSH(&piece->memory, of);
    if (!slot || piece->memory.failed)
        return FF_NOMEM;
    *slot = safe;
    piece->redactions += redactions;
    return FF_OK;
}

static ff_status begin(ff_piece *piece, const ff_hit *hit)
{
    piece->job = hit->job;
    piece->step = hit->step;
    ff_status status = FF_OK;
    for (uint32_t i = 0; status == FF_OK && i < hit->context_count && i < CONTEXT; i++)
        status = keep_line(piece, &piece->context[piece->context_count++], &hit->context[i]);
    return status;
}

ff_status ff_piece_add(ff_piece *piece, const ff_hit *hit)
{
    ff_status status = piece->count ? FF_OK : begin(piece, hit);
    if (status == FF_OK)
        status = push_line(piece, &hit->line);
    for (uint32_t i = 0; status == FF_OK && i < hit->span_count; i++)
        status = add_value(piece, &hit->spans[i]);
    piece->count += piece->count < UINT32_MAX;
    piece->redactions += hit->redactions;
    return status;
}

/* The lines that a piece kept, first to last. */
static uint32_t lines_of(const ff_piece *piece, const kept *lines[RING + 2])
{
    uint32_t count = 0;
    if (piece->pushed > 0)
        lines[count++] = &piece->first;
    if (piece->pushed > 1)
        lines[count++] = &piece->second;
    uint32_t third = piece->pushed > RING + 2 ? piece->pushed - RING : 2;
    for (uint32_t i = third; i < piece->pushed; i++)
        lines[count++] = &piece->ring[(i - 2) % RING];
    return count;
}

ff_status ff_piece_absorb(ff_piece *piece, const ff_piece *later)
{
    const kept *lines[RING + 2];
    uint32_t line_count = lines_of(later, lines);
    ff_status status = FF_OK;
    for (uint32_t i = 0; status == FF_OK && i < line_count; i++)
        status = push_line(piece, &lines[i]->line);
    for (size_t i = 0; i < later->captures.count; i++)
        for (size_t j = 0; status == FF_OK && j < later->captures.items[i].count; j++) {
            ff_slice value = later->captures.items[i].items[j];
            status = add_value(piece, &(ff_span){later->captures.items[i].name, value, value});
        }
    for (uint32_t i = 0; i < later->known_count; i++)
        ff_piece_learn(piece, later->known[i], FF_PIECE_SAME_MAX);
    piece->count = later->count > UINT32_MAX - piece->count ? UINT32_MAX : piece->count + later->count;
    piece->closed = piece->closed || later->closed;
    piece->redactions += later->redactions;
    return status;
}

void ff_piece_close(ff_piece *piece)
{
    piece->closed = true;
}

uint32_t ff_piece_count(const ff_piece *piece)
{
    return piece->count;
}

static bool fits(const uint64_t *known, const uint64_t *same, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (known[i] && same[i] && known[i] != same[i])
            return false;
    return true;
}

bool ff_piece_knows(const ff_piece *piece, const uint64_t *same, size_t count)
{
    for (uint32_t i = 0; i < piece->known_count; i++)
        if (fits(piece->known[i], same, count))
            return true;
    return piece->known_count == KNOWN_MAX; /* so many that a further one makes no difference */
}

void ff_piece_learn(ff_piece *piece, const uint64_t *same, size_t count)
{
    for (uint32_t i = 0; i < piece->known_count; i++)
        if (fits(piece->known[i], same, count)) {
            for (size_t j = 0; j < count; j++)
                piece->known[i][j] = piece->known[i][j] ? piece->known[i][j] : same[j];
            return;
        }
    if (piece->known_count < KNOWN_MAX)
        memcpy(piece->known[piece->known_count++], same, count * sizeof *same);
}

static void copy_line(ff_run *run, const kept *from, ff_kept_line *into)
{
    *into = from->line;
    into->text = ff_text_keep(run->arena, from->line.text, FF_LIMIT_KEPT_LINE_BYTES, &run->redactions);
}

static int by_sequence(const void *a, const void *b)
{
    uint64_t left = (*(const kept *const *)a)->line.sequence, right = (*(const kept *const *)b)->line.sequence;
    return left < right ? -1 : left > right;
}

/* All kept lines but the first and the last hit, in log order, each once: a hit can be another hit's context. */
static void copy_context(const ff_piece *piece, ff_run *run, ff_finding *finding)
{
    const kept *lines[CONTEXT + RING + 2];
    uint32_t count = lines_of(piece, lines);
    for (uint32_t i = 0; i < piece->context_count; i++)
        lines[count++] = &piece->context[i];
    qsort(lines, count, sizeof *lines, by_sequence);
    ff_kept_line *items = ff_arena_array(run->arena, count, sizeof *items);
    uint64_t first = finding->first.sequence, last = finding->last.sequence;
    for (uint32_t i = 0; items && i < count; i++) {
        uint64_t at = lines[i]->line.sequence;
        bool again = i > 0 && lines[i - 1]->line.sequence == at;
        if (at != first && at != last && !again)
            copy_line(run, lines[i], &items[finding->context_count++]);
    }
    finding->context = items;
}

static bool copy_captures(const ff_piece *piece, ff_run *run, ff_finding *finding)
{
    ff_capture *captures = ff_arena_array(run->arena, piece->captures.count, sizeof *captures);
    for (size_t i = 0; captures && i < piece->captures.count; i++) {
        const values *from = &piece->captures.items[i];
        ff_slice *items = ff_arena_array(run->arena, from->count, sizeof *items);
        for (size_t j = 0; items && j < from->count; j++)
            items[j] = ff_arena_dup(run->arena, from->items[j]);
        captures[i] = (ff_capture){ff_arena_dup(run->arena, from->name), items, (uint32_t)from->count, from->more};
    }
    finding->captures = captures;
    finding->capture_count = (uint32_t)piece->captures.count;
    return captures != NULL;
}

ff_status ff_piece_finding(const ff_piece *piece, const ff_rule *rule, ff_run *run, ff_finding *finding)
{
    *finding = (ff_finding){
        .rule = rule, .job = piece->job, .step = piece->step, .count = piece->count, .closed = piece->closed};
    copy_line(run, &piece->first, &finding->first);
    finding->last = finding->first;
    if (piece->pushed > 1)
        copy_line(run, last_line(piece), &finding->last);
    copy_context(piece, run, finding);
    run->redactions += piece->redactions;
    return copy_captures(piece, run, finding) && !run->arena->failed ? FF_OK : FF_NOMEM;
}
