#include "match/prefilter.h"

#include "base/arena.h"
#include "base/limits.h"

#include <stdlib.h>

enum { WORD = 64, BYTES = 256, COLUMNS = 64 };
#define ACCEPTS UINT32_C(0x80000000) /* in a cell: the state it leads to ends a literal */

/* The sets of which a literal ends in a state: its own, then those of the states behind `also`. */
typedef struct output {
    uint32_t bit;  /* of the set: those of all first sets, then those of all second ones … */
    uint32_t next; /* index of the next output, 0: none */
} output;

typedef struct state {
    uint32_t outputs; /* index of the first output, 0: none */
    uint32_t also;    /* the longest proper suffix state that has outputs, 0: none */
    uint32_t fail;
} state;

struct ff_prefilter {
    ff_arena arena;
    uint8_t columns[BYTES]; /* byte -> column; 0 for bytes in no literal */
    uint32_t counts[BYTES]; /* of folded bytes in literals */
    uint32_t width;         /* columns, then made a power of two */
    uint32_t shift;         /* log2 of width */
    uint32_t *cells;        /* owned; state << shift | column -> the next state's first cell, with ACCEPTS */
    state *states;          /* 0 is the start */
    uint32_t state_count;
    output *outputs; /* 0 is not used */
    uint32_t output_count;
    uint64_t *given;  /* bits of sets that entries do not have: they count as found */
    uint64_t *always; /* entries that have none at all */
    size_t words;     /* of one bit for each entry */
    bool any_always;
};

static unsigned char fold(char byte)
{
    return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
}

typedef void (*visit_fn)(ff_prefilter *p, uint32_t bit, ff_slice literal);

static void visit(ff_prefilter *p, const ff_prefilter_entry *entries, size_t count, visit_fn fn)
{
    for (size_t i = 0; i < count; i++)
        for (size_t set = 0; set < entries[i].literals.count && !entries[i].never; set++)
            for (size_t j = 0; j < entries[i].literals.sets[set].count; j++)
                fn(p, (uint32_t)(set * p->words * WORD + i), entries[i].literals.sets[set].items[j]);
}

static void count_bytes(ff_prefilter *p, uint32_t bit, ff_slice literal)
{
    (void)bit;
    for (size_t i = 0; i < literal.len; i++)
        p->counts[fold(literal.ptr[i])]++;
}

/* The byte that literals hold most often and that has no column yet; -1 if there is none. */
static int next_byte(const ff_prefilter *p)
{
    int best = -1;
    for (int byte = 0; byte < BYTES; byte++)
        if (p->counts[byte] && !p->columns[byte] && (best < 0 || p->counts[byte] > p->counts[best]))
            best = byte;
    return best;
}

/* A row is as wide as the alphabet: the rarest bytes share the last column, which makes a few more candidates and the
 * automaton half as large. Column 0 is for bytes in no literal. */
static void number_columns(ff_prefilter *p)
{
    for (int byte; (byte = next_byte(p)) >= 0;) {
        p->width += p->width < COLUMNS - 1;
        p->columns[byte] = (uint8_t)p->width;
    }
    while ((1u << p->shift) < p->width + 1)
        p->shift++;
    p->width = 1u << p->shift;
    for (int byte = 'A'; byte <= 'Z'; byte++)
        p->columns[byte] = p->columns[byte | 0x20];
}

static void set_bit(uint64_t *bits, size_t at)
{
    bits[at / WORD] |= UINT64_C(1) << at % WORD;
}

/* Sets that are not looked for count as found, but not for an entry that is not asked for. */
static void give(ff_prefilter *p, const ff_prefilter_entry *entries, size_t count, size_t fitting)
{
    for (size_t i = 0; i < count; i++) {
        size_t sets = i < fitting ? entries[i].literals.count : 0;
        for (size_t set = sets; set < FF_LITERAL_SETS && !entries[i].never; set++)
            set_bit(p->given, set * p->words * WORD + i);
        if (!sets && !entries[i].never) {
            set_bit(p->always, i);
            p->any_always = true;
        }
    }
}

/* The state of a literal in the trie, made where it is missing. */
static uint32_t place(ff_prefilter *p, ff_slice literal)
{
    uint32_t at = 0;
    for (size_t i = 0; i < literal.len; i++) {
        uint32_t *cell = &p->cells[(at << p->shift) + p->columns[fold(literal.ptr[i])]];
        if (!*cell)
            *cell = p->state_count++;
        at = *cell;
    }
    return at;
}

static void add(ff_prefilter *p, uint32_t bit, ff_slice literal)
{
    uint32_t at = place(p, literal);
    uint32_t index = ++p->output_count;
    p->outputs[index] = (output){bit, p->states[at].outputs};
    p->states[at].outputs = index;
}

/* Breadth first: each state's fail state is nearer to the start, so its row is complete already. */
static bool link_states(ff_prefilter *p)
{
    uint32_t *queue = malloc(p->state_count * sizeof *queue);
    if (!queue)
        return false;
    uint32_t head = 0, tail = 0;
    queue[tail++] = 0;
    while (head < tail) {
        uint32_t at = queue[head++], fail = p->states[at].fail;
        p->states[at].also = p->states[fail].outputs && at ? fail : p->states[fail].also;
        for (uint32_t column = 0; column < p->width; column++) {
            uint32_t *cell = &p->cells[(at << p->shift) + column];
            uint32_t behind = at ? p->cells[(fail << p->shift) + column] : 0;
            if (*cell) {
                p->states[*cell].fail = behind;
                queue[tail++] = *cell;
            } else
                *cell = behind;
        }
    }
    free(queue);
    uint32_t *cut = realloc(p->cells, ((size_t)p->state_count << p->shift) * sizeof *cut);
    p->cells = cut ? cut : p->cells;
    return true;
}

/* From state numbers to what the loop over a line wants: the offset of the row, and whether to stop there. */
static void seal(ff_prefilter *p)
{
    for (size_t i = 0; i < (size_t)p->state_count << p->shift; i++) {
        const state *to = &p->states[p->cells[i]];
        p->cells[i] = p->cells[i] << p->shift | (to->outputs || to->also ? ACCEPTS : 0);
    }
}

/* How many bytes and texts the literals of an entry have. */
static size_t measure(const ff_prefilter_entry *entry, size_t *texts)
{
    size_t bytes = 0;
    for (size_t set = 0; set < entry->literals.count && !entry->never; set++) {
        const ff_texts *literals = &entry->literals.sets[set];
        *texts += literals->count;
        for (size_t i = 0; i < literals->count; i++)
            bytes += literals->items[i].len;
    }
    return bytes;
}

static bool build(ff_prefilter *p, const ff_prefilter_entry *entries, size_t count)
{
    size_t fitting = 0, states = 1, texts = 0, bytes;
    /* Patterns whose literals do not fit are candidates always, which is slow and right. */
    for (; fitting < count; fitting++, states += bytes)
        if ((bytes = measure(&entries[fitting], &texts)) > FF_LIMIT_PREFILTER_STATES - states)
            break;
    visit(p, entries, fitting, count_bytes);
    number_columns(p);
    p->state_count = 1;
    p->given = ff_arena_array(&p->arena, p->words * FF_LITERAL_SETS, sizeof *p->given);
    p->always = ff_arena_array(&p->arena, p->words, sizeof *p->always);
    /* Literals share their beginnings, so most of this is never touched: zeroed by the system, cut to size by
     * link_states. */
    p->cells = calloc(states << p->shift, sizeof *p->cells);
    p->states = calloc(states, sizeof *p->states);
    p->outputs = ff_arena_array(&p->arena, texts + 1, sizeof *p->outputs);
    if (p->arena.failed || !p->cells || !p->states)
        return false;
    give(p, entries, count, fitting);
    visit(p, entries, fitting, add);
    return link_states(p);
}

ff_status ff_prefilter_new(ff_prefilter **prefilter, const ff_prefilter_entry *entries, size_t count)
{
    *prefilter = NULL;
    ff_prefilter *p = calloc(1, sizeof *p);
    if (!p)
        return FF_NOMEM;
    ff_arena_init(&p->arena, SIZE_MAX);
    p->words = (count + WORD - 1) / WORD;
    if (!build(p, entries, count)) {
        ff_prefilter_free(p);
        return FF_NOMEM;
    }
    seal(p);
    *prefilter = p;
    return FF_OK;
}

void ff_prefilter_free(ff_prefilter *prefilter)
{
    if (prefilter) {
        ff_arena_release(&prefilter->arena);
        free(prefilter->cells);
        free(prefilter->states);
    }
    free(prefilter);
}

size_t ff_prefilter_words(const ff_prefilter *prefilter)
{
    return prefilter->words * FF_LITERAL_SETS;
}

static void collect(const ff_prefilter *p, uint32_t cell, uint64_t *found)
{
    for (uint32_t at = (cell & ~ACCEPTS) >> p->shift; at; at = p->states[at].also)
        for (uint32_t i = p->states[at].outputs; i; i = p->outputs[i].next)
            set_bit(found, p->outputs[i].bit);
}

/* Where a literal ends first in the line, or its length. */
static size_t first_end(const ff_prefilter *p, ff_slice line, uint32_t *cell)
{
    for (size_t i = 0; i < line.len; i++) {
        *cell = p->cells[*cell + p->columns[(unsigned char)line.ptr[i]]];
        if (*cell & ACCEPTS)
            return i;
    }
    return line.len;
}

bool ff_prefilter_run(const ff_prefilter *prefilter, ff_slice line, uint64_t *candidates)
{
    uint32_t cell = 0;
    size_t words = prefilter->words, i = first_end(prefilter, line, &cell);
    if (i == line.len) {
        memcpy(candidates, prefilter->always, words * sizeof *candidates);
        return prefilter->any_always;
    }
    memcpy(candidates, prefilter->given, words * FF_LITERAL_SETS * sizeof *candidates);
    collect(prefilter, cell, candidates);
    while (++i < line.len) {
        cell = prefilter->cells[(cell & ~ACCEPTS) + prefilter->columns[(unsigned char)line.ptr[i]]];
        if (cell & ACCEPTS)
            collect(prefilter, cell, candidates);
    }
    uint64_t any = 0;
    for (size_t word = 0; word < words; word++) {
        for (size_t set = 1; set < FF_LITERAL_SETS; set++)
            candidates[word] &= candidates[set * words + word];
        any |= candidates[word];
    }
    return any != 0;
}
