#include "report/inert.h"

#include "base/utf8.h"

/* GitHub links hexadecimal words of this length or more to the commit of that name. */
enum { COMMIT_DIGITS = 7 };

static const ff_slice BROKEN_BAR = {"\xC2\xA6", 2};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static size_t longest_run(ff_slice text, char byte)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.ptr[i] == byte ? run + 1 : 0;
        if (run > longest)
            longest = run;
    }
    return longest;
}

/* A pipe ends a cell even inside a code span. `\|` is undone by the renderer before it looks for spans; after another
 * backslash some read `\\` first and the pipe is bare again. */
static void add_cell(ff_buf *out, ff_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '|')
            ff_buf_add_byte(out, text.ptr[i]);
        else if (i > 0 && text.ptr[i - 1] == '\\')
            ff_buf_add(out, BROKEN_BAR);
        else
            ff_buf_add(out, FF_LIT("\\|"));
    }
}

/* A code span of text that is safe already. */
static void add_span(ff_buf *out, ff_slice text, bool in_cell)
{
    if (text.len == 0) {
        ff_buf_add(out, FF_LIT("(empty)"));
        return;
    }
    size_t ticks = longest_run(text, '`') + 1;
    char first = text.ptr[0], last = text.ptr[text.len - 1];
    /* A renderer strips one blank from both ends if both are there. */
    bool pad = first == '`' || last == '`' || (first == ' ' && last == ' ');
    ff_buf_add_repeat(out, '`', ticks);
    ff_buf_add_repeat(out, ' ', pad);
    if (in_cell)
        add_cell(out, text);
    else
        ff_buf_add(out, text);
    ff_buf_add_repeat(out, ' ', pad);
    ff_buf_add_repeat(out, '`', ticks);
}

/* Makes `text` safe in `safe`; a failure there becomes one of `out`. */
static ff_slice make_safe(ff_buf *safe, ff_slice text, ff_buf *out)
{
    ff_buf_init(safe, out->max);
    ff_utf8_add_safe(safe, text);
    ff_buf_inherit(out, safe);
    return ff_buf_slice(safe);
}

void ff_inert_span(ff_buf *out, ff_slice text, bool in_cell)
{
    ff_buf safe;
    add_span(out, make_safe(&safe, text, out), in_cell);
    ff_buf_release(&safe);
}

/* Letters and digits, with a hyphen or an apostrophe only between letters, and no commit hash. A hash may stand between
 * signs that are no ASCII, such as the quotes around a captured word. */
static bool is_plain_core(ff_slice word)
{
    size_t hex = 0; /* digits since the last boundary; SIZE_MAX: a letter among them, so no hash */
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        bool joins = (c == '-' || c == '\'') && i > 0 && i + 1 < word.len && is_letter(word.ptr[i - 1]) &&
                     is_letter(word.ptr[i + 1]);
        if (!is_letter(c) && !is_digit(c) && !joins)
            return false;
        if (joins || (unsigned char)c >= 0x80) {
            if (hex != SIZE_MAX && hex >= COMMIT_DIGITS)
                return false;
            hex = 0;
        } else if (!is_hex(c))
            hex = SIZE_MAX;
        else if (hex != SIZE_MAX)
            hex++;
    }
    return word.len > 0 && (hex == SIZE_MAX || hex < COMMIT_DIGITS);
}

static bool is_number(ff_slice word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!is_digit(word.ptr[i]))
            return false;
    return true;
}

/* `12:44:17`: colons around two digits are no sign for a picture. */
static bool is_clock(ff_slice word)
{
    enum { LENGTH = 8, STEP = 3 };
    for (size_t i = 0; i < word.len; i++)
        if (i % STEP == STEP - 1 ? word.ptr[i] != ':' : !is_digit(word.ptr[i]))
            return false;
    return word.len == LENGTH;
}

/* The word without the brackets and stops around it, which are harmless by themselves. */
static ff_slice core_of(ff_slice word)
{
    if (word.len > 1 && word.ptr[0] == '(')
        word = ff_slice_from(word, 1);
    while (word.len > 1 && memchr(",.;:?)", word.ptr[word.len - 1], 6))
        word.len--;
    return word;
}

/* True if the word means nothing to a renderer. `1.` and `1)` would start a list, a lone `-` too, but only in front. */
static bool is_plain(ff_slice word, bool in_front)
{
    if (ff_slice_eq(word, FF_LIT("-")))
        return !in_front;
    if (ff_slice_eq(word, FF_LIT("...")))
        return true;
    ff_slice core = core_of(word);
    if (core.ptr + core.len < word.ptr + word.len && is_number(core))
        return !in_front && is_plain_core(core);
    return is_plain_core(core) || is_clock(core);
}

/* Words in code that follow each other share a span; stops behind it and brackets around it stay outside. */
static void add_words_in_code(ff_buf *out, ff_slice words, bool in_cell)
{
    size_t end = words.len;
    while (end > 1 &&
           (memchr(",.;?", words.ptr[end - 1], 4) || (words.ptr[end - 1] == ':' && words.ptr[end - 2] == ')')))
        end--;
    ff_slice stops = ff_slice_from(words, end);
    words = ff_slice_cut(words, end);
    size_t close = ff_slice_find_byte(words, ')');
    bool alone = ff_slice_find_byte(ff_slice_from(words, 1), '(') == SIZE_MAX;
    bool opens = words.len > 2 && words.ptr[0] == '(' && alone && (close == SIZE_MAX || close == words.len - 1);
    bool closes = opens && close != SIZE_MAX;
    ff_buf_add_repeat(out, '(', opens);
    add_span(out, ff_slice_cut(ff_slice_from(words, opens), words.len - opens - closes), in_cell);
    ff_buf_add_repeat(out, ')', closes);
    ff_buf_add(out, stops);
}

/* `(file.py:25)`, with the stops behind it. */
static bool is_bracketed(ff_slice word)
{
    while (word.len && strchr(",.;:?", word.ptr[word.len - 1]))
        word.len--;
    size_t close = ff_slice_find_byte(word, ')');
    return word.len > 2 && word.ptr[0] == '(' && close == word.len - 1;
}

/* Quotes whose words belong together: backticks, in which a shell or a compiler puts a command, and those in which a
 * title puts what it took from the log. */
static const struct {
    ff_slice open, close;
} QUOTES[] = {{FF_TEXT("`"), FF_TEXT("`")}, {FF_TEXT("“"), FF_TEXT("”")}};

/* Takes what stands in such quotes at the start of `rest`, and the stops behind it. False unless a word ends behind it:
 * the span must not touch another one. */
static bool take_quoted(ff_slice *rest, ff_slice *quoted, ff_slice *stops)
{
    for (size_t i = 0; i < sizeof QUOTES / sizeof *QUOTES; i++) {
        ff_slice inside = *rest;
        if (!ff_slice_take_prefix(&inside, QUOTES[i].open))
            continue;
        size_t close = ff_slice_find(inside, QUOTES[i].close);
        if (close == SIZE_MAX || close == 0 || inside.ptr[0] == ' ' || inside.ptr[close - 1] == ' ')
            return false;
        ff_slice behind = ff_slice_from(inside, close + QUOTES[i].close.len);
        size_t end = 0;
        while (end < behind.len && memchr(",.;:?)", behind.ptr[end], 6))
            end++;
        if (end < behind.len && behind.ptr[end] != ' ')
            return false;
        *quoted = ff_slice_cut(inside, close);
        *stops = ff_slice_cut(behind, end);
        *rest = ff_slice_from(behind, end + (end < behind.len));
        return true;
    }
    return false;
}

/* Ends a run of words in code. */
static void flush_code(ff_buf *out, ff_slice *code, bool in_cell)
{
    if (code->len == 0)
        return;
    add_words_in_code(out, *code, in_cell);
    ff_buf_add_byte(out, ' ');
    *code = (ff_slice){0};
}

void ff_inert_prose(ff_buf *out, ff_slice text, bool in_cell)
{
    ff_buf safe;
    ff_slice rest = ff_slice_trim(make_safe(&safe, text, out)), word, stops, code = {0};
    bool in_front = true;
    for (; rest.len; in_front = false) {
        ff_slice inside = rest;
        bool bracket = ff_slice_take_prefix(&inside, FF_LIT("("));
        if (take_quoted(&inside, &word, &stops)) {
            flush_code(out, &code, in_cell);
            ff_buf_add_repeat(out, '(', bracket);
            add_span(out, word, in_cell);
            rest = inside;
            ff_buf_add(out, stops);
            ff_buf_add_repeat(out, ' ', rest.len > 0);
            continue;
        }
        if (!ff_slice_take_until(&rest, ' ', &word) || word.len == 0)
            continue;
        if (!is_plain(word, in_front)) {
            if (is_bracketed(word)) /* a place behind a name is a span of its own */
                flush_code(out, &code, in_cell);
            code = code.len ? (ff_slice){code.ptr, (size_t)(word.ptr + word.len - code.ptr)} : word;
            continue;
        }
        flush_code(out, &code, in_cell);
        ff_buf_add(out, word);
        ff_buf_add_repeat(out, ' ', rest.len > 0);
    }
    if (code.len)
        add_words_in_code(out, code, in_cell);
    ff_buf_release(&safe);
}

void ff_inert_block(ff_buf *out, const char *info, const char *indent, ff_slice lines)
{
    enum { SHORTEST_FENCE = 3 };
    size_t ticks = longest_run(lines, '`') + 1;
    if (ticks < SHORTEST_FENCE)
        ticks = SHORTEST_FENCE;
    ff_slice margin = ff_slice_of(indent), line;
    ff_buf_add(out, margin);
    ff_buf_add_repeat(out, '`', ticks);
    ff_buf_printf(out, "%s\n", info);
    while (ff_slice_take_until(&lines, '\n', &line)) {
        ff_buf_add(out, margin);
        ff_buf_add(out, line);
        ff_buf_add_byte(out, '\n');
    }
    ff_buf_add(out, margin);
    ff_buf_add_repeat(out, '`', ticks);
    ff_buf_add_byte(out, '\n');
}

static bool needs_no_quotes(ff_slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.ptr[i]) && !((unsigned char)text.ptr[i] < 0x80 && is_letter(text.ptr[i])) &&
            !memchr("._/:@%+,=-", text.ptr[i], 10))
            return false;
    return text.len > 0;
}

void ff_inert_shell(ff_buf *out, ff_slice text)
{
    ff_buf safe;
    text = make_safe(&safe, text, out);
    bool plain = needs_no_quotes(text);
    ff_buf_add_repeat(out, '\'', !plain);
    if (text.len > 1 && text.ptr[0] == '-')
        ff_buf_add(out, FF_LIT("./"));
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'')
            ff_buf_add(out, FF_LIT("'\\'"));
        ff_buf_add_byte(out, text.ptr[i]);
    }
    ff_buf_add_repeat(out, '\'', !plain);
    ff_buf_release(&safe);
}

/* Where the runner looks: it skips blanks in front of `::`, and takes `##[` anywhere in a line. */
typedef struct ff_sealer {
    ff_seal seal;
    bool inside_actions;
    bool line_start; /* only blanks so far in this line */
} ff_sealer;

static bool breaks_here(const ff_sealer *sealer, ff_slice rest)
{
    if (ff_slice_starts(rest, FF_LIT("::")))
        return sealer->seal == FF_SEAL_JSON ? sealer->inside_actions : sealer->line_start;
    return sealer->inside_actions && ff_slice_starts(rest, FF_LIT("##["));
}

void ff_inert_seal(ff_buf *out, ff_slice text, ff_seal seal, bool inside_actions)
{
    ff_sealer sealer = {seal, inside_actions, true};
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!breaks_here(&sealer, ff_slice_from(text, i)))
            ff_buf_add_byte(out, c);
        else if (seal == FF_SEAL_JSON)
            ff_buf_add(out, c == '#' ? FF_LIT("\\u0023") : FF_LIT("\\u003a"));
        else if (seal == FF_SEAL_HTML)
            ff_buf_add(out, c == '#' ? FF_LIT("&#35;") : FF_LIT("&#58;"));
        else if (c == ':')
            ff_buf_add(out, FF_LIT(": "));
        else { /* `## [` rather than `# #[`, which could be a heading */
            ff_buf_add(out, FF_LIT("## "));
            i++;
        }
        sealer.line_start = c == '\n' || (sealer.line_start && c == ' ');
    }
}

ff_status ff_inert_seal_page(ff_buf *out, const ff_buf *page, ff_seal seal, bool inside_actions)
{
    if (ff_buf_status(page) != FF_OK)
        return ff_buf_status(page);
    ff_inert_seal(out, ff_buf_slice(page), seal, inside_actions);
    return ff_buf_status(out);
}
