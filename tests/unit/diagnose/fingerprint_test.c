/* What two diagnoses must have in common to be of one group, and what must keep them apart. */
#include "diagnose/wording.h"
#include "unit/diagnose/known.h"

enum { VALUES = 3, CAPTURES = 4, LINES = 2 };

/* A rule and what it captured, or lines that no rule knows. A capture is named where it has a name. */
typedef struct sample {
    ff_role role;
    bool none;         /* the rule says `fingerprint: []` */
    const char *named; /* `fingerprint`; NULL: not given */
    struct {
        const char *name, *values[VALUES];
    } captures[CAPTURES];
    const char *lines[LINES];
    const char *repository, *step; /* NULL: acme/shop, Run tests */
} sample;

static const ff_slice no_names[1];

static uint32_t add_captures(ff_arena *arena, const sample *from, ff_capture *captures)
{
    uint32_t count = 0;
    for (; count < CAPTURES && from->captures[count].name; count++) {
        ff_slice *values = ff_arena_array(arena, VALUES, sizeof *values);
        captures[count] = (ff_capture){.name = ff_slice_of(from->captures[count].name), .values = values};
        for (uint32_t i = 0; i < VALUES && from->captures[count].values[i]; i++)
            values[captures[count].count++] = ff_slice_of(from->captures[count].values[i]);
    }
    return count;
}

static void print(const sample *from, char fingerprint[FF_SHA256_HEX + 1])
{
    known k;
    known_open(&k);
    k.run.repository = ff_slice_of(from->repository ? from->repository : "acme/shop");
    const char *step = from->step ? from->step : "Run tests";
    known_job(&k, "test", 'f', 70, (known_step[]){{step, 'f', 60}, {0}});
    ff_slice named = ff_slice_of(from->named);
    ff_rule rule = {.id = FF_LIT("app.sample"), .role = from->role};
    if (from->none || from->named)
        rule.stable = (ff_texts){from->none ? no_names : &named, from->none ? 0 : 1};
    ff_capture captures[CAPTURES];
    ff_kept_line lines[LINES] = {{.text = ff_slice_of(from->lines[0])}, {.text = ff_slice_of(from->lines[1])}};
    uint32_t line_count = (from->lines[0] != NULL) + (from->lines[1] != NULL);
    ff_evidence evidence = {.kind = FF_EVIDENCE_LOG, .lines = lines, .line_count = line_count};
    ff_diagnosis d = {
        .rule = line_count ? NULL : &rule, .evidence = &evidence, .evidence_count = 1, .captures = captures};
    d.capture_count = add_captures(&k.arena, from, captures);
    k.work.run = &k.run;
    assert_int_equal(ff_fingerprint_make(&k.work, &d), FF_OK);
    memcpy(fingerprint, d.fingerprint, FF_SHA256_HEX + 1);
    known_close(&k);
}

#define LONG                                                                                                        \
    "the first of many words of a sentence that goes on and on and on until a pattern, or what is kept of a line, " \
    "ends it "

static const struct {
    const char *why;
    bool same;
    sample one, other;
} ROWS[] = {
    {"a value is what tells causes apart",
     false,
     {.captures = {{"module", {"six"}}}},
     {.captures = {{"module", {"yaml"}}}}},
    {"the order in which tests fail is not",
     true,
     {.captures = {{"test", {"test_a", "test_b"}}}},
     {.captures = {{"test", {"test_b", "test_a"}}}}},
    {"one more test is another failure",
     false,
     {.captures = {{"test", {"test_a", "test_b"}}}},
     {.captures = {{"test", {"test_a"}}}}},
    {"the same file of two checkouts",
     true,
     {.captures = {{"file", {"/home/runner/work/shop/shop/src/a.c"}}}},
     {.captures = {{"file", {"D:\\a\\shop\\shop\\src\\a.c"}}}}},
    {"two values that are one when masked",
     true,
     {.captures = {{"file", {"/tmp/tmp1a/x", "/tmp/tmp2b/x"}}}},
     {.captures = {{"file", {"/tmp/tmp3c/x"}}}}},
    {"paths are told apart", false, {.captures = {{"path", {"/etc/a.env"}}}}, {.captures = {{"path", {"/etc/b.env"}}}}},
    {"counters are not",
     true,
     {.captures = {{"failed", {"2"}}, {"passed", {"9"}}}},
     {.captures = {{"failed", {"3"}}, {"passed", {"8"}}}}},
    {"nor is a place in a file",
     true,
     {.captures = {{"file", {"a.c"}}, {"line", {"2"}}}},
     {.captures = {{"file", {"a.c"}}, {"line", {"31"}}}}},
    {"a code is exact however long",
     false,
     {.captures = {{"exit_code", {"3221225477"}}}},
     {.captures = {{"exit_code", {"3221225786"}}}}},
    {"only what the rule names counts",
     true,
     {.named = "message", .captures = {{"message", {"x"}}, {"test", {"a"}}}},
     {.named = "message", .captures = {{"message", {"x"}}, {"test", {"b"}}}}},
    {"all else does where the log lacks it",
     false,
     {.named = "message", .captures = {{"exception", {"E"}}, {"test", {"a"}}}},
     {.named = "message", .captures = {{"exception", {"E"}}, {"test", {"b"}}}}},
    {"a rule may name nothing",
     true,
     {.none = true, .captures = {{"path", {"/var/a"}}}},
     {.none = true, .captures = {{"path", {"/srv/b"}}}}},
    {"the end of a long sentence may have been cut off",
     true,
     {.captures = {{"reason", {LONG "and more"}}}},
     {.captures = {{"reason", {LONG "and"}}}}},
    {"a cause without captures is the same everywhere",
     true,
     {.role = FF_ROLE_CAUSE},
     {.role = FF_ROLE_CAUSE, .repository = "acme/web", .step = "Build"}},
    {"nor does the repository tell them apart, which logs on disk do not name",
     true,
     {.role = FF_ROLE_SYMPTOM},
     {.role = FF_ROLE_SYMPTOM, .repository = "acme/web"}},
    {"but a symptom without captures is not that of another step",
     false,
     {.role = FF_ROLE_CONSEQUENCE},
     {.role = FF_ROLE_CONSEQUENCE, .step = "Build"}},
    {"unless these are two legs of a matrix",
     true,
     {.role = FF_ROLE_CONSEQUENCE, .step = "Test on 3.11"},
     {.role = FF_ROLE_CONSEQUENCE, .step = "Test on 3.12"}},
    {"a symptom with a capture is the same everywhere",
     true,
     {.role = FF_ROLE_SYMPTOM, .captures = {{"test", {"a"}}}},
     {.role = FF_ROLE_SYMPTOM, .captures = {{"test", {"a"}}}, .repository = "acme/web"}},
    {"a line like an error, with other numbers",
     true,
     {.lines = {"odd error in job 7"}},
     {.lines = {"odd error in job 12"}, .step = "Build"}},
    {"with another code", false, {.lines = {"odd error: code 7"}}, {.lines = {"odd error: code 12"}}},
    {"a last line in the same step", true, {.lines = {"Done.", "exit"}}, {.lines = {"Done.", "quit"}}},
    {"and in another one", false, {.lines = {"Done.", "exit"}}, {.lines = {"Done.", "exit"}, .step = "Build"}},
};

static void equal_causes_have_equal_fingerprints_and_others_have_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        char one[FF_SHA256_HEX + 1], other[FF_SHA256_HEX + 1];
        print(&ROWS[i].one, one);
        print(&ROWS[i].other, other);
        if ((strcmp(one, other) == 0) != ROWS[i].same)
            fail_msg("%s: the fingerprints are %s", ROWS[i].why, ROWS[i].same ? "different" : "equal");
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_causes_have_equal_fingerprints_and_others_have_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
