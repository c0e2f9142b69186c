#include "edit/edit_list.h"

#include "base/limits.h"

/* Names of what may be open; the bytes that open it. */
enum { SINGLE = '\'', DOUBLE = '"', TICK = '`', PARENTHESIS = '(', PARAMETER = '$', GROUP = '{' };

/* Words with which a part of a construct begins, whose other parts stand elsewhere. */
static const ff_slice KEYWORDS[] = {
    FF_TEXT("!"),     FF_TEXT("[["),   FF_TEXT("case"), FF_TEXT("do"),       FF_TEXT("done"), FF_TEXT("elif"),
    FF_TEXT("else"),  FF_TEXT("esac"), FF_TEXT("fi"),   FF_TEXT("for"),      FF_TEXT("if"),   FF_TEXT("in"),
    FF_TEXT("until"), FF_TEXT("then"), FF_TEXT("time"), FF_TEXT("function"), FF_TEXT("while")};

static const struct {
    ff_slice text;
    ff_edit_join join;
} OPERATORS[] = {
    {FF_TEXT("||"), FF_JOIN_OR},  {FF_TEXT("&&"), FF_JOIN_AND}, {FF_TEXT("|&"), FF_JOIN_PIPE},
    {FF_TEXT("|"), FF_JOIN_PIPE}, {FF_TEXT(";"), FF_JOIN_NEXT}, {FF_TEXT("&"), FF_JOIN_BACK},
};

/* What no operator begins in: redirections. */
static const ff_slice REDIRECTIONS[] = {FF_TEXT("&>"), FF_TEXT(">&"), FF_TEXT("<&"), FF_TEXT(">|"), FF_TEXT("<<<")};

static char top(const ff_edit_list *list)
{
    return list->depth ? list->open[list->depth - 1] : '\0';
}

static void push(ff_edit_list *list, char what)
{
    if (list->depth < FF_EDIT_NESTING)
        list->open[list->depth++] = what;
    else
        list->foreign = true;
}

static void close_what(ff_edit_list *list, char what)
{
    if (top(list) == what)
        list->depth--;
    else
        list->foreign = true;
}

static bool is_keyword(ff_slice word)
{
    for (size_t i = 0; i < sizeof KEYWORDS / sizeof *KEYWORDS; i++)
        if (ff_slice_eq(KEYWORDS[i], word))
            return true;
    return false;
}

/* Ends the part that is being read. */
static bool end_part(ff_edit_list *list, ff_edit_join join)
{
    if (list->part.from == SIZE_MAX) {
        list->foreign |= join != FF_JOIN_NONE; /* `;;`, or an operator without a command before it */
        return true;
    }
    ff_edit_part *part = FF_ARRAY_PUSH(list->arena, &list->parts);
    if (!part)
        return false;
    *part = list->part;
    ff_slice text = ff_edit_list_text(list, part->from, part->to), word;
    size_t length = 0;
    while (length < text.len && !strchr(" \t\n;(", text.ptr[length]))
        length++;
    word = ff_slice_cut(text, length);
    list->foreign |= is_keyword(word);
    list->last = join;
    list->part = (ff_edit_part){.from = SIZE_MAX, .before = join};
    return true;
}

/* One byte of a command, at `at`. */
static void take_byte(ff_edit_list *list, size_t at, size_t length)
{
    if (list->part.from == SIZE_MAX)
        list->part.from = at;
    list->part.to = at + length;
}

/* Inside quotes, where few bytes mean something. Returns how many bytes were read. */
static size_t feed_quoted(ff_edit_list *list, ff_slice rest)
{
    char what = top(list);
    char byte = rest.ptr[0];
    if (what == SINGLE) {
        if (byte == SINGLE)
            list->depth--;
        return 1;
    }
    if (list->escaped && ff_slice_starts(rest, FF_LIT("\\\""))) {
        list->depth--;
        return 2;
    }
    if (byte == '\\')
        return 2;
    if (byte == DOUBLE)
        list->depth--;
    else if (byte == TICK)
        push(list, TICK);
    else if (ff_slice_starts(rest, FF_LIT("$(")) || ff_slice_starts(rest, FF_LIT("${"))) {
        push(list, rest.ptr[1] == '(' ? PARENTHESIS : PARAMETER);
        return 2;
    }
    return 1;
}

/* Quotes and brackets outside of quotes. Returns how many bytes were read; 0: it is none. */
static size_t feed_bracket(ff_edit_list *list, ff_slice rest)
{
    char byte = rest.ptr[0];
    bool lone = rest.len == 1 || strchr(" \t;", rest.ptr[1]);
    if (list->escaped && ff_slice_starts(rest, FF_LIT("\\\""))) {
        push(list, DOUBLE);
        return 2;
    }
    if (byte == '\\')
        return rest.len > 1 ? 2 : 1;
    if (ff_slice_starts(rest, FF_LIT("$(")) || ff_slice_starts(rest, FF_LIT("${"))) {
        push(list, rest.ptr[1] == '(' ? PARENTHESIS : PARAMETER);
        return 2;
    }
    if (byte == TICK && top(list) == TICK)
        list->depth--;
    else if (byte == SINGLE || byte == DOUBLE || byte == TICK || byte == '(')
        push(list, byte);
    else if (byte == ')')
        close_what(list, PARENTHESIS);
    else if (byte == '{' && list->start && lone)
        push(list, GROUP);
    else if (byte == '}' && top(list) == PARAMETER)
        list->depth--;
    else if (byte == '}' && list->start)
        close_what(list, GROUP);
    else
        return 0;
    list->start = byte == '(' || byte == '{';
    return 1;
}

/* How many bytes of a redirection stand here; 0: none. */
static size_t feed_redirection(ff_edit_list *list, ff_slice rest)
{
    for (size_t i = 0; i < sizeof REDIRECTIONS / sizeof *REDIRECTIONS; i++)
        if (ff_slice_starts(rest, REDIRECTIONS[i]))
            return REDIRECTIONS[i].len;
    list->part.heredoc |= ff_slice_starts(rest, FF_LIT("<<"));
    return 0;
}

/* An operator ends the part; inside brackets it only says that a command may begin. Returns how many bytes were read;
 * 0: it is none. */
static size_t feed_operator(ff_edit_list *list, ff_slice rest)
{
    for (size_t i = 0; i < sizeof OPERATORS / sizeof *OPERATORS; i++) {
        if (!ff_slice_starts(rest, OPERATORS[i].text))
            continue;
        list->start = true;
        list->word = false;
        if (!list->depth && !end_part(list, OPERATORS[i].join))
            return SIZE_MAX;
        return OPERATORS[i].text.len;
    }
    return 0;
}

/* The next piece of a line, `at` of the list's text; SIZE_MAX without memory. */
static size_t feed_piece(ff_edit_list *list, ff_slice rest, size_t at)
{
    bool quoted = top(list) == SINGLE || top(list) == DOUBLE;
    size_t used = quoted ? feed_quoted(list, rest) : 0;
    bool blank = !quoted && (rest.ptr[0] == ' ' || rest.ptr[0] == '\t');
    if (!quoted && rest.ptr[0] == '#' && !list->word)
        return rest.len;
    if (!quoted && rest.len == 1 && rest.ptr[0] == '\\') {
        list->joined = true;
        return 1;
    }
    if (blank) {
        list->word = false;
        return 1;
    }
    if (!used)
        used = feed_bracket(list, rest);
    if (!used)
        used = feed_redirection(list, rest);
    if (!used && (used = feed_operator(list, rest)))
        return used;
    if (!used) {
        used = 1;
        list->start = false;
    }
    used = used < rest.len ? used : rest.len;
    list->word = true;
    take_byte(list, at, used);
    return used;
}

void ff_edit_list_init(ff_edit_list *list, bool escaped, ff_arena *arena)
{
    *list = (ff_edit_list){.arena = arena, .escaped = escaped, .start = true, .part = {.from = SIZE_MAX}};
    ff_buf_init(&list->text, FF_LIMIT_SCRIPT_BYTES + 1);
}

void ff_edit_list_release(ff_edit_list *list)
{
    ff_buf_release(&list->text);
}

ff_status ff_edit_list_feed(ff_edit_list *list, ff_slice line)
{
    if (list->text.len)
        ff_buf_add_byte(&list->text, '\n');
    size_t base = list->text.len, used;
    ff_buf_add(&list->text, line);
    ff_status status = ff_buf_status(&list->text);
    if (status != FF_OK)
        return status;
    if (!list->joined && top(list) != SINGLE && top(list) != DOUBLE)
        list->start = true;
    list->joined = list->word = false;
    for (size_t at = 0; at < line.len; at += used)
        if ((used = feed_piece(list, ff_slice_from(line, at), base + at)) == SIZE_MAX)
            return FF_NOMEM;
    bool ends = !list->depth && !list->joined;
    return !ends || list->part.from == SIZE_MAX || end_part(list, FF_JOIN_NONE) ? FF_OK : FF_NOMEM;
}

bool ff_edit_list_whole(const ff_edit_list *list)
{
    return list->parts.count && !list->depth && !list->joined && list->part.from == SIZE_MAX &&
           (list->last == FF_JOIN_NONE || list->last >= FF_JOIN_NEXT);
}

ff_slice ff_edit_list_text(const ff_edit_list *list, size_t from, size_t to)
{
    return ff_slice_cut(ff_slice_from(ff_buf_slice(&list->text), from), to - from);
}

ff_slice ff_edit_list_part(const ff_edit_list *list, size_t part)
{
    return ff_edit_list_text(list, list->parts.items[part].from, list->parts.items[part].to);
}

ff_edit_join ff_edit_list_behind(const ff_edit_list *list, size_t part)
{
    return part + 1 < list->parts.count ? list->parts.items[part + 1].before : list->last;
}
