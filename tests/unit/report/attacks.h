/* Attacks by the text of a report, and what must hold of every page that shows one. Used by all writers' tests.
 *
 *     for (size_t i = 0; i < ATTACK_COUNT; i++)
 *         look_for_active_text(page_of(ATTACKS[i].text), ATTACKS[i].token, false);
 */
#ifndef FF_TEST_REPORT_ATTACKS_H
#define FF_TEST_REPORT_ATTACKS_H

#include "base/limits.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* An attack, and a piece of it that may stand nowhere but in code. */
static const struct {
    const char *text, *token;
} ATTACKS[] = {
    {"@mallory", "mallory"},
    {"x @mallory y", "mallory"},
    {"&#64;mallory &commat;mallory", "mallory"},
    {"org/repo#1337 #1337 GH-1337", "1337"},
    {"deadbeef1337cafe", "deadbeef1337cafe"},
    {"https://evil.example/ www.evil.example evil@evil.example", "evil"},
    {"![p](https://evil.example/p.png) [a](javascript:evil)", "evil"},
    {"[E1]: https://evil.example/", "evil"},
    {"<https://evil.example/>", "evil"},
    {"<img/src=evil.example> <b> </code></pre></td>", "evil.example"},
    {"<!-- <script> --> <!--", "<script>"},
    {"**bold_evil** __bold_evil__ ~~bold_evil~~", "bold_evil"},
    {"[^1evil] :evil_bomb: $\\evil$ $`evil`$", "evil"},
    {"` @mallory `` @mallory ``` @mallory", "@mallory"},
    {"```\n# mallory_x\n```\n~~~\n", "mallory_x"},
    {"a\n\n# mallory_x\n\n> q\n- [x] y", "mallory_x"},
    {"| evil_x | \\| evil_x || `|` | \\\\| evil_x", "evil_x"},
    {"evil_x\\", "evil_x"},
    {"`", NULL},
    {"\\", NULL},
    {"|", NULL},
    {"``````````", NULL},
    {"", NULL},
    {" ", NULL},
    {"::error file=x::evil_x", "evil_x"},
    {"\n::add-mask::evil_x\r\n::stop-commands::x", "evil_x"},
    {"##[error]evil_x ###[warning]evil_x", "evil_x"},
    {"  ::set-output name=x::evil_x", "evil_x"},
    {"\x1b]0;evil_x\x07\x1b[2J\x9b\x31mevil_x", "evil_x"},
    {"\xE2\x80\xAE"
     "evil_x\xE2\x81\xA6\xEF\xBB\xBF\xC2\x85\xE2\x80\xA8",
     "evil_x"},
    {"\xff\xfe\xC0\xAF\xED\xA0\x80 evil_x", "evil_x"},
    {"$(evil_x) `evil_x` ; evil_x", "evil_x"},
    {"' ; evil_x '", "evil_x"},
    {"${{ secrets.evil_x }}", "evil_x"},
    {"\",\"verdict\":\"confirmed\\u0000", NULL},
};

enum { ATTACK_COUNT = sizeof ATTACKS / sizeof *ATTACKS };

static void look_for_bytes(ff_slice report, const char *token, bool inside_actions)
{
    (void)token, (void)inside_actions;
    assert_true(ff_utf8_valid(report));
    uint32_t code = 0;
    for (ff_slice rest = report; rest.len; rest = ff_slice_from(rest, ff_utf8_next(rest, &code))) {
        assert_true(ff_utf8_next(rest, &code) > 0);
        assert_true(code == '\n' || !ff_utf8_is_control(code));
    }
}

static void look_for_commands(ff_slice report, const char *token, bool inside_actions)
{
    (void)token;
    ff_slice rest = report, line;
    while (ff_slice_take_until(&rest, '\n', &line))
        assert_false(ff_slice_starts(ff_slice_trim(line), FF_LIT("::")));
    if (inside_actions)
        assert_int_equal(ff_slice_find(report, FF_LIT("##[")), SIZE_MAX);
}

static size_t ticks_at(ff_slice text)
{
    size_t ticks = 0;
    while (ticks < text.len && text.ptr[ticks] == '`')
        ticks++;
    return ticks;
}

/* What stands outside of code in one line: spans end at a run of backticks of the same length. */
static void add_outside(ff_buf *out, ff_slice line)
{
    while (line.len) {
        size_t ticks = ticks_at(line), at = ticks, run = 0;
        if (ticks == 0) {
            ff_buf_add(out, ff_slice_cut(line, 1));
            line = ff_slice_from(line, 1);
            continue;
        }
        for (; at < line.len && run != ticks; at += run ? run : 1)
            run = ticks_at(ff_slice_from(line, at));
        assert_int_equal(run, ticks); /* every span is closed on its line */
        line = ff_slice_from(line, at);
    }
    ff_buf_add_byte(out, '\n');
}

/* Three backticks or more and the name of a language, or nothing: a span of that many stands among words. */
static bool opens_fence(ff_slice line, size_t ticks)
{
    ff_slice language = ff_slice_from(line, ticks);
    return ticks >= 3 &&
           (language.len == 0 || ff_slice_eq(language, FF_LIT("text")) || ff_slice_eq(language, FF_LIT("diff")));
}

static void look_for_active_text(ff_slice report, const char *token, bool inside_actions)
{
    (void)inside_actions;
    ff_buf outside;
    ff_buf_init(&outside, report.len + 1);
    ff_slice rest = report, line;
    size_t fence = 0;
    while (ff_slice_take_until(&rest, '\n', &line)) {
        size_t ticks = ticks_at(ff_slice_trim(line));
        if (fence)
            fence = ticks >= fence && ticks == ff_slice_trim(line).len ? 0 : fence;
        else if (opens_fence(ff_slice_trim(line), ticks))
            fence = ticks;
        else
            add_outside(&outside, line);
    }
    assert_int_equal(fence, 0);
    ff_slice text = ff_buf_slice(&outside);
    if (token)
        assert_int_equal(ff_slice_find(text, ff_slice_of(token)), SIZE_MAX);
    assert_int_equal(ff_slice_find(text, FF_LIT("](")), SIZE_MAX);
    assert_int_equal(ff_slice_find(text, FF_LIT("@")), SIZE_MAX);
    assert_int_equal(ff_slice_find(text, FF_LIT("<!")), SIZE_MAX);
    ff_buf_release(&outside);
}

/* HTML of a report by cmark-gfm with everything on that GitHub has on. False if it is not installed. */
static bool render_html(ff_slice report, ff_buf *html)
{
    char in_name[] = "/tmp/firstfault-test-XXXXXX", out_name[] = "/tmp/firstfault-test-XXXXXX", piece[4096];
    int in = mkstemp(in_name), out = mkstemp(out_name), ended = 0;
    assert_true(in >= 0 && out >= 0);
    assert_int_equal(write(in, report.ptr, report.len), report.len);
    assert_int_equal(lseek(in, 0, SEEK_SET), 0);
    posix_spawn_file_actions_t actions;
    assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO), 0);
    char program[] = "cmark-gfm", unsafe[] = "--unsafe", notes[] = "footnotes", on[] = "-e", table[] = "table",
         autolink[] = "autolink", strike[] = "strikethrough", tasks[] = "tasklist", path[] = "PATH=/usr/bin:/bin";
    char *arguments[] = {program, unsafe, on, notes, on, table, on, autolink, on, strike, on, tasks, NULL};
    char *environment[] = {path, NULL};
    pid_t child;
    bool spawned = posix_spawnp(&child, program, &actions, NULL, arguments, environment) == 0;
    if (spawned)
        assert_int_equal(waitpid(child, &ended, 0), child);
    bool rendered = spawned && WIFEXITED(ended) && WEXITSTATUS(ended) == 0;
    assert_int_equal(lseek(out, 0, SEEK_SET), 0);
    for (ssize_t got; rendered && (got = read(out, piece, sizeof piece)) > 0;)
        ff_buf_add(html, (ff_slice){piece, (size_t)got});
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(in), (void)close(out), (void)unlink(in_name), (void)unlink(out_name);
    return rendered;
}

/* What a renderer made of a page: outside of code, appended to `outside`, nothing of the attack is left. */
static void look_outside_of_code(ff_slice html, const char *token, ff_buf *outside)
{
    static const char *const elements[] = {"<a ", "<img", "<!--", "<script",   "<del>",
                                           "<b>", "<em>", "<h4",  "javascript"};
    while (html.len) {
        size_t code = ff_slice_find(html, FF_LIT("<code"));
        ff_buf_add(outside, ff_slice_cut(html, code));
        html = code == SIZE_MAX ? (ff_slice){0} : ff_slice_from(html, code);
        size_t end = ff_slice_find(html, FF_LIT("</code>"));
        html = end == SIZE_MAX ? (ff_slice){0} : ff_slice_from(html, end + 7);
    }
    ff_slice text = ff_buf_slice(outside);
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        assert_int_equal(ff_slice_find(text, ff_slice_of(elements[i])), SIZE_MAX);
    if (token)
        assert_int_equal(ff_slice_find(text, ff_slice_of(token)), SIZE_MAX);
}

#endif
