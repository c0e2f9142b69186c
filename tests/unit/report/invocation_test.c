/* Commands that a report prints must work as they stand. */
#include "report/invocation.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *const PATTERNS[] = {"my rules"};
static const struct {
    const char *target, *host;
    bool known;
    uint32_t attempt, latest;
    size_t pattern_count;
    ff_invocation what;
    const char *expected;
} ROWS[] = {
    {"run.zip", "github.com", true, 1, 2, 0, {"triage", 0, NULL}, "firstfault triage run.zip"},
    {"7", "github.com", false, 1, 1, 0, {"triage", 0, NULL}, "firstfault triage 7"},
    {"4711", "github.com", true, 1, 1, 0, {"triage", 0, NULL}, "firstfault triage 4711 -R o/r"},
    {"4711", "ghe.example", true, 1, 1, 0, {"triage", 0, NULL}, "firstfault triage 4711 -R ghe.example/o/r"},
    {"4711",
     "github.com",
     true,
     1,
     2,
     0,
     {"triage", 0, " --format markdown"},
     "firstfault triage 4711 -R o/r --attempt 1 --format markdown"},
    {"4711", "github.com", true, 2, 2, 0, {"triage", 1, NULL}, "firstfault triage 4711 -R o/r --attempt 1"},
    {"https://github.com/o/r/actions/runs/4711",
     "github.com",
     true,
     2,
     2,
     0,
     {"triage", 1, NULL},
     "firstfault triage https://github.com/o/r/actions/runs/4711 --attempt 1"},
    {"https://github.com/o/r/actions/runs/4711/attempts/1",
     "github.com",
     true,
     1,
     2,
     0,
     {"triage", 0, NULL},
     "firstfault triage https://github.com/o/r/actions/runs/4711/attempts/1"},
    {"4711",
     "github.com",
     true,
     2,
     2,
     1,
     {"catalog draft", 0, NULL},
     "firstfault catalog draft 4711 -R o/r --patterns 'my rules'"},
    {"4711",
     "github.com",
     true,
     1,
     2,
     0,
     {"catalog draft", 0, NULL},
     "firstfault catalog draft https://github.com/o/r/actions/runs/4711/attempts/1"},
    {"my run.zip", "github.com", false, 0, 0, 0, {"catalog draft", 0, NULL}, "firstfault catalog draft 'my run.zip'"},
};

static void commands_are_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_run run = {.id = 4711, .host = ff_slice_of(ROWS[i].host), .repository = FF_LIT("o/r")};
        run.known = ROWS[i].known;
        run.attempt = ROWS[i].attempt;
        run.latest_attempt = ROWS[i].latest;
        ff_report report = {.run = &run, .target = ff_slice_of(ROWS[i].target)};
        ff_report_options options = {.patterns = PATTERNS, .pattern_count = ROWS[i].pattern_count};
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_invocation_add(&out, &report, &options, &ROWS[i].what);
        assert_string_equal(out.ptr, ROWS[i].expected);
        ff_buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
