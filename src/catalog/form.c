#include "catalog/form.h"

#include "base/limits.h"

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* True if every byte is a lower-case letter, a digit, '-' or one of `more`. */
static bool is_made_of_slug(ff_slice text, const char *more)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_lower(text.ptr[i]) && !is_digit(text.ptr[i]) && text.ptr[i] != '-' &&
            (text.ptr[i] == '\0' || !strchr(more, text.ptr[i])))
            return false;
    return text.len > 0 && text.len <= FF_LIMIT_ID_BYTES;
}

/* A letter first, so that a name is never taken for a number. */
static bool is_name(ff_slice text)
{
    return is_made_of_slug(text, "") && is_lower(text.ptr[0]);
}

/* Exactly one dot: the family is what stands before it. */
static bool is_id(ff_slice text)
{
    ff_slice family = {0}, rest = text;
    if (text.len > FF_LIMIT_ID_BYTES || !ff_slice_take_until(&rest, '.', &family))
        return false;
    return is_name(family) && is_made_of_slug(rest, "") && rest.ptr[0] != '-';
}

static bool is_id_glob(ff_slice text)
{
    return ff_form_is_open(text) ? text.ptr[0] != '#' && is_made_of_slug(text, ".*?") : is_id(text);
}

static bool is_reference(ff_slice text)
{
    return ff_slice_take_prefix(&text, FF_LIT("#")) ? is_name(text) : is_id_glob(text);
}

/* PCRE2 takes names of up to 32 bytes. */
static bool is_capture(ff_slice text)
{
    if (text.len == 0 || text.len > 32 || is_digit(text.ptr[0]))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!is_lower(c) && !is_digit(c) && !(c >= 'A' && c <= 'Z') && c != '_')
            return false;
    }
    return true;
}

/* Whether it compiles is for the matcher to say, which knows the regex library. */
static bool is_pattern(ff_slice text)
{
    return text.len > 0 && text.len <= FF_LIMIT_PATTERN_BYTES;
}

static bool is_text(ff_slice text)
{
    return ff_slice_trim(text).len > 0;
}

/* Titles and commands are printed where a line break would start something else. */
static bool is_line(ff_slice text)
{
    return is_text(text) && ff_slice_find_byte(text, '\n') == SIZE_MAX && ff_slice_find_byte(text, '\r') == SIZE_MAX;
}

static bool is_any(ff_slice text)
{
    (void)text;
    return true;
}

const ff_form ff_form_name = {is_name, "a name of lower-case letters, digits and '-'"};
const ff_form ff_form_id = {is_id, "an id 'family.slug' of lower-case letters, digits and '-'"};
const ff_form ff_form_id_glob = {is_id_glob, "an id 'family.slug' or a glob on ids such as 'family.*'"};
const ff_form ff_form_reference = {is_reference, "an id 'family.slug', a glob on ids such as 'family.*', or '#tag'"};
const ff_form ff_form_capture = {is_capture, "the name of a capture: letters, digits and '_', at most 32"};
const ff_form ff_form_pattern = {is_pattern, "a pattern of 1 to 4096 bytes"};
const ff_form ff_form_line = {is_line, "one line of text"};
const ff_form ff_form_text = {is_text, "a text that is not empty"};
const ff_form ff_form_any = {is_any, "a text"};

_Static_assert(FF_LIMIT_PATTERN_BYTES == 4096, "the words of ff_form_pattern name the bound");

bool ff_form_is_open(ff_slice reference)
{
    return ff_slice_starts(reference, FF_LIT("#")) || ff_slice_find_byte(reference, '*') != SIZE_MAX ||
           ff_slice_find_byte(reference, '?') != SIZE_MAX;
}
