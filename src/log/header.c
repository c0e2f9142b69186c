#include "log/header.h"

#include "base/limits.h"

static const ff_slice SHELL = FF_TEXT("shell: ");

/* The lines that a header consists of besides the script; values stand indented below them. */
static bool is_key(const ff_front *front)
{
    return ff_slice_starts(front->text, SHELL) || ff_slice_eq(front->text, FF_LIT("with:")) ||
           ff_slice_eq(front->text, FF_LIT("env:"));
}

bool ff_header_starts(const ff_front *front)
{
    return front->marker.word == FF_MARKER_GROUP && ff_slice_starts(front->text, FF_LIT("Run "));
}

void ff_header_open(ff_header *header, bool closes, bool stamps)
{
    *header = (ff_header){.open = true, .closes = closes, .stamps = stamps};
}

/* Without its end in sight: does the line look like part of a header? */
static bool looks_inside(const ff_header *header, const ff_front *front)
{
    if (header->stamps && !front->stamped)
        return true;
    if (front->echoed)
        return !header->keys;
    if (front->marker.word != FF_MARKER_NONE)
        return false;
    if (header->keys)
        return ff_slice_starts(front->text, FF_LIT("  ")) || !header->stamps;
    return !header->echoed;
}

bool ff_header_holds(ff_header *header, const ff_front *front)
{
    if (!header->open)
        return false;
    bool whole = front->stamped || !header->stamps;
    if (front->marker.word == FF_MARKER_ENDGROUP && whole) {
        header->open = false;
        return true;
    }
    bool key = is_key(front);
    if (!header->closes && !key) {
        if (header->lines >= FF_LIMIT_HEADER_LINES || !looks_inside(header, front)) {
            header->open = false;
            return false;
        }
        header->lines = front->echoed ? 0 : header->lines + 1;
    }
    header->keys |= key;
    header->echoed |= front->echoed;
    return true;
}

/* The first line below a header's title: the script's first line again, one of the keys, or the end. */
static bool follows_title(const ff_front *front, ff_slice title)
{
    if (front->echoed || is_key(front) || front->marker.word == FF_MARKER_ENDGROUP)
        return true;
    ff_slice script = ff_slice_from(title, FF_LIT("Run ").len);
    return ff_slice_eq(ff_slice_trim(front->text), ff_slice_trim(script));
}

ff_header_survey ff_header_look(const ff_front *opening, ff_slice ahead, bool gh, bool stamps)
{
    ff_header_survey survey = {.title = opening->text, .genuine = ahead.len == 0};
    ff_slice line;
    bool first = true;
    while (!survey.closes && ff_slice_take_until(&ahead, '\n', &line)) {
        ff_front front;
        if (ff_slice_ends(line, FF_LIT("\r")))
            line.len--;
        ff_front_parse(&front, line, gh);
        bool whole = front.stamped || !stamps;
        if (first)
            survey.genuine = follows_title(&front, survey.title);
        first = false;
        if (!whole)
            continue;
        if (ff_slice_starts(front.text, SHELL)) {
            /* Proof even far below the title: scripts that were stripped of their colour get here. */
            survey.genuine = survey.scripted = true;
            survey.shell = ff_slice_from(front.text, SHELL.len);
        } else if (front.marker.word == FF_MARKER_ENDGROUP) {
            survey.closes = true;
        } else if (front.marker.word == FF_MARKER_GROUP || front.marker.kind == FF_LINE_ERROR) {
            break;
        }
        survey.scripted |= front.echoed;
    }
    survey.closes &= survey.genuine;
    return survey;
}
