#include "base/buf.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "diagnose/wording.h"

/* Captures that differ from run to run although the cause is the same. A rule with `fingerprint:` names its own. */
static bool is_volatile(ff_slice name)
{
    static const ff_slice names[] = {
        FF_TEXT("attempt"), FF_TEXT("limit"),   FF_TEXT("failed"), FF_TEXT("total"),
        FF_TEXT("line"),    FF_TEXT("column"),  FF_TEXT("port"),   FF_TEXT("percent"),
        FF_TEXT("actual"),  FF_TEXT("seconds"), FF_TEXT("url"),    FF_TEXT("path"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ff_slice_eq(names[i], name))
            return true;
    return false;
}

static bool is_stable(const ff_rule *rule, ff_slice name)
{
    for (size_t i = 0; i < rule->stable.count; i++)
        if (ff_slice_eq(rule->stable.items[i], name))
            return true;
    return rule->stable.count == 0 && !is_volatile(name);
}

static void add_captures(ff_sha256 *digest, const ff_diagnosis *d)
{
    for (uint32_t i = 0; i < d->capture_count; i++) {
        if (!is_stable(d->rule, d->captures[i].name))
            continue;
        ff_sha256_field(digest, d->captures[i].name);
        for (uint32_t v = 0; v < d->captures[i].count; v++)
            ff_sha256_field(digest, d->captures[i].values[v]);
    }
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* A run of hexadecimal digits with a decimal one in it becomes `#`, so that numbers, hashes and addresses are equal. */
static void add_masked(ff_sha256 *digest, ff_slice text)
{
    ff_buf masked;
    ff_buf_init(&masked, 2 * FF_LIMIT_KEPT_LINE_BYTES);
    while (text.len) {
        size_t run = 0;
        bool digit = false;
        for (; run < text.len && is_hex(text.ptr[run]); run++)
            digit = digit || (text.ptr[run] >= '0' && text.ptr[run] <= '9');
        ff_buf_add(&masked, digit ? FF_LIT("#") : ff_slice_cut(text, run ? run : 1));
        text = ff_slice_from(text, run ? run : 1);
    }
    ff_sha256_field(digest, ff_buf_slice(&masked));
    ff_buf_release(&masked);
}

ff_status ff_fingerprint_make(ff_diagnosis *d)
{
    ff_sha256 *digest = ff_sha256_new();
    if (!digest)
        return FF_NOMEM;
    ff_sha256_field(digest, FF_LIT("firstfault.fingerprint/1"));
    ff_sha256_field(digest, d->rule ? d->rule->id : FF_LIT(""));
    if (d->rule)
        add_captures(digest, d);
    else if (d->evidence_count && d->evidence[0].kind == FF_EVIDENCE_API) /* its lines say how long it took */
        add_masked(digest, d->title);
    else if (d->evidence_count && d->evidence[0].line_count)
        add_masked(digest, d->evidence[0].lines[0].text);
    ff_status status = ff_sha256_finish(digest, d->fingerprint);
    ff_sha256_free(digest);
    return status;
}
