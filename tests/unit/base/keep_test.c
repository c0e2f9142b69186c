/* Secrets are masked, near misses are not, and what is kept is safe to show. No value here was ever valid; they are put
 * together from parts, so that no scanner takes this file for a leak. */
#include "base/keep.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define D8 "a1B2c3D4"
#define D16 D8 "e5F6g7H8"
#define D32 D16 "i9J0k1L2m3N4o5P6"
#define D36 D32 "q7R8"
#define H16 "0123456789abcdef"
#define H32 H16 "fedcba9876543210"
#define U16 "ABCDEFGHIJ234567"

static const struct {
    const char *text, *masked;
} SECRETS[] = {
    {"gh"
     "p_" D36,
     "***"},
    {"token gh"
     "o_" D36 ".",
     "token ***."},
    {"https://x-access-token:gh"
     "s_" D36 "@github.com/o/r",
     "https://x-access-token:***@github.com/o/r"},
    {"gh"
     "u_" D36 " gh"
     "r_" D36,
     "*** ***"},
    {"github_"
     "pat_11AAAAAAA0" D36 "_" D36,
     "***"},
    {"gh"
     "s_123_eyJhbGciOiJ9." D16 "." D16,
     "***"},
    {"key AK"
     "IA" U16 " used",
     "key *** used"},
    {"AS"
     "IA" U16,
     "***"},
    {"aws_secret_access_key=" D36 "/+Ab", "aws_secret_access_key=***"},
    {"AWS_SECRET_ACCESS_KEY: " D36 "/+Ab", "AWS_SECRET_ACCESS_KEY: ***"},
    {"xox"
     "b-123456789012-" D16,
     "***"},
    {"post to https://hooks.slack.com/"
     "services/T0001/B0001/" D16,
     "post to https://hooks.slack.com/services/***"},
    {"sk_"
     "live_" D16 " rk_"
     "live_" D16,
     "*** ***"},
    {"AI"
     "za" D32 "xyz",
     "***"},
    {"np"
     "m_" D36,
     "***"},
    {"py"
     "pi-AgEIcHlwaS5vcmc" D32,
     "***"},
    {"glp"
     "at-" D16 "zzzz",
     "***"},
    {"OPENAI: s"
     "k-" D32,
     "OPENAI: ***"},
    {"s"
     "k-proj-" D32 " s"
     "k-ant-api03-" D32,
     "*** ***"},
    {"S"
     "G." D16 "abcdef." D36,
     "***"},
    {"S"
     "K" H32,
     "***"},
    {"bot 123456789:"
     "AA" D32 "xyz",
     "bot ***"},
    {"https://api.telegram.org/bot123456789:"
     "AA" D32 "xyz/send",
     "https://api.telegram.org/bot***/send"},
    {"dop_"
     "v1_" H32 H32,
     "***"},
    {"dckr_"
     "pat_" D16 "zzzz",
     "***"},
    {"h"
     "f_" D32,
     "***"},
    {"jwt ey"
     "JhbGciOiJIUzI1NiJ9.ey"
     "JzdWIiOiIxMjM0NTY3ODkwIn0." D32 " ok",
     "jwt *** ok"},
    {"-----BEGIN RSA "
     "PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----",
     "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----"},
    {"key: -----BEGIN "
     "PRIVATE KEY-----MIIabc",
     "key: -----BEGIN PRIVATE KEY-----***"},
    {D32 "/" D16 "+" D8 "xyzABC", "***"},
    {"b3BlbnNzaC1rZXktdjE"
     "AAAAABG5vbmUAAAAE",
     "***"},
    {"Authorization: Bearer abcdefgh12345678", "Authorization: Bearer ***"},
    {"authorization: basic dXNlcjpwYXNz", "authorization: basic ***"},
    {"AUTHORIZATION: token abcdefgh1", "AUTHORIZATION: token ***"},
    {"\"Authorization\": \"Bearer abcdefgh12345678\"", "\"Authorization\": \"Bearer ***\""},
    {"curl -H 'Bearer " D32 "'", "curl -H 'Bearer ***'"},
    {"postgres://app:hunter2@db:5432/x", "postgres://app:***@db:5432/x"},
    {"redis://:s3cr3t@cache", "redis://:***@cache"},
    {"amqp://u:p@ss@host/", "amqp://u:***@host/"},
    {"DB_PASSWORD=correcthorse", "DB_PASSWORD=***"},
    {"password=\"Tr0ub4dor&3,x;y\" z", "password=\"***\" z"},
    {"DB_PASSWORD=Tr0ub4dor&3 x", "DB_PASSWORD=*** x"},
    {"https://h/?a=1&token=abcdefgh1&b=2", "https://h/?a=1&token=***&b=2"},
    {"  client_secret: abcdefgh1", "  client_secret: ***"},
    {"MYSQL_ROOT_PASSWORD: swordfishes", "MYSQL_ROOT_PASSWORD: ***"},
    {"{\"api_key\": \"abc12345\"}", "{\"api_key\": \"***\"}"},
    {"API-KEY=abcdefgh", "API-KEY=***"},
    {"--password hunter2222 --x", "--password *** --x"},
    {"AccountKey=" D36 D36 "==;Endpoint", "AccountKey=***;Endpoint"},
    {"https://x.blob.core.windows.net/a?sv=1&sig=" D32 "%3D", "https://x.blob.core.windows.net/a?sv=1&sig=***%3D"},
};

static const char *const HARMLESS[] = {
    "",
    "token: ***",
    "  token: ***",
    "password: ***",
    "password authentication failed for user \"app\"",
    "secret=${X} token=$TOKEN password=%PASSWORD% token=<token>",
    "secret: ${{ secrets.DEPLOY_KEY_2 }}",
    "AUTHORIZATION: basic ***",
    "Authorization: Bearer $TOKEN_123456",
    "Bearer realm=\"https://ghcr.io/token\"",
    "https://user:***@github.com/o/r",
    "https://$USER:$PASS@host/",
    "http://localhost:8000/api@v1",
    "https://github.com/o/r/tree/a:b@c",
    "SyntaxError: Unexpected token: punctuation",
    "Invalid token: expected string",
    "error: invalid secret: not found",
    "password=short",
    "PASSWORD is required",
    "token_type: abcdefgh12",
    "tokens: 1234567890",
    "max_tokens=123456789",
    "login(user=user, password=password_value)",
    "    token=self.token",
    "password=os.environ[\"DB\"]",
    "secret=get_secret('x')",
    "if token == abcdefghijk:",
    "ghp_short",
    "a sk-learn-something-with-a-long-name",
    "task-force-one-two-three-four-five-A1",
    "AKIA" U16 "X",
    "xAKIA" U16,
    "npm_config_cache=/home/runner/.npm/_cacache/index/tmp",
    "SK" H16,
    "sha256:" H32 H32,
    H32 H32,
    "/home/runner/work/project/project/node_modules/some/path/A1/index12",
    "eyJhbGciOiJIUzI1NiJ9 alone",
    "-----BEGIN CERTIFICATE-----",
    "-----BEGIN RSA PUBLIC KEY-----",
    "12:AAB",
    "PWD=/home/runner/work/project",
    "commit c4192f4c16a6322ebf3c24e94e871ad42da05eae",
    "hf_hub_download",
    "test_password_reset PASSED",
    "X-Secret-Name: production",
};

static void redact(ff_buf *buf, const char *text, uint32_t *count)
{
    ff_buf_init(buf, 1 << 20);
    *count = ff_text_redact(buf, ff_slice_of(text));
    assert_int_equal(ff_buf_status(buf), FF_OK);
}

static uint32_t count_masks(const char *text)
{
    uint32_t count = 0;
    for (const char *at = text; (at = strstr(at, "***")) != NULL; at += 3)
        count++;
    return count;
}

static void test_every_known_shape_is_masked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof SECRETS / sizeof *SECRETS; i++) {
        ff_buf buf;
        uint32_t count;
        redact(&buf, SECRETS[i].text, &count);
        if (!ff_slice_eq(ff_buf_slice(&buf), ff_slice_of(SECRETS[i].masked)))
            fail_msg("\"%s\" became \"%.*s\"", SECRETS[i].text, FF_ARG(ff_buf_slice(&buf)));
        assert_int_equal(count, count_masks(SECRETS[i].masked));
        ff_buf_release(&buf);
    }
}

static void test_near_misses_are_left_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof HARMLESS / sizeof *HARMLESS; i++) {
        ff_buf buf;
        uint32_t count;
        redact(&buf, HARMLESS[i], &count);
        if (count || !ff_slice_eq(ff_buf_slice(&buf), ff_slice_of(HARMLESS[i])))
            fail_msg("\"%s\" became \"%.*s\"", HARMLESS[i], FF_ARG(ff_buf_slice(&buf)));
        ff_buf_release(&buf);
    }
}

static void test_bytes_around_a_secret_are_unchanged(void **state)
{
    (void)state;
    static const char text[] = "\0\xFF\x1b[31m gh"
                               "p_" D36 "\0\r\n";
    static const char masked[] = "\0\xFF\x1b[31m ***\0\r\n";
    ff_buf buf;
    ff_buf_init(&buf, 1000);
    assert_int_equal(ff_text_redact(&buf, (ff_slice){text, sizeof text - 1}), 1);
    assert_true(ff_slice_eq(ff_buf_slice(&buf), (ff_slice){masked, sizeof masked - 1}));
    ff_buf_release(&buf);
}

static void test_what_is_kept_is_masked_safe_and_short(void **state)
{
    (void)state;
    ff_arena arena;
    uint32_t count = 0;
    ff_arena_init(&arena, 0);
    ff_slice kept = ff_text_keep(&arena,
                                 FF_LIT("a\x1b[31m\xFF gh"
                                        "p_" D36 " b"),
                                 400, &count);
    assert_true(ff_slice_eq(kept, FF_LIT("a\\x1b[31m\xEF\xBF\xBD *** b")));
    assert_int_equal(count, 1);
    /* A token that the cut goes through is masked, not halved. */
    kept = ff_text_keep(&arena,
                        FF_LIT("0123456789 gh"
                               "p_" D36 " and more"),
                        20, &count);
    assert_true(ff_slice_eq(kept, FF_LIT("0123456789 ***\xE2\x80\xA6")));
    assert_int_equal(count, 2);
    kept = ff_text_keep(&arena, FF_LIT("0123456789"), 10, &count);
    assert_true(ff_slice_eq(kept, FF_LIT("0123456789")));
    kept = ff_text_keep(&arena, FF_LIT("0123456789x"), 10, &count);
    assert_true(ff_slice_eq(kept, FF_LIT("0123456\xE2\x80\xA6")));
    assert_int_equal(ff_text_keep(&arena, (ff_slice){0}, 10, &count).len, 0);
    assert_int_equal(count, 2);
    ff_arena_release(&arena);
}

static void test_no_cut_ever_shows_a_part_of_a_token(void **state)
{
    (void)state;
    ff_arena arena;
    ff_arena_init(&arena, 0);
    for (size_t max = 3; max < 80; max++) {
        uint32_t count = 0;
        ff_slice kept = ff_text_keep(&arena,
                                     FF_LIT("before gh"
                                            "p_" D36 " after"),
                                     max, &count);
        assert_true(kept.len <= max);
        assert_int_equal(ff_slice_find(kept, FF_LIT("hp_")), SIZE_MAX);
        assert_int_equal(ff_slice_find(kept, FF_LIT("a1B2")), SIZE_MAX);
    }
    ff_arena_release(&arena);
}

/* A rule captures a password without the word in front of it. */
static void test_a_part_of_a_line_is_masked_by_what_stands_around_it(void **state)
{
    (void)state;
    static const struct {
        const char *whole, *part, *kept;
    } cases[] = {
        {"connect password=" D16 " failed", D16, "***"},
        {"fetch https://me:" D16 "@host/x", D16 "@host", "***@host"},
        {"Authorization: Basic " D16, D8, "***"},
        {"gh"
         "p_" D36 " was refused",
         D8, "***"},
        {"gh"
         "p_" D36 " was refused",
         "R8 was", "*** was"},
        {"user=" D16 " failed", D16, D16},
        {"password=" D16 " user=me", "me", "me"},
    };
    ff_arena arena;
    ff_arena_init(&arena, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t count = 0;
        ff_slice whole = ff_slice_of(cases[i].whole), part = ff_slice_of(cases[i].part);
        part.ptr = whole.ptr + ff_slice_find(whole, part);
        ff_slice kept = ff_text_keep_part(&arena, whole, part, 100, &count);
        if (!ff_slice_eq(kept, ff_slice_of(cases[i].kept)))
            fail_msg("of \"%s\" \"%.*s\" was kept", cases[i].whole, FF_ARG(kept));
        assert_int_equal(count, count_masks(cases[i].kept));
    }
    ff_arena_release(&arena);
}

/* Claims can be of any length, and text is looked at only so far. */
static void test_a_long_web_token_is_masked_although_its_end_is_not_seen(void **state)
{
    (void)state;
    enum { CLAIMS = 9000 };
    static const char head[] = "token eyJhbGciOiJIUzI1NiJ9.eyJ";
    static char text[sizeof head + CLAIMS] = "";
    memcpy(text, head, sizeof head);
    ff_arena arena;
    ff_arena_init(&arena, 0);
    for (size_t claims = 100; claims <= CLAIMS; claims += 100) {
        uint32_t count = 0;
        memset(text + sizeof head - 1, 'a', claims);
        ff_slice kept = ff_text_keep(&arena, (ff_slice){text, sizeof head - 1 + claims}, 400, &count);
        assert_true(ff_slice_starts(kept, FF_LIT("token ***")));
        assert_true(kept.len <= 12);
    }
    ff_arena_release(&arena);
}

/* Text made to be slow: a long run of beginnings that lead nowhere. */
static void test_hostile_text_costs_no_more_than_its_length(void **state)
{
    (void)state;
    static const char *const units[] = {"token=$",    "sk-",  "eyJ",  "://",        "=",
                                        "password: ", "ghp_", "a:b@", "-----BEGIN "};
    enum { LEN = 32 * 1024 };
    char *text = malloc(LEN);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t len = strlen(units[i]);
        for (size_t at = 0; at < LEN; at++)
            text[at] = units[i][at % len];
        ff_buf buf;
        ff_buf_init(&buf, 4 * LEN);
        (void)ff_text_redact(&buf, (ff_slice){text, LEN});
        assert_int_equal(ff_buf_status(&buf), FF_OK);
        ff_buf_release(&buf);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_known_shape_is_masked),
        cmocka_unit_test(test_near_misses_are_left_alone),
        cmocka_unit_test(test_bytes_around_a_secret_are_unchanged),
        cmocka_unit_test(test_what_is_kept_is_masked_safe_and_short),
        cmocka_unit_test(test_a_part_of_a_line_is_masked_by_what_stands_around_it),
        cmocka_unit_test(test_a_long_web_token_is_masked_although_its_end_is_not_seen),
        cmocka_unit_test(test_no_cut_ever_shows_a_part_of_a_token),
        cmocka_unit_test(test_hostile_text_costs_no_more_than_its_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
