/* The lines of a diff come from libgit2, its header from here: libgit2 quotes names with blanks in them and leaves out
 * the tab behind them, which git does not. */
#include "tree/diff.h"

#include "base/buf.h"
#include "base/limits.h"

#include <git2.h>

enum { HEADER_LINES = 4, SHOWN_DIGITS = 7 };

/* As git's quote.c: these have a letter; other bytes below the blank and above 0x7E are octal. */
static char letter_of(char byte)
{
    static const char plain[] = "\a\b\t\n\v\f\r\"\\", letters[] = "abtnvfr\"\\";
    const char *at = byte ? strchr(plain, byte) : NULL;
    return at ? letters[at - plain] : '\0';
}

static bool needs_octal(char byte)
{
    unsigned char code = (unsigned char)byte;
    return code < ' ' || code >= 0x7F;
}

static bool needs_quotes(ff_slice path)
{
    for (size_t i = 0; i < path.len; i++)
        if (letter_of(path.ptr[i]) || needs_octal(path.ptr[i]))
            return true;
    return false;
}

/* `a/path`, in quotes where git would. */
static void add_name(ff_buf *out, char side, ff_slice path)
{
    if (!needs_quotes(path)) {
        ff_buf_printf(out, "%c/%.*s", side, FF_ARG(path));
        return;
    }
    ff_buf_printf(out, "\"%c/", side);
    for (size_t i = 0; i < path.len; i++) {
        char letter = letter_of(path.ptr[i]);
        if (letter)
            ff_buf_printf(out, "\\%c", letter);
        else if (needs_octal(path.ptr[i]))
            ff_buf_printf(out, "\\%03o", (unsigned)(unsigned char)path.ptr[i]);
        else
            ff_buf_add_byte(out, path.ptr[i]);
    }
    ff_buf_add_byte(out, '"');
}

/* A tab tells where a name with blanks ends. */
static void add_side(ff_buf *out, const char *mark, char side, ff_slice path)
{
    ff_buf_add(out, ff_slice_of(mark));
    add_name(out, side, path);
    if (!needs_quotes(path) && ff_slice_find_byte(path, ' ') != SIZE_MAX)
        ff_buf_add_byte(out, '\t');
    ff_buf_add_byte(out, '\n');
}

static void add_header(ff_buf *out, ff_slice path, const git_diff_delta *delta)
{
    char before[SHOWN_DIGITS + 1], after[SHOWN_DIGITS + 1];
    ff_buf_add(out, FF_LIT("diff --git "));
    add_name(out, 'a', path);
    ff_buf_add_byte(out, ' ');
    add_name(out, 'b', path);
    (void)git_oid_tostr(before, sizeof before, &delta->old_file.id);
    (void)git_oid_tostr(after, sizeof after, &delta->new_file.id);
    ff_buf_printf(out, "\nindex %s..%s 100644\n", before, after);
    add_side(out, "--- ", 'a', path);
    add_side(out, "+++ ", 'b', path);
}

static ff_status write_patch(ff_buf *out, ff_slice path, git_patch *patch)
{
    ff_slice line;
    git_buf text = {0};
    if (git_patch_to_buf(&text, patch) < 0)
        return FF_NOMEM;
    ff_slice rest = {text.ptr, text.size};
    for (int i = 0; i < HEADER_LINES; i++)
        (void)ff_slice_take_until(&rest, '\n', &line);
    if (rest.len) {
        add_header(out, path, git_patch_get_delta(patch));
        ff_buf_add(out, rest);
    }
    git_buf_dispose(&text);
    return ff_buf_status(out);
}

static ff_status make_patch(git_patch **patch, ff_slice before, ff_slice after)
{
    git_diff_options options;
    if (git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION) < 0)
        return FF_NOMEM;
    options.flags = GIT_DIFF_FORCE_TEXT;
    /* The name does not get into what is used of it. */
    /* NULL would be a file that is not there. */
    const char *old = before.ptr ? before.ptr : "", *new = after.ptr ? after.ptr : "";
    return git_patch_from_buffers(patch, old, before.len, "x", new, after.len, "x", &options) < 0 ? FF_NOMEM : FF_OK;
}

ff_status ff_diff_make(ff_slice path, ff_slice before, ff_slice after, ff_arena *arena, ff_slice *diff)
{
    ff_buf out;
    git_patch *patch = NULL;
    *diff = (ff_slice){0};
    if (ff_slice_find_byte(before, '\0') != SIZE_MAX || ff_slice_find_byte(after, '\0') != SIZE_MAX)
        return FF_UNSUPPORTED;
    if (ff_slice_eq(before, after))
        return FF_OK;
    if (git_libgit2_init() < 0)
        return FF_NOMEM;
    ff_buf_init(&out, FF_LIMIT_REPO_BYTES);
    ff_status status = make_patch(&patch, before, after);
    if (status == FF_OK)
        status = write_patch(&out, path, patch);
    if (status == FF_OK)
        *diff = ff_arena_dup(arena, ff_buf_slice(&out));
    git_patch_free(patch);
    ff_buf_release(&out);
    (void)git_libgit2_shutdown();
    return status == FF_OK && !diff->ptr ? FF_NOMEM : status;
}
