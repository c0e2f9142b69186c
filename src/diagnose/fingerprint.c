#include <stdlib.h>

#include "base/limits.h"
#include "base/sha256.h"
#include "diagnose/mask.h"
#include "diagnose/wording.h"

/* Bytes of a sentence that count. Patterns and FF_LIMIT_KEPT_LINE_BYTES cut long ones before they are masked, so that
 * how far they go depends on how long the paths in them are. */
enum { SENTENCE_MAX = 120 };

/* Captures that differ from run to run although the cause is the same. A rule with `fingerprint:` names its own. */
static bool is_volatile(ff_slice name)
{
    static const ff_slice names[] = {
        FF_TEXT("attempt"), FF_TEXT("limit"),   FF_TEXT("failed"),   FF_TEXT("total"),      FF_TEXT("line"),
        FF_TEXT("column"),  FF_TEXT("port"),    FF_TEXT("percent"),  FF_TEXT("actual"),     FF_TEXT("seconds"),
        FF_TEXT("url"),     FF_TEXT("minutes"), FF_TEXT("passed"),   FF_TEXT("errors"),     FF_TEXT("failures"),
        FF_TEXT("bytes"),   FF_TEXT("pid"),     FF_TEXT("duration"), FF_TEXT("time"),       FF_TEXT("date"),
        FF_TEXT("since"),   FF_TEXT("hash"),    FF_TEXT("count"),    FF_TEXT("count2"),     FF_TEXT("line2"),
        FF_TEXT("issues"),  FF_TEXT("thread"),  FF_TEXT("commit"),   FF_TEXT("limit_text"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ff_slice_eq(names[i], name))
            return true;
    return false;
}

/* Captures whose digits are the point, however many there are. */
static bool is_exact(ff_slice name)
{
    static const ff_slice names[] = {
        FF_TEXT("code"), FF_TEXT("status"),  FF_TEXT("exit_code"), FF_TEXT("signal"),
        FF_TEXT("rule"), FF_TEXT("version"), FF_TEXT("wanted"),    FF_TEXT("found"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ff_slice_eq(names[i], name))
            return true;
    return false;
}

static bool is_named(const ff_rule *rule, ff_slice name)
{
    for (size_t i = 0; i < rule->stable.count; i++)
        if (ff_slice_eq(rule->stable.items[i], name))
            return true;
    return false;
}

/* True if the log has said all by which the rule tells one cause from another; `[]` is nothing. */
static bool is_complete(const ff_diagnosis *d)
{
    size_t found = 0;
    for (uint32_t i = 0; i < d->capture_count; i++)
        found += is_named(d->rule, d->captures[i].name);
    return d->rule->stable.items && found >= d->rule->stable.count;
}

static int by_bytes(const void *a, const void *b)
{
    return ff_slice_cmp(*(const ff_slice *)a, *(const ff_slice *)b);
}

static ff_slice masked(ff_arena *arena, ff_slice text, ff_mask mask)
{
    ff_buf buf;
    ff_buf_init(&buf, FF_MASK_BYTES_MAX);
    ff_mask_add(&buf, text, mask);
    ff_slice whole = ff_buf_slice(&buf);
    bool sentence = ff_slice_find_byte(whole, ' ') < whole.len;
    ff_slice made = ff_arena_dup(arena, sentence ? ff_slice_cut(whole, SENTENCE_MAX) : whole);
    arena->failed = arena->failed || ff_buf_status(&buf) != FF_OK;
    ff_buf_release(&buf);
    return made;
}

/* As a set: in which order tests or compilers run is no part of the cause. */
static void add_values(ff_sha256 *digest, ff_arena *arena, const ff_capture *capture)
{
    ff_slice values[FF_LIMIT_CAPTURE_VALUES];
    bool exact = is_exact(capture->name);
    for (uint32_t i = 0; i < capture->count; i++)
        values[i] = exact ? capture->values[i] : masked(arena, capture->values[i], FF_MASK_FLEETING);
    qsort(values, capture->count, sizeof *values, by_bytes);
    for (uint32_t i = 0; i < capture->count; i++)
        if (i == 0 || !ff_slice_eq(values[i], values[i - 1]))
            ff_sha256_field(digest, values[i]);
}

/* The captures that the rule names. Where it names none, or the log lacks one of them, all that stay the same: an
 * exception without its message would be that of any test. Returns how many. */
static uint32_t add_captures(ff_sha256 *digest, ff_arena *arena, const ff_diagnosis *d)
{
    bool complete = is_complete(d);
    uint32_t added = 0;
    for (uint32_t i = 0; i < d->capture_count; i++) {
        const ff_capture *capture = &d->captures[i];
        if (!is_named(d->rule, capture->name) && (complete || is_volatile(capture->name)))
            continue;
        ff_sha256_field(digest, capture->name);
        add_values(digest, arena, capture);
        added++;
    }
    return added;
}

/* Nothing in the log says what the cause is, so that only where it happened can tell it from another. The repository
 * does not count: logs on disk do not name it, and the same run has one fingerprint wherever it is read. */
static void add_place(ff_sha256 *digest, ff_arena *arena, const ff_case *c, const ff_diagnosis *d)
{
    if (d->job != FF_NO_INDEX && d->step != FF_NO_INDEX)
        ff_sha256_field(digest, masked(arena, ff_run_step(c->run, d->job, d->step)->name, FF_MASK_NUMBERS));
}

static void add_unknown(ff_sha256 *digest, ff_arena *arena, const ff_case *c, const ff_diagnosis *d)
{
    if (!d->evidence_count)
        return;
    const ff_evidence *evidence = &d->evidence[0];
    if (evidence->kind == FF_EVIDENCE_API) /* its lines say how long it took */
        ff_sha256_field(digest, masked(arena, d->title, FF_MASK_NUMBERS));
    else if (evidence->line_count)
        ff_sha256_field(digest, masked(arena, evidence->lines[0].text, FF_MASK_NUMBERS));
    if (evidence->kind == FF_EVIDENCE_LOG && evidence->line_count > 1) /* the last lines, none of them like an error */
        add_place(digest, arena, c, d);
}

ff_status ff_fingerprint_make(const ff_case *c, ff_diagnosis *d)
{
    ff_arena arena;
    ff_sha256 *digest = ff_sha256_new();
    if (!digest)
        return FF_NOMEM;
    ff_arena_init(&arena, 0);
    ff_sha256_field(digest, FF_LIT("firstfault.fingerprint/1"));
    ff_sha256_field(digest, d->rule ? d->rule->id : FF_LIT(""));
    if (!d->rule)
        add_unknown(digest, &arena, c, d);
    else if (add_captures(digest, &arena, d) == 0 && d->rule->role != FF_ROLE_CAUSE)
        add_place(digest, &arena, c, d);
    ff_status status = ff_sha256_finish(digest, d->fingerprint);
    if (status == FF_OK && arena.failed)
        status = FF_NOMEM;
    ff_arena_release(&arena);
    ff_sha256_free(digest);
    return status;
}
