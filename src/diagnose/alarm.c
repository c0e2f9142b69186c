#include "diagnose/alarm.h"

#include "base/limits.h"

#include <assert.h>

/* Words of trouble. `whole` wants no letter, digit, `-`, `_`, `.` or `/` beside the word, so that names of files, flags
 * and options do not count. Lower case; the line's case is folded. */
static const struct {
    ff_slice word;
    uint32_t weight;
    bool whole;
} WORDS[] = {
    {FF_TEXT("panic:"), 5, false},
    {FF_TEXT("fatal:"), 5, false},
    {FF_TEXT("fatal error"), 5, true},
    {FF_TEXT("unhandled exception"), 5, true},
    {FF_TEXT("uncaught"), 4, true},
    {FF_TEXT("segmentation fault"), 5, true},
    {FF_TEXT("error:"), 4, false},
    {FF_TEXT("exception:"), 4, false},
    {FF_TEXT("error[e"), 4, false},
    {FF_TEXT("failure:"), 3, false},
    {FF_TEXT("traceback (most recent"), 4, false},
    {FF_TEXT("failed:"), 3, false},
    {FF_TEXT("assertion"), 3, true},
    {FF_TEXT("no space left"), 5, true},
    {FF_TEXT("permission denied"), 4, true},
    {FF_TEXT("command not found"), 4, true},
    {FF_TEXT("no such file or directory"), 3, true},
    {FF_TEXT("connection refused"), 3, true},
    {FF_TEXT("undefined reference"), 4, true},
    {FF_TEXT("cannot find"), 3, true},
    {FF_TEXT("could not"), 3, true},
    {FF_TEXT("unable to"), 3, true},
    {FF_TEXT("not found"), 2, true},
    {FF_TEXT("timed out"), 3, true},
    {FF_TEXT("denied"), 2, true},
    {FF_TEXT("aborted"), 2, true},
    {FF_TEXT("invalid"), 2, true},
    {FF_TEXT("unexpected"), 2, true},
    {FF_TEXT("fatal"), 3, true},
    {FF_TEXT("error"), 2, true},
    {FF_TEXT("errors"), 2, true},
    {FF_TEXT("failed"), 2, true},
    {FF_TEXT("failure"), 2, true},
    {FF_TEXT("fail"), 2, true},
    {FF_TEXT("exception"), 2, true},
    {FF_TEXT("cannot"), 2, true},
    {FF_TEXT("missing"), 1, true},
    {FF_TEXT("refused"), 2, true},
    {FF_TEXT("blocking"), 1, true},
    {FF_TEXT("crashed"), 3, true},
    {FF_TEXT("\xE2\x9C\x97"), 2, false},
    {FF_TEXT("\xE2\x9D\x8C"), 2, false},
    {FF_TEXT("\xE2\x9C\x96"), 2, false},
    {FF_TEXT("must be"), 1, true},
};

/* Words that turn the ones above into the opposite. */
static const ff_slice CALMING[] = {
    FF_TEXT("0 errors"),
    FF_TEXT("0 failed"),
    FF_TEXT("no errors"),
    FF_TEXT("0 failures"),
    FF_TEXT("errors: 0"),
    FF_TEXT("failed: 0"),
    FF_TEXT("failures: 0"),
    FF_TEXT("without errors"),
    FF_TEXT("no error"),
    FF_TEXT("error: none"),
    FF_TEXT("0 error(s)"),
    FF_TEXT("will retry"),
    FF_TEXT("retrying"),
    FF_TEXT("deprecat"),
    FF_TEXT("if-no-files-found"),
    FF_TEXT("fail-fast"),
    FF_TEXT("optional dependency"),
    FF_TEXT("useful error"),
    FF_TEXT("stopped daemon"),
    FF_TEXT("on-error"),
    FF_TEXT("warning:"),
    FF_TEXT("ignored"),
    FF_TEXT("xfail"),
};

/* Wrappers that only pass on that something below them failed: better than nothing, worse than anything else. */
static const ff_slice WRAPPERS[] = {
    FF_TEXT("command failed with exit code"),
    FF_TEXT("failed with exit code"),
    FF_TEXT("exited with code"),
    FF_TEXT("non-zero exit"),
    FF_TEXT("elifecycle"),
    FF_TEXT("lifecycle script"),
    FF_TEXT("failed with exit status"),
    FF_TEXT("exit status"),
    FF_TEXT("make: ***"),
    FF_TEXT("marked build as failure"),
    FF_TEXT("build failed"),
    FF_TEXT("compilation error"),
    FF_TEXT("traceback (most recent"),
    FF_TEXT("step script exited"),
    FF_TEXT("build failure"),
};

enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS };

static_assert((int)WORD_COUNT <= (int)FF_ALARM_WORDS_MAX, "raise FF_ALARM_WORDS_MAX");

static unsigned char fold(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool is_word_byte(char c)
{
    unsigned char f = fold(c);
    return (f >= 'a' && f <= 'z') || (f >= '0' && f <= '9') || f == '_' || f == '-' || f == '/';
}

void ff_alarm_init(ff_alarm *alarm)
{
    *alarm = (ff_alarm){0};
    for (uint8_t i = WORD_COUNT; i-- > 0;) {
        unsigned char first = (unsigned char)WORDS[i].word.ptr[0];
        alarm->next[i] = alarm->head[first];
        alarm->head[first] = (uint8_t)(i + 1);
    }
}

static bool stands_alone(ff_slice text, size_t at, size_t length)
{
    if (at > 0 && (is_word_byte(text.ptr[at - 1]) || text.ptr[at - 1] == '.'))
        return false;
    return at + length >= text.len || !is_word_byte(text.ptr[at + length]);
}

static uint32_t heaviest_word(const ff_alarm *alarm, ff_slice text)
{
    uint32_t weight = 0;
    for (size_t at = 0; at < text.len; at++)
        for (uint8_t i = alarm->head[fold(text.ptr[at])]; i; i = alarm->next[i - 1]) {
            ff_slice word = WORDS[i - 1].word;
            if (WORDS[i - 1].weight > weight && word.len <= text.len - at &&
                ff_slice_eq_nocase((ff_slice){text.ptr + at, word.len}, word) &&
                (!WORDS[i - 1].whole || stands_alone(text, at, word.len)))
                weight = WORDS[i - 1].weight;
        }
    return weight;
}

static bool holds_any(ff_slice text, const ff_slice *phrases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ff_slice_find_nocase(text, phrases[i]) != SIZE_MAX)
            return true;
    return false;
}

/* A level below error that the program itself gave the line: `[INFO] …`, `npm warn …`, `WARNING: …`. */
static bool is_low_level(ff_slice text)
{
    static const ff_slice levels[] = {FF_TEXT("info"),  FF_TEXT("warn"),     FF_TEXT("debug"),    FF_TEXT("note:"),
                                      FF_TEXT("hint:"), FF_TEXT("npm warn"), FF_TEXT("yarn info")};
    while (text.len && (text.ptr[0] == '[' || text.ptr[0] == ' '))
        text = ff_slice_from(text, 1);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (ff_slice_eq_nocase(ff_slice_cut(text, levels[i].len), levels[i]))
            return true;
    return false;
}

/* The runner's own last words about a step say that it failed, never why. */
static bool is_exit_line(ff_slice text)
{
    return ff_slice_starts(text, FF_LIT("Process completed with exit code")) ||
           ff_slice_starts(text, FF_LIT("The operation was cancel"));
}

uint32_t ff_alarm_weigh(const ff_alarm *alarm, const ff_line *line)
{
    enum { MARKED = 3 };
    if (!(FF_LINE_BIT(line->kind) & FF_LINES_PRINTED) || line->kind == FF_LINE_RUNNER)
        return 0;
    ff_slice text = ff_slice_cut(line->body, FF_LIMIT_KEPT_LINE_BYTES);
    if (is_exit_line(text))
        return 0;
    uint32_t weight = heaviest_word(alarm, text);
    if (weight && holds_any(text, CALMING, sizeof CALMING / sizeof *CALMING))
        weight = 0;
    if (weight && holds_any(text, WRAPPERS, sizeof WRAPPERS / sizeof *WRAPPERS))
        return 1;
    if (line->kind == FF_LINE_ERROR)
        return weight + MARKED;
    bool low = line->kind == FF_LINE_NOTICE || line->kind == FF_LINE_WARNING || is_low_level(text);
    return low ? weight / 2 : weight;
}
