#include "diagnose/mask.h"

enum {
    HASH_MIN = 7,      /* digits of a shortened commit id */
    ID_MIN = 6,        /* decimal digits of an id, a size in bytes, a count of milliseconds */
    ADDRESS_MIN = 5,   /* hexadecimal digits behind 0x: fewer are a character or a flag */
    STATUS_DIGITS = 8, /* of an NTSTATUS or HRESULT, which say what happened: 0xC0000005, 0x80070005 */
    CODE_DIGITS = 3,   /* of an exit code, a signal, an HTTP status */
    PORT_FREE = 32768, /* from here on ports are given out by the system */
    PORT_DIGITS = 5,
    EXTENSION_MAX = 6,
    POD_SUFFIX = 5,
};

typedef struct ff_masking {
    ff_slice text;
    size_t at;
    ff_buf *out;
    ff_mask mask;
} ff_masking;

/* Words before a number that say where in a file or in the course of things it was. */
static const ff_slice PLACES[] = {
    FF_TEXT("line"),   FF_TEXT("lines"),    FF_TEXT("column"),     FF_TEXT("col"),    FF_TEXT("char"),
    FF_TEXT("offset"), FF_TEXT("pid"),      FF_TEXT("process"),    FF_TEXT("thread"), FF_TEXT("worker"),
    FF_TEXT("took"),   FF_TEXT("tests"),    FF_TEXT("assertions"), FF_TEXT("after"),  FF_TEXT("attempt"),
    FF_TEXT("retry"),  FF_TEXT("position"),
};

/* Words behind a number that say how long or how many. */
static const ff_slice UNITS[] = {
    FF_TEXT("ms"),       FF_TEXT("s"),        FF_TEXT("sec"),     FF_TEXT("secs"),     FF_TEXT("second"),
    FF_TEXT("seconds"),  FF_TEXT("m"),        FF_TEXT("min"),     FF_TEXT("mins"),     FF_TEXT("minute"),
    FF_TEXT("minutes"),  FF_TEXT("h"),        FF_TEXT("hour"),    FF_TEXT("hours"),    FF_TEXT("milliseconds"),
    FF_TEXT("us"),       FF_TEXT("ns"),       FF_TEXT("bytes"),   FF_TEXT("kb"),       FF_TEXT("kib"),
    FF_TEXT("mb"),       FF_TEXT("mib"),      FF_TEXT("gb"),      FF_TEXT("gib"),      FF_TEXT("test"),
    FF_TEXT("tests"),    FF_TEXT("passed"),   FF_TEXT("failed"),  FF_TEXT("failing"),  FF_TEXT("passing"),
    FF_TEXT("skipped"),  FF_TEXT("error"),    FF_TEXT("errors"),  FF_TEXT("warning"),  FF_TEXT("warnings"),
    FF_TEXT("problems"), FF_TEXT("failures"), FF_TEXT("attempt"), FF_TEXT("attempts"), FF_TEXT("times"),
    FF_TEXT("time"),     FF_TEXT("retries"),
};

/* Words before a number that is the point. */
static const ff_slice CODES[] = {
    FF_TEXT("code"), FF_TEXT("status"), FF_TEXT("http"), FF_TEXT("signal"), FF_TEXT("errno"),
    FF_TEXT("exit"), FF_TEXT("exited"), FF_TEXT("with"), FF_TEXT("error"),
};

static const ff_slice CALENDAR[] = {
    FF_TEXT("Mon"), FF_TEXT("Tue"), FF_TEXT("Wed"), FF_TEXT("Thu"), FF_TEXT("Fri"), FF_TEXT("Sat"), FF_TEXT("Sun"),
    FF_TEXT("Jan"), FF_TEXT("Feb"), FF_TEXT("Mar"), FF_TEXT("Apr"), FF_TEXT("May"), FF_TEXT("Jun"), FF_TEXT("Jul"),
    FF_TEXT("Aug"), FF_TEXT("Sep"), FF_TEXT("Oct"), FF_TEXT("Nov"), FF_TEXT("Dec"),
};

/* `name.com:443` is a host with a port, not a file with a line. */
static const ff_slice DOMAINS[] = {
    FF_TEXT("com"), FF_TEXT("org"),   FF_TEXT("net"),      FF_TEXT("io"),
    FF_TEXT("dev"), FF_TEXT("local"), FF_TEXT("internal"),
};

#define IS_ONE_OF(word, table) is_one_of(word, table, sizeof(table) / sizeof *(table))

static bool is_one_of(ff_slice word, const ff_slice *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ff_slice_eq_nocase(word, table[i]))
            return true;
    return false;
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

static bool is_word(char c)
{
    return is_digit(c) || is_letter(c) || c == '_' || (unsigned char)c >= 0x80;
}

static char at(const ff_masking *m, size_t index)
{
    return index < m->text.len ? m->text.ptr[index] : '\0';
}

static char before(const ff_masking *m, size_t back)
{
    return m->at >= back ? m->text.ptr[m->at - back] : '\0';
}

static size_t span(const ff_masking *m, size_t from, bool (*fits)(char))
{
    size_t end = from;
    while (end < m->text.len && fits(m->text.ptr[end]))
        end++;
    return end - from;
}

/* The word that ends before `end`, behind at most one blank and one of `:=#(`. */
static ff_slice word_before(const ff_masking *m, size_t end)
{
    while (end > 0 && strchr(" :=#(", m->text.ptr[end - 1]) && m->at - end < 2)
        end--;
    size_t from = end;
    while (from > 0 && is_letter(m->text.ptr[from - 1]))
        from--;
    return (ff_slice){m->text.ptr + from, end - from};
}

/* Digits in groups: `8-4-4-4-12`, `2:2:2`. The length of all, 0 if it is none; a shape ends with 0. */
static size_t shape(const ff_masking *m, const char *groups, char between, bool (*fits)(char))
{
    size_t end = m->at;
    for (const char *group = groups; *group; group++) {
        size_t length = (size_t)*group;
        if (span(m, end, fits) != length)
            return 0;
        end += length;
        if (group[1] && at(m, end++) != between)
            return 0;
    }
    return is_word(at(m, end)) && at(m, end) != 'T' && at(m, end) != 'Z' ? 0 : end - m->at;
}

/* Digits with a point or comma among them: what is behind the whole seconds. */
static size_t fraction(const ff_masking *m, size_t from)
{
    bool point = (at(m, from) == '.' || at(m, from) == ',') && is_digit(at(m, from + 1));
    return point ? 1 + span(m, from + 1, is_digit) : 0;
}

static size_t length_of_moment(const ff_masking *m)
{
    size_t date = shape(m, "\4\2\2", '-', is_digit);
    date = date ? date : shape(m, "\4\2\2", '/', is_digit);
    ff_masking clock = *m;
    clock.at += date && (at(m, m->at + date) == 'T' || at(m, m->at + date) == ' ') ? date + 1 : date;
    size_t time = shape(&clock, "\2\2\2", ':', is_digit);
    if (time)
        time += clock.at - m->at + fraction(m, clock.at + time);
    size_t length = time ? time : date;
    return length + (length && at(m, m->at + length) == 'Z');
}

/* `31 ms`, `1.5s`, `1m0.2s`, `12 tests`: the length of the number, the last one if there are several. */
static size_t length_of_measure(const ff_masking *m)
{
    size_t end = m->at;
    for (;;) {
        end += span(m, end, is_digit);
        end += fraction(m, end);
        size_t unit = end + (at(m, end) == ' '), letters = span(m, unit, is_letter);
        if (!IS_ONE_OF(((ff_slice){m->text.ptr + unit, letters}), UNITS))
            return 0;
        if (!is_word(at(m, unit + letters)))
            return end - m->at;
        if (!is_digit(at(m, unit + letters)))
            return 0;
        end = unit + letters;
    }
}

/* `src/a.c:12`, `a.c:12:5`, `(12,5)`. */
static bool is_place(const ff_masking *m, size_t digits)
{
    if (before(m, 1) == '(' && (at(m, m->at + digits) == ',' || at(m, m->at + digits) == ':')) {
        size_t next = m->at + digits + 1 + (at(m, m->at + digits + 1) == ' ');
        size_t more = span(m, next, is_digit);
        return more && at(m, next + more) == ')';
    }
    if (before(m, 1) != ':' && before(m, 1) != '(' && before(m, 1) != ',')
        return IS_ONE_OF(word_before(m, m->at), PLACES);
    ff_slice done = ff_slice_cut(m->text, m->at - 1);
    while (done.len && (is_digit(done.ptr[done.len - 1]) || done.ptr[done.len - 1] == ':'))
        done.len--;
    if (ff_slice_ends(done, FF_LIT("(")) && done.len < m->at - 1 && at(m, m->at + digits) == ')')
        return true;
    size_t letters = 0;
    while (letters < done.len && letters <= EXTENSION_MAX && is_letter(done.ptr[done.len - 1 - letters]))
        letters++;
    ff_slice extension = ff_slice_from(done, done.len - letters);
    return (letters && letters <= EXTENSION_MAX && letters < done.len && done.ptr[done.len - 1 - letters] == '.' &&
            !IS_ONE_OF(extension, DOMAINS)) ||
           IS_ONE_OF(word_before(m, m->at), PLACES);
}

static bool is_free_port(const ff_masking *m, size_t digits)
{
    uint64_t port = 0;
    return digits == PORT_DIGITS &&
           (before(m, 1) == ':' || ff_slice_eq_nocase(word_before(m, m->at), FF_LIT("port"))) &&
           ff_slice_to_uint((ff_slice){m->text.ptr + m->at, digits}, &port) && port >= PORT_FREE;
}

static size_t length_of_number(const ff_masking *m)
{
    size_t digits = span(m, m->at, is_digit), length = length_of_moment(m);
    if (!length)
        length = length_of_measure(m);
    if (length || is_word(at(m, m->at + digits)))
        return length;
    return digits >= ID_MIN || is_place(m, digits) || is_free_port(m, digits) ? digits : 0;
}

/* Hashes in lower case, as programs print them; capitals are codes and names of keys. `@1b2c3d` is Java's. */
static size_t length_of_hash(const ff_masking *m)
{
    size_t length = shape(m, "\10\4\4\4\14", '-', is_hex);
    if (length)
        return length;
    bool digit = false, letter = false;
    for (; is_hex(at(m, m->at + length)); length++) {
        char c = at(m, m->at + length);
        digit = digit || is_digit(c);
        letter = letter || is_letter(c);
        if (c >= 'A' && c <= 'F')
            return 0;
    }
    size_t least = before(m, 1) == '@' && is_word(before(m, 2)) ? ADDRESS_MIN : HASH_MIN;
    return length >= least && digit && letter && !is_word(at(m, m->at + length)) ? length : 0;
}

static size_t length_of_address(const ff_masking *m)
{
    if (at(m, m->at) != '0' || at(m, m->at + 1) != 'x')
        return 0;
    size_t digits = span(m, m->at + 2, is_hex);
    char first = at(m, m->at + 2);
    bool status = digits == STATUS_DIGITS && (first == '8' || first == 'C' || first == 'c');
    return digits >= ADDRESS_MIN && !status && !is_word(at(m, m->at + 2 + digits)) ? 2 + digits : 0;
}

static bool is_label(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z');
}

/* What Kubernetes makes names of: no vowels and nothing that looks like one. */
static bool is_safe(char c)
{
    return c != '\0' && strchr("bcdfghjklmnpqrstvwxz2456789", c) != NULL;
}

/* `-5d9c7b8f6c-2xkqp`, the end of a pod's name. */
static size_t length_of_pod(const ff_masking *m)
{
    size_t set = span(m, m->at + 1, is_label), suffix = m->at + 1 + set + 1;
    bool digit = false;
    for (size_t i = 0; i < set; i++)
        digit = digit || is_digit(at(m, m->at + 1 + i));
    bool is_pod = at(m, m->at) == '-' && digit && set >= HASH_MIN && set <= 10 && at(m, suffix - 1) == '-' &&
                  span(m, suffix, is_safe) == POD_SUFFIX && !is_word(at(m, suffix + POD_SUFFIX));
    return is_pod ? suffix + POD_SUFFIX - m->at : 0;
}

/* `E303`, `TS2304`; `exit code 137`. */
static size_t length_of_code(const ff_masking *m)
{
    size_t capitals = 0;
    while (at(m, m->at + capitals) >= 'A' && at(m, m->at + capitals) <= 'Z')
        capitals++;
    size_t digits = span(m, m->at + capitals, is_digit), length = capitals + digits;
    if (!digits || is_word(at(m, m->at + length)))
        return 0;
    if (capitals)
        return digits < ID_MIN ? length : 0;
    return digits <= CODE_DIGITS && IS_ONE_OF(word_before(m, m->at), CODES) ? length : 0;
}

static size_t length_of_any_number(const ff_masking *m)
{
    size_t length = span(m, m->at, is_hex);
    for (size_t i = 0; i < length; i++)
        if (is_digit(at(m, m->at + i)))
            return length;
    size_t letters = span(m, m->at, is_letter);
    ff_slice word = {m->text.ptr + m->at, letters};
    return !is_word(before(m, 1)) && IS_ONE_OF(word, CALENDAR) ? letters : 0;
}

/* How much of the text at the cursor is only of this run. */
static size_t length_to_mask(const ff_masking *m)
{
    static size_t (*const lengths[])(const ff_masking *) = {length_of_address, length_of_hash, length_of_number};
    size_t length = length_of_pod(m);
    bool begins = !is_word(before(m, 1)) && !(is_digit(before(m, 2)) && before(m, 1) == '.');
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths && begins && !length; i++)
        length = is_hex(at(m, m->at)) ? lengths[i](m) : 0;
    return length;
}

/* Copies `length` bytes, or so much as is there. */
static void copy(ff_masking *m, size_t length)
{
    ff_buf_add(m->out, ff_slice_cut(ff_slice_from(m->text, m->at), length));
    m->at += length;
}

static bool is_path_start(const ff_masking *m)
{
    char c = at(m, m->at), last = before(m, 1);
    bool fresh = !is_word(last) && last != '.' && last != '-' && last != '~' && last != '/';
    bool drive = is_letter(c) && at(m, m->at + 1) == ':' && at(m, m->at + 2) == '/';
    return fresh && (c == '/' || drive);
}

static void step(ff_masking *m)
{
    ff_slice rest = ff_slice_from(m->text, m->at);
    if (is_path_start(m) && ff_mask_take_folder(&rest, m->out)) {
        m->at = m->text.len - rest.len;
        return;
    }
    size_t length = length_to_mask(m);
    if (!length && m->mask == FF_MASK_NUMBERS) {
        size_t code = is_word(before(m, 1)) ? 0 : length_of_code(m);
        if (code) {
            copy(m, code);
            return;
        }
        length = length_of_any_number(m);
    }
    if (!length) {
        copy(m, 1);
        return;
    }
    ff_buf_add_byte(m->out, '#');
    m->at += length;
}

/* One kind of separator in paths, and one of each: `D:\\a\\b` is `D:/a/b`. */
static void add_with_slashes(ff_buf *out, ff_slice text)
{
    bool last = false;
    for (size_t i = 0; i < text.len; i++) {
        bool slash = text.ptr[i] == '/' || text.ptr[i] == '\\';
        if (!slash || !last)
            ff_buf_add_byte(out, slash ? '/' : text.ptr[i]);
        last = slash;
    }
}

void ff_mask_add(ff_buf *out, ff_slice text, ff_mask mask)
{
    ff_buf even;
    ff_buf_init(&even, FF_MASK_BYTES_MAX);
    add_with_slashes(&even, text);
    ff_masking m = {.text = ff_buf_slice(&even), .out = out, .mask = mask};
    while (m.at < m.text.len)
        step(&m);
    ff_buf_inherit(out, &even);
    ff_buf_release(&even);
}
