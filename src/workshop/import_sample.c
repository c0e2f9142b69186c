/* Texts that look like what a tool prints, made up from the patterns of its matcher. */
#include "base/limits.h"
#include "match/regex.h"
#include "workshop/import_plan.h"

enum { CANDIDATES = 8 };

/* What a part may look like; the first two that its group takes are used. */
static const ff_slice LIKELY[FF_ISSUE_PARTS][CANDIDATES] = {
    [FF_ISSUE_FILE] = {FF_TEXT("src/main.c"), FF_TEXT("lib/parser.ts"), FF_TEXT("/src/app.py"), FF_TEXT("/src/app.js"),
                       FF_TEXT("C:\\src\\App.cs"), FF_TEXT("./main.go"), FF_TEXT("main.rs"), FF_TEXT("src/app.php")},
    [FF_ISSUE_FROM_PATH] = {FF_TEXT("src/App.csproj"), FF_TEXT("C:\\src\\App.csproj"), FF_TEXT("src")},
    [FF_ISSUE_LINE] = {FF_TEXT("12"), FF_TEXT("7")},
    [FF_ISSUE_COLUMN] = {FF_TEXT("5"), FF_TEXT("31")},
    [FF_ISSUE_CODE] = {FF_TEXT("E100"), FF_TEXT("no-undef"), FF_TEXT("TS2304"), FF_TEXT("E0308"), FF_TEXT("SC2086"),
                       FF_TEXT("CS0103"), FF_TEXT("C2065"), FF_TEXT("404")},
    [FF_ISSUE_MESSAGE] = {FF_TEXT("the name is not defined"), FF_TEXT("this cannot be assigned"),
                          FF_TEXT("The type is unknown."), FF_TEXT("Error: not found"), FF_TEXT("unexpected"),
                          FF_TEXT("undefined: parse")},
};

static bool fits(const ff_regexp *regexp, uint32_t group, ff_slice text)
{
    ff_regex *regex = NULL;
    ff_regex_work *work = NULL;
    ff_meter meter = {.budget = FF_LIMIT_RULE_NANOSECONDS};
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_PATTERN_BYTES);
    ff_buf_add(&out, FF_LIT("^(?:"));
    ff_regexp_write_group(regexp, group, FF_DIALECT_PCRE2, &out);
    ff_buf_add(&out, FF_LIT(")$"));
    ff_pattern pattern = {.text = ff_buf_slice(&out), .at = {.file = ""}};
    bool good = ff_buf_status(&out) == FF_OK && ff_regex_new(&regex, &pattern, NULL) == FF_OK &&
                ff_regex_work_new(&work, ff_regex_groups(regex), true) == FF_OK &&
                ff_regex_run(regex, work, text, &meter) == FF_REGEX_HIT;
    ff_regex_work_free(work);
    ff_regex_free(regex);
    ff_buf_release(&out);
    return good;
}

static ff_slice candidate(const ff_import_rule *rule, int part, size_t index)
{
    if (part == FF_ISSUE_SEVERITY)
        return ff_tier_word(rule->tier, index);
    return index < CANDIDATES ? LIKELY[part][index] : (ff_slice){0};
}

/* The text for a part: the first that fits, or the second for an odd variant; empty if none does. */
static ff_slice choose(const ff_import_rule *rule, const ff_issue_pattern *pattern, int part, uint32_t variant)
{
    ff_slice chosen = {0}, text;
    uint32_t left = 1 + (part == FF_ISSUE_SEVERITY ? 0 : variant % 2);
    for (size_t i = 0; left && (text = candidate(rule, part, i)).len; i++)
        if (fits(&pattern->regexp, pattern->groups[part], text)) {
            chosen = text;
            left--;
        }
    return chosen;
}

static bool may_be_left_out(const ff_import_rule *rule, const ff_issue_pattern *pattern, int part)
{
    return part == FF_ISSUE_SEVERITY && rule->tier == rule->matcher->severity && ff_import_may_lack_severity(pattern);
}

static void sample_line(const ff_import_rule *rule, const ff_issue_pattern *pattern, uint32_t variant, bool dressed,
                        ff_buf *out)
{
    ff_regexp_wish wishes[FF_ISSUE_PARTS];
    size_t count = 0;
    for (int part = 0; part < FF_ISSUE_PARTS; part++)
        if (pattern->groups[part] != FF_NO_GROUP && !may_be_left_out(rule, pattern, part))
            wishes[count++] =
                (ff_regexp_wish){pattern->groups[part], dressed ? choose(rule, pattern, part, variant) : (ff_slice){0}};
    ff_regexp_taste taste = {.wishes = wishes,
                             .wish_count = count,
                             .narrowing = ff_import_narrowing(pattern, &rule->tier),
                             .variant = variant};
    ff_regexp_sample(&pattern->regexp, &taste, out);
}

void ff_import_sample(const ff_import_rule *rule, uint32_t variant, bool dressed, ff_buf *out)
{
    size_t count = rule->matcher->patterns.count;
    for (size_t i = 0; i < count; i++) {
        ff_buf_add(out, i ? FF_LIT("\n") : FF_LIT(""));
        sample_line(rule, &rule->matcher->patterns.items[i], variant, dressed, out);
    }
    if (ff_import_rule_loops(rule) && variant % 2) {
        ff_buf_add_byte(out, '\n');
        sample_line(rule, &rule->matcher->patterns.items[count - 1], variant + 1, dressed, out);
    }
}
