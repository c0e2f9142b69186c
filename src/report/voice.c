#include "report/voice.h"

#include "base/utf8.h"
#include "report/inert.h"

void ff_voice_say(const ff_voice *voice, const char *words)
{
    ff_buf_add(voice->out, ff_slice_of(words));
}

void ff_voice_name(const ff_voice *voice, ff_slice text)
{
    if (voice->markdown)
        ff_inert_span(voice->out, text, voice->in_cell);
    else
        ff_utf8_add_safe(voice->out, text);
}

void ff_voice_quote(const ff_voice *voice, ff_slice text, size_t max)
{
    if (text.len <= max) {
        ff_voice_name(voice, text);
        return;
    }
    ff_buf cut;
    ff_buf_init(&cut, max + sizeof "…");
    ff_buf_add(&cut, ff_utf8_cut(text, max));
    ff_buf_add(&cut, FF_LIT("…"));
    ff_voice_name(voice, ff_buf_slice(&cut));
    ff_buf_inherit(voice->out, &cut);
    ff_buf_release(&cut);
}

static void add_prose(const ff_voice *voice, ff_slice text)
{
    if (voice->markdown)
        ff_inert_prose(voice->out, text, voice->in_cell);
    else
        ff_utf8_add_safe(voice->out, text);
}

void ff_voice_prose(const ff_voice *voice, ff_slice text)
{
    text = ff_slice_trim(text);
    if (ff_slice_find_byte(text, '\n') == SIZE_MAX) {
        add_prose(voice, text);
        return;
    }
    ff_buf folded;
    ff_buf_init(&folded, text.len);
    ff_buf_add(&folded, text);
    for (size_t i = 0; i < folded.len; i++)
        if (folded.ptr[i] == '\n')
            folded.ptr[i] = ' ';
    add_prose(voice, ff_buf_slice(&folded));
    ff_buf_inherit(voice->out, &folded);
    ff_buf_release(&folded);
}

void ff_voice_strong(const ff_voice *voice)
{
    if (voice->markdown)
        ff_buf_add(voice->out, FF_LIT("**"));
}

void ff_voice_cite(const ff_voice *voice, uint32_t evidence)
{
    if (voice->markdown && evidence)
        ff_buf_printf(voice->out, " [E%u]", evidence);
}
