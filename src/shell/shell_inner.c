#include "shell/shell_inner.h"

#include "shell/shell_name.h"

/* Programs that run the command in their arguments, wherever it begins there. */
static const ff_slice WRAPPERS[] = {
    FF_TEXT("busybox"),
    FF_TEXT("chroot"),
    FF_TEXT("command"),
    FF_TEXT("conda"),
    FF_TEXT("dbus-run-session"),
    FF_TEXT("doas"),
    FF_TEXT("docker"),
    FF_TEXT("docker-compose"),
    FF_TEXT("env"),
    FF_TEXT("exec"),
    FF_TEXT("flock"),
    FF_TEXT("fly"),
    FF_TEXT("flyctl"),
    FF_TEXT("gosu"),
    FF_TEXT("heroku"),
    FF_TEXT("hatch"),
    FF_TEXT("ionice"),
    FF_TEXT("kubectl"),
    FF_TEXT("micromamba"),
    FF_TEXT("nerdctl"),
    FF_TEXT("nice"),
    FF_TEXT("nohup"),
    FF_TEXT("nsenter"),
    FF_TEXT("oc"),
    FF_TEXT("pdm"),
    FF_TEXT("pipenv"),
    FF_TEXT("podman"),
    FF_TEXT("poetry"),
    FF_TEXT("retry"),
    FF_TEXT("rye"),
    FF_TEXT("setsid"),
    FF_TEXT("sshpass"),
    FF_TEXT("stdbuf"),
    FF_TEXT("su-exec"),
    FF_TEXT("sudo"),
    FF_TEXT("time"),
    FF_TEXT("timeout"),
    FF_TEXT("unshare"),
    FF_TEXT("uv"),
    FF_TEXT("xargs"),
    FF_TEXT("xvfb-run"),
};

static const ff_slice SHELLS[] = {
    FF_TEXT("ash"), FF_TEXT("bash"), FF_TEXT("dash"), FF_TEXT("ksh"), FF_TEXT("sh"), FF_TEXT("zsh"),
};

/* Programs one of whose options is a script. */
static const struct {
    ff_slice program, option, other;
    bool input; /* without it a shell reads its standard input */
} RUNNERS[] = {
    {FF_TEXT("gcloud"), FF_TEXT("--command"), FF_TEXT("--command"), false},
    {FF_TEXT("nix-shell"), FF_TEXT("--run"), FF_TEXT("--command"), false},
    {FF_TEXT("runuser"), FF_TEXT("-c"), FF_TEXT("--command"), true},
    {FF_TEXT("script"), FF_TEXT("-c"), FF_TEXT("-qec"), false},
    {FF_TEXT("su"), FF_TEXT("-c"), FF_TEXT("--command"), true},
    {FF_TEXT("vagrant"), FF_TEXT("-c"), FF_TEXT("--command"), false},
};

/* Options of ssh(1) that have an argument. */
static const ff_slice SSH_ARGUMENTS = FF_TEXT("BbcDEeFIiJLlmOoPpQRSWw");

typedef struct words {
    const ff_slice *items;
    uint32_t count;
    bool input;
    unsigned hops; /* ssh that runs ssh */
} words;

enum { HOPS_MAX = 4 };

static const ff_inner_script NOTHING = {.language = INNER_NONE};

static ff_slice base_of(ff_slice word)
{
    for (size_t i = word.len; i-- > 0;)
        if (word.ptr[i] == '/')
            return ff_slice_from(word, i + 1);
    return word;
}

static bool is_option(ff_slice word)
{
    return word.len > 1 && word.ptr[0] == '-';
}

static bool has_letter(ff_slice cluster, char letter)
{
    return is_option(cluster) && cluster.ptr[1] != '-' && ff_slice_find_byte(cluster, letter) != SIZE_MAX;
}

static ff_inner_script from_word(ff_inner_language language, uint32_t runner, uint32_t word)
{
    return (ff_inner_script){
        .language = language, .first = word, .count = 1, .label_first = runner, .label_last = word - 1};
}

static ff_inner_script from_input(ff_inner_language language, uint32_t runner, uint32_t last)
{
    return (ff_inner_script){.language = language, .from_input = true, .label_first = runner, .label_last = last};
}

/* ---- shells ---- */

/* One option of a shell and, if it has one, its argument. */
static uint32_t read_shell_option(const words *w, uint32_t at, ff_inner_script *script, bool *command)
{
    ff_slice word = w->items[at], next = at + 1 < w->count ? w->items[at + 1] : (ff_slice){0};
    bool on = word.ptr[0] == '-';
    if (ff_slice_eq(word, FF_LIT("--rcfile")) || ff_slice_eq(word, FF_LIT("--init-file")))
        return at + 2;
    if (word.ptr[1] == '-')
        return at + 1;
    bool named = false;
    for (size_t i = 1; i < word.len; i++) {
        *command = *command || word.ptr[i] == 'c';
        named = named || word.ptr[i] == 'o' || word.ptr[i] == 'O';
        if (word.ptr[i] == 'e')
            script->errexit = on;
    }
    if (named && ff_slice_eq(next, FF_LIT("errexit")))
        script->errexit = on;
    if (named && ff_slice_eq(next, FF_LIT("pipefail")))
        script->pipefail = on;
    return at + (named ? 2 : 1);
}

/* `bash` as the image of `docker run --entrypoint bash …`: its options stand behind the image. */
static uint32_t skip_to_options(const words *w, uint32_t shell)
{
    bool entry = ff_slice_starts(w->items[shell], FF_LIT("--entrypoint=")) ||
                 (shell && ff_slice_eq(w->items[shell - 1], FF_LIT("--entrypoint")));
    uint32_t at = shell + 1;
    if (!entry)
        return at;
    while (at < w->count && !(has_letter(w->items[at], 'c') && w->items[at].len <= 4))
        at++;
    return at;
}

static ff_inner_script find_shell(const words *w, uint32_t shell)
{
    ff_inner_script script = {.language = INNER_SHELL};
    bool command = false, input = false;
    uint32_t at = skip_to_options(w, shell);
    while (at < w->count && (is_option(w->items[at]) || (w->items[at].len > 1 && w->items[at].ptr[0] == '+'))) {
        bool end = ff_slice_eq(w->items[at], FF_LIT("--"));
        input = input || has_letter(w->items[at], 's');
        at = end ? at + 1 : read_shell_option(w, at, &script, &command);
        if (end)
            break;
    }
    if (command && at < w->count) {
        ff_inner_script found = from_word(INNER_SHELL, shell, at);
        found.errexit = script.errexit;
        found.pipefail = script.pipefail;
        return found;
    }
    input = input || at >= w->count || ff_slice_eq(w->items[at], FF_LIT("-")) ||
            ff_slice_eq(w->items[at], FF_LIT("/dev/stdin"));
    if (command || !input || !w->input)
        return NOTHING;
    script.from_input = true;
    script.label_first = shell;
    script.label_last = (at < w->count ? at : w->count) - 1;
    return script;
}

static ff_inner_script find_option(const words *w, uint32_t program, ff_slice option, ff_slice other)
{
    for (uint32_t at = program + 1; at < w->count; at++) {
        ff_slice word = w->items[at];
        if ((ff_slice_eq(word, option) || ff_slice_eq(word, other)) && at + 1 < w->count)
            return from_word(INNER_SHELL, program, at + 1);
        if (ff_slice_starts(word, FF_LIT("--command="))) {
            ff_inner_script found = from_word(INNER_SHELL, program, at);
            found.skip = sizeof "--command=" - 1;
            found.label_last = program;
            return found;
        }
    }
    return NOTHING;
}

static ff_inner_script find_runner(const words *w, uint32_t at, size_t row)
{
    ff_inner_script found = find_option(w, at, RUNNERS[row].option, RUNNERS[row].other);
    if (found.language == INNER_NONE && RUNNERS[row].input && w->input)
        return from_input(INNER_SHELL, at, at);
    return found;
}

/* ---- Python ---- */

static ff_inner_script find_django_shell(const words *w, uint32_t manage)
{
    uint32_t at = manage + 1;
    while (at < w->count && !ff_slice_starts(w->items[at], FF_LIT("shell")))
        at++;
    if (at >= w->count)
        return NOTHING;
    ff_inner_script found = find_option(w, at, FF_LIT("-c"), FF_LIT("--command"));
    if (found.language != INNER_NONE) {
        found.language = INNER_PYTHON;
        found.label_first = manage;
        return found;
    }
    return w->input ? from_input(INNER_PYTHON, manage, at) : NOTHING;
}

static bool is_manage(ff_slice base)
{
    return ff_slice_eq(base, FF_LIT("manage.py")) || ff_slice_eq(base, FF_LIT("django-admin"));
}

static ff_inner_script find_python(const words *w, uint32_t python)
{
    uint32_t at = python + 1;
    while (at < w->count && is_option(w->items[at])) {
        ff_slice word = w->items[at];
        if (word.len > 1 && (word.ptr[1] == 'W' || word.ptr[1] == 'X')) {
            at += word.len == 2 ? 2 : 1; /* `-W once`, `-Wonce` */
            continue;
        }
        if (has_letter(word, 'm'))
            return NOTHING;
        if (has_letter(word, 'c'))
            return at + 1 < w->count ? from_word(INNER_PYTHON, python, at + 1) : NOTHING;
        at++;
    }
    if (at < w->count && is_manage(base_of(w->items[at])))
        return find_django_shell(w, at);
    bool input = at >= w->count || ff_slice_eq(w->items[at], FF_LIT("-"));
    return input && w->input ? from_input(INNER_PYTHON, python, at < w->count ? at : w->count - 1) : NOTHING;
}

/* `python`, `python3`, `python3.12`. */
static bool is_python(ff_slice base)
{
    if (!ff_slice_take_prefix(&base, FF_LIT("python")))
        return false;
    for (size_t i = 0; i < base.len; i++)
        if (base.ptr[i] != '.' && (base.ptr[i] < '0' || base.ptr[i] > '9'))
            return false;
    return true;
}

/* ---- ssh ---- */

static bool is_script(ff_slice word)
{
    for (size_t i = 0; i < word.len; i++)
        if (strchr(" \t\n;&|<>", word.ptr[i]) && word.ptr[i])
            return true;
    return false;
}

/* Index of the first word of the remote command. */
static uint32_t behind_host(const words *w, uint32_t ssh)
{
    uint32_t at = ssh + 1;
    while (at < w->count && is_option(w->items[at])) {
        ff_slice word = w->items[at++];
        size_t i = 1;
        while (i < word.len && ff_slice_find_byte(SSH_ARGUMENTS, word.ptr[i]) == SIZE_MAX)
            i++;
        at += i + 1 == word.len ? 1 : 0;
    }
    return at + 1;
}

static ff_inner_script find_from(const words *w, uint32_t from);

/* ssh joins its arguments by blanks, and the user's shell over there reads what comes of it. */
static ff_inner_script find_remote(const words *w, uint32_t ssh)
{
    uint32_t first = behind_host(w, ssh);
    bool script = false;
    if (first >= w->count)
        return first == w->count && w->input ? from_input(INNER_SHELL, ssh, ssh) : NOTHING;
    for (uint32_t i = first; i < w->count; i++)
        script = script || is_script(w->items[i]);
    if (!script || FF_SHELL_IS_AMONG(SHELLS, base_of(w->items[first]))) {
        words behind = *w;
        return behind.hops++ < HOPS_MAX ? find_from(&behind, first) : NOTHING;
    }
    return (ff_inner_script){
        .language = INNER_SHELL, .first = first, .count = w->count - first, .label_first = ssh, .label_last = ssh};
}

/* ---- all ---- */

static ff_inner_script find_from(const words *w, uint32_t from)
{
    for (uint32_t i = from; i < w->count; i++) {
        ff_slice base = base_of(w->items[i]);
        if (FF_SHELL_IS_AMONG(SHELLS, base))
            return find_shell(w, i);
        if (is_python(base))
            return find_python(w, i);
        if (is_manage(base))
            return find_django_shell(w, i);
        if (ff_slice_eq(base, FF_LIT("ssh")))
            return find_remote(w, i);
        for (size_t row = 0; row < sizeof RUNNERS / sizeof *RUNNERS; row++)
            if (ff_slice_eq(base, RUNNERS[row].program))
                return find_runner(w, i, row);
        if (i == from && !FF_SHELL_IS_AMONG(WRAPPERS, base))
            break;
    }
    return NOTHING;
}

/* `-d`, `-dit`, `--detach` of a container's `run` or `exec`, before the shell. */
static bool is_detached(const words *w, uint32_t shell)
{
    bool container = false;
    for (uint32_t i = 0; i < shell; i++) {
        ff_slice word = w->items[i];
        container = container || ff_slice_eq(word, FF_LIT("run")) || ff_slice_eq(word, FF_LIT("exec"));
        if (container && (ff_slice_eq(word, FF_LIT("--detach")) || ff_slice_eq(word, FF_LIT("-d")) ||
                          (has_letter(word, 'd') && (has_letter(word, 'i') || has_letter(word, 't')) && word.len <= 4)))
            return true;
    }
    return false;
}

ff_inner_script ff_inner_find(const ff_slice *items, uint32_t count, bool input)
{
    words w = {.items = items, .count = count, .input = input};
    if (!count)
        return NOTHING;
    if (ff_slice_eq(items[0], FF_LIT("command")) && count > 1 &&
        (has_letter(items[1], 'v') || has_letter(items[1], 'V')))
        return NOTHING;
    if (ff_slice_eq(items[0], FF_LIT("eval")) && count > 1)
        return (ff_inner_script){.language = INNER_SHELL, .first = 1, .count = count - 1, .same = true};
    if (ff_slice_eq(items[0], FF_LIT("trap")) && count > 2 && !is_option(items[1]) && items[1].len > 1)
        return (ff_inner_script){.language = INNER_SHELL, .first = 1, .count = 1, .same = true, .perhaps = true};
    ff_inner_script found = find_from(&w, 0);
    found.perhaps = ff_slice_eq(items[0], FF_LIT("xargs"));
    found.detached = found.language != INNER_NONE && is_detached(&w, found.label_first);
    return found;
}
