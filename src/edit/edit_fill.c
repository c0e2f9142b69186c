/* What must not be left without a command: a branch, a loop, a function, a script in quotes or in a here-document, the
 * script as a whole. */
#include "edit/edit_script.h"

/* What the last line that stays has opened. */
typedef enum opening { OPEN_NOTHING, OPEN_SCRIPT, OPEN_BODY, OPEN_QUOTE, OPEN_HEREDOC } opening;

typedef struct walk {
    opening open;
    ff_slice until;      /* the line that ends a here-document, or the quote */
    uint32_t gone_first; /* the first line of those that are gone since; 0: none */
} walk;

static const ff_slice OPENERS[] = {FF_TEXT("then"), FF_TEXT("else"), FF_TEXT("do"), FF_TEXT("{"), FF_TEXT("(")};
static const ff_slice CLOSERS[] = {FF_TEXT("fi"),   FF_TEXT("else"), FF_TEXT("elif"),
                                   FF_TEXT("done"), FF_TEXT("}"),    FF_TEXT(")")};

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool ends_with_opener(ff_slice line)
{
    for (size_t i = 0; i < sizeof OPENERS / sizeof *OPENERS; i++)
        if (ff_slice_ends(line, OPENERS[i]) &&
            (line.len == OPENERS[i].len || !is_letter(line.ptr[line.len - OPENERS[i].len - 1])))
            return true;
    return false;
}

static bool begins_with_closer(ff_slice line)
{
    for (size_t i = 0; i < sizeof CLOSERS / sizeof *CLOSERS; i++)
        if (ff_slice_starts(line, CLOSERS[i]) && (line.len == CLOSERS[i].len || !is_letter(line.ptr[CLOSERS[i].len])))
            return true;
    return false;
}

/* The word behind the last `<<` of a line, without its quotes; empty: there is none. */
static ff_slice heredoc_end(ff_slice line)
{
    ff_slice rest = line, word = {0};
    for (size_t at; (at = ff_slice_find(rest, FF_LIT("<<"))) != SIZE_MAX;)
        word = rest = ff_slice_from(rest, at + 2);
    (void)ff_slice_take_prefix(&word, FF_LIT("-"));
    word = ff_slice_trim(word);
    while (word.len && strchr("'\"\\", word.ptr[0]))
        word = ff_slice_from(word, 1);
    size_t length = 0;
    while (length < word.len &&
           (is_letter(word.ptr[length]) || (length && word.ptr[length] >= '0' && word.ptr[length] <= '9')))
        length++;
    return ff_slice_cut(word, length);
}

static void open_with(walk *w, ff_slice line)
{
    line = ff_slice_trim(line);
    *w = (walk){.open = OPEN_NOTHING, .until = heredoc_end(line)};
    if (w->until.len)
        w->open = OPEN_HEREDOC;
    else if (ends_with_opener(line))
        w->open = OPEN_BODY;
    else if (ff_slice_ends(line, FF_LIT("\"")) || ff_slice_ends(line, FF_LIT("'"))) {
        w->open = OPEN_QUOTE;
        w->until = ff_slice_from(line, line.len - 1);
    }
}

static bool closes(const walk *w, ff_slice line)
{
    line = ff_slice_trim(line);
    switch (w->open) {
    case OPEN_BODY: return begins_with_closer(line);
    case OPEN_QUOTE: return ff_slice_starts(line, w->until);
    case OPEN_HEREDOC: return ff_slice_eq(line, w->until);
    case OPEN_NOTHING:
    case OPEN_SCRIPT: break;
    }
    return false;
}

/* Puts `instead` there, or the lines back. */
static ff_status fill(ff_edit_script *script, ff_slice instead, uint32_t first, uint32_t end)
{
    ff_edit_row *row = &script->rows[first - 1];
    if (instead.len) {
        row->text = ff_edit_indented(script->arena, instead, ff_edit_indent(row->text));
        row->gone = false;
        return script->arena->failed ? FF_NOMEM : FF_OK;
    }
    for (uint32_t line = first; line < end; line++)
        script->rows[line - 1].gone = false;
    ff_edit_script_refuse(script, first, "nothing would be left of what it stands in");
    return FF_OK;
}

ff_status ff_edit_script_fill(ff_edit_script *script, ff_slice instead)
{
    walk w = {.open = OPEN_SCRIPT};
    ff_status status = FF_OK;
    for (uint32_t i = 0; i < script->count && status == FF_OK; i++) {
        const ff_edit_row *row = &script->rows[i];
        if (row->gone) {
            w.gone_first = w.gone_first ? w.gone_first : i + 1;
        } else if (!ff_edit_is_idle(row->text)) {
            if (w.gone_first && closes(&w, row->text))
                status = fill(script, instead, w.gone_first, i + 1);
            open_with(&w, row->text);
        }
    }
    if (status == FF_OK && w.gone_first && w.open == OPEN_SCRIPT)
        status = fill(script, instead, w.gone_first, script->count + 1);
    return status;
}
