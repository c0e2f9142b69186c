#include "base/secret.h"

#include <limits.h>

/* What a token may consist of behind its prefix. */
typedef enum alphabet {
    ALNUM,    /* A-Z a-z 0-9 */
    UPPER,    /* A-Z 0-9 */
    HEX,      /* 0-9 a-f A-F */
    WORD,     /* ALNUM _ */
    URL_SAFE, /* ALNUM _ - */
    DOTTED,   /* ALNUM _ - . */
    BASE64,   /* ALNUM + / = */
    PATH,     /* ALNUM / */
    BEARER,   /* ALNUM . _ ~ + / = - */
    ALPHABETS
} alphabet;

static const char *const MARKS[ALPHABETS] = {
    [ALNUM] = "",     [UPPER] = "",     [HEX] = "",   [WORD] = "_",         [URL_SAFE] = "_-",
    [DOTTED] = "_-.", [BASE64] = "+/=", [PATH] = "/", [BEARER] = "._~+/=-",
};

/* Conditions beyond the alphabet. */
enum {
    BOUNDED = 1, /* no letter, digit or `_` may stand before or behind */
    MIXED = 2,   /* a digit and a letter of each case: no words strung together */
    EXACT = 4,   /* `least` is the exact length */
    KEEP = 8,    /* the prefix is no part of the secret */
    HUMAN = 16,  /* a person may have typed a placeholder there */
};

/* Tokens that their issuers made recognisable; lengths as documented by them, or a little less. */
static const struct shape {
    ff_slice prefix;
    alphabet alphabet;
    size_t least;
    unsigned conditions;
} SHAPES[] = {
    /* GitHub; the s kind may hold a JWT. */
    {FF_TEXT("ghp_"), WORD, 20, 0},
    {FF_TEXT("gho_"), WORD, 20, 0},
    {FF_TEXT("ghu_"), WORD, 20, 0},
    {FF_TEXT("ghs_"), DOTTED, 20, 0},
    {FF_TEXT("ghr_"), WORD, 20, 0},
    {FF_TEXT("github_pat_"), WORD, 20, 0},
    /* GitLab */
    {FF_TEXT("glpat-"), URL_SAFE, 16, 0},
    {FF_TEXT("gldt-"), URL_SAFE, 16, BOUNDED},
    {FF_TEXT("glrt-"), URL_SAFE, 16, BOUNDED},
    {FF_TEXT("glcbt-"), URL_SAFE, 16, BOUNDED},
    /* AWS */
    {FF_TEXT("AKIA"), UPPER, 16, BOUNDED | EXACT},
    {FF_TEXT("ASIA"), UPPER, 16, BOUNDED | EXACT},
    {FF_TEXT("X-Amz-Signature="), HEX, 32, KEEP},
    {FF_TEXT("X-Amz-Security-Token="), BEARER, 20, KEEP},
    /* Azure */
    {FF_TEXT("AccountKey="), BASE64, 40, KEEP},
    {FF_TEXT("SharedAccessKey="), BASE64, 40, KEEP},
    {FF_TEXT("&sig="), BEARER, 20, KEEP},
    {FF_TEXT("?sig="), BEARER, 20, KEEP},
    /* Google */
    {FF_TEXT("AIza"), URL_SAFE, 35, BOUNDED},
    {FF_TEXT("ya29."), URL_SAFE, 20, BOUNDED},
    /* Slack */
    {FF_TEXT("xoxa-"), URL_SAFE, 10, 0},
    {FF_TEXT("xoxb-"), URL_SAFE, 10, 0},
    {FF_TEXT("xoxe-"), URL_SAFE, 10, 0},
    {FF_TEXT("xoxe."), DOTTED, 20, 0},
    {FF_TEXT("xoxo-"), URL_SAFE, 10, BOUNDED},
    {FF_TEXT("xoxp-"), URL_SAFE, 10, 0},
    {FF_TEXT("xoxr-"), URL_SAFE, 10, 0},
    {FF_TEXT("xoxs-"), URL_SAFE, 10, 0},
    {FF_TEXT("xapp-"), URL_SAFE, 20, BOUNDED},
    {FF_TEXT("hooks.slack.com/services/"), PATH, 20, KEEP},
    /* Stripe */
    {FF_TEXT("sk_live_"), ALNUM, 10, 0},
    {FF_TEXT("rk_live_"), ALNUM, 10, 0},
    {FF_TEXT("sk_test_"), ALNUM, 16, BOUNDED},
    {FF_TEXT("rk_test_"), ALNUM, 16, BOUNDED},
    {FF_TEXT("whsec_"), BASE64, 24, BOUNDED},
    /* Package registries */
    {FF_TEXT("npm_"), ALNUM, 30, BOUNDED},
    {FF_TEXT("pypi-AgE"), URL_SAFE, 16, 0},
    {FF_TEXT("rubygems_"), HEX, 40, BOUNDED},
    {FF_TEXT("dckr_pat_"), URL_SAFE, 16, 0},
    {FF_TEXT("dckr_oat_"), URL_SAFE, 16, 0},
    /* Models and data */
    {FF_TEXT("sk-proj-"), URL_SAFE, 16, BOUNDED},
    {FF_TEXT("sk-ant-"), URL_SAFE, 16, BOUNDED},
    {FF_TEXT("sk-"), URL_SAFE, 20, BOUNDED | MIXED},
    {FF_TEXT("hf_"), ALNUM, 30, BOUNDED},
    {FF_TEXT("dapi"), HEX, 32, BOUNDED | EXACT},
    /* Clouds and mail */
    {FF_TEXT("dop_v1_"), HEX, 32, 0},
    {FF_TEXT("doo_v1_"), HEX, 32, 0},
    {FF_TEXT("SG."), DOTTED, 40, BOUNDED | MIXED},
    {FF_TEXT("SK"), HEX, 32, BOUNDED | EXACT},
    {FF_TEXT("shpat_"), HEX, 32, BOUNDED},
    {FF_TEXT("hvs."), URL_SAFE, 24, BOUNDED},
    {FF_TEXT("AGE-SECRET-KEY-1"), UPPER, 20, 0},
    /* The first bytes of an OpenSSH private key in base64. */
    {FF_TEXT("b3BlbnNzaC1rZXktdjE"), BASE64, 8, 0},
    /* Wherever they stand */
    {FF_TEXT("Bearer "), BEARER, 20, KEEP | MIXED},
    {FF_TEXT("bearer "), BEARER, 20, KEEP | MIXED},
    {FF_TEXT("--password "), BEARER, 8, KEEP | HUMAN},
    {FF_TEXT("--token "), BEARER, 8, KEEP | HUMAN},
};

/* Names whose value is a secret, compared from the end: `DB_PASSWORD`, `client-secret`. */
static const ff_slice KEYS[] = {
    FF_TEXT("password"),   FF_TEXT("passwd"),    FF_TEXT("passphrase"), FF_TEXT("secret"),      FF_TEXT("token"),
    FF_TEXT("api_key"),    FF_TEXT("apikey"),    FF_TEXT("api-key"),    FF_TEXT("access_key"),  FF_TEXT("access-key"),
    FF_TEXT("secret_key"), FF_TEXT("secretkey"), FF_TEXT("secret-key"), FF_TEXT("private_key"), FF_TEXT("private-key"),
    FF_TEXT("auth_key"),   FF_TEXT("accesskey"),
};

/* Values that say that there is none. */
static const ff_slice PLACEHOLDERS[] = {
    FF_TEXT("undefined"),  FF_TEXT("required"), FF_TEXT("redacted"), FF_TEXT("hidden"),     FF_TEXT("password"),
    FF_TEXT("expected"),   FF_TEXT("disabled"), FF_TEXT("provided"), FF_TEXT("not-set"),    FF_TEXT("process.env"),
    FF_TEXT("os.environ"), FF_TEXT("secrets."), FF_TEXT("missing"),  FF_TEXT("[redacted]"),
};

enum { VALUE_LEAST = 8, KEY_MAX = 64, USERINFO_MAX = 512, JWT_PART_LEAST = 8, TELEGRAM_LEAST = 33 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_word(char c)
{
    return is_digit(c) || is_upper(c) || is_lower(c) || c == '_';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool belongs(char c, alphabet set)
{
    if (is_digit(c))
        return true;
    if (set == UPPER)
        return is_upper(c);
    if (set == HEX)
        return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    return is_upper(c) || is_lower(c) || (c != '\0' && strchr(MARKS[set], c));
}

/* How many bytes of `text` from `at` on belong to the alphabet. */
static size_t run_length(ff_slice text, size_t at, alphabet set)
{
    size_t len = 0;
    while (at + len < text.len && len < FF_SECRET_BYTES && belongs(text.ptr[at + len], set))
        len++;
    return len;
}

static bool is_mixed(ff_slice s)
{
    bool digit = false, upper = false, lower = false;
    for (size_t i = 0; i < s.len; i++) {
        digit |= is_digit(s.ptr[i]);
        upper |= is_upper(s.ptr[i]);
        lower |= is_lower(s.ptr[i]);
    }
    return digit && upper && lower;
}

/* A value that stands for a secret: a mask, a variable, a template, a word. */
static bool is_placeholder(ff_slice value)
{
    if (value.len == 0 || strchr("*$<{%([#", value.ptr[0]))
        return true;
    for (size_t i = 0; i < sizeof PLACEHOLDERS / sizeof *PLACEHOLDERS; i++)
        if (ff_slice_eq_nocase(ff_slice_cut(value, PLACEHOLDERS[i].len), PLACEHOLDERS[i]))
            return true;
    return ff_slice_find(value, FF_LIT("***")) != SIZE_MAX;
}

static bool shape_fits(const struct shape *shape, ff_slice text, size_t at, size_t *from, size_t *to)
{
    if (!ff_slice_starts(ff_slice_from(text, at), shape->prefix))
        return false;
    bool bounded = shape->conditions & BOUNDED;
    if (bounded && at > 0 && is_word(text.ptr[at - 1]))
        return false;
    size_t body = at + shape->prefix.len, len = run_length(text, body, shape->alphabet);
    /* The dot or dash that ends a sentence is no part of a token. */
    while (len > 0 && (text.ptr[body + len - 1] == '.' || text.ptr[body + len - 1] == '-'))
        len--;
    if (len < shape->least || ((shape->conditions & EXACT) && len != shape->least))
        return false;
    if (bounded && body + len < text.len && is_word(text.ptr[body + len]))
        return false;
    ff_slice token = {text.ptr + body, len};
    if (((shape->conditions & MIXED) && !is_mixed(token)) || ((shape->conditions & HUMAN) && is_placeholder(token)))
        return false;
    *from = shape->conditions & KEEP ? body : at;
    *to = body + len;
    return true;
}

static bool known_shape(ff_slice text, size_t at, size_t *from, size_t *to)
{
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++)
        if (SHAPES[i].prefix.ptr[0] == text.ptr[at] && shape_fits(&SHAPES[i], text, at, from, to))
            return true;
    return false;
}

/* JSON web token: three base64url parts; the first two are objects, which begin with `{"`. Claims can be longer than
 * what is looked at here, and a text can break off inside them: two parts, or one that ends the text, are enough. */
static bool web_token(ff_slice text, size_t at, size_t *from, size_t *to)
{
    size_t end = at;
    for (int part = 0; part < 3; part++) {
        if (part < 2 && !ff_slice_starts(ff_slice_from(text, end), FF_LIT("eyJ")))
            return false;
        size_t len = run_length(text, end, URL_SAFE);
        if (part < 2 && len < JWT_PART_LEAST)
            return false;
        end += len;
        if (part == 2 || end == text.len || len == FF_SECRET_BYTES)
            break;
        if (text.ptr[end] != '.')
            return false;
        end++;
    }
    *from = at;
    *to = end;
    return true;
}

/* A Telegram bot: its number, a colon, 35 characters that begin with AA. */
static bool bot_token(ff_slice text, size_t at, size_t *from, size_t *to)
{
    if (!is_digit(text.ptr[at]) || (at > 0 && (is_word(text.ptr[at - 1]) && text.ptr[at - 1] != 't')))
        return false;
    ff_slice rest = ff_slice_from(text, at);
    uint64_t number;
    if (!ff_slice_take_uint(&rest, &number) || number < 10000000 || !ff_slice_take_prefix(&rest, FF_LIT(":AA")))
        return false;
    size_t body = text.len - rest.len, len = run_length(text, body, URL_SAFE);
    if (len < TELEGRAM_LEAST)
        return false;
    *from = at;
    *to = body + len;
    return true;
}

/* A private key: everything between its first and last line, as far as it stands in this text. */
static bool private_key(ff_slice text, size_t at, size_t *from, size_t *to)
{
    ff_slice rest = ff_slice_from(text, at);
    if (!ff_slice_starts(rest, FF_LIT("-----BEGIN ")))
        return false;
    static const ff_slice ends[] = {FF_TEXT("PRIVATE KEY-----"), FF_TEXT("PRIVATE KEY BLOCK-----")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t head = ff_slice_find(ff_slice_cut(rest, 80), ends[i]);
        if (head == SIZE_MAX)
            continue;
        *from = at + head + ends[i].len;
        size_t foot = ff_slice_find(ff_slice_from(text, *from), FF_LIT("-----END"));
        *to = foot == SIZE_MAX ? text.len : *from + foot;
        return *to > *from;
    }
    return false;
}

/* A line of such a key alone: base64 and nothing else, as long as PEM writers make lines. Hashes and paths are not
 * mixed in this way. */
static bool key_line(ff_slice text, size_t at, size_t *from, size_t *to)
{
    if (at != 0)
        return false;
    ff_slice line = ff_slice_trim(text);
    if ((line.len != 64 && line.len != 70 && line.len != 76) || run_length(line, 0, BASE64) != line.len ||
        !is_mixed(line))
        return false;
    size_t slashes = 0;
    for (size_t i = 0; i < line.len; i++)
        slashes += line.ptr[i] == '/';
    *from = (size_t)(line.ptr - text.ptr);
    *to = *from + line.len;
    return slashes <= 4;
}

/* `scheme://user:password@host`: the password. */
static bool url_password(ff_slice text, size_t at, size_t *from, size_t *to)
{
    ff_slice rest = ff_slice_from(text, at);
    if (!ff_slice_take_prefix(&rest, FF_LIT("://")))
        return false;
    size_t end = 0, colon = SIZE_MAX, sign = SIZE_MAX;
    for (; end < rest.len && end < USERINFO_MAX && (unsigned char)rest.ptr[end] > ' '; end++) {
        char c = rest.ptr[end];
        if (strchr("/?#\"'<>`", c))
            break;
        if (c == ':' && colon == SIZE_MAX && sign == SIZE_MAX)
            colon = end;
        if (c == '@')
            sign = end;
    }
    if (sign == SIZE_MAX || colon == SIZE_MAX || sign <= colon + 1)
        return false;
    ff_slice password = {rest.ptr + colon + 1, sign - colon - 1};
    *from = (size_t)(password.ptr - text.ptr);
    *to = *from + password.len;
    return !is_placeholder(password);
}

/* The name that ends before `at`, a `=` or `:`; quotes and one blank may stand between. */
static ff_slice key_before(ff_slice text, size_t at)
{
    size_t end = at;
    while (end > 0 && at - end < 3 && strchr("\"' \\", text.ptr[end - 1]))
        end--;
    size_t start = end;
    while (start > 0 && end - start < KEY_MAX && (is_word(text.ptr[start - 1]) || text.ptr[start - 1] == '-'))
        start--;
    return (ff_slice){text.ptr + start, end - start};
}

static bool ends_nocase(ff_slice text, ff_slice tail)
{
    return text.len >= tail.len && ff_slice_eq_nocase(ff_slice_from(text, text.len - tail.len), tail);
}

static bool is_secret_key(ff_slice key)
{
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (ends_nocase(key, KEYS[i]))
            return true;
    return false;
}

/* What an assignment gives: up to the same quote if it is quoted, else up to a blank or a mark that ends values; `&`
 * does so only in the query of a URL. */
static ff_slice value_behind(ff_slice text, size_t at, bool in_query)
{
    size_t start = at;
    while (start < text.len && start - at < 3 && (is_blank(text.ptr[start]) || strchr("\"'\\", text.ptr[start])))
        start++;
    char quote = start > at && strchr("\"'", text.ptr[start - 1]) ? text.ptr[start - 1] : '\0';
    const char *stops = quote ? (quote == '"' ? "\"\\" : "'\\") : in_query ? "\"'`,;&\\" : "\"'`,;\\";
    size_t end = start;
    while (end < text.len && end - start < FF_SECRET_BYTES && (unsigned char)text.ptr[end] > ' ' &&
           !strchr(stops, text.ptr[end]))
        end++;
    return (ff_slice){text.ptr + start, end - start};
}

/* Source code, quoted in tracebacks, assigns names, members and calls: `token=self.token`, `password=get("x")`. */
static bool looks_like_code(ff_slice value, bool in_call)
{
    bool name = true;
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '(')
            return true;
        name &= is_lower(value.ptr[i]) || value.ptr[i] == '_' || value.ptr[i] == '.' || value.ptr[i] == ')';
    }
    return name &&
           (in_call || ff_slice_find_byte(value, '.') != SIZE_MAX || ff_slice_find_byte(value, ')') != SIZE_MAX);
}

/* Prose has colons too (`invalid token: expected …`): behind one, only what no word looks like is a secret, or the
 * value of a name that is written like a variable and fills the rest of the line. */
static bool is_secret_value(ff_slice text, ff_slice key, char sign, ff_slice value)
{
    size_t end = (size_t)(value.ptr - text.ptr) + value.len;
    if (value.len < VALUE_LEAST || is_placeholder(value) || value.ptr[0] == '=')
        return false;
    if (looks_like_code(value, end < text.len && strchr(",)", text.ptr[end])))
        return false;
    if (sign == '=')
        return true;
    bool digit = false, letter = false;
    for (size_t i = 0; i < value.len; i++) {
        digit |= is_digit(value.ptr[i]);
        letter |= is_upper(value.ptr[i]) || is_lower(value.ptr[i]);
    }
    bool variable = ff_slice_find_byte(key, '_') != SIZE_MAX || (key.len && is_upper(key.ptr[key.len - 1]));
    return (digit && letter) || (variable && end == text.len);
}

static bool assignment(ff_slice text, size_t at, size_t *from, size_t *to)
{
    char sign = text.ptr[at];
    if ((sign != '=' && sign != ':') || at == 0)
        return false;
    ff_slice key = key_before(text, at);
    bool header = ends_nocase(key, FF_LIT("authorization"));
    if (!header && !is_secret_key(key))
        return false;
    bool in_query = key.ptr > text.ptr && strchr("?&", key.ptr[-1]);
    ff_slice value = value_behind(text, at + 1, in_query);
    if (header) {
        static const ff_slice schemes[] = {FF_TEXT("bearer"), FF_TEXT("basic"), FF_TEXT("token"), FF_TEXT("digest")};
        for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
            if (ff_slice_eq_nocase(value, schemes[i]))
                value = value_behind(text, (size_t)(value.ptr - text.ptr) + value.len, false);
        if (value.len < VALUE_LEAST || is_placeholder(value))
            return false;
    } else if (!is_secret_value(text, key, sign, value)) {
        return false;
    }
    *from = (size_t)(value.ptr - text.ptr);
    *to = *from + value.len;
    return true;
}

/* Every way to recognise one, in the order in which they are tried at each byte. */
static bool (*const FINDERS[])(ff_slice text, size_t at, size_t *from, size_t *to) = {
    key_line, known_shape, web_token, bot_token, private_key, url_password, assignment,
};

/* Bytes at which a finder can succeed, but for a line that is all of a key: most bytes of a log need no second look. */
static void mark_beginnings(bool begins[UCHAR_MAX + 1])
{
    for (const char *c = "0123456789:=-e"; *c; c++)
        begins[(unsigned char)*c] = true;
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++)
        begins[(unsigned char)SHAPES[i].prefix.ptr[0]] = true;
}

bool ff_secret_find(ff_slice text, size_t at, size_t *from, size_t *to)
{
    bool begins[UCHAR_MAX + 1] = {false};
    mark_beginnings(begins);
    for (; at < text.len; at++) {
        bool likely = at == 0 || begins[(unsigned char)text.ptr[at]];
        for (size_t i = 0; likely && i < sizeof FINDERS / sizeof *FINDERS; i++)
            if (FINDERS[i](text, at, from, to))
                return true;
    }
    return false;
}
