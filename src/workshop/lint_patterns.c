#include "match/literal.h"
#include "match/regex.h"
#include "workshop/lint.h"

/* A line of this length is tried; the longest that is ever scanned has eight times as much. What needs more CPU time
 * here than the budget is quadratic or worse, and would be set aside on a long line. */
enum { HOSTILE_BYTES = 4096, BUDGET_NANOSECONDS = 50 * 1000 * 1000 };

/* What long lines are made of, in logs and in attacks. */
static const ff_slice FILLERS[] = {
    FF_TEXT("a"),    FF_TEXT(" "),  FF_TEXT("0"),  FF_TEXT("a "), FF_TEXT("a0"), FF_TEXT("/a"),
    FF_TEXT("-"),    FF_TEXT("\""), FF_TEXT("'a"), FF_TEXT("."),  FF_TEXT("("),  FF_TEXT("a,"),
    FF_TEXT("\xC3"), FF_TEXT("a:"), FF_TEXT("=a"), FF_TEXT("[]"), FF_TEXT("A_"), FF_TEXT("\t"),
};

/* The literals of the pattern, so that the prefilter would let the line through, between stretches of the filler. */
static void make_line(ff_buf *line, const ff_literals *literals, ff_slice filler)
{
    size_t stretches = literals->count + 1;
    ff_buf_reset(line);
    for (size_t i = 0; i < stretches; i++) {
        for (size_t used = 0; used < HOSTILE_BYTES / stretches; used += filler.len)
            ff_buf_add(line, filler);
        if (i < literals->count)
            ff_buf_add(line, literals->sets[i].items[0]);
    }
}

/* The filler on which the pattern is slow, or fails in the engine; the empty slice if there is none. */
static ff_slice slow_filler(ff_regex *regex, ff_regex_work *work, const ff_literals *literals)
{
    ff_buf line;
    ff_slice found = {0};
    ff_buf_init(&line, (size_t)4 * HOSTILE_BYTES);
    for (size_t i = 0; i < sizeof FILLERS / sizeof *FILLERS && !found.len; i++) {
        ff_meter meter = {.budget = BUDGET_NANOSECONDS};
        make_line(&line, literals, FILLERS[i]);
        if (ff_regex_run(regex, work, ff_buf_slice(&line), &meter) == FF_REGEX_FAILED || ff_meter_is_spent(&meter))
            found = FILLERS[i];
    }
    ff_buf_release(&line);
    return found;
}

static ff_status check_pattern(ff_lint *lint, const ff_rule *rule, const ff_lint_list *list, const ff_pattern *pattern)
{
    ff_regex *regex = NULL;
    ff_regex_work *work = NULL;
    ff_arena arena;
    ff_arena_init(&arena, 0);
    ff_literals literals = ff_literal_find(&arena, pattern->text);
    ff_status status = ff_regex_new(&regex, pattern, lint->error);
    if (status == FF_OK)
        status = ff_regex_work_new(&work, ff_regex_groups(regex), true);
    if (status == FF_OK) {
        ff_slice text = ff_complaint_excerpt(pattern->text), slow = slow_filler(regex, work, &literals);
        if (list->begins && !literals.count)
            ff_complain(&lint->complaints, &pattern->at, rule,
                        "'%s' needs a literal of 3 bytes, it runs on every line: %.*s", list->key, FF_ARG(text));
        if (!ff_regex_is_jit(regex))
            ff_complain(&lint->complaints, &pattern->at, rule, "'%s' cannot be compiled to machine code: %.*s",
                        list->key, FF_ARG(text));
        if (slow.len)
            ff_complain(&lint->complaints, &pattern->at, rule, "'%s' backtracks on a line full of \"%.*s\": %.*s",
                        list->key, FF_ARG(slow), FF_ARG(text));
    }
    ff_regex_work_free(work);
    ff_regex_free(regex);
    ff_arena_release(&arena);
    return status;
}

ff_status ff_lint_patterns(ff_lint *lint, const ff_rule *rule)
{
    const ff_lint_list edits = {"edit", NULL, false};
    ff_lint_list list;
    const ff_pattern *edit;
    ff_status status = FF_OK;
    for (size_t i = 0; status == FF_OK && ff_lint_list_at(rule, i, &list); i++)
        for (size_t k = 0; status == FF_OK && k < list.patterns->count; k++)
            status = check_pattern(lint, rule, &list, &list.patterns->items[k]);
    for (size_t i = 0; status == FF_OK && ff_lint_edit_at(rule, i, &edit); i++)
        status = edit ? check_pattern(lint, rule, &edits, edit) : FF_OK;
    return status;
}
