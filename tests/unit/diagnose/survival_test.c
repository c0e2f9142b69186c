/* A command that failed in the failing step, and whether the step went on behind it. */
#include "diagnose/survival.h"

#include "unit/diagnose/held.h"

static const ff_verify GUARDED[] = {{.probe = FF_TEXT("command-guarded")}};
static const ff_slice TESTS[] = {FF_TEXT("test")};
static const ff_rule MISSING = {.id = FF_TEXT("app.missing"),
                                .family = FF_TEXT("app"),
                                .role = FF_ROLE_CAUSE,
                                .severity = FF_SEVERITY_ERROR,
                                .verify = GUARDED,
                                .verify_count = 1,
                                .where = {.kinds = FF_LINES_PRINTED}};
static const ff_rule TOOL = {.id = FF_TEXT("app.tool"),
                             .family = FF_TEXT("app"),
                             .role = FF_ROLE_CAUSE,
                             .severity = FF_SEVERITY_ERROR,
                             .where = {.kinds = FF_LINES_PRINTED}};
static const ff_rule UNHEALTHY = {.id = FF_TEXT("health.bad"),
                                  .family = FF_TEXT("health"),
                                  .role = FF_ROLE_SYMPTOM,
                                  .severity = FF_SEVERITY_ERROR,
                                  .where = {.kinds = FF_LINES_PRINTED}};
static const ff_rule FAILED_TEST = {.id = FF_TEXT("suite.failed"),
                                    .family = FF_TEXT("suite"),
                                    .role = FF_ROLE_SYMPTOM,
                                    .severity = FF_SEVERITY_ERROR,
                                    .tags = {TESTS, 1},
                                    .where = {.kinds = FF_LINES_PRINTED}};

typedef struct row {
    const char *script;
    const ff_rule *before, *cause, *behind; /* what was printed, in this order; NULL: nothing */
    bool tolerated, open;
} row;

static void expect(const row *r)
{
    held h;
    held_open(&h, NULL, 0);
    held_script(&h, HELD_BUILD, r->script);
    if (r->before)
        (void)held_find(&h, r->before, HELD_BUILD, "before", NULL, NULL);
    (void)held_find(&h, r->cause, HELD_BUILD, "seed is missing", "command", "seed");
    if (r->behind)
        (void)held_find(&h, r->behind, HELD_BUILD, "behind", NULL, NULL);
    held_prepare(&h);
    assert_int_equal(ff_survival_mark_all(&h.k.work), FF_OK);
    const ff_diagnosis *d = held_of(&h, r->cause);
    assert_non_null(d);
    bool open = ff_survival_is_open(&h.k.work, d);
    if (d->tolerated != r->tolerated || (d->standing == FF_STANDING_TOLERATED) != r->tolerated || open != r->open)
        fail_msg("%s: tolerated %d, open %d", r->script, d->tolerated, open);
    held_close(&h);
}

static void a_failure_that_the_script_ignores_did_not_end_the_step(void **state)
{
    (void)state;
    static const row rows[] = {
        {"tool seed || true\nmake\n", NULL, &MISSING, NULL, true, false},
        {"tool seed || echo \"no seed\"\nmake\n", NULL, &MISSING, NULL, true, false},
        {"timeout 60 tool seed || :\nmake\n", NULL, &MISSING, NULL, true, false},
        /* One call of several ends the script. */
        {"tool seed || true\ntool seed\n", NULL, &MISSING, NULL, false, false},
        /* Kept for later, or not ignored at all. */
        {"tool seed || rc=$?\nexit $rc\n", NULL, &MISSING, NULL, false, false},
        {"tool seed || exit 1\n", NULL, &MISSING, NULL, false, false},
        {"tool seed || tool other\n", NULL, &MISSING, NULL, false, false},
        {"set +e\ntool seed\nrc=$?\nexit $rc\n", NULL, &MISSING, NULL, false, false},
        {"tool seed\n", NULL, &MISSING, NULL, false, false},
        {"if tool help seed; then tool seed; fi\n", NULL, &MISSING, NULL, false, false},
        {"make\n", NULL, &MISSING, NULL, false, false},
        /* Of other commands nobody says that they only prepare something. */
        {"tool seed || true\n", NULL, &TOOL, NULL, false, false},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(&rows[i]);
}

static void what_failed_behind_a_call_shows_that_the_script_went_on(void **state)
{
    (void)state;
    static const row rows[] = {
        {"tool seed | tee log\ncheck\n", NULL, &MISSING, &UNHEALTHY, true, false},
        {"tool seed || tool other\nsuite\n", NULL, &MISSING, &FAILED_TEST, true, false},
        {"sh -c 'tool seed; tool next'\ncheck\n", NULL, &MISSING, &UNHEALTHY, true, false},
        {"try() { \"$@\" || echo no; }\ntry tool seed\ncheck\n", NULL, &MISSING, &UNHEALTHY, true, false},
        /* A call that the script does not show leaves it open; a test may print such words itself. */
        {"for c in seed; do tool $c || echo no; done\ncheck\n", NULL, &MISSING, &UNHEALTHY, false, true},
        {"make deploy\n", NULL, &MISSING, &UNHEALTHY, false, true},
        {"make test\n", NULL, &MISSING, &FAILED_TEST, false, false},
        /* The logs of a service that was asked before, and a check that lacks its own client. */
        {"check\n", &UNHEALTHY, &MISSING, &UNHEALTHY, false, false},
        {"tool seed | tee log\ncheck\n", NULL, &TOOL, &UNHEALTHY, false, false},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(&rows[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_that_the_script_ignores_did_not_end_the_step),
        cmocka_unit_test(what_failed_behind_a_call_shows_that_the_script_went_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
