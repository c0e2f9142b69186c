/* Captures in the texts of rules. */
#include "diagnose/template.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const ff_slice statuses[] = {{"000", 3}, {"500", 3}, {"502", 3}, {"503", 3}};
static const ff_slice hostile[] = {{"a`b; rm -rf /", 13}};
static const ff_slice plain[] = {{"pm-backend", 10}};
static const ff_slice option[] = {{"--all", 5}};

static const ff_capture captures[] = {
    {.name = {"status", 6}, .values = statuses, .count = 4, .more = false},
    {.name = {"name", 4}, .values = hostile, .count = 1},
    {.name = {"container", 9}, .values = plain, .count = 1},
    {.name = {"flag", 4}, .values = option, .count = 1},
};

static ff_rule rule = {.id = {"a.b", 3}};
static const ff_finding finding = {.rule = &rule, .captures = captures, .capture_count = 4};

static const struct {
    const char *text;
    ff_template_mode mode;
    const char *filled;
} ROWS[] = {
    {"no capture at all", FF_TEMPLATE_PLAIN, "no capture at all"},
    {"HTTP ${status} on ${count} attempts", FF_TEMPLATE_PLAIN, "HTTP 000, 500, 502 and 1 more on 20 attempts"},
    {"HTTP ${status:first}", FF_TEMPLATE_PLAIN, "HTTP 000"},
    {"HTTP ${status:first} from ${container:first}", FF_TEMPLATE_TITLE, "HTTP 000 from pm-backend and 3 more"},
    {"HTTP ${status}", FF_TEMPLATE_TITLE, "HTTP 000, 500, 502 and 1 more"},
    {"${container:first}", FF_TEMPLATE_TITLE, "pm-backend"},
    {"see ${container:first}, ${limit:first}", FF_TEMPLATE_PLAIN, "see pm-backend, ?"},
    {"of ${limit} attempts", FF_TEMPLATE_PLAIN, "of ? attempts"},
    {"on ${count}$[ of ${limit}] attempts", FF_TEMPLATE_PLAIN, "on 20 attempts"},
    {"in $[${container} ]now$[ of ${limit}]", FF_TEMPLATE_PLAIN, "in pm-backend now"},
    {"open ${status", FF_TEMPLATE_PLAIN, "open ${status"},
    {"open $[${status}", FF_TEMPLATE_PLAIN, "open $[000, 500, 502 and 1 more"},
    {"$5 and $ and {x}", FF_TEMPLATE_PLAIN, "$5 and $ and {x}"},
    {"", FF_TEMPLATE_PLAIN, ""},
    {"see ${name}", FF_TEMPLATE_MARKUP, "see `a'b; rm -rf /`"},
    {"run `rm ${name}` and `ls ${name}`: ${name}", FF_TEMPLATE_MARKUP,
     "run `rm a'b; rm -rf /` and `ls a'b; rm -rf /`: `a'b; rm -rf /`"},
    {"do\n```sh\nls ${name}\n```\nthen ${name}", FF_TEMPLATE_MARKUP,
     "do\n```sh\nls a'b; rm -rf /\n```\nthen `a'b; rm -rf /`"},
    {"an `open span\nsee ${name}", FF_TEMPLATE_MARKUP, "an `open span\nsee `a'b; rm -rf /`"},
    {"docker logs ${container} --tail 100", FF_TEMPLATE_COMMAND, "docker logs pm-backend --tail 100"},
    {"docker logs ${name}", FF_TEMPLATE_COMMAND, "docker logs NAME"},
    {"docker logs ${missing}", FF_TEMPLATE_COMMAND, "docker logs MISSING"},
    {"docker logs ${flag}", FF_TEMPLATE_COMMAND, "docker logs FLAG"},
};

static void captures_fill_texts_and_stay_inert(void **state)
{
    ff_arena arena;
    ff_run run;
    (void)state;
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    ff_findings none = {0};
    ff_case c = {.run = &run, .findings = &none};
    ff_diagnosis diagnosis = {.finding = &finding, .count = 20};
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_slice filled = ff_template_fill(&c, ff_slice_of(ROWS[i].text), &diagnosis, ROWS[i].mode);
        if (!ff_slice_eq(filled, ff_slice_of(ROWS[i].filled)))
            fail_msg("'%s' became '%.*s'", ROWS[i].text, FF_ARG(filled));
    }
    ff_arena_release(&arena);
}

static void context_findings_lend_their_captures_the_nearest_first(void **state)
{
    static const ff_slice near_name[] = {{"near", 4}}, far_name[] = {{"far", 3}}, own_name[] = {{"own", 3}};
    static const ff_capture near = {.name = {"service", 7}, .values = near_name, .count = 1};
    static const ff_capture far = {.name = {"service", 7}, .values = far_name, .count = 1};
    static const ff_capture own = {.name = {"service", 7}, .values = own_name, .count = 1};
    static const ff_slice tag = {"context", 7};
    static const ff_rule context = {.id = {"c.c", 3}, .tags = {&tag, 1}};
    ff_finding list[] = {
        {.rule = &context, .job = 1, .step = 0, .captures = &far, .capture_count = 1},
        {.rule = &context, .job = 0, .step = 3, .captures = &near, .capture_count = 1},
        {.rule = &rule, .job = 0, .step = 3, .captures = &own, .capture_count = 1}, /* no context: lends nothing */
    };
    ff_findings findings = {list, 3, 3};
    ff_case c = {.findings = &findings};
    ff_finding asking = {.rule = &rule, .job = 0, .step = 2};
    (void)state;
    assert_ptr_equal(ff_case_capture(&c, &asking, 0, FF_LIT("service")), &near);
    assert_ptr_equal(ff_case_capture(&c, &asking, 7, FF_LIT("service")), &far);
    assert_ptr_equal(ff_case_capture(&c, &list[2], 0, FF_LIT("service")), &own);
    assert_null(ff_case_capture(&c, &asking, 0, FF_LIT("nobody")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(captures_fill_texts_and_stay_inert),
        cmocka_unit_test(context_findings_lend_their_captures_the_nearest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
