/* Lines through a small catalog that has every condition: findings are placed, ordered, bounded and safe to show. */
#include "fuzz.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "catalog/catalog.h"
#include "match/scan.h"

#define EXAMPLES ", title: T, examples: {match: [a, b], no_match: [c, d]}}\n"

static const char RULES[] =
    "family: t\nrules:\n"
    "  - {id: t.plain, role: cause, match: 'missing (?<name>.*)', unless: never" EXAMPLES
    "  - {id: t.loop, role: symptom, match: 'answer (?<status>\\d+)', repeat: {at_least: 3, same: [status], "
    "closed_by: 'gave up(?<limit>.*)'}" EXAMPLES
    "  - {id: t.below, role: cause, match: hit, follow: {lines: 3, found: ['below', 'low (?<low>.*)']}" EXAMPLES
    "  - {id: t.clean, role: cause, match: hit, follow: {lines: 3, unless_found: fine}" EXAMPLES
    "  - {id: t.above, role: cause, match: hit, before: {lines: 3, found: '(?<above>.*)above'}" EXAMPLES
    "  - {id: t.absent, role: cause, match: '.', absent: {found: present}" EXAMPLES
    "  - {id: t.beside, role: cause, match: 'e', requires: {same_step: [t.plain]}, where: {text: any}" EXAMPLES
    "  - {id: t.wild, role: cause, match: '(?:a+)+[bd]'" EXAMPLES;

static void check_text(ff_slice text, size_t max)
{
    FF_PROMISE(text.len <= max && ff_utf8_valid(text));
    for (size_t i = 0; i < text.len; i++)
        FF_PROMISE((unsigned char)text.ptr[i] >= 0x20);
}

static void check_finding(const ff_finding *f)
{
    FF_PROMISE(f->count >= 1 && f->first.sequence <= f->last.sequence);
    FF_PROMISE(f->context_count <= FF_LIMIT_EVIDENCE_LINES);
    FF_PROMISE(f->count > 1 || f->first.sequence == f->last.sequence);
    check_text(f->first.text, FF_LIMIT_KEPT_LINE_BYTES);
    check_text(f->last.text, FF_LIMIT_KEPT_LINE_BYTES);
    for (uint32_t i = 0; i < f->context_count; i++) {
        FF_PROMISE(i == 0 || f->context[i - 1].sequence < f->context[i].sequence);
        check_text(f->context[i].text, FF_LIMIT_KEPT_LINE_BYTES);
    }
    for (uint32_t i = 0; i < f->capture_count; i++) {
        FF_PROMISE(f->captures[i].count >= 1 && f->captures[i].count <= FF_LIMIT_CAPTURE_VALUES);
        for (uint32_t j = 0; j < f->captures[i].count; j++)
            check_text(f->captures[i].values[j], FF_LIMIT_CAPTURE_BYTES);
    }
}

/* The first byte of a line says what kind it has and whether a step or a job begins with it. */
static void feed(ff_scan *scan, ff_run *run, ff_slice text)
{
    static const ff_place PLACE = {.file = {"fuzz", 4}, .line = 1, .time = FF_NO_TIME};
    unsigned char head = text.len ? (unsigned char)text.ptr[0] : 0;
    if ((!run->jobs.count || head == 'J') && !ff_run_add_job(run, text))
        return;
    uint32_t job = (uint32_t)run->jobs.count - 1;
    if ((!run->jobs.items[job].steps.count || head == 'S') && !ff_run_add_step(run, job, text))
        return;
    ff_line line = {
        .kind = head < FF_LINE_KIND_COUNT ? (ff_line_kind)head : FF_LINE_OUTPUT, .job = job, .place = PLACE};
    line.step = (uint32_t)run->jobs.items[job].steps.count - 1;
    line.text = line.body = ff_slice_cut(text, FF_LIMIT_LINE_BYTES);
    FF_PROMISE(ff_scan_line(scan, &line) == FF_OK);
}

static void run_scan(const ff_matcher *matcher, ff_slice text)
{
    ff_arena arena;
    ff_run run;
    ff_scan *scan = NULL;
    ff_findings findings;
    ff_slice line;
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    FF_PROMISE(ff_scan_new(&scan, matcher, &run, NULL) == FF_OK);
    while (ff_slice_take_until(&text, '\n', &line))
        feed(scan, &run, line);
    FF_PROMISE(ff_scan_finish(scan, &findings, NULL) == FF_OK);
    for (size_t i = 0; i < findings.count; i++) {
        check_finding(&findings.items[i]);
        FF_PROMISE(i == 0 || findings.items[i - 1].first.sequence <= findings.items[i].first.sequence);
    }
    ff_scan_free(scan);
    ff_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ff_catalog *catalog;
    static ff_matcher *matcher; /* made once; reachable to the end, so no leak */
    ff_error error = {0};
    if (!matcher) {
        FF_PROMISE(ff_catalog_new(&catalog) == FF_OK);
        FF_PROMISE(ff_catalog_add_bytes(catalog, "fuzz.yaml", ff_slice_of(RULES), "built-in", &error) == FF_OK);
        FF_PROMISE(ff_catalog_finish(catalog, &error) == FF_OK);
        FF_PROMISE(ff_matcher_new(&matcher, catalog, &error) == FF_OK);
    }
    run_scan(matcher, ff_fuzz_input(data, size));
    return 0;
}
