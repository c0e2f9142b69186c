/* A stage for tests of the scan: rules as YAML, one a line in braces, then what jobs and steps print, line by line.
 *
 *     scene s;
 *     scene_open(&s, "  - {id: t.a, role: cause, match: 'quux'}\n");
 *     scene_step(&s, "job", "step");
 *     scene_say(&s, "a quux");
 *     scene_end(&s);                       // s.findings, s.run.notes
 *     scene_close(&s);
 */
#ifndef FF_TESTS_MATCH_SCENE_H
#define FF_TESTS_MATCH_SCENE_H

#include "catalog/catalog.h"
#include "match/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct scene {
    ff_catalog *catalog;
    ff_matcher *matcher;
    ff_arena arena;
    ff_run run;
    ff_scan *scan;
    ff_findings findings;
    uint32_t job, step;
    uint64_t line;
} scene;

/* What the loader asks for and these tests do not care about. */
static inline void scene_add_rules(char *yaml, size_t size, const char *rules)
{
    ff_slice rest = ff_slice_of(rules), rule;
    size_t used = (size_t)snprintf(yaml, size, "family: t\nrules:\n");
    while (ff_slice_take_until(&rest, '\n', &rule) && used < size)
        used +=
            (size_t)snprintf(yaml + used, size - used, "%.*s, title: T, examples: {match: [a, b], no_match: [c, d]}}\n",
                             FF_ARG(ff_slice_cut(rule, rule.len - 1)));
}

static inline void scene_open(scene *s, const char *rules)
{
    char yaml[8192];
    ff_error error = {0};
    *s = (scene){0};
    scene_add_rules(yaml, sizeof yaml, rules);
    if (ff_catalog_new(&s->catalog) != FF_OK ||
        ff_catalog_add_bytes(s->catalog, "t.yaml", ff_slice_of(yaml), "built-in", &error) != FF_OK ||
        ff_catalog_finish(s->catalog, &error) != FF_OK || ff_matcher_new(&s->matcher, s->catalog, &error) != FF_OK)
        fail_msg("%s", error.text);
    ff_arena_init(&s->arena, 0);
    ff_run_init(&s->run, &s->arena);
    assert_int_equal(ff_scan_new(&s->scan, s->matcher, &s->run, &error), FF_OK);
}

/* A new step; in a new job, if the last one has another name. */
static inline void scene_step(scene *s, const char *job, const char *step)
{
    size_t jobs = s->run.jobs.count;
    if (!jobs || !ff_slice_eq(s->run.jobs.items[jobs - 1].name, ff_slice_of(job)))
        assert_non_null(ff_run_add_job(&s->run, ff_slice_of(job)));
    s->job = (uint32_t)s->run.jobs.count - 1;
    assert_non_null(ff_run_add_step(&s->run, s->job, ff_slice_of(step)));
    s->step = (uint32_t)s->run.jobs.items[s->job].steps.count - 1;
}

static inline void scene_say_slice(scene *s, ff_line_kind kind, ff_slice text)
{
    ff_line line = {.kind = kind, .job = s->job, .step = s->step, .text = text, .body = text};
    line.place = (ff_place){.file = FF_LIT("log.txt"), .line = ++s->line, .time = FF_NO_TIME};
    assert_int_equal(ff_scan_line(s->scan, &line), FF_OK);
}

/* The line is freed right after: the scan may keep nothing of it. */
static inline void scene_say_as(scene *s, ff_line_kind kind, const char *text)
{
    size_t len = strlen(text);
    char *copy = malloc(len + 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    scene_say_slice(s, kind, (ff_slice){copy, len});
    free(copy);
}

static inline void scene_say(scene *s, const char *text)
{
    scene_say_as(s, FF_LINE_OUTPUT, text);
}

/* Several lines, each ended by LF. */
static inline void scene_tell(scene *s, const char *lines)
{
    ff_slice rest = ff_slice_of(lines), line;
    while (ff_slice_take_until(&rest, '\n', &line))
        scene_say_slice(s, FF_LINE_OUTPUT, line);
}

/* The matcher goes first: findings may not depend on it. */
static inline void scene_end(scene *s)
{
    ff_error error = {0};
    assert_int_equal(ff_scan_finish(s->scan, &s->findings, &error), FF_OK);
    ff_scan_free(s->scan);
    ff_matcher_free(s->matcher);
    s->scan = NULL;
    s->matcher = NULL;
}

static inline void scene_close(scene *s)
{
    ff_scan_free(s->scan);
    ff_matcher_free(s->matcher);
    ff_arena_release(&s->arena);
    ff_catalog_free(s->catalog);
}

/* All findings as `rule@first-last*count`, joined by blanks: what most tests look at. */
static inline const char *scene_found(const scene *s)
{
    static char text[4096];
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < s->findings.count && used < sizeof text; i++) {
        const ff_finding *f = &s->findings.items[i];
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "%s%.*s@%llu-%llu*%u", i ? " " : "", FF_ARG(f->rule->id),
                             (unsigned long long)f->first.place.line, (unsigned long long)f->last.place.line, f->count);
    }
    return text;
}

/* The values of a capture, joined by `,`; "" if there is none. */
static inline const char *scene_capture(const ff_finding *finding, const char *name)
{
    static char text[1024];
    const ff_capture *capture = ff_finding_capture(finding, ff_slice_of(name));
    size_t used = 0;
    text[0] = '\0';
    for (uint32_t i = 0; capture && i < capture->count && used < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s", i ? "," : "", FF_ARG(capture->values[i]));
    return text;
}

static inline bool scene_has_note(const scene *s, const char *code)
{
    for (size_t i = 0; i < s->run.notes.count; i++)
        if (strcmp(s->run.notes.items[i].code, code) == 0)
            return s->run.notes.items[i].partial;
    return false;
}

#endif
