#include "workshop/mask.h"

#include "base/limits.h"

enum { SLUG_BYTES = 40, HASH_BYTES = 7, QUOTED_BYTES = 200 };

void ff_mask_init(ff_mask *mask)
{
    *mask = (ff_mask){0};
    ff_buf_init(&mask->pattern, FF_LIMIT_PATTERN_BYTES);
    ff_buf_init(&mask->title, FF_LIMIT_PATTERN_BYTES);
    ff_buf_init(&mask->variant, FF_LIMIT_PATTERN_BYTES);
    ff_buf_init(&mask->slug, FF_LIMIT_PATTERN_BYTES);
}

void ff_mask_release(ff_mask *mask)
{
    ff_buf_release(&mask->pattern);
    ff_buf_release(&mask->title);
    ff_buf_release(&mask->variant);
    ff_buf_release(&mask->slug);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* What stands for a piece of the line in each of the three texts. */
static void add(ff_mask *mask, const char *pattern, const char *title, const char *variant)
{
    ff_buf_add(&mask->pattern, ff_slice_of(pattern));
    ff_buf_add(&mask->title, ff_slice_of(title));
    ff_buf_add(&mask->variant, ff_slice_of(variant));
}

static void add_plain(ff_mask *mask, ff_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] && strchr("\\^$.[]|()?*+{}#", text.ptr[i]))
            ff_buf_add_byte(&mask->pattern, '\\');
        ff_buf_add_byte(&mask->pattern, text.ptr[i]);
    }
    ff_buf_add(&mask->title, text);
    ff_buf_add(&mask->variant, text);
}

/* ---- Pieces: each takes what it knows from the front of `rest`, or returns false and leaves it. ---- */

/* What was masked as a secret is never printed so. */
static bool take_secret(ff_mask *mask, ff_slice *rest)
{
    if (!ff_slice_take_prefix(rest, FF_LIT("***")))
        return false;
    add(mask, ".+", "***", "***");
    return true;
}

/* `${` in the line is no gap of the title. */
static bool take_brace(ff_mask *mask, ff_slice *rest)
{
    if (!ff_slice_take_prefix(rest, FF_LIT("${")))
        return false;
    add(mask, "\\$\\{", "$${", "${");
    return true;
}

static bool take_url(ff_mask *mask, ff_slice *rest)
{
    if (!ff_slice_starts(*rest, FF_LIT("https://")) && !ff_slice_starts(*rest, FF_LIT("http://")))
        return false;
    size_t end = 0;
    while (end < rest->len && !strchr(" \t\"'<>)", rest->ptr[end]))
        end++;
    *rest = ff_slice_from(*rest, end);
    add(mask, "https?://[^\\s\"'<>)]*", "#", "https://example.com/other");
    return true;
}

/* What stands between quotes names something: it becomes a capture. An apostrophe inside a word is no quote. */
static bool take_quoted(ff_mask *mask, ff_slice *rest)
{
    static const char *const names[] = {"name", "other", "third"};
    char quote = rest->ptr[0];
    bool opens = mask->variant.len == 0 || !is_letter(mask->variant.ptr[mask->variant.len - 1]);
    if ((quote != '\'' && quote != '"' && quote != '`') || !opens)
        return false;
    ff_slice inner = ff_slice_from(*rest, 1);
    inner = ff_slice_cut(inner, ff_slice_find_byte(inner, quote));
    if (inner.len == 0 || inner.len > QUOTED_BYTES || inner.len + 1 >= rest->len ||
        mask->names == sizeof names / sizeof *names)
        return false;
    const char *name = names[mask->names++];
    ff_buf_printf(&mask->pattern, "%c(?<%s>[^%c]{1,200})%c", quote, name, quote, quote);
    ff_buf_printf(&mask->title, "%c${%s}%c", quote, name, quote);
    ff_buf_printf(&mask->variant, "%cother%c", quote, quote);
    *rest = ff_slice_from(*rest, inner.len + 2);
    return true;
}

/* `path/file.ext:12`, at the start of a word. */
static bool take_place(ff_mask *mask, ff_slice *rest)
{
    size_t end = 0, dot = 0;
    while (end < rest->len && !strchr(" \t:\"'`()[]<>", rest->ptr[end]))
        dot = rest->ptr[end++] == '.' ? end : dot;
    bool starts = mask->variant.len == 0 || strchr(" ([", mask->variant.ptr[mask->variant.len - 1]);
    if (mask->has_file || !starts || dot < 2 || dot == end || end + 1 >= rest->len || rest->ptr[end] != ':' ||
        !is_digit(rest->ptr[end + 1]) || !is_letter(rest->ptr[dot]))
        return false;
    add(mask, "(?<file>[^\\s:]+):(?<line>\\d+)", "${file}:${line}", "other/file.");
    ff_buf_add(&mask->variant, (ff_slice){rest->ptr + dot, end - dot});
    ff_buf_add(&mask->variant, FF_LIT(":23"));
    mask->has_file = true;
    *rest = ff_slice_from(*rest, end + 1);
    while (rest->len && is_digit(rest->ptr[0]))
        *rest = ff_slice_from(*rest, 1);
    return true;
}

static bool take_hash(ff_mask *mask, ff_slice *rest)
{
    size_t end = 0, digits = 0;
    for (; end < rest->len && is_hex(rest->ptr[end]); end++)
        digits += is_digit(rest->ptr[end]);
    bool inside = mask->variant.len && is_letter(mask->variant.ptr[mask->variant.len - 1]);
    if (inside || end < HASH_BYTES || !digits || digits == end || (end < rest->len && is_letter(rest->ptr[end])))
        return false;
    *rest = ff_slice_from(*rest, end);
    add(mask, "[0-9a-fA-F]+", "#", "0d1e2f3");
    return true;
}

static bool take_number(ff_mask *mask, ff_slice *rest)
{
    size_t end = 0;
    while (end < rest->len && is_digit(rest->ptr[end]))
        end++;
    if (end == 0)
        return false;
    add(mask, "\\d+", "#", "");
    for (size_t i = 0; i < end; i++)
        ff_buf_add_byte(&mask->variant, (char)('0' + (rest->ptr[i] - '0' + 1) % 10));
    *rest = ff_slice_from(*rest, end);
    return true;
}

typedef bool (*take_fn)(ff_mask *mask, ff_slice *rest);

static const take_fn PIECES[] = {take_secret, take_brace, take_url, take_quoted, take_place, take_hash, take_number};

/* Words of letters that stay in the pattern: the first of them make the id. */
static void add_word(ff_mask *mask, ff_slice word)
{
    add_plain(mask, word);
    if (word.len < 3 || mask->slug.len + word.len + 1 > SLUG_BYTES)
        return;
    if (mask->slug.len)
        ff_buf_add_byte(&mask->slug, '-');
    for (size_t i = 0; i < word.len; i++)
        ff_buf_add_byte(&mask->slug, (char)(word.ptr[i] | 0x20));
}

void ff_mask_line(ff_mask *mask, ff_slice line)
{
    ff_buf_add_byte(&mask->pattern, '^');
    while (line.len) {
        bool taken = false;
        for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES && !taken; i++)
            taken = PIECES[i](mask, &line);
        if (taken)
            continue;
        size_t word = 0;
        while (word < line.len && is_letter(line.ptr[word]))
            word++;
        if (word)
            add_word(mask, ff_slice_cut(line, word));
        else
            add_plain(mask, ff_slice_cut(line, 1));
        line = ff_slice_from(line, word ? word : 1);
    }
    if (mask->slug.len == 0)
        ff_buf_add(&mask->slug, FF_LIT("unnamed"));
}
