#include "shell/shell_parser.h"

static const struct {
    ff_slice text;
    ff_shell_flow flow;
} OPERATORS[] = {
    /* longer ones first */
    {FF_TEXT("&>>"), FLOW_BOTH}, {FF_TEXT("<<<"), FLOW_STRING}, {FF_TEXT("<<-"), FLOW_HEREDOC_TABS},
    {FF_TEXT("&>"), FLOW_BOTH},  {FF_TEXT("<<"), FLOW_HEREDOC}, {FF_TEXT("<>"), FLOW_IN},
    {FF_TEXT("<&"), FLOW_SAME},  {FF_TEXT(">>"), FLOW_FILE},    {FF_TEXT(">&"), FLOW_SAME},
    {FF_TEXT(">|"), FLOW_FILE},  {FF_TEXT("<"), FLOW_IN},       {FF_TEXT(">"), FLOW_FILE},
};

enum { OPERATOR_COUNT = sizeof OPERATORS / sizeof *OPERATORS, FD_DIGITS = 4 };

/* The operator behind `length` bytes, or OPERATOR_COUNT. `<(` and `>(` begin a word. */
static size_t operator_behind(const ff_shell_parser *p, size_t length)
{
    ff_slice rest = {p->text->bytes.ptr + p->at + length, p->end - p->at - length};
    for (size_t i = 0; i < OPERATOR_COUNT; i++)
        if (ff_slice_starts(rest, OPERATORS[i].text))
            return OPERATORS[i].text.len == 1 && rest.len > 1 && rest.ptr[1] == '(' ? OPERATOR_COUNT : i;
    return OPERATOR_COUNT;
}

/* The digits in front of an operator. */
static size_t fd_length(const ff_shell_parser *p)
{
    size_t length = 0;
    while (ff_shell_peek(p, length) >= '0' && ff_shell_peek(p, length) <= '9' && length < FD_DIGITS)
        length++;
    return length;
}

static int fd_of(const ff_shell_parser *p, size_t digits, ff_slice operator)
{
    int fd = 0;
    for (size_t i = 0; i < digits; i++)
        fd = fd * 10 + (ff_shell_peek(p, i) - '0');
    return digits ? fd : operator.ptr[0] == '<' ? 0 : 1;
}

static bool is_fd(ff_slice text)
{
    uint64_t number;
    return ff_slice_eq(text, FF_LIT("-")) || ff_slice_to_uint(text, &number);
}

static void await_body(ff_shell_parser *p, ff_shell_redirect *redirect)
{
    ff_shell_redirect **pending = FF_ARRAY_PUSH(p->reading->scratch, &p->pending);
    if (pending)
        *pending = redirect;
    else
        p->reading->failed = true;
}

bool ff_shell_read_redirect(ff_shell_parser *p, ff_shell_redirect ***tail)
{
    size_t digits = fd_length(p), operator= operator_behind(p, digits);
    if (operator== OPERATOR_COUNT)
        return false;
    ff_shell_redirect *redirect = ff_shell_new(p, sizeof *redirect);
    if (!redirect)
        return false;
    redirect->flow = OPERATORS[operator].flow;
    redirect->fd = fd_of(p, digits, OPERATORS[operator].text);
    p->at += digits + OPERATORS[operator].text.len;
    ff_shell_skip_blanks(p);
    if (!ff_shell_read_word(p, &redirect->word, MODE_COMMAND))
        ff_shell_doubt(p);
    else if (redirect->flow == FLOW_HEREDOC || redirect->flow == FLOW_HEREDOC_TABS)
        await_body(p, redirect);
    if (redirect->flow == FLOW_SAME && !redirect->word.expands &&
        !is_fd(ff_shell_pieces_value(&redirect->word.pieces, p->reading->scratch)))
        redirect->flow = FLOW_BOTH;
    **tail = redirect;
    *tail = &redirect->next;
    return true;
}

/* ---- here-documents ---- */

/* The line that begins here, and where the next one does. */
static ff_slice line_here(const ff_shell_parser *p, size_t at, size_t *next)
{
    ff_slice rest = {p->text->bytes.ptr + at, p->end - at};
    ff_slice line = ff_slice_cut(rest, ff_slice_find_byte(rest, '\n'));
    *next = at + line.len < p->end ? at + line.len + 1 : p->end;
    return line;
}

static size_t tabs_of(ff_slice line)
{
    size_t tabs = 0;
    while (tabs < line.len && line.ptr[tabs] == '\t')
        tabs++;
    return tabs;
}

/* What stands between `from` and `to` of a body whose delimiter is not quoted. */
static void read_expanded(ff_shell_parser *p, ff_shell_word *body, size_t from, size_t to)
{
    size_t end = p->end;
    p->at = from;
    p->end = to;
    (void)ff_shell_read_quoted(p, body, '\0');
    p->end = end;
}

static void read_line(ff_shell_parser *p, ff_shell_redirect *redirect, size_t from, size_t to)
{
    if (!redirect->word.quoted)
        read_expanded(p, &redirect->body, from, to);
    else if (!ff_shell_pieces_add(&redirect->body.pieces, p->text, from, to, p->reading->scratch))
        p->reading->failed = true;
}

/* With `<<-` the tabs that begin lines go, so the body is read line by line, else in one. */
static void read_body(ff_shell_parser *p, ff_shell_redirect *redirect, ff_slice delimiter)
{
    bool tabs = redirect->flow == FLOW_HEREDOC_TABS, closed = false;
    size_t start = p->at, at = start, next = start;
    redirect->body.start = (uint32_t)start;
    while (at < p->end && !p->reading->failed) {
        ff_slice line = line_here(p, at, &next);
        size_t skip = tabs ? tabs_of(line) : 0;
        closed = ff_slice_eq(ff_slice_from(line, skip), delimiter);
        if (closed)
            break;
        if (tabs)
            read_line(p, redirect, at + skip, next);
        at = next;
    }
    if (!tabs)
        read_line(p, redirect, start, at);
    if (!closed)
        ff_shell_doubt(p);
    p->at = closed ? next : at;
    redirect->body.end = (uint32_t)p->at;
    redirect->body.quoted = redirect->word.quoted;
    redirect->body.body = true;
}

void ff_shell_read_heredocs(ff_shell_parser *p)
{
    size_t count = p->pending.count;
    ff_shell_redirect **items = p->pending.items;
    /* Bodies may hold substitutions with here-documents of their own. */
    p->pending.count = p->pending.cap = 0;
    p->pending.items = NULL;
    for (size_t i = 0; i < count && !p->reading->failed; i++)
        read_body(p, items[i], ff_shell_pieces_value(&items[i]->word.pieces, p->reading->scratch));
}
