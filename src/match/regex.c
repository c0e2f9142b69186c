#include "match/regex.h"

#include "base/limits.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

/* match_limit counts anew for each start, so it does not bound a search: one call tries this many starts. */
enum { WINDOW = 256 };
enum { JIT_STACK_START = 32 * 1024, JIT_STACK_MAX = 1024 * 1024 };
enum { MESSAGE = 160 };

/* A line holds no LF, so `$` is its end and `.` matches everything, a CR inside too. Alternatives may give one name. */
static const uint32_t OPTIONS = PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY |
                                PCRE2_USE_OFFSET_LIMIT | PCRE2_DUPNAMES;

typedef struct name {
    uint32_t group;
    ff_slice text; /* in the code's table of names */
} name;

/* Of the machine code. It is made by whoever runs the pattern first; until it is there, others use the interpreter. */
typedef enum { JIT_NONE, JIT_IN_THE_MAKING, JIT_DONE } jit_state;

struct ff_regex {
    pcre2_code *code;
    _Atomic(int) jit; /* jit_state */
    uint32_t groups;
    bool anchored; /* can only match at the start of the line: one call is enough */
    uint32_t name_count;
    name names[]; /* by group */
};

struct ff_regex_work {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    uint32_t options;
    char failure[MESSAGE];
};

static ff_status refuse(const ff_pattern *pattern, ff_error *error, const char *what, size_t offset)
{
    return ff_error_at(error, FF_INVALID, pattern->at.file, pattern->at.line, pattern->at.column,
                       "pattern does not compile: %s at offset %zu", what, offset);
}

/* Verbs at the very start change how the whole pattern runs: they could switch JIT or the limits off. Behind the start
 * they only prune, as documented by PCRE2. */
static bool starts_with_verb(ff_slice text)
{
    return text.len > 2 && text.ptr[0] == '(' && text.ptr[1] == '*' && text.ptr[2] >= 'A' && text.ptr[2] <= 'Z';
}

static int refuse_callout(pcre2_callout_enumerate_block *block, void *offset)
{
    *(size_t *)offset = block->pattern_position;
    return 1;
}

static ff_status compile(pcre2_code **compiled, const ff_pattern *pattern, ff_error *error)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    (void)pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    (void)pcre2_set_max_pattern_length(context, FF_LIMIT_PATTERN_BYTES);
    int code = 0;
    size_t offset = 0;
    const char *text = pattern->text.ptr ? pattern->text.ptr : "";
    *compiled = pcre2_compile((PCRE2_SPTR)text, pattern->text.len, OPTIONS, &code, &offset, context);
    pcre2_compile_context_free(context);
    if (*compiled)
        return FF_OK;
    if (code == PCRE2_ERROR_HEAP_FAILED)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    PCRE2_UCHAR message[MESSAGE] = "unknown error";
    (void)pcre2_get_error_message(code, message, sizeof message);
    return refuse(pattern, error, (const char *)message, offset);
}

static uint32_t info(const pcre2_code *code, uint32_t what)
{
    uint32_t value = 0;
    (void)pcre2_pattern_info(code, what, &value); /* fails for no question asked here */
    return value;
}

static int by_group(const void *a, const void *b)
{
    const name *left = a, *right = b;
    return left->group < right->group ? -1 : left->group > right->group;
}

/* Rows of the table: the group's number in two bytes, high one first, then the name with a NUL; sorted by name. */
static void read_names(ff_regex *regex)
{
    PCRE2_SPTR table = NULL;
    uint32_t size = info(regex->code, PCRE2_INFO_NAMEENTRYSIZE);
    (void)pcre2_pattern_info(regex->code, PCRE2_INFO_NAMETABLE, &table);
    for (uint32_t i = 0; i < regex->name_count; i++, table += size)
        regex->names[i] = (name){(uint32_t)table[0] << 8 | table[1], ff_slice_of((const char *)table + 2)};
    qsort(regex->names, regex->name_count, sizeof *regex->names, by_group);
}

ff_status ff_regex_new(ff_regex **regex, const ff_pattern *pattern, ff_error *error)
{
    *regex = NULL;
    if (starts_with_verb(pattern->text))
        return refuse(pattern, error, "a verb `(*…)` at the start is not allowed", 0);
    pcre2_code *code = NULL;
    ff_status status = compile(&code, pattern, error);
    if (status != FF_OK)
        return status;
    size_t offset = 0;
    if (pcre2_callout_enumerate(code, refuse_callout, &offset) != 0) {
        pcre2_code_free(code);
        return refuse(pattern, error, "a callout `(?C…)` is not allowed, it ends", offset);
    }
    uint32_t names = info(code, PCRE2_INFO_NAMECOUNT);
    ff_regex *made = malloc(sizeof *made + names * sizeof *made->names);
    if (!made) {
        pcre2_code_free(code);
        return ff_error_set(error, FF_NOMEM, "out of memory");
    }
    *made = (ff_regex){.code = code, .groups = info(code, PCRE2_INFO_CAPTURECOUNT), .name_count = names};
    made->anchored = (info(code, PCRE2_INFO_ALLOPTIONS) & PCRE2_ANCHORED) != 0;
    read_names(made);
    *regex = made;
    return FF_OK;
}

void ff_regex_free(ff_regex *regex)
{
    if (regex)
        pcre2_code_free(regex->code);
    free(regex);
}

uint32_t ff_regex_groups(const ff_regex *regex)
{
    return regex->groups;
}

uint32_t ff_regex_names(const ff_regex *regex)
{
    return regex->name_count;
}

/* True if the machine code may be used; where the engine makes none, the interpreter does the work by itself. */
static bool make_jit(ff_regex *regex)
{
    int none = JIT_NONE;
    if (atomic_load_explicit(&regex->jit, memory_order_acquire) == JIT_DONE)
        return true;
    if (!atomic_compare_exchange_strong(&regex->jit, &none, JIT_IN_THE_MAKING))
        return false;
    (void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
    atomic_store_explicit(&regex->jit, JIT_DONE, memory_order_release);
    return true;
}

ff_slice ff_regex_name(const ff_regex *regex, uint32_t index)
{
    return index < regex->name_count ? regex->names[index].text : (ff_slice){0};
}

bool ff_regex_is_jit(ff_regex *regex)
{
    size_t bytes = 0;
    return make_jit(regex) && pcre2_pattern_info(regex->code, PCRE2_INFO_JITSIZE, &bytes) == 0 && bytes > 0;
}

ff_status ff_regex_work_new(ff_regex_work **work, uint32_t groups, bool jit)
{
    *work = NULL;
    ff_regex_work *made = calloc(1, sizeof *made);
    if (!made)
        return FF_NOMEM;
    made->options = jit ? 0 : PCRE2_NO_JIT;
    made->data = pcre2_match_data_create(groups + 1, NULL);
    made->context = pcre2_match_context_create(NULL);
    made->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, NULL); /* NULL too where there is no JIT */
    if (!made->data || !made->context) {
        ff_regex_work_free(made);
        return FF_NOMEM;
    }
    (void)pcre2_set_match_limit(made->context, FF_LIMIT_MATCH_STEPS);
    (void)pcre2_set_heap_limit(made->context, FF_LIMIT_MATCH_HEAP_KIB);
    if (made->stack)
        pcre2_jit_stack_assign(made->context, NULL, made->stack);
    *work = made;
    return FF_OK;
}

void ff_regex_work_free(ff_regex_work *work)
{
    if (!work)
        return;
    pcre2_match_data_free(work->data);
    pcre2_match_context_free(work->context);
    pcre2_jit_stack_free(work->stack);
    free(work);
}

static int run_window(const ff_regex *regex, ff_regex_work *work, uint32_t options, ff_slice subject, size_t from)
{
    const char *text = subject.ptr ? subject.ptr : "";
    (void)pcre2_set_offset_limit(work->context, from + WINDOW - 1);
    return pcre2_match(regex->code, (PCRE2_SPTR)text, subject.len, from, options, work->data, work->context);
}

static ff_regex_result fail(ff_regex_work *work, int code)
{
    PCRE2_UCHAR message[MESSAGE] = "unknown error";
    (void)pcre2_get_error_message(code, message, sizeof message);
    (void)snprintf(work->failure, sizeof work->failure, "%s", (const char *)message); /* same size: never cut */
    return FF_REGEX_FAILED;
}

ff_regex_result ff_regex_run(ff_regex *regex, ff_regex_work *work, ff_slice subject, ff_meter *meter)
{
    uint32_t options = work->options | (work->options & PCRE2_NO_JIT || make_jit(regex) ? 0 : PCRE2_NO_JIT);
    for (size_t from = 0; from <= subject.len; from += WINDOW) {
        if (ff_meter_is_spent(meter)) {
            (void)snprintf(work->failure, sizeof work->failure, "it used up its processor time");
            return FF_REGEX_FAILED;
        }
        int64_t start = ff_meter_start(meter);
        int code = run_window(regex, work, options, subject, from);
        ff_meter_stop(meter, start);
        if (code > 0)
            return FF_REGEX_HIT;
        if (code != PCRE2_ERROR_NOMATCH)
            return fail(work, code);
        if (regex->anchored)
            break;
    }
    return FF_REGEX_MISS;
}

const char *ff_regex_failure(const ff_regex_work *work)
{
    return work->failure;
}

uint32_t ff_regex_spans(const ff_regex *regex, const ff_regex_work *work, ff_slice subject, ff_span *spans)
{
    const size_t *offsets = pcre2_get_ovector_pointer(work->data);
    uint32_t matched = pcre2_get_ovector_count(work->data), count = 0;
    for (uint32_t i = 0; i < regex->name_count; i++) {
        uint32_t group = regex->names[i].group;
        if (group >= matched || offsets[2 * group] == PCRE2_UNSET || offsets[2 * group + 1] <= offsets[2 * group])
            continue;
        ff_slice value = {subject.ptr + offsets[2 * group], offsets[2 * group + 1] - offsets[2 * group]};
        spans[count++] = (ff_span){regex->names[i].text, value, subject};
    }
    return count;
}
