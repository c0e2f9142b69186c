#include "match/prefilter.h"

#include "base/arena.h"

#include <stdlib.h>

enum { WORD = 64 };
#define ACCEPTS UINT32_C(0x80000000) /* in a cell: the state it leads to ends a literal */

/* More literals than this many states hold: the patterns left over are candidates always, which is slow and right. */
enum { STATES_MAX = 1 << 20 };

/* The ids that end in a state: its own, then those of the states behind `also`. */
typedef struct output {
    uint32_t id;
    uint32_t next; /* index of the next output, 0: none */
} output;

typedef struct state {
    uint32_t outputs; /* index of the first output, 0: none */
    uint32_t also;    /* the longest proper suffix state that has outputs, 0: none */
    uint32_t fail;
} state;

struct ff_prefilter {
    ff_arena arena;
    uint8_t columns[256]; /* byte -> column; 0 for bytes in no literal */
    uint32_t width;       /* columns, made a power of two */
    uint32_t shift;       /* log2 of width */
    uint32_t *cells;      /* state << shift | column -> the next state's first cell, with ACCEPTS */
    state *states;        /* 0 is the start */
    uint32_t state_count;
    output *outputs; /* 0 is not used */
    uint32_t output_count;
    uint64_t *always;
    size_t words;
    bool any_always;
};

static unsigned char fold(char byte)
{
    return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
}

static void number_columns(ff_prefilter *p, const ff_prefilter_entry *entries, size_t count)
{
    uint32_t used = 1;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < entries[i].literals.count; j++)
            for (size_t k = 0; k < entries[i].literals.items[j].len; k++) {
                unsigned char byte = fold(entries[i].literals.items[j].ptr[k]);
                if (!p->columns[byte] && used < UINT8_MAX)
                    p->columns[byte] = (uint8_t)used++;
            }
    while ((1u << p->shift) < used)
        p->shift++;
    p->width = 1u << p->shift;
    for (int byte = 'A'; byte <= 'Z'; byte++)
        p->columns[byte] = p->columns[byte | 0x20];
}

static void always(ff_prefilter *p, size_t id)
{
    p->always[id / WORD] |= UINT64_C(1) << id % WORD;
    p->any_always = true;
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

static void add(ff_prefilter *p, uint32_t id, ff_slice literal)
{
    uint32_t at = place(p, literal);
    uint32_t index = ++p->output_count;
    p->outputs[index] = (output){id, p->states[at].outputs};
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

/* Literals beyond the bound are left out as if their pattern had none. Returns how many bytes are left. */
static size_t measure(const ff_prefilter_entry *entries, size_t count, size_t *fitting, size_t *literals)
{
    size_t bytes = 0;
    *literals = 0;
    for (*fitting = 0; *fitting < count; ++*fitting) {
        size_t more = 0;
        const ff_texts *texts = &entries[*fitting].literals;
        for (size_t i = 0; i < texts->count; i++)
            more += texts->items[i].len;
        if (bytes + more >= STATES_MAX)
            break;
        bytes += more;
        *literals += texts->count;
    }
    return bytes;
}

ff_status ff_prefilter_new(ff_prefilter **prefilter, const ff_prefilter_entry *entries, size_t count)
{
    *prefilter = NULL;
    ff_prefilter *p = calloc(1, sizeof *p);
    if (!p)
        return FF_NOMEM;
    size_t fitting = 0, literals = 0;
    size_t states = measure(entries, count, &fitting, &literals) + 1;
    number_columns(p, entries, fitting);
    ff_arena_init(&p->arena, SIZE_MAX);
    p->words = (count + WORD - 1) / WORD;
    p->state_count = 1;
    p->always = ff_arena_array(&p->arena, p->words, sizeof *p->always);
    p->states = ff_arena_array(&p->arena, states, sizeof *p->states);
    p->cells = ff_arena_array(&p->arena, states << p->shift, sizeof *p->cells);
    p->outputs = ff_arena_array(&p->arena, literals + 1, sizeof *p->outputs);
    bool fine = !p->arena.failed;
    for (size_t i = 0; fine && i < count; i++) {
        if (!entries[i].never && (i >= fitting || !entries[i].literals.count))
            always(p, i);
        for (size_t j = 0; !entries[i].never && i < fitting && j < entries[i].literals.count; j++)
            add(p, (uint32_t)i, entries[i].literals.items[j]);
    }
    if (!fine || !link_states(p)) {
        ff_prefilter_free(p);
        return FF_NOMEM;
    }
    seal(p);
    *prefilter = p;
    return FF_OK;
}

void ff_prefilter_free(ff_prefilter *prefilter)
{
    if (prefilter)
        ff_arena_release(&prefilter->arena);
    free(prefilter);
}

size_t ff_prefilter_words(const ff_prefilter *prefilter)
{
    return prefilter->words;
}

static void collect(const ff_prefilter *p, uint32_t cell, uint64_t *candidates)
{
    for (uint32_t at = (cell & ~ACCEPTS) >> p->shift; at; at = p->states[at].also)
        for (uint32_t i = p->states[at].outputs; i; i = p->outputs[i].next)
            candidates[p->outputs[i].id / WORD] |= UINT64_C(1) << p->outputs[i].id % WORD;
}

bool ff_prefilter_run(const ff_prefilter *prefilter, ff_slice line, uint64_t *candidates)
{
    memcpy(candidates, prefilter->always, prefilter->words * sizeof *candidates);
    const uint32_t *cells = prefilter->cells;
    uint32_t cell = 0;
    bool any = prefilter->any_always;
    for (size_t i = 0; i < line.len; i++) {
        cell = cells[(cell & ~ACCEPTS) + prefilter->columns[(unsigned char)line.ptr[i]]];
        if (cell & ACCEPTS) {
            any = true;
            collect(prefilter, cell, candidates);
        }
    }
    return any;
}
