#include "log/marker.h"

/* A tool may print a marker that the runner marks again; more than this is no marker any more. */
enum { MARKERS_MAX = 4 };

static const struct row {
    ff_slice word;
    ff_marker marker;
} ROWS[] = {
    {FF_TEXT("error"), {FF_MARKER_OTHER, FF_LINE_ERROR}},
    {FF_TEXT("warning"), {FF_MARKER_OTHER, FF_LINE_WARNING}},
    {FF_TEXT("notice"), {FF_MARKER_OTHER, FF_LINE_NOTICE}},
    {FF_TEXT("debug"), {FF_MARKER_OTHER, FF_LINE_DEBUG}},
    {FF_TEXT("section"), {FF_MARKER_OTHER, FF_LINE_RUNNER}},
    {FF_TEXT("command"), {FF_MARKER_OTHER, FF_LINE_COMMAND}},
    {FF_TEXT("group"), {FF_MARKER_GROUP, FF_LINE_GROUP}},
    {FF_TEXT("endgroup"), {FF_MARKER_ENDGROUP, FF_LINE_GROUP}},
    {FF_TEXT("start-action"), {FF_MARKER_START_ACTION, FF_LINE_GROUP}},
    {FF_TEXT("end-action"), {FF_MARKER_END_ACTION, FF_LINE_GROUP}},
    /* Workflow commands that the runner shows when echoing is on. */
    {FF_TEXT("add-mask"), {FF_MARKER_OTHER, FF_LINE_COMMAND}},
    {FF_TEXT("add-matcher"), {FF_MARKER_OTHER, FF_LINE_COMMAND}},
    {FF_TEXT("remove-matcher"), {FF_MARKER_OTHER, FF_LINE_COMMAND}},
    {FF_TEXT("add-path"), {FF_MARKER_OTHER, FF_LINE_COMMAND}},
    {FF_TEXT("set-env"), {FF_MARKER_OTHER, FF_LINE_COMMAND}},
    {FF_TEXT("set-output"), {FF_MARKER_OTHER, FF_LINE_COMMAND}},
    {FF_TEXT("save-state"), {FF_MARKER_OTHER, FF_LINE_COMMAND}},
};

static const struct row *find_row(ff_slice word)
{
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        if (ff_slice_eq(ROWS[i].word, word))
            return &ROWS[i];
    return NULL;
}

static size_t word_length(ff_slice text)
{
    size_t len = 0;
    while (len < text.len && ((text.ptr[len] >= 'a' && text.ptr[len] <= 'z') || text.ptr[len] == '-'))
        len++;
    return len;
}

/* Takes `word` or `word parameters` up to and with `close`. */
static const struct row *take_word(ff_slice *text, ff_slice close)
{
    size_t len = word_length(*text);
    const struct row *row = find_row(ff_slice_cut(*text, len));
    ff_slice rest = ff_slice_from(*text, len);
    if (!row)
        return NULL;
    if (ff_slice_starts(rest, FF_LIT(" "))) {
        size_t at = ff_slice_find(rest, close);
        if (at == SIZE_MAX)
            return NULL;
        /* What a newer runner says about an inner step stands where others have parameters: keep that as the text. */
        bool said_inside = row->marker.word == FF_MARKER_START_ACTION || row->marker.word == FF_MARKER_END_ACTION;
        *text = said_inside ? ff_slice_cut(ff_slice_from(rest, 1), at - 1) : ff_slice_from(rest, at + close.len);
        return row;
    }
    if (!ff_slice_take_prefix(&rest, close))
        return NULL;
    *text = rest;
    return row;
}

static const struct row *take_one(ff_slice *text)
{
    ff_slice rest = *text;
    const struct row *row = NULL;
    if (ff_slice_take_prefix(&rest, FF_LIT("##[")) || ff_slice_starts(rest, FF_LIT("[command]"))) {
        (void)ff_slice_take_prefix(&rest, FF_LIT("["));
        row = take_word(&rest, FF_LIT("]"));
    } else if (ff_slice_take_prefix(&rest, FF_LIT("::"))) {
        row = take_word(&rest, FF_LIT("::"));
    }
    if (row)
        *text = rest;
    return row;
}

ff_marker ff_marker_take(ff_slice *text)
{
    ff_marker marker = {.word = FF_MARKER_NONE};
    if (text->len < 3 || (text->ptr[0] != '#' && text->ptr[0] != '[' && text->ptr[0] != ':'))
        return marker;
    for (int i = 0; i < MARKERS_MAX; i++) {
        const struct row *row = take_one(text);
        if (!row)
            break;
        if (i == 0)
            marker = row->marker;
    }
    return marker;
}
