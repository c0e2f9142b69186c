/* Where the parser stands: looking ahead, skipping, giving up. */
#include "base/limits.h"
#include "repo/shell_parser.h"

char ff_shell_peek(const ff_shell_parser *p, size_t ahead)
{
    return ahead < p->end - p->at ? p->text->bytes.ptr[p->at + ahead] : '\0';
}

bool ff_shell_is_at(const ff_shell_parser *p, ff_slice text)
{
    return ff_slice_starts((ff_slice){p->text->bytes.ptr + p->at, p->end - p->at}, text);
}

void ff_shell_doubt(ff_shell_parser *p)
{
    p->reading->whole = false;
}

void ff_shell_skip_line(ff_shell_parser *p)
{
    ff_shell_doubt(p);
    while (p->at < p->end && ff_shell_peek(p, 0) != '\n')
        p->at++;
}

void ff_shell_stop(ff_shell_parser *p)
{
    ff_shell_doubt(p);
    p->at = p->end;
}

bool ff_shell_enter(ff_shell_parser *p)
{
    p->depth++;
    if (p->depth <= FF_LIMIT_SCRIPT_DEPTH && !p->reading->failed)
        return true;
    ff_shell_stop(p);
    return false;
}

void ff_shell_leave(ff_shell_parser *p)
{
    p->depth--;
}

void *ff_shell_new(ff_shell_parser *p, size_t size)
{
    void *memory = ff_arena_alloc(p->reading->scratch, size);
    if (!memory)
        p->reading->failed = true;
    return memory;
}

void ff_shell_join(ff_shell_parser *p)
{
    uint32_t *join = FF_ARRAY_PUSH(p->reading->scratch, &p->joins);
    if (join)
        *join = (uint32_t)p->at;
    else
        p->reading->failed = true;
    p->at += 2;
}

void ff_shell_skip_blanks(ff_shell_parser *p)
{
    for (;;) {
        char c = ff_shell_peek(p, 0);
        if (c == ' ' || c == '\t')
            p->at++;
        else if (ff_shell_is_at(p, FF_LIT("\\\n")))
            ff_shell_join(p);
        else
            break;
    }
    if (ff_shell_peek(p, 0) == '#')
        while (p->at < p->end && ff_shell_peek(p, 0) != '\n')
            p->at++;
}

void ff_shell_skip_newlines(ff_shell_parser *p)
{
    ff_shell_skip_blanks(p);
    while (ff_shell_peek(p, 0) == '\n') {
        p->at++;
        ff_shell_read_heredocs(p);
        ff_shell_skip_blanks(p);
    }
}

ff_slice ff_shell_reserved(const ff_shell_parser *p)
{
    size_t length = 0;
    char c = ff_shell_peek(p, 0);
    while (c && (c == '{' || c == '}' || c == '[' || c == '!' || (c >= 'a' && c <= 'z')))
        c = ff_shell_peek(p, ++length);
    bool ends = !c || strchr(" \t\n;&|<>()", c);
    return ends ? (ff_slice){p->text->bytes.ptr + p->at, length} : (ff_slice){0};
}

bool ff_shell_take_reserved(ff_shell_parser *p, ff_slice word)
{
    if (!word.len || !ff_slice_eq(ff_shell_reserved(p), word))
        return false;
    p->at += word.len;
    return true;
}
