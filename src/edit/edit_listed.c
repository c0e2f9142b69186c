/* A command is taken out of the list that it stands in: `a; X || Y; b`. Lists are cut at `;` and `&` into chains, each
 * of which is decided alone. */
#include "base/limits.h"
#include "edit/edit_drop.h"

/* A list over more lines than this is left alone: what opens a quote that nothing closes would be read again and again.
 * As far is looked for the line before and behind. */
enum { LINES_MAX = 64 };

/* A line is read again for each command between its quotes, and for each that is part of no whole list: in what people
 * write that is no more than a few times. */
static const size_t WORK_MAX = 16 * FF_LIMIT_SCRIPT_BYTES;

/* The lines of a list; in the one line of `sh -c "…"` only what stands between the quotes. */
typedef struct region {
    uint32_t first, last;
    ff_slice before, behind; /* of the line, outside of the quotes */
    bool quoted;
    size_t work; /* bytes that were read */
    ff_edit_list list;
    ff_arena arena; /* of the list: lines of a hostile script are part of many */
} region;

/* ---- where the list stands ---- */

/* The span between quotes in `line` that holds the command; false: none both begins and ends there. */
static bool find_span(ff_slice line, ff_slice command, size_t *from, size_t *to)
{
    size_t at = ff_slice_find(line, command), open = 0;
    char quote = '\0';
    for (size_t i = 0; at != SIZE_MAX && i < line.len; i++) {
        char byte = line.ptr[i];
        if (byte == '\\' && quote != '\'') {
            i++;
        } else if (quote && byte == quote) {
            if (open < at && at < i) {
                *from = open + 1;
                *to = i;
                return true;
            }
            quote = '\0';
        } else if (!quote && (byte == '\'' || byte == '"')) {
            quote = byte;
            open = i;
        }
    }
    return false;
}

/* A row may have become several lines. */
static ff_status feed_row(region *r, ff_slice text)
{
    ff_slice line;
    ff_status status = text.len ? FF_OK : ff_edit_list_feed(&r->list, text);
    r->work += text.len;
    while (status == FF_OK && ff_slice_take_until(&text, '\n', &line))
        status = ff_edit_list_feed(&r->list, line);
    return status;
}

/* Reads the list that the command belongs to. As ff_edit_list_feed; what is no whole list shows when its parts are
 * looked for. */
static ff_status read_region(region *r, const ff_edit_script *script, const ff_shell_command *command)
{
    bool inner = command->inner == FF_INNER_WORD;
    ff_slice line = script->rows[command->first_line - 1].text;
    size_t from, to;
    *r = (region){.first = command->first_line, .last = command->first_line, .work = line.len};
    ff_arena_init(&r->arena, 0);
    ff_edit_list_init(&r->list, inner, &r->arena);
    if (inner && find_span(line, command->text, &from, &to)) {
        r->quoted = true;
        r->before = ff_slice_cut(line, from);
        r->behind = ff_slice_from(line, to);
        return ff_edit_list_feed(&r->list, ff_slice_cut(ff_slice_from(line, from), to - from));
    }
    while (r->first > 1 && r->last - r->first < LINES_MAX && !script->rows[r->first - 2].gone &&
           ff_edit_continues(script->rows[r->first - 2].text))
        r->first--;
    r->last = r->first;
    ff_status status = feed_row(r, script->rows[r->first - 1].text);
    while (status == FF_OK && !ff_edit_list_whole(&r->list) && r->last < script->count && !script->rows[r->last].gone &&
           r->last - r->first < LINES_MAX)
        status = feed_row(r, script->rows[r->last++].text);
    return status;
}

/* ---- which parts are taken out ---- */

static bool passes_over(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\\';
}

/* True if everything before a command's name is an assignment, as in `A=1 B=2 command`. */
static bool assigns(ff_slice text)
{
    ff_slice word;
    while (ff_slice_take_until(&text, ' ', &word))
        if (word.len && ff_slice_find_byte(word, '=') == SIZE_MAX)
            return false;
    return true;
}

/* True if the part is this command. Blanks and backslashes are passed over: the reader's text has no line
 * continuations, and none of the backslashes that a quoted word needs. */
static bool is_command(ff_slice part, ff_slice command)
{
    size_t i = part.len, k = command.len;
    while (i && k) {
        char a = part.ptr[i - 1], b = command.ptr[k - 1];
        if (!passes_over(a) && !passes_over(b) && a != b)
            return false;
        i -= passes_over(a) || a == b;
        k -= passes_over(b) || a == b;
    }
    while (k && passes_over(command.ptr[k - 1]))
        k--;
    return !k && assigns(ff_slice_cut(part, i));
}

static const char *obstacle(const ff_shell_command *command)
{
    if (command->python)
        return "it is a statement of Python";
    if (command->shield == FF_SHIELD_CONDITION)
        return "the command is a condition";
    return command->shield == FF_SHIELD_SUBSTITUTION ? "another command uses its output" : NULL;
}

/* Marks the parts that the needle's commands are, `command` being the first. Returns why they cannot be, or NULL. */
static const char *mark_parts(region *r, ff_edit_dropping *dropping, const ff_shell_command *command)
{
    const char *why = NULL;
    size_t part = 0;
    bool whole = ff_edit_list_whole(&r->list) && !r->list.foreign;
    for (; command && command->first_line <= r->last; command = ff_edit_drop_next(dropping, command)) {
        dropping->done[command - dropping->script->shell.commands.items] = true;
        if (!why)
            why = obstacle(command);
        while (whole && part < r->list.parts.count && !is_command(ff_edit_list_part(&r->list, part), command->text))
            part++;
        if (!why && (!whole || part == r->list.parts.count))
            why = "the command shares its line with parts of another construct";
        if (why && !whole)
            return why; /* where the list ends is not known */
        if (part < r->list.parts.count)
            r->list.parts.items[part++].command = command;
        if (r->quoted)
            break; /* another one on this line may stand between other quotes */
    }
    return why;
}

/* ---- what stays ---- */

static bool asks_status(ff_slice text)
{
    return ff_slice_find(text, FF_LIT("$?")) != SIZE_MAX || ff_slice_find(text, FF_LIT("PIPESTATUS")) != SIZE_MAX;
}

/* The nearest line that says something, `step` rows on at a time; empty: none is near. */
static ff_slice neighbour(const ff_edit_script *script, uint32_t line, int step)
{
    for (int64_t i = (int64_t)line - 1 + step, tries = 0; i >= 0 && i < script->count && tries < LINES_MAX;
         i += step, tries++)
        if (!script->rows[i].gone && !ff_edit_is_idle(script->rows[i].text))
            return script->rows[i].text;
    return (ff_slice){0};
}

/* What is put in place of a part's command, its lines with the indent of the first. */
static ff_slice instead_of(const ff_edit_dropping *dropping, const ff_edit_list *list, size_t part, ff_slice indent)
{
    ff_slice text = ff_edit_drop_instead(dropping, list->parts.items[part].command, ff_edit_list_part(list, part));
    if (ff_slice_find_byte(dropping->instead, '\n') == SIZE_MAX)
        return text;
    return ff_slice_from(ff_edit_indented(dropping->script->arena, text, indent), indent.len);
}

/* Decides on the chain of parts `first` to `last`; `why` is set where nothing can be done. */
static ff_status decide_chain(region *r, const ff_edit_dropping *dropping, ff_edit_chain *chain)
{
    const ff_edit_script *script = dropping->script;
    const ff_edit_part *parts = r->list.parts.items;
    ff_slice indent = ff_edit_indent(script->rows[r->first - 1].text);
    size_t part = chain->first;
    while (part <= chain->last && !parts[part].command)
        part++;
    if (part > chain->last)
        return FF_OK;
    chain->wished = dropping->instead.len > 0;
    chain->instead = instead_of(dropping, &r->list, part, indent);
    ff_status status = ff_edit_chain_decide(&r->list, chain);
    bool ends = chain->last + 1 == r->list.parts.count;
    if (!chain->why && parts[chain->first].gone && parts[chain->last].gone &&
        asks_status(ends ? neighbour(script, r->last, 1) : ff_edit_list_part(&r->list, chain->last + 1)))
        chain->why = "the next command asks for its exit status";
    return status;
}

/* What a chain has become, if that is nothing but what was put there; else empty. */
static ff_slice only_text(const ff_edit_list *list, size_t first, size_t last)
{
    size_t stay = 0;
    for (size_t i = first; i <= last; i++)
        stay += !list->parts.items[i].gone;
    return stay == 1 ? list->parts.items[first].text : (ff_slice){0};
}

/* Decides on every chain. Of two in a row that become the same the first is enough. */
static ff_status decide(region *r, const ff_edit_dropping *dropping, const char **why)
{
    ff_slice before = {0}, text;
    ff_status status = FF_OK;
    ff_edit_chain chain = {.first = 0};
    for (; status == FF_OK && chain.first < r->list.parts.count && !chain.why; chain.first = chain.last + 1) {
        chain.last = chain.first;
        while (chain.last + 1 < r->list.parts.count && r->list.parts.items[chain.last + 1].before < FF_JOIN_NEXT)
            chain.last++;
        status = decide_chain(r, dropping, &chain);
        text = only_text(&r->list, chain.first, chain.last);
        if (text.len && ff_slice_eq(text, before))
            r->list.parts.items[chain.first].gone = true;
        before = text;
    }
    *why = chain.why;
    return status;
}

/* The operator that joins part `i` to what stays before it, with its blanks: its own, or that of its chain if it is the
 * first of that to stay. */
static ff_slice joint(const ff_edit_list *list, size_t i)
{
    const ff_edit_part *parts = list->parts.items;
    size_t first = i;
    while (parts[first].before < FF_JOIN_NEXT && first && parts[first - 1].gone)
        first--;
    if (parts[first].before < FF_JOIN_NEXT)
        first = i;
    return ff_edit_list_text(list, parts[first - 1].to, parts[first].from);
}

/* The list without what is gone; false if nothing stays. */
static bool write_list(const ff_edit_list *list, ff_buf *out)
{
    const ff_edit_part *parts = list->parts.items;
    bool begun = false;
    ff_buf_add(out, ff_edit_list_text(list, 0, parts[0].from));
    for (size_t i = 0; i < list->parts.count; i++) {
        if (parts[i].gone)
            continue;
        if (begun)
            ff_buf_add(out, joint(list, i));
        ff_buf_add(out, parts[i].text.len ? parts[i].text : ff_edit_list_part(list, i));
        begun = true;
    }
    ff_buf_add(out, ff_edit_list_text(list, parts[list->parts.count - 1].to, list->text.len));
    return begun;
}

static ff_status put_text(const region *r, ff_edit_script *script, ff_slice text)
{
    ff_edit_row *row = &script->rows[r->first - 1];
    row->text = r->quoted
                    ? ff_arena_printf(script->arena, "%.*s%.*s%.*s", FF_ARG(r->before), FF_ARG(text), FF_ARG(r->behind))
                    : ff_arena_dup(script->arena, text);
    for (uint32_t line = r->first + 1; line <= r->last; line++)
        script->rows[line - 1].gone = true;
    return script->arena->failed ? FF_NOMEM : FF_OK;
}

/* Writes what stays into the rows. */
static ff_status put(const region *r, ff_edit_dropping *dropping)
{
    ff_edit_script *script = dropping->script;
    ff_buf out;
    ff_buf_init(&out, SIZE_MAX / 2);
    bool stays = write_list(&r->list, &out);
    ff_slice text = ff_buf_slice(&out);
    ff_status status = ff_buf_status(&out);
    /* Two commands in a row, both replaced: once is enough. */
    if (dropping->instead.len && ff_slice_ends(text, dropping->instead) &&
        ff_slice_eq(ff_slice_trim(neighbour(script, r->first, -1)), ff_slice_trim(text)))
        stays = false;
    if (!stays && r->quoted)
        ff_edit_script_refuse(script, r->first, "the script between the quotes would be empty");
    for (uint32_t line = r->first; !stays && !r->quoted && line <= r->last; line++)
        script->rows[line - 1].gone = true;
    if (stays && status == FF_OK)
        status = put_text(r, script, text);
    dropping->work += r->before.len + text.len + r->behind.len;
    ff_buf_release(&out);
    return status;
}

/* Leaves a command alone before its list is known. */
static ff_status leave(ff_edit_dropping *dropping, const ff_shell_command *command)
{
    dropping->done[command - dropping->script->shell.commands.items] = true;
    ff_edit_script_refuse(dropping->script, command->first_line, "the list of commands that it stands in is too long");
    return FF_OK;
}

ff_status ff_edit_drop_listed(ff_edit_dropping *dropping, const ff_shell_command *command)
{
    ff_edit_script *script = dropping->script;
    region r;
    if (dropping->work > WORK_MAX)
        return leave(dropping, command);
    ff_status status = read_region(&r, script, command);
    dropping->work += r.work;
    if (status == FF_LIMIT) {
        status = leave(dropping, command);
    } else if (status == FF_OK) {
        const char *why = mark_parts(&r, dropping, command);
        if (!why)
            status = decide(&r, dropping, &why);
        if (why)
            ff_edit_script_refuse(script, command->first_line, why);
        else if (status == FF_OK)
            status = put(&r, dropping);
    }
    ff_edit_list_release(&r.list);
    ff_arena_release(&r.arena);
    return script->arena->failed ? FF_NOMEM : status;
}
