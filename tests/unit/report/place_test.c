#include "report/place.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char FILE_NAME[] = "deploy/6_check.txt";

/* One run with one job and one step of which everything is known. */
typedef struct setting {
    ff_arena arena;
    ff_run run;
    ff_evidence evidence;
} setting;

static void setting_init(setting *s)
{
    *s = (setting){.evidence = {.number = 1, .end_line = 57}};
    ff_arena_init(&s->arena, 0);
    ff_run_init(&s->run, &s->arena);
    s->run.host = FF_LIT("github.com");
    s->run.repository = FF_LIT("owner/repo");
    s->run.id = 19821302147;
    ff_run_add_job(&s->run, FF_LIT("deploy"))->id = 7;
    ff_step *step = ff_run_add_step(&s->run, 0, FF_LIT("check"));
    step->number = 6;
    step->file = ff_slice_of(FILE_NAME);
    step->first_line = 30;
    s->evidence.place = (ff_place){.file = step->file, .line = 38};
}

static void run_urls_are_built_only_from_checked_parts(void **state)
{
    (void)state;
    static const struct {
        const char *host, *repository;
        uint64_t id;
        bool built;
    } rows[] = {
        {"github.com", "owner/repo", 1, true},
        {"ghe.example-corp.com", "o-w_n/r.e_p-o", 1, true},
        {"github.com", "owner/.github", 1, true},
        {"", "owner/repo", 1, false},
        {"github.com", "", 1, false},
        {"github.com", "owner/repo", 0, false},
        {"github.com", "owner", 1, false},
        {"github.com", "owner/", 1, false},
        {"github.com", "/repo", 1, false},
        {"github.com", "owner/..", 1, false},
        {"github.com", "owner/.", 1, false},
        {"github.com", "owner/repo/more", 1, false},
        {"github.com", "owner/re po", 1, false},
        {"github.com", "owner/repo)", 1, false},
        {"github.com", "ow](x/repo", 1, false},
        {"github.com", "../repo", 1, false},
        {"github.com/x", "owner/repo", 1, false},
        {"user@github.com", "owner/repo", 1, false},
        {"github..com", "owner/repo", 1, false},
        {".github.com", "owner/repo", 1, false},
        {"git\xC3\xAFhub.com", "owner/repo", 1, false},
        {"github.com:8443", "owner/repo", 1, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_run run = {
            .host = ff_slice_of(rows[i].host), .repository = ff_slice_of(rows[i].repository), .id = rows[i].id};
        ff_buf out;
        ff_buf_init(&out, 1000);
        assert_int_equal(ff_place_add_run_url(&out, &run), rows[i].built);
        assert_int_equal(out.len > 0, rows[i].built);
        ff_buf_release(&out);
    }
    ff_run run = {.host = FF_LIT("github.com"), .repository = {"owner/re\0o", 10}, .id = 1};
    ff_buf out;
    ff_buf_init(&out, 1000);
    assert_false(ff_place_add_run_url(&out, &run));
    ff_buf_release(&out);
}

static void a_line_url_counts_lines_within_the_step(void **state)
{
    (void)state;
    setting s;
    setting_init(&s);
    ff_buf out;
    ff_buf_init(&out, 1000);
    assert_true(ff_place_add_line_url(&out, &s.run, &s.evidence));
    assert_string_equal(out.ptr, "https://github.com/owner/repo/actions/runs/19821302147/job/7#step:6:9");
    ff_buf_release(&out);
    ff_arena_release(&s.arena);
}

static void forget_job_id(setting *s)
{
    s->run.jobs.items[0].id = 0;
}

static void forget_number(setting *s)
{
    s->run.jobs.items[0].steps.items[0].number = 0;
}

static void forget_line(setting *s)
{
    s->evidence.place.line = 0;
}

static void move_before_step(setting *s)
{
    s->evidence.place.line = 29;
}

static void move_to_other_file(setting *s)
{
    s->evidence.place.file = FF_LIT("other.txt");
}

static void forget_step(setting *s)
{
    s->evidence.step = FF_NO_INDEX;
}

static void forget_host(setting *s)
{
    s->run.host = (ff_slice){0};
}

static void a_line_without_all_its_parts_has_no_url(void **state)
{
    (void)state;
    static void (*const changes[])(setting * s) = {forget_job_id,      forget_number, forget_line, move_before_step,
                                                   move_to_other_file, forget_step,   forget_host};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        setting s;
        setting_init(&s);
        changes[i](&s);
        ff_buf out;
        ff_buf_init(&out, 1000);
        assert_false(ff_place_add_line_url(&out, &s.run, &s.evidence));
        assert_int_equal(out.len, 0);
        ff_buf_release(&out);
        ff_arena_release(&s.arena);
    }
}

static void names_say_what_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *job, *step;
        uint32_t job_index, step_index;
        const char *expected;
    } rows[] = {
        {"deploy", "check", 0, 0, "deploy › check"},
        {"deploy", "check", 0, FF_NO_INDEX, "deploy"},
        {"deploy", "check", FF_NO_INDEX, FF_NO_INDEX, "the log"},
        {"deploy", "check", 5, 5, "the log"},
        {"", "check", 0, 0, "check"},
        {"deploy", "", 0, 0, "deploy › step 6"},
        {"", "", 0, 0, "a step without a name in 6_check.txt"},
        {"", "", 0, FF_NO_INDEX, "the job"},
        {"deploy", "Run helm upgrade --install ledger charts/ledger --namespace dev", 0, 0,
         "deploy › Run helm upgrade --install ledger charts/ledger --namespace …"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        setting s;
        setting_init(&s);
        s.run.jobs.items[0].name = ff_slice_of(rows[i].job);
        s.run.jobs.items[0].steps.items[0].name = ff_slice_of(rows[i].step);
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out};
        ff_place_say_step(&voice, &s.run, rows[i].job_index, rows[i].step_index);
        assert_string_equal(out.ptr, rows[i].expected);
        ff_buf_release(&out);
        ff_arena_release(&s.arena);
    }
}

static void give_the_step_a_neighbour(setting *s)
{
    ff_run_add_step(&s->run, 0, FF_LIT("other"))->file = ff_slice_of(FILE_NAME);
}

static void lose_the_names(setting *s)
{
    give_the_step_a_neighbour(s);
    s->run.jobs.items[0].name = s->run.jobs.items[0].steps.items[0].name = (ff_slice){0};
}

static void a_source_is_named_by_its_file_where_that_says_enough(void **state)
{
    (void)state;
    static const struct {
        void (*change)(setting *s);
        const char *expected;
    } rows[] = {
        {NULL, "deploy/6_check.txt:38-57"},
        {give_the_step_a_neighbour, "deploy › check at deploy/6_check.txt:38-57"},
        {lose_the_names, "deploy/6_check.txt:38-57"},
        {forget_line, "deploy › check"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        setting s;
        setting_init(&s);
        if (rows[i].change)
            rows[i].change(&s);
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out};
        ff_place_say_source(&voice, &s.run, &s.evidence);
        assert_string_equal(out.ptr, rows[i].expected);
        ff_buf_release(&out);
        ff_arena_release(&s.arena);
    }
}

static void only_long_names_are_cut(void **state)
{
    (void)state;
    char name[61];
    memset(name, 'n', sizeof name);
    assert_false(ff_place_is_cut((ff_slice){name, sizeof name - 1}));
    assert_true(ff_place_is_cut((ff_slice){name, sizeof name}));
}

static void a_step_is_numbered_among_the_highest_number_known(void **state)
{
    (void)state;
    setting s;
    setting_init(&s);
    ff_buf out;
    ff_buf_init(&out, 1000);
    ff_voice voice = {.out = &out};
    ff_place_say_number(&voice, &s.run, 0, 0);
    assert_string_equal(out.ptr, " in step 6");
    ff_run_add_step(&s.run, 0, FF_LIT("done"))->number = 8;
    ff_buf_reset(&out);
    ff_place_say_number(&voice, &s.run, 0, 0);
    assert_string_equal(out.ptr, " in step 6 of 8");
    ff_buf_reset(&out);
    ff_run_add_step(&s.run, 0, FF_LIT("unknown"));
    ff_place_say_number(&voice, &s.run, 0, 2);
    assert_int_equal(out.len, 0);
    ff_buf_release(&out);
    ff_arena_release(&s.arena);
}

static void lines_are_named_with_their_file(void **state)
{
    (void)state;
    setting s;
    setting_init(&s);
    ff_buf out;
    ff_buf_init(&out, 1000);
    ff_voice voice = {.out = &out, .markdown = true, .in_cell = true};
    ff_place_say_lines(&voice, &s.evidence);
    s.evidence.end_line = 38;
    ff_place_say_lines(&voice, &s.evidence);
    s.evidence.place.line = 0;
    ff_place_say_lines(&voice, &s.evidence);
    assert_string_equal(out.ptr, "`deploy/6_check.txt:38-57``deploy/6_check.txt:38`no line");
    ff_buf_release(&out);
    ff_arena_release(&s.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run_urls_are_built_only_from_checked_parts),
        cmocka_unit_test(a_line_url_counts_lines_within_the_step),
        cmocka_unit_test(a_line_without_all_its_parts_has_no_url),
        cmocka_unit_test(names_say_what_is_known),
        cmocka_unit_test(a_source_is_named_by_its_file_where_that_says_enough),
        cmocka_unit_test(only_long_names_are_cut),
        cmocka_unit_test(a_step_is_numbered_among_the_highest_number_known),
        cmocka_unit_test(lines_are_named_with_their_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
