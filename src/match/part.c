#include "match/part.h"

#include "match/literal.h"

enum {
    COPIES_MAX = 8, /* of x{n} written out */
    TEXTS_MAX = 16, /* texts of an alternation that counts as exact */
};

ff_part ff_part_exactly(ff_words texts)
{
    return (ff_part){.exact = true, .head = texts, .tail = texts};
}

ff_part ff_part_nothing(void)
{
    return ff_part_exactly(ff_words_empty_text());
}

ff_part ff_part_anything(void)
{
    return (ff_part){.head = ff_words_empty_text(), .tail = ff_words_empty_text()};
}

ff_part ff_part_byte(ff_arena *arena, char byte)
{
    char *text = ff_arena_alloc(arena, 2);
    if (!text)
        return ff_part_anything();
    *text = byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
    ff_words one = ff_words_one(arena, (ff_slice){text, 1});
    return one.count ? ff_part_exactly(one) : ff_part_anything();
}

ff_sequence ff_sequence_start(void)
{
    return (ff_sequence){.exact = true, .open = ff_words_empty_text()};
}

/* Adds a condition where its score puts it, unless another one says as much already. */
static void require(ff_required *required, ff_words texts)
{
    uint32_t score = ff_words_score(texts);
    if (!score)
        return;
    size_t kept = 0;
    ff_required old = *required;
    for (size_t i = 0; i < FF_PART_SETS && old.sets[i].count; i++) {
        if (ff_words_imply(old.sets[i], texts))
            return;
        if (!ff_words_imply(texts, old.sets[i]))
            old.sets[kept++] = old.sets[i];
    }
    size_t at = 0;
    while (at < kept && ff_words_score(old.sets[at]) >= score)
        at++;
    *required = (ff_required){0};
    for (size_t i = 0, j = 0; i < FF_PART_SETS && (j < kept || i == at); i++)
        required->sets[i] = i == at ? texts : old.sets[j++];
}

static void require_all(ff_required *required, const ff_required *more)
{
    for (size_t i = 0; i < FF_PART_SETS; i++)
        require(required, more->sets[i]);
}

/* The text before the next piece is not known any further: from here on it begins with one of `open`. */
static void cut(ff_sequence *seq, ff_words open)
{
    require(&seq->required, seq->open);
    if (seq->exact)
        seq->head = seq->open;
    seq->exact = false;
    seq->open = open;
}

void ff_sequence_append(ff_arena *arena, ff_sequence *seq, ff_part next)
{
    require_all(&seq->required, &next.required);
    if (!ff_words_join(arena, &seq->open, next.head))
        cut(seq, next.head);
    if (!next.exact)
        cut(seq, next.tail);
}

ff_part ff_sequence_end(ff_sequence *seq)
{
    require(&seq->required, seq->open);
    return (ff_part){
        .exact = seq->exact, .head = seq->exact ? seq->open : seq->head, .tail = seq->open, .required = seq->required};
}

static void unite(ff_arena *arena, ff_words *texts, ff_words other)
{
    if (!ff_words_add(arena, texts, other, TEXTS_MAX))
        *texts = ff_words_empty_text();
}

ff_part ff_part_either(ff_arena *arena, ff_part a, ff_part b)
{
    ff_words texts = a.head;
    if (a.exact && b.exact && ff_words_add(arena, &texts, b.head, TEXTS_MAX))
        a.head = a.tail = texts;
    else {
        a.exact = false;
        unite(arena, &a.head, b.head);
        unite(arena, &a.tail, b.tail);
    }
    ff_required both = {0};
    for (size_t i = 0; i < FF_PART_SETS; i++) {
        ff_words set = a.required.sets[i];
        if (set.count && ff_words_add(arena, &set, b.required.sets[i], FF_LITERAL_COUNT))
            require(&both, set);
    }
    a.required = both;
    return a;
}

ff_part ff_part_repeat(ff_arena *arena, ff_part once, uint64_t least, uint64_t most)
{
    if (most == 0)
        return ff_part_nothing();
    if (least == 0) {
        ff_words texts = once.head;
        if (most == 1 && once.exact && ff_words_add(arena, &texts, ff_words_empty_text(), TEXTS_MAX))
            return ff_part_exactly(texts);
        return ff_part_anything();
    }
    if (!once.exact)
        return once;
    ff_sequence seq = ff_sequence_start();
    require_all(&seq.required, &once.required);
    uint64_t copies = 0;
    while (copies < least && copies < COPIES_MAX && ff_words_join(arena, &seq.open, once.head))
        copies++;
    if (copies < most)
        cut(&seq, once.tail);
    return ff_sequence_end(&seq);
}
