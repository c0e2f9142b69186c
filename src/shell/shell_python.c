/* Python inside a shell script, as much of it as shows whether an `except` passes over what failed. Logical lines,
 * their indentation and strings are those of https://docs.python.org/3/reference/lexical_analysis.html; nothing else is
 * understood. */
#include "base/limits.h"
#include "shell/shell_judge.h"
#include "shell/shell_name.h"

enum { TAB_COLUMNS = 8 };

typedef enum block_kind { BLOCK_TRY, BLOCK_HANDLER, BLOCK_SUPPRESS, BLOCK_PLAIN, BLOCK_BRANCH } block_kind;

static const struct {
    ff_slice word;
    block_kind kind;
    bool silent; /* the line itself does nothing that can fail */
} KEYWORDS[] = {
    {FF_TEXT("if"), BLOCK_BRANCH, false},     {FF_TEXT("elif"), BLOCK_BRANCH, false},
    {FF_TEXT("else"), BLOCK_BRANCH, true},    {FF_TEXT("for"), BLOCK_BRANCH, false},
    {FF_TEXT("while"), BLOCK_BRANCH, false},  {FF_TEXT("def"), BLOCK_BRANCH, true},
    {FF_TEXT("class"), BLOCK_BRANCH, true},   {FF_TEXT("async"), BLOCK_BRANCH, true},
    {FF_TEXT("match"), BLOCK_BRANCH, false},  {FF_TEXT("case"), BLOCK_BRANCH, true},
    {FF_TEXT("except"), BLOCK_HANDLER, true}, {FF_TEXT("try"), BLOCK_TRY, true},
    {FF_TEXT("finally"), BLOCK_PLAIN, true},  {FF_TEXT("with"), BLOCK_PLAIN, false},
};

enum { KEYWORD_COUNT = sizeof KEYWORDS / sizeof *KEYWORDS };

/* Calls that return the status of a program instead of raising. */
static const ff_slice STATUS_CALLS[] = {FF_TEXT("os.system"), FF_TEXT("subprocess.call"), FF_TEXT("subprocess.run")};

static const ff_slice EXITS[] = {FF_TEXT("sys.exit"), FF_TEXT("exit"), FF_TEXT("quit"), FF_TEXT("os._exit")};

typedef struct block {
    block_kind kind;
    size_t indent, first, last; /* commands of the body of the `try` */
    size_t at, end;             /* the words `except …` */
    bool raises;                /* a handler: it certainly passes the failure on */
    bool covered;               /* a handler before swallows it already */
} block;

typedef struct python {
    ff_shell_judge *judge;
    const ff_shell_text *text;
    const ff_shell_place *place;
    size_t at;
    block blocks[FF_LIMIT_SCRIPT_DEPTH];
    size_t count;
    block tried; /* the `try` that an `except` here belongs to */
} python;

static char peek(const python *p, size_t at)
{
    return at < p->text->bytes.len ? p->text->bytes.ptr[at] : '\0';
}

static bool is_word_byte(char c)
{
    return ff_shell_is_name_byte(c) || c == '.' || (c & 0x80);
}

/* How many bytes the quotes at `at` have: 1 or 3. */
static size_t quotes_at(const python *p, size_t at)
{
    char quote = peek(p, at);
    return peek(p, at + 1) == quote && peek(p, at + 2) == quote ? 3 : 1;
}

/* Behind the string that begins at `at`. One that nothing closes ends with its line, or with the text. */
static size_t string_end(python *p, size_t at)
{
    char quote = peek(p, at);
    size_t quotes = quotes_at(p, at), length = p->text->bytes.len;
    for (size_t i = at + quotes; i < length; i++) {
        char c = peek(p, i);
        if (c == '\\')
            i++;
        else if (c == quote && (quotes == 1 || (peek(p, i + 1) == quote && peek(p, i + 2) == quote)))
            return i + quotes;
        else if (c == '\n' && quotes == 1)
            length = i;
    }
    p->judge->reading->whole = false;
    return length;
}

/* ---- blocks ---- */

/* The handler passes over what failed in the `try`: those of its commands that nothing further in does. */
static void swallow(python *p, const block *handler)
{
    ff_shell_fate fate = ff_shell_swallow(p->judge, FF_SHIELD_EXCEPT, p->text, handler->at, handler->end);
    for (size_t i = handler->first; i < handler->last; i++) {
        ff_shell_command *command = &p->judge->script->commands.items[i];
        command->always = command->always && i == handler->first;
        if (command->shield == FF_SHIELD_EXCEPT || command->shield == FF_SHIELD_IGNORED)
            continue;
        command->shield = fate.shield;
        command->shield_line = fate.line;
        command->shield_text = fate.text;
        command->ends = false;
    }
}

static void close_block(python *p)
{
    block *top = &p->blocks[--p->count];
    if (top->kind == BLOCK_TRY || top->kind == BLOCK_SUPPRESS)
        top->last = p->judge->script->commands.count;
    if ((top->kind == BLOCK_HANDLER && !top->raises && !top->covered) || top->kind == BLOCK_SUPPRESS) {
        swallow(p, top);
        top->covered = true;
    }
    if (top->kind == BLOCK_TRY || top->kind == BLOCK_HANDLER)
        p->tried = *top;
}

static void close_blocks(python *p, size_t indent)
{
    while (p->count && p->blocks[p->count - 1].indent >= indent)
        close_block(p);
}

static void open_block(python *p, block_kind kind, size_t indent, size_t at)
{
    if (p->count >= FF_LIMIT_SCRIPT_DEPTH) {
        p->judge->reading->whole = false;
        p->at = p->text->bytes.len;
        return;
    }
    block *top = &p->blocks[p->count++];
    *top = (block){.kind = kind, .indent = indent, .at = at, .end = p->at};
    top->first = p->judge->script->commands.count;
    if (kind != BLOCK_HANDLER)
        return;
    /* An `except` without its `try` covers nothing. */
    bool belongs = p->tried.indent == indent;
    top->last = belongs ? p->tried.last : top->first;
    top->first = belongs ? p->tried.first : top->first;
    top->covered = belongs && p->tried.covered;
}

/* ---- statements ---- */

typedef struct statement {
    size_t from, to; /* without what ends it */
    size_t keyword;  /* row of KEYWORDS, or KEYWORD_COUNT */
    char ended_by;   /* `;`, `:`, or newline */
} statement;

static size_t keyword_at(const python *p, size_t at)
{
    size_t length = 0;
    while (is_word_byte(peek(p, at + length)))
        length++;
    ff_slice word = {p->text->bytes.ptr + at, length};
    for (size_t i = 0; length && i < KEYWORD_COUNT; i++)
        if (ff_slice_eq(word, KEYWORDS[i].word))
            return i;
    return KEYWORD_COUNT;
}

static size_t comment_end(const python *p, size_t at)
{
    while (at < p->text->bytes.len && peek(p, at) != '\n')
        at++;
    return at;
}

/* Takes the statement that begins here, up to its end on this level of brackets. */
static statement take_statement(python *p)
{
    statement s = {.from = p->at, .keyword = keyword_at(p, p->at), .ended_by = '\n'};
    size_t open = 0, at = p->at;
    for (s.to = at; at < p->text->bytes.len;) {
        char c = peek(p, at);
        bool ends = !open && (c == '\n' || c == ';' || (c == ':' && s.keyword < KEYWORD_COUNT));
        if (ends) {
            s.ended_by = c;
            p->at = at + 1;
            return s;
        }
        if (c == '#') {
            at = comment_end(p, at);
            continue;
        }
        open += c == '(' || c == '[' || c == '{' ? 1 : 0;
        open -= open && (c == ')' || c == ']' || c == '}') ? 1 : 0;
        at = c == '"' || c == '\'' ? string_end(p, at) : c == '\\' ? at + 2 : at + 1;
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            s.to = at < p->text->bytes.len ? at : p->text->bytes.len;
    }
    p->at = p->text->bytes.len;
    return s;
}

typedef struct word_list {
    ff_slice *items;
    size_t count, cap;
} word_list;

/* Words of a statement are names and the texts of strings; operators, and letters before a string, are left out. */
static void take_word(python *p, word_list *words, size_t *at, size_t to)
{
    size_t from = *at;
    while (*at < to && is_word_byte(peek(p, *at)))
        ++*at;
    char next = *at < to ? peek(p, *at) : '\0';
    bool prefix = (next == '"' || next == '\'') && *at - from <= 2;
    if (*at == from || prefix)
        return;
    ff_slice *word = FF_ARRAY_PUSH(p->judge->reading->scratch, words);
    if (word)
        *word = (ff_slice){p->text->bytes.ptr + from, *at - from};
    else
        p->judge->reading->failed = true;
}

static void take_string(python *p, word_list *words, size_t *at, size_t to)
{
    size_t quotes = quotes_at(p, *at), end = string_end(p, *at);
    ff_slice *word = FF_ARRAY_PUSH(p->judge->reading->scratch, words);
    end = end < to ? end : to;
    if (!word)
        p->judge->reading->failed = true;
    else if (end >= *at + 2 * quotes)
        *word = (ff_slice){p->text->bytes.ptr + *at + quotes, end - *at - 2 * quotes};
    *at = end;
}

static word_list words_of(python *p, size_t from, size_t to)
{
    word_list words = {0};
    for (size_t at = from; at < to && !p->judge->reading->failed;) {
        char c = peek(p, at);
        if (c == '"' || c == '\'')
            take_string(p, &words, &at, to);
        else if (is_word_byte(c))
            take_word(p, &words, &at, to);
        else
            at++;
    }
    return words;
}

/* `print("…")` with nothing in it that Python would replace. */
static ff_slice said_by(const ff_shell_command *command)
{
    ff_slice text = command->text;
    if (command->word_count != 2 || !ff_slice_take_prefix(&text, FF_LIT("print(")) || !ff_slice_ends(text, FF_LIT(")")))
        return (ff_slice){0};
    bool formatted = ff_slice_take_prefix(&text, FF_LIT("f"));
    ff_slice said = command->words[1];
    bool plain = ff_slice_starts(text, FF_LIT("\"")) || ff_slice_starts(text, FF_LIT("'"));
    if (!plain || ff_slice_find_byte(said, '\\') != SIZE_MAX || ff_slice_find_byte(said, '\n') != SIZE_MAX ||
        (formatted && ff_slice_find_byte(said, '{') != SIZE_MAX))
        return (ff_slice){0};
    return said;
}

/* A call that does not raise when what it runs fails; `*used` if the statement does something with its value. */
static bool is_status_call(const word_list *words, bool *used)
{
    bool call = false;
    for (size_t i = 0; i < words->count; i++) {
        bool here = FF_SHELL_IS_AMONG(STATUS_CALLS, words->items[i]);
        *used = call ? *used : here && i;
        call = call || here;
        if (call && i + 1 < words->count && ff_slice_eq(words->items[i], FF_LIT("check")) &&
            ff_slice_eq(words->items[i + 1], FF_LIT("True")))
            return false;
    }
    /* `sys.exit(subprocess.call(…))` hands it on. */
    return call && !FF_SHELL_IS_AMONG(EXITS, words->items[0]);
}

static bool is_in_branch(const python *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->blocks[i].kind == BLOCK_BRANCH || p->blocks[i].kind == BLOCK_HANDLER)
            return true;
    return false;
}

static void push(python *p, const statement *s, const word_list *words)
{
    ff_shell_reading *reading = p->judge->reading;
    ff_shell_place place = *p->place;
    place.always = place.always && !is_in_branch(p);
    bool used = false, status_call = is_status_call(words, &used);
    if (status_call && !used)
        place.fate = ff_shell_swallow(p->judge, FF_SHIELD_IGNORED, p->text, s->from, s->to);
    if (reading->commands++ >= FF_LIMIT_SCRIPT_COMMANDS) {
        reading->whole = false;
        p->at = p->text->bytes.len;
        return;
    }
    ff_shell_command *command = ff_shell_add_command(p->judge, &place);
    if (!command)
        return;
    command->python = true;
    command->kept_status = status_call && used;
    command->first_line = ff_shell_text_line(p->text, s->from);
    command->last_line = ff_shell_text_line(p->text, s->to - 1);
    command->text = ff_shell_shown(p->text, s->from, s->to, reading->arena);
    command->words = ff_arena_array(reading->arena, words->count, sizeof *command->words);
    if (!command->words) {
        reading->failed = true;
        return;
    }
    memcpy(command->words, words->items, words->count * sizeof *command->words);
    command->word_count = (uint32_t)words->count;
    if (place.out == SINK_LOG)
        command->said = said_by(command);
    ff_shell_note_failure(&place);
}

/* `raise`, or an exit with failure, that a handler certainly comes to; an exit with success ends the script here. */
static void note_end(python *p, const word_list *words)
{
    bool exits = words->count && FF_SHELL_IS_AMONG(EXITS, words->items[0]);
    bool raises = words->count && ff_slice_eq(words->items[0], FF_LIT("raise"));
    bool success = exits && (words->count == 1 || ff_slice_eq(words->items[1], FF_LIT("0")));
    block *top = p->count ? &p->blocks[p->count - 1] : NULL;
    if (top && top->kind == BLOCK_HANDLER && (raises || (exits && !success)))
        top->raises = true;
    if (exits && (success || p->place->process->fate.shield != FF_SHIELD_NONE))
        p->place->process->left = true;
}

/* One statement; true if the line has another one. */
static bool read_statement(python *p, size_t indent)
{
    statement s = take_statement(p);
    bool header = s.ended_by == ':', text = peek(p, s.from) == '"' || peek(p, s.from) == '\'';
    word_list words = words_of(p, s.from, s.to);
    if (words.count && !text && !(header && KEYWORDS[s.keyword].silent))
        push(p, &s, &words);
    note_end(p, &words);
    if (header) {
        bool suppresses = words.count > 1 && ff_slice_eq(words.items[0], FF_LIT("with")) &&
                          ff_slice_ends(words.items[1], FF_LIT("suppress"));
        open_block(p, suppresses ? BLOCK_SUPPRESS : KEYWORDS[s.keyword].kind, indent, s.from);
    }
    return s.ended_by != '\n';
}

static size_t take_indent(python *p)
{
    size_t indent = 0;
    for (; peek(p, p->at) == ' ' || peek(p, p->at) == '\t'; p->at++)
        indent = peek(p, p->at) == '\t' ? (indent / TAB_COLUMNS + 1) * TAB_COLUMNS : indent + 1;
    return indent;
}

static bool is_line_end(const python *p)
{
    return p->at >= p->text->bytes.len || peek(p, p->at) == '\n' || peek(p, p->at) == '#';
}

void ff_shell_judge_python(ff_shell_judge *judge, const ff_shell_text *text, const ff_shell_place *place)
{
    python p = {.judge = judge, .text = text, .place = place};
    while (p.at < text->bytes.len && !judge->reading->failed) {
        size_t indent = take_indent(&p);
        if (!is_line_end(&p)) {
            close_blocks(&p, indent);
            bool more = true;
            while (more && !is_line_end(&p) && !judge->reading->failed) {
                more = read_statement(&p, indent);
                if (more)
                    (void)take_indent(&p);
            }
            /* A statement takes the newline that ends it. */
            if (!more)
                continue;
        }
        p.at = comment_end(&p, p.at) + 1;
    }
    close_blocks(&p, 0);
}
